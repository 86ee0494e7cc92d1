"""The embedded mode on SQLite in one process, and what an idle role costs."""

import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.road.measure import Vendor, process
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from models.schema import migrate
from tests import road
from tests.servers import free_port


def embedded(folder: Path, vendor: Vendor, count: int = 3000) -> tuple[float, float]:
    """Delivered a second, and MB of the one process."""
    vendor.get("reset")
    folder.mkdir(exist_ok=True)
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
    """`dondoc scheduler` or `dondoc consumer`: seconds until its health is good, and MB after ten idle seconds."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"127.0.0.1:{free_port()}"
        env = {
            "DONDOC_DATABASE_URL": database_url,
            "DONDOC_BROKER_URL": broker_url,
            "DONDOC_DATA_DIR": folder,
            "DONDOC_TELEGRAM_TOKEN": "7:bench",
            "DONDOC_TELEGRAM_API_URL": f"http://127.0.0.1:{vendor.port}",
            "DONDOC_HTTP_ADDR": address,
        }
        began = time.perf_counter()
        with process("dondoc", role, wait_for="", env=env) as one:
            while not healthy(address):
                time.sleep(0.01)
            ready = time.perf_counter() - began
            time.sleep(10)
            return ready, one.memory()


def healthy(address: str) -> bool:
    """Whether the process answers that all is well."""
    try:
        with urllib.request.urlopen(f"http://{address}/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
