"""The outbox table as the queue: who consumes reads the rows itself. Nothing is published; one wiring line differs."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from broker.base import Parcel
from models.clock import monotonic
from models.database import Database
from models.forwarding import due, lapsed_in, next_due
from models.wakeups import Alarm

POLL_SECONDS = 1.0  # for what another process wrote, on a database that cannot call us


class EmbeddedBroker:
    """`now` gives business time, as the consumers' own."""

    carries = False

    def __init__(self, database: Database, now: Callable[[], datetime], poll_seconds: float = POLL_SECONDS) -> None:
        self._database = database
        self._now = now
        self._poll = poll_seconds

    async def start(self) -> None:
        """Nothing to connect to."""

    async def ready(self, seconds: float) -> bool:
        """Always."""
        return True

    async def publish(self, lane: str, event_ids: Sequence[int]) -> set[int]:
        """The rows stand in the outbox already."""
        return set(event_ids)

    async def depth(self, lane: str) -> int:
        """What is due in the lane now."""
        return len(await self._database.read(_due, lane, self._now(), 10_000))

    async def subscribe(self, lane: str, prefetch: int) -> "EmbeddedSubscription":
        """Read the lane's rows."""
        return EmbeddedSubscription(self._database, lane, self._now, self._poll)

    async def close(self) -> None:
        """Nothing to disconnect."""


class EmbeddedSubscription:
    """Offers each due row once until it is done; claiming decides whose it is."""

    def __init__(self, database: Database, lane: str, now: Callable[[], datetime], poll_seconds: float) -> None:
        self._database = database
        self._lane = lane
        self._now = now
        self._poll = poll_seconds
        self._alarm = Alarm()
        self._in_hand: set[int] = set()

    async def take(self, at_most: int, wait: float) -> list[Parcel]:
        """Due rows that are not in hand yet."""
        end = monotonic() + wait
        while True:
            found = await self._database.read(_due, self._lane, self._now(), at_most + len(self._in_hand))
            fresh = [id for id in found if id not in self._in_hand][:at_most]
            left = end - monotonic()
            if fresh or left <= 0:
                self._in_hand.update(fresh)
                return [Parcel(id) for id in fresh]
            await self._alarm.wait(min(left, self._poll, await self._until_next()))

    async def _until_next(self) -> float:
        """Seconds until the next row comes due. Business time may run ahead of real time, never faster."""
        instant = await self._database.read(next_due, self._now())
        return max(0.0, (instant - self._now()).total_seconds()) if instant else self._poll

    async def done(self, parcels: Sequence[Parcel]) -> None:
        """The rows' own state says what became of them."""
        self._in_hand.difference_update(parcel.event_id for parcel in parcels)

    async def close(self) -> None:
        """Forget what was in hand: it still stands in the table."""
        self._in_hand.clear()
        self._alarm.close()


def _due(session: Session, lane: str, now: datetime, at_most: int) -> list[int]:
    again = lapsed_in(session, lane, at_most)
    return again + due(session, lane, now, at_most)
