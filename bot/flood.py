"""A stranger who writes a thousand messages a second costs a dictionary look-up each, and nobody else notices."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass

from models.clock import monotonic

log = logging.getLogger(__name__)

STRANGER = (10.0, 0.2)
"""Messages at once, and per second after that: somebody new greets, mistypes the code and tries again."""
KNOWN = (60.0, 2.0)
"""The same for somebody linked: an album of evidence must pass."""
ANSWERS_TO_A_STRANGER = 12
"""A day: a few tries at the code and the phone."""
ANSWERS_TO_STRANGERS = 150
"""A day and bot, where the vendor counts messages by the month: no crowd of strangers can use them up."""
DAY_SECONDS = 86_400.0
REMEMBERED = 20_000
QUIET_SECONDS = 60.0


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    known: bool = False
    dropped: int = 0
    answers: int = 0
    answers_since: float = 0.0


@dataclass(slots=True)
class _Day:
    since: float
    answers: int = 0


class Flood:
    """A token bucket per sender, in memory: what it drops was never taken in."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._strangers: dict[str, _Day] = {}
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

    def may_answer(self, lane: str, sender: str, *, once: bool, scarce: bool) -> bool:
        """Whether this stranger gets an answer; counts it. `once`: a greeting is returned once a day."""
        now = monotonic()
        bucket = self._buckets.setdefault(sender, _Bucket(STRANGER[0], now))
        if now - bucket.answers_since >= DAY_SECONDS:
            bucket.answers, bucket.answers_since = 0, now
        day = self._strangers.setdefault(lane, _Day(now))
        if now - day.since >= DAY_SECONDS:
            day.since, day.answers = now, 0
        if bucket.answers >= (1 if once else ANSWERS_TO_A_STRANGER) or (scarce and day.answers >= ANSWERS_TO_STRANGERS):
            return False
        bucket.answers += 1
        day.answers += 1
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
