"""A simulated year: Bắc Ninh's register, 300 letters read and loaded, people who answer, are late, ask, leave.

    python benchmarks/year.py [--letters 300] [--days 365] [--database sqlite|postgresql] [--road embedded|rabbitmq] [--all]

Every message goes the whole road to a vendor that writes down what it took. Prints per month messages, people, digests
per person, overdue, escalations; asserts after every morning that nobody got two digests, that nothing due is silent
and nothing done is chased. `--all` runs SQLite and PostgreSQL, embedded and RabbitMQ, and compares.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.year_checks import Watch
from benchmarks.year_letters import Letter, letters
from benchmarks.year_people import Folk, settle_in
from bot.render import render
from broker.base import Broker
from broker.embedded import EmbeddedBroker
from consumers import run as consumers_run
from letters import read
from models.clock import TIMEZONE
from models.database import Database
from models.events import Event
from models.loading import create, start_draft
from models.road_upkeep import tidy
from models.schema import migrate
from models.wakeups import wakeups
from models.workdays import default_calendar
from scheduler import forward, periodic
from scheduler.tick import tick_all
from tests import servers
from tests.road import LedgerChannel

START = date(2026, 1, 5)
DRAIN_SECONDS = 420
"""More than a claim (90 s) and a message forwarded into a queue that lost it (3 minutes) together."""


@dataclass
class Year:
    """One run. `clock` is the simulated instant everything asks for."""

    database: Database
    broker: Broker
    vendor: LedgerChannel = field(default_factory=LedgerChannel)
    clock: datetime = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
    watch: Watch = field(default_factory=Watch)
    folk: Folk = field(default_factory=lambda: Folk(default_calendar()))
    admin: int = 0

    def now(self) -> datetime:
        """Business time."""
        return self.clock

    async def live(self, mail: list[Letter], days: int) -> None:
        """Day after day; consumers and forwarder run all the while."""
        stop = asyncio.Event()
        await self.broker.start()
        parts = [
            asyncio.create_task(consumers_run.run(self.database, self.broker, [self.vendor], render, self.now, stop)),
            asyncio.create_task(forward.run(self.database, self.broker, self.now, stop)),
        ]
        try:
            self.admin = self.folk.admin = await self.database.write(settle_in, self.clock)
            await self._live(mail, days)
        finally:
            stop.set()
            await asyncio.gather(*parts)
            await self.broker.close()

    async def _live(self, mail: list[Letter], days: int) -> None:
        by_day: dict[date, list[Letter]] = defaultdict(list)
        for letter in mail:
            by_day[letter.day].append(letter)
        for n in range(days):
            day = START + timedelta(days=n)
            if day.day == 1:
                print(f"… {day:%m/%Y}, {self.watch.raised()} events", file=sys.stderr, flush=True)
            await self._day(day, by_day)
        await self.database.read(self.watch.end, self.clock)

    async def _day(self, day: date, by_day: dict[date, list[Letter]]) -> None:
        before, seen = len(self.vendor.ledger), self.watch.seen_event
        await self._at(day, 8, 0)
        if not self.folk.calendar.is_working(day):
            assert len(self.vendor.ledger) == before, f"a message on {day}, a day off"
            return
        await self.database.read(self.watch.morning, day, seen, self.vendor.ledger[before:])
        await self._do(self.folk.some_leave)
        await self._at(day, 9, 30, self.folk.owners_act)
        await self._at(day, 10, 45)
        await self._at(day, 14, 0, self.folk.contacts_act)
        for letter in by_day[day]:
            await self._do(lambda session, _now, letter=letter: self._load(session, letter))
        await self._at(day, 16, 0)

    async def _at(self, day: date, hour: int, minute: int, act=None) -> None:
        self.clock = datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIMEZONE).astimezone(UTC)
        if act is not None:
            await self._do(act)
        await asyncio.to_thread(tick_all, self.database, self.clock)
        await self._do(periodic.run_all)
        await self._do(tidy)  # the forwarder's sweep; left to its own seconds, it would meet a step of the day or not
        await self._drain()
        await self.database.read(self.watch.count, self.clock)

    async def _do(self, act: Callable[[Session, datetime], object]) -> None:
        """One transaction; again when its connection was given up (a machine that stood still in the middle of it)."""
        for attempt in range(3):
            counted = dict(self.folk.counts)
            try:
                await self.database.write(act, self.clock)
            except OperationalError:
                self.folk.counts = counted
                if attempt == 2:
                    raise
            else:
                return

    async def _drain(self) -> None:
        """Until the road is empty: everything available now is settled one way or another.

        Only time in which this process ran counts: one that is stopped for minutes finds its claims expired, and they
        end first. So a message that is really stuck still shows.
        """
        wakeups.ring()
        waited = 0.0
        while await self.database.read(_on_the_way, self.clock):
            if waited > DRAIN_SECONDS:
                raise AssertionError(f"the road does not empty: {await self.database.read(_stuck, self.clock)}")
            looked = time.monotonic()
            await asyncio.sleep(0.01)
            waited += min(time.monotonic() - looked, 1.0)

    def _load(self, session: Session, letter: Letter) -> None:
        reading = read(letter.text, today=letter.day)
        draft = start_draft(session, self.clock, self.admin, reading, reading.text)
        create(session, self.clock, draft, self.admin)

    def table(self) -> str:
        """What was counted, a line a month."""
        people = "people: " + ", ".join(f"{what} {n}" for what, n in sorted(self.folk.counts.items()))
        return "\n".join([*self.watch.table(), people, f"different messages accepted: {len(set(self.vendor.ledger))}"])


def _on_the_way(session: Session, now: datetime) -> bool:
    query = text(
        "SELECT 1 FROM event WHERE state IN ('forwarded', 'claimed')"
        " OR (state = 'waiting' AND lane <> '' AND available_at <= :now) LIMIT 1"
    )
    moment = now if session.get_bind().dialect.name == "postgresql" else now.strftime("%Y-%m-%d %H:%M:%S.%f")
    return session.connection().execute(query, {"now": moment}).first() is not None


def _stuck(session: Session, now: datetime) -> list[str]:
    query = select(Event).where(col(Event.state).in_(["waiting", "forwarded", "claimed"]), Event.available_at <= now)
    return [
        f"{e.key} {e.state} available {e.available_at} attempts {e.attempts} {e.last_error}"
        for e in session.exec(query.order_by(col(Event.id)).limit(5))
    ]


def run(database_kind: str, road: str, mail: list[Letter], days: int) -> str:
    """One year on one pair of servers; gives its table."""
    started: list[servers.Server] = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/year.sqlite3"
        if database_kind == "postgresql":
            postgres = servers.Postgres()
            started.append(postgres)
            postgres.start()
            url = postgres.url()
        database = Database(url)
        migrate(database)
        year = Year(database, EmbeddedBroker(database, lambda: year.clock))
        if road == "rabbitmq":
            from broker.rabbitmq import RabbitBroker

            rabbit = servers.RabbitMQ()
            started.append(rabbit)
            rabbit.start()
            year.broker = RabbitBroker(rabbit.url("year"))
        began, busy = time.perf_counter(), time.process_time()
        try:
            asyncio.run(year.live(mail, days))
        finally:
            database.close()
            for server in started:
                server.remove()
        took = time.perf_counter() - began
        again = len(year.vendor.ledger) - len(set(year.vendor.ledger))
        print(
            f"\n{database_kind}, {road}: {days} days, {len(mail)} letters in {took:.0f} s,"
            f" {time.process_time() - busy:.0f} s of CPU, the same words again {again}\n{year.table()}",
            flush=True,
        )
        return year.table()


def main() -> None:
    """Run what was asked for; with --all compare the four."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--road", choices=("embedded", "rabbitmq"), default="embedded")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    mail = letters(START, options.days, options.letters)
    if not options.all:
        run(options.database, options.road, mail, options.days)
        return
    tables = {
        (database, road): run(database, road, mail, options.days)
        for database in ("sqlite", "postgresql")
        for road in ("embedded", "rabbitmq")
    }
    if len(set(tables.values())) > 1:
        sys.exit("the runs differ")
    print("\nall four runs came to the same")


if __name__ == "__main__":
    main()
