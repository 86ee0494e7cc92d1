"""Updates taken in and not yet done: chats side by side, each chat in its order; what may be confirmed to the vendor.

A scanned letter takes a minute to read. Nobody else's message waits for it, and the vendor is not told that it has
been taken in before it has: an update stays unconfirmed until it and everything before it is done, or written down.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.channels.base import Incoming
from models.clock import monotonic

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 64
MOST = 400
"""Updates not done at which nothing more is asked for: a vendor without offsets hands out without end."""
MOST_KEPT = 4000
"""The same for those written down: they only take memory."""
QUIET_SECONDS = 60.0
MOST_OF_A_CHAT = 200
"""Updates of one chat waiting for its turn; what comes on top is more than its sender may say (`bot.flood`) and is dropped."""


@dataclass(slots=True)
class _One:
    incoming: Incoming
    since: float
    done: bool = False

    @property
    def position(self) -> str:
        """Where the vendor still has it."""
        return self.incoming.position


class InHand:
    """`do` carries out one update; it ends only when that is done, or is cancelled."""

    def __init__(
        self, do: Callable[[Incoming], Awaitable[None]], let_go: Callable[[Incoming], Awaitable[None]] | None = None
    ) -> None:
        self._do = do
        self._let_go = let_go
        self._taken: dict[str, _One] = {}  # in the vendor's order, from the earliest that is not done
        self._kept: dict[str, Incoming] = {}  # written down: nothing at the vendor waits for them
        self._waiting: dict[str, deque[Incoming]] = {}  # by chat; a chat stands here while somebody works on it
        self._begun: dict[str, float] = {}  # what is being worked on, since when
        self._work: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(CHATS_AT_ONCE)
        self._changed = asyncio.Event()
        self.dropped = 0
        self._told = float("-inf")

    def take(self, batch: Sequence[Incoming]) -> None:
        """Begin what is new; what is in hand or was done meanwhile is only the vendor repeating itself."""
        for incoming in batch:
            if incoming.update_id not in self._taken and incoming.update_id not in self._kept:
                self._taken[incoming.update_id] = _One(incoming, monotonic())
                self._begin(incoming)

    def take_kept(self, written: Sequence[Incoming]) -> None:
        """Begin what a poller before us was told and did not finish."""
        for incoming in written:
            if incoming.update_id not in self._kept:
                self._kept[incoming.update_id] = incoming
                self._begin(incoming)

    def late(self, seconds: float) -> list[Incoming]:
        """What has not been done for so long and is not written down, in order."""
        since = monotonic() - seconds
        return [one.incoming for one in self._taken.values() if not one.done and one.since <= since]

    def up_to(self, incoming: Incoming) -> list[Incoming]:
        """What its chat has said and is not done, in order, this one last."""
        queue = list(self._waiting.get(incoming.chat_id, ()))
        return [*queue[: queue.index(incoming)], incoming] if incoming in queue else [incoming]

    def now_kept(self, written: Sequence[Incoming]) -> list[Incoming]:
        """These are written down, so that the vendor need not keep them; gives those that were done meanwhile."""
        done = [incoming for incoming in written if self._is_done(incoming.update_id)]
        for incoming in written:
            if incoming not in done:
                self._kept[incoming.update_id] = incoming
                self._taken[incoming.update_id].done = True
        self._forget_done()
        return done

    def _is_done(self, update_id: str) -> bool:
        one = self._taken.get(update_id)
        return one is None or one.done

    def _begin(self, incoming: Incoming) -> None:
        queue = self._waiting.get(incoming.chat_id)
        if queue is None:
            self._waiting[incoming.chat_id] = deque([incoming])
            task = asyncio.create_task(self._work_on(incoming.chat_id))
            self._work.add(task)
            task.add_done_callback(self._ended)
        elif len(queue) < MOST_OF_A_CHAT:
            queue.append(incoming)
        else:
            self._drop(incoming)

    @property
    def earliest(self) -> _One | None:
        """The first update that is not done; None when everything is."""
        return next(iter(self._taken.values()), None)

    @property
    def is_full(self) -> bool:
        """Whether enough has been taken in for now."""
        return len(self._taken) >= MOST or len(self._kept) >= MOST_KEPT

    def oldest_seconds(self) -> float:
        """How long the oldest update has been in hand."""
        return max((monotonic() - since for since in self._begun.values()), default=0.0)

    async def settle(self, seconds: float, *, kept: bool = False) -> None:
        """Until everything is done (with `kept`: also what is written down), but no longer than this."""
        try:
            async with asyncio.timeout(seconds):
                while self._taken or (kept and self._kept):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return

    async def stop(self, seconds: float) -> None:
        """Let what is under way finish for so long, then leave it: it was not confirmed and comes again."""
        await self.settle(seconds)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        self._taken.clear()
        self._kept.clear()
        self._waiting.clear()
        self._begun.clear()

    def _drop(self, incoming: Incoming) -> None:
        """One line a minute, as in `bot.flood`."""
        self.dropped += 1
        if monotonic() - self._told >= QUIET_SECONDS:
            self._told = monotonic()
            log.warning("messages dropped, too many of one chat wait for their turn: %d so far", self.dropped)
        self._done(incoming.update_id)

    async def _work_on(self, chat_id: str) -> None:
        queue = self._waiting[chat_id]
        async with self._room:
            while queue:
                incoming = queue[0]
                self._begun[incoming.update_id] = monotonic()
                await self._do(incoming)
                if incoming.update_id in self._kept and self._let_go is not None:
                    await self._let_go(incoming)
                queue.popleft()
                self._done(incoming.update_id)
        del self._waiting[chat_id]

    def _done(self, update_id: str) -> None:
        self._begun.pop(update_id, None)
        self._kept.pop(update_id, None)
        if (one := self._taken.get(update_id)) is not None:
            one.done = True
        self._forget_done()

    def _forget_done(self) -> None:
        while (first := self.earliest) is not None and first.done:
            del self._taken[next(iter(self._taken))]
        self._changed.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        self._changed.set()
