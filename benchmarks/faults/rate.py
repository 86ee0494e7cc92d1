"""The pace of the senders: python -m benchmarks.faults.rate [run] [takeover] [tokens] [backlog].

The product's own consumer and scheduler on PostgreSQL and RabbitMQ, before a sandbox that enforces Telegram's limits (30 a
second in all, one a second in a chat, 20 a minute in a group) and answers 429 beyond them. Measured: the share of the
sender's 25 a second that is used, 429s, fairness, a take-over after a kill and after a freeze, two tokens side by side,
and how often a backlog is published.
"""

import os
import signal
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.faults.chats import Bench
from benchmarks.faults.play import open_sandbox, until
from benchmarks.faults.verdict import table
from models.database import Database
from models.events import EventKind, Priority
from models.leases import holder_of
from models.outbox import NewEvent
from models.schema import migrate
from tests import road, servers

SHARE = 25.0
LIMITS = {"overall": 30, "per_chat": 1, "group_per_min": 20}
EDGE = 30  # messages at each end that are not steady yet


def to_person(key: str, person: int) -> NewEvent:
    return NewEvent(key, EventKind.URGED, person)


def steady(times: list[float]) -> float:
    """Messages a second, without the beginning and the end."""
    inner = sorted(times)[EDGE:-EDGE]
    return (len(inner) - 1) / (inner[-1] - inner[0])


def whole_run(bench: Bench, count: int) -> dict[str, Any]:
    """Most chats get one message; 30 get many, and three groups as many as their limit lets through in the time."""
    heavy, groups = bench.people(30), bench.groups(3)
    minutes = count / SHARE / 60
    to_groups, to_heavy = int(20 * minutes * 0.8), 20
    single = bench.people(count - 30 * to_heavy - 3 * to_groups)
    events = [to_person(f"s{n}", person) for n, person in enumerate(single)]
    for n in range(max(to_heavy, to_groups)):
        more = [to_person(f"h{n}:{one}", one) for one in heavy if n < to_heavy]
        more += [NewEvent(f"g{n}:{one}", EventKind.GROUP_DIGEST, unit_id=one) for one in groups if n < to_groups]
        events[n * 40 : n * 40] = more
    urgent = bench.people(1)
    bench.raise_(events)
    with bench.running("scheduler", "consumer"):
        grows(bench, count // 2)
        asked = time.time()
        bench.raise_([NewEvent("u", EventKind.URGED, urgent[0], priority=Priority.URGENT)])
        bench.settle(count / SHARE * 3 + 60)
    ledger = bench.ledger()
    waited = next(one["time"] for one in ledger if one["text"] == "u") - asked
    by_chat: defaultdict[str, list[float]] = defaultdict(list)
    for one in ledger:
        by_chat[one["chat"]].append(one["time"])
    first = min(one["time"] for one in ledger)
    rate = steady([one["time"] for one in ledger])
    gaps = [later - earlier for times in by_chat.values() for earlier, later in pairwise(times)]
    alone = sorted(times[0] - first for times in by_chat.values() if len(times) == 1)
    ideal = [n / rate for n in range(len(alone))]
    private = [chat for chat in by_chat if not chat.startswith("-") and len(by_chat[chat]) > 1]
    return {
        "messages accepted": len(ledger), "accepted twice": len(ledger) - len({one["text"] for one in ledger}),
        "429 answers": bench.refused(), "a second, steady": round(rate, 2),
        "share of the sender's 25": f"{rate / SHARE:.1%}",
        "most in any second": busiest([one["time"] for one in ledger]),
        "a second, by ten seconds": " ".join(f"{n / 10:.0f}" for n in by_tens([one["time"] - first for one in ledger])),
        "an urgent one in the middle of it waited, s": round(waited, 1),
        "shortest gap in a chat, s": round(min(gaps), 3),
        "longest gap in a chat that has more, s": round(max(max(b - a for a, b in pairwise(by_chat[c])) for c in private), 1),
        "chats of one message: farthest behind their turn, s": round(max(a - i for a, i in zip(alone, ideal, strict=True)), 1),
    }  # fmt: skip


def by_tens(times: list[float]) -> list[int]:
    counted = Counter(int(at // 10) for at in times)
    return [counted[n] for n in range(max(counted) + 1)]


def busiest(times: list[float]) -> int:
    ordered, start, most = sorted(times), 0, 0
    for end, at in enumerate(ordered):
        while at - ordered[start] >= 1:
            start += 1
        most = max(most, end - start + 1)
    return most


def take_over(bench: Bench) -> dict[str, Any]:
    """Three consumers: the sender is killed, the next one frozen and woken, the third sends on."""
    bench.raise_([to_person(f"t{n}", person) for n, person in enumerate(bench.people(1200))])
    figures: dict[str, Any] = {}
    with bench.running("scheduler", "consumer", "consumer", "consumer") as pids:
        for how in (signal.SIGKILL, signal.SIGSTOP):
            grows(bench, 100)
            holder = sender_pid(bench)
            at = time.time()
            os.kill(holder, how)
            grows(bench, 30, after=at + 1)
            name = "killed" if how == signal.SIGKILL else "frozen"
            arrivals = [one["time"] for one in bench.ledger() if one["time"] > at]
            figures[f"sender {name}: longest pause, s"] = round(max(b - a for a, b in pairwise([at, *arrivals])), 1)
        os.kill(holder, signal.SIGCONT)
        bench.settle(400)
        figures["processes that sent"] = 3
        assert holder in pids
    texts = Counter(one["text"] for one in bench.ledger() if one["text"].startswith("t"))
    marked = sum(one.ambiguous_times > 0 for one in road.deliveries(bench.database))
    figures |= {
        "accepted": len(texts), "twice": sum(count > 1 for count in texts.values()), "marked ambiguous": marked,
        "429 answers, take-over": bench.refused(),
        "most in any second, take-over": busiest([one["time"] for one in bench.ledger() if one["text"].startswith("t")]),
    }  # fmt: skip
    return figures


def grows(bench: Bench, more: int, after: float = 0.0) -> None:
    """Wait until so many more are accepted."""
    since = after or time.time()
    until(lambda: sum(one["time"] > since for one in bench.ledger()) >= more, "nobody sends", 120)


def sender_pid(bench: Bench) -> int:
    with bench.database.reading() as session:
        held = holder_of(session, "sender:telegram:7") or ""
    return int(held.split(":")[1])


def two_tokens(bench: Bench) -> dict[str, Any]:
    """Two bots side by side."""
    for token in bench.tokens:
        bench.raise_([to_person(f"{token}:{p}", p) for p in bench.people(750, token)])
    with bench.running("scheduler", "consumer"):
        bench.settle(200)
    ledger = bench.ledger()
    each = [steady([one["time"] for one in ledger if one["token"] == token]) for token in bench.tokens]
    return {
        "tokens": len(bench.tokens), "accepted": len(ledger), "429 answers": bench.refused(),
        "a second, both": round(steady([one["time"] for one in ledger]), 1), "each": [round(rate, 1) for rate in each],
    }  # fmt: skip


def backlog(bench: Bench, count: int) -> dict[str, Any]:
    """Far more than the lane can carry: what RabbitMQ was given, by its own counter."""
    persons = bench.people(5000)
    bench.raise_([to_person(f"b{n}", persons[n % len(persons)]) for n in range(count)])
    before = received(bench)
    with bench.running("scheduler", "consumer"):
        time.sleep(240)
        sent, given = len(bench.ledger()), received(bench) - before
    return {"events waiting": count, "sent in 240 s": sent, "given to RabbitMQ": given, "above sent": given - sent}


def received(bench: Bench) -> int:
    """Messages RabbitMQ has received in all, from its metrics."""
    url = f"http://127.0.0.1:{bench.rabbitmq.metrics_port}/metrics"  # type: ignore[attr-defined]
    with urllib.request.urlopen(url) as answer:
        lines = answer.read().decode().splitlines()
    name = 'rabbitmq_global_messages_received_total{protocol="amqp091"}'
    return next(int(float(line.split()[-1])) for line in lines if line.startswith(name))


class MeasuredRabbitMQ(servers.RabbitMQ):
    """With its own counters on a port."""

    def __init__(self) -> None:
        super().__init__()
        self.metrics_port = servers.free_port()
        (self.folder / "enabled_plugins").write_text("[rabbitmq_prometheus].\n")
        with (self.folder / "rabbitmq.conf").open("a") as conf:
            conf.write(f"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {self.metrics_port}\n")


MEASURES: dict[str, tuple[Callable[[Bench], dict[str, Any]], tuple[str, ...]]] = {
    "run": (lambda bench: whole_run(bench, 3000), ("7:rate",)),
    "takeover": (take_over, ("7:rate",)),
    "tokens": (two_tokens, ("7:rate", "9:rate")),
    "backlog": (lambda bench: backlog(bench, 100_000), ("7:rate",)),
}


def main(names: list[str]) -> None:
    """Each measure in a database and before a sandbox of its own; all, or those named."""
    postgres, rabbitmq = servers.Postgres(durable=True), MeasuredRabbitMQ()
    postgres.start()
    rabbitmq.start()
    try:
        for name in names or MEASURES:
            measure, tokens = MEASURES[name]
            table(name, alone(postgres, rabbitmq, name, measure, tokens).items())
            sys.stdout.flush()
    finally:
        rabbitmq.remove()
        postgres.remove()


def alone(
    postgres: servers.Postgres,
    rabbitmq: servers.RabbitMQ,
    name: str,
    measure: Callable[[Bench], dict[str, Any]],
    tokens: tuple[str, ...],
) -> dict[str, Any]:
    """One measure."""
    home = Database(postgres.url())
    with home.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    home.close()
    database, port = Database(postgres.url(name)), servers.free_port()
    migrate(database)
    sandbox = open_sandbox(port)
    with tempfile.TemporaryDirectory(prefix="dondoc-rate-") as folder:
        bench = Bench(Path(folder), postgres, rabbitmq, port, database, tokens)
        bench.messenger.post("/limits", telegram=LIMITS)
        try:
            return measure(bench)
        finally:
            print((bench.folder / "roles.log").read_text(errors="replace")[-1500:], file=sys.stderr)
            database.close()
            sandbox.kill()
            sandbox.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
