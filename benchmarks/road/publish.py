"""Forwarding alone: leased, published into a quorum queue, confirmed and marked; beside dramatiq's confirmed publishing."""

import asyncio
import time

from benchmarks.road import town
from broker.rabbitmq import RabbitBroker
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from scheduler.forward import Windows, forward


def ours(database_url: str, broker_url: str, count: int) -> float:
    """Events a second, with the window raised to all of them."""
    town.clear(database_url)
    database = Database(database_url)
    with database.transaction() as session:
        raise_many(session, utcnow(), [NewEvent(f"p:{n}", EventKind.URGED, n + 1) for n in range(count)])

    async def run() -> float:
        broker = RabbitBroker(broker_url)
        await broker.start()
        await broker.ready(20)
        await broker.publish("telegram:0", [0])  # declares queues of another lane, and warms the channel
        began, done = time.perf_counter(), 0
        while done < count:
            forwarded, _ = await forward(database, broker, utcnow(), Windows(lane=count, batch=2000))
            done += forwarded
        took = time.perf_counter() - began
        await broker.close()
        return count / took

    try:
        return asyncio.run(run())
    finally:
        database.close()


def dramatiq(broker_url: str, count: int) -> float:
    """Messages a second of one process, confirms on; nothing is leased or marked."""
    from dramatiq import Message
    from dramatiq.brokers.rabbitmq import RabbitmqBroker

    broker = RabbitmqBroker(url=broker_url.split("?", maxsplit=1)[0], confirm_delivery=True)
    broker.declare_queue("bench_publish", ensure=True)
    began = time.perf_counter()
    for n in range(count):
        broker.enqueue(Message(queue_name="bench_publish", actor_name="nothing", args=(n,), kwargs={}, options={}))
    took = time.perf_counter() - began
    broker.flush("bench_publish")
    broker.close()
    return count / took
