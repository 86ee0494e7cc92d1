"""Our roles with a fuse: each process kills itself (-9) at a named step. No hook for it stands in the product: the
step is wrapped here, in the benchmark's own process, after it was forked.

Steps: before/after every write by its verb (lease, mark_forwarded, claim, begin, settle …), before/after publish,
before a confirm is seen, before/after send, before/after ack.
"""

import asyncio
import os
import random
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.channels.base import Outgoing
from bot.channels.telegram import TelegramChannel
from broker.rabbitmq import RabbitBroker
from broker.rabbitmq_confirms import Publisher
from broker.rabbitmq_lane import LaneSubscription
from consumers import run as consumers_run
from consumers.pace import Pace
from models.clock import utcnow
from models.database import Database
from scheduler import forward

FORWARDER = ("lease", "mark_forwarded", "publish", "confirm")
CONSUMER = ("claim", "begin", "send", "settle", "ack", "acquire")


def say(session: Any, event: Any, address: Any, now: datetime) -> Outgoing:
    """The key is the text, so that the vendor's ledger names the event."""
    return Outgoing(event.key)


def arm(step: str, side: str, countdown: int) -> None:
    """Kill this process the `countdown`-th time the step is reached, before or after it."""
    left = countdown

    def burn(at: str) -> None:
        nonlocal left
        if at == side:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: type, name: str) -> None:
        original = getattr(owner, name)

        async def wrapped(*args: Any, **kwargs: Any) -> Any:
            burn("before")
            result = await original(*args, **kwargs)
            burn("after")
            return result

        setattr(owner, name, wrapped)

    write = Database.write

    async def writing(self: Database, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        mine = work.__name__ == step
        if mine:
            burn("before")
        result = await write(self, work, *args, **kwargs)
        if mine:
            burn("after")
        return result

    Database.write = writing  # type: ignore[method-assign, assignment]
    if step == "publish":
        around(RabbitBroker, "publish")
    elif step == "send":
        around(TelegramChannel, "send")
    elif step == "ack":
        around(LaneSubscription, "done")
    elif step == "confirm":
        seen = Publisher._on_confirm
        Publisher._on_confirm = lambda self, frame: (burn("before"), seen(self, frame), burn("after"))[1]  # type: ignore[method-assign, assignment]


async def live(role: str, database_url: str, broker_url: str, vendor_port: int) -> None:
    """One role until SIGTERM."""
    database, broker, stop = Database(database_url), RabbitBroker(broker_url), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await broker.start()
    if role == "forwarder":
        windows = forward.Windows(lane=300, batch=100, sweep_seconds=2.0)
        await forward.run(database, broker, utcnow, stop, windows=windows)
    else:
        channel = TelegramChannel("7:bench", api_url=f"http://127.0.0.1:{vendor_port}")
        from benchmarks.road.parts import unlimited

        channel.limits = unlimited(channel.limits)  # type: ignore[misc]
        await channel.start()
        pace = Pace(group=20, at_once=40, prefetch=60)
        await consumers_run.run(database, broker, [channel], say, utcnow, stop, pace=pace)
        await channel.stop()
    await broker.close()
    database.close()


def fork(role: str, database_url: str, broker_url: str, vendor_port: int, *, fused: bool = True) -> tuple[int, str]:
    """Start a role in a forked process; returns its pid and the step it will die at."""
    step = random.choice(FORWARDER if role == "forwarder" else CONSUMER)
    side, countdown = random.choice(("before", "after")), random.randint(1, 6)
    pid = os.fork()
    if pid:
        return pid, f"{side} {step}" if fused else ""
    code = 1
    try:
        os.setpgid(0, 0)
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        random.seed()
        if fused:
            arm(step, side, countdown)
        asyncio.run(live(role, database_url, broker_url, vendor_port))
        code = 0
    finally:
        os._exit(code)
