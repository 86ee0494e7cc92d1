"""Migrations on both databases: up from empty, no drift against the tables, down, and up again."""

import asyncio
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from models.database import Database
from models.revisions import VERSIONS, current_and_head, newest
from models.schema import downgrade, migrate
from models.tables import metadata


def drift(database: Database) -> list[object]:
    with database.reading() as session:
        return list(compare_metadata(MigrationContext.configure(session.connection()), metadata))


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        return set(inspect(session.connection()).get_table_names()) - {"alembic_version"}


def test_up_without_drift_down_and_up_again(any_database: Database) -> None:
    for _ in range(2):
        migrate(any_database)
        current, head = current_and_head(any_database)
        assert current == head is not None
        assert drift(any_database) == []
        assert set(metadata.tables) <= tables(any_database)
        downgrade(any_database)
        assert tables(any_database) == set()


async def test_several_processes_may_migrate_at_once(tmp_path: Path) -> None:
    databases = [Database(f"sqlite:///{tmp_path}/new.sqlite3") for _ in range(3)]
    await asyncio.gather(*(asyncio.to_thread(migrate, database) for database in databases))
    assert drift(databases[0]) == []
    for database in databases:
        database.close()


def test_the_newest_revision_is_alembics() -> None:
    scripts = ScriptDirectory(str(VERSIONS.parent))
    assert newest() == scripts.get_current_head()
