"""What goes onto the road next: at most a window's worth per lane, and one Event per recipient.

Used by the forwarder (which leases and publishes) and by the embedded queue (whose consumer claims the same rows).
"""

import zlib
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text, tuple_, update
from sqlmodel import Session

from models.among import among
from models.events import EVENTS, EventState, in_state
from models.lanes import batches, open_circuits
from models.real_time import may_lose, real_instant

LEASE_SECONDS = 30.0  # leased by a forwarder, not confirmed by the broker
ROAD_SECONDS = 180.0  # confirmed; unsettled after that it goes out again
WAITING = in_state(EventState.WAITING)
ON_ROAD = in_state(EventState.FORWARDED, EventState.CLAIMED)
FORWARDED = in_state(EventState.FORWARDED)

e = EVENTS.c


class Leased(NamedTuple):
    """An Event this forwarder may publish now."""

    id: int
    priority: int


class Outlook(NamedTuple):
    """What a forwarder sees: lanes with something due that get through, and the business instant of what comes next."""

    lanes: list[str]
    next_due: datetime | None


def outlook(session: Session, now: datetime) -> Outlook:
    """Read both in one session."""
    lanes = due_lanes(session, now)
    shut = open_circuits(session) if lanes else {}
    return Outlook([lane for lane in lanes if lane not in shut], next_due(session, now))


def due_lanes(session: Session, now: datetime) -> list[str]:
    """Lanes in which something waits that is due. Steps from lane to lane in the index: a backlog costs nothing."""
    steps = text(
        "WITH RECURSIVE lanes(lane) AS ("
        " SELECT min(lane) FROM event WHERE state = 'waiting' AND lane > ''"
        " UNION ALL SELECT (SELECT min(lane) FROM event WHERE state = 'waiting' AND lane > lanes.lane)"
        " FROM lanes WHERE lanes.lane IS NOT NULL"
        ") SELECT lane FROM lanes WHERE lane IS NOT NULL"
    )
    lanes = [lane for (lane,) in session.connection().execute(steps)]
    due = select(e.id).where(WAITING, e.available_at <= now).limit(1)
    return [lane for lane in lanes if session.connection().execute(due.where(e.lane == lane)).first()]


def next_due(session: Session, now: datetime) -> datetime | None:
    """Business instant at which the next waiting Event comes due."""
    query = select(func.min(e.available_at)).where(WAITING, e.available_at > now)
    return session.connection().execute(query).scalar_one()


def due(lane: str, now: datetime, limit: int) -> Select[int, int]:
    """Ids of the lane's next Events, urgent first: each the first of its recipient, with none of theirs on the road."""
    return (
        select(e.id, e.priority)
        .where(e.lane == lane, WAITING, e.available_at <= now, ~_held_up(now))
        .order_by(e.priority, e.due_at, e.id)
        .limit(limit)
    )


def _held_up(now: datetime) -> ColumnElement[bool]:
    """Another Event of the same recipient is on the road, or comes first.

    One that was put off comes first only within its own priority: that keeps a person's messages in order without
    an urgent one waiting for an ordinary one.
    """
    other = EVENTS.alias("other")
    o = other.c
    before = and_(
        in_state(EventState.WAITING, table=other),
        o.due_at <= now,
        tuple_(o.priority, o.due_at, o.id) < tuple_(e.priority, e.due_at, e.id),
        or_(o.available_at <= now, o.priority == e.priority),
        o.lane != "",
    )
    in_the_way = or_(in_state(EventState.FORWARDED, EventState.CLAIMED, table=other), before)
    return or_(
        and_(e.person_id.is_not(None), exists().where(o.person_id == e.person_id, o.id != e.id, in_the_way)),
        and_(e.unit_id.is_not(None), exists().where(o.unit_id == e.unit_id, o.id != e.id, in_the_way)),
    )


def lease(session: Session, lane: str, now: datetime, window: int, at_most: int) -> list[Leased]:
    """Take up to `at_most` due Events of the lane for publishing, as far as its window (messages on the road) has room.

    Two forwarders never do this for one lane at the same time: the window and one-per-recipient would not hold.
    """
    if not _alone(session, lane):
        return []
    may_lose(session)
    connection = session.connection()
    on_road = connection.execute(select(func.count()).select_from(EVENTS).where(e.lane == lane, ON_ROAD)).scalar_one()
    room = min(at_most, window - on_road)
    if room <= 0:
        return []
    found = [Leased(*row) for row in connection.execute(due(lane, now, room))]
    took = {id for ids in batches([one.id for one in found], 1000) for id in _take(session, ids)}
    return [one for one in found if one.id in took]


def _alone(session: Session, lane: str) -> bool:
    if session.get_bind().dialect.name != "postgresql":
        return True  # SQLite has one writer
    number = zlib.crc32(f"forward {lane}".encode())
    return bool(session.connection().execute(select(func.pg_try_advisory_xact_lock(number))).scalar_one())


def _take(session: Session, ids: list[int]) -> list[int]:
    free = locked(select(e.id).where(among(session, e.id, ids), WAITING), session)
    statement = update(EVENTS).where(e.id.in_(free)).returning(e.id)
    values = {"state": str(EventState.FORWARDED), "forwarded_until": real_instant(session, LEASE_SECONDS)}
    return [id for (id,) in session.connection().execute(statement.values(values))]


def locked(query: Select[int], session: Session) -> Select[int]:
    """Lock the rows in the order of their ids (so two batches never wait for each other), leaving out those taken."""
    ordered = query.order_by(e.id)
    return ordered.with_for_update(skip_locked=True) if session.get_bind().dialect.name == "postgresql" else ordered


def mark_forwarded(session: Session, ids: Collection[int]) -> int:
    """The broker has confirmed these: they are the consumers' for three minutes."""
    may_lose(session)
    marked = 0
    for some in batches(sorted(ids), 1000):
        mine = locked(select(e.id).where(among(session, e.id, some), ON_ROAD), session)
        statement = update(EVENTS).where(e.id.in_(mine))
        statement = statement.values(forwarded_until=real_instant(session, ROAD_SECONDS))
        marked += session.connection().execute(statement).rowcount
    return marked


def unlease(session: Session, ids: Collection[int]) -> int:
    """The broker did not take these: they wait again."""
    given_back = 0
    for some in batches(sorted(ids), 1000):
        statement = update(EVENTS).where(among(session, e.id, some), FORWARDED)
        given_back += (
            session.connection().execute(statement.values(state=str(EventState.WAITING), forwarded_until=None)).rowcount
        )
    return given_back


class Lapsed(NamedTuple):
    """Events of a lane past their time on the road. The message of an abandoned claim is gone from the queue."""

    forwarded: list[int]
    abandoned: list[int]


def lapsed(session: Session) -> dict[str, Lapsed]:
    """By lane: what was forwarded and is neither settled nor held by a live claim after its time."""
    query = select(e.lane, e.id, e.state).where(_lapsed(session)).order_by(e.priority, e.due_at, e.id)
    found: dict[str, Lapsed] = {}
    for row in session.connection().execute(query):
        of_lane = found.setdefault(row.lane, Lapsed([], []))
        (of_lane.abandoned if row.state == EventState.CLAIMED else of_lane.forwarded).append(row.id)
    return found


def lapsed_in(session: Session, lane: str, at_most: int) -> list[int]:
    """The same for one lane."""
    query = select(e.id).where(e.lane == lane, _lapsed(session)).order_by(e.priority, e.due_at, e.id).limit(at_most)
    return [row.id for row in session.connection().execute(query)]


def _lapsed(session: Session) -> ColumnElement[bool]:
    instant = real_instant(session)
    unclaimed = or_(FORWARDED, e.claimed_until < instant)
    return and_(ON_ROAD, or_(e.forwarded_until < instant, e.forwarded_until.is_(None)), unclaimed)


def on_road(session: Session, lane: str) -> int:
    """How many of the lane's Events are forwarded and not claimed: at least so many messages should be in its queue."""
    query = select(func.count()).select_from(EVENTS).where(e.lane == lane, FORWARDED)
    return session.connection().execute(query).scalar_one()


def lease_again(session: Session, ids: Collection[int], seconds: float = LEASE_SECONDS) -> list[int]:
    """Take lapsed Events for publishing once more (or, with more `seconds`, let them be). Returns those still lapsed."""
    took: list[int] = []
    for some in batches(sorted(ids), 1000):
        mine = locked(select(e.id).where(among(session, e.id, some), _lapsed(session)), session)
        statement = update(EVENTS).where(e.id.in_(mine)).values(forwarded_until=real_instant(session, seconds))
        took += [row.id for row in session.connection().execute(statement.returning(e.id))]
    return took
