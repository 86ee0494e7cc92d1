"""One role of the product in a forked process with a fuse: it kills itself (-9) at a named step.

The role is what `dondoc scheduler`, `consumer` and `bot` run; no hook for the fuse stands in the product, the step is
wrapped here after the fork. Messages carry `‹event|milliseconds|assignments›` before their words, so that the vendor's
ledger names the Event and the instant from which on its words were read. The system clock is stepped by `Skew`.
"""

import asyncio
import ctypes
import mmap
import os
import random
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import apscheduler.executors.base
import apscheduler.schedulers.base
from sqlalchemy import Engine, event
from sqlmodel import Session

from bot import inbox
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from broker.rabbitmq import RabbitBroker
from broker.rabbitmq_confirms import Publisher
from broker.rabbitmq_lane import LaneSubscription
from consumers import group
from dondoc import logs, roles
from dondoc.settings import Settings
from dondoc.wiring import build
from models import clock
from models.database import Database
from scheduler import tick

TICK = ("open_periods", "plan", "raise_digests")
STEPS = {
    "scheduler": (*TICK, "lease_due", "publish", "confirm", "mark_forwarded", "commit"),
    "consumer": ("acquire", "claim", "begin", "send", "settle", "ack", "commit"),
    "bot": ("handle", "_act", "send", "answered", "commit"),
}
NAMES = {"scheduler": ("scheduler", "forwarder"), "consumer": ("consumer",), "bot": ("bot",)}
PARENT_DIED = 1  # PR_SET_PDEATHSIG: no role outlives a run that is broken off
MARK = "‹{event}|{read}|{items}›\n"


class Skew:
    """Seconds by which the machine's clock is wrong, shared with every process forked from here."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 8)

    @property
    def seconds(self) -> float:
        return struct.unpack("d", self._memory[:8])[0]

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        self._memory[:8] = struct.pack("d", seconds)

    def install(self) -> None:
        """Have this process read the wrong clock."""
        skew = self

        class Stepped(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + timedelta(seconds=skew.seconds)

        for module in (clock, apscheduler.schedulers.base, apscheduler.executors.base):
            module.datetime = Stepped  # type: ignore[attr-defined]


def fork(
    role: str, settings: Settings, skew: Skew, log: Path, *, fused: bool = True, marked: bool = True
) -> tuple[int, str]:
    """Start a role in a forked process; returns its pid and the step it will die at."""
    step, side = random.choice(STEPS[role]), random.choice(("before", "after"))
    countdown = random.randint(1, 20 if step == "commit" else 4)
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid, f"{side} {step}" if fused else ""
    try:
        os.setpgid(0, 0)
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGKILL)
        written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(written, 1)
        os.dup2(written, 2)
        random.seed()
        skew.install()
        if marked:
            mark_messages()
        if fused:
            arm(step, Fuse(side, countdown))
        logs.set_up("WARNING")
        asyncio.run(roles.work(build(settings), [getattr(roles, role)], names=NAMES[role]))
    except BaseException as error:
        print("role ended:", role, repr(error)[:500], flush=True)
    finally:
        os._exit(0)


class Fuse:
    """Kills this process the `countdown`-th time its step is reached, before or after it."""

    def __init__(self, side: str, countdown: int) -> None:
        self._side, self._left = side, countdown

    def burn(self, at: str) -> None:
        if at == self._side:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        async def later(*args: Any, **kwargs: Any) -> Any:
            self.burn("before")
            result = await original(*args, **kwargs)
            self.burn("after")
            return result

        def at_once(*args: Any, **kwargs: Any) -> Any:
            self.burn("before")
            result = original(*args, **kwargs)
            self.burn("after")
            return result

        setattr(owner, name, later if asyncio.iscoroutinefunction(original) else at_once)

    def writes(self, name: str) -> None:
        """The verb of this name as the database is asked to carry it out: before it begins, after its commit."""
        do = Database.do

        def doing(database: Database, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            mine = work.__name__ == name
            if mine:
                self.burn("before")
            result = do(database, work, *args, **kwargs)
            if mine:
                self.burn("after")
            return result

        Database.do = doing  # type: ignore[method-assign, assignment]

    def commits(self) -> None:
        """Any transaction, a moment before and a moment after its commit."""
        event.listen(Engine, "commit", lambda _connection: self.burn("before"))
        event.listen(Session, "after_commit", lambda _session: self.burn("after"))


def arm(step: str, fuse: Fuse) -> None:
    """Set the fuse at the step of this name."""
    if step in TICK:
        fuse.around(tick, step)
    elif step == "commit":
        fuse.commits()
    elif step == "publish":
        fuse.around(RabbitBroker, "publish")
    elif step == "confirm":
        fuse.around(Publisher, "_on_confirm")
    elif step == "ack":
        fuse.around(LaneSubscription, "done")
    elif step == "send":
        fuse.around(TelegramChannel, "send")
        fuse.around(ZaloChannel, "send")
    elif step == "handle":
        fuse.around(inbox, "handle")
    else:
        fuse.writes(step)


def mark_messages() -> None:
    """Put the Event's id, the instant its truth was read and its assignments before the words."""
    reading = threading.local()
    prepare, render = group.prepare, roles.render

    def preparing(*args: Any) -> Any:
        reading.began = time.time()
        return prepare(*args)

    def rendering(session: Session, told: Any, address: Any, now: datetime) -> Any:
        message = render(session, told, address, now)
        if message is None:
            return None
        items = ",".join(map(str, message.items))
        mark = MARK.format(event=told.id, read=int(reading.began * 1000), items=items)
        return replace(message, text=mark + message.text)

    group.prepare = preparing  # type: ignore[assignment]
    roles.render = rendering  # type: ignore[assignment]
