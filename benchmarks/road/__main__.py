"""Every measure of the road in one table: python -m benchmarks.road [quick]."""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.road import latency, publish, rate, small, ticking, town
from benchmarks.road.measure import Vendor
from tests import servers

HEAD = f"{'measure':46} {'ours':>12} {'peer or limit':>24} {'ratio':>7}  spread"


def main(quick: bool = False) -> None:
    """`quick`: a hundredth of the rows and fewer rounds, to see that everything runs."""
    units, people, rounds = (400, 1000, 1) if quick else (10_000, 3000, 3)
    postgres, rabbitmq = servers.Postgres(durable=True), servers.RabbitMQ()
    postgres.start()
    rabbitmq.start()
    vendor, slow = Vendor(), Vendor(0.05)
    try:
        url, queue = postgres.url(), rabbitmq.url
        town.fill(url, units=units)
        print(HEAD, flush=True)
        for line in measures(url, queue, vendor, slow, people, rounds):
            print(line, flush=True)
    finally:
        vendor.close()
        slow.close()
        rabbitmq.remove()
        postgres.remove()


def measures(
    url: str, queue: Callable[[str], str], vendor: Vendor, slow: Vendor, people: int, rounds: int
) -> Iterator[str]:
    """The table's lines."""
    for name, at, is_slow in (("whole road", vendor, False), ("whole road, vendor takes 50 ms", slow, True)):
        ours = [rate.ours(url, queue(f"r{n}"), at, people) for n in range(rounds)]
        if any(run.accepted != people or run.duplicates for run in ours):
            raise RuntimeError("a reminder was lost or doubled")
        for which in ("celery", "dramatiq"):
            peers = [rate.peers(which, url, queue("peers"), at, people, is_slow) for _ in range(rounds)]
            yield line(f"{name}: delivered/s", [r.rate for r in ours], which, [r.rate for r in peers])
            yield line(f"{name}: CPU ms a message", [r.cpu_ms for r in ours], which, [r.cpu_ms for r in peers])
    ours_published = [publish.ours(url, queue(f"p{n}"), people * 3) for n in range(rounds)]
    peers_published = [publish.dramatiq(queue("x"), people) for _ in range(rounds)]
    yield line("leased, confirmed, marked /s", ours_published, "dramatiq publish", peers_published)
    yield line("tick, nothing due, ms", [ticking.nothing_due(url) for _ in range(rounds)], "limit", [3.0])
    due = people * 10 // 3
    yield line(f"tick, {due} people due, s", [ticking.people_due(url, due) for _ in range(rounds)], "limit", [2.0])
    found = [latency.ours(url, queue(f"l{n}"), vendor) for n in range(rounds)]
    yield line("due to accepted, p50 ms", [p50 for p50, _ in found], "limit", [15.0])
    yield line("due to accepted, p99 ms", [p99 for _, p99 in found], "limit", [50.0])
    with tempfile.TemporaryDirectory() as folder:
        one, memory = small.embedded(Path(folder), vendor, people)
    yield line("embedded SQLite, delivered/s", [one], "limit", [500.0])
    yield line("embedded SQLite, MB", [memory], "limit", [180.0])
    for role in ("scheduler", "consumer"):
        ready, memory = small.idle(role, url, queue("idle"), vendor)
        yield line(f"{role}: start to ready, s", [ready], "limit", [2.0])
        yield line(f"{role}: idle MB", [memory], "limit", [90.0])


def line(name: str, ours: list[float], who: str, theirs: list[float]) -> str:
    """Medians, their ratio, and the range of ours."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    spread = f"{min(ours):.2f}…{max(ours):.2f} | {min(theirs):.2f}…{max(theirs):.2f}"
    return f"{name:46} {mine:12.2f} {who:>14} {other:9.2f} {mine / other:7.2f}  {spread}"


if __name__ == "__main__":
    main("quick" in sys.argv[1:])
