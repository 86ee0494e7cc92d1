"""Migrations: up from empty, no drift against the tables, down again."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from models.database import Database
from models.schema import current_and_head, downgrade, migrate
from models.tables import metadata


def test_up_without_drift_and_down(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.sqlite3")
    migrate(database)
    current, head = current_and_head(database)
    assert current == head is not None
    with database.reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), metadata) == []
        assert set(metadata.tables) <= set(inspect(session.connection()).get_table_names())
    downgrade(database)
    with database.reading() as session:
        assert set(inspect(session.connection()).get_table_names()) <= {"alembic_version"}
    database.close()
