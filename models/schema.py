"""Bring the schema up or down with Alembic, from wherever the package is installed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.database import Database

MIGRATION_LOCK = 7_090_224  # any number, the same in every process


def migrate(database: Database, revision: str = "head") -> None:
    """Upgrade to `revision`. Several processes may call it at once: one migrates, the others wait."""
    with database.transaction() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATION_LOCK})
        command.upgrade(config(connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the schema down to `revision`; every row of what is dropped is lost."""
    with database.transaction() as session:
        command.downgrade(config(session.connection()), revision)


def known_revisions() -> set[str]:
    """Every revision this program can bring a database to, or up from."""
    return {script.revision for script in ScriptDirectory.from_config(_scripts()).walk_revisions()}


def config(connection: Connection) -> Config:
    """Alembic's configuration for this connection."""
    made = _scripts()
    made.attributes["connection"] = connection
    return made


def _scripts() -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made
