"""The running scheduler: APScheduler calls the tick at its interval and at the next due instant, to the moment.

The only file that knows APScheduler. It holds a handful of jobs, never one per task: what is due lives in the
database, so jobs are kept in memory and a lost one loses nothing. The forwarder runs beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from broker.base import Broker
from models.aiming import aim_some
from models.business_clock import BusinessClock
from models.clock import utcnow
from models.database import Database
from models.heartbeat import beat, stop_beating
from models.retention import forget_some
from models.wakeups import Alarm
from scheduler import forward, periodic
from scheduler.tick import next_due, tick_all

log = structlog.get_logger()

TICK_SECONDS = 10
"""A pass with nothing due is a few indexed look-ups; it also finds what other processes planned without ringing."""

PERIODIC_SECONDS = 60
FORGET_SECONDS = 6 * 3600
FORGET_FIRST = timedelta(minutes=5)
FORGET_PAUSE_SECONDS = 0.2
"""Between two batches of what is forgotten: the work of the day goes first."""

SOONEST_SECONDS = 0.05
AFTER_TROUBLE_SECONDS = 2.0
LAST_PASS_SECONDS = 5.0
HEARTBEAT = "scheduler"
# Never skip a late job silently (the library's default gives up after one second), never pile up.
JOB_DEFAULTS: dict[str, Any] = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Jobs:
    """Tick and periodic duties of one process, on the running loop."""

    def __init__(self, database: Database, clock: BusinessClock) -> None:
        self._database = database
        self._clock = clock
        self.scheduler = AsyncIOScheduler(job_defaults=JOB_DEFAULTS)
        self._alarm = Alarm()
        self._ticking = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()
        clock.on_move(self._moved)

    def start(self) -> None:
        """Begin; the first pass runs at once, so that a restart catches up."""
        now = utcnow()
        for name, call, seconds in (
            ("tick", self.tick, TICK_SECONDS),
            ("periodic", self.periodic, PERIODIC_SECONDS),
        ):
            self.scheduler.add_job(
                self._run, args=(call,), trigger=IntervalTrigger(seconds=seconds), id=name, next_run_time=now
            )
        self.scheduler.add_job(
            self._run,
            args=(self.forget,),
            trigger=IntervalTrigger(seconds=FORGET_SECONDS),
            id="forget",
            next_run_time=now + FORGET_FIRST,
        )
        self.scheduler.start()

    async def _run(self, call: Callable[[], Awaitable[None]]) -> None:
        """Keep track of what is under way: APScheduler would cut it off at the end, with a traceback."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            await call()
        finally:
            self._under_way.discard(task)

    def _moved(self) -> None:
        self._alarm.set()
        self._run_in("periodic", 0)

    async def watch(self, stop: asyncio.Event) -> None:
        """Have the tick run when the earliest instant in the database comes; look again whenever something rings."""
        while not stop.is_set():
            await self._alarm.wait(TICK_SECONDS)
            await self._aim()

    async def tick(self) -> None:
        """One pass; trouble with the database is logged and tried again soon."""
        async with self._ticking:
            try:
                raised = await asyncio.to_thread(tick_all, self._database, self._clock.now())
                await self._database.write(beat, HEARTBEAT)
            except Exception as error:  # the next pass finds what is due, whatever it was
                log.warning("tick", error=type(error).__name__, text=str(error).splitlines()[:1])
                self._run_in("tick", AFTER_TROUBLE_SECONDS)
                return
        if raised:
            log.info("tick", raised=raised)
        await self._aim()

    async def periodic(self) -> None:
        """What is done now and then."""
        offset = self._clock.offset
        try:
            raised = await self._database.write(periodic.run_all, self._clock.now())
            while await self._database.write(aim_some, self._clock.now()):
                continue  # a ladder or the calendar has changed: batch by batch
        except Exception as error:  # as above
            log.warning("periodic", error=type(error).__name__, text=str(error).splitlines()[:1])
            return
        if raised:
            log.info("period reports", raised=raised)
        if self._clock.offset != offset:  # moved meanwhile: its own run was left out, since this one was under way
            self._run_in("periodic", SOONEST_SECONDS)

    async def forget(self) -> None:
        """Clear away what was said more than a year ago, a batch at a time."""
        place: int | None = 0
        try:
            while place is not None and self.scheduler.running:
                place = await self._database.write(forget_some, self._clock.now(), place)
                await asyncio.sleep(FORGET_PAUSE_SECONDS)
        except Exception as error:  # as above; what is left is found the next time
            log.warning("forget", error=type(error).__name__, text=str(error).splitlines()[:1])

    async def close(self) -> None:
        """Let the pass under way finish, then end."""
        self.scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_PASS_SECONDS)
        self.scheduler.shutdown(wait=False)
        self._alarm.close()
        await self._database.write(stop_beating, HEARTBEAT)

    async def _aim(self) -> None:
        try:
            due = await self._database.read(next_due, self._clock.now())
        except Exception as error:  # as above; the interval goes on
            log.warning("next due", error=type(error).__name__)
            return
        if due is not None:
            self._run_in("tick", max(SOONEST_SECONDS, (due - self._clock.now()).total_seconds()))

    def _run_in(self, name: str, seconds: float) -> None:
        job = self.scheduler.get_job(name)
        when = utcnow() + timedelta(seconds=min(seconds, TICK_SECONDS))
        planned: datetime | None = job.next_run_time if job else None
        if job and (planned is None or when < planned):
            job.modify(next_run_time=when)


async def run(database: Database, broker: Broker, clock: BusinessClock, stop: asyncio.Event) -> None:
    """The scheduler's role until `stop`: tick, periodic duties, and the forwarder."""
    jobs = Jobs(database, clock)
    jobs.start()
    watching = asyncio.create_task(jobs.watch(stop))
    try:
        await forward.run(database, broker, clock.now, stop)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await jobs.close()
