"""One pass of the scheduler: what is due now becomes Reminders and Events. A plain function; APScheduler only calls it.

A pass costs what is due, not what exists. Any number of schedulers may run at once, at any time, again and again: a
step is told once (unique keys), a stopped one leaves nothing half done (each batch is one transaction), and whoever
comes next goes on from what the database says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial

from sqlalchemy import Select, func, literal, or_, select
from sqlmodel import Session, col

from models.assignments import Assignment, Reminder
from models.database import Database
from models.directives import Task
from models.following import house_calendar
from models.opening import open_periods
from scheduler import digests
from scheduler.digests import raise_digests, raise_for, waiting
from scheduler.planning import plan, still_planning

SIDE_BY_SIDE = 2
FIRST = 100
"""People to a transaction at the beginning of a pass."""
LISTED = 20_000
"""People looked up at once."""


def tick(session: Session, now: datetime) -> int:
    """A whole pass in the caller's transaction; gives the number of digests raised."""
    session.flush()  # what follows reads past the session, by Core statements
    while open_periods(session, now):
        continue
    while plan(session, now):
        continue
    if not digests_may_go(session, now):
        return 0
    raised, last = 0, 0
    while last is not None:
        events, last = raise_digests(session, now, last)
        raised += events
    return raised


def tick_all(database: Database, now: datetime) -> int:
    """A whole pass in short transactions: 2,500 assignments, then 500 people at a time.

    On PostgreSQL two of them run side by side, so that one prepares while the server works for the other: to the
    database they are two schedulers.
    """
    with database.reading() as session:
        if not anything_due(session, now):
            return 0
    _until_none(database, open_periods, now)
    with ThreadPoolExecutor(1 if database.is_sqlite else SIDE_BY_SIDE) as pool:
        _all(pool, [lambda: _until_none(database, plan, now)] * (1 if database.is_sqlite else SIDE_BY_SIDE))
        with database.reading() as session:
            if not digests_may_go(session, now):
                return 0
        return _tell(database, pool, now)


def _tell(database: Database, pool: ThreadPoolExecutor, now: datetime) -> int:
    raised, last = 0, 0
    while True:
        with database.reading() as session:
            people = waiting(session, now, last, LISTED)
        if not people:
            return raised
        some = _batches(people, few=0 if last else SIDE_BY_SIDE)
        raised += sum(_all(pool, [partial(_raise_for, database, now, batch) for batch in some]))
        last = people[-1]


def _batches(people: Sequence[int], *, few: int) -> Iterator[Sequence[int]]:
    """The first `few` are small: what they raise is on its way while the others are put together."""
    start = 0
    while start < len(people):
        end = start + (FIRST if start < few * FIRST else digests.PEOPLE)
        yield people[start:end]
        start = end


def _raise_for(database: Database, now: datetime, people: Sequence[int]) -> int:
    with database.transaction() as session:
        return raise_for(session, now, people)


def _until_none(database: Database, half: Callable[[Session, datetime], int | bool], now: datetime) -> int:
    batches = 0
    while True:
        with database.transaction() as session:
            if not half(session, now):
                return batches
        batches += 1


def _all(pool: ThreadPoolExecutor, calls: Sequence[Callable[[], int]]) -> list[int]:
    """Their results; when one fails the others are finished first."""
    running = [pool.submit(call) for call in calls]
    wait(running)
    return [one.result() for one in running]


def anything_due(session: Session, now: datetime) -> bool:
    """The question most passes end with, in one round trip."""
    return bool(session.connection().execute(anything_due_query(now)).scalar())


def anything_due_query(now: datetime) -> Select[bool]:
    """Three looks into an index."""
    due = (
        col(Task.next_opening_at) <= now,
        col(Assignment.next_reminder_at) <= now,
        col(Reminder.event_id).is_(None) & (col(Reminder.due_at) <= now),
    )
    return select(or_(*(select(literal(1)).where(one).exists() for one in due)))


def digests_may_go(session: Session, now: datetime) -> bool:
    """In working hours, and once nobody is planning lines that belong into the same messages.

    Whoever plans last raises the digests; should that scheduler die, its rows are due again at the next pass.
    """
    return house_calendar(session).in_hours(now) and not still_planning(session, now)


def next_due(session: Session, now: datetime) -> datetime | None:
    """The earliest instant at which a pass has something to do; None when nothing is foreseen."""
    planned = (
        session.connection().execute(select(func.min(Reminder.due_at)).where(col(Reminder.event_id).is_(None))).scalar()
    )
    digest = house_calendar(session).next_open(max(planned, now)) if planned else None
    reminder = session.connection().execute(select(func.min(Assignment.next_reminder_at))).scalar()
    period = session.connection().execute(select(func.min(Task.next_opening_at))).scalar()
    return min((instant for instant in (digest, reminder, period) if instant), default=None)
