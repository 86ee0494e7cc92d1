"""What is done to the servers, the network, the vendor and the clock. Each trouble begins at once and ends by itself."""

import contextlib
import random
import shutil
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import psycopg

from benchmarks.faults.play import Play
from tests import servers

QUEUES = ("faults.lane.telegram:7", "faults.lane.zalo:8")
VENDOR_FAULTS = ("429", "500", "502", "drop_before", "drop_after", "late", "silence")
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
IN_TRANSACTION = " AND xact_start IS NOT NULL"
Trouble = Callable[[Play], None]


class Busy:
    """Servers that are being started anew, each in a thread: killing goes on meanwhile."""

    threads: dict[str, threading.Thread] = {}

    @classmethod
    def is_up(cls, name: str) -> bool:
        return name not in cls.threads or not cls.threads[name].is_alive()

    @classmethod
    def run(cls, play: Play, name: str, trouble: str, work: Callable[[], object]) -> None:
        def whole() -> None:
            work()
            play.ends.append((trouble, time.time()))

        play.faults[trouble] += 1
        cls.threads[name] = threading.Thread(target=whole)
        cls.threads[name].start()

    @classmethod
    def join(cls) -> None:
        for thread in cls.threads.values():
            thread.join()


def next_trouble(play: Play) -> None:
    """One at random; of servers that are just being started there is enough trouble."""
    random.choice([one for one, weight in TROUBLES for _ in range(weight)])(play)


def broker(play: Play) -> None:
    """Killed, restarted, replaced by an empty one, purged, or out of disk space."""
    if not Busy.is_up("rabbitmq"):
        return
    what = random.choice(("killed", "restarted", "replaced by an empty one", "queues purged", "disk alarm"))
    Busy.run(play, "rabbitmq", f"RabbitMQ {what}", partial(_broker, play, what))


def _broker(play: Play, what: str) -> None:
    server = play.rabbitmq
    if what == "queues purged":
        for queue in QUEUES:
            with contextlib.suppress(Exception):
                server.control("purge_queue", queue)
    elif what == "disk alarm":
        server.control("set_disk_free_limit", "900GB")
        time.sleep(random.uniform(4, 12))
        server.control("set_disk_free_limit", "1MB")
    else:
        server.stop() if what == "restarted" else server.kill()
        if what == "replaced by an empty one":
            shutil.rmtree(server.folder / "data", ignore_errors=True)
        _start(server)


def _start(server: servers.Server) -> None:
    """A crowded machine may be too slow for the first try."""
    with contextlib.suppress(RuntimeError, TimeoutError):
        server.start()
        return
    time.sleep(2)
    server.start()


def postgres(play: Play) -> None:
    """Killed, restarted, or its connections cut, preferably in the middle of a transaction."""
    if not Busy.is_up("postgres"):
        return
    what = random.choice(("killed", "restarted", "connections cut", "cut mid-transaction", "cut mid-transaction"))
    Busy.run(play, "postgres", f"PostgreSQL {what}", partial(_postgres, play, what))


def _postgres(play: Play, what: str) -> None:
    server = play.postgres
    if what in ("killed", "restarted"):
        server.stop() if what == "restarted" else server.kill()
        (server.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        _start(server)
        return
    for _ in range(20 if what == "cut mid-transaction" else 1):
        with contextlib.suppress(psycopg.Error), psycopg.connect(server.url(), autocommit=True) as connection:
            found = connection.execute(CUT + (IN_TRANSACTION if what == "cut mid-transaction" else "")).fetchall()
            if found:
                return
        time.sleep(0.05)


def network(play: Play) -> None:
    """One of the three ways is cut, refused, slow or half-open (nothing passes and nobody is told) for a while."""
    where = random.choice(("postgres", "rabbitmq", "vendor"))
    what, undo, longest = random.choice(
        (("cut", "accept", 0.1), ("refuse", "accept", 8), ("delay 0.2", "delay 0", 15), ("freeze", "flow", 30))
    )
    names = {"cut": "cut", "refuse": "away", "delay 0.2": "slow", "freeze": "half-open"}
    trouble = f"network to {where} {names[what]}"
    play.faults[trouble] += 1
    play.network.tell(where, *what.split())
    if what == "refuse":
        play.network.tell(where, "cut")

    def end() -> None:
        play.network.tell(where, *undo.split())
        play.ends.append((trouble, time.time()))

    play.do_later(random.uniform(longest / 5, longest), end)


def vendor(play: Play) -> None:
    """The next messages meet a fault of the vendor's."""
    kind = random.choice(VENDOR_FAULTS)
    where = {"messenger": random.choice(("telegram", "telegram", "zalo"))}
    if kind in ("late", "silence"):
        play.messenger.post("/faults", kind=kind, times=random.randint(1, 2), seconds=30, **where)
    else:
        play.messenger.post("/faults", kind=kind, times=random.randint(1, 6), retry_after=2, **where)
    play.faults[f"vendor {kind}"] += 1


def blocked(play: Play) -> None:
    """403 to somebody who answers: their other channel must take it, until they speak again."""
    chat = play.folk.chats[random.choice(play.folk.answering)]
    play.messenger.post("/faults", kind="403", times=1, chat=chat)
    play.faults["vendor 403"] += 1


def down(play: Play) -> None:
    """The vendor is away for an hour of business time."""
    rule = play.messenger.post("/faults", kind="down", messenger="telegram")["id"]
    play.faults["vendor down for an hour"] += 1

    def an_hour_later() -> None:
        play.move_to(play.business() + timedelta(hours=1))

    def end() -> None:
        play.messenger.delete(f"/faults/{rule}")
        play.ends.append(("vendor down for an hour", time.time()))

    play.do_later(5, an_hour_later)
    play.do_later(9, end)


def stepped(play: Play) -> None:
    """The machine's clock jumps, and comes back after a while."""
    if play.skew.seconds:
        return
    seconds = random.choice((-7200, -1800, -90, 90, 1800, 5400))
    trouble = f"clock stepped {'forward' if seconds > 0 else 'back'}"
    play.faults[trouble] += 1
    play.skew.seconds = seconds

    def end() -> None:
        play.skew.seconds = 0.0
        play.ends.append((trouble, time.time()))

    play.do_later(random.uniform(5, 15), end)


TROUBLES: tuple[tuple[Trouble, int], ...] = (
    (broker, 3), (postgres, 3), (network, 5), (vendor, 5), (blocked, 1), (down, 1), (stepped, 2),
)  # fmt: skip
