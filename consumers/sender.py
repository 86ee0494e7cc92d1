"""The one sender of a lane: takes what the limiter releases, claims it, says it, and writes down what became of it."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog

from bot.channels.base import Channel, ChannelError
from broker.base import Broker, Parcel, Subscription
from consumers import metrics
from consumers.budget import Purse
from consumers.group import Group, Ready, Render
from consumers.limiter import Limiter
from consumers.pace import PACE, Pace, sleep
from consumers.policy import judge
from consumers.pulse import Pulse
from consumers.sender_lease import SenderLease
from consumers.settler import Settler
from consumers.vendor import Vendor
from models.claims import CLAIM_SECONDS, Begun, Start, begin, release_ended
from models.clock import monotonic
from models.database import Database
from models.events import DeliveryState
from models.settling import Outcome, Result
from models.takeover import last_minute
from models.trouble import describe

log = structlog.get_logger()

LEAST_LEFT = 45.0  # seconds of a claim below which no send begins
STANDBY_SECONDS = 1.0
LATER_SECONDS = 0.02
TROUBLE_SECONDS = 0.5
PREPARING = 2  # groups being claimed and put into words; what arrives meanwhile gathers for the next


class LaneSender:
    """`render` says an Event in words; `now` is business time."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        channel: Channel,
        render: Render,
        now: Callable[[], datetime],
        pace: Pace = PACE,
    ) -> None:
        self._database, self._broker, self._channel = database, broker, channel
        self._render, self._now, self._pace = render, now, pace
        self.lane = channel.lane
        self.lease = SenderLease(database, self.lane)
        self._vendor = Vendor(database, channel)
        self._limiter = Limiter(channel.limits)
        monthly = channel.limits.monthly
        self._purse = Purse(database, self.lane, monthly) if monthly is not None else None
        self._under_way = 0
        self._unreserved = 0
        self._preparing = 0
        self._sending, self._latency = metrics.sending.labels(self.lane), metrics.latency.labels(self.lane)
        self._alone: list[Parcel] = []
        self._later: list[Parcel] = []
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._pulse = Pulse(database, self.lane, channel.limits.per_second)

    async def run(self, stop: asyncio.Event) -> None:
        """Send while we hold the lane's lease, stand by while another does, until `stop`."""
        watcher = asyncio.create_task(self._watch(stop))
        try:
            while not stop.is_set():
                if not await self.lease.take():
                    await sleep(stop, STANDBY_SECONDS)
                    continue
                await self._vendor.remember()
                await self._database.write(release_ended, self.lane)
                await self._serve(stop)
        finally:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher
            await self.lease.give_back()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stopping.set()
        self._changed.set()

    async def _serve(self, stop: asyncio.Event) -> None:
        self._limiter.fill(await self._database.read(last_minute, self.lane, monotonic()))
        settler = Settler(self._database, self.lane, self.lease.holder, self._now, self._pulse.moved)
        try:
            while not stop.is_set() and self.lease.valid():
                await self._beat(settler)
                if self._vendor.circuit.is_open:
                    await self._vendor.probe(stop)
                    continue
                await self._consume(stop, settler)
        finally:
            await self._finish(settler)

    async def _consume(self, stop: asyncio.Event, settler: Settler) -> None:
        """Take and send until the circuit opens, the lease is lost or we are stopped."""
        subscription = await self._broker.subscribe(self.lane, self._pace.prefetch)
        settler.subscription = subscription
        try:
            while not stop.is_set() and self.lease.valid() and not self._vendor.circuit.is_open:
                await self._beat(settler)
                if self._alone:
                    await self._send_alone(settler)
                    continue
                room = self._room()
                if room <= 0:
                    await self._wait(self._limiter.until_free(monotonic()) or 0.05)
                    continue
                parcels = await self._take(subscription, room)
                if parcels:
                    self._start_group(parcels, settler)
        finally:
            await self._settle_down(settler)
            self._later.clear()
            self._alone.clear()
            settler.subscription = None
            await subscription.close()

    def _room(self) -> int:
        at_most = min(self._pace.group, self._pace.at_once - self._under_way) if self._preparing < PREPARING else 0
        return min(at_most, self._limiter.released(monotonic(), at_most + self._unreserved) - self._unreserved)

    async def _take(self, subscription: Subscription, room: int) -> list[Parcel]:
        if self._later:
            await asyncio.sleep(LATER_SECONDS)
            taken, self._later = self._later[:room], self._later[room:]
            return taken
        return await subscription.take(room, 0.5)

    async def _wait(self, seconds: float) -> None:
        self._changed.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), min(seconds, 1.0))

    async def _send_alone(self, settler: Settler) -> None:
        """Something in a group may have killed the process: these go one by one, with nothing beside them."""
        await self._settle_down(settler)
        if self._alone and not self._stopping.is_set():
            self._start_group([self._alone.pop(0)], settler)
            await self._settle_down(settler)

    async def _settle_down(self, settler: Settler) -> None:
        while self._tasks:
            await asyncio.wait(set(self._tasks), timeout=1.0)
            if self._stopping.is_set():
                break
        if not self._stopping.is_set():
            await settler.drained(self._pace.stop_seconds)

    def _start_group(self, parcels: Sequence[Parcel], settler: Settler) -> None:
        self._count(len(parcels))
        self._unreserved += len(parcels)
        self._preparing += 1
        self._spawn(self._group(parcels, settler))

    async def _group(self, parcels: Sequence[Parcel], settler: Settler) -> None:
        left = {parcel.event_id: parcel for parcel in parcels}  # what has not been handed on
        unreserved = len(parcels)
        group = Group(list(left))
        try:
            held_since = monotonic()
            holder = self.lease.holder
            claims = await self._database.work(group.take, self._database, self.lane, holder, self._now, self._render)
            self._alone += [left.pop(id) for id in claims.alone]
            self._later += [left.pop(id) for id in claims.later]
            await self._done(settler, [left.pop(id) for id in list(left) if id not in claims.claimed])
            if not claims.claimed:
                return
            for outcome in group.prepared.outcomes:
                settler.add(outcome, left.pop(outcome.event_id))
            allowed = group.prepared.ready
            if self._purse is not None:
                allowed, held = await self._purse.sort(allowed, self._now())
                for outcome in held:
                    settler.add(outcome, left.pop(outcome.event_id))
            self._limiter.lagged(monotonic() - held_since)
            slots = self._reserve(allowed, left, settler)
            self._unreserved -= unreserved
            unreserved = 0
            starts = [Start(one.event_id, one.address_id, one.chat_id) for one, _ in slots]
            begun = await self._database.write(begin, starts, self.lane, holder) if starts else {}
            for ready, at in slots:
                parcel, delivery = left.pop(ready.event_id), begun.get(ready.event_id)
                if delivery is None:  # no longer ours: its truth is with whoever claimed it
                    await self._done(settler, [parcel])
                    continue
                self._count(1)
                deadline = held_since + CLAIM_SECONDS - LEAST_LEFT
                self._spawn(self._send(ready, delivery, at, deadline, parcel, settler))
        except Exception as error:  # no database: nothing of these was sent, so they wait as if never taken
            log.warning("group not sent", lane=self.lane, count=len(left), error=describe(error))
            await asyncio.sleep(TROUBLE_SECONDS)
            claimed = group.claims.claimed if group.claims else {}
            self._later += [parcel for id, parcel in left.items() if id not in claimed]
            for id, parcel in [(id, parcel) for id, parcel in left.items() if id in claimed]:
                settler.add(Outcome(id, Result.PUT_BACK, reason="database", delay=TROUBLE_SECONDS), parcel)
        finally:
            self._unreserved -= unreserved
            self._preparing -= 1
            self._count(-len(parcels))

    async def _done(self, settler: Settler, parcels: Sequence[Parcel]) -> None:
        if settler.subscription is not None and parcels:
            await settler.subscription.done(parcels)

    def _reserve(
        self, readies: Sequence[Ready], parcels: dict[int, Parcel], settler: Settler
    ) -> list[tuple[Ready, float]]:
        """Give each message its slot; whoever would wait longer than 2 s for their chat goes back."""
        slots: list[tuple[Ready, float]] = []
        for ready in readies:
            now = monotonic()
            wait = self._limiter.reserve(now, ready.chat_id, ready.is_group)
            if wait is None:
                id, delay = ready.event_id, self._limiter.wait_for(now, ready.chat_id, ready.is_group)
                settler.add(Outcome(id, Result.PUT_BACK, reason="rate", delay=delay), parcels.pop(id))
            else:
                slots.append((ready, now + wait))
        return slots

    async def _send(
        self, ready: Ready, begun: Begun, at: float, deadline: float, parcel: Parcel, settler: Settler
    ) -> None:
        outcome = Outcome(ready.event_id, Result.UNKNOWN, begun.id, ready.address_id, ready.chat_id, "stopped")
        try:
            outcome = await self._outcome(ready, begun, at, deadline)
        finally:
            self._count(-1)
            settler.add(outcome, parcel)

    async def _outcome(self, ready: Ready, begun: Begun, at: float, deadline: float) -> Outcome:
        def of(result: Result, reason: str = "", delay: float = 0.0, **more: Any) -> Outcome:
            id, address, chat = ready.event_id, ready.address_id, ready.chat_id
            return Outcome(id, result, begun.id, address, chat, reason, delay, **more)

        if begun.earlier == DeliveryState.SENT:
            return of(Result.ALREADY)
        if begun.ambiguous_times >= 2:
            return of(Result.UNKNOWN, "expired")
        wait = at - monotonic()
        while not self._stopping.is_set() and (wait > 0 or (wait := self._limiter.start(monotonic())) > 0):
            await sleep(self._stopping, wait)
            wait = 0.0
        if self._stopping.is_set() or self._vendor.circuit.is_open or not self.lease.valid():
            return of(Result.PUT_BACK, "stopped")
        if monotonic() > deadline:
            return of(Result.PUT_BACK, "late")
        try:
            ids = await self._channel.send(ready.chat_id, ready.message, thread_id=ready.thread_id)
        except ChannelError as error:
            verdict = judge(error, begun.tries, random.random())
            if error.reason == "rate":
                metrics.rate_refusals.labels(self.lane).inc()
                self._limiter.refused(monotonic(), ready.chat_id, verdict.delay)
            await self._vendor.failed(ready.chat_id, error, verdict)
            return of(verdict.result, verdict.reason, verdict.delay, migrated_to=error.migrated_to)
        self._limiter.sent(monotonic(), ready.chat_id, ready.is_group)
        self._vendor.circuit.succeeded()
        self._latency.observe(max(0.0, (self._now() - ready.due_at).total_seconds()))
        said = ready.message
        return of(Result.SENT, vendor_ids=tuple(ids), text_hash=ready.text_hash, about=said.about, items=said.items)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _count(self, change: int) -> None:
        self._under_way += change
        self._sending.set(self._under_way)
        if change < 0:
            self._changed.set()
            self._pulse.moved()

    async def _beat(self, settler: Settler) -> None:
        await self._pulse.beat(busy=self._under_way > 0 or settler.busy, circuit=self._vendor.circuit.reason)

    async def _finish(self, settler: Settler) -> None:
        """Let what is being sent end, write it down, and go: within 10 s of being asked to."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=self._pace.stop_seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await settler.close(1.0)
        if self._stopping.is_set():
            await self._pulse.stop()
