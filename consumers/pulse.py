"""The sign of life of a sender: given only while it works, so that one hung on a lock or a thread shows as stopped."""

from contextlib import suppress

from models.clock import monotonic
from models.database import Database
from models.heartbeat import EVERY_SECONDS, SENDER, beat, stop_beating

STUCK_SECONDS = 60.0
"""Twice what the longest honest step takes, which is a vendor's silence of 30 s."""


class Pulse:
    """Beats for one lane, which may send `per_second`. `moved` is called whenever something came to its end."""

    def __init__(self, database: Database, lane: str, per_second: float) -> None:
        self._database = database
        self._name = SENDER + lane
        self._per_second = per_second
        self._beaten = float("-inf")
        self._moved = monotonic()

    def moved(self) -> None:
        """Something under way has ended, or nothing is under way."""
        self._moved = monotonic()

    async def beat(self, *, busy: bool, circuit: str) -> None:
        """Write that the sender works, at most every 10 s; not while what it is `busy` with has not moved for a minute."""
        if not busy:
            self.moved()
        now = monotonic()
        if now - self._beaten >= EVERY_SECONDS and now - self._moved < STUCK_SECONDS:
            self._beaten = now
            await self._database.write(beat, self._name, circuit=circuit, per_second=self._per_second)

    async def stop(self) -> None:
        """The sender ends as it was asked to."""
        with suppress(Exception):  # the heartbeat's row is only forgotten a little later
            await self._database.write(stop_beating, self._name)
