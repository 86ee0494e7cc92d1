"""From a task to its assignments, period by period for a recurring one.

The assignments of a new letter are made by `models.load_rows`; every tick opens the periods whose day has come. Step 0
then follows from the ladder: the next morning's digest, or at once for an urgent letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models import audit
from models.assignments import Assignment, AssignmentState, NumberUse
from models.clock import local_date, start_of_day
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.following import first_reminder, house_calendar
from models.numbers import assign_many
from models.recurrence import Occurrence, UnknownRule, next_occurrence, resolve_relative
from models.settings_store import rolls_forward
from models.units import Unit
from models.wakeups import ring_after_commit
from models.whois import in_charge

ONE_DAY = timedelta(days=1)
TASKS_AT_ONCE = 10
"""A task may have 99 units: a thousand rows to a transaction."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What an assignment is opened for: "" and the task's deadline, or one period with its own."""

    period: str
    opened_on: date
    due_on: date | None


def open_periods(session: Session, now: datetime) -> bool:
    """Open the periods of some tasks whose day has come, also those missed in a standstill; False when there are none.

    The next period opens although the last is overdue. Tasks are claimed, so several schedulers may run at once.
    """
    come = col(Task.next_opening_at) <= now
    if session.exec(select(Task.id).where(come).limit(1)).first() is None:
        return False
    audit.hold_chain(session)  # the people of several tasks are locked one task after the other
    due = (
        select(Task)
        .where(come)
        .order_by(col(Task.next_opening_at))
        .limit(TASKS_AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    tasks = session.exec(due).all()
    for task in tasks:
        try:
            _open_due_periods(session, now, task)
        except (
            UnknownRule
        ) as error:  # loading and amending refuse such a rule; should one be there, it holds up no other
            task.next_opening_at = None
            audit.record(
                session, now, actor_id=None, action="rule_unknown", subject="task", subject_id=task.id,
                detail={"rule": str(error)},
            )  # fmt: skip
        session.flush()
    return bool(tasks)


def deadline_of(session: Session, task: Task) -> date | None:
    """The last allowed day, of a relative deadline when its start is known."""
    if task.deadline_kind == "relative" and task.due_on is None and task.relative_days and task.starts_on:
        return resolve_relative(task.relative_days, task.relative_working, task.starts_on, house_calendar(session))
    return task.due_on


def _open_due_periods(session: Session, now: datetime, task: Task) -> None:
    directive = session.get_one(Directive, task.directive_id)
    since, task.next_opening_at = task.next_opening_at, None
    session.add(task)
    if since is None or task.state != TaskState.ACTIVE or directive.state != DirectiveState.ACTIVE:
        return
    for occurrence in occurrences_after(session, task, directive, local_date(since) - ONE_DAY):
        if start_of_day(occurrence.opens) > now:
            task.next_opening_at = start_of_day(occurrence.opens)
            return
        open_units(session, now, task, directive, Slot(occurrence.key, occurrence.opens, occurrence.due))


def occurrences_after(session: Session, task: Task, directive: Directive, after: date) -> Iterator[Occurrence]:
    """The task's periods due later than that day, in order. Raises UnknownRule."""
    issued = directive.issued_on or local_date(directive.loaded_at)
    while task.rrule and (found := next_occurrence(task.rrule, issued, after, house_calendar(session))):
        yield found
        after = found.due


def open_units(session: Session, now: datetime, task: Task, directive: Directive, slot: Slot) -> list[Assignment]:
    """One assignment for each of the task's units that has none in this slot, leads first."""
    of_slot = (Assignment.task_id == task.id, Assignment.period == slot.period, Assignment.sub == 0)
    known = set(session.exec(select(Assignment.unit_id).where(*of_slot)))
    parts: dict[int, Part] = {}
    named = select(TaskUnit).where(TaskUnit.task_id == task.id).order_by(col(TaskUnit.part).desc(), col(TaskUnit.id))
    for one in session.exec(named):  # "lead" sorts after "coordinate", so that leads come first
        unit_id = in_office(session, one.unit_id, slot.opened_on)
        if unit_id is not None and unit_id not in known:  # a lead never coordinates with itself after a merger
            parts.setdefault(unit_id, Part(one.part))
    owners = in_charge(session, now, parts.keys())
    pattern = {part: _pattern(session, now, task, directive, slot, part) for part in set(parts.values())}
    made = [
        Assignment(**pattern[part], unit_id=unit_id, owner_id=owners.get(unit_id)) for unit_id, part in parts.items()
    ]
    session.add_all(made)
    session.flush()
    theirs: dict[int, list[int]] = {}
    for assignment in made:
        if assignment.part == Part.LEAD and assignment.owner_id is not None:
            theirs.setdefault(assignment.owner_id, []).append(assignment.id or 0)
    assign_many(session, now, theirs, NumberUse.ACT)
    if any(assignment.next_reminder_at for assignment in made):
        ring_after_commit(session)  # the scheduler aims at the earliest instant; an urgent letter's is now
    return made


def _pattern(
    session: Session, now: datetime, task: Task, directive: Directive, slot: Slot, part: Part
) -> dict[str, Any]:
    """What all units of one part have in common."""
    due = slot.due_on
    if due is not None and rolls_forward(session, directive.issuer_unit_id):
        due = house_calendar(session).on_or_after(due)
    assignment = Assignment(
        task_id=task.id or 0,
        unit_id=0,
        part=part,
        period=slot.period,
        opened_on=slot.opened_on,
        baseline_due_on=due,
        due_on=due,
        due_time=task.due_time,
        state=AssignmentState.OPEN if part == Part.LEAD else AssignmentState.INFORMED,
        opened_late=directive.history if due is None else due < slot.opened_on,
    )
    assignment.next_reminder_at = first_reminder(session, now, assignment, directive)
    return assignment.model_dump(exclude={"id", "unit_id", "owner_id"})


def in_office(session: Session, unit_id: int, day: date) -> int | None:
    """The unit, or who took over its work by that day; None when it ended without a successor."""
    unit = session.get_one(Unit, unit_id)
    for _ in range(10):
        if unit.valid_to is None or unit.valid_to >= day:
            return unit.id
        if unit.successor_id is None:
            return None
        unit = session.get_one(Unit, unit.successor_id)
    return None
