"""Errors in the log: what and where, never the values, which hold names, phones, tokens and words of letters."""

import traceback


def describe(error: BaseException) -> str:
    """Such as "OperationalError at claims.py:61"."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
