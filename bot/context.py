"""What the bot's work stands on; the wiring fills it once per process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.channels.base import Channel, Profile
from bot.extracting import Extracting
from bot.flood import Flood
from bot.locks import Locks

ANSWERS_SECONDS = 1.0
"""What answers that are tried again may still take when the process ends."""


@dataclass(slots=True)
class Context:
    """`now`: business time. `channels`: every running one by lane; `profiles`: who it is there. `data_dir`: sent files.

    `set_clock` exists only with a simulated clock, and never beside a real token. `tasks` holds what runs on after
    an update was handled (answers tried again); `stop` waits for it.
    """

    now: Callable[[], datetime]
    data_dir: Path
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    profiles: dict[str, Profile] = field(default_factory=dict[str, Profile])
    menus: set[str] = field(default_factory=set[str])
    public_url: str = ""
    simulated: bool = False
    set_clock: Callable[[datetime], Awaitable[None]] | None = None
    flood: Flood = field(default_factory=Flood)
    locks: Locks = field(default_factory=Locks)
    extracting: Extracting = field(default_factory=Extracting)
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def stop(self) -> None:
        """Wait a little for answers under way; what is left is answered after the next start."""
        self.extracting.stop()
        if self.tasks:
            _done, late = await asyncio.wait(self.tasks, timeout=ANSWERS_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
