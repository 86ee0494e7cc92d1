"""Our roles as processes, with the limits off and business time moved to the town's morning.

python -m benchmarks.road.parts (scheduler|forwarder|consumer) DATABASE BROKER VENDOR_PORT BUSINESS_OFFSET_SECONDS
"""

import asyncio
import dataclasses
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channels.base import Limits
from bot.channels.telegram import TelegramChannel
from bot.render import render
from broker.base import Broker
from broker.embedded import EmbeddedBroker
from broker.rabbitmq import RabbitBroker
from consumers import run as consumers_run
from consumers.pace import Pace
from models.clock import utcnow
from models.database import Database
from scheduler import forward
from scheduler.tick import tick_all

WINDOWS = forward.Windows(lane=3000, batch=1000)


def unlimited(limits: Limits) -> Limits:
    """The channel's limits with every pace off."""
    return dataclasses.replace(limits, per_second=100_000, seconds_per_chat=0.0, per_group_minute=None)


async def scheduler(database: Database, broker: Broker, now: Callable[[], datetime], stop: asyncio.Event) -> None:
    async def ticking() -> None:
        while not stop.is_set():
            await asyncio.to_thread(tick_all, database, now())
            await asyncio.sleep(0.05)

    await asyncio.gather(ticking(), forward.run(database, broker, now, stop, windows=WINDOWS))


async def main(role: str, database_url: str, broker_url: str, port: str, offset: str) -> None:
    database, stop = Database(database_url), asyncio.Event()

    def now() -> datetime:
        return utcnow() + timedelta(seconds=float(offset))

    broker = RabbitBroker(broker_url) if broker_url else EmbeddedBroker(database, now)
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await broker.start()
    await broker.ready(10)
    channel = TelegramChannel("7:bench", api_url=f"http://127.0.0.1:{port}")
    channel.limits = unlimited(channel.limits)  # type: ignore[misc]
    await channel.start()
    print("ready", flush=True)
    parts = []
    if role in ("scheduler", "all"):
        parts.append(scheduler(database, broker, now, stop))
    if role == "forwarder":
        parts.append(forward.run(database, broker, now, stop, windows=WINDOWS))
    if role in ("consumer", "all"):
        pace = Pace(group=100, at_once=300, prefetch=600)
        parts.append(consumers_run.run(database, broker, [channel], render, now, stop, pace=pace))
    await asyncio.gather(*parts)
    await channel.stop()
    await broker.close()
    database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
