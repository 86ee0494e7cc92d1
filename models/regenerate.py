"""Write the first migration anew from the tables (only while nothing is released): python -m models.regenerate."""

import tempfile
from pathlib import Path

from alembic import command

from models.database import Database
from models.schema import config


def main() -> None:
    """Replace 0001 by what the tables say now."""
    versions = Path(__file__).parent / "migrations" / "versions"
    for old in versions.glob("0001_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.sqlite3")
        with database.transaction() as session:
            command.revision(config(session.connection()), message="first tables", autogenerate=True, rev_id="0001")
        database.close()


if __name__ == "__main__":
    main()
