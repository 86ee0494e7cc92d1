"""`column IN (…)` with one parameter however many values there are.

A list of parameters costs the driver more than the query costs the server, and every length is another statement to
compile. PostgreSQL takes an array; SQLite reads a JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session


def among(session: Session, column: Any, ids: Collection[int | None]) -> ColumnElement[bool]:
    """SQL: the column's value is one of `ids` (whole numbers; None is left out)."""
    values = [value for value in ids if value is not None]
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(values, ARRAY(BigInteger)))
    return column.in_(select(func.json_each(json.dumps(values)).table_valued("value").c.value))
