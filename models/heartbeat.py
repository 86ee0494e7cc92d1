"""Signs of life: each working part writes when it last did its work; health fails when one stops."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlmodel import Session

from models.clock import utcnow
from models.tables import metadata
from models.upsert import upsert

HEARTBEATS: Table = metadata.tables["heartbeat"]
EVERY_SECONDS = 10.0
STOPPED_AFTER = timedelta(seconds=45)
FORGOTTEN_AFTER = timedelta(days=2)
SENDER = "consumer:"
"""What stands before its lane in the name of a sender, which also says its `per_second` and `circuit`."""


class Beat(NamedTuple):
    """A part and when it was last seen working (real time)."""

    name: str
    at: datetime
    data: dict[str, Any]

    def stopped(self, at: datetime) -> bool:
        """Whether it is silent for too long at this real instant."""
        return at - self.at > STOPPED_AFTER


def beat(session: Session, name: str, **data: Any) -> None:
    """This part has just done its work. `name`: scheduler, forwarder, consumer:<lane>, bot:<lane> …"""
    row = {"name": name, "at": utcnow(), "data": data}
    statement = upsert(session, HEARTBEATS).values(row)
    changed = {"at": statement.excluded.at, "data": statement.excluded.data}
    session.connection().execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))


def beats(session: Session) -> list[Beat]:
    """Every part seen in the last two days, by name."""
    h = HEARTBEATS.c
    query = select(h.name, h.at, h.data).where(h.at > utcnow() - FORGOTTEN_AFTER).order_by(h.name)
    return [Beat(*row) for row in session.connection().execute(query)]


def rates(session: Session) -> dict[str, float]:
    """Lane → messages a second its sender may send, as it last said."""
    named = [(beat.name.removeprefix(SENDER), beat.data.get("per_second")) for beat in beats(session)]
    return {name: float(rate) for name, rate in named if rate is not None}


def stop_beating(session: Session, name: str) -> None:
    """The part ended as it was asked to: its silence is no failure."""
    session.connection().execute(HEARTBEATS.delete().where(HEARTBEATS.c.name == name))
