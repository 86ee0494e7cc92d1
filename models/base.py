"""Shared pieces of every table: naming of constraints and the JSON column."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

# Alembic can only drop what has a name, and SQLite names nothing by itself.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def json_field(default_factory: Any) -> Any:
    """A JSON column (text on SQLite, json on PostgreSQL). Assign a new value to change it: edits in place are not seen."""
    return Field(default_factory=default_factory, sa_type=JSON, nullable=False)


def one_of(column: str, values: type[StrEnum]) -> str:
    """SQL of a CHECK that holds `column` to the values of a StrEnum."""
    return f"{column} IN ({', '.join(repr(str(v)) for v in values)})"
