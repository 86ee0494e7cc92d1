"""Every measure of the road in one table: python -m benchmarks.road [quick] [--only PART …] [--rounds N]."""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.road import latency, publish, rate, small, ticking, town
from benchmarks.road.measure import Vendor
from tests import servers

HEAD = f"{'measure':46} {'ours':>12} {'peer or limit':>24} {'ratio':>7}  spread"
PARTS = ("rate", "slow", "publish", "tick", "latency", "morning", "embedded", "idle")
UNITS = 119
VENDOR_RATE = 30.0  # a second; our sender keeps to 25 and leaves the rest to the bot's answers


@dataclass
class Run:
    """What every part is given."""

    url: str
    queue: Callable[[str], str]
    people: int
    rounds: int
    name: int = 0

    def fresh(self) -> str:
        """The broker's URL with queues nobody has used."""
        self.name += 1
        return self.queue(f"b{self.name}")


def main() -> None:
    """Start the servers (or use those named), fill the town if it is empty, print a line as soon as it is measured."""
    arguments = parsed()
    units, people, rounds = (400, 1000, 1) if arguments.quick else (10_000, 3000, 3)
    started: list[servers.Postgres | servers.RabbitMQ] = []
    if arguments.database:
        url = arguments.database
    else:
        started.append(postgres := servers.Postgres(durable=True))
        postgres.start()
        url = postgres.url()
    if arguments.broker:
        broker: str = arguments.broker

        def queue(prefix: str) -> str:
            return f"{broker}?queue_prefix={prefix}_{servers.fresh_name()}"
    else:
        started.append(rabbitmq := servers.RabbitMQ())
        rabbitmq.start()
        queue = rabbitmq.url
    try:
        town.fill(url, units=units)
        print(HEAD, flush=True)
        for line in measures(arguments.only, Run(url, queue, people, arguments.rounds or rounds)):
            print(line, flush=True)
    finally:
        for server in started:
            server.remove()


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.road", description=__doc__)
    quick = "a hundredth of the rows and fewer rounds, to see that everything runs"
    parser.add_argument("quick", nargs="?", choices=["quick"], help=quick)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=0, help="of each measure (3; quick: 1)")
    parser.add_argument("--database", default="", help="a PostgreSQL that runs already; it is filled if it is empty")
    parser.add_argument("--broker", default="", help="a RabbitMQ that runs already")
    return parser.parse_args()


def measures(only: tuple[str, ...], run: Run) -> Iterator[str]:
    """The table's lines."""
    vendor, slow = Vendor(), Vendor(0.05)
    try:
        if "rate" in only:
            yield from whole_road("whole road", run, vendor, is_slow=False)
        if "slow" in only:
            yield from whole_road("whole road, vendor takes 50 ms", run, slow, is_slow=True)
        if "publish" in only:
            ours = [publish.ours(run.url, run.fresh(), run.people * 3) for _ in range(run.rounds)]
            peers = [publish.dramatiq(run.queue("x"), run.people) for _ in range(run.rounds)]
            yield line("leased, confirmed, marked /s", ours, "dramatiq publish", peers)
        if "tick" in only:
            yield line("tick, nothing due, ms", [ticking.nothing_due(run.url) for _ in range(run.rounds)], "limit", [3])
            due = run.people * 10 // 3
            took = [ticking.people_due(run.url, due) for _ in range(run.rounds)]
            yield line(f"tick, {due} people due, s", took, "limit", [2.0])
        if "latency" in only:
            found = [latency.ours(run.url, run.fresh(), vendor) for _ in range(run.rounds)]
            yield line("due to accepted, p50 ms", [p50 for p50, _ in found], "limit", [15.0])
            yield line("due to accepted, p99 ms", [p99 for _, p99 in found], "limit", [50.0])
        if "morning" in only:
            took = [UNITS / rate.ours(run.url, run.fresh(), vendor, UNITS, "paced").rate for _ in range(run.rounds)]
            yield line(f"{UNITS} digests of one morning, s", took, "limit", [UNITS / VENDOR_RATE + 2])
        if "embedded" in only:
            with tempfile.TemporaryDirectory() as folder:
                each = [small.embedded(Path(folder, str(n)), vendor, run.people) for n in range(run.rounds)]
            yield line("embedded SQLite, delivered/s", [one for one, _ in each], "limit", [500.0])
            yield line("embedded SQLite, MB", [memory for _, memory in each], "limit", [180.0])
        if "idle" in only:
            for role in ("scheduler", "consumer"):
                each = [small.idle(role, run.url, run.fresh(), vendor) for _ in range(run.rounds)]
                yield line(f"{role}: start to ready, s", [ready for ready, _ in each], "limit", [2.0])
                yield line(f"{role}: idle MB", [memory for _, memory in each], "limit", [90.0])
    finally:
        vendor.close()
        slow.close()


def whole_road(name: str, run: Run, vendor: Vendor, *, is_slow: bool) -> Iterator[str]:
    """Ours and the peers in turn, so that a noisy moment meets all of them."""
    ours: list[rate.Run] = []
    peers: dict[str, list[rate.Run]] = {"celery": [], "dramatiq": []}
    for _ in range(run.rounds):
        ours.append(rate.ours(run.url, run.fresh(), vendor, run.people))
        if ours[-1].accepted != run.people or ours[-1].duplicates:
            raise RuntimeError("a reminder was lost or doubled")
        for which, runs in peers.items():
            runs.append(rate.peers(which, run.url, run.queue("peers"), vendor, run.people, is_slow))
    for which, runs in peers.items():
        yield line(f"{name}: delivered/s", [r.rate for r in ours], which, [r.rate for r in runs])
        yield line(f"{name}: CPU ms a message", [r.cpu_ms for r in ours], which, [r.cpu_ms for r in runs])


def line(name: str, ours: list[float], who: str, theirs: list[float]) -> str:
    """Medians, their ratio, and the range of ours."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    spread = f"{min(ours):.2f}…{max(ours):.2f} | {min(theirs):.2f}…{max(theirs):.2f}"
    return f"{name:46} {mine:12.2f} {who:>14} {other:9.2f} {mine / other:7.2f}  {spread}"


if __name__ == "__main__":
    main()
