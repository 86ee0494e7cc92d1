"""The windows of a sender."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """A sender's windows. `group`: claimed at once; `at_once`: sends under way; `prefetch`: the broker's."""

    group: int = 100
    at_once: int = 150
    prefetch: int = 300
    stop_seconds: float = 8.0


PACE = Pace()


async def sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, or wake when stopped."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
