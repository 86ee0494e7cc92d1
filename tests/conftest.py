"""Fixtures every room's tests share: a migrated database to write in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database
from models.schema import migrate


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema in it; copying it is faster than migrating for every test."""
    path = tmp_path_factory.mktemp("template") / "dondoc.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def database(migrated_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated SQLite database of the test's own."""
    path = tmp_path / "dondoc.sqlite3"
    shutil.copy(migrated_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()
