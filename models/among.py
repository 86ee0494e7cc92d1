"""`column IN (…)` with one parameter however many values there are.

A list of parameters costs the driver more than the query costs the server, and every length is another statement to
compile. PostgreSQL takes an array; SQLite reads a JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, any_, func, literal, select
from sqlalchemy.types import UserDefinedType
from sqlmodel import Session


class Ids(UserDefinedType[list[int]]):
    """An array of whole numbers for PostgreSQL, written by us: the driver looks at each number by itself."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        """As it is written in SQL."""
        return "BIGINT[]"

    def bind_processor(self, dialect: Any) -> Any:
        """{1,2,3}"""
        return _written


def _written(ids: Collection[int]) -> str:
    return f"{{{','.join(map(str, ids))}}}"


def among(session: Session, column: Any, ids: Collection[int | None]) -> ColumnElement[bool]:
    """SQL: the column's value is one of `ids` (whole numbers; None is left out)."""
    values = [value for value in ids if value is not None]
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(values, Ids()))
    return column.in_(select(func.json_each(json.dumps(values)).table_valued("value").c.value))
