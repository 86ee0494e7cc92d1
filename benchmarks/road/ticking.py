"""One pass of the scheduler: nothing due, and many people due, in a database of any size."""

import time
from datetime import timedelta

from benchmarks.road import town
from models.database import Database
from scheduler.tick import tick_all


def nothing_due(database_url: str) -> float:
    """Milliseconds of a pass that finds nothing (the best of 20)."""
    town.clear(database_url)
    database = Database(database_url)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        tick_all(database, town.NOW)
        times.append(time.perf_counter() - began)
    database.close()
    return min(times) * 1000


def people_due(database_url: str, people: int) -> float:
    """Seconds from the tick to all events committed."""
    town.clear(database_url)
    town.make_due(database_url, people, town.NOW)
    database = Database(database_url)
    tick_all(database, town.NOW - timedelta(days=1))  # connections open, statements compiled
    began = time.perf_counter()
    raised = tick_all(database, town.NOW)
    took = time.perf_counter() - began
    database.close()
    if raised != people:
        raise RuntimeError(f"{raised} digests for {people} people")
    return took
