"""Errors in the log: what and where, never the values, which hold names, phones, tokens and words of letters."""

import sqlite3
import traceback


def describe(error: BaseException) -> str:
    """Such as "OperationalError (DiskFull) at claims.py:61"; SQLite's own words, which name no values, say more."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    cause = getattr(error, "orig", None)  # of SQLAlchemy: what the driver raised
    why = str(cause) if isinstance(cause, sqlite3.OperationalError) else type(cause).__name__
    return type(error).__name__ + (f" ({why})" if cause is not None else "") + where
