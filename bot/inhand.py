"""Updates taken in and not yet done: chats side by side, each chat in its order; what may be confirmed to the vendor.

A scanned letter takes a minute to read. Nobody else's message waits for it, and the vendor is not told that it has
been taken in before it has: an update stays unconfirmed until it and everything before it is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.channels.base import Incoming
from models.clock import monotonic

CHATS_AT_ONCE = 64
MOST = 400
"""Updates not done at which nothing more is asked for: a vendor without offsets hands out without end."""


@dataclass(slots=True)
class _One:
    position: str
    since: float
    done: bool = False


class InHand:
    """`do` carries out one update; it ends only when that is done, or is cancelled."""

    def __init__(self, do: Callable[[Incoming], Awaitable[None]]) -> None:
        self._do = do
        self._taken: dict[str, _One] = {}  # in the vendor's order, from the earliest that is not done
        self._waiting: dict[str, deque[Incoming]] = {}  # by chat; a chat stands here while somebody works on it
        self._work: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(CHATS_AT_ONCE)
        self._changed = asyncio.Event()

    def take(self, batch: Sequence[Incoming]) -> None:
        """Begin what is new; what is in hand or was done meanwhile is only the vendor repeating itself."""
        for incoming in batch:
            if incoming.update_id in self._taken:
                continue
            self._taken[incoming.update_id] = _One(incoming.position, monotonic())
            if (queue := self._waiting.get(incoming.chat_id)) is not None:
                queue.append(incoming)
                continue
            self._waiting[incoming.chat_id] = deque([incoming])
            task = asyncio.create_task(self._work_on(incoming.chat_id))
            self._work.add(task)
            task.add_done_callback(self._ended)

    @property
    def earliest(self) -> _One | None:
        """The first update that is not done; None when everything is."""
        return next(iter(self._taken.values()), None)

    @property
    def is_full(self) -> bool:
        """Whether enough has been taken in for now."""
        return len(self._taken) >= MOST

    def oldest_seconds(self) -> float:
        """How long the oldest update has been in hand."""
        return monotonic() - self.earliest.since if self.earliest else 0.0

    async def settle(self, seconds: float) -> None:
        """Until everything is done, but no longer than this."""
        try:
            async with asyncio.timeout(seconds):
                while self._taken:
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
        self._waiting.clear()

    async def _work_on(self, chat_id: str) -> None:
        queue = self._waiting[chat_id]
        async with self._room:
            while queue:
                incoming = queue[0]
                await self._do(incoming)
                queue.popleft()
                self._done(incoming.update_id)
        del self._waiting[chat_id]

    def _done(self, update_id: str) -> None:
        self._taken[update_id].done = True
        while (first := self.earliest) is not None and first.done:
            del self._taken[next(iter(self._taken))]
        self._changed.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        self._changed.set()
