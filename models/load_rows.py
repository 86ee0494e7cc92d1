"""The rows of a loaded letter: tasks, their units, assignments with the instant of their first reminder.

An urgent letter's first reminder is now: the scheduler is woken and tells of it at once, to stand-ins where needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.assignments import Assignment, AssignmentState, NumberUse
from models.clock import local_date, start_of_day
from models.deadlines import is_past
from models.directives import Directive, Part, Task, TaskUnit
from models.following import first_reminder, house_calendar
from models.load_plan import TaskPlan
from models.numbers import assign_many
from models.periods import PeriodKind, period_of
from models.wakeups import ring_after_commit
from models.whois import in_charge
from models.workdays import Calendar


def task_row(directive: Directive, planned: TaskPlan, position: int, taken: set[str]) -> Task:
    """One task, its clause label made unique within the letter."""
    read, deadline = planned.task, planned.deadline
    label, n = read.clause[:50] or "-", 1
    clause = label
    while clause in taken:
        n += 1
        clause = f"{label.partition('#')[0]}#{n}"
    assert directive.id is not None
    return Task(
        directive_id=directive.id,
        position=position,
        clause=clause,
        text=read.text,
        product=read.product or "",
        report_to=read.report_to or read.report_via or "",
        span_start=read.span[0],
        span_end=read.span[1],
        deadline_kind=deadline.kind,
        due_on=None if deadline.kind == "recurring" else deadline.due,
        due_time=deadline.time,
        rrule=deadline.rrule,
        relative_days=deadline.days,
        relative_working=deadline.working,
        starts_on=deadline.start,
        phrase=deadline.phrase,
        next_opening_at=start_of_day(deadline.following.opens) if deadline.following else None,
    )


def insert_task_units(session: Session, planned: Sequence[TaskPlan], rows: Sequence[Task]) -> None:
    """Who leads and who coordinates each task."""
    values = [
        {"task_id": row.id, "unit_id": unit.unit_id, "part": str(part), "named_as": unit.note or unit.named_as}
        for task, row in zip(planned, rows, strict=True)
        for part, units in ((Part.LEAD, task.leads), (Part.COORDINATE, task.coordinators))
        for unit in units
    ]
    if values:
        session.connection().execute(insert(TaskUnit), values)


def insert_assignments(
    session: Session, now: datetime, directive: Directive, planned: Sequence[TaskPlan], rows: Sequence[Task]
) -> None:
    """One assignment per task and unit, for the current period of a recurring task."""
    units = {unit.unit_id for task in planned for unit in (*task.leads, *task.coordinators)}
    owners = in_charge(session, now, units)
    values: list[dict[str, Any]] = []
    for task, row in zip(planned, rows, strict=True):
        for part, to in ((Part.LEAD, task.leads), (Part.COORDINATE, task.coordinators)):
            for shared in _shared(session, now, directive, task, row, part) if to else ():
                values += [shared | {"unit_id": u.unit_id, "owner_id": owners.get(u.unit_id)} for u in to]
    if values:
        session.connection().execute(insert(Assignment), values)
        _number(session, now, directive)
        ring_after_commit(session)


def _shared(
    session: Session, now: datetime, directive: Directive, task: TaskPlan, row: Task, part: Part
) -> Iterator[dict[str, Any]]:
    """What all assignments of one task, part and period have in common."""
    assert row.id is not None
    today, deadline = local_date(now), task.deadline
    lead = part == Part.LEAD
    calendar = house_calendar(session)
    slots = [(p.key, p.due) for p in deadline.periods] if deadline.kind == "recurring" else [("", deadline.due)]
    for period, legal in slots:
        due = calendar.on_or_after(legal) if legal and deadline.rolls else legal
        late = directive.history if due is None else is_past(due, deadline.time, now)
        made = Assignment(
            task_id=row.id,
            unit_id=0,
            part=part,
            period=period,
            opened_on=today,
            baseline_due_on=due,
            due_on=due,
            due_time=deadline.time,
            review_on=_review_day(today, calendar) if lead and due is None and not late else None,
            state=AssignmentState.OPEN if lead else AssignmentState.INFORMED,
            opened_late=late,
        )
        made.next_reminder_at = first_reminder(session, now, made, directive)
        yield made.model_dump(exclude={"id", "unit_id", "owner_id"})


def _number(session: Session, now: datetime, directive: Directive) -> None:
    """Each owner's short numbers of what is theirs to do."""
    query = (
        select(Assignment.owner_id, Assignment.id)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(Task.directive_id == directive.id, Assignment.part == Part.LEAD)
        .where(col(Assignment.owner_id).is_not(None))
        .order_by(col(Assignment.id))
    )
    theirs: dict[int, list[int]] = {}
    for owner, assignment_id in session.exec(query):
        theirs.setdefault(owner or 0, []).append(assignment_id or 0)
    assign_many(session, now, theirs, NumberUse.ACT)


def _review_day(today: date, calendar: Calendar) -> date:
    """The end of the report period that runs when the first digest has told of the task."""
    return period_of(calendar.working_day_after(today) + timedelta(days=1), PeriodKind.MONTH).end
