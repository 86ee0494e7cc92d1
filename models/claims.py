"""Claiming Events for sending: conditional updates, so whoever changed the row has it and nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session

from models.among import among
from models.bulk import insert_new
from models.clock import utcnow
from models.events import DELIVERIES, EVENTS, DeliveryState, EventState, in_state
from models.forwarding import locked
from models.leases import has_ended
from models.real_time import may_lose, real_instant

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


def claim(session: Session, ids: Collection[int], lane: str, claimant: str, now: datetime) -> Claims:
    """Claim these Events of the lane for 90 s. `attempts` is counted in the same commit.

    What a forwarder put on the road was due by its clock: a claimant whose own is behind takes it all the same.
    """
    may_lose(session)
    connection = session.connection()
    instant = real_instant(session)
    due = and_(in_state(EventState.WAITING), e.available_at <= now)
    expired = and_(e.state == str(EventState.CLAIMED), e.claimed_until < instant)
    eligible = and_(among(session, e.id, ids), e.lane == lane, or_(in_state(EventState.FORWARDED), due, expired))
    mine = eligible if len(ids) == 1 else and_(eligible, e.attempts < ALONE_AFTER)
    until = real_instant(session, CLAIM_SECONDS)
    values = {
        "state": str(EventState.CLAIMED),
        "claimed_by": claimant,
        "claimed_until": until,
        "forwarded_until": until,  # abandoned, it goes out again as soon as the claim is over
        "attempts": e.attempts + 1,
    }
    free = locked(select(e.id).where(mine), session)
    statement = update(EVENTS).where(e.id.in_(free)).values(values).returning(e.id, e.attempts)
    claimed = {id: attempts - 1 for id, attempts in connection.execute(statement)}
    if len(claimed) == len(ids):
        return Claims(claimed, [], [])
    left = connection.execute(select(e.id, e.attempts).where(eligible, e.id.not_in(list(claimed)))).all()
    solo = [id for id, attempts in left if attempts >= ALONE_AFTER and len(ids) > 1]
    return Claims(claimed, solo, [id for id, _ in left if id not in solo])


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
    owned = (
        select(e.id.label("event"), DELIVERIES)
        .select_from(EVENTS.outerjoin(DELIVERIES, d.event_id == e.id))
        .where(among(session, e.id, ids), e.claimed_by == claimant, e.state == str(EventState.CLAIMED))
        .order_by(d.id)
    )
    rows = connection.execute(owned).all()
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
