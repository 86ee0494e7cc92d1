"""When an assignment is reminded next: the pure decision of `models.steps` joined to what the database holds."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from models.assignments import Assignment
from models.deadlines import is_past
from models.directives import Directive, Part
from models.ladder import DEFAULT_LADDER, Ladder, ladder_from_json
from models.settings_store import ladder_json
from models.steps import Facts, next_reminder_at
from models.upkeep import CalendarDay
from models.workdays import Calendar, default_calendar


def house_calendar(session: Session) -> Calendar:
    """The shipped calendar under the agency's own days, with the house's hours of sending; read once per session."""
    known: Calendar | None = session.info.get("calendar")
    if known is None:
        own = session.exec(select(CalendarDay)).all()
        known = session.info["calendar"] = ladder_of(session, None).office(default_calendar().with_days(own))
    return known


def ladder_of(session: Session, issuer_unit_id: int | None) -> Ladder:
    """The issuer's ladder, else the house's, else the default; read once per session."""
    ladders: dict[int | None, Ladder] = session.info.setdefault("ladders", {})
    if issuer_unit_id not in ladders:
        value = ladder_json(session, issuer_unit_id)
        ladders[issuer_unit_id] = DEFAULT_LADDER if value is None else ladder_from_json(value)
    return ladders[issuer_unit_id]


def facts_of(assignment: Assignment, urgency: str | None) -> Facts:
    """What the ladder looks at."""
    return Facts(
        opened_on=assignment.opened_on,
        due=assignment.due_on,
        due_time=assignment.due_time,
        urgency=urgency,
        review_on=assignment.review_on,
        snoozed_until=assignment.snoozed_until,
        last_step_day=assignment.last_step_on,
        coordinator=assignment.part == Part.COORDINATE,
        history=assignment.opened_late,
    )


def first_reminder(session: Session, now: datetime, assignment: Assignment, directive: Directive) -> datetime | None:
    """The instant of the next step of an assignment that may be new and unsaved."""
    ladder = ladder_of(session, directive.issuer_unit_id)
    return next_reminder_at(ladder, house_calendar(session), facts_of(assignment, directive.urgency), now)


def is_late(due: date | None, due_time: str | None, at: datetime) -> bool:
    """Whether an answer at that instant was past the deadline; an untimed task is never late."""
    return due is not None and is_past(due, due_time, at)
