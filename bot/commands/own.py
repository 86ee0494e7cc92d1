"""An owner's list and the shorter answers: received, taken back, put off."""

from __future__ import annotations

from dataclasses import replace

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands import extending
from bot.commands.choosing import choose, each
from bot.commands.evidence import opened
from bot.lines import Entry, due, entries, entry, item, title
from bot.reply import Reply, rows
from bot.requests import standing_lines
from bot.turn import Turn
from models import life
from models.assignments import AssignmentState, NumberUse
from models.extension_rules import open_request
from models.units import Role

PAGE = 10
OF_UNIT = (Role.HEAD, Role.DEPUTY)
TO_DO = (AssignmentState.OPEN, AssignmentState.RECEIVED)


def tasks(turn: Turn) -> Reply:
    """The person's open items, most urgent first; a head's unit by person comes with a button."""
    return task_page(turn, 0)


def task_page(turn: Turn, page: int) -> Reply:
    """Ten at a time."""
    mine = turn.numbered(NumberUse.ACT)
    number = {assignment: n for n, assignment in mine.items()}
    listed = sorted(entries(turn.session, mine.values()), key=lambda one: urgency(one, number[one.id]))
    heads = turn.standing.units(*OF_UNIT)
    extra = [Button(turn.say("button.unit_tasks"), "unit:0")] if heads else []
    if not listed and heads:
        return unit_tasks(turn, 0)
    if not listed:
        return Reply(turn.say("tasks.none"))
    shown = listed[page * PAGE : (page + 1) * PAGE]
    asked = standing_lines(turn.session, turn.say, [one.id for one in shown], number)
    text = "\n".join(
        [
            turn.say("tasks.head", n=len(listed)),
            *(f"{item(turn.say, one, number[one.id], turn.today)}{asked.get(one.id, '')}" for one in shown),
            turn.say("tasks.how"),
        ]
    )
    done = [
        Button(turn.say("button.done_n", n=number[one.id]), f"done:{one.id}")
        for one in shown
        if one.is_open and one.leads
    ]
    turned = _turning(turn, "tasks", page, len(listed))
    about = {"assignments": [one.id for one in shown]}
    buttons = rows(*done, wide=4) if turn.has_buttons else ()
    return Reply(text, (*buttons, *rows(*turned, *extra)), about="list", about_data=about, replace=page > 0)


def urgency(one: Entry, n: int) -> tuple[int, str, int]:
    """Leads by deadline, then the untimed, then what is only coordinated."""
    if not one.leads:
        return (2, "", n)
    return (0, one.assignment.due_on.isoformat(), n) if one.assignment.due_on else (1, "", n)


def received(turn: Turn) -> Reply:
    """ "Đã nhận": told at once, with the deadline."""
    chosen = turn.chosen(NumberUse.ACT)
    return receive_all(turn, chosen) if chosen else choose(turn, "received", NumberUse.ACT)


def receive_all(turn: Turn, chosen: list[int]) -> Reply:
    """Each by itself."""

    def receive(assignment_id: int) -> str:
        life.receive(turn.session, turn.now, turn.me, assignment_id)
        one = entry(turn.session, assignment_id)
        return turn.say("received.one", title=title(turn.say, one), due=due(turn.say, one, turn.today))

    return replace(each(turn, chosen, receive), quiet=True)


def withdraw(turn: Turn) -> Reply:
    """Take an own report, or a request for more time, back while nobody has judged it."""
    chosen = turn.chosen(NumberUse.ACT) or _only_request(turn)
    return withdraw_all(turn, chosen) if chosen else choose(turn, "withdraw", NumberUse.ACT)


def withdraw_all(turn: Turn, chosen: list[int]) -> Reply:
    """Each by itself; the question for evidence is over."""
    pending = opened(turn)
    if pending is not None and pending.kind == "evidence":
        opened(turn, close=True)

    def take_back(assignment_id: int) -> str:
        request = open_request(turn.session, assignment_id)
        if request is not None and request.id is not None:
            return extending.take_back(turn, request.id).text
        life.withdraw_report(turn.session, turn.now, turn.me, assignment_id)
        one = entry(turn.session, assignment_id)
        return turn.say("withdrawn.one", title=title(turn.say, one), due=due(turn.say, one, turn.today))

    return each(turn, chosen, take_back)


def _only_request(turn: Turn) -> list[int]:
    """The one request for more time that waits, where no report does: what "rút lại" can mean then."""
    mine = entries(turn.session, turn.numbered(NumberUse.ACT).values())
    if any(one.assignment.state == AssignmentState.REPORTED for one in mine):
        return []
    asked = [one.id for one in mine if open_request(turn.session, one.id) is not None]
    return asked if len(asked) == 1 else []


def snooze(turn: Turn) -> Reply:
    """Nothing before the named day (the next working day when none is named)."""
    assignment = turn.one(NumberUse.ACT)
    if assignment is None:
        return choose(turn, "snooze", NumberUse.ACT)
    day, _ = take_day(turn.intent.rest, turn.today)
    return snooze_until(turn, assignment, day.isoformat() if day else "")


def snooze_until(turn: Turn, assignment_id: int, day: str) -> Reply:
    """`day` ISO, or "" for the next working day."""
    from datetime import date

    put_off = life.snooze(turn.session, turn.now, turn.me, assignment_id, date.fromisoformat(day) if day else None)
    one = entry(turn.session, assignment_id)
    text = turn.say("snoozed", title=title(turn.say, one), day=put_off.snoozed_until)
    return Reply(text, touched=(assignment_id,), notice=text)


def unit_tasks(turn: Turn, page: int) -> Reply:
    """A head, and who may report in the owner's place, see the unit's open tasks by person."""
    from bot.commands.unit_view import by_person

    units = turn.standing.units(*OF_UNIT)
    lines = by_person(turn, units)
    shown = lines[page * 3 * PAGE : (page + 1) * 3 * PAGE]
    if not shown:
        return Reply(turn.say("unit.none"))
    text = "\n".join(
        [turn.say("unit.head"), *shown, turn.say("unit.how" if turn.standing.units(Role.HEAD) else "unit.how_deputy")]
    )
    return Reply(text, rows(*_turning(turn, "unit", page, len(lines), 3 * PAGE)))


def _turning(turn: Turn, name: str, page: int, total: int, size: int = PAGE) -> list[Button]:
    """Buttons to the pages before and after."""
    found = [Button(turn.say("button.before"), f"{name}:{page - 1}")] if page else []
    return [*found, Button(turn.say("button.next"), f"{name}:{page + 1}")] if (page + 1) * size < total else found
