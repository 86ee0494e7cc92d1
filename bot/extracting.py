"""Scans and files are read in two threads of their own: whatever waits for them, other messages keep theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2


class Extracting:
    """The threads, made when first needed."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`work` in one of the threads; whoever comes third waits."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(AT_ONCE, "letters")
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))

    def stop(self) -> None:
        """End what is being read, so that the process can. Nobody waits for it any more: its update comes again."""
        if self._threads is None:
            return
        from letters.extract import end_all

        self._threads.shutdown(wait=False, cancel_futures=True)
        end_all()
