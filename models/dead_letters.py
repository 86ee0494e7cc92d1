"""Events that did not arrive: looked at, and sent again once somebody has mended the cause."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select, update
from sqlmodel import Session

from models.events import DELIVERIES, EVENTS, DeliveryState, EventState, in_state
from models.lanes import open_circuits, places, preferred
from models.wakeups import ring_after_commit


class Failure(NamedTuple):
    """One Event that ended without arriving. `at`: business time at which it was given up."""

    id: int
    key: str
    kind: str
    person_id: int | None
    unit_id: int | None
    lane: str
    reason: str
    at: datetime | None


class Log(NamedTuple):
    """One line of the delivery log. Times are real."""

    event_id: int
    key: str
    kind: str
    person_id: int | None
    unit_id: int | None
    lane: str
    state: str
    tries: int
    ambiguous_times: int
    error: str
    started_at: datetime
    finished_at: datetime | None


def failed(session: Session, since: datetime | None = None, until: datetime | None = None) -> list[Failure]:
    """Events that were given up (in business time from `since`, before `until`), oldest first."""
    e = EVENTS.c
    query = select(e.id, e.key, e.kind, e.person_id, e.unit_id, e.lane, e.last_error, e.settled_at)
    query = query.where(in_state(EventState.FAILED)).order_by(e.settled_at, e.id)
    if since is not None:
        query = query.where(e.settled_at >= since)
    if until is not None:
        query = query.where(e.settled_at < until)
    return [Failure(*row) for row in session.connection().execute(query)]


def deliveries(session: Session, *, ambiguous: bool = False, limit: int = 200) -> list[Log]:
    """The newest Deliveries first; with `ambiguous` those that may have arrived twice or not at all."""
    d, e = DELIVERIES.c, EVENTS.c
    query = (
        select(
            *(e.id, e.key, e.kind, e.person_id, e.unit_id, d.lane, d.state, d.tries),
            *(d.ambiguous_times, d.error, d.started_at, d.finished_at),
        )
        .join(EVENTS, e.id == d.event_id)
        .order_by(d.id.desc())
        .limit(limit)
    )
    if ambiguous:
        query = query.where(or_(d.state == str(DeliveryState.AMBIGUOUS), d.ambiguous_times > 0))
    return [Log(*row) for row in session.connection().execute(query)]


def replay(session: Session, now: datetime, ids: Iterable[int] | None = None) -> int:
    """Failed Events (all with None) go out again by the best address of today. Returns how many.

    They are rendered anew when they are sent, so what has been done or withdrawn since is skipped then. An earlier
    refusal no longer rules its address out; that a Delivery was ambiguous is not forgotten.
    """
    wanted = None if ids is None else set(ids)
    rows = [row for row in failed(session) if wanted is None or row.id in wanted]
    usable = places(session, [r.person_id for r in rows if r.person_id], [r.unit_id for r in rows if r.unit_id])
    shut = open_circuits(session)
    connection = session.connection()
    for row in rows:
        best = preferred(usable.get((row.person_id, row.unit_id), []), shut)
        again = {"state": str(EventState.WAITING), "lane": best.lane if best else "", "available_at": now}
        again |= {"attempts": 0, "forwarded_until": None, "claimed_by": "", "claimed_until": None, "last_error": ""}
        of_it = (EVENTS.c.id == row.id, EVENTS.c.state == str(EventState.FAILED))
        connection.execute(update(EVENTS).where(*of_it).values(again | {"settled_at": None}))
        over = DELIVERIES.c.state.in_((str(DeliveryState.REFUSED), str(DeliveryState.AMBIGUOUS)))
        of_it = (DELIVERIES.c.event_id == row.id, over)
        connection.execute(update(DELIVERIES).where(*of_it).values(tries=0, state=str(DeliveryState.REFUSED)))
        twice = (DELIVERIES.c.event_id == row.id, DELIVERIES.c.ambiguous_times > 1)
        connection.execute(update(DELIVERIES).where(*twice).values(ambiguous_times=1))
    if rows:
        ring_after_commit(session)
    return len(rows)
