"""Messages that speak of something which has changed are rewritten where the channel can: outcomes do not pile up."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.channels.base import ChannelError, Outgoing
from bot.context import Context
from bot.lines import entries, item
from bot.quoting import assignments_of
from bot.render import refreshed
from bot.who import say_to
from models.assignments import AssignmentState
from models.clock import local_date
from models.database import Database
from models.events import Event, EventState
from models.people import Address, Person
from models.talk import Sent

log = logging.getLogger(__name__)

LOOKED_THROUGH = 300
"""Newest events of a person that are looked through for the changed matter."""
MOST = 12
"""Messages rewritten for one answer."""
LATER_SECONDS = 3.0
"""After which a message that was just being sent has arrived and is known by its id."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One message and its new text."""

    lane: str
    chat_id: str
    message_id: str
    message: Outgoing
    answers: bool = True
    """False: shown besides an answer, never instead of one."""


async def rewrite(db: Database, context: Context, touched: tuple[int, ...]) -> set[tuple[str, str]]:
    """Rewrite messages about these assignments; gives (lane, message id) of those that now show the new state."""
    lanes = {lane: channel for lane, channel in context.channels.items() if channel.limits.edits}
    if not lanes:
        return set()
    wanted = await db.read(_rewrites, context, set(touched), set(lanes))
    shown: set[tuple[str, str]] = set()
    for one in wanted[:MOST]:
        try:
            await lanes[one.lane].edit(one.chat_id, one.message_id, one.message)
        except ChannelError as error:
            log.info("message not rewritten: %s", error.reason)
        else:
            if one.answers:
                shown.add((one.lane, one.message_id))
    return shown


def under_way(session: Session, touched: tuple[int, ...]) -> bool:
    """Whether somebody concerned is just being sent a message: it may tell of before, and its id is not known yet."""
    sending = select(Event.id).where(
        col(Event.person_id).in_(_concerned(session, set(touched))), Event.state == EventState.CLAIMED
    )
    return session.exec(sending.limit(1)).first() is not None


async def rewrite_later(db: Database, context: Context, touched: tuple[int, ...]) -> None:
    """Rewrite once more what crossed with the change."""
    await asyncio.sleep(LATER_SECONDS)
    await rewrite(db, context, touched)


def forget(session: Session, lane: str, chat_id: str, message_id: str) -> None:
    """The message is about something else now."""
    session.exec(
        delete(Sent).where(col(Sent.lane) == lane, col(Sent.chat_id) == chat_id, col(Sent.message_id) == message_id)
    )


def _rewrites(session: Session, context: Context, touched: set[int], lanes: set[str]) -> list[Rewrite]:
    """Newest first. Only what the owners and contacts of these assignments were sent is looked through."""
    people = _concerned(session, touched)
    addresses = session.exec(
        select(Address).where(col(Address.person_id).in_(people), col(Address.verified_at).is_not(None))
    ).all()
    found: list[Rewrite] = []
    for address in addresses:
        if address.lane in lanes:
            found += _of_chat(session, context, touched, address)
            found += _reports(session, context, touched, address)
    return found


def _reports(session: Session, context: Context, touched: set[int], address: Address) -> list[Rewrite]:
    """What a person was answered about a report, or shown of it, once it is judged or taken back: its state, no buttons."""
    person = session.get(Person, address.person_id)
    if person is None:
        return []
    now, say = context.now(), say_to(session, context.now(), person)
    sent = session.exec(
        select(Sent)
        .where(Sent.lane == address.lane, Sent.chat_id == address.chat_id, Sent.subject == "report")
        .order_by(col(Sent.id).desc())
        .limit(LOOKED_THROUGH)
    )
    found: list[Rewrite] = []
    for row in sent:
        listed: list[int] = [] if row.data.get("attached") else row.data.get("assignments", [])
        shown = entries(session, listed) if touched.intersection(listed) else []
        if not shown or any(one.assignment.state == AssignmentState.REPORTED for one in shown):
            continue
        lines = [item(say, one, None, local_date(now), with_unit=True) for one in shown]
        text = "\n".join(lines) if len(lines) > 1 else lines[0].removeprefix("• ")
        found.append(Rewrite(row.lane, row.chat_id, row.message_id, Outgoing(text), answers=False))
    return found


def _of_chat(session: Session, context: Context, touched: set[int], address: Address) -> list[Rewrite]:
    rows = session.exec(
        select(Sent, Event)
        .join(Event, col(Event.id) == Sent.subject_id)
        .where(Sent.lane == address.lane, Sent.chat_id == address.chat_id, Sent.subject == "event")
        .order_by(col(Sent.id).desc())
        .limit(LOOKED_THROUGH)
    )
    found: list[Rewrite] = []
    for sent, event in rows:
        listed = sent.data.get("assignments") or assignments_of(session, event)
        if not touched.intersection(listed):
            continue
        message = refreshed(session, event, address, context.now(), listed)
        if message is not None:
            found.append(Rewrite(sent.lane, sent.chat_id, sent.message_id, message))
    return found


def _concerned(session: Session, touched: set[int]) -> list[int]:
    from models.assignments import ShortNumber

    query = select(ShortNumber.person_id).where(col(ShortNumber.assignment_id).in_(touched)).distinct()
    return list(session.exec(query))
