"""Faults, counted: python -m benchmarks.faults [KILLS] [EVENTS]. Real processes, PostgreSQL and RabbitMQ, and a vendor whose
ledger says what arrived.

Two forwarders and two consumers run all the time; each dies by kill -9 at a random named step or at a random moment
and is started anew. Meanwhile the broker is killed and purged, PostgreSQL is killed, and the vendor loses answers,
fails and refuses. Then everything may finish, and the ledger is compared with the outbox.
"""

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import psycopg

from benchmarks.road import faulty
from benchmarks.road.measure import Vendor
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from models.schema import migrate
from tests import road, servers

ROLES = ("forwarder", "forwarder", "consumer", "consumer")


@dataclass
class Play:
    """One run and what has been counted."""

    postgres: servers.Postgres
    rabbitmq: servers.RabbitMQ
    vendor: Vendor
    kills: int
    events: int
    faults: Counter[str] = field(default_factory=Counter)
    alive: dict[int, tuple[str, str]] = field(default_factory=dict)
    recoveries: list[float] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(count for name, count in self.faults.items() if name.startswith(("before", "after", "at random")))

    def start(self, role: str, *, fused: bool = True) -> None:
        url = (self.postgres.url(), self.rabbitmq.url("faults"), self.vendor.port)
        pid, step = faulty.fork(role, *url, fused=fused)
        self.alive[pid] = (role, step)

    def reap(self, *, fused: bool = True) -> None:
        """Count who has died and start them anew."""
        for pid in list(self.alive):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                role, step = self.alive.pop(pid)
                if os.WIFSIGNALED(status):
                    self.faults[step or "at random"] += 1
                else:
                    self.faults["ended by itself"] += 1
                self.start(role, fused=fused)

    def kill_one(self) -> None:
        pid = random.choice(list(self.alive))
        role, _ = self.alive[pid]
        self.alive[pid] = (role, "at random")
        os.kill(pid, signal.SIGKILL)

    def server_fault(self) -> None:
        """One of the servers' troubles."""
        name = random.choice(("broker killed", "queue purged", "PostgreSQL killed", "connections cut", "vendor fault"))
        self.faults[name] += 1
        if name == "broker killed":
            self.rabbitmq.kill()
            self.rabbitmq.start()
        elif name == "PostgreSQL killed":
            self.postgres.kill()
            (self.postgres.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            self.postgres.start()
        elif name == "queue purged":
            with contextlib.suppress(Exception):
                self.rabbitmq.control("purge_queue", "faults.lane.telegram:7")
        elif name == "connections cut":
            with (
                contextlib.suppress(psycopg.Error),
                psycopg.connect(self.postgres.url(), autocommit=True) as connection,
            ):
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                )
        else:
            self.vendor.get(f"fault/{random.choice(('lose', 'error', 'refuse', 'rate'))}/{random.randint(1, 5)}")


def main(kills: int = 1000, events: int = 3000) -> None:
    """Run, then print the report; exits 1 when an invariant is broken."""
    postgres, rabbitmq, vendor = servers.Postgres(durable=True), servers.RabbitMQ(), Vendor()
    postgres.start()
    rabbitmq.start()
    play = Play(postgres, rabbitmq, vendor, kills, events)
    database = Database(postgres.url())
    try:
        migrate(database)
        with database.transaction() as session:
            persons = road.people(session, 400)
        began = time.monotonic()
        storm(play, database, persons)
        finish(play, database)
        ok = report(play, database, time.monotonic() - began)
    finally:
        for pid in play.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        database.close()
        vendor.close()
        rabbitmq.remove()
        postgres.remove()
    sys.exit(0 if ok else 1)


def storm(play: Play, database: Database, persons: list[int]) -> None:
    """Kill until enough have died; raise events all the while."""
    for role in ROLES:
        play.start(role)
    raised, next_server, next_kill = 0, time.monotonic() + 5, time.monotonic() + 2
    while play.killed < play.kills or raised < play.events:
        time.sleep(0.05)
        play.reap()
        wanted = min(play.events, int(play.events * (play.killed + 1) / play.kills))
        if raised < wanted:
            raised += attempt(partial(raise_some, database, persons, raised, min(wanted, raised + 50)))
        if time.monotonic() > next_kill:
            play.kill_one()
            next_kill = time.monotonic() + random.uniform(0.4, 2.5)
        if time.monotonic() > next_server:
            play.server_fault()
            next_server = time.monotonic() + random.uniform(8, 25)


def raise_some(database: Database, persons: list[int], first: int, last: int) -> int:
    """Events number `first` to `last`; the number is in the key, so order per person can be checked."""
    with database.transaction() as session:
        new = [
            NewEvent(f"{n:06d}:{persons[n % len(persons)]}", EventKind.URGED, persons[n % len(persons)])
            for n in range(first, last)
        ]
        raise_many(session, utcnow(), new)
    return last - first  # those a broken commit left behind are new only once


def attempt(work: Callable[[], int]) -> int:
    """PostgreSQL may be away: nothing was raised then, and it is tried again."""
    try:
        return work()
    except Exception:
        return 0


def finish(play: Play, database: Database) -> None:
    """No more faults: claims run out, what was lost is forwarded again, until nothing is left under way."""
    play.vendor.get("fault/none/0")
    for pid, (role, _) in list(play.alive.items()):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        play.faults["at random"] += 1
        del play.alive[pid]
        play.start(role, fused=False)
    began = time.monotonic()
    done = road.all_done(database)
    while not attempt(lambda: int(done())) and time.monotonic() - began < 600:
        time.sleep(0.5)
        play.reap(fused=False)
    play.recoveries.append(time.monotonic() - began)


def report(play: Play, database: Database, took: float) -> bool:
    """Compare the vendor's ledger with the outbox."""
    accepted: list[str] = [text for _, text, _ in play.vendor.ledger()]  # type: ignore[misc]
    counts = Counter(accepted)
    states = road.states(database)
    marked = {delivery.event_id for delivery in road.deliveries(database) if delivery.ambiguous_times}
    with database.reading() as session:
        ids = {event.key: event.id for event in session.exec(road.select(road.Event))}
    settled = {key for key, state in states.items() if state == "settled" and not key.startswith("alert")}
    failed = {key for key, state in states.items() if state == "failed"}
    lost = [key for key in settled if not counts[key]]
    open_still = [key for key, state in states.items() if state not in ("settled", "failed", "superseded")]
    twice = [key for key, count in counts.items() if count > 1]
    unexplained = [key for key in twice if ids[key] not in marked]
    disorder = out_of_order(accepted, marked, ids)
    for name, count in sorted(play.faults.items()):
        print(f"{name:28} {count:5}")
    print(json.dumps({
        "kills": play.killed, "events": len(states), "accepted": len(accepted), "settled": len(settled),
        "failed and told": len(failed), "still open": len(open_still), "lost": len(lost),
        "duplicates marked": len(twice) - len(unexplained), "duplicates unexplained": len(unexplained),
        "ambiguous deliveries": len(marked), "out of order": disorder,
        "last fault to all settled, s": round(play.recoveries[0], 1), "took, s": round(took),
    }, indent=1))  # fmt: skip
    return not (lost or unexplained or open_still or disorder)


def out_of_order(accepted: list[str], marked: set[int], ids: dict[str, int | None]) -> int:
    """First arrivals of one person that came before an earlier event of theirs. A marked one may have come by its second send."""
    latest: dict[str, str] = {}
    wrong = 0
    for key in dict.fromkeys(accepted):
        number, _, person = key.partition(":")
        if person in latest and number < latest[person] and ids[key] not in marked:
            wrong += 1
        latest[person] = max(latest.get(person, ""), number)
    return wrong


if __name__ == "__main__":
    random.seed()
    main(*map(int, sys.argv[1:]))
