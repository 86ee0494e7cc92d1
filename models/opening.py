"""From a task to its assignments: at once when the letter is approved, period by period for a recurring one.

`open_task` is called when a letter is created; `open_periods` by every tick. Step 0 then follows from the ladder: the
next morning's digest, or at once for an urgent letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.assignments import Assignment, AssignmentState
from models.clock import local_date, start_of_day
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.following import first_reminder, house_calendar
from models.numbers import number_owner
from models.recurrence import Occurrence, next_occurrence, resolve_relative
from models.rights import default_owner
from models.settings_store import rolls_forward
from models.units import Unit
from models.wakeups import ring_after_commit

ONE_DAY = timedelta(days=1)
PERIOD_BATCH = 100


@dataclass(frozen=True, slots=True)
class Slot:
    """What an assignment is opened for: "" and the task's deadline, or one period with its own."""

    period: str
    opened_on: date
    due_on: date | None


def open_task(session: Session, now: datetime, task_id: int) -> list[Assignment]:
    """Open a new task for each of its units (`TaskUnit`); of a recurring one the period that runs now.

    A deadline already past when it is opened makes history of the assignment: listed, never chased. Raises
    models.recurrence.UnknownRule for a rule nobody can follow.
    """
    task = session.get_one(Task, task_id)
    directive = session.get_one(Directive, task.directive_id)
    today = local_date(now)
    if task.deadline_kind != "recurring" or not task.rrule:
        return _open_units(session, now, task, directive, Slot("", today, deadline_of(session, task)))
    made: list[Assignment] = []
    for occurrence in _occurrences(session, task, directive, today - ONE_DAY):
        if occurrence.opens > today:
            task.next_opening_at = start_of_day(occurrence.opens)
            break
        made += _open_units(session, now, task, directive, Slot(occurrence.key, today, occurrence.due))
    session.add(task)
    session.flush()
    return made


def open_periods(session: Session, now: datetime) -> int:
    """Open every period whose day has come, also those missed in a standstill; gives how many assignments.

    The next period opens although the last is overdue. Tasks are claimed, so several schedulers may run at once.
    """
    due = (
        select(Task)
        .where(col(Task.next_opening_at) <= now)
        .order_by(col(Task.next_opening_at))
        .limit(PERIOD_BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    opened = 0
    while tasks := session.exec(due).all():
        for task in tasks:
            opened += _open_due_periods(session, now, task)
        session.flush()
    return opened


def deadline_of(session: Session, task: Task) -> date | None:
    """The last allowed day, of a relative deadline when its start is known."""
    if task.deadline_kind == "relative" and task.due_on is None and task.relative_days and task.starts_on:
        return resolve_relative(task.relative_days, task.relative_working, task.starts_on, house_calendar(session))
    return task.due_on


def _open_due_periods(session: Session, now: datetime, task: Task) -> int:
    directive = session.get_one(Directive, task.directive_id)
    since, task.next_opening_at = task.next_opening_at, None
    session.add(task)
    if since is None or task.state != TaskState.ACTIVE or directive.state != DirectiveState.ACTIVE:
        return 0
    opened, first = 0, local_date(since)
    for occurrence in _occurrences(session, task, directive, first - ONE_DAY):
        if start_of_day(occurrence.opens) > now:
            task.next_opening_at = start_of_day(occurrence.opens)
            break
        slot = Slot(occurrence.key, occurrence.opens, occurrence.due)
        opened += len(_open_units(session, now, task, directive, slot))
    return opened


def _occurrences(session: Session, task: Task, directive: Directive, after: date) -> Iterator[Occurrence]:
    issued = directive.issued_on or local_date(directive.loaded_at)
    while task.rrule and (found := next_occurrence(task.rrule, issued, after, house_calendar(session))):
        yield found
        after = found.due


def _open_units(session: Session, now: datetime, task: Task, directive: Directive, slot: Slot) -> list[Assignment]:
    query = select(TaskUnit).where(TaskUnit.task_id == task.id).order_by(col(TaskUnit.part).desc(), col(TaskUnit.id))
    known = set(session.exec(select(Assignment.unit_id).where(*_of(task, slot.period))))
    made: list[Assignment] = []
    for named in session.exec(query):  # "lead" sorts after "coordinate", so leads come first
        unit_id = in_office(session, named.unit_id, slot.opened_on)
        if unit_id is None or unit_id in known:
            continue  # a lead never coordinates with itself after a merger
        known.add(unit_id)
        made.append(_open(session, now, task, directive, slot, unit_id, Part(named.part)))
    session.add_all(made)
    session.flush()
    for assignment in made:
        number_owner(session, now, assignment)
    if any(assignment.next_reminder_at for assignment in made):
        ring_after_commit(session)  # the scheduler aims at the earliest instant; an urgent letter's is now
    return made


def _of(task: Task, period: str) -> tuple[bool, ...]:
    return (Assignment.task_id == task.id, Assignment.period == period, Assignment.sub == 0)


def _open(
    session: Session, now: datetime, task: Task, directive: Directive, slot: Slot, unit_id: int, part: Part
) -> Assignment:
    due = slot.due_on
    if due is not None and rolls_forward(session, directive.issuer_unit_id):
        due = house_calendar(session).on_or_after(due)
    past = directive.history if due is None else due < slot.opened_on
    assignment = Assignment(
        task_id=task.id or 0,
        unit_id=unit_id,
        part=part,
        period=slot.period,
        owner_id=default_owner(session, now, unit_id),
        opened_on=slot.opened_on,
        baseline_due_on=due,
        due_on=due,
        due_time=task.due_time,
        state=AssignmentState.OPEN if part == Part.LEAD else AssignmentState.INFORMED,
        opened_late=past,
    )
    assignment.next_reminder_at = first_reminder(session, now, assignment, directive)
    return assignment


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
