"""When the next message may go: one slot at a time for the token, and each chat's and group's own pace.

Pure: every instant is a number of seconds on a monotonic clock, given in by the caller.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

from bot.channels.base import Limits
from models.takeover import PastSend

LONGEST_WAIT = 2.0  # for a chat; who must wait longer goes back and lets others pass
HORIZON = 0.25  # how far ahead slots are given out, at least
LONGEST_HORIZON = 1.0
SPARE = 2  # sends a second above the share that may start together after a hitch
FLOOD_CHATS = 3  # so many chats refused for their rate within FLOOD_SECONDS: it is the token's own limit
FLOOD_SECONDS = 2.0
GROUP_WINDOW = 60.0
ROUNDING = 1e-6


class Limiter:
    """The pace of one token. `limits.per_second` is the sender's share; the rest is left to the bot's answers."""

    def __init__(self, limits: Limits) -> None:
        self._gap = 1.0 / limits.per_second
        self._chat_gap = limits.seconds_per_chat
        self._per_group = limits.per_group_minute
        self._taken: set[int] = set()
        self._chat_free: dict[str, float] = {}
        self._group_sends: defaultdict[str, deque[float]] = defaultdict(deque)
        self._held_until = 0.0
        self._refusals: deque[tuple[float, str]] = deque()
        self._tidied = 0.0
        self._lag = 0.0
        self._horizon = HORIZON
        self._burst = int(limits.per_second) + SPARE
        self._started: deque[float] = deque()

    def lagged(self, seconds: float) -> None:
        """So long it took from claiming to here. A slow database must not let slots pass unused: look twice as far ahead."""
        self._lag += (seconds - self._lag) / 8
        self._horizon = min(LONGEST_HORIZON, max(HORIZON, 2 * self._lag))

    def start(self, now: float) -> float:
        """0: send now. Else seconds to wait: after a hitch of this process too many would leave at once."""
        while self._started and self._started[0] <= now - 1.0:
            self._started.popleft()
        if len(self._started) >= self._burst:
            return self._started[-self._burst] + 1.0 - now + ROUNDING
        self._started.append(now)
        return 0.0

    def sent(self, now: float, chat: str, is_group: bool = False) -> None:
        """The vendor has answered. It counts from when it took the message, which may be long after its slot."""
        self._chat_free[chat] = max(self._chat_free.get(chat, 0.0), now + self._chat_gap)
        if is_group and (sends := self._group_sends[chat]):
            sends[-1] = max(sends[-1], now)

    def fill(self, sends: Iterable[PastSend]) -> None:
        """Count what a sender before us sent."""
        for send in sorted(sends):
            self._taken.add(int(send.at / self._gap))
            self._chat_free[send.chat] = send.at + self._chat_gap
            if send.is_group:
                self._group_sends[send.chat].append(send.at)

    def released(self, now: float, at_most: int) -> int:
        """How many sends may start within the horizon."""
        first = self._slot(max(now, self._held_until))
        last = int((now + self._horizon + ROUNDING) // self._gap)
        if last - first >= at_most * 2 + len(self._taken):
            return at_most
        free = 0
        for slot in range(first, last + 1):
            free += slot not in self._taken
            if free >= at_most:
                break
        return free

    def until_free(self, now: float) -> float:
        """Seconds until the next slot is free."""
        slot = self._first_free(max(now, self._held_until))
        return max(0.0, slot * self._gap - now - self._horizon)

    def reserve(self, now: float, chat: str, is_group: bool = False) -> float | None:
        """Take a slot for this chat: seconds from now until it. None when that is more than 2 s: nothing is taken."""
        self._tidy(now)
        wanted = max(now, self._chat_free.get(chat, 0.0), self._held_until)
        if is_group:
            wanted = max(wanted, self._group_free(chat, now))
        if wanted - now > LONGEST_WAIT:
            return None
        slot = self._first_free(wanted)
        at = max(wanted, slot * self._gap)
        if at - now > LONGEST_WAIT + self._horizon:
            return None
        self._taken.add(slot)
        self._chat_free[chat] = at + self._chat_gap
        if is_group:
            self._group_sends[chat].append(at)
        return at - now

    def wait_for(self, now: float, chat: str, is_group: bool = False) -> float:
        """Seconds until this chat may be sent to."""
        wanted = max(self._chat_free.get(chat, 0.0), self._held_until)
        return max(0.0, (max(wanted, self._group_free(chat, now)) if is_group else wanted) - now)

    def refused(self, now: float, chat: str, seconds: float) -> bool:
        """The vendor said 429 to this chat: it rests. True when so many chats were refused that the whole token rests."""
        self._chat_free[chat] = max(self._chat_free.get(chat, 0.0), now + seconds)
        self._refusals.append((now, chat))
        while self._refusals and self._refusals[0][0] < now - FLOOD_SECONDS:
            self._refusals.popleft()
        flooded = len({chat for _, chat in self._refusals}) >= FLOOD_CHATS
        if flooded:
            self._held_until = max(self._held_until, now + seconds)
        return flooded

    def _slot(self, at: float) -> int:
        return -int(-at // self._gap)

    def _first_free(self, at: float) -> int:
        slot = self._slot(at)
        while slot in self._taken:
            slot += 1
        return slot

    def _group_free(self, chat: str, now: float) -> float:
        sends = self._group_sends[chat]
        while sends and sends[0] <= now - GROUP_WINDOW:
            sends.popleft()
        if self._per_group is None or len(sends) < self._per_group:
            return 0.0
        return sends[-self._per_group] + GROUP_WINDOW

    def _tidy(self, now: float) -> None:
        """Forget what no longer matters, so that the memory stays that of the last minute."""
        if now - self._tidied < 1.0:
            return
        self._tidied = now
        oldest = self._slot(now) - 1
        self._taken = {slot for slot in self._taken if slot >= oldest}
        self._chat_free = {chat: free for chat, free in self._chat_free.items() if free > now}
        for chat in [chat for chat, sends in self._group_sends.items() if not sends or sends[-1] < now - GROUP_WINDOW]:
            del self._group_sends[chat]
