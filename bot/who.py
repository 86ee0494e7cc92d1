"""Who is speaking: the person behind a chat, what they are at this moment, and how they are addressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from bot.known import known
from bot.texts import Say, say_for
from models.answers import Extension, ExtensionState
from models.assignments import NumberUse, ShortNumber
from models.directives import Directive, DirectiveState
from models.people import Address, Membership, Person
from models.rights import in_force
from models.units import Role, Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """Roles held now, with the units they are held in; whether a letter or a report waits on this person as contact."""

    units_by_role: dict[str, tuple[int, ...]]
    is_contact: bool = False
    decides: bool = False

    def units(self, *roles: Role) -> tuple[int, ...]:
        """Units in which one of `roles` is held."""
        return tuple(dict.fromkeys(unit for role in roles for unit in self.units_by_role.get(str(role), ())))

    @property
    def parts(self) -> frozenset[str]:
        """Every part this person has now, by name."""
        also = {"contact": self.is_contact, "decider": self.decides}
        return frozenset(str(role) for role in self.units_by_role) | {name for name, holds in also.items() if holds}

    def may(self, who: frozenset[str]) -> bool:
        """Whether one of the parts in `who` ("owner", "admin", "contact", "all" …) is this person's."""
        return "all" in who or bool(self.parts & who)


def address_of(session: Session, lane: str, chat_id: str, thread_id: str = "") -> Address | None:
    """The address of this chat on this bot; of a group's topic, else of the group itself."""
    channel, _, token = lane.partition(":")
    rows = session.exec(
        select(Address).where(
            Address.channel == channel,
            Address.token == token,
            Address.chat_id == chat_id,
            col(Address.thread_id).in_(["", thread_id]),
            col(Address.verified_at).is_not(None),
        )
    ).all()
    return max(rows, key=lambda row: len(row.thread_id), default=None)


def person_at(session: Session, lane: str, sender_id: str) -> tuple[Person, Address] | None:
    """The linked person who writes from `sender_id` (a private chat's id is its person's)."""
    address = address_of(session, lane, sender_id)
    if address is None or address.person_id is None:
        return None
    person = session.get(Person, address.person_id)
    return (person, address) if person and person.erased_at is None else None


def standing_of(session: Session, now: datetime, person_id: int) -> Standing:
    """What the person is at this moment."""
    held = session.exec(select(Membership).where(Membership.person_id == person_id, in_force(now)))
    by_role: dict[str, list[int]] = {}
    for membership in held:
        by_role.setdefault(membership.role, []).append(membership.unit_id)
    letter = select(Directive.id).where(
        or_(
            Directive.contact_id == person_id,
            Directive.contact_deputy_id == person_id,
            Directive.loaded_by == person_id,
        ),
        Directive.state == DirectiveState.ACTIVE,
    )
    judging = select(ShortNumber.id).where(
        ShortNumber.person_id == person_id, ShortNumber.use == NumberUse.CONFIRM, col(ShortNumber.closed_at).is_(None)
    )
    deciding = select(Extension.id).where(
        Extension.decider_id == person_id, col(Extension.state).in_([ExtensionState.ASKED, ExtensionState.COUNTERED])
    )
    return Standing(
        {role: tuple(units) for role, units in by_role.items()},
        any(session.exec(query.limit(1)).first() is not None for query in (letter, judging)),
        session.exec(deciding.limit(1)).first() is not None,
    )


def say_to(session: Session, now: datetime, person: Person) -> Say:
    """The catalogue in the person's language, addressing them as their unit wishes."""
    loaded = known(session)
    if loaded is not None and person.id in loaded.people:
        return say_for(person.language, loaded.address_as.get(person.id) or "đồng chí")
    address_as = session.exec(
        select(Unit.address_as)
        .join(Membership, col(Membership.unit_id) == col(Unit.id))
        .where(Membership.person_id == person.id, in_force(now))
        .order_by(col(Membership.is_default).desc(), col(Membership.id))
        .limit(1)
    ).first()
    return say_for(person.language, address_as or "đồng chí")
