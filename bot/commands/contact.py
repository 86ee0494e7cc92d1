"""What a contact does: see what waits, confirm, send back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.channels.base import Button
from bot.commands.choosing import choose, each
from bot.commands.deciding import to_decide
from bot.commands.evidence import opened
from bot.lines import Entry, entries, entry, title, unit_name
from bot.reply import FileOrder, Question, Reply, rows
from bot.reports_lines import pending_reports, progress_lines, report_files, report_line
from bot.shorten import block
from bot.turn import Turn
from bot.words import fold
from models import evidence, life
from models.answers import Report
from models.assignments import NumberUse
from models.errors import Refused
from models.moves import load
from models.verdicts import pending_report

PAGE = 10


def pending(turn: Turn) -> Reply:
    """Reports that wait for this person, with the numbers to confirm them by."""
    return pending_page(turn, 0)


def pending_page(turn: Turn, page: int) -> Reply:
    """Ten at a time, each with its note and how many files."""
    mine = turn.numbered(NumberUse.CONFIRM)
    number = {assignment: n for n, assignment in mine.items()}
    waiting = [one for one in entries(turn.session, mine.values()) if one.id in number]
    tail = to_decide(turn)
    if not waiting:
        return Reply("\n".join([turn.say("pending.none"), *tail]))
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    reports = pending_reports(turn.session, [one.id for one in shown])
    text = "\n".join(
        [
            turn.say("pending.head", n=len(waiting)),
            *(report_line(turn.say, one, reports.get(one.id), number[one.id]) for one in shown),
            *progress_lines(turn.session, turn.say, shown),
            turn.say("pending.how"),
            *([turn.say("pending.look")] if not turn.has_buttons and any(map(report_files, reports.values())) else []),
            *tail,
        ]
    )
    return Reply(
        text,
        _buttons(turn, shown, number, page, len(waiting)),
        about="list",
        about_data={"assignments": [one.id for one in shown]},
        replace=page > 0,
    )


def _buttons(turn: Turn, shown: list[Entry], number: dict[int, int], page: int, total: int):
    turned = [Button(turn.say("button.before"), f"pending:{page - 1}")] if page else []
    turned += [Button(turn.say("button.next"), f"pending:{page + 1}")] if (page + 1) * PAGE < total else []
    if not turn.has_buttons:
        return rows(*turned)
    confirms = [Button(turn.say("button.confirm_n", n=number[one.id]), f"confirm:{one.id}") for one in shown]
    views = [Button(turn.say("button.look_n", n=number[one.id]), f"look:{one.id}") for one in shown]
    pairs = [button for pair in zip(confirms, views, strict=True) for button in pair]
    return (*rows(*pairs), *rows(*turned))


def look_at(turn: Turn) -> Reply:
    """ "xem 6": where there are no buttons, the way to a report's files; without a number the list."""
    assignment = turn.one(NumberUse.CONFIRM)
    return look(turn, assignment) if assignment is not None else pending(turn)


def look(turn: Turn, assignment_id: int) -> Reply:
    """One report whole: its words, document and files, with what can be done about it."""
    case = load(turn.session, assignment_id)
    report = pending_report(turn.session, case)
    return show_report(turn, report)


def show_report(turn: Turn, report: Report) -> Reply:
    """The report with its files, for whoever may judge it."""
    from models.rights import confirmers

    case = load(turn.session, report.assignment_id)
    if turn.me not in confirmers(turn.session, turn.now, case.assignment, case.directive, ()):
        raise Refused("not_contact")
    assert report.id is not None
    one = entry(turn.session, report.assignment_id)
    number = turn.number_of(one.id, NumberUse.CONFIRM)
    kept = evidence.files_of(turn.session, [report.id]).get(report.id, [])
    parts = [report_line(turn.say, one, report, number), block(report.text, 1200)]
    buttons = [
        Button(turn.say("button.confirm"), f"confirm:{one.id}"),
        Button(turn.say("button.return"), f"return:{one.id}"),
    ]
    return Reply(
        "\n".join(part for part in parts if part),
        rows(*buttons),
        files=tuple(FileOrder("stored", {"file": stored.id, "name": stored.name}) for stored in kept[:10]),
        about="report",
        about_id=report.id,
        about_data={"assignments": [one.id]},
    )


def confirm(turn: Turn) -> Reply:
    """By numbers, ranges, unit names, "tất cả trừ …"."""
    doubt = turn.intent.doubt
    if doubt in ("negated", "question", "guess", "odd") or (
        doubt in ("future", "words") and turn.intent.numbers and not turn.intent.every
    ):
        raise Refused("confirm_unclear")
    chosen = _chosen(turn)
    return confirm_all(turn, chosen) if chosen else choose(turn, "confirm", NumberUse.CONFIRM)


def confirm_all(turn: Turn, chosen: Iterable[int]) -> Reply:
    """Each by itself; what cannot be confirmed is named."""

    def one(assignment_id: int) -> str:
        report = pending_report(turn.session, load(turn.session, assignment_id))
        assert report.id is not None
        life.confirm(turn.session, turn.now, turn.me, report.id)
        found = entry(turn.session, assignment_id)
        return turn.say("confirmed.one", title=title(turn.say, found), unit=unit_name(found))

    ids = list(dict.fromkeys(chosen))
    reply = each(turn, ids, one)
    if len(ids) > PAGE:
        rest = [line for line in reply.text.splitlines() if line][:PAGE]
        text = "\n".join([turn.say("confirmed.many", n=len(reply.touched)), *rest, "…"])
        return Reply(text, touched=reply.touched, notice=turn.say("confirmed.many", n=len(reply.touched)))
    return reply


def send_back(turn: Turn) -> Reply:
    """One report, with what is missing; asks for the reason when there is none."""
    assignment = turn.one(NumberUse.CONFIRM)
    if assignment is None:
        return choose(turn, "return", NumberUse.CONFIRM)
    return return_one(turn, assignment, turn.intent.rest)


def return_one(turn: Turn, assignment_id: int, reason: str) -> Reply:
    """The owner is told the reason; the old deadline stands."""
    report = pending_report(turn.session, load(turn.session, assignment_id))
    assert report.id is not None
    one = entry(turn.session, assignment_id)
    if not reason.strip():
        ask = turn.say("return.reason", title=title(turn.say, one), unit=unit_name(one))
        return Reply(ask, question=Question("reason", {"name": "return", "id": assignment_id}))
    life.send_back(turn.session, turn.now, turn.me, report.id, block(reason, 1000))
    return Reply(
        turn.say("returned.one", title=title(turn.say, one), unit=unit_name(one)),
        touched=(assignment_id,),
    )


def reason(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The reason that was asked for."""
    from bot.commands import table

    if not text.strip():
        return None
    opened(turn, close=True)
    return table.with_reason(turn, kept["name"], int(kept["id"]), text)


def _chosen(turn: Turn) -> list[int]:
    """Numbers, or the units named ("xác nhận phường Kinh Bắc, xã Yên Phong", "tất cả trừ Sở Y tế")."""
    rest = turn.intent.rest
    if turn.intent.every and turn.intent.excluding and rest and not turn.intent.excluded:
        mine = turn.numbered(NumberUse.CONFIRM)
        spared = set(_by_unit(turn, rest))
        return [assignment for assignment in mine.values() if assignment not in spared]
    if turn.intent.numbers or turn.intent.named or turn.intent.every or not rest:
        return turn.chosen(NumberUse.CONFIRM)
    return _by_unit(turn, rest)


def _by_unit(turn: Turn, words: str) -> list[int]:
    """Reports of the units named. Raises Refused("unit_not_waiting") for one that has none."""
    waiting = entries(turn.session, turn.numbered(NumberUse.CONFIRM).values())
    chosen: list[int] = []
    for name in (part.strip(" .") for part in words.replace(";", ",").replace(" và ", ",").split(",")):
        if not name:
            continue
        told = fold(name)
        found = [
            one.id
            for one in waiting
            if told in (fold(one.unit.name), fold(one.unit.short_name), *map(fold, one.unit.aliases))
            or (len(told) > 3 and fold(one.unit.name).endswith(told))
        ]
        if not found:
            raise Refused("unit_not_waiting", name=name)
        chosen += found
    return chosen
