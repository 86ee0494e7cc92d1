"""The event loop of a process that stays: uvloop, and a garbage collector that leaves what was imported alone."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any

YOUNG = 20_000
"""Objects until the young are looked through; the default of 700 looks a thousand times a second while sending."""


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run it to its end."""
    import uvloop

    keep_imports()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def keep_imports() -> None:
    """Modules and classes live as long as the process: they are not searched for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
