"""The forwarder: leases what is due, publishes it, and marks what the broker has confirmed."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from broker.base import Broker, BrokerError
from models.clock import monotonic
from models.database import Database
from models.forwarding import (
    ROAD_SECONDS,
    Leased,
    Leases,
    lapsed,
    lease_again,
    lease_due,
    mark_forwarded,
    on_road,
    unlease,
)
from models.heartbeat import EVERY_SECONDS, beat, rates, stop_beating
from models.lanes import open_circuits
from models.road_upkeep import tidy
from models.trouble import describe
from models.wakeups import Alarm, listen
from scheduler.marks import Marks

log = structlog.get_logger()
LEAST_WINDOW = 20
UNHEARD_OF = 25.0
"""Messages a second of a lane whose sender has not said yet how many it sends: Telegram's share."""
BATCHES_UNDER_WAY = 8
LAST_CONFIRMS_SECONDS = 5.0
LONGEST_SWEEP = 60.0


@dataclass(frozen=True, slots=True)
class Windows:
    """How much is under way. `lane`: most unsettled messages of a lane on the road; `batch`: published at once."""

    lane: int = 1000
    lane_seconds: float = 4.0
    """No more than the lane's sender sends in so long: the queue keeps its order, so an urgent one waits behind all of it."""
    batch: int = 1000
    poll_seconds: float = 1.0
    crowded_seconds: float = 0.1  # more is due than the road may hold: look again this soon
    ahead_seconds: float = 0.05
    """What comes due so soon is leased together, and published each at its instant."""
    early_seconds: float = 0.02
    """We look so long before the next instant: what a lease takes is not waited for."""
    sweep_seconds: float = 5.0


WINDOWS = Windows()


class Road:
    """Leases batches and has each published beside the others: leasing the next need not wait for the broker's disk."""

    def __init__(self, database: Database, broker: Broker, windows: Windows) -> None:
        self.database = database
        self.broker = broker
        self.windows = windows
        self._marks = Marks(database)
        self._under_way: set[asyncio.Task[None]] = set()
        self._refused = False
        self._rates: dict[str, float] | None = None

    async def learn(self) -> None:
        """Take note of how fast each lane's sender may send."""
        self._rates = await self.database.read(rates)

    def window(self, lane: str) -> int:
        """How many messages of the lane may be on the road."""
        rate = (self._rates or {}).get(lane, UNHEARD_OF)
        return min(self.windows.lane, max(LEAST_WINDOW, int(rate * self.windows.lane_seconds)))

    async def ready(self) -> bool:
        """Whether the broker takes more now. After it left something it is let finish what it has."""
        while self._under_way and (self._refused or len(self._under_way) >= BATCHES_UNDER_WAY):
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        refused, self._refused = self._refused, False
        return not refused and await self.broker.ready(0)

    async def lease_due(self, now: Callable[[], datetime]) -> Leases:
        """Lease a batch of each lane that has something due (or will in a moment), and begin to publish them."""
        if self._rates is None:
            await self.learn()
        until = now() + timedelta(seconds=self.windows.ahead_seconds)
        found = await self.database.write(lease_due, until, self.window, self.windows.batch)
        for lane, leased in found.by_lane.items():
            if leased:
                task = asyncio.create_task(self._publish_in_time(lane, leased, now()))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
        if found.by_lane.keys() - (self._rates or {}).keys():
            await self.learn()
        return found

    async def _publish_in_time(self, lane: str, leased: Sequence[Leased], now: datetime) -> None:
        """Each at its instant: a lease that looked ahead serves several."""
        batches: dict[float, list[int]] = {}
        for one in leased:
            wait = (one.available_at - now).total_seconds()
            # at most as long as we looked ahead, if the clock is not set back meanwhile
            batches.setdefault(max(0.0, min(wait, self.windows.ahead_seconds)), []).append(one.id)
        await asyncio.gather(*(self._publish(lane, ids, wait) for wait, ids in batches.items()))

    async def _publish(self, lane: str, ids: list[int], wait: float) -> None:
        if wait > 0:
            await asyncio.sleep(wait)
        try:
            confirmed = await publish(self.database, self.broker, lane, ids)
            self._marks.add(confirmed)
            self._refused |= len(confirmed) < len(ids)
        except Exception as error:  # their lease runs out, and they go once more
            self._refused = True
            log.warning("not published", lane=lane, count=len(ids), error=describe(error))

    async def close(self) -> None:
        """Wait for what is being published, and for the last marks."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_CONFIRMS_SECONDS)
        await self._marks.close()


class Sweeps:
    """What is looked after every few seconds, beside the forwarding: an event that comes due need not wait for it."""

    def __init__(self, road: Road, now: Callable[[], datetime]) -> None:
        self._road, self._now = road, now
        self._began = float("-inf")
        self._task: asyncio.Task[None] | None = None

    @property
    def hang(self) -> bool:
        """Whether one has not come to its end for so long that the forwarder must not count as at work."""
        return self._task is not None and not self._task.done() and monotonic() - self._began > LONGEST_SWEEP

    def begin_if_time(self) -> None:
        """Begin one, unless it is too early or the last is not at its end."""
        ended = self._task is None or self._task.done()
        if ended and monotonic() - self._began >= self._road.windows.sweep_seconds:
            self._began = monotonic()
            self._task = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Let the last one end."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=LAST_CONFIRMS_SECONDS)
            self._task.cancel()

    async def _sweep(self) -> None:
        road = self._road
        try:
            await road.learn()
            await forward_again(road.database, road.broker, road.windows)
            await road.database.write(tidy, self._now())
        except Exception as error:  # a server went away: the next sweep finds what is left
            log.warning("forwarder: not swept", error=describe(error))


async def run(
    database: Database,
    broker: Broker,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    *,
    windows: Windows = WINDOWS,
    name: str = "forwarder",
) -> None:
    """Forward until `stop`. `now`: business time. Trouble with a server is logged and tried again, never fatal."""
    alarm = Alarm()
    stopping = asyncio.create_task(_ring_at(stop, alarm))
    listener = asyncio.create_task(listen(database, stop))
    road = Road(database, broker, windows)
    sweeps = Sweeps(road, now)
    beaten = float("-inf")
    try:
        while not stop.is_set():
            look = monotonic() + windows.poll_seconds
            try:
                sweeps.begin_if_time()
                if broker.carries:
                    wait = await _forward_until_dry(road, now, stop)
                    look = monotonic() + wait
                if monotonic() - beaten >= EVERY_SECONDS and not sweeps.hang:
                    beaten = monotonic()
                    await database.write(beat, name)
            except Exception as error:  # a server went away: whatever it was, the next pass finds what is due
                log.warning("forwarder", error=describe(error))
                look = monotonic() + windows.poll_seconds
            await alarm.wait(max(0.0, look - monotonic()))
    finally:
        await road.close()  # first: what the broker has confirmed is marked even where a sweep hangs
        await sweeps.close()
        for task in (stopping, listener):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        alarm.close()
        with suppress(Exception):  # the heartbeat's row is only forgotten a little later
            await database.write(stop_beating, name)


async def _ring_at(stop: asyncio.Event, alarm: Alarm) -> None:
    await stop.wait()
    alarm.set()


async def _forward_until_dry(road: Road, now: Callable[[], datetime], stop: asyncio.Event) -> float:
    """Publish as long as something can be; returns the seconds to wait before looking again without being rung."""
    windows = road.windows
    while not stop.is_set():
        if not await road.ready():
            return windows.poll_seconds
        found = await road.lease_due(now)
        if windows.batch in map(len, found.by_lane.values()):
            continue
        until_next = windows.poll_seconds
        if found.next_due:
            until_next = (found.next_due - now()).total_seconds() - windows.early_seconds
        # What is due and was not leased is held up by something on the road, which may be gone in a moment.
        soon = windows.crowded_seconds if found.by_lane else until_next
        return max(0.001, min(windows.poll_seconds, until_next, soon))
    return 0.0


async def forward(database: Database, broker: Broker, now: datetime, windows: Windows = WINDOWS) -> tuple[int, bool]:
    """One pass over all lanes, to its end: how many the broker confirmed, and whether anything was due."""
    found = await database.write(lease_due, now, lambda _lane: windows.lane, windows.batch)
    counts = await asyncio.gather(*(_forward_lane(database, broker, *one) for one in found.by_lane.items()))
    return sum(counts), bool(found.by_lane)


async def _forward_lane(database: Database, broker: Broker, lane: str, leased: list[Leased]) -> int:
    confirmed = await publish(database, broker, lane, [one.id for one in leased]) if leased else set[int]()
    if confirmed:
        await database.write(mark_forwarded, confirmed)
    return len(confirmed)


async def publish(database: Database, broker: Broker, lane: str, ids: list[int]) -> set[int]:
    """Publish what was leased. What the broker did not confirm waits again at once."""
    confirmed = await broker.publish(lane, ids)
    if len(confirmed) < len(ids):
        await database.write(unlease, [id for id in ids if id not in confirmed])
        log.warning("broker did not take all", lane=lane, offered=len(ids), taken=len(confirmed))
    return confirmed


async def forward_again(database: Database, broker: Broker, windows: Windows = WINDOWS) -> int:
    """Publish once more what was not settled in three minutes, unless its message demonstrably waits in the queue.

    A slow lane would otherwise fill its queue with copies; a wiped broker has an empty one, and gets everything anew.
    """
    if not broker.carries or not await broker.ready(0):
        return 0
    published = 0
    shut = await database.read(open_circuits)
    for lane, (forwarded, abandoned) in (await database.read(lapsed)).items():
        if lane in shut:
            continue
        try:
            waits_there = await broker.depth(lane) >= await database.read(on_road, lane)
        except BrokerError as error:
            log.warning("queue cannot be looked at", lane=lane, error=str(error))
            continue
        if waits_there:
            await database.write(lease_again, forwarded, ROAD_SECONDS)
        ids = abandoned if waits_there else [*forwarded, *abandoned]
        for start in range(0, len(ids), windows.batch):
            leased = await database.write(lease_again, ids[start : start + windows.batch])
            confirmed = await broker.publish(lane, leased)
            await database.write(mark_forwarded, confirmed)
            published += len(confirmed)
        log.info("forwarded again", lane=lane, count=published)
    return published
