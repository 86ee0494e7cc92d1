"""Roles that die on purpose, for tests: python -m tests.consumers.fused steps|poison DATABASE_URL BROKER_URL LEDGER_FILE.

`steps`: forwarder and consumer are killed (-9) before and after each named step, one after the other. `poison`: an Event
whose rendering ends the process; whoever watches over the consumer starts it anew. Prints what was done as JSON.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.faults.role import Fuse, arm
from bot.channels.base import Outgoing
from broker.embedded import EmbeddedBroker
from broker.rabbitmq import RabbitBroker
from consumers.pace import Pace
from consumers.run import run
from models import forwarding
from models.clock import utcnow
from models.database import Database
from scheduler import forward
from tests import road
from tests.consumers.standin import FileLedger

STEPS = {
    "forwarder": ("lease_due", "publish", "confirm", "mark_forwarded"),
    "consumer": ("acquire", "claim", "begin", "send", "settle", "ack"),
}
LONGEST = 20.0
WINDOWS = forward.Windows(sweep_seconds=0.3)


class Nursery:
    """Forks roles from a process that has everything imported."""

    def __init__(self, url: str, broker_url: str, ledger: str) -> None:
        self.url, self.broker_url, self.ledger = url, broker_url, ledger
        self.database = Database(url)
        self.raised = 0
        with self.database.transaction() as session:
            self.persons = road.people(session, 3)
        # What nobody confirmed or settled goes again after seconds instead of minutes.
        forwarding.LEASE_SECONDS, forwarding.ROAD_SECONDS = 1.0, 6.0

    def fork(self, role: str, step: str = "", side: str = "") -> int:
        self.database.engine.dispose()
        pid = os.fork()
        if pid:
            return pid
        try:
            if step == "send":
                Fuse(side, 1).around(FileLedger, "send")
            elif step:
                arm(step, Fuse(side, 1))
            asyncio.run(self._live(role))
        finally:
            os._exit(3)

    async def _live(self, role: str) -> None:
        database, stop = Database(self.url), asyncio.Event()
        broker = RabbitBroker(self.broker_url) if self.broker_url else EmbeddedBroker(database, utcnow)
        await broker.start()
        if role == "forwarder":
            await forward.run(database, broker, utcnow, stop, windows=WINDOWS)
        else:
            channel = FileLedger(path=self.ledger)
            await run(database, broker, [channel], say_or_die, utcnow, stop, pace=Pace(group=4, at_once=4))

    def raise_each(self) -> None:
        """One more Event for everybody."""
        with self.database.transaction() as session:
            road.raise_for(session, self.persons, f"e{self.raised:03d}")
        self.raised += 1

    def settled(self) -> bool:
        return wait(road.all_done(self.database))


def say_or_die(session: Any, event: Any, address: Any, now: Any) -> Outgoing | None:
    """As road.say_key; `die` in the data is what a fault deep in a library would be."""
    if event.data.get("die"):
        os.kill(os.getpid(), signal.SIGSEGV)
    return road.say_key(session, event, address, now)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def wait(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + LONGEST
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def has_died(pid: int) -> Callable[[], bool]:
    return lambda: os.waitpid(pid, os.WNOHANG)[0] != 0


def steps(nursery: Nursery) -> dict[str, Any]:
    """Every step of both; the other one lives on meanwhile."""
    missed: list[str] = []
    for role, other in (("forwarder", "consumer"), ("consumer", "forwarder")):
        partner = nursery.fork(other)
        for step in STEPS[role]:
            for side in ("before", "after"):
                nursery.raise_each()
                pid = nursery.fork(role, step, side)
                if not wait(has_died(pid)):
                    missed.append(f"{side} {step}: not reached")
                    kill(pid)
                healthy = nursery.fork(role)
                if not nursery.settled():
                    missed.append(f"{side} {step}: not recovered")
                kill(healthy)
        kill(partner)
    return {"missed": missed, "raised": nursery.raised * len(nursery.persons)}


def poison(nursery: Nursery) -> dict[str, Any]:
    """Start the consumer anew as often as it dies."""
    nursery.raise_each()
    with nursery.database.transaction() as session:
        data = {"die": True}
        bad = road.NewEvent("bad", road.EventKind.URGED, person_id=nursery.persons[1], data=data)
        road.raise_many(session, utcnow(), [bad])
    nursery.raise_each()

    def done() -> bool:
        states = road.states(nursery.database)
        return all(state in ("settled", "failed") for key, state in states.items() if not key.startswith("alert"))

    starts = 0
    while not done() and starts < 12:
        pid, dead = nursery.fork("consumer"), False
        starts += 1
        end = time.monotonic() + LONGEST
        while not done() and not dead and time.monotonic() < end:
            dead = has_died(pid)()
            time.sleep(0.02)
        if not dead:
            kill(pid)
    return {"starts": starts}


if __name__ == "__main__":
    what = {"steps": steps, "poison": poison}[sys.argv[1]]
    sys.stdout.write(json.dumps(what(Nursery(*sys.argv[2:]))))
