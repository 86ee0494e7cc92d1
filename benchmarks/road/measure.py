"""Processes, their CPU and memory, and the vendor's ledger."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers import descendants, free_port

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Process:
    """One of ours or of a peer, with everything under it."""

    popen: subprocess.Popen[str]

    def cpu(self) -> float:
        """Seconds of CPU it and its children have used."""
        total = 0
        for pid in descendants(self.popen.pid):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])
        return total / TICKS

    def memory(self) -> float:
        """MB resident."""
        total = 0
        for pid in descendants(self.popen.pid):
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text()
                total += int(status.split("VmRSS:")[1].split()[0])
        return total / 1024


@contextlib.contextmanager
def process(*arguments: str, wait_for: str = "ready", env: dict[str, str] | None = None) -> Iterator[Process]:
    """python -m arguments…, ended at the end; waits until it prints a line with `wait_for`."""
    popen = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.PIPE if wait_for else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"} | (env or {}),
    )
    try:
        while wait_for and popen.stdout is not None:
            line = popen.stdout.readline()
            if wait_for in line:
                break
            if not line:
                raise RuntimeError(f"{arguments}: ended before it was ready")
        yield Process(popen)
    finally:
        popen.terminate()
        try:
            popen.wait(15)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()
        if popen.stdout is not None:
            popen.stdout.close()


class Vendor:
    """The stand-in's process."""

    def __init__(self, delay: float = 0.0) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "benchmarks.road.vendor", str(self.port), str(delay)]
        self.popen = subprocess.Popen(command)
        self.get("reset", tries=100)

    def get(self, path: str, tries: int = 1) -> object:
        for left in range(tries, 0, -1):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}") as answer:
                    return json.load(answer)
            except OSError:
                if left == 1:
                    raise
                time.sleep(0.05)
        return None

    def ledger(self) -> list[tuple[str, str, float]]:
        return self.get("ledger")  # type: ignore[return-value]

    def close(self) -> None:
        self.popen.terminate()
        self.popen.wait()
