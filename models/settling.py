"""What became of sends, written in groups: each Event to its next state, each Delivery to its outcome."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.among import among, among_given
from models.bulk import insert_new, update_each
from models.clock import utcnow
from models.dialect import on_postgresql
from models.escalate import on_unreachable
from models.events import DELIVERIES, EVENTS, DeliveryState, EventState, in_state
from models.forwarding import locked
from models.lanes import ADDRESSES, Place, open_circuits, places, preferred
from models.tables import metadata
from models.wakeups import ring_after_commit

SENT = metadata.tables["sent"]
GONE = ("blocked", "gone")  # refusals that rule the address out for every message, not for this one only
LATER = "later: "  # begins the error of a refusal that does not rule its address out

e, d = EVENTS.c, DELIVERIES.c


class Result(StrEnum):
    """What a consumer can say of a claimed Event."""

    SENT = "sent"
    SKIPPED = "skipped"  # no longer true
    ALREADY = "already"  # a send before this one is known to have arrived
    REFUSED = "refused"  # this address will not do: the next one, else up the chain
    RETRY = "retry"  # known unsent: the same again later
    UNKNOWN = "unknown"  # written, no answer: ambiguous; once more, then the admins
    PUT_BACK = "put_back"  # not tried: no slot within reach, or we stop
    HELD = "held"  # this lane's quota is not for it: another way at once, else later, else never
    BROKEN = "broken"  # it cannot be put into words: counted as a claim without an outcome, and tried again
    FAILED = "failed"  # this Event can never be sent: poison


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one claimed Event. `delay`: seconds until it may be tried again."""

    event_id: int
    result: Result
    delivery_id: int | None = None
    address_id: int | None = None
    chat_id: str = ""
    reason: str = ""
    delay: float = 0.0
    vendor_ids: tuple[str, ...] = ()
    text_hash: str = ""
    about: tuple[str, int] = ("", 0)
    items: tuple[int, ...] = ()
    migrated_to: str = ""


def settle(session: Session, now: datetime, lane: str, claimant: str, outcomes: Sequence[Outcome]) -> set[int]:
    """Write the outcomes of Events that are still ours; returns their ids. The others' truth is with their new claimant."""
    ids = [outcome.event_id for outcome in outcomes]
    given = {"ids": ids, "claimant": claimant}
    mine = {id for (id,) in session.connection().execute(_owned(on_postgresql(session)), given)}
    ours = [outcome for outcome in outcomes if outcome.event_id in mine]
    by_result = {result: [o for o in ours if o.result == result] for result in Result}
    _arrived(session, lane, by_result[Result.SENT])
    _skipped(session, lane, by_result[Result.SKIPPED])
    done = (*by_result[Result.SENT], *by_result[Result.SKIPPED], *by_result[Result.ALREADY])
    _close(session, now, [outcome.event_id for outcome in done], EventState.SETTLED)
    for outcome in (*by_result[Result.RETRY], *by_result[Result.PUT_BACK]):
        _again(session, now, outcome)
    for outcome in by_result[Result.BROKEN]:
        put_back(session, [outcome.event_id], now + timedelta(seconds=outcome.delay), outcome.reason, forget=False)
    for outcome in by_result[Result.UNKNOWN]:
        _ambiguous(session, now, outcome)
    for outcome in by_result[Result.REFUSED]:
        _refused(session, now, outcome)
    for outcome in by_result[Result.HELD]:
        _held(session, now, lane, outcome)
    for outcome in by_result[Result.FAILED]:
        give_up(session, now, outcome.event_id, outcome.reason)
    if len(done) < len(ours):
        ring_after_commit(session)
    return mine


@cache
def _owned(postgresql: bool) -> Select[int]:
    claimed = and_(e.claimed_by == bindparam("claimant"), in_state(EventState.CLAIMED))
    # What is left out counts as somebody else's, and would be sent again: wait for whoever touches it this moment.
    return locked(select(e.id).where(among_given(postgresql, e.id, "ids"), claimed), postgresql, wait=True)


def _arrived(session: Session, lane: str, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    at = utcnow()
    rows = [
        {
            "id": o.delivery_id,
            "state": str(DeliveryState.SENT),
            "vendor_ids": list(o.vendor_ids),
            "sent_text_hash": o.text_hash,
            "finished_at": at,
            "error": "",
        }
        for o in outcomes
    ]
    update_each(session, DELIVERIES, rows, "id")
    kept = [_sent_row(lane, o, message, at) for o in outcomes for message in o.vendor_ids if message]
    if kept:
        insert_new(session, SENT, kept)


def _sent_row(lane: str, outcome: Outcome, message_id: str, at: datetime) -> dict[str, Any]:
    subject, subject_id = outcome.about if outcome.about[0] else ("event", outcome.event_id)
    return {
        "lane": lane,
        "chat_id": outcome.chat_id,
        "message_id": message_id,
        "subject": subject,
        "subject_id": subject_id,
        "data": {"event": outcome.event_id, "assignments": list(outcome.items)},
        "sent_at": at,
    }


def _skipped(session: Session, lane: str, outcomes: Sequence[Outcome]) -> None:
    at = utcnow()
    rows = [
        {
            "event_id": o.event_id,
            "address_id": o.address_id,
            "lane": lane,
            "chat_id": o.chat_id,
            "state": str(DeliveryState.SKIPPED),
            "tries": 0,
            "ambiguous_times": 0,
            "vendor_ids": [],
            "error": o.reason,
            "started_at": at,
            "finished_at": at,
            "sent_text_hash": "",
        }
        for o in sorted(outcomes, key=lambda outcome: outcome.event_id)
        if o.address_id is not None
    ]
    if not rows:
        return
    # A Delivery that was tried before keeps its record: only a fresh one is written as skipped.
    insert_new(session, DELIVERIES, rows)
    # One that was begun and never answered may have arrived: it is no longer true, so it is not sent again to find out.
    begun = d.event_id.in_([row["event_id"] for row in rows]), d.state == str(DeliveryState.SENDING)
    unknown = {"state": str(DeliveryState.AMBIGUOUS), "error": "no longer true", "finished_at": at}
    session.connection().execute(update(DELIVERIES).where(*begun).values(unknown))


def _close(session: Session, now: datetime, ids: Collection[int], state: EventState, error: str = "") -> None:
    if ids:
        given = {"ids": ids, "new_state": str(state), "at": now, "error": error[:300]}
        session.connection().execute(_closing(on_postgresql(session)), given)


@cache
def _closing(postgresql: bool) -> Update:
    values = {"state": bindparam("new_state"), "settled_at": bindparam("at"), "last_error": bindparam("error")}
    return update(EVENTS).where(among_given(postgresql, e.id, "ids")).values(values)


def put_back(
    session: Session,
    ids: Collection[int],
    available_at: datetime,
    error: str = "",
    lane: str = "",
    *,
    forget: bool = True,
) -> None:
    """The Events wait again until `available_at`; with `forget` the count of claims without an outcome begins anew."""
    values: dict[str, Any] = {"state": str(EventState.WAITING), "available_at": available_at}
    values |= {"attempts": 0} if forget else {}
    values |= {"forwarded_until": None, "claimed_by": "", "claimed_until": None, "last_error": error[:300]}
    values |= {"lane": lane} if lane else {}
    session.connection().execute(update(EVENTS).where(among(session, e.id, ids)).values(values))


def _again(session: Session, now: datetime, outcome: Outcome) -> None:
    if outcome.delivery_id is not None:
        _finish(session, outcome.delivery_id, DeliveryState.REFUSED, LATER + outcome.reason)
    if outcome.migrated_to and outcome.address_id is not None:
        _move_chat(session, now, outcome.address_id, outcome.migrated_to)
    put_back(session, [outcome.event_id], now + timedelta(seconds=outcome.delay), outcome.reason)


def _move_chat(session: Session, now: datetime, address_id: int, chat_id: str) -> None:
    """The group has a new id. Where that is known already, by its own update, the old address has had its day."""
    at = ADDRESSES.c.id == address_id
    try:
        with session.begin_nested():
            session.connection().execute(update(ADDRESSES).where(at).values(chat_id=chat_id))
    except IntegrityError:
        gone = {"blocked_at": now, "blocked_reason": "migrated"}
        session.connection().execute(update(ADDRESSES).where(at).values(gone))


def _finish(session: Session, delivery_id: int, state: DeliveryState, error: str) -> None:
    values = {"state": str(state), "error": error[:300], "finished_at": utcnow()}
    session.connection().execute(update(DELIVERIES).where(d.id == delivery_id).values(values))


def _ambiguous(session: Session, now: datetime, outcome: Outcome) -> None:
    """Once: it is sent again, marked. Twice: nobody knows, so the admins are told and it is not sent a third time."""
    if outcome.delivery_id is None:
        raise ValueError(f"event {outcome.event_id} was sent without a delivery")
    query = select(d.ambiguous_times).where(d.id == outcome.delivery_id)
    counted = session.connection().execute(query).scalar_one()
    # An expired claim was counted when the Delivery was begun again; a time-out is counted here.
    times = counted + 1 if outcome.reason != "expired" else counted
    values = {"ambiguous_times": times, "state": str(DeliveryState.AMBIGUOUS), "finished_at": utcnow()}
    values |= {"error": outcome.reason[:300]}
    session.connection().execute(update(DELIVERIES).where(d.id == outcome.delivery_id).values(values))
    if times >= 2:
        give_up(session, now, outcome.event_id, "ambiguous")
    else:
        put_back(session, [outcome.event_id], now + timedelta(seconds=outcome.delay), outcome.reason)


def _refused(session: Session, now: datetime, outcome: Outcome) -> None:
    if outcome.delivery_id is not None:
        _finish(session, outcome.delivery_id, DeliveryState.REFUSED, outcome.reason)
    if outcome.reason in GONE and outcome.address_id is not None:
        shut = update(ADDRESSES).where(ADDRESSES.c.id == outcome.address_id, ADDRESSES.c.blocked_at.is_(None))
        session.connection().execute(shut.values(blocked_at=now, blocked_reason=outcome.reason))
    reroute(session, now, outcome.event_id, outcome.reason)


def _held(session: Session, now: datetime, lane: str, outcome: Outcome) -> None:
    if outcome.delivery_id is not None:
        _finish(session, outcome.delivery_id, DeliveryState.REFUSED, LATER + outcome.reason)
    shut = open_circuits(session)
    others = [place for place in _left(session, outcome.event_id) if place.lane != lane and place.lane not in shut]
    if others:
        put_back(session, [outcome.event_id], now, outcome.reason, others[0].lane)
    elif outcome.delay:
        put_back(session, [outcome.event_id], now + timedelta(seconds=outcome.delay), outcome.reason)
    else:
        give_up(session, now, outcome.event_id, outcome.reason)


def reroute(session: Session, now: datetime, event_id: int, reason: str) -> str:
    """Send the Event by the recipient's next address that has not refused it. Returns the lane, "" when none is left."""
    best = preferred(_left(session, event_id), open_circuits(session))
    if best is None:
        give_up(session, now, event_id, reason)
        return ""
    put_back(session, [event_id], now, reason, best.lane)
    return best.lane


def _left(session: Session, event_id: int) -> list[Place]:
    """The recipient's addresses that have not refused this Event."""
    query = select(e.person_id, e.unit_id).where(e.id == event_id)
    person_id, unit_id = session.connection().execute(query).one()
    found = places(session, [person_id] if person_id else [], [unit_id] if unit_id else [])
    tried = ruled_out(session, [event_id]).get(event_id, set[int]())
    return [place for place in found.get((person_id, unit_id), []) if place.id not in tried]


def ruled_out(session: Session, event_ids: Collection[int]) -> dict[int, set[int]]:
    """By Event: addresses that refused it for good, or twice gave no answer."""
    found: dict[int, set[int]] = {}
    for row in session.connection().execute(_tried(on_postgresql(session)), {"ids": event_ids}):
        refused = row.state == DeliveryState.REFUSED and row.tries > 0 and not row.error.startswith(LATER)
        if refused or row.ambiguous_times >= 2:
            found.setdefault(row.event_id, set()).add(row.address_id)
    return found


@cache
def _tried(postgresql: bool) -> Select[*tuple[Any, ...]]:
    wanted = (d.event_id, d.address_id, d.state, d.error, d.tries, d.ambiguous_times)
    return select(*wanted).where(among_given(postgresql, d.event_id, "ids"))


def give_up(session: Session, now: datetime, event_id: int, reason: str) -> None:
    """The Event has failed. It stays to be seen and replayed, and somebody is told."""
    _close(session, now, [event_id], EventState.FAILED, reason)
    on_unreachable(session, now, event_id, reason)
