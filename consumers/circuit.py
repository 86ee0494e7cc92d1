"""Whether a lane's vendor gets through. Pure: instants are seconds on a monotonic clock."""

from dataclasses import dataclass, field

TIMEOUTS_OPEN = 3  # time-outs in a row
FAILURES_OPEN = 6  # other failures in a row, over at least two chats
FIRST_PROBE = 2.0
LONGEST_PROBE = 60.0


@dataclass(slots=True)
class Circuit:
    """Open = nothing is sent; the vendor is probed until it answers."""

    is_open: bool = False
    reason: str = ""
    probe_at: float = 0.0
    _wait: float = FIRST_PROBE
    _timeouts: int = 0
    _failures: list[str] = field(default_factory=lambda: list[str]())

    def succeeded(self) -> None:
        """A send arrived: whatever failed before was not the vendor."""
        self._timeouts = 0
        self._failures.clear()

    def failed(self, now: float, chat: str, reason: str, *, timed_out: bool) -> bool:
        """A send failed for the vendor's or the network's sake. True when that opens the circuit."""
        self._timeouts = self._timeouts + 1 if timed_out else 0
        self._failures.append(chat)
        many = len(self._failures) >= FAILURES_OPEN and len(set(self._failures)) > 1
        return (self._timeouts >= TIMEOUTS_OPEN or many) and self.open(now, reason)

    def open(self, now: float, reason: str) -> bool:
        """Stop sending. True unless it was open already."""
        if self.is_open:
            return False
        self.is_open, self.reason = True, reason
        self._wait = FIRST_PROBE
        self.probe_at = now + self._wait
        return True

    def probe_failed(self, now: float) -> None:
        """Still nothing: ask again later, less and less often."""
        self._wait = min(LONGEST_PROBE, self._wait * 2)
        self.probe_at = now + self._wait

    def close(self) -> None:
        """It answers: send again."""
        self.is_open, self.reason = False, ""
        self.succeeded()
