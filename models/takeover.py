"""What a sender must know of the one before it."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from models.events import DELIVERIES
from models.lanes import ADDRESSES
from models.real_time import read_real_now

d = DELIVERIES.c


class PastSend(NamedTuple):
    """A send of the last minute. `at`: seconds on the caller's monotonic clock."""

    at: float
    chat: str
    is_group: bool


def last_minute(session: Session, lane: str, monotonic_now: float) -> list[PastSend]:
    """Sends begun on the lane in the last minute, so that a new sender's limiter counts them.

    One that a wrong clock dated ahead counts as just begun: its chat must not rest until that hour comes.
    """
    instant = read_real_now(session)
    query = (
        select(d.started_at, d.chat_id, ADDRESSES.c.unit_id)
        .join(ADDRESSES, ADDRESSES.c.id == d.address_id)
        .where(d.lane == lane, d.started_at > instant - timedelta(seconds=60))
    )
    rows = session.connection().execute(query)
    return [
        PastSend(
            monotonic_now - max(0.0, (instant - row.started_at).total_seconds()), row.chat_id, row.unit_id is not None
        )
        for row in rows
    ]
