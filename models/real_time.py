"""The database's real clock: leases of several machines are compared on one clock, not on each one's own."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Interval, bindparam, func, text
from sqlmodel import Session

from models.clock import utcnow
from models.dialect import on_postgresql


def real_instant(session: Session, seconds: float = 0.0) -> Any:
    """The database's instant `seconds` from now, as SQL or as a value."""
    if on_postgresql(session):
        return func.now() + timedelta(seconds=seconds)
    return utcnow() + timedelta(seconds=seconds)


def instant_given(postgresql: bool, name: str) -> ColumnElement[Any]:
    """As SQL for a statement that is built once; the parameter `name` is `given_instant` of the seconds from now."""
    return func.now() + bindparam(name, type_=Interval()) if postgresql else bindparam(name)


def given_instant(postgresql: bool, seconds: float = 0.0) -> Any:
    """The value for `instant_given`: a distance on the database's clock, or an instant on ours."""
    return timedelta(seconds=seconds) if postgresql else utcnow() + timedelta(seconds=seconds)


def read_real_now(session: Session) -> datetime:
    """The database's present instant, as a value."""
    if on_postgresql(session):
        return session.connection().execute(text("SELECT now()")).scalar_one()
    return utcnow()


def may_lose(session: Session) -> None:
    """Do not wait for the disk with this commit: a lease that a crash of the server undoes is simply taken again.

    Nothing is sent on the strength of it: the Delivery's own commit, which waits, comes after it in the log.
    """
    if on_postgresql(session):
        session.connection().exec_driver_sql("SET LOCAL synchronous_commit TO off")
