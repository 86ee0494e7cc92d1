"""Thousands of rows in one statement. PostgreSQL reads them from one JSON parameter: a parameter per value costs the
driver several times what the insert costs the server (10,000 events: 1.0 s of our CPU, against 0.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Table, bindparam, text, update
from sqlmodel import Session

from models.upsert import upsert

AT_ONCE = 1000


def insert_new(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]], *returning: str
) -> list[Row[*tuple[Any, ...]]]:
    """Insert the rows, all with the same columns, leaving out those whose key exists. Gives `returning` of the new."""
    found: list[Row[*tuple[Any, ...]]] = []
    for start in range(0, len(rows), AT_ONCE):
        found += _insert(session, table, rows[start : start + AT_ONCE], returning)
    return found


def _insert(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]], returning: Sequence[str]
) -> Sequence[Row[*tuple[Any, ...]]]:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        same, different = _parted(rows)
        statement = _from_json(table, tuple(same), different, tuple(returning), connection.dialect)
        each = [{name: row[name] for name in different} for row in rows]
        result = connection.execute(statement, {"rows": _json(each)} | ({"same": _json(same)} if same else {}))
    else:
        statement = upsert(session, table).on_conflict_do_nothing()
        if returning:
            statement = statement.returning(*(table.c[name] for name in returning))
        result = connection.execute(statement, list(rows))
    return result.all() if returning else []


def _parted(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What all rows have in common, and the names of the other columns: most of an Event is that of its whole tick."""
    first = rows[0]
    different = tuple(name for name, value in first.items() if any(row[name] != value for row in rows))
    different = different or tuple(first)
    return {name: value for name, value in first.items() if name not in different}, different


def update_each(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], key: str) -> None:
    """Write each row's columns into the table's row with the same `key`; all rows have the same columns."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_each_from_json(table, tuple(rows[0]), key, connection.dialect), {"rows": _json(rows)})
    else:
        renamed = [{f"new_{name}": value for name, value in row.items()} for row in rows]
        values = {name: bindparam(f"new_{name}") for name in rows[0] if name != key}
        connection.execute(update(table).where(table.c[key] == bindparam(f"new_{key}")).values(values), renamed)


# Only names and types of our own tables stand in these texts; every value is in the parameter.


@cache
def _from_json(
    table: Table, same: tuple[str, ...], different: tuple[str, ...], returning: tuple[str, ...], dialect: Any
) -> Any:
    listed = ", ".join(f'"{name}"' for name in (*same, *different))
    once = f"json_to_record(CAST(:same AS json)) AS s({_typed(table, same, dialect)})," if same else ""
    tail = f" RETURNING {', '.join(returning)}" if returning else ""
    return text(
        f'INSERT INTO "{table.name}" ({listed}) SELECT {listed}'  # noqa: S608
        f" FROM {once} {_records(table, different, dialect)} ON CONFLICT DO NOTHING{tail}"
    )


@cache
def _each_from_json(table: Table, names: tuple[str, ...], key: str, dialect: Any) -> Any:
    written = ", ".join(f'"{name}" = t."{name}"' for name in names if name != key)
    return text(
        f'UPDATE "{table.name}" SET {written}'  # noqa: S608
        f' FROM {_records(table, names, dialect)} WHERE "{table.name}"."{key}" = t."{key}"'
    )


def _records(table: Table, names: tuple[str, ...], dialect: Any) -> str:
    return f"json_to_recordset(CAST(:rows AS json)) AS t({_typed(table, names, dialect)})"


def _typed(table: Table, names: tuple[str, ...], dialect: Any) -> str:
    return ", ".join(f'"{name}" {table.c[name].type.compile(dialect)}' for name in names)


def _json(rows: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False)
