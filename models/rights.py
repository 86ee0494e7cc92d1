"""Who may do what with an assignment at this moment: roles in force, contacts, deputies.

Every verb asks here when it acts; what a button or an old message promised counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.among import among
from models.assignments import Assignment
from models.directives import Directive
from models.errors import Refused
from models.people import Membership, Person
from models.reach import first_reachable
from models.units import Role

ANSWERING = (Role.OWNER, Role.DEPUTY, Role.HEAD)
"""Roles that may act for a unit on its assignments."""


def in_force(now: datetime):
    """SQL: the membership holds at `now`."""
    return or_(col(Membership.until).is_(None), col(Membership.until) > now)


def has_role(
    session: Session, now: datetime, person_id: int, roles: Iterable[Role], unit_id: int | None = None
) -> bool:
    """Whether the person holds one of `roles` now, in `unit_id` or anywhere."""
    query = select(Membership.id).where(
        Membership.person_id == person_id, col(Membership.role).in_([str(r) for r in roles]), in_force(now)
    )
    if unit_id is not None:
        query = query.where(Membership.unit_id == unit_id)
    return session.exec(query.limit(1)).first() is not None


def is_admin(session: Session, now: datetime, person_id: int) -> bool:
    """Admins are admins of the whole house."""
    return has_role(session, now, person_id, [Role.ADMIN])


def people_with(session: Session, now: datetime, role: Role, unit_id: int | None = None) -> list[int]:
    """Persons holding a role now (the default one of a unit first), never one who was erased."""
    query = (
        select(Membership.person_id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.role == role, in_force(now), col(Person.erased_at).is_(None))
        .order_by(col(Membership.is_default).desc(), col(Membership.id))
    )
    if unit_id is not None:
        query = query.where(Membership.unit_id == unit_id)
    return list(dict.fromkeys(session.exec(query)))


def default_owner(session: Session, now: datetime, unit_id: int) -> int | None:
    """Who gets a unit's tasks: its default owner, else another owner, else its head, else nobody."""
    for role in (Role.OWNER, Role.HEAD):
        if people := people_with(session, now, role, unit_id):
            return people[0]
    return None


def contact_of(session: Session, assignment: Assignment, directive: Directive) -> int:
    """Who waits for this answer: the letter's contact, else the admin who loaded it; of a sub-assignment its giver."""
    if assignment.parent_id is not None:
        parent = session.get_one(Assignment, assignment.parent_id)
        if parent.owner_id is not None:
            return parent.owner_id
    return directive.contact_id or directive.loaded_by


def confirmers(
    session: Session, now: datetime, assignment: Assignment, directive: Directive, authors: Collection[int | None]
) -> list[int]:
    """Who may judge a report by `authors`, the first being the one to ask. Never an author.

    The contact, then the deputy; where that leaves nobody but an author, the admin who loaded the letter, then any.
    While neither contact nor deputy is connected, that admin is asked in their place: no report waits for nobody.
    """
    asked = [contact_of(session, assignment, directive)]
    if assignment.parent_id is None and directive.contact_deputy_id is not None:
        asked.append(directive.contact_deputy_id)
    for others in (asked, [directive.loaded_by], people_with(session, now, Role.ADMIN)):
        if allowed := [person for person in _living(session, others) if person not in authors]:
            return [*_in_their_place(session, now, allowed, directive, authors), *allowed]
    return []


def _in_their_place(
    session: Session, now: datetime, absent: list[int], directive: Directive, authors: Collection[int | None]
) -> list[int]:
    if first_reachable(session, absent) is not None:
        return []
    admins = [arbiter(session, now, directive), *people_with(session, now, Role.ADMIN)]
    found = first_reachable(session, [a for a in admins if a not in authors and a not in absent])
    return [found] if found is not None else []


def _living(session: Session, people: Iterable[int]) -> list[int]:
    """In their order, without those whose data was erased."""
    there = set(session.exec(select(Person.id).where(col(Person.id).in_(set(people)), col(Person.erased_at).is_(None))))
    return [person for person in dict.fromkeys(people) if person in there]


def answering_for(session: Session, now: datetime, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of (person, assignment) those where the person may answer for the assignment's unit."""
    if not pairs:
        return set()
    query = (
        select(Membership.person_id, Assignment.id)
        .join(Assignment, col(Assignment.unit_id) == col(Membership.unit_id))
        .where(
            among(session, col(Membership.person_id), {person for person, _ in pairs}),
            among(session, col(Assignment.id), {assignment for _, assignment in pairs}),
            col(Membership.role).in_([str(role) for role in ANSWERING]),
            in_force(now),
        )
    )
    return {(person, assignment) for person, assignment in session.exec(query) if assignment is not None}


def arbiter(session: Session, now: datetime, directive: Directive) -> int:
    """The admin a unit's "not ours" goes to: who loaded the letter, while they are an admin, else the first one."""
    here = people_with(session, now, Role.ADMIN)
    return directive.loaded_by if directive.loaded_by in here or not here else here[0]


def require_contact(
    session: Session, now: datetime, person_id: int, assignment: Assignment, directive: Directive
) -> None:
    """Raises Refused("not_contact") unless the person may speak for the contact or is an admin."""
    if person_id not in confirmers(session, now, assignment, directive, ()) and not is_admin(session, now, person_id):
        raise Refused("not_contact")


def require_owner(session: Session, now: datetime, person_id: int, assignment: Assignment) -> None:
    """Raises Refused("not_yours") unless the person owns the assignment or acts for its unit now."""
    if person_id == assignment.owner_id and has_role(session, now, person_id, Role, assignment.unit_id):
        return
    if assignment.sub == 0 and has_role(session, now, person_id, ANSWERING, assignment.unit_id):
        return
    if assignment.sub and has_role(session, now, person_id, [Role.HEAD], assignment.unit_id):
        return
    raise Refused("not_yours")
