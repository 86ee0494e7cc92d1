"""Work that only one transaction may do at a time, wherever it runs."""

from sqlalchemy import text
from sqlmodel import Session

from models.dialect import on_postgresql

LOADING = 7_090_226
"""Loading letters: two admins with the same letter load it once."""


def hold(session: Session, number: int) -> None:
    """Wait for the lock and hold it until the transaction ends. SQLite has one writer anyway."""
    if on_postgresql(session):
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": number})
