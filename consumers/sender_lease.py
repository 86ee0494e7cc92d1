"""The right to send on a lane: a lease row renewed every 5 s. Whoever is frozen for 15 s has lost it and knows."""

import asyncio
from contextlib import suppress

import structlog

from models.clock import monotonic
from models.database import Database
from models.leases import acquire, new_holder, release

log = structlog.get_logger()

RENEW_SECONDS = 5.0
STOP_AFTER = 15.0  # seconds without a renewal after which we do not send, though nobody told us
LEASE_SECONDS = 20.0  # what others wait: longer, so that they never begin before we have stopped


class SenderLease:
    """One lane's lease as one process holds it."""

    def __init__(self, database: Database, lane: str) -> None:
        self._database = database
        self._name = f"sender:{lane}"
        self.holder = new_holder()
        self._renewed = float("-inf")
        self._keeper: asyncio.Task[None] | None = None

    def valid(self) -> bool:
        """Whether we may send now. The clock counts on while the process is stopped."""
        return monotonic() - self._renewed < STOP_AFTER

    async def take(self) -> bool:
        """Try to get the lease and keep it. False while another sender has it."""
        if not await self._renew():
            return False
        if self._keeper is None or self._keeper.done():
            self._keeper = asyncio.create_task(self._keep(), name=self._name)
        return True

    async def give_back(self) -> None:
        """Let a standby take over at once."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        self._renewed = float("-inf")
        with suppress(Exception):  # the database is away: then the lease ends by itself
            await self._database.write(release, self._name, self.holder)

    async def _renew(self) -> bool:
        asked = monotonic()
        if not await self._database.write(acquire, self._name, self.holder, LEASE_SECONDS):
            self._renewed = float("-inf")
            return False
        self._renewed = asked
        return True

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self._renew():
                    log.warning("another sender has taken the lane", lease=self._name)
                    return
            except Exception as error:  # the database is away: `valid` says no by itself after 15 s
                log.warning("lease not renewed", lease=self._name, error=type(error).__name__)
