"""What a monthly quota is spent on: when it runs short the digests come first, because each bundles everything."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session

from consumers.group import Ready
from models.budget import Use, use_of
from models.clock import ONE_DAY, local_date, monotonic, start_of_day, utcnow
from models.database import Database
from models.escalate import alert_admins
from models.events import EventKind, Priority
from models.settling import Outcome, Result

FIRST = frozenset({EventKind.DIGEST, EventKind.GROUP_DIGEST, EventKind.URGENT})
SHORT_SHARE = 0.2  # of the quota: with less than this left, and less than the digests will need, it is short
WARN_SHARE = 0.5  # no forecast from the first days of a month
HELD_SECONDS = 12 * 3600.0
REFRESH_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Budget:
    """One lane's month as of `today`."""

    monthly: int
    use: Use
    today: date

    @property
    def left(self) -> int:
        """Messages that may still be sent this month."""
        return max(0, self.monthly - self.use.used)

    @property
    def needed(self) -> int:
        """A digest for every chat on each of the month's days that are left and likely to be worked on."""
        days = monthrange(self.today.year, self.today.month)[1] - self.today.day + 1
        return round(self.use.chats * days * 5 / 7)

    @property
    def forecast(self) -> int:
        """What the whole month will take at the present pace."""
        return round(self.use.used / self.today.day * monthrange(self.today.year, self.today.month)[1])

    def decide(self, kind: str, priority: int, sent_since: int) -> Literal["send", "hold", "none"]:
        """`sent_since`: messages sent after `use` was counted. "none": the quota is used up."""
        left = self.left - sent_since
        if left <= 0:
            return "none"
        short = left <= min(self.needed, self.monthly * SHORT_SHARE)
        return "hold" if short and kind not in FIRST and priority != Priority.URGENT else "send"

    def warning(self) -> str:
        """ "" while it will do, "short" when it will not at this pace, "empty" when it is used up."""
        if self.left == 0:
            return "empty"
        return "short" if self.use.used >= self.monthly * WARN_SHARE and self.forecast > self.monthly else ""


class Purse:
    """Keeps one lane's budget counted, and tells the admins in time."""

    def __init__(self, database: Database, lane: str, monthly: int) -> None:
        self._database, self._lane, self._monthly = database, lane, monthly
        self._budget: Budget | None = None
        self._counted = float("-inf")
        self._since = 0

    async def sort(self, readies: Sequence[Ready], now: datetime) -> tuple[list[Ready], list[Outcome]]:
        """Which of these may be sent; the others go another way, or wait for half a day."""
        budget = await self._current(now)
        allowed: list[Ready] = []
        held: list[Outcome] = []
        for ready in readies:
            verdict = budget.decide(ready.kind, ready.priority, self._since)
            if verdict == "send":
                self._since += 1
                allowed.append(ready)
            else:
                delay = HELD_SECONDS if verdict == "hold" else 0.0
                held.append(Outcome(ready.event_id, Result.HELD, reason="quota", delay=delay))
        return allowed, held

    async def _current(self, now: datetime) -> Budget:
        if self._budget is None or monotonic() - self._counted > REFRESH_SECONDS:
            today = local_date(utcnow())
            start = start_of_day(today - ONE_DAY * (today.day - 1))
            use = await self._database.read(use_of, self._lane, start)
            self._budget, self._counted, self._since = Budget(self._monthly, use, today), monotonic(), 0
            await self._warn(self._budget, now)
        return self._budget

    async def _warn(self, budget: Budget, now: datetime) -> None:
        if warning := budget.warning():
            key = f"{self._lane}:{budget.today:%Y-%m}:{warning}"
            numbers = {"used": budget.use.used, "monthly": budget.monthly, "forecast": budget.forecast}
            await self._database.write(_alert, now, f"quota_{warning}", key, self._lane, numbers)


def _alert(session: Session, now: datetime, code: str, key: str, lane: str, numbers: dict[str, int]) -> None:
    alert_admins(session, now, code, key, lane=lane, **numbers)
