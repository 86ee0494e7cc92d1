"""The picture of a period, and what is overdue: for leaders, contacts and admins, each within what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.channels.base import Button, Channel, Incoming
from bot.commands.command import Plan
from bot.context import Context
from bot.lines import clause_name
from bot.reply import FileOrder, Reply, rows
from bot.shorten import line
from bot.texts import Say, written
from bot.turn import Turn
from models.clock import local_date
from models.database import Database
from models.errors import Refused
from models.periods import Period, PeriodKind, UnknownPeriod, parse_period
from reports.rollup import rollup, worst_first
from reports.summary import Bucket, Row, Summary, TaskFigure
from reports.words import period_name, period_said, period_short

LATE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Rolled:
    """A summary drawn up before the transaction: reading 119 units' tasks holds nobody up."""

    summary: Summary


async def prepare(db: Database, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> Rolled:
    """The roll-up of the period named, or the current month's. Raises Refused: period_unclear, not_allowed."""
    today = local_date(context.now())
    words = plan.rest if plan.command == "report" else ""
    kind = PeriodKind.YEAR if plan.command == "overdue" else PeriodKind.MONTH
    try:
        period = parse_period(words, today, kind)
    except UnknownPeriod as unclear:
        raise Refused("period_unclear", words=line(words, 60)) from unclear
    return Rolled(await db.read(_roll, context, plan.person_id, period))


async def prepare_press(db: Database, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> Rolled:
    """The same for a button that names its period."""
    try:
        period = parse_period(incoming.button_data.partition(":")[2], local_date(context.now()))
    except UnknownPeriod as unclear:
        raise Refused("button_old") from unclear
    return Rolled(await db.read(_roll, context, plan.person_id, period))


def report(turn: Turn) -> Reply:
    """One message: the five buckets, a picture that reads at a glance, the table as a file."""
    summary = _summary(turn)
    label = summary.period.label
    args = {"period": label, "name": f"tong-hop-{label}.xlsx"}
    if not summary.rows:
        return Reply(
            turn.say("report.empty", period=period_name(summary.period, turn.say.language)), _periods(turn, summary)
        )
    return Reply(
        spoken(turn.say, summary),
        (
            *_periods(turn, summary),
            *(rows(Button(turn.say("button.urge"), "say:/urge")) if any_silent(summary) else ()),
        ),
        files=(FileOrder("workbook", args),),
        picture=FileOrder("picture", {**args, "name": f"tong-hop-{label}.png"}),
    )


def any_silent(summary: Summary) -> bool:
    """Whether there is somebody to remind: one button does it."""
    return any(
        row.bucket in (Bucket.OPEN_IN_TIME, Bucket.OPEN_LATE) and row.reported_at is None for row in summary.rows
    )


def overdue(turn: Turn) -> Reply:
    """What is late now, the oldest first, with one button to remind who has not reported."""
    late = [row for row in worst_first(_summary(turn)) if row.bucket == Bucket.OPEN_LATE and row.reported_at is None]
    if not late:
        return Reply(turn.say("overdue.none"))
    lines = [_late_line(turn.say, row, n) for n, row in enumerate(late[:LATE_SHOWN], 1)]
    more = [turn.say("overdue.more", n=len(late) - LATE_SHOWN)] if len(late) > LATE_SHOWN else []
    text = "\n".join([turn.say("overdue.head", n=len(late), units=len({row.unit_id for row in late})), *lines, *more])
    return Reply(text, rows(Button(turn.say("button.urge"), "say:/urge")))


def spoken(say: Say, summary: Summary) -> str:
    """The buckets in words, then the tasks whose units have not all reported."""
    counts = summary.counts
    text = say(
        "report.buckets",
        period=period_name(summary.period, say.language),
        n=len(summary.rows),
        done=counts[Bucket.DONE_IN_TIME] + counts[Bucket.DONE_LATE],
        done_in_time=counts[Bucket.DONE_IN_TIME],
        done_late=counts[Bucket.DONE_LATE],
        open=counts[Bucket.OPEN_IN_TIME] + counts[Bucket.OPEN_LATE],
        open_in_time=counts[Bucket.OPEN_IN_TIME],
        open_late=counts[Bucket.OPEN_LATE],
        untimed=counts[Bucket.UNTIMED],
        waiting=summary.waiting,
    )
    short = sorted(
        (one for one in summary.by_task if one.reported < one.units), key=lambda one: one.reported / one.units
    )
    lines = [say("report.task", title=_task_name(say, one), done=one.reported, n=one.units) for one in short[:6]]
    return "\n".join([text, *lines])


def _task_name(say: Say, one: TaskFigure) -> str:
    clause = say("line.clause", letter=line(one.number or "?", 40), clause=clause_name(say, one.clause))
    period = period_said(one.period, say.language) if one.period else ""
    return say("line.period", title=clause, period=period) if period else clause


def _summary(turn: Turn) -> Summary:
    made = getattr(turn.prepared, "made", None)
    if not isinstance(made, Rolled):
        raise Refused("button_old")
    return made.summary


def _periods(turn: Turn, summary: Summary):
    earlier, later = summary.period.previous, summary.period.next
    shown = [earlier, *([later] if later.start <= turn.today else [])]
    if summary.period.kind == PeriodKind.MONTH:
        shown.append(parse_period("", turn.today, PeriodKind.QUARTER))
    names = [period_short(period, turn.say.language) for period in shown]
    return rows(*(Button(f"{n[:1].upper()}{n[1:]}", f"period:{p.label}") for n, p in zip(names, shown, strict=True)))


def _late_line(say: Say, row: Row, n: int) -> str:
    clause = say("draft.clause", clause=clause_name(say, row.clause))
    head = f"{n}. {line(row.number or '?', 40)}, {clause} – {line(row.unit, 60)}"
    return f"{head}: {line(row.text, 60)} – {say('draft.due', day=written(row.due) if row.due else '')}"


def _roll(session: Session, context: Context, person_id: int, period: Period) -> Summary:
    return rollup(session, context.now(), person_id, period)


def period_of(args: dict[str, Any], context: Context) -> Period:
    """The period a file was ordered for."""
    return parse_period(str(args["period"]), local_date(context.now()))


__all__ = ["overdue", "period_of", "prepare", "prepare_press", "report", "spoken"]
