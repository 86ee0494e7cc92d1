"""Which revision a database stands at, and which is the newest, without Alembic: every role asks at its start."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import inspect, text

from models.database import Database

VERSIONS = Path(__file__).parent / "migrations" / "versions"
NAMED = re.compile(r"^(revision|down_revision)\b[^=\n]*=\s*[\"']?([^\"'\s]+)", re.MULTILINE)


def current_and_head(database: Database) -> tuple[str | None, str | None]:
    """The database's revision (None: it has no schema) and the newest known one; equal when the schema is up to date."""
    return current(database), newest()


def current(database: Database) -> str | None:
    """The database's revision."""
    with database.reading() as session:
        connection = session.connection()
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest() -> str | None:
    """The one revision no other one follows. Raises ValueError when there are several."""
    found = [dict(NAMED.findall(file.read_text(encoding="utf-8"))) for file in sorted(VERSIONS.glob("*.py"))]
    followed = {one.get("down_revision") for one in found}
    heads = [one["revision"] for one in found if "revision" in one and one["revision"] not in followed]
    if len(heads) > 1:
        raise ValueError(f"several newest revisions: {heads}")
    return heads[0] if heads else None
