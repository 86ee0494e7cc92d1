"""SIGTERM ends every role within 10 seconds, whatever holds it up, and nothing is lost by it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import text, update

from dondoc import town as house
from models.clock import utcnow
from models.database import Database
from models.events import EVENTS, EventKind
from models.outbox import raise_event
from models.people import Address, Person
from sandbox.client import Person as Resident
from sandbox.client import Town
from tests import road
from tests.story.office import Office, office

LOCKS = "LOCK TABLE event, delivery, seen, heartbeat, lease IN ACCESS EXCLUSIVE MODE"
LONGEST = 10.5  # ten seconds, and the time a busy machine takes to notice


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody holds every row the roles need."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text(LOCKS))
        yield
        connection.rollback()


async def linked(database: Database, town: Town, key: str) -> Resident:
    """Somebody who can be written to, and a message to them."""
    who = await town.person("Người thử", started=True, bot=house.TELEGRAM_TOKEN)
    with database.transaction() as session:
        person = Person(name="Người thử", created_at=utcnow(), consent_at=utcnow())
        session.add(person)
        session.flush()
        token = house.TELEGRAM_TOKEN.partition(":")[0]
        where = {"channel": "telegram", "token": token, "chat_id": who.chat_id, "verified_at": utcnow()}
        session.add(Address(person_id=person.id, **where))
        session.flush()
        data = {"code": "trial", "n": 1}
        raise_event(session, utcnow(), key=key, kind=EventKind.ALERT, person_id=person.id, data=data)
    return who


async def end_all(made: Office) -> None:
    """SIGTERM to every process; each must be gone in time."""
    began = monotonic()
    for process in made.processes.values():
        process.terminate()
    for name, process in made.processes.items():
        await asyncio.to_thread(process.wait, 30)
        assert monotonic() - began < LONGEST, f"{name} took {monotonic() - began:.1f} s"
    made.processes.clear()


async def story(database: Database, broker: str, folder: Path, roles: tuple[str, ...]) -> None:
    url = database.url.render_as_string(hide_password=False)
    async with office(url, broker, folder, roles) as (made, _), Town(made.page.url) as town:
        await town.fault("silence", seconds=60)
        who = await linked(database, town, "held up")
        await road.until(lambda: any(one.state == "sending" for one in road.deliveries(database)), 40)
        await who.says("/trogiup")
        await asyncio.sleep(1)
        with locked(database):
            await end_all(made)
        assert await town.ledger() == []
        await town.no_fault()
        with database.transaction() as session:  # the claim's 90 s are not what is told here
            past = utcnow() - timedelta(seconds=1)
            session.connection().execute(update(EVENTS).values(claimed_until=past, forwarded_until=past))
        for number, role in enumerate(roles):
            made.begin(role, number)
        await who.hears("trial", timeout=60)
        await road.until(road.all_done(database), 30)
        assert [one.ambiguous_times for one in road.deliveries(database)] == [1]


async def test_with_a_silent_vendor_and_a_locked_file(database: Database, tmp_path: Path) -> None:
    await story(database, "", tmp_path, ("run",))


@pytest.mark.servers
async def test_with_a_silent_vendor_and_locked_tables(postgresql: Database, rabbitmq_url: str, tmp_path: Path) -> None:
    await story(postgresql, rabbitmq_url, tmp_path, ("scheduler", "consumer", "bot"))
