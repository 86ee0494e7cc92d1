"""The whole road: N people due at once in a database of 1,000,000 assignments, until the last delivery is recorded."""

import time
from dataclasses import dataclass
from datetime import timedelta

import psycopg

from benchmarks.road import peer, town
from benchmarks.road.measure import Process, Vendor, process
from models.clock import utcnow

SENT = "SELECT count(*) FROM delivery WHERE state = 'sent'"


@dataclass
class Run:
    """Messages a second from due to the last recorded delivery, CPU per message (ms), and what the vendor saw."""

    rate: float
    cpu_ms: float
    accepted: int
    duplicates: int


def ours(database: str, broker: str, vendor: Vendor, people: int, consumer_role: str = "consumer") -> Run:
    """One scheduler and one consumer process."""
    vendor.get("reset")
    town.clear(database)
    offset = (town.NOW - utcnow()).total_seconds()
    common = (database, broker, str(vendor.port), str(offset))
    with (
        process("benchmarks.road.parts", "scheduler", *common) as scheduler,
        process("benchmarks.road.parts", consumer_role, *common) as consumer,
    ):
        time.sleep(1.0)
        due_at = utcnow() + timedelta(seconds=2.0)
        town.make_due(database, people, due_at + timedelta(seconds=offset))
        if (left := (due_at - utcnow()).total_seconds()) < 0:
            raise RuntimeError("the town was not ready in time")
        time.sleep(left)
        return watch(database, SENT, people, [scheduler, consumer], vendor, due_at.timestamp())


def watch(database: str, query: str, people: int, processes: list[Process], vendor: Vendor, due_at: float) -> Run:
    """Wait for the last delivery and count."""
    before = sum(one.cpu() for one in processes)
    with psycopg.connect(database, autocommit=True) as connection:
        end = time.time() + 300
        while True:
            done = connection.execute(query.encode()).fetchone()[0]  # type: ignore[index]
            if done >= people or time.time() > end:
                break
            time.sleep(0.02)
    took = time.time() - due_at
    cpu = sum(one.cpu() for one in processes) - before
    ledger = vendor.ledger()
    chats = {chat for chat, _, _ in ledger}
    return Run(done / took, cpu / max(done, 1) * 1000, len(chats), len(ledger) - len(chats))


def peers(which: str, database: str, broker: str, vendor: Vendor, people: int, slow: bool = False) -> Run:
    """A dispatcher and two worker processes; with a slow vendor Celery has gevent 100, dramatiq 2 × 50 threads."""
    vendor.get("reset")
    town.clear(database)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(peer.TABLE.encode())
        connection.execute(b"TRUNCATE peer_delivery")
    plain = broker.split("?", maxsplit=1)[0]
    env = {"BENCH_DATABASE": database, "BENCH_BROKER": plain, "BENCH_VENDOR": f"http://127.0.0.1:{vendor.port}"}
    pool = ("gevent", "100") if slow else ("prefork", "2")
    command = {
        "celery": (
            "celery",
            "-A",
            "benchmarks.road.celery_peer",
            "worker",
            "-P",
            pool[0],
            "-c",
            pool[1],
            "-l",
            "ERROR",
        ),
        "dramatiq": ("dramatiq", "benchmarks.road.dramatiq_peer", "-p", "2", "-t", "50" if slow else "8"),
    }[which]
    wait = 4.0
    with (
        process(*command, wait_for="", env=env) as worker,
        process("benchmarks.road.dispatch", which, str(wait), town.NOW.isoformat(), env=env) as dispatcher,
    ):
        due_at = time.time() + wait
        town.make_due(database, people, town.NOW)
        time.sleep(max(0.0, due_at - time.time()))
        return watch(database, "SELECT count(*) FROM peer_delivery", people, [dispatcher, worker], vendor, due_at)
