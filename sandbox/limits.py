"""The vendors' limits, enforced when switched on.

Telegram (its bot FAQ): about 30 messages a second in all, one a second in one chat, 20 a minute in one group.
Zalo (third parties' reports): about 3,000 messages a month and 50 people per bot.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from typing import Any

from sandbox import errors

Json = dict[str, Any]
SECOND, MINUTE = 1.0, 60.0


class Window:
    """At most `count` acceptances in any `span` seconds."""

    __slots__ = ("count", "span", "times")

    def __init__(self, count: int, span: float) -> None:
        self.count = count
        self.span = span
        self.times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is allowed now."""
        while self.times and now - self.times[0] >= self.span:
            self.times.popleft()
        if len(self.times) < self.count:
            return 0.0
        return self.times[len(self.times) - self.count] + self.span - now


class Limits:
    """Off until `set` is called. `refused` counts the 429s given."""

    def __init__(self) -> None:
        self.wishes: Json = {}
        self.refused = 0
        self._windows: dict[tuple[str, str], list[Window]] = {}
        self._sent: dict[str, int] = defaultdict(int)
        self._known: dict[str, set[str]] = defaultdict(set)

    @property
    def on(self) -> bool:
        return bool(self.wishes)

    def set(self, wishes: Json) -> None:
        """Set both messengers' limits; an empty object switches them off.

        {"telegram": {"overall": 30, "per_chat": 1, "group_per_min": 20},
         "zalo": {"quota": 3000, "people": 50}}
        """
        self.wishes = wishes
        self.refused = 0
        self._windows.clear()
        self._sent.clear()
        self._known.clear()

    def telegram(self, token: str, chat: str) -> None:
        """Count one message, or raise 429 with the whole seconds to wait. A refused one does not count."""
        wishes = self.wishes.get("telegram")
        if not wishes:
            return
        now = time.monotonic()
        windows = self._of(token, "", wishes) + self._of(token, chat, wishes)
        wait = max((window.wait(now) for window in windows), default=0.0)
        if wait > 0:
            self.refused += 1
            raise errors.too_many(math.ceil(wait))
        for window in windows:
            window.times.append(now)

    def zalo(self, token: str, chat: str) -> None:
        """Count one message against the month's quota and the number of people of a bot."""
        wishes = self.wishes.get("zalo")
        if not wishes:
            return
        if self._sent[token] >= wishes.get("quota", math.inf):
            self.refused += 1
            raise errors.Refusal(429, "Quota exceeded")
        self._known[token].add(chat)
        if len(self._known[token]) > wishes.get("people", math.inf):
            self._known[token].discard(chat)
            raise errors.Refusal(403, "Forbidden: the bot has reached its number of users")
        self._sent[token] += 1

    def view(self) -> Json:
        return {"limits": self.wishes, "refused": self.refused, "sent": dict(self._sent)}

    def _of(self, token: str, chat: str, wishes: Json) -> list[Window]:
        key = (token, chat)
        if key not in self._windows:
            self._windows[key] = _windows(chat, wishes)
        return self._windows[key]


def _windows(chat: str, wishes: Json) -> list[Window]:
    if not chat:
        return [Window(wishes["overall"], SECOND)] if "overall" in wishes else []
    made: list[Window] = []
    if "per_chat" in wishes:
        made.append(Window(wishes["per_chat"], SECOND))
    if chat.startswith("-") and "group_per_min" in wishes:
        made.append(Window(wishes["group_per_min"], MINUTE))
    return made
