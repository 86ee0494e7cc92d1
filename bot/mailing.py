"""Invitations by mail to official addresses: the only message whose text cannot be rendered from the database.

A code stands nowhere but in its hash, so it is made when the mail is written, by the process that answers the admin;
an Event could only say that there is one. Sent at least once: a second mail brings a second code.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlmodel import Session, col, select

from bot.channels.base import ChannelError, Outgoing
from bot.context import Context
from bot.shorten import line
from bot.texts import say_for
from models import linking
from models.addresses import EMAIL, bot_with_place
from models.clock import local_date
from models.database import Database
from models.errors import Refused
from models.people import Address, Person

log = logging.getLogger(__name__)

DAYS = 14


async def invite(db: Database, context: Context, person_id: int) -> bool:
    """Write one person; False when there is no mailbox, no mail channel, or the server says no (that is logged)."""
    channel = next((one for one in context.channels.values() if one.name == EMAIL), None)
    if channel is None:
        return False
    try:
        made = await db.write(_letter, context, person_id)
        if made is None:
            return False
        mailbox, text = made
        await channel.send(mailbox, Outgoing(text))
    except (ChannelError, Refused) as error:
        log.warning("invitation to person %d not mailed: %s", person_id, error)
        return False
    return True


def _letter(session: Session, context: Context, person_id: int) -> tuple[str, str] | None:
    """The mailbox and the words (the first line is the subject), with a code made now."""
    person = session.get(Person, person_id)
    address = mailbox_of(session, person_id)
    if person is None or person.erased_at is not None or address is None:
        return None
    now = context.now()
    zalo = {lane: bot.name for lane, bot in context.profiles.items() if lane.startswith("zalo:")}
    place = bot_with_place(session, now, list(zalo)) or ""
    code = linking.invite(session, now, person_id=person_id, lane=place, days=DAYS)
    say = say_for(person.language)
    text = say("invitation.head", name=line(person.name, 80), code=code, until=local_date(now) + timedelta(days=DAYS))
    bot = next((one for lane, one in context.profiles.items() if lane.startswith("telegram:")), None)
    links = [say("invite.telegram", link=f"https://t.me/{bot.username}?start={code}")] if bot else []
    links += [say("invitation.zalo", bot=zalo[place], code=code)] if place else []
    return address.chat_id, "\n".join([say("invitation.subject"), text, *links])


def mailbox_of(session: Session, person_id: int) -> Address | None:
    """The person's official mailbox, if one is registered."""
    query = select(Address).where(
        Address.person_id == person_id,
        Address.channel == EMAIL,
        col(Address.verified_at).is_not(None),
        col(Address.blocked_at).is_(None),
    )
    return session.exec(query.order_by(col(Address.position))).first()
