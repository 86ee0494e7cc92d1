"""Rows as JSON Lines, the same from either database: instants in UTC, days as ISO, JSON columns as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, Table, TypeDecorator, bindparam, insert, select, update

from models.tables import metadata

AT_ONCE = 1000
OF_THIS_MACHINE = frozenset({"lease", "heartbeat"})
"""Who holds what and who is alive: true of the old installation only."""


def kept_tables() -> list[Table]:
    """Tables of a backup, each after those it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in OF_THIS_MACHINE]


def dumped(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row, one line each, in the order of its key."""
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=AT_ONCE).execute(query)
    for row in found.mappings():
        line = {name: _written(value) for name, value in row.items()}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert rows written by `dumped`; how many. Raises ValueError for a line that is no row of this table."""
    own = self_references(table)
    pointing: dict[str, list[dict[str, Any]]] = {column.name: [] for column in own}
    rows = (_row(table, line) for line in lines)
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        for name, found in pointing.items():
            found += [{"row": row["id"], "target": row[name]} for row in some if row.get(name) is not None]
        connection.execute(insert(table), [row | dict.fromkeys(pointing) for row in some])
        count += len(some)
    for column in own:
        if found := pointing[column.name]:
            point = update(table).where(table.c.id == bindparam("row")).values({column.name: bindparam("target")})
            connection.execute(point, found)
    return count


def self_references(table: Table) -> list[Column[Any]]:
    """Columns that point into their own table: filled once all rows are there, emptied before they go."""
    return [key.parent for key in table.foreign_keys if key.column.table is table]


def _row(table: Table, line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    if unknown := row.keys() - set(table.c.keys()):
        raise ValueError(f"{table.name} has no {', '.join(sorted(unknown))}")
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(value, str) and isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and isinstance(kind, Date) else value
