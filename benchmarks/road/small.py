"""The embedded mode on SQLite in one process, and what an idle role costs."""

import time
from pathlib import Path

from benchmarks.road.measure import Vendor, process
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from models.schema import migrate
from tests import road


def embedded(folder: Path, vendor: Vendor, count: int = 3000) -> tuple[float, float]:
    """Delivered a second, and MB of the one process."""
    vendor.get("reset")
    database = Database(f"sqlite:///{folder / 'bench.sqlite3'}")
    migrate(database)
    with database.transaction() as session:
        persons = road.people(session, count)
        for person in session.exec(road.select(road.Person)):
            person.consent_at = utcnow()
            session.add(person)
    with process("benchmarks.road.parts", "all", str(database.url), "", str(vendor.port), "0") as one:
        time.sleep(2)
        began = time.perf_counter()
        with database.transaction() as session:
            new = [NewEvent(f"s:{p}", EventKind.ALERT, p, data={"code": f"n{p}"}) for p in persons]
            raise_many(session, utcnow(), new)
        done = road.all_done(database)
        while not done():
            time.sleep(0.05)
        took = time.perf_counter() - began
        memory = one.memory()
    database.close()
    return count / took, memory


def idle(role: str, database_url: str, broker_url: str, vendor: Vendor) -> tuple[float, float]:
    """Seconds to ready, and MB after ten idle seconds."""
    began = time.perf_counter()
    with process("benchmarks.road.parts", role, database_url, broker_url, str(vendor.port), "0") as one:
        ready = time.perf_counter() - began
        time.sleep(10)
        return ready, one.memory()
