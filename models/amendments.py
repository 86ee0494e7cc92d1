"""A letter that comes again with other words: what stands in both stays, what is gone is withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import audit
from models.assignments import Assignment, AssignmentState, ShortNumber
from models.directives import Directive, Part, Task, TaskState, TaskUnit
from models.events import EventKind
from models.likeness import say_the_same
from models.load_plan import LoadPlan, TaskPlan
from models.outbox import raise_event

TO_DO = (AssignmentState.WAITING, AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.INFORMED)


def unchanged_tasks(session: Session, amended: Directive, planned: LoadPlan) -> dict[int, int]:
    """Index of a planned task → id of the loaded task that says the same: words, leads and deadline."""
    query = select(Task).where(Task.directive_id == amended.id, Task.state == TaskState.ACTIVE)
    loaded = [(task, _sign_of_row(session, task)) for task in session.exec(query.order_by(col(Task.position)))]
    found: dict[int, int] = {}
    for task in planned.tasks:
        sign = _sign_of_plan(task)
        same = (row for row, known in loaded if known == sign and say_the_same(row.text, task.task.text))
        if (row := next((row for row in same if row.id not in found.values()), None)) and row.id:
            found[task.index] = row.id
    return found


def withdraw_missing(
    session: Session, now: datetime, amended: Directive, kept: set[int], admin: int, by: Directive
) -> None:
    """Withdraw the tasks of the amended letter that no longer stand; whoever still had them to do is told once.

    Who has the same clause to do by the amendment is told what it says now: "withdrawn" alone would let them stop.
    """
    query = select(Task).where(Task.directive_id == amended.id, Task.state == TaskState.ACTIVE)
    for task in session.exec(query).all():
        if task.id in kept or task.id is None:
            continue
        task.state, task.next_opening_at = TaskState.WITHDRAWN, None
        session.add(task)
        open_ones = select(Assignment).where(
            Assignment.task_id == task.id, col(Assignment.state).in_([str(state) for state in TO_DO])
        )
        assignments = session.exec(open_ones).all()
        ids = [assignment.id for assignment in assignments]
        values = {"state": str(AssignmentState.WITHDRAWN), "next_reminder_at": None}
        session.exec(update(Assignment).where(col(Assignment.id).in_(ids)).values(**values))
        session.exec(
            update(ShortNumber)
            .where(col(ShortNumber.assignment_id).in_(ids), col(ShortNumber.closed_at).is_(None))
            .values(closed_at=now)
        )
        session.flush()
        entry = audit.record(
            session, now, actor_id=admin, action="withdrawn", subject="task", subject_id=task.id,
            detail={"amended_by": by.id},
        )  # fmt: skip
        instead, whose = _instead(session, task, by)
        for person_id in {a.owner_id for a in assignments if a.owner_id is not None}:
            goes_on = person_id in whose
            raise_event(
                session,
                now,
                key=f"withdrawn:{task.id}:{entry.id}:{person_id}",
                kind=EventKind.AMENDED if goes_on else EventKind.WITHDRAWN,
                person_id=person_id,
                data={"task": instead if goes_on else task.id, "audit": entry.id},
            )


def _instead(session: Session, task: Task, by: Directive) -> tuple[int | None, set[int]]:
    """The amendment's task of the same clause, and who has it to do."""
    same = select(Task.id).where(Task.directive_id == by.id, Task.clause == task.clause)
    instead = session.exec(same.order_by(col(Task.position))).first()
    if instead is None:
        return None, set()
    owners = session.exec(select(Assignment.owner_id).where(Assignment.task_id == instead))
    return instead, {owner for owner in owners if owner is not None}


Sign = tuple[frozenset[int], date | None, str | None]


def _sign_of_plan(task: TaskPlan) -> Sign:
    deadline = task.deadline
    due = None if deadline.kind == "recurring" else deadline.due
    return frozenset(unit.unit_id for unit in task.leads), due, deadline.rrule


def _sign_of_row(session: Session, task: Task) -> Sign:
    leads = session.exec(select(TaskUnit.unit_id).where(TaskUnit.task_id == task.id, TaskUnit.part == Part.LEAD))
    return frozenset(leads), task.due_on, task.rrule
