"""From due to accepted by the vendor, at 100 events a second, each due at an instant of its own."""

import time
from datetime import timedelta

from sqlmodel import select

from benchmarks.road import town
from benchmarks.road.measure import Vendor, process
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from models.people import Address


def ours(
    database_url: str, broker_url: str, vendor: Vendor, seconds: int = 20, per_second: int = 100
) -> tuple[float, float]:
    """p50 and p99 in ms. The events stand in the outbox beforehand, each with its instant."""
    town.clear(database_url)
    vendor.get("reset")
    common = (database_url, broker_url, str(vendor.port), "0")
    with process("benchmarks.road.parts", "forwarder", *common), process("benchmarks.road.parts", "consumer", *common):
        time.sleep(2)
        database = Database(database_url)
        first = utcnow() + timedelta(seconds=4)
        count = seconds * per_second
        due = [first + timedelta(seconds=n / per_second) for n in range(count)]
        with database.transaction() as session:
            new = [
                NewEvent(f"l:{n}", EventKind.ALERT, n + 1, data={"code": f"n{n}"}, available_at=at)
                for n, at in enumerate(due)
            ]
            raise_many(session, utcnow(), new)
        with database.reading() as session:
            chats = dict(session.exec(select(Address.chat_id, Address.person_id)).all())
        database.close()
        time.sleep(4 + seconds + 5)
        took = sorted((at - due[chats[chat] - 1].timestamp()) * 1000 for chat, _, at in vendor.ledger())
        if len(took) < count:
            raise RuntimeError(f"only {len(took)} of {count} arrived")
        return took[len(took) // 2], took[int(len(took) * 0.99)]
