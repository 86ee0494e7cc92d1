"""The memory of the roles over a long run: python -m benchmarks.road.curve [EVENTS]. One line every 20,000 events.

Rounds of 20,000 messages to as many people, with the forwarder and a consumer as processes and an instant vendor;
what was delivered stays in the database, as it would.
"""

import sys
import time

import psycopg

from benchmarks.road import town
from benchmarks.road.measure import Vendor, process
from models.clock import utcnow
from models.database import Database
from models.events import EventKind
from models.outbox import NewEvent, raise_many
from tests import servers

ROUND = 20_000
LEFT = b"SELECT count(*) FROM event WHERE state IN ('waiting', 'forwarded', 'claimed')"


def main(events: int = 1_000_000) -> None:
    """Print `delivered`, MB of forwarder and consumer, and deliveries a second of the round."""
    postgres, rabbitmq = servers.Postgres(durable=True), servers.RabbitMQ()
    postgres.start()
    rabbitmq.start()
    vendor = Vendor()
    try:
        town.fill(postgres.url(), units=ROUND // 10, tasks=1)
        common = (postgres.url(), rabbitmq.url("curve"), str(vendor.port), "0")
        with (
            process("benchmarks.road.parts", "forwarder", *common) as forwarder,
            process("benchmarks.road.parts", "consumer", *common) as consumer,
        ):
            print(f"{'delivered':>10} {'forwarder MB':>13} {'consumer MB':>12} {'a second':>9}", flush=True)
            for start in range(0, events, ROUND):
                began = time.perf_counter()
                one_round(postgres.url(), start)
                vendor.get("reset")
                rate = ROUND / (time.perf_counter() - began)
                memory = f"{forwarder.memory():13.1f} {consumer.memory():12.1f}"
                print(f"{start + ROUND:10} {memory} {rate:9.0f}", flush=True)
    finally:
        vendor.close()
        rabbitmq.remove()
        postgres.remove()


def one_round(url: str, start: int) -> None:
    """Write a round's events and wait until none is left."""
    database = Database(url)
    for first in range(0, ROUND, 2000):
        with database.transaction() as session:
            numbers = range(start + first, start + first + 2000)
            new = [NewEvent(f"c:{n}", EventKind.ALERT, n % ROUND + 1, data={"code": f"n{n}"}) for n in numbers]
            raise_many(session, utcnow(), new)
    database.close()
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(LEFT).fetchone()[0]:  # type: ignore[index]
            time.sleep(0.2)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
