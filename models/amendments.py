"""A letter that comes again with other words: what stands in both stays, what is gone is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import audit
from models.assignments import Assignment, AssignmentState, NumberUse, ShortNumber
from models.clock import as_utc
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.events import EventKind
from models.following import first_reminder
from models.likeness import say_the_same
from models.load_plan import LoadPlan, TaskPlan
from models.numbers import assign_many
from models.outbox import raise_event
from models.upkeep import AuditEntry

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


@dataclass(frozen=True, slots=True)
class Changes:
    """What an amendment would do, by clause: kept as they are (a count), changed, new, and gone."""

    kept: int
    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def changes(session: Session, amended: Directive, planned: LoadPlan) -> Changes:
    """What loading the draft would make of the letter it amends. Writes nothing."""
    kept = unchanged_tasks(session, amended, planned)
    query = select(Task).where(Task.directive_id == amended.id, Task.state == TaskState.ACTIVE)
    rows = session.exec(query.order_by(col(Task.position))).all()
    before = [row.clause for row in rows if row.id not in kept.values()]
    now = [task.task.clause for task in planned.tasks if task.index not in kept]
    return Changes(
        len(kept),
        tuple(clause for clause in now if clause in before),
        tuple(clause for clause in now if clause not in before),
        tuple(clause for clause in before if clause not in now),
    )


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


def restore(session: Session, now: datetime, amended: Directive, by: Directive, entry_id: int) -> None:
    """The amendment is undone: what it withdrew is to be done again, by who had it and with the numbers they knew.

    Everybody who had been told otherwise is told what holds again.
    """
    if amended.state != DirectiveState.ACTIVE:
        return
    withdrawn = select(AuditEntry).where(AuditEntry.action == "withdrawn", AuditEntry.subject == "task")
    entries = session.exec(withdrawn.where(col(AuditEntry.at) >= as_utc(by.loaded_at)).order_by(col(AuditEntry.id)))
    for task_id in [entry.subject_id for entry in entries if entry.detail.get("amended_by") == by.id]:
        task = session.get(Task, task_id)
        if task is not None and task.state == TaskState.WITHDRAWN:
            _restore_task(session, now, amended, task, entry_id)


def _restore_task(session: Session, now: datetime, amended: Directive, task: Task, entry_id: int) -> None:
    task.state, task.next_opening_at = TaskState.ACTIVE, now if task.rrule else None
    session.add(task)
    theirs = select(Assignment).where(
        Assignment.task_id == task.id, Assignment.state == AssignmentState.WITHDRAWN, col(Assignment.sub) >= 0
    )
    numbered: dict[int, list[int]] = {}
    owners: set[int] = set()
    for assignment in session.exec(theirs.order_by(col(Assignment.id))).all():
        lead = assignment.part == Part.LEAD
        waits = AssignmentState.RECEIVED if assignment.received_at else AssignmentState.OPEN
        assignment.state = waits if lead else AssignmentState.INFORMED
        assignment.next_reminder_at = first_reminder(session, now, assignment, amended)
        session.add(assignment)
        if assignment.owner_id is not None and assignment.id is not None:
            owners.add(assignment.owner_id)
            if lead:
                numbered.setdefault(assignment.owner_id, []).append(assignment.id)
    session.flush()
    assign_many(session, now, numbered, NumberUse.ACT)
    for person_id in sorted(owners):
        raise_event(
            session,
            now,
            key=f"restored:{task.id}:{entry_id}:{person_id}",
            kind=EventKind.AMENDED,
            person_id=person_id,
            data={"task": task.id, "audit": entry_id},
        )


Sign = tuple[frozenset[int], date | None, str | None]


def _sign_of_plan(task: TaskPlan) -> Sign:
    deadline = task.deadline
    due = None if deadline.kind == "recurring" else deadline.due
    return frozenset(unit.unit_id for unit in task.leads), due, deadline.rrule


def _sign_of_row(session: Session, task: Task) -> Sign:
    leads = session.exec(select(TaskUnit.unit_id).where(TaskUnit.task_id == task.id, TaskUnit.part == Part.LEAD))
    return frozenset(leads), task.due_on, task.rrule
