"""Business time of a running process: real time plus the offset row, which exists only with a simulated clock."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from models.clock import business_now
from models.database import Database
from models.upkeep import Setting

OFFSET_NAME = "clock.offset_seconds"
REFRESH_SECONDS = 0.5  # other processes learn of a moved clock this fast


class BusinessClock:
    """`now()` for everything that decides what is due. Without simulation it is real time and reads no table."""

    def __init__(self, database: Database, *, simulated: bool = False) -> None:
        self._database = database
        self.simulated = simulated
        self.offset = timedelta()
        self._on_move: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Business time, aware, in UTC."""
        return business_now(self.offset)

    def on_move(self, call: Callable[[], None]) -> None:
        """Have `call` run whenever the offset changes, so that what has become due is looked for at once."""
        self._on_move.append(call)

    async def refresh(self) -> None:
        """Read the offset row, if the clock is simulated."""
        if self.simulated:
            self._set(await self._database.read(read_offset))

    async def move_to(self, instant: datetime) -> None:
        """Set business time. Raises PermissionError on a clock that is not simulated: real people live in real time."""
        if not self.simulated:
            raise PermissionError("the clock is real")
        offset = instant - business_now()
        await self._database.write(write_offset, offset)
        self._set(offset)

    async def follow(self, stop: asyncio.Event) -> None:
        """Keep up with moves made by another process until `stop` is set."""
        while self.simulated and not stop.is_set():
            with suppress(SQLAlchemyError):  # the database is away: the offset is as it was
                await self.refresh()
            try:
                await asyncio.wait_for(stop.wait(), REFRESH_SECONDS)
            except TimeoutError:
                continue

    def _set(self, offset: timedelta) -> None:
        if offset == self.offset:
            return
        self.offset = offset
        for call in self._on_move:
            call()


def read_offset(session: Session) -> timedelta:
    """The offset row; zero when there is none."""
    value = session.exec(select(Setting.value).where(Setting.scope == "", Setting.name == OFFSET_NAME)).first()
    return timedelta(seconds=float(value or 0))


def write_offset(session: Session, offset: timedelta) -> None:
    """Keep the offset row."""
    row = session.exec(select(Setting).where(Setting.scope == "", Setting.name == OFFSET_NAME)).first()
    row = row or Setting(scope="", name=OFFSET_NAME)
    row.value = offset.total_seconds()
    session.add(row)
