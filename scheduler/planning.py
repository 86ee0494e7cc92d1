"""First half of a tick: what has come due becomes planned lines, one per assignment and person to be told.

Cost follows what is due: rows are claimed by an index on `next_reminder_at`, 2,500 per transaction; several schedulers
share them out (SKIP LOCKED). Urgent first notices become Events here, alone and at once; everything else waits for
`scheduler.digests`, which makes one message of all that a person is to be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.among import among
from models.assignments import Assignment, AssignmentState
from models.audiences import Roles, Told, load_roles, owner_now, resolve
from models.bulk import insert_new
from models.directives import Directive, Part, Task
from models.following import house_calendar, ladder_of
from models.moves import TO_DO
from models.numbers import close_numbers, number_owner
from models.steps import Facts, Step, next_step
from models.tables import metadata
from scheduler.notices import raise_group_digests, raise_unlinked, raise_urgent

CLAIM = 2500
REMINDERS = metadata.tables["reminder"]
CHASED = frozenset({*TO_DO, AssignmentState.INFORMED})


class Decision(NamedTuple):
    """What to tell now (or nothing) and when to look again."""

    step: Step | None
    next_at: datetime | None


class Line(NamedTuple):
    """One planned reminder."""

    row: Any
    step: Step
    told: Told


def plan(session: Session, now: datetime) -> int:
    """Claim a batch of due assignments, plan their lines, move each on to its next instant; gives how many."""
    rows = (
        session.connection()
        .execute(due_query(now).with_for_update(of=Assignment, skip_locked=True, key_share=True))
        .all()
    )
    if not rows:
        return 0
    decisions = _decide(session, now, rows)
    telling = [(row, decision.step) for row, decision in zip(rows, decisions, strict=True) if decision.step]
    lines = list(_lines(session, now, telling))
    _write(session, now, lines)
    raise_group_digests(session, now, {row.unit_id for row, _ in telling})
    _move_on(session, rows, decisions)
    return len(rows)


def due_query(now: datetime, limit: int | None = None) -> Select[*tuple[Any, ...]]:
    """What has come due, with all that the decision needs."""
    parent = aliased(Assignment)
    return (
        select(
            col(Assignment.id),
            col(Assignment.unit_id),
            col(Assignment.owner_id),
            col(Assignment.part),
            col(Assignment.state),
            col(Assignment.opened_on),
            col(Assignment.due_on),
            col(Assignment.due_time),
            col(Assignment.review_on),
            col(Assignment.snoozed_until),
            col(Assignment.last_step_on),
            col(Assignment.opened_late),
            col(Directive.id).label("directive_id"),
            col(Directive.issuer_unit_id),
            col(Directive.urgency),
            col(Directive.contact_id),
            col(Directive.contact_deputy_id),
            col(Directive.loaded_by),
            col(parent.owner_id).label("parent_owner"),
        )
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .outerjoin(parent, col(parent.id) == col(Assignment.parent_id))
        .where(col(Assignment.next_reminder_at) <= now)
        .order_by(col(Assignment.next_reminder_at), col(Assignment.owner_id))
        .limit(limit or CLAIM)
    )


def _decide(session: Session, now: datetime, rows: Sequence[Any]) -> list[Decision]:
    """Assignments of one letter and state share their facts, so each question is asked once."""
    known: dict[tuple[int | None, Facts], Decision] = {}
    calendar = house_calendar(session)
    decisions: list[Decision] = []
    for row in rows:
        if row.state not in CHASED:
            decisions.append(Decision(None, None))
            continue
        key = (row.issuer_unit_id, _facts(row))
        if key not in known:
            ladder = ladder_of(session, row.issuer_unit_id)
            step = next_step(ladder, calendar, key[1], now)
            if step is not None and step.at <= now:
                after = next_step(ladder, calendar, replace(key[1], last_step_day=step.day), now)
                known[key] = Decision(step, after.at if after else None)
            else:
                known[key] = Decision(None, step.at if step else None)
        decisions.append(known[key])
    return decisions


def _facts(row: Any) -> Facts:
    return Facts(
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


def _lines(session: Session, now: datetime, telling: Sequence[tuple[Any, Step]]) -> Iterable[Line]:
    roles = load_roles(session, now, [row for row, _ in telling]) if telling else Roles()
    for row, step in telling:
        owner = owner_now(roles, row)
        if owner != row.owner_id and owner is not None:
            _adopt(session, now, row.id, owner)
        for told in resolve(roles, row, step.audience, owner):
            yield Line(row, step, told)


def _adopt(session: Session, now: datetime, assignment_id: int, owner: int) -> None:
    """The owner has left the unit, or the unit had nobody: whom it has now takes the assignment over."""
    assignment = session.get_one(Assignment, assignment_id, populate_existing=True)
    close_numbers(session, now, assignment_id)
    assignment.owner_id = owner
    session.add(assignment)
    session.flush()
    number_owner(session, now, assignment)


def _write(session: Session, now: datetime, lines: Sequence[Line]) -> None:
    """Lines that are told alone get their Event here, in this transaction; the others wait for their digest."""
    urgent = [line for line in lines if line.step.at_once and line.row.urgency and not line.told.listed]
    events = {**raise_urgent(session, now, urgent), **raise_unlinked(session, now, lines)}
    rows = [
        {
            "assignment_id": line.row.id,
            "step": line.step.name,
            "day": line.step.day,
            "person_id": line.told.person_id,
            "audience": str(line.told.audience),
            "due_at": now,
            "event_id": events.get((line.row.id, line.told.person_id)),
            "created_at": now,
        }
        for line in lines
    ]
    insert_new(session, REMINDERS, rows)


def _move_on(session: Session, rows: Sequence[Any], decisions: Sequence[Decision]) -> None:
    """Rows that go on alike are updated together."""
    alike: dict[tuple[datetime | None, str, date | None], list[int]] = defaultdict(list)
    for row, (step, next_at) in zip(rows, decisions, strict=True):
        alike[next_at, step.name if step else "", step.day if step else None].append(row.id)
    for (next_at, name, day), ids in alike.items():
        values: dict[str, Any] = {"next_reminder_at": next_at}
        if day is not None:
            values |= {"last_step": name, "last_step_on": day}
        change = update(Assignment).where(among(session, col(Assignment.id), ids)).values(**values)
        session.connection().execute(change)


def still_planning(session: Session, now: datetime) -> bool:
    """Whether another scheduler holds due assignments: its lines belong in the same digests as ours."""
    query = select(col(Assignment.id)).where(col(Assignment.next_reminder_at) <= now).limit(1)
    return session.connection().execute(query).first() is not None
