"""More time: asking, the contact's opinion, the decision, another date proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import col, select

from bot.arguments import take_day, take_document
from bot.channels.base import Button
from bot.commands.choosing import choose
from bot.commands.evidence import opened
from bot.lines import due, entry, title
from bot.more_time import take_longer
from bot.reply import Question, Reply, rows
from bot.shorten import block
from bot.turn import Turn
from models import extension_decisions, extensions
from models.answers import Extension, ExtensionState
from models.assignments import NumberUse
from models.errors import Refused
from models.extension_rules import open_request
from models.following import house_calendar

STANDING = (ExtensionState.ASKED, ExtensionState.COUNTERED)


def extend(turn: Turn) -> Reply:
    """ "/giahan 3 15/12/2026 chờ số liệu"; what is missing is asked for, one thing at a time."""
    assignment = turn.one(NumberUse.ACT)
    if assignment is None:
        return choose(turn, "extend", NumberUse.ACT)
    return extend_one(turn, assignment, turn.intent.rest)


def extend_one(turn: Turn, assignment_id: int, words: str) -> Reply:
    """`words`: a day and a reason."""
    one = entry(turn.session, assignment_id)
    day, why = take_longer(words, one.assignment.due_on, turn.today, house_calendar(turn.session))
    if day is None or not why:
        if (standing := open_request(turn.session, assignment_id)) is not None:
            raise Refused("extension_open", wanted=standing.wanted_on)
        key = "extend.ask_day" if day is None else "extend.ask_reason"
        ask = turn.say(key, title=title(turn.say, one), due=due(turn.say, one, turn.today), day=day or "")
        data = {"id": assignment_id, "day": day.isoformat() if day else "", "why": why}
        return Reply(ask, question=Question("extend", data))
    asked = extensions.ask(turn.session, turn.now, turn.me, assignment_id, day, block(why, 1000))
    key = "extend.asked_third" if asked.ordinal >= 3 else "extend.asked"
    text = turn.say(key, title=title(turn.say, one), day=day, ordinal=asked.ordinal)
    return Reply(text, rows(Button(turn.say("button.extension_withdraw"), f"unextend:{asked.id}")), notice=text)


def more(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The day or the reason that was asked for."""
    if not text.strip():
        return None
    opened(turn, close=True)
    due_on = entry(turn.session, int(kept["id"])).assignment.due_on
    if not kept["day"] and take_longer(text, due_on, turn.today, house_calendar(turn.session))[0] is None:
        return Reply(turn.say("extend.day_unclear"), question=Question("extend", kept))
    day = f"{date.fromisoformat(kept['day']):%d/%m/%Y} " if kept["day"] else ""
    return extend_one(
        turn, int(kept["id"]), f"{day}{kept['why']} {text}" if day or not kept["why"] else f"{text} {kept['why']}"
    )


def approve(turn: Turn) -> Reply:
    """By whoever decides; a document's number may follow. The contact's opinion, the owner's answer, likewise."""
    if (proposal := _proposal(turn)) is not None:
        return accept(turn, proposal)
    assignment = turn.one(NumberUse.DECIDE)
    if assignment is None:
        return choose(turn, "approve", NumberUse.DECIDE)
    return approve_one(turn, standing_request(turn, assignment), turn.intent.rest)


def approve_one(turn: Turn, extension_id: int, words: str) -> Reply:
    """Grant the day asked for; by the contact who does not decide it is an opinion."""
    if extensions.only_advises(turn.session, turn.now, turn.me, extension_id):
        return opinion(turn, extension_id, "1")
    number = take_document(words, turn.today).number
    decided = extension_decisions.approve(turn.session, turn.now, turn.me, extension_id, document_number=number)
    one = entry(turn.session, decided.assignment_id)
    text = turn.say("extension.approved", title=title(turn.say, one), day=decided.decided_on or decided.wanted_on)
    return Reply(text, touched=(one.id,), notice=text)


def refuse(turn: Turn) -> Reply:
    """With a reason, or with another date ("từ chối 3 đến 10/12"): that is a counter-proposal."""
    if (proposal := _proposal(turn)) is not None:
        return decline(turn, proposal)
    assignment = turn.one(NumberUse.DECIDE)
    if assignment is None:
        return choose(turn, "refuse", NumberUse.DECIDE)
    return refuse_one(turn, standing_request(turn, assignment), turn.intent.rest)


def refuse_one(turn: Turn, extension_id: int, reason: str) -> Reply:
    """Asks for the reason when there is none."""
    found = turn.session.get(Extension, extension_id)
    if found is None:
        raise Refused("no_such_extension")
    if extensions.only_advises(turn.session, turn.now, turn.me, extension_id):
        return opinion(turn, extension_id, "0", reason)
    one = entry(turn.session, found.assignment_id)
    if not reason.strip():
        ask = turn.say("refuse.reason", title=title(turn.say, one))
        return Reply(ask, question=Question("reason", {"name": "refuse", "id": extension_id}))
    day, why = take_day(reason, turn.today)
    if day is not None and day < found.wanted_on and (one.assignment.due_on is None or day > one.assignment.due_on):
        return counter_one(turn, extension_id, day, why)
    extension_decisions.refuse(turn.session, turn.now, turn.me, extension_id, block(reason, 1000))
    text = turn.say("extension.refused", title=title(turn.say, one))
    return Reply(text, touched=(one.id,), notice=text)


def counter_one(turn: Turn, extension_id: int, day: date, why: str) -> Reply:
    """Another date, which the owner accepts or declines."""
    made = extension_decisions.counter(turn.session, turn.now, turn.me, extension_id, day, reason=block(why, 1000))
    one = entry(turn.session, made.assignment_id)
    return Reply(turn.say("extension.countered", title=title(turn.say, one), day=day), touched=(one.id,))


def ask_counter(turn: Turn, extension_id: int) -> Reply:
    """The button "propose another date"."""
    return Reply(turn.say("counter.ask_day"), question=Question("counter", {"id": extension_id}))


def counter_day(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The date that was asked for."""
    day, why = take_day(text, turn.today)
    if day is None:
        return Reply(turn.say("counter.ask_day"), question=Question("counter", kept))
    opened(turn, close=True)
    return counter_one(turn, int(kept["id"]), day, why)


def opinion(turn: Turn, extension_id: int, agree: str, reason: str = "") -> Reply:
    """The contact's view for the one who decides; no without a reason is asked why."""
    if agree != "1" and not reason.strip():
        standing = turn.session.get(Extension, extension_id)
        if standing is None or standing.state != ExtensionState.ASKED:
            raise Refused("already_decided" if standing else "no_such_extension")
        ask = turn.say("opinion.reason", title=title(turn.say, entry(turn.session, standing.assignment_id)))
        return Reply(ask, question=Question("reason", {"name": "opinion", "id": extension_id}))
    why = block(reason, 1000)
    given = extensions.give_opinion(turn.session, turn.now, turn.me, extension_id, agree == "1", why)
    one = entry(turn.session, given.assignment_id)
    key = "opinion.agreed" if agree == "1" else "opinion.disagreed"
    return Reply(turn.say(key, title=title(turn.say, one)), touched=(one.id,))


def _proposal(turn: Turn) -> int | None:
    """Another date proposed to this owner for the task they name, or for the only one they can mean."""
    mine = turn.numbered(NumberUse.ACT)
    named = [mine[n] for n in turn.intent.numbers if n in mine]
    if not named and (turn.intent.numbers or turn.numbered(NumberUse.DECIDE)):
        return None
    query = select(Extension.id).where(
        col(Extension.assignment_id).in_(named or list(mine.values())), Extension.state == ExtensionState.COUNTERED
    )
    found = turn.session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def accept(turn: Turn, extension_id: int) -> Reply:
    """The owner takes the proposed date."""
    taken = extension_decisions.accept_counter(turn.session, turn.now, turn.me, extension_id)
    one = entry(turn.session, taken.assignment_id)
    return Reply(
        turn.say("counter.accepted", title=title(turn.say, one), day=taken.decided_on or ""), touched=(one.id,)
    )


def decline(turn: Turn, extension_id: int) -> Reply:
    """The owner keeps the old deadline."""
    left = extension_decisions.decline_counter(turn.session, turn.now, turn.me, extension_id)
    one = entry(turn.session, left.assignment_id)
    return Reply(turn.say("counter.declined", title=title(turn.say, one)), touched=(one.id,))


def take_back(turn: Turn, extension_id: int) -> Reply:
    """The owner no longer needs more time."""
    left = extensions.withdraw_request(turn.session, turn.now, turn.me, extension_id)
    one = entry(turn.session, left.assignment_id)
    return Reply(turn.say("extension.withdrawn", title=title(turn.say, one)), touched=(one.id,))


def standing_request(turn: Turn, assignment_id: int) -> int:
    """The open request of an assignment. Raises Refused("no_such_extension")."""
    query = select(Extension.id).where(
        Extension.assignment_id == assignment_id, col(Extension.state).in_([str(state) for state in STANDING])
    )
    found = turn.session.exec(query.order_by(col(Extension.id).desc()).limit(1)).first()
    if found is None:
        raise Refused("no_such_extension")
    return found
