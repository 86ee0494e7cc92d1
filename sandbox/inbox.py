"""A bot's waiting updates, in the order in which they happened, and the one poller who may read them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox import errors

Json = dict[str, Any]


class Inbox:
    """Updates not yet confirmed. `wake` is called after each new one (for the webhook's deliverer)."""

    def __init__(self, next_id: int = 100_001) -> None:
        self.next_id = next_id
        self.waiting: deque[Json] = deque()
        self.wake: Callable[[], None] | None = None
        self._poller: asyncio.Future[None] | None = None

    def put(self, update: Json) -> None:
        """Add an update; it gets the next update_id."""
        self.waiting.append({"update_id": self.next_id, **update})
        self.next_id += 1
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        if self.wake is not None:
            self.wake()

    @property
    def polled(self) -> bool:
        """Whether somebody waits for the next update now."""
        return self._poller is not None and not self._poller.done()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Telegram's getUpdates: an offset > 0 confirms what came before, one < 0 counts from the end.

        Raises Refusal 409 in the *earlier* poller when a second one comes, as Telegram does.
        """
        self.interrupt(errors.conflict(errors.OTHER_POLLER))
        self._confirm(offset)
        if not self.waiting and seconds > 0:
            await self._wait(seconds)
        return [self.waiting[i] for i in range(min(limit, len(self.waiting)))]

    async def take(self, seconds: float) -> Json | None:
        """Zalo's getUpdates: one update, consumed by reading; None after `seconds` seconds."""
        self.interrupt(errors.conflict(errors.OTHER_POLLER))
        if not self.waiting and seconds > 0:
            await self._wait(seconds)
        return self.waiting.popleft() if self.waiting else None

    def interrupt(self, reason: errors.Refusal) -> None:
        """End a waiting poll with a refusal."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(reason)

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            while self.waiting and self.waiting[0]["update_id"] < offset:
                self.waiting.popleft()
        elif offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None
