"""What every step of an extension rests on: one open at a time, later than the deadline, not beyond the parent's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import audit
from models.answers import Extension, ExtensionState
from models.assignments import Assignment, AssignmentState, NumberUse
from models.clock import local_date
from models.errors import Refused
from models.events import EventKind
from models.moves import TO_DO, Case, load, move, tell
from models.numbers import close_numbers

OPEN = (ExtensionState.ASKED, ExtensionState.COUNTERED)


def open_request(session: Session, assignment_id: int) -> Extension | None:
    """The request that waits for a decision or for the owner's answer to one."""
    query = select(Extension).where(
        Extension.assignment_id == assignment_id, col(Extension.state).in_([str(s) for s in OPEN])
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def cancel_open(session: Session, now: datetime, case: Case) -> None:
    """The assignment ended or left the unit: what was asked for it is moot."""
    gone = update(Extension).where(
        col(Extension.assignment_id) == case.id, col(Extension.state).in_([str(s) for s in OPEN])
    )
    if session.exec(gone.values(state=str(ExtensionState.CANCELLED), decided_at=now)).rowcount:
        close_numbers(session, now, case.id, NumberUse.DECIDE)


def load_request(session: Session, extension_id: int) -> tuple[Case, Extension]:
    audit.hold_chain(session)
    extension = session.get(Extension, extension_id, populate_existing=True)
    if extension is None:
        raise Refused("no_such_extension")
    return load(session, extension.assignment_id), extension


def settle(
    session: Session, extension: Extension, to: ExtensionState, *, allowed: Collection[ExtensionState], **changes: Any
) -> None:
    claim = update(Extension).where(
        col(Extension.id) == extension.id, col(Extension.state).in_([str(state) for state in allowed])
    )
    done = session.exec(claim.values(state=str(to), **changes).execution_options(synchronize_session=False))
    session.refresh(extension)
    if done.rowcount != 1:
        raise Refused("already_decided")


def hold(session: Session, case: Case) -> None:
    """Keep the assignment as it is until the commit; two requests at once come one after the other."""
    move(session, case, AssignmentState(case.assignment.state), allowed=TO_DO)


def check_day(session: Session, now: datetime, assignment: Assignment, day: date) -> None:
    """Raises Refused: no_deadline, not_later (data `due`), date_past, child_beyond_parent (data `latest`)."""
    if assignment.due_on is None:
        raise Refused("no_deadline")
    if day <= assignment.due_on:
        raise Refused("not_later", due=assignment.due_on)
    if day < local_date(now):
        raise Refused("date_past")
    within_parent(session, assignment, day)


def within_parent(session: Session, assignment: Assignment, day: date) -> None:
    """Raises Refused("child_beyond_parent") when the unit's own deadline is earlier than the day."""
    if assignment.parent_id is not None:
        latest = session.get_one(Assignment, assignment.parent_id, populate_existing=True).due_on
        if latest is not None and day > latest:
            raise Refused("child_beyond_parent", latest=latest)


def asked_before(session: Session, assignment_id: int) -> int:
    """Requests of this assignment that were decided; one taken back before that does not count towards the third."""
    judged = col(Extension.state).in_([str(ExtensionState.APPROVED), str(ExtensionState.REFUSED)])
    judged |= col(Extension.decided_on).is_not(None)  # another date was proposed, and not taken
    return session.exec(select(func.count()).where(Extension.assignment_id == assignment_id, judged)).one()


def tell_of(
    session: Session,
    now: datetime,
    case: Case,
    kind: EventKind,
    extension: Extension,
    what: str,
    people: Iterable[int | None],
) -> None:
    """Raise the Event of a request, once for each step of it."""
    tell(session, now, case, kind, f"extension:{extension.id}:{what}", people, {"extension": extension.id})
