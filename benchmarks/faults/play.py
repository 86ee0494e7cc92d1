"""One run: the roles that live, what has been done to them, and the town's day."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import func, select
from sqlmodel import col

from benchmarks.faults import role
from benchmarks.faults.network import Network
from benchmarks.faults.town import TELEGRAM, ZALO, Folk, Messenger, open_number
from dondoc.settings import Settings
from models.business_clock import write_offset
from models.clock import utcnow
from models.database import Database
from models.events import EVENTS, EventState, in_state
from models.talk import Seen
from scheduler.tick import anything_due
from tests import servers

ON_ROAD = select(EVENTS.c.id).where(in_state(EventState.FORWARDED, EventState.CLAIMED)).limit(1)
ROLES = ("scheduler", "scheduler", "consumer", "consumer", "bot", "bot")


class DurablePostgres(servers.Postgres):
    """With fsync, and with the real instant of every commit."""

    def command(self) -> list[str]:
        return [*super().command(), "-c", "track_commit_timestamp=on"]


@dataclass
class Said:
    """A /done somebody said. `at`: real time."""

    token: str
    person: int
    assignment: int
    at: float


@dataclass
class Play:
    """One run and what has been counted."""

    folder: Path
    postgres: DurablePostgres
    rabbitmq: servers.RabbitMQ
    messenger: Messenger
    network: Network
    database: Database
    folk: Folk
    skew: role.Skew = field(default_factory=role.Skew)
    faults: Counter[str] = field(default_factory=Counter)
    ends: list[tuple[str, float]] = field(default_factory=list)
    """Faults that are over, and when."""
    alive: dict[int, tuple[str, str]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    later: list[tuple[float, Callable[[], object]]] = field(default_factory=list)
    offset: timedelta = timedelta()
    days: list[date] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(count for name, count in self.faults.items() if name.startswith("kill "))

    def settings(self) -> Settings:
        ports = self.network.ports
        rabbitmq = f"amqp://guest:guest@127.0.0.1:{ports['rabbitmq']}/?queue_prefix=faults"
        vendor = f"http://127.0.0.1:{ports['vendor']}"
        return Settings(
            data_dir=self.folder,
            database_url=SecretStr(f"postgresql://{self.postgres.user}@127.0.0.1:{ports['postgres']}/postgres"),
            broker_url=SecretStr(rabbitmq),
            telegram_token=SecretStr(TELEGRAM),
            telegram_api_url=vendor,
            zalo_tokens=(SecretStr(ZALO),),
            zalo_api_url=f"{vendor}/zalo",
            zalo_monthly_quota=1_000_000,
            http_addr="127.0.0.1:0",
            simulated_clock=True,
        )

    def start(self, name: str, *, fused: bool = True) -> None:
        self.database.engine.dispose()
        pid, step = role.fork(name, self.settings(), self.skew, self.folder / "roles.log", fused=fused)
        self.alive[pid] = (name, step)

    def reap(self, *, fused: bool = True) -> None:
        """Count who has died and start them anew."""
        for pid in list(self.alive):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                name, step = self.alive.pop(pid)
                fell = os.WIFSIGNALED(status)
                self.faults[f"kill {name} {step or 'at random'}" if fell else f"{name} ended by itself"] += 1
                self.start(name, fused=fused)

    def kill_one(self, but: str = "") -> None:
        pid = random.choice([pid for pid, (name, _) in self.alive.items() if name != but])
        self.alive[pid] = (self.alive[pid][0], "at random")
        os.kill(pid, signal.SIGKILL)

    def do_later(self, seconds: float, work: Callable[[], object]) -> None:
        self.later.append((time.monotonic() + seconds, work))

    def do_due(self, *, at_once: bool = False) -> None:
        """What was put off until now."""
        now = time.monotonic()
        ready = [one for one in self.later if at_once or one[0] <= now]
        self.later = [one for one in self.later if one not in ready]
        for _, work in ready:
            work()

    def business(self) -> datetime:
        return utcnow() + self.offset

    def move_to(self, instant: datetime) -> None:
        """Set business time; PostgreSQL may be away for a while."""
        self.offset = instant - utcnow()
        until(lambda: attempt(lambda: self._write_offset() or True), "the clock cannot be moved")

    def _write_offset(self) -> None:
        with self.database.transaction() as session:
            write_offset(session, self.offset)

    def say_done(self, today: date) -> None:
        """One of those who answer says that something is done."""
        person = random.choice(self.folk.answering)
        with contextlib.suppress(Exception), self.database.reading() as session:
            found = open_number(session, person, today + timedelta(days=2))
            if found and found[1] not in {one.assignment for one in self.said[-200:]}:
                token = f"VB{len(self.said):05d}"
                resident = self.folk.residents[person]
                self.messenger.post(f"/people/{resident}/say", text=f"/xong {found[0]} đã báo cáo, mã {token}")
                self.said.append(Said(token, person, found[1], time.time()))

    def planned_up(self) -> bool:
        """Whether the schedulers have nothing left to find; False while PostgreSQL is away."""

        def look() -> bool:
            with self.database.reading() as session:
                return not anything_due(session, self.business())

        return attempt(look)

    def all_answered(self) -> bool:
        """Whether everybody who spoke has been answered."""
        with self.database.reading() as session:
            return session.execute(select(col(Seen.id)).where(col(Seen.answered_at).is_(None))).first() is None

    def move_to_next_due(self) -> None:
        """What was put off is waited for in business time: let it come."""

        def look() -> bool:
            at, now = EVENTS.c.available_at, self.business()
            query = select(func.min(at)).where(in_state(EventState.WAITING), at > now)
            with self.database.reading() as session:
                due = session.connection().execute(query).scalar()
                busy = session.connection().execute(ON_ROAD).first()
            if due is not None and busy is None:
                self.move_to(due)
            return True

        attempt(look)

    def close(self) -> None:
        for pid in self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def attempt(work: Callable[[], bool]) -> bool:
    """PostgreSQL may be away: False then."""
    try:
        return bool(work())
    except Exception:
        return False


def until(done: Callable[[], bool], failure: str, seconds: float = 180) -> None:
    """Wait. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(failure)
        time.sleep(0.2)


def open_sandbox(port: int) -> subprocess.Popen[bytes]:
    """`dondoc sandbox`, and wait until it answers."""
    command = [sys.executable, "-m", "dondoc", "sandbox", "--addr", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    messenger = Messenger(port)
    until(lambda: attempt(lambda: messenger.ledger() is not None), "the sandbox did not open", 60)
    messenger.post("/limits", telegram={"overall": 30, "per_chat": 1, "group_per_min": 20})
    return process
