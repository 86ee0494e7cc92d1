"""One-time links: what a messenger cannot carry goes by an address that expires and is used once.

The token is the whole credential (192 random bits), so only its hash is kept. A download may be fetched again for ten
minutes: phones ask twice, and a connection breaks.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session, col, select, update

from models.errors import Refused
from models.people import Person
from models.upkeep import OneTimeLink

Purpose = Literal["download", "upload"]
HOURS = 24
AGAIN_WITHIN = timedelta(minutes=10)
TOKEN_BYTES = 24


def make(
    session: Session, now: datetime, person_id: int, purpose: Purpose, data: Mapping[str, Any], hours: int = HOURS
) -> str:
    """A new link for one person; gives its token. `data`: ids and names of what it carries, for whoever redeems it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = OneTimeLink(
        token_hash=_hash(token),
        person_id=person_id,
        purpose=purpose,
        data=dict(data),
        created_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    session.add(row)
    session.flush()
    return token


def look(session: Session, now: datetime, token: str, purpose: Purpose) -> OneTimeLink:
    """The link, if it would be redeemed now; nothing is used up. Raises Refused("link_gone")."""
    row = session.exec(
        select(OneTimeLink)
        .join(Person, col(Person.id) == OneTimeLink.person_id)
        .where(OneTimeLink.token_hash == _hash(token), OneTimeLink.purpose == purpose)
        .where(OneTimeLink.expires_at > now, col(Person.erased_at).is_(None))
    ).first()
    if row is None or (row.used_at is not None and not _again(row, now)):
        raise Refused("link_gone")
    return row


def redeem(session: Session, now: datetime, token: str, purpose: Purpose) -> OneTimeLink:
    """Use the link up. Of two at once one gets it. Raises Refused("link_gone")."""
    row = look(session, now, token, purpose)
    unused = (col(OneTimeLink.id) == row.id, col(OneTimeLink.used_at).is_(None))
    if session.exec(update(OneTimeLink).where(*unused).values(used_at=now)).rowcount == 1:
        return row
    session.refresh(row)
    if not _again(row, now):
        raise Refused("link_gone")
    return row


def _again(row: OneTimeLink, now: datetime) -> bool:
    return row.purpose == "download" and row.used_at is not None and now <= row.used_at + AGAIN_WITHIN


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
