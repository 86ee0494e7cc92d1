"""Moving an assignment from state to state: conditional updates that act only when one row changed.

Two who claim the same move at once (a double press, two phones, two processes) are told apart by the database:
one changes the row, the other meets a state that no longer allows it. The picture is in docs/state-machines.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col

from models import audit, outbox
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Task
from models.errors import Refused
from models.events import EventKind, Priority
from models.following import first_reminder, house_calendar
from models.wakeups import ring_after_commit

TO_DO = (AssignmentState.OPEN, AssignmentState.RECEIVED)
"""States in which an assignment waits for its owner."""

REFUSALS = {
    AssignmentState.WAITING: "not_open_yet",
    AssignmentState.OPEN: "not_reported",
    AssignmentState.RECEIVED: "not_reported",
    AssignmentState.REPORTED: "already_reported",
    AssignmentState.CONFIRMED: "already_confirmed",
    AssignmentState.INFORMED: "only_informed",
    AssignmentState.DISPUTED: "in_dispute",
    AssignmentState.WITHDRAWN: "task_withdrawn",
}


@dataclass(frozen=True, slots=True)
class Case:
    """An assignment with the task and the letter it comes from."""

    assignment: Assignment
    task: Task
    directive: Directive

    @property
    def id(self) -> int:
        assert self.assignment.id is not None
        return self.assignment.id

    @property
    def urgent(self) -> bool:
        """The letter bears an urgency mark: nothing about it waits for working hours."""
        return bool(self.directive.urgency)


def load(session: Session, assignment_id: int) -> Case:
    """The assignment as the database has it now, in its turn among the verbs. Raises Refused("no_such_assignment")."""
    audit.hold_chain(session)
    assignment = session.get(Assignment, assignment_id, populate_existing=True)
    if assignment is None:
        raise Refused("no_such_assignment")
    task = session.get_one(Task, assignment.task_id)
    return Case(assignment, task, session.get_one(Directive, task.directive_id))


def move(
    session: Session,
    case: Case,
    to: AssignmentState,
    *,
    allowed: Collection[AssignmentState],
    where: Iterable[ColumnElement[bool]] = (),
    **changes: Any,
) -> None:
    """Take the assignment to `to` if it is in an `allowed` state now; else raise Refused with the state's reason.

    The first write of every verb: when it raises, nothing has changed.
    """
    claim = update(Assignment).where(
        col(Assignment.id) == case.id, col(Assignment.state).in_([str(state) for state in allowed]), *where
    )
    values: dict[str, Any] = {"state": str(to), **changes}
    done = session.exec(claim.values(**values).execution_options(synchronize_session=False))
    session.refresh(case.assignment)
    if done.rowcount != 1:
        raise Refused(REFUSALS[AssignmentState(case.assignment.state)])
    if changes.get("next_reminder_at") is not None:
        ring_after_commit(session)  # the scheduler aims at the earliest instant


def note(session: Session, now: datetime, actor_id: int | None, action: str, case: Case, **detail: Any) -> int:
    """Write down who did what to an assignment; gives the entry's id."""
    entry = audit.record(
        session, now, actor_id=actor_id, action=action, subject="assignment", subject_id=case.id, detail=detail
    )
    assert entry.id is not None
    return entry.id


def next_reminder(session: Session, now: datetime, case: Case) -> datetime | None:
    """The instant the assignment's next step comes due, were it open now."""
    return first_reminder(session, now, case.assignment, case.directive)


def tell(
    session: Session,
    now: datetime,
    case: Case,
    kind: EventKind,
    key: str,
    people: Iterable[int | None],
    data: dict[str, Any],
    *,
    priority: int = Priority.ANSWER,
) -> None:
    """Raise one Event for each of the others concerned. Ordinary ones wait for working hours, urgent letters' do not."""
    opening = now if case.urgent else house_calendar(session).next_open(now)
    for person_id in dict.fromkeys(people):
        if person_id is not None:
            outbox.raise_event(
                session,
                now,
                key=f"{key}:{person_id}",
                kind=kind,
                person_id=person_id,
                data=data,
                priority=Priority.URGENT if case.urgent else priority,
                business_date=local_date(opening),
                available_at=opening,
            )
