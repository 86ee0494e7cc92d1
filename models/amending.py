"""Changing or withdrawing a task after it was given out: everyone concerned is told once.

(A letter that comes again with other words is `models.amendments`.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import audit
from models.answers import Report, Verdict
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Task, TaskState
from models.errors import Refused
from models.events import EventKind
from models.extension_rules import cancel_open
from models.moves import TO_DO, Case, tell
from models.numbers import close_numbers
from models.redating import DEADLINE, redate
from models.rights import confirmers, is_admin

FOLLOWED = (*TO_DO, AssignmentState.INFORMED, AssignmentState.REPORTED, AssignmentState.DISPUTED)
FIELDS = frozenset({"text", "product", "report_to", "phrase"}) | DEADLINE


@dataclass(frozen=True, slots=True)
class Amendment:
    """What changed ({field: [before, after]}) and how many people are told."""

    task_id: int
    changed: dict[str, list[Any]]
    told: int


def amend(session: Session, now: datetime, person_id: int, task_id: int, **changes: Any) -> Amendment:
    """The admin changes a task: `text`, `product`, `report_to`, and of its deadline `due_on`, `due_time`, `starts_on`,
    `relative_days`, `rrule`, `phrase`.

    A new deadline becomes the current one of every open assignment (models.redating); the first one (baseline) is kept
    beside it, and an extension granted to a later day stands. `starts_on` sets a relative deadline running. Raises
    Refused: not_admin, task_withdrawn, nothing_changed, date_past, unknown_rule, period_over.
    """
    task, directive = _load(session, now, person_id, task_id)
    changed = {name: [getattr(task, name), value] for name, value in changes.items() if getattr(task, name) != value}
    if not changed.keys() <= FIELDS:
        raise TypeError(f"not fields of a task one amends: {sorted(changed.keys() - FIELDS)}")
    if not changed:
        raise Refused("nothing_changed")
    if (day := changes.get("due_on")) is not None and day < local_date(now):
        raise Refused("date_past")
    followed = _followed(session, task)
    for name, (_before, after) in changed.items():
        setattr(task, name, after)
    if changed.keys() & DEADLINE:
        try:
            redate(session, now, task, directive, followed, changed)
        except Refused:
            session.expire(task)
            raise
    session.add(task)
    session.flush()
    return Amendment(task_id, changed, _tell(session, now, person_id, task, directive, followed, "amended", changed))


def withdraw_task(session: Session, now: datetime, person_id: int, task_id: int, reason: str) -> Amendment:
    """The admin takes a task back: nothing of it is followed any more, what was confirmed stays confirmed.

    Raises Refused: not_admin, reason_needed, task_withdrawn.
    """
    task, directive = _load(session, now, person_id, task_id)
    if not reason.strip():
        raise Refused("reason_needed")
    claim = update(Task).where(col(Task.id) == task_id, col(Task.state) == str(TaskState.ACTIVE))
    if session.exec(claim.values(state=str(TaskState.WITHDRAWN), next_opening_at=None)).rowcount != 1:
        raise Refused("task_withdrawn")
    followed = _followed(session, task)
    ids = [assignment.id for assignment in followed]
    gone = update(Assignment).where(col(Assignment.id).in_(ids)).execution_options(synchronize_session=False)
    session.exec(gone.values(state=str(AssignmentState.WITHDRAWN), next_reminder_at=None))
    waiting = update(Report).where(col(Report.assignment_id).in_(ids), col(Report.verdict) == str(Verdict.PENDING))
    session.exec(waiting.values(verdict=str(Verdict.WITHDRAWN), verdict_by=person_id, verdict_at=now))
    for assignment in followed:
        cancel_open(session, now, Case(assignment, task, directive))
        close_numbers(session, now, assignment.id or 0)
    changed = {"reason": ["", reason.strip()]}
    told = _tell(session, now, person_id, task, directive, followed, "withdrawn", changed)
    session.expire_all()
    return Amendment(task_id, changed, told)


def _load(session: Session, now: datetime, person_id: int, task_id: int) -> tuple[Task, Directive]:
    audit.hold_chain(session)
    if not is_admin(session, now, person_id):
        raise Refused("not_admin")
    task = session.get(Task, task_id, populate_existing=True)
    if task is None or task.state != TaskState.ACTIVE:
        raise Refused("task_withdrawn")
    return task, session.get_one(Directive, task.directive_id)


def _followed(session: Session, task: Task) -> list[Assignment]:
    query = select(Assignment).where(
        Assignment.task_id == task.id, col(Assignment.state).in_([str(state) for state in FOLLOWED])
    )
    return list(session.exec(query.order_by(col(Assignment.id)).execution_options(populate_existing=True)))


def _tell(
    session: Session,
    now: datetime,
    actor_id: int,
    task: Task,
    directive: Directive,
    followed: list[Assignment],
    action: str,
    changed: dict[str, list[Any]],
) -> int:
    """Owners, coordinators and the contact, each once however many assignments are theirs."""
    entry = audit.record(
        session, now, actor_id=actor_id, action=action, subject="task", subject_id=task.id, detail={"changed": changed}
    )
    people: dict[int, Case] = {}
    for assignment in followed:
        case = Case(assignment, task, directive)
        for person in (assignment.owner_id, *confirmers(session, now, assignment, directive, ())[:1]):
            if person is not None and person != actor_id:
                people.setdefault(person, case)
    kind = EventKind.AMENDED if action == "amended" else EventKind.WITHDRAWN
    data = {"task": task.id, "audit": entry.id}
    for person, case in people.items():
        tell(session, now, case, kind, f"{action}:{entry.id}", [person], data)
    return len(people)
