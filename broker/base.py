"""How Events travel from the outbox to the consumers. A message is `{"event": id}`: the truth stays in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message in a consumer's hands. `tag` and `epoch` are the broker's own."""

    event_id: int
    tag: int = 0
    epoch: int = 0


class BrokerError(Exception):
    """The broker cannot be reached, or does not accept what we ask of it."""


class Subscription(Protocol):
    """The messages of one lane."""

    async def take(self, at_most: int, wait: float) -> list[Parcel]:
        """Up to `at_most` messages; waits at most `wait` seconds for the first. [] when there is none or no connection."""
        ...

    async def done(self, parcels: Sequence[Parcel]) -> None:
        """These need not come again. What is not done comes again when the subscription ends or the connection breaks."""
        ...

    async def close(self) -> None:
        """Receive no more; what is not done goes back to the lane."""
        ...


class Broker(Protocol):
    """The road. `carries` is False where consumers read the outbox itself and nothing has to be published."""

    carries: bool

    async def start(self) -> None:
        """Begin to connect and keep connected; returns at once."""
        ...

    async def ready(self, seconds: float) -> bool:
        """Whether messages can be published and consumed, waiting at most so long for it."""
        ...

    async def publish(self, lane: str, event_ids: Sequence[int]) -> set[int]:
        """Publish to the lane and return the ids the broker has confirmed. Never raises for a broker that is away."""
        ...

    async def depth(self, lane: str) -> int:
        """Messages of the lane that nobody has in hand. Raises BrokerError."""
        ...

    async def subscribe(self, lane: str, prefetch: int) -> Subscription:
        """Consume the lane, at most `prefetch` messages in hand. Of several subscribers one is served at a time."""
        ...

    async def close(self) -> None:
        """Disconnect."""
        ...
