"""Claimed Events made ready: who they go to and what they say now. One reading session per group."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session

from bot import known
from bot.channels.base import Outgoing
from models.among import load
from models.claims import FAILED_AFTER, Claims, claim
from models.database import Database
from models.events import Event
from models.lanes import Place, places
from models.settling import Outcome, Result, ruled_out
from models.trouble import describe

log = structlog.get_logger()

Render = Callable[[Session, Event, Place, datetime], Outgoing | None]
BROKEN_REST = 10.0


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that only has to be sent."""

    event_id: int
    address_id: int
    chat_id: str
    thread_id: str
    is_group: bool
    message: Outgoing
    due_at: datetime
    kind: str
    priority: int

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, hex: what was said, without keeping the words."""
        return hashlib.sha256(self.message.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A group's messages, and the Events that are not sent."""

    ready: list[Ready]
    outcomes: list[Outcome]


class Group:
    """Messages of a lane being taken. `claims` is None until it is committed, whatever happens after that."""

    def __init__(self, ids: Collection[int]) -> None:
        self.ids = ids
        self.claims: Claims | None = None
        self.prepared = Prepared([], [])

    def take(self, database: Database, lane: str, holder: str, now: Callable[[], datetime], render: Render) -> Claims:
        """Claim them, and put what was claimed into words: on one thread, in two sessions.

        The claim is committed first: one whose words kill the process is counted and ends as poison.
        """
        self.claims = claims = database.do(claim, self.ids, lane, holder, now())
        if claims.claimed:
            with database.reading() as session:
                self.prepared = prepare(session, claims, lane, now(), render)
        return claims


def prepare(session: Session, claims: Claims, lane: str, now: datetime, render: Render) -> Prepared:
    """Render every claimed Event from what is true now.

    An Event is claimed when its instant has come: a clock that says less is behind, and is not believed.
    """
    claimed = claims.claimed
    events = sorted(
        load(session, Event, claimed),
        key=lambda event: (event.priority, event.due_at, event.id or 0),
    )
    now = max((now, *(event.available_at for event in events)))
    usable = places(session, [e.person_id for e in events if e.person_id], [e.unit_id for e in events if e.unit_id])
    refused = ruled_out(session, claims.tried) if claims.tried else {}
    prepared = Prepared([], [])
    chosen: list[tuple[Event, Place]] = []
    for event in events:
        id = event.id or 0
        mine = [p for p in usable.get((event.person_id, event.unit_id), []) if p.lane == lane]
        place = next((place for place in mine if place.id not in refused.get(id, ())), None)
        if claimed[id] >= FAILED_AFTER:
            prepared.outcomes.append(Outcome(id, Result.FAILED, reason="poison"))
        elif place is None:
            prepared.outcomes.append(Outcome(id, Result.REFUSED, reason="no_address"))
        else:
            chosen.append((event, place))
    try:
        known.load(session, now, [event for event, _ in chosen])
    except Exception as error:  # one odd Event: each is rendered by itself then, and only the odd one fails
        log.warning("group not loaded together", error=describe(error))
    for event, place in chosen:
        _say(session, event, place, now, render, claimed[event.id or 0], prepared)
    return prepared


def _say(
    session: Session,
    event: Event,
    place: Place,
    now: datetime,
    render: Render,
    earlier: int,
    prepared: Prepared,
) -> None:
    id = event.id or 0
    try:
        message = render(session, event, place, now)
    except Exception as error:  # one Event that cannot be put into words must not hold up the others
        log.error("event cannot be rendered", event_id=id, kind=event.kind, error=describe(error))
        delay = BROKEN_REST * 2**earlier
        prepared.outcomes.append(Outcome(id, Result.BROKEN, reason=type(error).__name__, delay=delay))
        return
    if message is None:
        prepared.outcomes.append(Outcome(id, Result.SKIPPED, address_id=place.id, chat_id=place.chat_id))
        return
    ready = Ready(
        id, place.id, place.chat_id, place.thread_id, place.is_group, message, event.due_at, event.kind, event.priority
    )
    prepared.ready.append(ready)
