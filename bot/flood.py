"""A stranger who writes a thousand messages a second costs a dictionary look-up each, and nobody else notices."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass

from models.clock import monotonic

log = logging.getLogger(__name__)

STRANGER = (5.0, 0.1)
"""Messages at once, and per second after that."""
KNOWN = (60.0, 2.0)
"""The same for somebody linked: an album of evidence must pass."""
REMEMBERED = 20_000
QUIET_SECONDS = 60.0


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    known: bool = False
    dropped: int = 0


class Flood:
    """A token bucket per sender, in memory: what it drops was never taken in."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self.dropped = 0
        self._told = float("-inf")

    def passes(self, sender: str) -> bool:
        """Whether this sender's next message is read at all."""
        now = monotonic()
        bucket = self._buckets.pop(sender, None) or _Bucket(STRANGER[0], now)
        self._buckets[sender] = bucket
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        most, rate = KNOWN if bucket.known else STRANGER
        bucket.left = min(most, bucket.left + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.left < 1:
            bucket.dropped += 1
            self.dropped += 1
            self._complain(now)
            return False
        bucket.left -= 1
        return True

    def _complain(self, now: float) -> None:
        """One line a minute, whoever it was: a flood must not fill the disk, nor the log name people."""
        if now - self._told >= QUIET_SECONDS:
            log.warning("messages dropped, their senders send too many: %d so far", self.dropped)
            self._told = now

    def know(self, sender: str) -> None:
        """The sender is linked: give room for several photos at once."""
        bucket = self._buckets.get(sender)
        if bucket and not bucket.known:
            bucket.known, bucket.left = True, KNOWN[0]

    def excuse(self, sender: str) -> None:
        """The vendor repeated itself: that costs the sender nothing."""
        if bucket := self._buckets.get(sender):
            bucket.left += 1

    def forget(self, sender: str) -> None:
        """The sender is a stranger again."""
        self._buckets.pop(sender, None)
