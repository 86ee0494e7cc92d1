"""`column IN (…)` with one parameter however many values there are.

A list of parameters costs the driver more than the query costs the server, and every length is another statement to
compile. PostgreSQL takes an array; SQLite reads a JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, any_, bindparam, func, literal, select
from sqlalchemy.types import Text, TypeDecorator, UserDefinedType
from sqlmodel import Session, SQLModel

from models.dialect import on_postgresql

E = TypeVar("E", bound=SQLModel)


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


class JsonIds(TypeDecorator[Collection[int]]):
    """The same for SQLite: a JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Any) -> str:
        """[1, 2, 3]"""
        return json.dumps(list(value or ()))


def _written(ids: Collection[int]) -> str:
    return f"{{{','.join(map(str, ids))}}}"


def among(session: Session, column: Any, ids: Collection[int | None]) -> ColumnElement[bool]:
    """SQL: the column's value is one of `ids` (whole numbers; None is left out)."""
    values = [value for value in ids if value is not None]
    if on_postgresql(session):
        return column == any_(literal(values, Ids()))
    return column.in_(select(func.json_each(json.dumps(values)).table_valued("value").c.value))


def among_given(postgresql: bool, column: Any, name: str) -> ColumnElement[bool]:
    """SQL for a statement that is built once: the column's value is one of those given as the parameter `name`."""
    if postgresql:
        return column == any_(bindparam(name, type_=Ids()))
    return column.in_(select(func.json_each(bindparam(name, type_=JsonIds())).table_valued("value").c.value))


def load(session: Session, entity: type[E], ids: Collection[int | None]) -> Sequence[E]:
    """The rows with these ids (None is left out), as objects of the session."""
    values = [value for value in ids if value is not None]
    key: Any = entity  # hashable, whatever its instances are
    return session.scalars(_by_id(on_postgresql(session), key), {"ids": values}).all() if values else []


@cache
def _by_id(postgresql: bool, entity: Any) -> Select[Any]:
    return select(entity).where(among_given(postgresql, entity.id, "ids"))
