"""Claiming Events for sending: conditional updates, so whoever changed the row has it and nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session

from models.among import among_given
from models.bulk import insert_new
from models.clock import utcnow
from models.dialect import on_postgresql
from models.events import DELIVERIES, EVENTS, DeliveryState, EventState, in_state
from models.forwarding import locked
from models.leases import has_ended
from models.real_time import given_instant, instant_given, may_lose, real_instant

CLAIM_SECONDS = 90.0
ALONE_AFTER = 2  # claims without an outcome: something in the group may have killed the process
FAILED_AFTER = 5

e, d = EVENTS.c, DELIVERIES.c


@dataclass(frozen=True, slots=True)
class Claims:
    """What a claim brought. `alone`: to be claimed one by one. `later`: another transaction holds them this moment.

    Ids in none of the lists are settled, superseded, put off or with somebody else: their messages are outdated.
    """

    claimed: dict[int, int]
    """Event id → how often it had been claimed before without an outcome."""
    alone: list[int]
    later: list[int]
    tried: frozenset[int]
    """Those of the claimed that have a Delivery already."""


def claim(session: Session, ids: Collection[int], lane: str, claimant: str, now: datetime) -> Claims:
    """Claim these Events of the lane for 90 s. `attempts` is counted in the same commit.

    What a forwarder put on the road was due by its clock: a claimant whose own is behind takes it all the same.
    """
    may_lose(session)
    connection = session.connection()
    postgresql = on_postgresql(session)
    given = {"ids": ids, "of_lane": lane, "now": now, "instant": given_instant(postgresql)}
    new = {"claimant": claimant, "until": given_instant(postgresql, CLAIM_SECONDS)}
    rows = connection.execute(_claiming(postgresql, len(ids) > 1), given | new).all()
    claimed = {row.id: row.attempts - 1 for row in rows}
    tried = frozenset(row.id for row in rows if row.tried)
    if len(claimed) == len(ids):
        return Claims(claimed, [], [], tried)
    left = [(id, n) for id, n in connection.execute(_claimable(postgresql), given) if id not in claimed]
    solo = [id for id, attempts in left if attempts >= ALONE_AFTER and len(ids) > 1]
    return Claims(claimed, solo, [id for id, _ in left if id not in solo], tried)


def _eligible(postgresql: bool) -> ColumnElement[bool]:
    """Parameters: `ids`, `of_lane`, `now` (business time) and `instant` (real)."""
    due = and_(in_state(EventState.WAITING), e.available_at <= bindparam("now"))
    expired = and_(in_state(EventState.CLAIMED), e.claimed_until < instant_given(postgresql, "instant"))
    wanted = and_(among_given(postgresql, e.id, "ids"), e.lane == bindparam("of_lane"))
    return and_(wanted, or_(in_state(EventState.FORWARDED), due, expired))


@cache
def _claimable(postgresql: bool) -> Select[int, int]:
    return select(e.id, e.attempts).where(_eligible(postgresql))


@cache
def _claiming(postgresql: bool, several: bool) -> ReturningUpdate[int, int, bool]:
    mine = _eligible(postgresql)
    if several:
        mine = and_(mine, e.attempts < ALONE_AFTER)
    until = instant_given(postgresql, "until")
    values = {
        "state": str(EventState.CLAIMED),
        "claimed_by": bindparam("claimant"),
        "claimed_until": until,
        "forwarded_until": until,  # abandoned, it goes out again as soon as the claim is over
        "attempts": e.attempts + 1,
    }
    free = locked(select(e.id).where(mine), postgresql)
    tried = exists().where(d.event_id == e.id).label("tried")
    return update(EVENTS).where(e.id.in_(free)).values(values).returning(e.id, e.attempts, tried)


def release_ended(session: Session, lane: str) -> int:
    """Claims of senders whose process is known to have ended (killed, on this machine) are over now, not after 90 s.

    What they were sending becomes ambiguous as ever when it is begun again. Returns how many Events are free.
    """
    held = (e.lane == lane, e.state == str(EventState.CLAIMED), e.claimed_until >= real_instant(session))
    ended = [
        one for (one,) in session.connection().execute(select(e.claimed_by).where(*held).distinct()) if has_ended(one)
    ]
    if not ended:
        return 0
    over = real_instant(session, -1)
    free = update(EVENTS).where(*held, e.claimed_by.in_(ended)).values(claimed_until=over, forwarded_until=over)
    return session.connection().execute(free).rowcount


@dataclass(frozen=True, slots=True)
class Start:
    """A send about to begin: the Event to the address."""

    event_id: int
    address_id: int
    chat_id: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A Delivery in state sending. `earlier`: the state an expired claim or an earlier try left it in."""

    id: int
    tries: int
    ambiguous_times: int
    earlier: str


def begin(session: Session, starts: list[Start], lane: str, claimant: str) -> dict[int, Begun]:
    """Write down that these sends begin, before they do. Returns the Deliveries by Event id.

    Left out are Events no longer claimed by us. One whose Delivery is already `sent`, or has just become ambiguous
    for the second time, is returned with that as `earlier` and must not be sent.
    """
    connection = session.connection()
    ordered = sorted(starts, key=lambda start: start.event_id)
    ids = [start.event_id for start in ordered]
    rows = connection.execute(_owned(on_postgresql(session)), {"ids": ids, "claimant": claimant}).all()
    mine = {row.event for row in rows}
    known = {(row.event_id, row.address_id): row for row in rows if row.id is not None}
    fresh = [start for start in ordered if start.event_id in mine and (start.event_id, start.address_id) not in known]
    begun: dict[int, Begun] = {}
    if fresh:
        made = insert_new(session, DELIVERIES, [_new(start, lane) for start in fresh], "id", "event_id")
        begun |= {row.event_id: Begun(row.id, 1, 0, "") for row in made}
    for start in ordered:
        row = known.get((start.event_id, start.address_id))
        if row is not None and start.event_id in mine:
            ambiguous = row.ambiguous_times + (row.state == DeliveryState.SENDING)
            tries = row.tries + 1
            begun[start.event_id] = Begun(row.id, tries, ambiguous, row.state)
            if row.state == DeliveryState.SENT:
                continue
            values = {"tries": tries, "ambiguous_times": ambiguous, "chat_id": start.chat_id, "lane": lane}
            values |= {"state": str(DeliveryState.SENDING), "started_at": real_instant(session)}
            connection.execute(update(DELIVERIES).where(d.id == row.id).values(values))
    return begun


@cache
def _owned(postgresql: bool) -> Select[*tuple[Any, ...]]:
    return (
        select(e.id.label("event"), DELIVERIES)
        .select_from(EVENTS.outerjoin(DELIVERIES, d.event_id == e.id))
        .where(
            among_given(postgresql, e.id, "ids"), e.claimed_by == bindparam("claimant"), in_state(EventState.CLAIMED)
        )
        .order_by(d.id)
    )


def _new(start: Start, lane: str) -> dict[str, object]:
    return {
        "event_id": start.event_id,
        "address_id": start.address_id,
        "lane": lane,
        "chat_id": start.chat_id,
        "state": str(DeliveryState.SENDING),
        "tries": 1,
        "ambiguous_times": 0,
        "vendor_ids": [],
        "error": "",
        "started_at": utcnow(),
        "sent_text_hash": "",
    }
