"""Events are raised here, and nowhere else: in the transaction of what they tell about, so that both are true or neither."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session

from models.bulk import insert_new
from models.clock import local_date
from models.dead_letters import failed, replay
from models.events import EVENTS, EventKind, EventState, Priority
from models.lanes import batches, lane_of, open_circuits, places, preferred
from models.upsert import upsert
from models.wakeups import ring_after_commit, wakeups

__all__ = [
    "NewEvent",
    "failed",
    "raise_event",
    "raise_many",
    "relane",
    "replay",
    "supersede",
    "supersede_many",
    "wakeups",
    "withdraw_unclaimed",
]

UNCLAIMED = (EventState.WAITING, EventState.FORWARDED)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What `raise_many` writes. Exactly one of `person_id` and `unit_id`; `available_at` None means at once."""

    key: str
    kind: EventKind
    person_id: int | None = None
    unit_id: int | None = None
    data: dict[str, Any] = field(default_factory=lambda: dict[str, Any]())
    priority: int = Priority.DIGEST
    business_date: date | None = None
    available_at: datetime | None = None
    lane: str | None = None


def raise_event(
    session: Session,
    now: datetime,
    *,
    key: str,
    kind: EventKind,
    person_id: int | None = None,
    unit_id: int | None = None,
    data: dict[str, Any] | None = None,
    priority: int = Priority.DIGEST,
    business_date: date | None = None,
    available_at: datetime | None = None,
    lane: str | None = None,
) -> int | None:
    """Put one message to one recipient into the outbox; it goes when `available_at` (business time) has come.

    Returns the Event's id, or None when an Event with this key exists already: raising again is harmless.
    """
    new = NewEvent(key, kind, person_id, unit_id, data or {}, priority, business_date, available_at, lane)
    lane = lane_of(session, person_id, unit_id) if lane is None else lane
    statement = upsert(session, EVENTS).values(_row(new, now, lane)).on_conflict_do_nothing().returning(EVENTS.c.id)
    made = session.connection().execute(statement).scalar_one_or_none()
    if made is not None:
        ring_after_commit(session)
    return made


def raise_many(session: Session, now: datetime, events: Sequence[NewEvent]) -> dict[str, int]:
    """As `raise_event` for thousands at once. Returns the ids of those that are new, by key."""
    usable = places(session, [e.person_id for e in events if e.person_id], [e.unit_id for e in events if e.unit_id])
    shut = open_circuits(session)
    rows: list[dict[str, Any]] = []
    for new in events:
        best = preferred(usable.get((new.person_id, new.unit_id), []), shut) if new.lane is None else None
        rows.append(_row(new, now, new.lane if new.lane is not None else best.lane if best else ""))
    made = {row.key: row.id for row in insert_new(session, EVENTS, rows, "key", "id")}
    if made:
        ring_after_commit(session)
    return made


def _row(new: NewEvent, now: datetime, lane: str) -> dict[str, Any]:
    if (new.person_id is None) == (new.unit_id is None):
        raise ValueError(f"an event has one recipient, a person or a unit: {new.key}")
    available_at = new.available_at or now
    return {
        "key": new.key,
        "kind": str(new.kind),
        "person_id": new.person_id,
        "unit_id": new.unit_id,
        "data": new.data,
        "business_date": new.business_date or local_date(available_at),
        "lane": lane,
        "priority": new.priority,
        "created_at": now,
        "due_at": available_at,
        "available_at": available_at,
        "state": str(EventState.WAITING),
        "claimed_by": "",
        "attempts": 0,
        "last_error": "",
    }


def supersede(session: Session, person_id: int, kind: EventKind, keep: str | Collection[str]) -> int:
    """A newer message says it all: the person's other Events of this kind that nobody has claimed are not sent.

    `keep`: key of the new one, or keys of its parts.
    """
    kept = [keep] if isinstance(keep, str) else list(keep)
    return _supersede(session, EVENTS.c.person_id == person_id, EVENTS.c.kind == str(kind), EVENTS.c.key.not_in(kept))


def supersede_many(session: Session, person_ids: Collection[int], kind: EventKind, keep_ids: Collection[int]) -> int:
    """As `supersede` for the recipients of a whole tick; `keep_ids` are the Events just raised."""
    newest = min(keep_ids, default=None)
    if newest is None:
        return 0
    return sum(
        _supersede(session, EVENTS.c.person_id.in_(some), EVENTS.c.kind == str(kind), EVENTS.c.id < newest)
        for some in batches(sorted(set(person_ids)), 1000)
    )


def withdraw_unclaimed(session: Session, keys: Collection[str]) -> int:
    """What was going to be said is no longer so: those of these Events that nobody has claimed are not sent."""
    return _supersede(session, EVENTS.c.key.in_(list(keys)))


def _supersede(session: Session, *which: ColumnElement[bool]) -> int:
    statement = update(EVENTS).where(EVENTS.c.state.in_(UNCLAIMED), *which).values(state=str(EventState.SUPERSEDED))
    return session.connection().execute(statement).rowcount


def relane(session: Session, *, person_id: int | None = None, unit_id: int | None = None) -> int:
    """Somebody linked, unlinked or reordered their chats: what has not been claimed goes by their best address now."""
    recipient = EVENTS.c.person_id == person_id if person_id is not None else EVENTS.c.unit_id == unit_id
    lane = lane_of(session, person_id, unit_id)
    statement = (
        update(EVENTS)
        .where(recipient, EVENTS.c.state.in_(UNCLAIMED), EVENTS.c.lane != lane)
        .values(lane=lane, state=str(EventState.WAITING), forwarded_until=None)
    )
    moved = session.connection().execute(statement).rowcount
    if moved:
        ring_after_commit(session)
    return moved
