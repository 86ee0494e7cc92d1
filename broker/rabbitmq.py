"""RabbitMQ through pika's AsyncioConnection. The only file that imports pika.

Per lane one durable quorum queue with a single active consumer; what nobody can read goes to one dead-letter queue.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import structlog
from pika import BasicProperties, URLParameters
from pika.adapters.asyncio_connection import AsyncioConnection
from pika.channel import Channel
from pika.exceptions import AMQPError

from broker.base import BrokerError
from broker.rabbitmq_confirms import OPEN_SECONDS, Publisher, sets
from broker.rabbitmq_lane import LaneSubscription

log = structlog.get_logger()

HEARTBEAT_SECONDS = 15
LONGEST_BACKOFF = 15.0
REATTACH_SECONDS = 1.0
DELIVERY_LIMIT = 1000  # a far safety net: it counts crashes against every prefetched message


class RabbitBroker:
    """One connection, kept open. `url`: amqp(s)://…; `?queue_prefix=` lets several installations share a broker."""

    carries = True

    def __init__(self, url: str) -> None:
        self._url, self.prefix = split_url(url)
        self._connection: AsyncioConnection | None = None
        self._publisher: Publisher | None = None
        self._open = asyncio.Event()
        self._closing = False
        self._keeper: asyncio.Task[None] | None = None
        self._subscriptions: list[LaneSubscription] = []
        self.last_error = ""

    async def start(self) -> None:
        """Connect in the background and stay connected."""
        if self._keeper is not None:
            return
        self._keeper = asyncio.create_task(self._keep_connected(), name="rabbitmq")

    async def ready(self, seconds: float) -> bool:
        """Whether the connection is open, waiting at most so long."""
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._open.wait(), seconds)
        return self._open.is_set()

    async def publish(self, lane: str, event_ids: Sequence[int]) -> set[int]:
        """Ids the broker confirmed; the others are for the caller to offer again."""
        publisher = self._publisher
        if publisher is None or not self._open.is_set():
            return set()
        try:
            return await publisher.publish(self.queue(lane), event_ids, lambda channel: self.declare(channel, lane))
        except (AMQPError, BrokerError, TimeoutError) as error:
            self._note("publish failed", error)
            return set()

    async def depth(self, lane: str) -> int:
        """Messages ready in the lane's queue. Raises BrokerError."""
        connection = self._connection
        if connection is None or not self._open.is_set():
            raise BrokerError("not connected")
        try:
            channel = await open_channel(connection)
            try:
                return await self.declare(channel, lane)
            finally:
                if channel.is_open:
                    channel.close()
        except (AMQPError, TimeoutError) as error:
            raise BrokerError(str(error)) from error

    async def subscribe(self, lane: str, prefetch: int) -> LaneSubscription:
        """Consume; the subscription outlives broken connections."""
        subscription = LaneSubscription(self.queue(lane), prefetch, lambda channel: self.declare(channel, lane))
        self._subscriptions.append(subscription)
        subscription.on_close = lambda: self._subscriptions.remove(subscription)
        if self._connection is not None and self._open.is_set():
            await self._attach(self._connection, subscription)
        return subscription

    async def close(self) -> None:
        """Close the connection and wait until it is."""
        self._closing = True
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        connection, self._connection = self._connection, None
        self._open.clear()
        for subscription in self._subscriptions:
            subscription.detach()
        if connection is not None:
            await _close(connection)

    def queue(self, lane: str) -> str:
        """Name of the lane's queue."""
        return f"{self.prefix}.lane.{lane}"

    @property
    def dead_queue(self) -> str:
        """Name of the dead-letter queue."""
        return f"{self.prefix}.dead"

    async def declare(self, channel: Channel, lane: str) -> int:
        """Declare the lane's queue and the dead-letter queue; returns the messages that wait in the lane."""
        await declare_queue(channel, self.dead_queue, {"x-queue-type": "quorum"})
        arguments: dict[str, Any] = {
            "x-queue-type": "quorum",
            "x-single-active-consumer": True,
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": self.dead_queue,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        return await declare_queue(channel, self.queue(lane), arguments)

    async def _keep_connected(self) -> None:
        tries = 0
        while not self._closing:
            lost: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
            try:
                self._connection = await connect(self._url, lost)
                self._publisher = await Publisher.open(await open_channel(self._connection), _properties)
                self._open.set()
                for subscription in list(self._subscriptions):
                    await self._attach(self._connection, subscription)
                tries = 0
                log.info("broker connected")
                self._note("broker connection lost", await lost)
            except (AMQPError, BrokerError, OSError, TimeoutError) as error:
                self._note("broker not reached", error)
                if self._connection is not None:
                    await _close(self._connection)
            self._open.clear()
            self._publisher, self._connection = None, None
            for subscription in self._subscriptions:
                subscription.detach()
            tries += 1
            await asyncio.sleep(min(LONGEST_BACKOFF, 0.1 * 2**tries) * random.uniform(0.5, 1.0))

    async def _attach(self, connection: AsyncioConnection, subscription: LaneSubscription) -> None:
        channel: Channel | None = None
        gone = False

        def closed(*_why: object) -> None:
            nonlocal gone
            if not gone:  # once for each channel: a later one may be at work when the broker's answer comes
                gone = True
                self._detached(connection, subscription)

        try:
            channel = await open_channel(connection)
            channel.add_on_close_callback(closed)
            await subscription.attach(channel)
        except (AMQPError, TimeoutError) as error:
            self._note("cannot consume", error)
            closed()
            # An answer that is only late would make this channel the queue's one active consumer, with nobody behind it.
            if channel is not None and channel.is_open:
                channel.close()

    def _detached(self, connection: AsyncioConnection, subscription: LaneSubscription) -> None:
        """The channel closed while the connection lives (its queue was deleted, say): consume anew after a moment."""
        subscription.detach()

        async def again() -> None:
            await asyncio.sleep(REATTACH_SECONDS)
            if connection is self._connection and connection.is_open and subscription in self._subscriptions:
                await self._attach(connection, subscription)

        if not self._closing and subscription in self._subscriptions:
            subscription.reattaching = asyncio.get_running_loop().create_task(again())

    def _note(self, what: str, error: object) -> None:
        self.last_error = type(error).__name__
        if not self._closing:
            log.warning(what, error=type(error).__name__)


async def connect(url: str, lost: "asyncio.Future[BaseException]") -> AsyncioConnection:
    """Open a connection; `lost` gets the reason when it closes. Raises AMQPError, OSError, TimeoutError."""
    parameters = URLParameters(url)
    parameters.heartbeat = HEARTBEAT_SECONDS
    parameters.socket_timeout = OPEN_SECONDS
    parameters.stack_timeout = OPEN_SECONDS
    parameters.connection_attempts = 1
    opened: asyncio.Future[AsyncioConnection] = asyncio.get_running_loop().create_future()
    AsyncioConnection(
        parameters,
        on_open_callback=lambda connection: None if opened.done() else opened.set_result(connection),
        on_open_error_callback=lambda _connection, error: _fail(opened, error),
        on_close_callback=lambda _connection, reason: None if lost.done() else lost.set_result(reason),
    )
    return await asyncio.wait_for(opened, OPEN_SECONDS * 2)


async def open_channel(connection: AsyncioConnection) -> Channel:
    """Open a channel. Raises AMQPError, TimeoutError."""
    opened: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()

    def closed(_channel: object, reason: BaseException) -> None:
        _fail(opened, reason)

    channel = connection.channel(on_open_callback=lambda ch: None if opened.done() else opened.set_result(ch))
    channel.add_on_close_callback(closed)
    return await asyncio.wait_for(opened, OPEN_SECONDS)


async def declare_queue(channel: Channel, queue: str, arguments: dict[str, Any]) -> int:
    """Declare a durable queue; returns its messages. Raises AMQPError when it exists with other arguments."""
    answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def closed(_channel: object, reason: BaseException) -> None:
        _fail(answer, reason)

    def declared(frame: Any) -> None:
        if not answer.done():
            answer.set_result(frame)

    channel.add_on_close_callback(closed)
    channel.queue_declare(queue, durable=True, arguments=arguments, callback=declared)
    frame = await asyncio.wait_for(answer, OPEN_SECONDS)
    return int(frame.method.message_count)


def split_url(url: str) -> tuple[str, str]:
    """The URL without our own parameter, and the prefix of our queues."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    prefix = query.pop("queue_prefix", "dondoc")
    return urlunsplit(parts._replace(query=urlencode(query))), prefix


def _properties(message_id: str) -> BasicProperties:
    return BasicProperties(content_type="application/json", delivery_mode=2, message_id=message_id)


async def _close(connection: AsyncioConnection) -> None:
    closed = asyncio.Event()
    connection.add_on_close_callback(sets(closed))
    with suppress(AMQPError, TimeoutError):
        if connection.is_open:
            connection.close()
        if not connection.is_closed:
            await asyncio.wait_for(closed.wait(), 5)


def _fail(future: "asyncio.Future[Any]", reason: BaseException | str) -> None:
    if not future.done():
        future.set_exception(reason if isinstance(reason, BaseException) else BrokerError(reason))
