"""A vendor's monthly quota: how much of it is used, and who depends on the rest."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session

from models.events import DELIVERIES, DeliveryState
from models.lanes import ADDRESSES
from models.tables import metadata

SEEN = metadata.tables["seen"]
d, a = DELIVERIES.c, ADDRESSES.c
SPENT = (str(DeliveryState.SENT), str(DeliveryState.AMBIGUOUS), str(DeliveryState.SENDING))


class Use(NamedTuple):
    """Messages of the lane in this month, and the chats it serves."""

    used: int
    chats: int


def use_of(session: Session, lane: str, month_start: datetime) -> Use:
    """Deliveries and direct answers since `month_start` (real time); a long text's parts and a second send count each."""
    connection = session.connection()
    parts = func.json_array_length(d.vendor_ids)
    sends = select(func.coalesce(func.sum(case((parts > 1, parts), else_=1) + d.ambiguous_times), 0))
    sends = sends.where(d.lane == lane, d.started_at >= month_start, d.state.in_(SPENT))
    answers = select(func.coalesce(func.sum(SEEN.c.messages), 0))
    answers = answers.where(SEEN.c.lane == lane, SEEN.c.seen_at >= month_start)
    channel, _, token = lane.partition(":")
    chats = select(func.count()).where(
        a.channel == channel, a.token == token, a.verified_at.is_not(None), a.blocked_at.is_(None)
    )
    used = int(connection.execute(sends).scalar_one()) + int(connection.execute(answers).scalar_one())
    return Use(used, connection.execute(chats).scalar_one())
