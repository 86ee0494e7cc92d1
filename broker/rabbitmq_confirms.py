"""Pipelined publisher confirms: a batch is written at once, its answers are matched by delivery tag as they come.

Channels are given in, so pika stays in one file.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from broker.base import BrokerError

CONFIRM_SECONDS = 20.0
OPEN_SECONDS = 10.0


class Publisher:
    """A channel in confirm mode and the messages on it that have not been answered."""

    def __init__(self, channel: Any, properties: Callable[[str], Any]) -> None:
        self._channel = channel
        self._properties = properties
        self._next_tag = 1
        self._unanswered: dict[int, tuple[Batch, int]] = {}
        self._returned: set[str] = set()
        self._declared: set[str] = set()

    @classmethod
    async def open(cls, channel: Any, properties: Callable[[str], Any]) -> "Publisher":
        """Put the channel into confirm mode. `properties` makes those of a message with this id. Raises TimeoutError."""
        publisher = cls(channel, properties)
        channel.add_on_close_callback(publisher._closed)
        channel.add_on_return_callback(publisher._on_return)
        accepted = asyncio.Event()
        channel.confirm_delivery(publisher._on_confirm, callback=sets(accepted))
        await asyncio.wait_for(accepted.wait(), OPEN_SECONDS)
        return publisher

    async def publish(
        self, queue: str, event_ids: Sequence[int], declare: Callable[[Any], Awaitable[object]]
    ) -> set[int]:
        """Write all, then wait for the answers; returns the confirmed ids. Raises BrokerError when the channel is closed."""
        if not self._channel.is_open:
            raise BrokerError("the publishing channel is closed")
        if queue not in self._declared:
            await declare(self._channel)
            self._declared.add(queue)
        batch = Batch(queue, len(event_ids))
        for event_id in event_ids:
            self._unanswered[self._next_tag] = (batch, event_id)
            self._next_tag += 1
            body = b'{"event": %d}' % event_id
            self._channel.basic_publish("", queue, body, self._properties(str(event_id)), mandatory=True)
        # An alarm of the broker (disk, memory) holds confirms back: what is not confirmed in time goes again.
        with suppress(TimeoutError):
            await asyncio.wait_for(batch.answered.wait(), CONFIRM_SECONDS)
        return set(batch.confirmed)

    def _on_return(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        """No such queue: the message will be acknowledged all the same, and was not taken."""
        self._returned.add(properties.message_id)

    def _on_confirm(self, frame: Any) -> None:
        """An ack or a nack of one message, or of all up to it."""
        taken = frame.method.NAME == "Basic.Ack"
        last: int = frame.method.delivery_tag
        tags = [last]
        if frame.method.multiple:
            tags = []
            for tag in self._unanswered:  # in the order of publishing
                if tag > last:
                    break
                tags.append(tag)
        for tag in tags:
            self._answer(tag, taken)

    def _answer(self, tag: int, taken: bool) -> None:
        batch, event_id = self._unanswered.pop(tag)
        if str(event_id) in self._returned:
            self._returned.discard(str(event_id))
            self._declared.discard(batch.queue)
            taken = False
        batch.answer(event_id, taken)

    def _closed(self, *_why: object) -> None:
        """Nothing more will be answered."""
        for tag in list(self._unanswered):
            self._answer(tag, taken=False)


class Batch:
    """Messages published together."""

    def __init__(self, queue: str, size: int) -> None:
        self.queue = queue
        self.confirmed: set[int] = set()
        self.answered = asyncio.Event()
        self._left = size
        if not size:
            self.answered.set()

    def answer(self, event_id: int, taken: bool) -> None:
        """The broker's word on one of them."""
        self._left -= 1
        if taken:
            self.confirmed.add(event_id)
        if not self._left:
            self.answered.set()


def sets(flag: asyncio.Event) -> Callable[..., None]:
    """A callback that sets the flag, whatever it is called with."""

    def callback(*_: object) -> None:
        flag.set()

    return callback
