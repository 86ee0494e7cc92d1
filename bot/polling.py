"""Long polling: one poller per token at a time, others stand by; the offset advances after the effects are committed.

python-telegram-bot's own Updater advances first: killed in between, a /done would be gone. Here a request confirms to the
vendor only what has been handled; `Seen` makes handling again harmless. While one update takes long (a scanned letter) the
vendor is asked again from that update on, and what others write meanwhile is answered at once; after two seconds it is
written down instead (`bot.keeping`), since a vendor hands out no more than a hundred behind what is unconfirmed.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from bot import keeping
from bot.channels.base import Channel, ChannelError, Incoming
from bot.inhand import InHand
from models.clock import monotonic, utcnow
from models.database import Database
from models.heartbeat import EVERY_SECONDS, beat, stop_beating
from models.leases import acquire, new_holder, release
from models.trouble import describe

log = structlog.get_logger()

Handle = Callable[[Channel, Incoming], Awaitable[object]]
Updates = AsyncGenerator[tuple[str, list[Incoming]]]
LEASE_SECONDS = 15.0
RENEW_SECONDS = 5.0
STANDBY_SECONDS = 2.0
RESTART_SECONDS = 2.0
LONGEST_PAUSE = 30.0
STUCK_SECONDS = 300.0
"""Without an answer of the vendor: longer than the longest poll and pause."""
LONGEST_UPDATE_SECONDS = 900.0
"""Longer than the longest scan may take to be read (letters.formats.limits)."""
PAUSES = {"token": 30.0, "conflict": 3.0}
PATIENCE_SECONDS = 0.3
"""How long new messages wait for the ones before them to be done; after that the vendor is asked from the first undone one."""
KEEP_AFTER_SECONDS = 2.0
"""What is not done by then is written down (`bot.keeping`): the vendor hands out a hundred updates from the first that is
neither, and the next one, whoever it is from, would wait."""
FINISH_SECONDS = 4.0
"""What is under way at the end may finish for so long; what takes longer was not confirmed and comes again."""


class Poller:
    """Polls one channel while it holds the token's lease."""

    def __init__(self, database: Database, channel: Channel, handle: Handle) -> None:
        self._database = database
        self._channel = channel
        self._handle = handle
        self._holder = new_holder()
        self._lease = f"poll:{channel.lane}"
        self._held_until = 0.0
        self._active = False
        self._progress = 0.0
        self._in_hand = InHand(self._handle_until_done, self._let_go)

    async def run(self, stop: asyncio.Event) -> None:
        """Stand by or poll until `stop` is set; then finish the batch in hand and give the lease back."""
        name = f"bot:{self._channel.lane}:{self._holder}"
        beating = asyncio.create_task(keep_beating(self._database, name, stop, self._is_working))
        try:
            while not stop.is_set():
                try:
                    await self._poll_or_stand_by(stop)
                except Exception as error:  # the database went away, or the vendor said what nobody can read
                    log.warning("polling starts anew", lane=self._channel.lane, error=describe(error))
                    await _pause(stop, RESTART_SECONDS)
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
            with suppress(Exception):  # the database is away: then the lease ends by itself
                await self._database.write(release, self._lease, self._holder)

    async def finish(self) -> None:
        """Only what a poller before us left: for a bot that is called by webhook now. Raises what the database raises."""
        if await self._renew():
            await self._take_up()
            await self._in_hand.settle(LONGEST_UPDATE_SECONDS, kept=True)

    async def _poll_or_stand_by(self, stop: asyncio.Event) -> None:
        if not await self._renew():
            self._active = False
            await _pause(stop, STANDBY_SECONDS)
            return
        if not self._active:
            self._active, self._progress = True, monotonic()
        await self._poll_while_held(stop)

    def _is_working(self) -> bool:
        asked = monotonic() - self._progress < STUCK_SECONDS
        return self._active and asked and self._in_hand.oldest_seconds() < LONGEST_UPDATE_SECONDS

    async def _poll_while_held(self, stop: asyncio.Event) -> None:
        log.info("polling", lane=self._channel.lane)
        lost = asyncio.Event()
        ending: list[asyncio.Task[Any]] = [asyncio.create_task(stop.wait()), asyncio.create_task(lost.wait())]
        renewing = asyncio.create_task(self._keep_lease(lost))
        patience = FINISH_SECONDS
        try:
            await self._take_up()
            await self._ask_until(ending, stop)
        except asyncio.CancelledError:
            patience = 0
            raise
        finally:
            if self._undone or stop.is_set() or not patience:
                await self._in_hand.stop(patience)
            # else this vendor forgets what it handed out (Zalo): what is in hand is done here, lease or no lease
            for task in (*ending, renewing):
                task.cancel()
            await asyncio.gather(*ending, renewing, return_exceptions=True)

    async def _ask_until(self, ending: list[asyncio.Task[Any]], stop: asyncio.Event) -> None:
        """Ask and take in, until one of `ending` is done."""
        failures, position = 0, ""
        updates = self._channel.updates(position)
        while not any(task.done() for task in ending):
            if self._in_hand.is_full:
                await self._in_hand.settle(PATIENCE_SECONDS)
                continue
            asking = asyncio.create_task(_next(updates))
            try:
                await asyncio.wait([asking, *ending], return_when=asyncio.FIRST_COMPLETED)
            finally:
                await _given_up(asking)
            if asking.cancelled():
                return
            self._progress = monotonic()
            try:
                position, batch = asking.result()
            except ChannelError as error:
                failures += 1
                log.warning("polling failed", lane=self._channel.lane, reason=error.reason, failures=failures)
                await _pause(stop, pause_after(error, failures))
                updates = await self._anew(updates, self._undone or position)
                continue
            failures = 0
            self._in_hand.take(batch)
            await self._in_hand.settle(PATIENCE_SECONDS)
            await self._keep_late()
            if self._undone:
                updates = await self._anew(updates, self._undone)

    async def _take_up(self) -> None:
        """What a poller before us confirmed to the vendor and did not finish."""
        found: list[Incoming] = []
        for update_id, raw in await self._database.read(keeping.kept, self._channel.lane):
            try:
                incoming = self._channel.read_again(raw)
            except ValueError:
                incoming = None
            if incoming is None:
                await self._database.write(keeping.let_go, self._channel.lane, update_id)
            else:
                found.append(incoming)
        self._in_hand.take_kept(found)

    async def _keep_late(self) -> None:
        """Write down what takes long and let the vendor hand out what comes behind it."""
        late = [one for one in self._in_hand.late(KEEP_AFTER_SECONDS) if await self._may_be_kept(one)]
        if not late:
            return
        try:
            await self._database.write(keeping.keep, utcnow(), late)
        except Exception as error:  # then it stays with the vendor
            log.warning("updates not written down", lane=self._channel.lane, error=describe(error))
            return
        for incoming in self._in_hand.now_kept(late):
            await self._let_go(incoming)

    async def _may_be_kept(self, incoming: Incoming) -> bool:
        if keeping.may_be_kept(incoming):
            return True
        return await asyncio.to_thread(keeping.bears_no_mark, self._in_hand.up_to(incoming))

    async def _let_go(self, incoming: Incoming) -> None:
        """Done: should this fail it is taken up once more at the next start, and `Seen` knows it."""
        try:
            await self._database.write(keeping.let_go, incoming.lane, incoming.update_id)
        except Exception as error:
            log.warning("an update that is done is still written down", error=describe(error))

    async def _anew(self, updates: Updates, position: str) -> Updates:
        await updates.aclose()
        return self._channel.updates(position)

    @property
    def _undone(self) -> str:
        """Where the vendor still has the first update that is not done; "" when all are, or it keeps none."""
        first = self._in_hand.earliest
        return first.position if first else ""

    async def _handle_until_done(self, incoming: Incoming) -> None:
        """A database that is away must not lose an update: try again until it is handled, or left to the next poller."""
        failures = 0
        while True:
            try:
                await self._handle(self._channel, incoming)
                return
            except Exception as error:
                failures += 1
                tell = log.warning if isinstance(error, OperationalError) else log.exception  # away, full: one line
                tell("update not handled", lane=self._channel.lane, failures=failures, error=describe(error))
                if failures >= 5 and await self._database_answers():
                    return  # not the database's fault: this update cannot be handled, and others wait behind it
                await asyncio.sleep(min(LONGEST_PAUSE, 0.2 * 2**failures))

    async def _database_answers(self) -> bool:
        try:
            await self._renew()
        except Exception as error:
            log.warning("database does not answer", error=describe(error))
            return False
        return True

    async def _keep_lease(self, lost: asyncio.Event) -> None:
        while monotonic() < self._held_until:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self._renew():
                    break
            except Exception as error:
                log.warning("lease not renewed", lane=self._channel.lane, error=describe(error))
        log.warning("lease lost, standing by", lane=self._channel.lane)
        lost.set()

    async def _renew(self) -> bool:
        asked_at = monotonic()
        held = await self._database.write(acquire, self._lease, self._holder, LEASE_SECONDS)
        if held:
            self._held_until = asked_at + LEASE_SECONDS
        return held


async def keep_beating(
    database: Database, name: str, stop: asyncio.Event, is_working: Callable[[], bool] = lambda: True
) -> None:
    """Signs of life under this name until `stop`, as long as there is work to show for them."""
    try:
        while not stop.is_set():
            with suppress(Exception):  # a missed beat is what health is there to notice
                if is_working():
                    await database.write(beat, name)
            await _pause(stop, EVERY_SECONDS)
    finally:
        with suppress(Exception):
            await database.write(stop_beating, name)


async def _given_up(asking: asyncio.Task[Any]) -> None:
    """End a question that has not been answered; an answer that is there stays."""
    asking.cancel()
    await asyncio.wait([asking])


async def _next(updates: Updates) -> tuple[str, list[Incoming]]:
    return await anext(updates)


def pause_after(error: ChannelError, failures: int) -> float:
    """Seconds before polling again: as the vendor asks, else growing with jitter."""
    if error.retry_after is not None:
        return error.retry_after
    base = PAUSES.get(error.reason, min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 8)))
    return base * random.uniform(0.7, 1.3)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
