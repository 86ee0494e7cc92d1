"""Updates that take long, kept in the database until they are done.

A vendor with an offset hands out a hundred updates from the first unconfirmed one on, and nobody hears of the next
before that one is confirmed. So what is not done after a moment is written down here and confirmed; killed in between,
the next poller finds it here instead of at the vendor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.channels.base import Incoming
from models.tables import metadata
from models.talk import InHand
from models.upsert import upsert

TABLE = metadata.tables["inhand"]


LONGEST_TEXT = 300
"""Characters. A longer text may be a letter, and of a letter nothing is stored before its secrecy marks are looked for."""


LONGEST_LOOKED_AT = 60_000
"""Characters of all that one chat has pasted and nobody has read: what is more stays with the vendor."""


def may_be_kept(incoming: Incoming) -> bool:
    """Whether the update may be written down as it is."""
    return incoming.raw is not None and len(incoming.text) <= LONGEST_TEXT


def bears_no_mark(messages: Sequence[Incoming]) -> bool:
    """Whether the last of these messages of one chat may be written down although it may be (part of) a letter.

    Its secrecy marks, and those of what was pasted before it and is not read yet, were looked for: there are none.
    Behind a file nothing is known. A fraction of a second, whatever the reading itself takes.
    """
    from letters import is_classified
    from letters.formats.plain import clean

    text = "\n".join(one.text for one in messages)
    if any(one.attachments for one in messages) or messages[-1].raw is None or len(text) > LONGEST_LOOKED_AT:
        return False
    return not is_classified(clean(text))


def keep(session: Session, real_now: datetime, updates: Sequence[Incoming]) -> None:
    """Write them down, in order; one that is there already stays."""
    for incoming in updates:
        assert incoming.raw is not None
        row = {"lane": incoming.lane, "update_id": incoming.update_id, "raw": incoming.raw(), "kept_at": real_now}
        session.connection().execute(upsert(session, TABLE).values(row).on_conflict_do_nothing())


def let_go(session: Session, lane: str, update_id: str) -> None:
    """It is done."""
    session.exec(delete(InHand).where(col(InHand.lane) == lane, col(InHand.update_id) == update_id))


def kept(session: Session, lane: str) -> list[tuple[str, str]]:
    """(update id, what the vendor gave) of everything a poller before us was told to do and did not finish."""
    rows = session.exec(select(InHand).where(InHand.lane == lane).order_by(col(InHand.id)))
    return [(row.update_id, row.raw) for row in rows]
