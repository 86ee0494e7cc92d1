"""Invitations for many at once: who is not linked yet, and one slip per unit to print and hand out (issue 4, point 7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.addresses import EMAIL, bot_with_place
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.linking import invite
from models.people import Address, LinkCode, Person
from models.register_index import is_valid
from models.units import Unit
from models.whois import in_charge

STILL_OPEN = (AssignmentState.OPEN, AssignmentState.RECEIVED)


@dataclass(frozen=True, slots=True)
class NotLinked:
    """A unit that cannot be told anything in chat. `person`: who is in charge of it; None: nobody is registered."""

    unit: Unit
    person: Person | None
    invited_at: datetime | None = None
    open_assignments: int = 0


@dataclass(frozen=True, slots=True)
class Bots:
    """Where invitations lead: the Telegram bot's user name ("" without one), the Zalo bots by lane → name."""

    telegram: str = ""
    zalo: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One unit's invitation. `person`: None where nobody is registered, then there is no code either."""

    unit: Unit
    person: Person | None
    code: str = ""
    telegram_link: str = ""
    zalo_words: str = ""
    expires_at: datetime | None = None


def not_linked(session: Session, now: datetime) -> list[NotLinked]:
    """Units of today whose person in charge has no chat that works, those with open tasks first."""
    units = _units_of_today(session, now)
    people = in_charge(session, now, list(units))
    chatting = _with_chat(session)
    invited = _invited(session, now)
    waiting = _open_assignments(session)
    found: list[NotLinked] = []
    for unit_id, unit in units.items():
        person_id = people.get(unit_id)
        if person_id not in chatting:
            person = session.get(Person, person_id) if person_id else None
            found.append(NotLinked(unit, person, invited.get(person_id or 0), waiting.get(unit_id, 0)))
    return sorted(found, key=lambda row: -row.open_assignments)


def printable_invitations(
    session: Session,
    now: datetime,
    bots: Bots,
    *,
    by: int | None,
    unit_ids: Collection[int] | None = None,
    days: int = 14,
) -> list[Slip]:
    """One slip for each unit that is not linked (or for `unit_ids`), each with a fresh code for who is in charge.

    A Zalo bot is named only while it has a free place; Telegram's link opens the chat with the code in it.
    """
    if unit_ids is None:
        rows = [(row.unit, row.person) for row in not_linked(session, now)]
        rows.sort(key=lambda row: row[0].id or 0)
    else:
        people = in_charge(session, now, unit_ids)
        units = session.exec(select(Unit).where(col(Unit.id).in_(unit_ids)).order_by(col(Unit.id))).all()
        rows = [(u, session.get(Person, people[u.id]) if u.id in people else None) for u in units]
    return [_slip(session, now, bots, unit, person, by, days) for unit, person in rows]


def slip_for(session: Session, now: datetime, bots: Bots, person: Person, unit: Unit, *, by: int | None) -> Slip:
    """One person's invitation: `/ketnoi NGƯỜI`."""
    return _slip(session, now, bots, unit, person, by, 14)


def _slip(
    session: Session, now: datetime, bots: Bots, unit: Unit, person: Person | None, by: int | None, days: int
) -> Slip:
    if person is None or person.id is None:
        return Slip(unit, None)
    names = dict(bots.zalo)
    lane = bot_with_place(session, now, list(names)) or ""
    code = invite(session, now, person_id=person.id, by=by, lane=lane, days=days)
    made = session.exec(select(LinkCode.expires_at).order_by(col(LinkCode.id).desc()).limit(1)).one()
    link = f"https://t.me/{bots.telegram}?start={code}" if bots.telegram else ""
    words = f"tìm bot “{names[lane]}” trên Zalo, gửi: {code}" if lane else ""
    return Slip(unit, person, code, link, words, made)


def _units_of_today(session: Session, now: datetime) -> dict[int, Unit]:
    today = local_date(now)
    units = session.exec(select(Unit).where(Unit.kind != "ubnd tỉnh").order_by(col(Unit.id))).all()
    return {unit.id: unit for unit in units if unit.id and is_valid(unit, today)}


def _with_chat(session: Session) -> set[int]:
    """Those who are written to in a chat: connected, and agreed to it."""
    query = (
        select(Address.person_id)
        .join(Person, col(Person.id) == Address.person_id)
        .where(
            Address.channel != EMAIL,
            col(Address.verified_at).is_not(None),
            col(Address.blocked_at).is_(None),
            col(Person.consent_at).is_not(None),
        )
    )
    return {person_id for person_id in session.exec(query) if person_id is not None}


def _invited(session: Session, now: datetime) -> dict[int, datetime]:
    query = select(LinkCode.person_id, func.max(LinkCode.created_at)).where(col(LinkCode.expires_at) > now)
    rows = session.exec(query.group_by(col(LinkCode.person_id)))
    return {person_id: at for person_id, at in rows if person_id is not None}


def _open_assignments(session: Session) -> dict[int, int]:
    query = select(Assignment.unit_id, func.count(col(Assignment.id))).where(
        col(Assignment.state).in_([str(state) for state in STILL_OPEN]), col(Assignment.parent_id).is_(None)
    )
    return dict(session.exec(query.group_by(col(Assignment.unit_id))).all())
