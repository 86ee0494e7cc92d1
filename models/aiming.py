"""A ladder or the calendar has changed: when each open assignment is reminded next is worked out anew, batch by batch.

What was told stays told. A step the new ladder would have taken by now is not made up for: a change of settings sends
nothing by itself. A step the new calendar moved is taken on its new day, but not a second time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from models.among import among
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Part, Task
from models.following import house_calendar, ladder_of
from models.settings_store import scope_of, write
from models.steps import Facts, Step, next_step
from models.upkeep import Setting
from models.wakeups import ring_after_commit
from models.workdays import Calendar

AIM = "aim_again"
"""Setting that stands while there is something to work out: {"after": the last assignment done, "moved": days}."""

BATCH = 2000
FOLLOWED = (AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.INFORMED)
NEARBY = 5
"""Days within which a step of the same name is the one that was told, moved by the calendar; less than a week."""


def aim_again(session: Session, issuer_unit_id: int | None = None, *, moved: int = 0) -> None:
    """Have all open assignments of an issuer's letters (of everybody's: None) aimed anew. `moved`: days of the calendar."""
    write(session, AIM, {"after": 0, "moved": moved}, scope_of(issuer_unit_id))


def aim_some(session: Session, now: datetime) -> bool:
    """Aim the next batch of whatever was asked for; False when nothing is left. Any number may run at once."""
    asked = session.exec(
        select_rows(Setting).where(Setting.name == AIM).order_by(Setting.scope).limit(1).with_for_update()
    ).first()
    if asked is None:
        return False
    rows = session.connection().execute(open_after(now, asked).with_for_update(of=Assignment, skip_locked=True)).all()
    changes: dict[datetime | None, list[int]] = defaultdict(list)
    for row in rows:
        next_at = _next(session, now, row, asked.value["moved"])
        if next_at != row.next_reminder_at:
            changes[next_at].append(row.id)
    for next_at, ids in changes.items():
        change = update(Assignment).where(among(session, col(Assignment.id), ids)).values(next_reminder_at=next_at)
        session.connection().execute(change)
    if len(rows) < BATCH:
        session.delete(asked)
    else:
        asked.value = {**asked.value, "after": rows[-1].id}
        session.add(asked)
    session.flush()
    ring_after_commit(session)  # the scheduler aims at the earliest instant
    return True


def open_after(now: datetime, asked: Setting) -> Any:
    """What waits for a later step, or for none. What is due already is the tick's."""
    query = (
        select(
            col(Assignment.id),
            col(Assignment.part),
            col(Assignment.opened_on),
            col(Assignment.due_on),
            col(Assignment.due_time),
            col(Assignment.review_on),
            col(Assignment.snoozed_until),
            col(Assignment.last_step),
            col(Assignment.last_step_on),
            col(Assignment.opened_late),
            col(Assignment.next_reminder_at),
            col(Directive.issuer_unit_id),
            col(Directive.urgency),
        )
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(
            col(Assignment.id) > asked.value["after"],
            col(Assignment.state).in_([str(state) for state in FOLLOWED]),
            or_(col(Assignment.next_reminder_at).is_(None), col(Assignment.next_reminder_at) > now),
        )
        .order_by(col(Assignment.id))
        .limit(BATCH)
    )
    issuer = asked.scope.partition(":")[2]
    return query.where(col(Directive.issuer_unit_id) == int(issuer)) if issuer else query


def _next(session: Session, now: datetime, row: Any, moved: int) -> datetime | None:
    ladder, calendar = ladder_of(session, row.issuer_unit_id), house_calendar(session)
    facts = Facts(
        opened_on=row.opened_on,
        due=row.due_on,
        due_time=row.due_time,
        urgency=row.urgency,
        review_on=row.review_on,
        snoozed_until=row.snoozed_until,
        last_step_day=row.last_step_on,
        coordinator=row.part == Part.COORDINATE,
        history=row.opened_late,
    )
    if not moved:
        facts = _behind_us(ladder.office(calendar), facts, now)
    step = next_step(ladder, calendar, facts, now)
    if moved and step is not None and _was_told(step, row):
        step = next_step(ladder, calendar, replace(facts, last_step_day=step.day), now)
    return step.at if step else None


def _behind_us(office: Calendar, facts: Facts, now: datetime) -> Facts:
    """With every step up to the last morning counted as told, where the first notice has had its morning."""
    today = local_date(now, office.zone)
    begun = not office.is_working(today) or now >= office.opening(today)
    settled = today if begun else today - timedelta(days=1)
    first = facts.last_step_day or office.working_day_after(facts.opened_on)
    return replace(facts, last_step_day=max(first, settled)) if first <= settled else facts


def _was_told(step: Step, row: Any) -> bool:
    return row.last_step_on is not None and step.name == row.last_step and (step.day - row.last_step_on).days <= NEARBY
