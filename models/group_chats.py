"""Whose group chat it is and who may say so: a group shows a unit's tasks, so somebody who answers for that unit links it.

That is an admin or the head of the unit (issue 5, point 6). Most communes have neither in the chat at first; until one of
them is connected to the same bot, the admins who hand out the codes link the group themselves.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.addresses import release
from models.errors import Refused
from models.people import Address
from models.rights import has_role, is_admin, people_with
from models.units import Role, Unit

LINKING = (Role.ADMIN, Role.HEAD)
"""Roles that speak for a unit in its group."""


def require_linker(session: Session, now: datetime, person_id: int, unit_id: int, lane: str) -> None:
    """Raises Refused("group_for_unit", "group_for_admin", each with unit) unless the person may link the unit's group."""
    if has_role(session, now, person_id, LINKING, unit_id):
        return
    unit = session.get_one(Unit, unit_id)
    if _has_linker(session, now, unit_id, lane):
        raise Refused("group_for_unit", unit=unit.name)
    if not is_admin(session, now, person_id):
        raise Refused("group_for_admin", unit=unit.name)


def give_up_other(session: Session, now: datetime, person_id: int, unit_id: int, chat: tuple[str, str, str]) -> None:
    """Free a chat (lane, chat id, topic) that is another unit's, for who may: an admin, or the head of that unit.

    Raises Refused("group_taken").
    """
    lane, chat_id, thread_id = chat
    channel, _, token = lane.partition(":")
    held = select(Address).where(Address.channel == channel, Address.token == token, Address.chat_id == chat_id)
    for address in session.exec(held.where(Address.thread_id == thread_id, col(Address.unit_id) != unit_id)).all():
        speaks_for_it = has_role(session, now, person_id, LINKING, address.unit_id)
        if not speaks_for_it and not is_admin(session, now, person_id):
            raise Refused("group_taken")
        release(session, now, address)


def put_first(session: Session, address: Address) -> None:
    """The group linked last is the one that is told; the unit's earlier ones follow."""
    others = select(Address).where(Address.unit_id == address.unit_id, Address.id != address.id)
    for place, other in enumerate(session.exec(others.order_by(col(Address.position), col(Address.id))).all(), 1):
        other.position = place
        session.add(other)
    address.position = 0
    session.add(address)
    session.flush()


def _has_linker(session: Session, now: datetime, unit_id: int, lane: str) -> bool:
    people = [person for role in LINKING for person in people_with(session, now, role, unit_id)]
    channel, _, token = lane.partition(":")
    query = select(Address.id).where(
        col(Address.person_id).in_(people),
        Address.channel == channel,
        Address.token == token,
        col(Address.verified_at).is_not(None),
        col(Address.blocked_at).is_(None),
    )
    return bool(people) and session.exec(query.limit(1)).first() is not None
