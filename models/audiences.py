"""Who is told of a step: owner, or who stands in; head, contact, issuing office. For a batch of assignments at once.

owner → head of the unit → contact → the admins' list "chưa kết nối" when nobody before has an address. Nothing goes to
the Chairman of the province by itself, and a body that asks its peers does not write to their heads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from models.among import among
from models.assignments import Audience
from models.people import Address, Membership, Person
from models.rights import people_with
from models.standing import OFFICE, PROVINCE, Place, has_chairman, orders
from models.units import Role, Unit


@dataclass(slots=True)
class Roles:
    """Who is what in the units of a batch, and who of them can be reached. Persons by unit, the default one first."""

    units: dict[int, Place] = field(default_factory=lambda: dict[int, Place]())
    office: int | None = None
    holders: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    members: set[tuple[int, int]] = field(default_factory=lambda: set[tuple[int, int]]())
    reachable: set[int] = field(default_factory=lambda: set[int]())
    admins: list[int] = field(default_factory=lambda: list[int]())

    def heads(self, unit_id: int) -> list[int]:
        """The unit's head; nobody where that is the Chairman."""
        unit = self.units.get(unit_id)
        return [] if unit is None or has_chairman(unit) else self.holders.get((unit_id, Role.HEAD), [])

    def default_owner(self, unit_id: int) -> int | None:
        """Its default owner, else another owner, else its head."""
        found = self.holders.get((unit_id, Role.OWNER)) or self.heads(unit_id)
        return found[0] if found else None

    def issuing_office(self, issuer_id: int | None) -> list[int]:
        """Whom the issuing office is told by: its head, leader or owner; for the province its office's."""
        unit = self.units.get(issuer_id or 0)
        if unit is not None and unit.kind == PROVINCE:
            unit = self.units.get(self.office or 0)
        if unit is None:
            return []
        return next(
            (found for role in (Role.HEAD, Role.LEADER, Role.OWNER) if (found := self.holders.get((unit.id, role)))),
            [],
        )


@dataclass(frozen=True, slots=True)
class Told:
    """One person to be told. `listed`: nobody nearer can be reached, it stands on the admins' list."""

    person_id: int
    audience: Audience
    listed: bool = False


def load_roles(session: Session, now: datetime, rows: Collection[Any]) -> Roles:
    """Everything `resolve` asks for, of rows with unit_id, issuer_unit_id, owner_id, contact_id … in a few queries."""
    roles = Roles()
    wanted = {row.unit_id for row in rows} | {row.issuer_unit_id for row in rows if row.issuer_unit_id}
    columns = col(Unit.id), col(Unit.kind), col(Unit.parent_id)
    offices = (col(Unit.kind) == OFFICE) & col(Unit.parent_id).is_(None)
    for query in (offices, among(session, col(Unit.id), wanted)):
        for row in session.connection().execute(select(*columns).where(query).order_by(col(Unit.id))).all():
            unit = roles.units[row.id] = Place(row.id, row.kind, row.parent_id)
            if unit.kind == OFFICE and unit.parent_id is None and roles.office is None:
                roles.office = unit.id
    _load_members(session, now, roles)
    roles.admins = people_with(session, now, Role.ADMIN)
    people = {p for found in roles.holders.values() for p in found} | set(roles.admins)
    for row in rows:
        people |= {
            p for p in (row.owner_id, row.contact_id, row.contact_deputy_id, row.loaded_by, row.parent_owner) if p
        }
    roles.reachable = set(_reachable(session, people))
    return roles


def _load_members(session: Session, now: datetime, roles: Roles) -> None:
    query = (
        select(col(Membership.unit_id), col(Membership.role), col(Membership.person_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            among(session, col(Membership.unit_id), roles.units),
            or_(col(Membership.until).is_(None), col(Membership.until) > now),
            col(Person.erased_at).is_(None),
        )
        .order_by(col(Membership.is_default).desc(), col(Membership.id))
    )
    for unit_id, role, person_id in session.connection().execute(query).all():
        roles.holders[unit_id, role].append(person_id)
        roles.members.add((unit_id, person_id))


def _reachable(session: Session, people: set[int]) -> Iterator[int]:
    query = (
        select(col(Address.person_id))
        .join(Person, col(Person.id) == col(Address.person_id))
        .where(
            among(session, col(Address.person_id), people),
            col(Address.verified_at).is_not(None),
            col(Address.blocked_at).is_(None),
            col(Person.erased_at).is_(None),
            col(Person.consent_at).is_not(None),
        )
    )
    return (row.person_id for row in session.connection().execute(query).all())


def owner_now(roles: Roles, row: Any) -> int | None:
    """The owner while they belong to the unit, else whom the unit has now."""
    if row.owner_id is not None and (row.unit_id, row.owner_id) in roles.members:
        return row.owner_id
    return roles.default_owner(row.unit_id)


def resolve(roles: Roles, row: Any, audience: Iterable[Audience], owner: int | None) -> list[Told]:
    """The persons of a step, each once, as what comes first in the chain. Empty only when there is no admin at all."""
    found: dict[int, Told] = {}
    for one in audience:
        for told in _of(roles, row, one, owner):
            found.setdefault(told.person_id, told)
    return list(found.values())


def _of(roles: Roles, row: Any, audience: Audience, owner: int | None) -> list[Told]:
    match audience:
        case Audience.OWNER | Audience.COORDINATOR:
            return _owner_or_stand_in(roles, row, audience, owner)
        case Audience.HEAD:
            unit = roles.units[row.unit_id]
            if not orders(roles.units.get(row.issuer_unit_id or 0), unit):
                return []
            return _first(roles, roles.heads(row.unit_id), audience)
        case Audience.CONTACT:
            return _first(roles, _contacts(row), audience)
        case Audience.ISSUER:
            return _first(roles, roles.issuing_office(row.issuer_unit_id), audience)
        case _:
            return []


def _owner_or_stand_in(roles: Roles, row: Any, audience: Audience, owner: int | None) -> list[Told]:
    if owner is not None and owner in roles.reachable:
        return [Told(owner, audience)]
    above = roles.heads(row.unit_id)
    if audience == Audience.OWNER:
        above = [*above, *_contacts(row)]
    if stand_in := _first(roles, above, Audience.STAND_IN):
        return stand_in
    admins = [row.loaded_by] if row.loaded_by in roles.reachable and row.loaded_by in roles.admins else roles.admins
    return [Told(admin, Audience.STAND_IN, listed=True) for admin in admins]


def _contacts(row: Any) -> list[int]:
    if row.parent_owner is not None:
        return [row.parent_owner]
    return [person for person in (row.contact_id or row.loaded_by, row.contact_deputy_id) if person]


def _first(roles: Roles, people: Iterable[int], audience: Audience) -> list[Told]:
    return next(([Told(person, audience)] for person in people if person in roles.reachable), [])
