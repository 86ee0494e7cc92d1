"""Where people and unit groups are reached: adding, ordering, blocking and moving addresses.

A person may have several (a second device, a second messenger, the official mailbox); the first usable one in order
of `position` is taken, e-mail last (domain.md "Messaging reality").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.errors import Refused
from models.outbox import relane
from models.people import Address, LinkCode

EMAIL = "email"
ZALO = "zalo"
MAIL_POSITION = 100
"""E-mail comes after every chat unless somebody orders otherwise."""

ZALO_SEATS = 50
"""People one Zalo bot may serve (basic quota, as third parties report it), unless the installation says otherwise."""

SEATS = "zalo_people_per_bot"
"""Its name in `session.info`."""


def add_address(
    session: Session,
    now: datetime,
    *,
    person_id: int | None = None,
    unit_id: int | None = None,
    lane: str,
    chat_id: str,
    thread_id: str = "",
) -> Address:
    """The chat as a usable address of that person or unit; one they had before becomes usable again.

    Raises Refused("chat_taken") when it is somebody else's, Refused("bot_full") when the bot has no free place.
    """
    channel, _, token = lane.partition(":")
    known = _at(session, lane, chat_id, thread_id)
    if known is not None and (known.person_id, known.unit_id) != (person_id, unit_id):
        raise Refused("chat_taken")
    if known is None:
        if channel == ZALO and seats_free(session, lane) < 1:
            raise Refused("bot_full", lane=lane)
        known = Address(person_id=person_id, unit_id=unit_id, channel=channel, token=token, chat_id=chat_id)
        known.thread_id = thread_id
        known.position = _next_position(session, channel, person_id, unit_id)
    known.verified_at, known.blocked_at, known.blocked_reason = now, None, ""
    session.add(known)
    session.flush()
    _turn(session, [known])
    return known


def add_mailbox(session: Session, now: datetime, person_id: int, mailbox: str) -> Address:
    """The person's official mailbox as their last address; an older mailbox goes."""
    query = select(Address).where(Address.person_id == person_id, Address.channel == EMAIL)
    for old in session.exec(query.where(Address.chat_id != mailbox, col(Address.verified_at).is_not(None))).all():
        release(session, now, old)
    return add_address(session, now, person_id=person_id, lane=f"{EMAIL}:", chat_id=mailbox)


def usable(session: Session, person_id: int) -> list[Address]:
    """A person's addresses that can be sent to, the preferred one first."""
    query = select(Address).where(
        Address.person_id == person_id, col(Address.verified_at).is_not(None), col(Address.blocked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Address.position), col(Address.id))))


def reorder(session: Session, person_id: int, address_ids: Iterable[int]) -> None:
    """Put a person's addresses into this order of preference; those not named follow in their old order."""
    named = list(dict.fromkeys(address_ids))
    mine = {address.id: address for address in usable(session, person_id)}
    if not set(named) <= mine.keys():
        raise Refused("address_gone")
    for position, address_id in enumerate([*named, *(i for i in mine if i not in named)]):
        mine[address_id].position = position
        session.add(mine[address_id])
    session.flush()
    relane(session, person_id=person_id)


def mark_blocked(session: Session, now: datetime, lane: str, chat_id: str, reason: str) -> int:
    """The messenger says this chat takes nothing more from us; how many addresses that stops (topics are several)."""
    return _change(session, lane, chat_id, {"blocked_at": now, "blocked_reason": reason[:200]})


def mark_unblocked(session: Session, now: datetime, lane: str, chat_id: str) -> int:
    """The person wrote again, or took the block away."""
    return _change(session, lane, chat_id, {"blocked_at": None, "blocked_reason": ""})


def migrate_chat(session: Session, now: datetime, lane: str, old_chat_id: str, new_chat_id: str) -> int:
    """A group became a supergroup with a new id: its addresses follow."""
    for address in _all_at(session, lane, old_chat_id):
        if _at(session, lane, new_chat_id, address.thread_id) is not None:
            release(session, now, address)
    return _change(session, lane, old_chat_id, {"chat_id": new_chat_id, "blocked_at": None, "blocked_reason": ""})


def release(session: Session, now: datetime, address: Address) -> None:
    """Make an address unusable and its chat free for another person; the row stays for the deliveries that name it."""
    address.chat_id = f"gone:{address.id}"
    address.verified_at, address.blocked_at, address.blocked_reason = None, now, "unlinked"
    session.add(address)
    session.flush()
    _turn(session, [address])


def seats_free(session: Session, lane: str, now: datetime | None = None) -> int:
    """Places left on a Zalo bot. With `now`, invitations that are out and still valid count as taken."""
    channel, _, token = lane.partition(":")
    people = select(func.count(func.distinct(Address.person_id))).where(
        Address.channel == channel, Address.token == token, col(Address.verified_at).is_not(None)
    )
    taken = session.exec(people).one()
    if now is not None:
        waiting = select(func.count(func.distinct(LinkCode.person_id))).where(
            LinkCode.lane == lane, col(LinkCode.consumed_at).is_(None), col(LinkCode.expires_at) > now
        )
        taken += session.exec(waiting).one()
    return max(int(session.info.get(SEATS, ZALO_SEATS)) - taken, 0)


def bot_with_place(session: Session, now: datetime, lanes: Collection[str]) -> str | None:
    """The first of these Zalo bots that can take one more person; None when all are full."""
    return next((lane for lane in lanes if seats_free(session, lane, now) > 0), None)


def _at(session: Session, lane: str, chat_id: str, thread_id: str) -> Address | None:
    found = [address for address in _all_at(session, lane, chat_id) if address.thread_id == thread_id]
    return found[0] if found else None


def _all_at(session: Session, lane: str, chat_id: str) -> list[Address]:
    channel, _, token = lane.partition(":")
    query = select(Address).where(Address.channel == channel, Address.token == token, Address.chat_id == chat_id)
    return list(session.exec(query))


def _change(session: Session, lane: str, chat_id: str, values: Mapping[str, object]) -> int:
    addresses = _all_at(session, lane, chat_id)
    for address in addresses:
        for name, value in values.items():
            setattr(address, name, value)
        session.add(address)
    session.flush()
    _turn(session, addresses)
    return len(addresses)


def _turn(session: Session, addresses: Iterable[Address]) -> None:
    """What waits for these recipients goes by the address that is best now."""
    for person_id, unit_id in {(address.person_id, address.unit_id) for address in addresses}:
        relane(session, person_id=person_id, unit_id=unit_id)


def _next_position(session: Session, channel: str, person_id: int | None, unit_id: int | None) -> int:
    if channel == EMAIL:
        return MAIL_POSITION
    mine = select(Address.position).where(Address.person_id == person_id, Address.unit_id == unit_id)
    chats = mine.where(Address.channel != EMAIL, col(Address.verified_at).is_not(None))
    last = session.exec(chats.order_by(col(Address.position).desc()).limit(1)).first()
    return 0 if last is None else last + 1
