"""Linking a chat to a person: one-time codes, Telegram's own shared contact, unlinking.

A code is eight characters without look-alikes, easy to type in Zalo, kept only as a hash, used once, and expires.
Wrong codes are counted per chat and over all chats (issue 5, points 3 and "Bad input").
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, update
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, col, func, select

from models import audit, group_chats
from models.addresses import add_address, release
from models.clock import local
from models.errors import Refused
from models.escalate import alert_admins
from models.people import Address, LinkCode, LinkTry, Membership, Person
from models.phones import to_e164
from models.units import Role, Unit
from models.whois import find_people

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, no U beside V."""

CODE_LENGTH = 8
CODE_DAYS = 14
TRIES_PER_CHAT = 5
TRIES_OVERALL = 300
ALARM_AT = 20
"""Wrong codes within the window, over all chats, at which the admins are told."""

TRIES_WINDOW = timedelta(hours=1)
IN_SAVEPOINT, TAKEN_BACK = "wrong codes in a savepoint", "wrong codes taken back"


@dataclass(frozen=True, slots=True)
class Linked:
    """What a code or phone tied the chat to: a person, or (a group chat) a unit."""

    address: Address
    person: Person | None = None
    unit: Unit | None = None


def invite(
    session: Session,
    now: datetime,
    *,
    person_id: int | None = None,
    unit_id: int | None = None,
    by: int | None = None,
    lane: str = "",
    days: int = CODE_DAYS,
) -> str:
    """A new one-time code for a person, or for a unit's group chat; valid for `days`.

    `lane`: the bot it is meant for ("zalo:123"), where it matters. Raises Refused("person_gone", "unit_gone").
    """
    if (person_id is None) == (unit_id is None):
        raise ValueError("an invitation is for a person or for a unit's group chat")
    if person_id is not None:
        _living(session, person_id)
    elif session.get(Unit, unit_id) is None:
        raise Refused("unit_gone")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row = LinkCode(
        code_hash=_hash(code),
        person_id=person_id,
        unit_id=unit_id,
        lane=lane,
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(row)
    session.flush()
    audit.record(session, now, actor_id=by, action="invited", subject="linkcode", subject_id=row.id)
    return code


def first_admin(session: Session, now: datetime, name: str) -> str:
    """Make `name` an admin (a new person unless exactly one has that name) and invite them: `dondoc invite --admin`.

    Raises Refused("name_ambiguous", count), Refused("no_unit") where the register is empty.
    """
    same = [person for person in find_people(session, name) if person.name == " ".join(name.split())]
    if len(same) > 1:
        raise Refused("name_ambiguous", count=len(same))
    person = same[0] if same else Person(name=" ".join(name.split())[:200], created_at=now)
    session.add(person)
    session.flush()
    assert person.id is not None
    unit_id = _admins_unit(session)
    held = select(Membership).where(Membership.person_id == person.id, Membership.role == Role.ADMIN)
    membership = session.exec(held).first() or Membership(person_id=person.id, unit_id=unit_id, role=Role.ADMIN)
    membership.until = None
    session.add(membership)
    audit.record(session, now, actor_id=None, action="admin_made", subject="person", subject_id=person.id)
    return invite(session, now, person_id=person.id)


def link_by_code(
    session: Session,
    now: datetime,
    code: str,
    *,
    lane: str,
    chat_id: str,
    thread_id: str = "",
    linker: int | None = None,
) -> Linked:
    """Tie the chat to whom the code was made for, and consume the code. `linker`: who types it in a group chat.

    Raises Refused: "code_too_many", "code_unknown", "code_expired", "code_used", "code_for_group", "code_for_person",
    "chat_taken", "bot_full"; in a group also "group_for_unit", "group_for_admin", "group_taken". The wrong try is counted
    even so, if the transaction commits.
    """
    audit.hold_chain(session)
    _refuse_guessing(session, now, lane, chat_id)
    row = session.exec(select(LinkCode).where(LinkCode.code_hash == _hash(code))).first()
    if row is None:
        note_try(session, now, lane, chat_id)
        raise Refused("code_unknown")
    _refuse_code(session, now, row, is_group=linker is not None)
    with session.begin_nested():  # whoever catches a refusal and commits keeps the try, never half a link
        if linker is not None and row.unit_id is not None:
            group_chats.require_linker(session, now, linker, row.unit_id, lane)
            group_chats.give_up_other(session, now, linker, row.unit_id, (lane, chat_id, thread_id))
        _consume(session, now, row)
        address = add_address(
            session, now, person_id=row.person_id, unit_id=row.unit_id, lane=lane, chat_id=chat_id, thread_id=thread_id
        )
        if address.unit_id is not None:
            group_chats.put_first(session, address)
    person = session.get(Person, row.person_id) if row.person_id else None
    unit = session.get(Unit, row.unit_id) if row.unit_id else None
    _record_link(session, now, address, "code", linker)
    return Linked(address, person, unit)


def link_by_phone(session: Session, now: datetime, phone: str, *, is_own: bool, lane: str, chat_id: str) -> Linked:
    """Tie the chat to the one person with this phone. `is_own`: the messenger vouches it is the sender's own number.

    Raises Refused: "contact_not_own", "phone_unknown", "phone_ambiguous", "chat_taken", "bot_full", "code_too_many".
    """
    audit.hold_chain(session)
    _refuse_guessing(session, now, lane, chat_id)
    if not is_own:
        note_try(session, now, lane, chat_id)
        raise Refused("contact_not_own")
    number = to_e164(phone)
    owners = session.exec(select(Person).where(Person.phone == number, col(Person.erased_at).is_(None))).all()
    if number is None or not owners:
        note_try(session, now, lane, chat_id)
        raise Refused("phone_unknown")
    if len(owners) > 1:
        raise Refused("phone_ambiguous")
    address = add_address(session, now, person_id=owners[0].id, lane=lane, chat_id=chat_id)
    _record_link(session, now, address, "phone")
    return Linked(address, owners[0])


def unlink(session: Session, now: datetime, address_id: int, by: int | None) -> None:
    """Take an address away: nothing is sent there any more, and the chat can be linked anew.

    Raises Refused("address_gone").
    """
    audit.hold_chain(session)
    address = session.get(Address, address_id, populate_existing=True)
    if address is None or address.verified_at is None:
        raise Refused("address_gone")
    release(session, now, address)
    audit.record(session, now, actor_id=by, action="unlinked", subject="address", subject_id=address_id)


def unlink_person(session: Session, now: datetime, person_id: int, by: int | None) -> int:
    """Take away every address and every unused invitation of a person; how many addresses went."""
    audit.hold_chain(session)
    query = select(Address).where(Address.person_id == person_id, col(Address.verified_at).is_not(None))
    addresses = session.exec(query).all()
    for address in addresses:
        release(session, now, address)
    open_codes = (col(LinkCode.person_id) == person_id, col(LinkCode.consumed_at).is_(None))
    session.exec(update(LinkCode).where(*open_codes).values(expires_at=now))
    audit.record(session, now, actor_id=by, action="unlinked", subject="person", subject_id=person_id)
    return len(addresses)


def note_try(session: Session, now: datetime, lane: str, chat_id: str) -> None:
    """Count one wrong code of this chat; when they come in numbers the admins are told, once an hour.

    The count stands although the refusal takes a savepoint back.
    """
    session.add(LinkTry(lane=lane, chat_id=chat_id, tried_at=now))
    session.flush()
    if (savepoint := session.get_nested_transaction()) is not None:
        session.info.setdefault(IN_SAVEPOINT, []).append((savepoint, (now, lane, chat_id)))
    tries = session.exec(_recent_tries(now)).one()
    if tries >= ALARM_AT:
        alert_admins(session, now, "codes_guessed", f"{local(now):%Y-%m-%d-%H}", tries=tries)


@event.listens_for(OrmSession, "after_soft_rollback")
def _taken_back(session: OrmSession, ended: SessionTransaction) -> None:
    tries: list[tuple[SessionTransaction, Any]] = session.info.pop(IN_SAVEPOINT, [])
    session.info[IN_SAVEPOINT] = [one for one in tries if one[0] is not ended]
    if ended.nested:
        session.info.setdefault(TAKEN_BACK, []).extend(one for savepoint, one in tries if savepoint is ended)
    else:
        session.info.pop(TAKEN_BACK, None)


@event.listens_for(OrmSession, "before_commit")
def _count_again(session: OrmSession) -> None:
    if isinstance(session, Session) and not session.in_nested_transaction():
        session.info.pop(IN_SAVEPOINT, None)
        for now, lane, chat_id in session.info.pop(TAKEN_BACK, []):
            note_try(session, now, lane, chat_id)


def _refuse_guessing(session: Session, now: datetime, lane: str, chat_id: str) -> None:
    recent = _recent_tries(now)
    here = session.exec(recent.where(LinkTry.lane == lane, LinkTry.chat_id == chat_id)).one()
    if here >= TRIES_PER_CHAT or session.exec(recent).one() >= TRIES_OVERALL:
        raise Refused("code_too_many", minutes=int(TRIES_WINDOW.total_seconds() // 60))


def _recent_tries(now: datetime):
    return select(func.count()).select_from(LinkTry).where(col(LinkTry.tried_at) > now - TRIES_WINDOW)


def _refuse_code(session: Session, now: datetime, row: LinkCode, is_group: bool) -> None:
    if row.consumed_at is not None:
        raise Refused("code_used")
    if row.expires_at <= now:
        raise Refused("code_expired")
    if is_group and row.unit_id is None:
        raise Refused("code_for_person")
    if not is_group and row.person_id is None:
        raise Refused("code_for_group")
    if row.person_id is not None:
        _living(session, row.person_id)


def _consume(session: Session, now: datetime, row: LinkCode) -> None:
    unused = (col(LinkCode.id) == row.id, col(LinkCode.consumed_at).is_(None))
    if session.exec(update(LinkCode).where(*unused).values(consumed_at=now)).rowcount != 1:
        raise Refused("code_used")


def _living(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None or person.erased_at is not None:
        raise Refused("person_gone")
    return person


def _admins_unit(session: Session) -> int:
    for wanted in (Unit.code == "VPUBND", Unit.code == "UBNDT", col(Unit.valid_to).is_(None)):
        if unit_id := session.exec(select(Unit.id).where(wanted).order_by(col(Unit.id)).limit(1)).first():
            return unit_id
    raise Refused("no_unit")


def _record_link(session: Session, now: datetime, address: Address, how: str, linker: int | None = None) -> None:
    audit.record(
        session,
        now,
        actor_id=address.person_id or linker,
        action="linked",
        subject="address",
        subject_id=address.id,
        detail={"channel": address.channel, "by": how},
    )


def _hash(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
