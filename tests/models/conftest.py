"""A town to test in: the shipped register, loaded once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database
from models.register import seed_register


@pytest.fixture(scope="session")
def seeded_template(migrated_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema and the shipped register in it."""
    path = tmp_path_factory.mktemp("seeded") / "dondoc.sqlite3"
    shutil.copy(migrated_template, path)
    database = Database(f"sqlite:///{path}")
    with database.transaction() as session:
        seed_register(session)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def town(seeded_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own that holds the shipped register and nobody yet."""
    path = tmp_path / "town.sqlite3"
    shutil.copy(seeded_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()
