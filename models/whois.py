"""Who is who: the person behind a chat, what they are in which unit, and how an admin finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, or_
from sqlmodel import Session, col, select

from models.directives import Directive, DirectiveState
from models.names import fold
from models.people import Address, Membership, Person
from models.phones import to_e164
from models.units import Role

IN_CHARGE = (Role.OWNER, Role.HEAD)
"""Who gets a unit's tasks: its default owner, another owner, else its head."""


def person_of(session: Session, lane: str, chat_id: str) -> Person | None:
    """The linked person who writes from this chat on this bot; None for a stranger."""
    channel, _, token = lane.partition(":")
    query = (
        select(Person)
        .join(Address, col(Address.person_id) == col(Person.id))
        .where(Address.channel == channel, Address.token == token, Address.chat_id == chat_id)
        .where(col(Address.verified_at).is_not(None), col(Person.erased_at).is_(None))
    )
    return session.exec(query).first()


def roles_of(session: Session, now: datetime, person_id: int) -> dict[Role, list[int]]:
    """The units in which the person holds each role at this moment."""
    query = select(Membership.role, Membership.unit_id).where(Membership.person_id == person_id, _in_force(now))
    found: defaultdict[Role, list[int]] = defaultdict(list)
    for role, unit_id in session.exec(query.order_by(col(Membership.id))):
        found[Role(role)].append(unit_id)
    return dict(found)


def is_admin(session: Session, now: datetime, person_id: int) -> bool:
    """Whether the person is an admin at this moment; admins are admins of the whole house."""
    return Role.ADMIN in roles_of(session, now, person_id)


def admins(session: Session, now: datetime) -> list[int]:
    """Ids of every admin of this moment, in order of appointment."""
    query = (
        select(Membership.person_id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.role == Role.ADMIN, _in_force(now), col(Person.erased_at).is_(None))
        .order_by(col(Membership.id))
    )
    return list(dict.fromkeys(session.exec(query)))


def contacts_of(session: Session, person_id: int) -> list[int]:
    """Ids of the active letters that name this person as their contact, or the contact's deputy."""
    names = or_(col(Directive.contact_id) == person_id, col(Directive.contact_deputy_id) == person_id)
    query = select(Directive.id).where(names, Directive.state == DirectiveState.ACTIVE).order_by(col(Directive.id))
    return [found for found in session.exec(query) if found is not None]


def in_charge(session: Session, now: datetime, unit_ids: Collection[int]) -> dict[int, int]:
    """For each unit that has somebody: who gets its tasks (default owner, another owner, else the head)."""
    rank = case((col(Membership.role) == Role.OWNER, 0), else_=1)
    query = (
        select(Membership.unit_id, Membership.person_id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(col(Membership.role).in_([str(role) for role in IN_CHARGE]), _in_force(now))
        .where(col(Person.erased_at).is_(None), col(Membership.unit_id).in_(unit_ids))
        .order_by(rank, col(Membership.is_default).desc(), col(Membership.id))
    )
    found: dict[int, int] = {}
    for unit_id, person_id in session.exec(query):
        found.setdefault(unit_id, person_id)
    return found


def find_people(session: Session, words: str, limit: int = 10) -> list[Person]:
    """People whose name holds these words (accents or not) or whose phone this is; exact names first."""
    phone = to_e164(words)
    wanted = fold(words)
    if not wanted:
        return []
    living = session.exec(select(Person).where(col(Person.erased_at).is_(None)).order_by(col(Person.name))).all()
    found = [p for p in living if (phone and p.phone == phone) or f" {wanted} " in f" {fold(p.name)} "]
    return sorted(found, key=lambda person: fold(person.name) != wanted)[:limit]


def _in_force(now: datetime):
    return or_(col(Membership.until).is_(None), col(Membership.until) > now)
