"""What goes onto the road next: at most a window's worth per lane, and one Event per recipient.

Used by the forwarder (which leases and publishes) and by the embedded queue (whose consumer claims the same rows).
"""

import zlib
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Update,
    and_,
    any_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session

from models.among import among, among_given
from models.dialect import on_postgresql
from models.events import EVENTS, EventState, in_state
from models.lanes import batches, open_circuits
from models.real_time import given_instant, instant_given, may_lose, real_instant

LEASE_SECONDS = 30.0  # leased by a forwarder, not confirmed by the broker
ROAD_SECONDS = 180.0  # confirmed; unsettled after that it goes out again
WAITING = in_state(EventState.WAITING)
ON_ROAD = in_state(EventState.FORWARDED, EventState.CLAIMED)
FORWARDED = in_state(EventState.FORWARDED)
ALONE = text("SELECT pg_try_advisory_xact_lock(:number), set_config('synchronous_commit', 'off', true)")

e = EVENTS.c


class Leased(NamedTuple):
    """An Event this forwarder may publish from the business instant `available_at` on."""

    id: int
    available_at: datetime


class Leases(NamedTuple):
    """A forwarder's pass: what it leased, by lane that has something due and gets through, and what comes due next."""

    by_lane: dict[str, list[Leased]]
    next_due: datetime | None


def lease_due(session: Session, now: datetime, window: Callable[[str], int], at_most: int) -> Leases:
    """Look at every lane and lease from each, in one transaction. `window`, `at_most`: as for `lease`."""
    lanes, next_due = _look(session, now)
    shut = open_circuits(session) if lanes else {}
    leased = {lane: lease(session, lane, now, window(lane), at_most) for lane in lanes if lane not in shut}
    return Leases(leased, next_due)


def due_lanes(session: Session, now: datetime) -> list[str]:
    """Lanes in which something waits that is due. Steps from lane to lane in the index: a backlog costs nothing."""
    return _look(session, now)[0]


def _look(session: Session, now: datetime) -> tuple[list[str], datetime | None]:
    """Lanes with something due, and when the next waiting Event comes due (None too when no lane has any)."""
    connection = session.connection()
    rows = connection.execute(LANES, {"now": now}).all()
    lanes = [row.lane for row in rows if connection.execute(ANY_DUE, {"of_lane": row.lane, "now": now}).first()]
    return lanes, rows[0].next_due if rows else None


def next_due(session: Session, now: datetime) -> datetime | None:
    """Business instant at which the next waiting Event comes due."""
    return session.connection().execute(NEXT_DUE, {"now": now}).scalar_one()


def _held_up(now: BindParameter[datetime]) -> ColumnElement[bool]:
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


# Built once: putting such a statement together takes ten times as long as having it carried out.
GIVEN_NOW = bindparam("now", type_=e.available_at.type)
OF_LANE = e.lane == bindparam("of_lane")
URGENT_FIRST = (e.priority, e.due_at, e.id)
DUE = (
    select(e.id)
    .where(OF_LANE, WAITING, e.available_at <= GIVEN_NOW, ~_held_up(GIVEN_NOW))
    .order_by(*URGENT_FIRST)
    .limit(bindparam("at_most"))
)
ANY_DUE = select(e.id).where(OF_LANE, WAITING, e.available_at <= GIVEN_NOW).limit(1)
NEXT_DUE = select(func.min(e.available_at)).where(WAITING, e.available_at > GIVEN_NOW)
LANES = (
    text(
        "WITH RECURSIVE lanes(lane) AS ("
        " SELECT min(lane) FROM event WHERE state = 'waiting' AND lane > ''"
        " UNION ALL SELECT (SELECT min(lane) FROM event WHERE state = 'waiting' AND lane > lanes.lane)"
        " FROM lanes WHERE lanes.lane IS NOT NULL"
        ") SELECT lane, (SELECT min(available_at) FROM event WHERE state = 'waiting' AND available_at > :now) AS next_due"
        " FROM lanes WHERE lane IS NOT NULL"
    )
    .columns(lane=e.lane.type, next_due=e.available_at.type)
    .bindparams(GIVEN_NOW)
)
COUNT_ON_ROAD = select(func.count()).select_from(EVENTS).where(OF_LANE, ON_ROAD)
COUNT_FORWARDED = select(func.count()).select_from(EVENTS).where(OF_LANE, FORWARDED)


def due(session: Session, lane: str, now: datetime, at_most: int) -> list[int]:
    """The lane's next Events, urgent first: each the first of its recipient, with none of theirs on the road."""
    return list(session.connection().execute(DUE, {"of_lane": lane, "now": now, "at_most": at_most}).scalars())


def lease(session: Session, lane: str, now: datetime, window: int, at_most: int) -> list[Leased]:
    """Take up to `at_most` due Events of the lane for publishing, as far as its window (messages on the road) has room.

    Two forwarders never do this for one lane at the same time: the window and one-per-recipient would not hold.
    """
    if not _alone(session, lane):
        return []
    connection, postgresql = session.connection(), on_postgresql(session)
    on_road = connection.execute(COUNT_ON_ROAD, {"of_lane": lane}).scalar_one()
    room = min(at_most, window - on_road)
    if room <= 0:
        return []
    given = {"of_lane": lane, "now": now, "at_most": room, "until": given_instant(postgresql, LEASE_SECONDS)}
    took = connection.execute(_taking(postgresql), given).all()
    return [Leased(row.id, row.available_at) for row in sorted(took, key=_urgent_first)]


def _urgent_first(row: Any) -> tuple[int, datetime, int]:
    return row.priority, row.due_at, row.id


def _alone(session: Session, lane: str) -> bool:
    """As `may_lose`, in the same round trip."""
    if not on_postgresql(session):
        return True  # SQLite has one writer
    number = {"number": zlib.crc32(f"forward {lane}".encode())}
    return bool(session.connection().execute(ALONE, number).scalars().one())


@cache
def _taking(postgresql: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    # As an array the choice is made once; who waits for nobody's lock may take them in any order.
    first: Any = DUE.with_for_update(of=EVENTS, skip_locked=True).scalar_subquery()
    chosen = e.id == any_(func.array(first)) if postgresql else e.id.in_(DUE)
    values = {"state": str(EventState.FORWARDED), "forwarded_until": instant_given(postgresql, "until")}
    return update(EVENTS).where(chosen).values(values).returning(*URGENT_FIRST, e.available_at)


def locked(query: Select[int], postgresql: bool, *, wait: bool = False) -> Select[int]:
    """Lock the rows in the order of their ids, so that no two batches wait for each other.

    Rows somebody has locked this moment are left out, or waited for.
    """
    ordered = query.order_by(e.id)
    return ordered.with_for_update(skip_locked=not wait) if postgresql else ordered


def mark_forwarded(session: Session, ids: Collection[int]) -> int:
    """The broker has confirmed these: those not claimed yet are the consumers' for three minutes."""
    may_lose(session)
    marked, postgresql = 0, on_postgresql(session)
    for some in batches(sorted(ids), 1000):
        given = {"ids": some, "until": given_instant(postgresql, ROAD_SECONDS)}
        marked += session.connection().execute(_marking(postgresql), given).rowcount
    return marked


@cache
def _marking(postgresql: bool) -> Update:
    # A claim has set its own end already: it must not be put off, nor its settlement find the row locked.
    mine = locked(select(e.id).where(among_given(postgresql, e.id, "ids"), FORWARDED), postgresql)
    return update(EVENTS).where(e.id.in_(mine)).values(forwarded_until=instant_given(postgresql, "until"))


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
    query = select(e.lane, e.id, e.state).where(_lapsed(real_instant(session))).order_by(e.priority, e.due_at, e.id)
    found: dict[str, Lapsed] = {}
    for row in session.connection().execute(query):
        of_lane = found.setdefault(row.lane, Lapsed([], []))
        (of_lane.abandoned if row.state == EventState.CLAIMED else of_lane.forwarded).append(row.id)
    return found


def lapsed_in(session: Session, lane: str, at_most: int) -> list[int]:
    """The same for one lane."""
    postgresql = on_postgresql(session)
    given = {"of_lane": lane, "at_most": at_most, "instant": given_instant(postgresql)}
    return [row.id for row in session.connection().execute(_lapsed_in_lane(postgresql), given)]


@cache
def _lapsed_in_lane(postgresql: bool) -> Select[int]:
    lapsed = _lapsed(instant_given(postgresql, "instant"))
    return select(e.id).where(OF_LANE, lapsed).order_by(e.priority, e.due_at, e.id).limit(bindparam("at_most"))


def _lapsed(instant: Any) -> ColumnElement[bool]:
    unclaimed = or_(FORWARDED, e.claimed_until < instant)
    return and_(ON_ROAD, or_(e.forwarded_until < instant, e.forwarded_until.is_(None)), unclaimed)


def on_road(session: Session, lane: str) -> int:
    """How many of the lane's Events are forwarded and not claimed: at least so many messages should be in its queue."""
    return session.connection().execute(COUNT_FORWARDED, {"of_lane": lane}).scalar_one()


def lease_again(session: Session, ids: Collection[int], seconds: float = LEASE_SECONDS) -> list[int]:
    """Take lapsed Events for publishing once more (or, with more `seconds`, let them be). Returns those still lapsed."""
    took: list[int] = []
    for some in batches(sorted(ids), 1000):
        mine = locked(
            select(e.id).where(among(session, e.id, some), _lapsed(real_instant(session))), on_postgresql(session)
        )
        statement = update(EVENTS).where(e.id.in_(mine)).values(forwarded_until=real_instant(session, seconds))
        took += [row.id for row in session.connection().execute(statement.returning(e.id))]
    return took
