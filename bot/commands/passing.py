"""Passing on: handing over within the unit, giving a part of it, "not our competence", and the admin's answer to that."""

from __future__ import annotations

from bot.arguments import take_day
from bot.commands.choosing import choose
from bot.commands.finding import one_person, one_unit
from bot.lines import Entry, entry, title, unit_name
from bot.reply import Question, Reply
from bot.shorten import block, line
from bot.turn import Turn
from models import life
from models.assignments import NumberUse
from models.errors import Refused
from models.numbers import by_number
from models.rights import is_admin


def hand_over(turn: Turn) -> Reply:
    """ "/bangiao 3 Trần Văn B", by the owner or the unit's head."""
    of_unit = turn.numbered(NumberUse.ASSIGN)
    numbers = turn.intent.numbers
    assignment = of_unit[numbers[0]] if len(numbers) == 1 and numbers[0] in of_unit else turn.one(NumberUse.ACT)
    if assignment is None:
        return choose(turn, "handover", NumberUse.ACT)
    return hand_over_one(turn, assignment, turn.intent.rest)


def hand_over_one(turn: Turn, assignment_id: int, who: str) -> Reply:
    """Asks to whom when nobody is named."""
    one = entry(turn.session, assignment_id)
    if not who.strip():
        ask = turn.say("handover.who", title=title(turn.say, one))
        return Reply(ask, question=Question("reason", {"name": "handover", "id": assignment_id}))
    person = one_person(turn, who, [one.assignment.unit_id])
    assert person.id is not None
    life.hand_over(turn.session, turn.now, turn.me, assignment_id, person.id)
    text = turn.say("handover.done", title=title(turn.say, one), name=line(person.name, 80))
    return Reply(text, touched=(assignment_id,))


def not_ours(turn: Turn) -> Reply:
    """ "/khongthuoc 3 thuộc Sở Tài chính": to the admin, with the reason."""
    assignment = turn.one(NumberUse.ACT)
    if assignment is None:
        return choose(turn, "notours", NumberUse.ACT)
    return not_ours_one(turn, assignment, turn.intent.rest)


def not_ours_one(turn: Turn, assignment_id: int, reason: str) -> Reply:
    """Asks for the reason when there is none."""
    one = entry(turn.session, assignment_id)
    if not reason.strip():
        ask = turn.say("notours.reason", title=title(turn.say, one))
        return Reply(ask, question=Question("reason", {"name": "notours", "id": assignment_id}))
    life.not_ours(turn.session, turn.now, turn.me, assignment_id, block(reason, 1000))
    return Reply(turn.say("notours.done", title=title(turn.say, one)), touched=(assignment_id,))


def assign(turn: Turn) -> Reply:
    """ "/giao 3 Sở Tài chính" (admin), "/giao 3 Trần Văn B", "/giao 3 Trần Văn B: tổng hợp số liệu 25/11" (a part of it)."""
    intent = turn.intent
    if len(intent.numbers) + len(intent.named) > 1:
        raise Refused("one_at_a_time")
    if not intent.numbers and not intent.named:
        raise Refused("assign_how")
    n = (*intent.numbers, *intent.named)[0]
    return assign_one(turn, by_number(turn.session, turn.now, turn.me, n).assignment_id, intent.rest)


def assign_one(turn: Turn, assignment_id: int, words: str) -> Reply:
    """Asks for the unit or person when none is named."""
    one = entry(turn.session, assignment_id)
    whom, colon, part = words.partition(":")
    if not whom.strip():
        ask = turn.say("assign.who", title=title(turn.say, one))
        return Reply(ask, question=Question("reason", {"name": "assign", "id": assignment_id}))
    if colon and part.strip():
        return _part(turn, assignment_id, whom, part)
    try:
        person = one_person(turn, whom, [one.assignment.unit_id])
    except Refused as nobody:
        if nobody.code != "nobody_named" or not is_admin(turn.session, turn.now, turn.me):
            raise
        return _to_unit(turn, assignment_id, whom)
    life.assign(turn.session, turn.now, turn.me, assignment_id, to_person=person.id)
    text = turn.say("handover.done", title=title(turn.say, one), name=line(person.name, 80))
    return Reply(text, touched=(assignment_id,))


def keep_unit(turn: Turn, assignment_id: int) -> Reply:
    """The admin holds that it is the unit's competence after all."""
    life.assign(turn.session, turn.now, turn.me, assignment_id)
    one = entry(turn.session, assignment_id)
    return Reply(turn.say("assign.kept", title=title(turn.say, one), unit=_unit(one)), touched=(assignment_id,))


def ask_unit(turn: Turn, assignment_id: int) -> Reply:
    """The button "give it to another unit"."""
    return assign_one(turn, assignment_id, "")


def _to_unit(turn: Turn, assignment_id: int, words: str) -> Reply:
    unit = one_unit(turn, words)
    moved = life.assign(turn.session, turn.now, turn.me, assignment_id, unit_id=unit.id)
    assert moved.id is not None
    one = entry(turn.session, moved.id)
    return Reply(
        turn.say("assign.done", title=title(turn.say, one), unit=_unit(one)), touched=(assignment_id, moved.id)
    )


def _part(turn: Turn, assignment_id: int, whom: str, part: str) -> Reply:
    """A part of the task for somebody of the unit, judged by whoever gave it."""
    one = entry(turn.session, assignment_id)
    person = one_person(turn, whom, [one.assignment.unit_id])
    assert person.id is not None
    day, words = take_day(part, turn.today)
    made = life.sub_assign(turn.session, turn.now, turn.me, assignment_id, person.id, block(words, 500), day)
    due = made.due_on or turn.say("due.none")
    text = turn.say(
        "assign.part", title=title(turn.say, one), name=line(person.name, 80), words=line(words, 120), due=due
    )
    return Reply(text)


def _unit(one: Entry) -> str:
    return unit_name(one, 80)
