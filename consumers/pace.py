"""The windows of a sender."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """A sender's windows. `group`: claimed at once; `at_once`: sends under way; `prefetch`: the broker's."""

    group: int = 100
    at_once: int = 150
    prefetch: int = 300
    stop_seconds: float = 8.0


PACE = Pace()
