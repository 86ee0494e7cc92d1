"""A full disk under SQLite: nothing is lost or said twice, health and log say what is wrong, and it goes on by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from dondoc.health import Health
from dondoc.wiring import House
from models.database import Database
from models.heartbeat import beat
from models.units import Unit
from tests import road
from tests.dondoc.test_health import house

__all__ = ["house"]  # the fixture
FULL = "database or disk is full"


class Disk:
    """As many pages as a database may take: SQLite says the same as on a disk without room."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.pages = 1_000_000
        event.listen(database.engine, "checkout", self._apply)

    def _apply(self, connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={self.pages}")

    def fill(self) -> None:
        """From now on nothing more fits, and no free page is left inside."""
        self.pages = 1
        with pytest.raises(OperationalError, match=FULL):
            self._write_until_refused()

    def _write_until_refused(self) -> None:
        for n in range(100_000):
            with self._database.transaction() as session:
                session.add(Unit(code=f"full{n}", name="x" * 300, kind="sở"))

    def empty(self) -> None:
        self.pages = 1_000_000


@pytest.fixture
def disk(database: Database) -> Iterator[Disk]:
    made = Disk(database)
    yield made
    event.remove(database.engine, "checkout", made._apply)


async def test_what_was_due_arrives_once_there_is_room_again(database: Database, disk: Disk) -> None:
    with database.transaction() as session:
        persons = road.people(session, 40)
        road.raise_for(session, persons)
    channel = road.LedgerChannel()
    disk.fill()
    with structlog.testing.capture_logs() as said:
        async with road.moving(database, [channel]):
            await road.until(lambda: any(FULL in str(one.get("error", "")) for one in said))
            disk.empty()
            await road.until(road.all_done(database), 60)
    chats = [chat for chat, _ in channel.ledger]
    assert sorted(chats) == sorted(f"telegram-{person}" for person in persons)
    assert set(road.states(database).values()) == {"settled"}


async def test_health_says_so_and_recovers(house: House, database: Database, disk: Disk) -> None:
    health = Health(house, ("scheduler",))
    disk.fill()
    assert FULL in (await health.troubles())["database"]
    disk.empty()
    await database.write(beat, "scheduler")
    assert await health.troubles() == {}
