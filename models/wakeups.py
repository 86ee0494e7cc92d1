"""Who is woken when an Event is written: after the commit, at once in this process, by NOTIFY in the others."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import event, text
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session

from models.database import LIVELY, Database

CHANNEL = "dondoc_outbox"
RECONNECT_SECONDS = 2.0


class Wakeups:
    """Bells of this process. Callbacks may be called from any thread and must only set a flag."""

    def __init__(self) -> None:
        self._bells: list[Callable[[], None]] = []

    def subscribe(self, bell: Callable[[], None]) -> Callable[[], None]:
        """Have `bell` called after every commit that wrote an Event; returns what ends that."""
        self._bells.append(bell)
        return lambda: self._bells.remove(bell) if bell in self._bells else None

    def ring(self) -> None:
        """Wake everybody."""
        for bell in list(self._bells):
            bell()


wakeups = Wakeups()


class Alarm:
    """An asyncio flag that a ring sets: wait for it, or for a time, whichever is first."""

    def __init__(self, bells: Wakeups = wakeups) -> None:
        loop = asyncio.get_running_loop()
        self._flag = asyncio.Event()

        def bell() -> None:
            with suppress(RuntimeError):  # the loop ended while another thread committed
                loop.call_soon_threadsafe(self._flag.set)

        self._end = bells.subscribe(bell)

    def set(self) -> None:
        """Ring this one only."""
        self._flag.set()

    async def wait(self, seconds: float) -> bool:
        """True when rung within `seconds`. A ring that came before counts."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._flag.wait()
        rung = self._flag.is_set()
        self._flag.clear()
        return rung

    def close(self) -> None:
        """Hear no more."""
        self._end()


def ring_after_commit(session: Session) -> None:
    """Wake this process and, on PostgreSQL, the others, once this session's transaction has committed."""
    if "ring" in session.info:
        return
    session.info["ring"] = True
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {CHANNEL}"))


@event.listens_for(OrmSession, "after_commit")
def _ring(session: OrmSession) -> None:
    if session.info.pop("ring", False):
        wakeups.ring()


@event.listens_for(OrmSession, "after_rollback")
def _forget(session: OrmSession) -> None:
    session.info.pop("ring", None)


async def listen(database: Database, stop: asyncio.Event) -> None:
    """Ring whenever another process commits an Event, until `stop`. SQLite has no such call: who waits polls."""
    if database.is_sqlite:
        return
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True, **LIVELY) as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                wakeups.ring()  # what was written while nobody listened
                while not stop.is_set():
                    async for _note in connection.notifies(timeout=1.0, stop_after=1):
                        wakeups.ring()
        except (psycopg.Error, OSError):
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RECONNECT_SECONDS)
