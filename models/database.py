"""The database: one engine, short transactions, work from asyncio in threads.

SQLite takes one writer at a time, so all its writes pass one thread and begin IMMEDIATE (a read that turns into a
write half-way would fail with "database is locked" instead of waiting). PostgreSQL gets a small pool of threads.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
import stamina
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from models.clock import monotonic
from models.trouble import describe

P = ParamSpec("P")
R = TypeVar("R")

SQLITE_BUSY_SECONDS = 20
SQLITE_READERS = 4  # two of them may stand before the writer's lock with a group that is to be sent
POSTGRESQL_THREADS = 6
DEADLOCKED_AGAIN = 3
FRESH_SECONDS = 1.0
# A server that vanished without a word (a pulled cable, a dropped NAT entry) would hold a thread for minutes or hours:
# seconds of silence until the connection is asked for a sign of life, and until it is given up.
LIVELY: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds until what was written must be acknowledged
}
# A process that is frozen in the middle of a transaction must not hold its locks (a lease's row, say) for ever.
SESSION_OPTIONS = "-c idle_in_transaction_session_timeout=30000"


class Database:
    """Sessions on one database. `transaction` commits at its end or rolls back; `reading` never writes."""

    def __init__(self, url: str, *, info: Mapping[str, Any] | None = None) -> None:
        """`info`: what the installation chose and verbs ask for; every session has it as `session.info`."""
        self._info = dict(info or {})
        self.url = normalise_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = make_engine(self.url)
        self._write_engine = self.engine.execution_options(begin_immediate=True)
        self._write_lock = Lock()
        self.trouble = ""
        """What the last transaction of this process failed of (a full disk, a server that is away); "" when it did not."""
        self._writers = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRESQL_THREADS, "db-write")
        self._readers = ThreadPoolExecutor(SQLITE_READERS if self.is_sqlite else POSTGRESQL_THREADS, "db-read")

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        try:
            with self._session() as session:
                yield session
        except OperationalError as error:
            self.trouble = describe(error)
            raise
        self.trouble = ""

    @contextmanager
    def _session(self) -> Generator[Session]:
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False, info=self._info) as session, session.begin():
                yield session
            return
        with (
            self._write_lock,
            Session(self._write_engine, expire_on_commit=False, info=self._info) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session for reading only; whatever is left in it is rolled back."""
        with Session(self.engine, expire_on_commit=False, info=self._info) as session:
            yield session

    def do(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(session, …)` in one transaction on this thread and return its result after the commit.

        What PostgreSQL rolled back to end a deadlock runs again: `work` keeps nothing outside the session.
        """
        for _ in range(DEADLOCKED_AGAIN):
            try:
                with self.transaction() as session:
                    return work(session, *args, **kwargs)
            except OperationalError as error:  # chosen to give way to others: nothing of it happened
                if not isinstance(error.orig, psycopg.errors.DeadlockDetected):
                    raise
        with self.transaction() as session:
            return work(session, *args, **kwargs)

    async def write(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """As `do`, on a writer thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, partial(self.do, work, *args, **kwargs))

    async def read(self, work: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `work(session, …)` on a reader thread."""

        def job() -> R:
            with self.reading() as session:
                return work(session, *args, **kwargs)

        return await self.work(job)

    async def work(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `job(…)`, which opens its own sessions one after the other, on a reader thread.

        Each way from a thread to the loop and on to the next thread costs what a statement costs.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(job, *args, **kwargs))

    def close(self) -> None:
        """Finish what is running and close every connection."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()


def normalise_url(url: str) -> URL:
    """Accept postgresql:// and postgres:// as people write them; the driver is psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def make_engine(url: URL) -> Engine:
    """The engine with what each database needs to behave: WAL and foreign keys, or live connections from the pool."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            pool_size=2 * POSTGRESQL_THREADS,
            max_overflow=4,
            pool_recycle=1800,
            connect_args={**LIVELY, "options": SESSION_OPTIONS},
            hide_parameters=True,  # an error's text would show letters and phones in the log
        )
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _ask_after_rest)
        return engine
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = monotonic()


def _ask_after_rest(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Is a connection from the pool still alive? Asked only after it has rested: asking costs a round trip each time.

    One that broke a moment ago fails its user, and SQLAlchemy then throws away all that are older than the failure.
    """
    if monotonic() - record.info.pop("rests_since", float("inf")) < FRESH_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:  # whatever it says, it is of no use; the pool opens another
        raise DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves: the driver's own begins late and never IMMEDIATE
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={SQLITE_BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    # The first switch to WAL of a new file wants it alone and does not wait for others by itself.
    for attempt in stamina.retry_context(on=sqlite3.OperationalError, attempts=None, timeout=SQLITE_BUSY_SECONDS):
        with attempt:
            cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("begin_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
