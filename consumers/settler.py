"""Outcomes are written in groups: after 100 answers or 100 ms. Only then is the broker told that a message is done."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from broker.base import Parcel, Subscription
from consumers import metrics
from models.database import Database
from models.settling import Outcome, Result, settle
from models.trouble import describe

log = structlog.get_logger()

GROUP = 100
GROUP_SECONDS = 0.1
RETRY_SECONDS = 0.5


class Settler:
    """Collects the outcomes of one sender and writes them until each is written. `moved`: called after each group."""

    def __init__(
        self,
        database: Database,
        lane: str,
        claimant: str,
        now: Callable[[], datetime],
        moved: Callable[[], None],
    ) -> None:
        self._database = database
        self._lane = lane
        self._claimant = claimant
        self._now = now
        self._moved = moved
        self.subscription: Subscription | None = None
        self._waiting: list[tuple[Outcome, Parcel]] = []
        self._writing = 0
        self._full = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._task = asyncio.create_task(self._work(), name=f"settle {lane}")

    def add(self, outcome: Outcome, parcel: Parcel) -> None:
        """To be written with the next group."""
        self._waiting.append((outcome, parcel))
        self._idle.clear()
        if len(self._waiting) == 1 or len(self._waiting) >= GROUP:
            self._full.set()

    @property
    def busy(self) -> bool:
        """Whether something is not written yet."""
        return not self._idle.is_set()

    async def drained(self, seconds: float) -> bool:
        """Wait until everything is written; False when that takes longer than `seconds`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        return self._idle.is_set()

    async def close(self, seconds: float) -> None:
        """Write what is left, then stop."""
        await self.drained(seconds)
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _work(self) -> None:
        while True:
            await self._full.wait()
            self._full.clear()
            if len(self._waiting) < GROUP:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._full.wait(), GROUP_SECONDS)
            self._full.clear()
            while self._waiting:
                group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
                await self._write(group)
                if len(self._waiting) < GROUP:
                    break
            if self._waiting:
                self._full.set()
            else:
                self._idle.set()

    async def _write(self, group: list[tuple[Outcome, Parcel]]) -> None:
        outcomes = [outcome for outcome, _ in group]
        while True:
            try:
                await self._database.write(settle, self._now(), self._lane, self._claimant, outcomes)
                break
            except (OperationalError, InterfaceError, PoolTimeoutError) as error:
                # Known outcomes must not be lost: they are written when the database is back.
                log.warning("outcomes not written yet", lane=self._lane, count=len(group), error=describe(error))
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:
                if len(group) == 1:
                    # Its claim runs out, and the next claimant tells what is known then.
                    log.error("outcome cannot be written", event_id=outcomes[0].event_id, error=describe(error))
                    break
                for one in group:
                    await self._write([one])
                return
        self._moved()
        if self.subscription is not None:
            await self.subscription.done([parcel for _, parcel in group])
        for outcome in outcomes:
            metrics.settled.labels(self._lane, str(outcome.result)).inc()
            if outcome.result == Result.UNKNOWN:
                metrics.ambiguous.labels(self._lane).inc()
