"""The consuming end of one lane's queue. Channels are given in, so pika stays in one file."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog

from broker.base import Parcel
from broker.rabbitmq_confirms import sets

log = structlog.get_logger()
ANSWER_SECONDS = 10.0


class LaneSubscription:
    """Messages pushed by the broker, kept until somebody takes them. It outlives channels: each has its own epoch."""

    def __init__(self, queue: str, prefetch: int, declare: Callable[[Any], Awaitable[int]]) -> None:
        self.queue = queue
        self.on_close: Callable[[], object] = lambda: None
        self.reattaching: asyncio.Task[None] | None = None
        self._prefetch = prefetch
        self._declare = declare
        self._channel: Any = None
        self._epoch = 0
        self._waiting: deque[Parcel] = deque()
        self._arrived = asyncio.Event()
        self._closed = False

    async def attach(self, channel: Any) -> None:
        """Consume on this channel. Raises what the broker raises."""
        await self._declare(channel)
        self._epoch += 1
        self._channel = channel
        epoch = self._epoch
        channel.basic_qos(prefetch_count=self._prefetch)
        accepted = asyncio.Event()

        def received(_channel: Any, method: Any, _properties: Any, body: bytes) -> None:
            if epoch == self._epoch:
                self._receive(epoch, method.delivery_tag, body)
            elif channel.is_open:  # given up on too early: what it was given goes to whoever consumes now
                channel.close()

        def cancelled(_frame: object) -> None:  # the queue was deleted: begin anew
            channel.close()

        channel.add_on_cancel_callback(cancelled)
        channel.basic_consume(self.queue, received, callback=sets(accepted))
        await asyncio.wait_for(accepted.wait(), ANSWER_SECONDS)

    def detach(self) -> None:
        """The channel is gone: what was in hand comes again, on the next one."""
        self._channel = None
        self._epoch += 1
        self._waiting.clear()

    def _receive(self, epoch: int, tag: int, body: bytes) -> None:
        if epoch != self._epoch or self._closed:
            return
        try:
            self._waiting.append(Parcel(parse(body), tag, epoch))
        except (ValueError, KeyError, TypeError):
            log.error("message nobody can read", queue=self.queue, bytes=len(body))
            self._channel.basic_reject(tag, requeue=False)
            return
        self._arrived.set()

    async def take(self, at_most: int, wait: float) -> list[Parcel]:
        """Up to `at_most` messages, waiting at most `wait` seconds for the first."""
        if not self._waiting and wait > 0:
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), wait)
        return [self._waiting.popleft() for _ in range(min(at_most, len(self._waiting)))]

    async def done(self, parcels: Sequence[Parcel]) -> None:
        """Acknowledge. Parcels of an earlier channel were given back by the broker already."""
        for parcel in parcels:
            if parcel.epoch == self._epoch and self._channel is not None and self._channel.is_open:
                self._channel.basic_ack(parcel.tag)

    async def close(self) -> None:
        """Close the channel: unacknowledged messages return to the queue."""
        self._closed = True
        self.on_close()
        if self.reattaching is not None:
            self.reattaching.cancel()
        channel, self._channel = self._channel, None
        self._waiting.clear()
        if channel is not None and channel.is_open:
            closed = asyncio.Event()
            channel.add_on_close_callback(sets(closed))
            channel.close()
            with suppress(TimeoutError):
                await asyncio.wait_for(closed.wait(), ANSWER_SECONDS)


def parse(body: bytes) -> int:
    """The Event's id. Raises ValueError, KeyError or TypeError for a message that is none of ours."""
    event_id = json.loads(body)["event"]
    if not isinstance(event_id, int):
        raise ValueError("event is not a number")
    return event_id
