"""The running scheduler: a tick at the due instant, at once when the clock is moved, and no job per task."""

import asyncio
import threading
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from broker.embedded import EmbeddedBroker
from models.business_clock import BusinessClock
from models.clock import local_date, utcnow
from models.database import Database
from models.events import Event, EventKind
from models.heartbeat import beats
from models.units import Role
from scheduler import periodic
from scheduler.jobs import HEARTBEAT, Jobs, run
from tests.town import MONDAY, Town, at

TUESDAY = MONDAY + timedelta(days=1)


def load(session: Session, **letter: str) -> int:
    town = Town(session, now=at(MONDAY, 10))
    unit = town.unit("Sở Xây dựng")
    owner = town.person("Chuyên viên", unit, Role.OWNER)
    town.opened(town.letter(town.person("Văn thư"), **letter), [unit], due_on=TUESDAY + timedelta(days=40))
    return owner


def told(session: Session) -> list[str]:
    return list(session.exec(select(Event.kind).order_by(Event.id)))  # type: ignore[arg-type]


async def until(database: Database, kinds: list[str]) -> None:
    async with asyncio.timeout(8):
        while await database.read(told) != kinds:
            await asyncio.sleep(0.02)


@pytest.fixture
async def clock(database: Database) -> BusinessClock:
    clock = BusinessClock(database, simulated=True)
    await clock.move_to(at(MONDAY, 10))
    return clock


async def test_the_tick_runs_at_the_due_instant_not_at_the_next_interval(
    database: Database, clock: BusinessClock
) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run(database, EmbeddedBroker(database, clock.now), clock, stop))
    await database.write(load)
    await clock.move_to(at(TUESDAY, 8) - timedelta(seconds=0.6))
    started = utcnow()
    await until(database, [EventKind.DIGEST])
    assert 0.3 < (utcnow() - started).total_seconds() < 3
    assert HEARTBEAT in [beat.name for beat in await database.read(beats)]
    stop.set()
    await running
    assert HEARTBEAT not in [beat.name for beat in await database.read(beats)]


async def test_an_urgent_letter_loaded_at_night_is_told_without_waiting_for_the_interval(
    database: Database, clock: BusinessClock
) -> None:
    await clock.move_to(at(MONDAY, 23))
    stop = asyncio.Event()
    running = asyncio.create_task(run(database, EmbeddedBroker(database, clock.now), clock, stop))
    await asyncio.sleep(0.3)

    def load_urgent(session: Session) -> None:
        town = Town(session, now=clock.now())
        unit = town.unit("Sở Xây dựng")
        town.person("Chuyên viên", unit, Role.OWNER)
        town.opened(town.letter(town.person("Văn thư"), urgency="hỏa tốc"), [unit], due_on=TUESDAY)

    await database.write(load_urgent)
    await until(database, [EventKind.URGENT])
    stop.set()
    await running


async def test_a_failed_pass_is_tried_again_and_kills_nothing(
    database: Database, clock: BusinessClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scheduler import jobs as module

    calls: list[int] = []
    whole_pass = module.tick_all

    def failing_once(*args: object) -> int:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("server closed the connection")
        return whole_pass(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "tick_all", failing_once)
    monkeypatch.setattr(module, "AFTER_TROUBLE_SECONDS", 0.1)
    await database.write(load)
    await clock.move_to(at(TUESDAY, 8))
    jobs = Jobs(database, clock)
    jobs.start()
    await until(database, [EventKind.DIGEST])
    assert len(calls) >= 2
    await jobs.close()


async def test_it_holds_three_jobs_whatever_number_of_tasks_there_is(database: Database, clock: BusinessClock) -> None:
    def load_many(session: Session) -> None:
        town = Town(session, now=at(MONDAY, 10))
        units = [town.unit(f"Đơn vị {n}") for n in range(20)]
        town.opened(town.letter(town.person("Văn thư")), units, due_on=TUESDAY)

    await database.write(load_many)
    jobs = Jobs(database, clock)
    jobs.start()
    settings = [(job.id, job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs.scheduler.get_jobs()]
    assert sorted(settings) == [(name, None, True, 1) for name in ("forget", "periodic", "tick")]
    await jobs.close()


async def test_a_clock_moved_while_the_periodic_duties_run_has_them_run_again(
    database: Database, clock: BusinessClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[date] = []
    begun, go = threading.Event(), threading.Event()

    def duties(session: Session, now: datetime) -> int:
        days.append(local_date(now))
        begun.set()
        go.wait(10)
        return 0

    monkeypatch.setattr(periodic, "run_all", duties)
    stop = asyncio.Event()
    running = asyncio.create_task(run(database, EmbeddedBroker(database, clock.now), clock, stop))
    await asyncio.to_thread(begun.wait, 10)
    clock._set(clock.offset + timedelta(days=1))  # another process moved it
    go.set()
    async with asyncio.timeout(8):
        while days != [MONDAY, TUESDAY]:
            await asyncio.sleep(0.02)
    stop.set()
    await running
