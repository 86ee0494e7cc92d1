"""Somebody leaves their post and another takes it over: roles, open tasks and letters followed go together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import audit
from models.answers import Extension
from models.assignments import Assignment, AssignmentState, NumberUse, ShortNumber
from models.directives import Directive, DirectiveState
from models.errors import Refused
from models.extension_rules import OPEN
from models.numbers import assign_numbers, listing
from models.people import Membership, Person
from models.rights import in_force, is_admin

MOVING = (AssignmentState.WAITING, AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.INFORMED)


def replace(session: Session, now: datetime, admin_id: int, old_id: int, new_id: int) -> int:
    """Everything `old` holds in force goes to `new`; gives how many open tasks moved. What was reported stays the author's.

    Raises Refused: not_admin, person_gone, same_person, nothing_held.
    """
    audit.hold_chain(session)
    if not is_admin(session, now, admin_id):
        raise Refused("not_admin")
    new = session.get(Person, new_id)
    if new is None or new.erased_at is not None:
        raise Refused("person_gone")
    if old_id == new_id:
        raise Refused("same_person")
    held = session.exec(select(Membership).where(Membership.person_id == old_id, in_force(now))).all()
    if not held:
        raise Refused("nothing_held")
    for membership in held:
        _take_over(session, now, membership, new_id)
    moved = _move_tasks(session, now, old_id, new_id)
    _move_letters(session, now, old_id, new_id)
    audit.record(
        session,
        now,
        actor_id=admin_id,
        action="replaced",
        subject="person",
        subject_id=old_id,
        detail={"by": new_id, "tasks": moved},
    )
    return moved


def _take_over(session: Session, now: datetime, membership: Membership, new_id: int) -> None:
    membership.until = now
    session.add(membership)
    same = session.exec(
        select(Membership).where(
            Membership.person_id == new_id, Membership.unit_id == membership.unit_id, Membership.role == membership.role
        )
    ).first()
    theirs = same or Membership(person_id=new_id, unit_id=membership.unit_id, role=membership.role)
    theirs.until = None
    theirs.is_default = theirs.is_default or membership.is_default
    session.add(theirs)
    session.flush()


def _move_tasks(session: Session, now: datetime, old_id: int, new_id: int) -> int:
    mine = select(Assignment.id).where(
        Assignment.owner_id == old_id, col(Assignment.state).in_([str(state) for state in MOVING])
    )
    ids = [found for found in session.exec(mine.order_by(col(Assignment.id))) if found is not None]
    session.exec(update(Assignment).where(col(Assignment.id).in_(ids)).values(owner_id=new_id))
    _move_numbers(session, now, old_id, new_id, ids, NumberUse.ACT)
    return len(ids)


def _move_letters(session: Session, now: datetime, old_id: int, new_id: int) -> None:
    for column in (col(Directive.contact_id), col(Directive.contact_deputy_id)):
        session.exec(
            update(Directive)
            .where(column == old_id, col(Directive.state) == str(DirectiveState.ACTIVE))
            .values({column: new_id})
        )
    themself = update(Directive).where(col(Directive.contact_id) == new_id, col(Directive.contact_deputy_id) == new_id)
    session.exec(themself.values(contact_deputy_id=None))  # nobody stands in for themself
    session.exec(
        update(Extension)
        .where(col(Extension.decider_id) == old_id, col(Extension.state).in_([str(state) for state in OPEN]))
        .values(decider_id=new_id)
    )
    for use in (NumberUse.CONFIRM, NumberUse.DECIDE):
        waiting = [item.assignment_id for item in listing(session, now, old_id, use)]
        _move_numbers(session, now, old_id, new_id, waiting, use)


def _move_numbers(
    session: Session, now: datetime, old_id: int, new_id: int, assignments: list[int], use: NumberUse
) -> None:
    if not assignments:
        return
    session.exec(
        update(ShortNumber)
        .where(
            col(ShortNumber.person_id) == old_id,
            col(ShortNumber.assignment_id).in_(assignments),
            col(ShortNumber.use) == str(use),
            col(ShortNumber.closed_at).is_(None),
        )
        .values(closed_at=now)
    )
    assign_numbers(session, now, new_id, assignments, use)
