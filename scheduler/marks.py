"""What the broker has confirmed is written down in batches."""

import asyncio

import structlog

from models.database import Database
from models.forwarding import mark_forwarded
from models.trouble import describe

log = structlog.get_logger()
MARK_SECONDS = 0.05


class Marks:
    """Marks what the broker has confirmed in batches, beside the forwarding: the next event need not wait for it.

    What is never marked because we die is leased for 30 s only, and then published once more.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: set[int] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, ids: set[int]) -> None:
        """To be marked with the next batch."""
        self._ids |= ids
        if self._ids and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Wait for the last batch."""
        if self._task is not None:
            await self._task

    async def _write(self) -> None:
        while self._ids:
            await asyncio.sleep(MARK_SECONDS)
            ids, self._ids = self._ids, set()
            try:
                await self._database.write(mark_forwarded, ids)
            except Exception as error:  # their lease runs out, and they go once more
                log.warning("not marked", count=len(ids), error=describe(error))
