"""Runs the worker in a process of its own and holds it to its time; the parsers never run in ours.

The files go in through a pipe and the text comes back through one: nothing touches the disk. On the wire: one
JSON line with the limits and the files' names and sizes, then their bytes; back come JSON lines, `page`/`of`
as pages get done and last `text` or `error`.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from letters.formats.errors import ExtractionError, from_details
from letters.formats.limits import MEGABYTE, Limits
from models.clock import monotonic

Progress = Callable[[int, int], None]
_ROOT = str(Path(__file__).parents[2])
_AT_ONCE = threading.BoundedSemaphore(2)  # more would only make each other slow
_RUNNING: set[subprocess.Popen[bytes]] = set()


def end_all() -> None:
    """Kill what is being read, for a process that ends: whoever waits for it is told that it died."""
    for process in list(_RUNNING):
        _kill(process)


def run(files: Sequence[tuple[bytes, str]], limits: Limits, progress: Progress | None) -> dict[str, Any]:
    """The worker's answer (text, pages, how, warnings). Raises ExtractionError, never anything else of the child's."""
    name = files[0][1]
    with _AT_ONCE:
        process = _start()
        _RUNNING.add(process)
        try:
            _feed(process, files, limits)
            for message in _messages(process, limits, name):
                if "error" in message:
                    raise from_details(message["error"], message["details"])
                if "text" in message:
                    return message
                if progress:
                    progress(message["page"], message["of"])
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2)  # it hung up without an answer: how it ends tells why
        finally:
            _RUNNING.discard(process)
            _stop(process)
    raise _why_it_died(process.returncode, limits, name)


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "letters.formats.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a parser's complaints may quote the letter
        env=_environment(),
        cwd="/",
        start_new_session=True,  # so that its own children, the recogniser, end with it
    )


def _environment() -> dict[str, str]:
    """What the child needs and nothing more: no token or password of ours is in its reach."""
    return {
        "PATH": os.pathsep.join(os.get_exec_path()),
        "PYTHONPATH": _ROOT,
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _feed(process: subprocess.Popen[bytes], files: Sequence[tuple[bytes, str]], limits: Limits) -> None:
    assert process.stdin
    head = json.dumps({"limits": asdict(limits), "files": [(name, len(data)) for data, name in files]})
    parts = [head.encode() + b"\n", *(data for data, _ in files)]
    threading.Thread(target=_write, args=(process.stdin, parts), daemon=True).start()


def _write(pipe: IO[bytes], parts: list[bytes]) -> None:
    with contextlib.suppress(OSError), pipe:  # a child that has refused the file no longer listens
        for part in parts:
            pipe.write(part)


def _messages(process: subprocess.Popen[bytes], limits: Limits, name: str) -> Iterator[dict[str, Any]]:
    assert process.stdout
    pipe = process.stdout.fileno()
    end = monotonic() + limits.seconds
    waiting = b""
    while True:
        patience = min(limits.stall_seconds, end - monotonic())
        if patience <= 0 or not select.select([pipe], [], [], patience)[0]:
            raise ExtractionError("timed_out", name=name, seconds=_spent(limits, end))
        chunk = os.read(pipe, MEGABYTE)
        if not chunk:
            return
        *lines, waiting = (waiting + chunk).split(b"\n")
        for line in lines:
            yield json.loads(line)


def _spent(limits: Limits, end: float) -> int:
    return limits.seconds if monotonic() >= end else limits.stall_seconds


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _stop(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    process.wait()
    assert process.stdout
    process.stdout.close()


def _why_it_died(code: int, limits: Limits, name: str) -> ExtractionError:
    if code == -signal.SIGXCPU:
        return ExtractionError("timed_out", name=name, seconds=limits.seconds)
    if code in {-signal.SIGABRT, -signal.SIGKILL}:
        return ExtractionError("out_of_memory", name=name, limit=limits.memory // MEGABYTE)
    return ExtractionError("broken", name=name)
