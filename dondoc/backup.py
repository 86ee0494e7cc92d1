"""`dondoc backup`: one file with every row as of one instant, and every file people sent.

A .tar.gz: manifest.json (revision of the schema, rows and checksum of each table), tables/NAME.jsonl in the order of
their references, files/SHA256. It goes from SQLite to PostgreSQL and back. It holds personal data: mode 0600.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from dondoc.backup_rows import dumped, kept_tables
from models.database import Database
from models.files import path_of
from models.revisions import current_and_head
from models.tables import metadata

FORMAT = 1
MANIFEST = "manifest.json"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds. `missing`: files whose rows are there and whose bytes were not found."""

    rows: int
    files: int
    missing: int


def backup(
    database: Database, data_dir: Path, target: Path, now: datetime, progress: Progress = lambda _: None
) -> Written:
    """Write the backup; `target` appears whole or not at all. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        pieces = Path(folder)
        tables, hashes = _snapshot(database, pieces, progress)
        found = [sha256 for sha256 in hashes if path_of(data_dir, sha256).is_file()]
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "revision": current_and_head(database)[0],
            "tables": tables,
            "files": len(found),
        }
        (pieces / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        whole = pieces / "whole.tar.gz"
        _pack(whole, pieces, tables, ((sha256, path_of(data_dir, sha256)) for sha256 in found), progress)
        os.replace(whole, target)
    return Written(sum(table["rows"] for table in tables), len(found), len(hashes) - len(found))


def _snapshot(database: Database, pieces: Path, progress: Progress) -> tuple[list[dict[str, Any]], list[str]]:
    """Every table as of one instant; and the hashes of the stored files known then."""
    options: dict[str, Any] = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        tables: list[dict[str, Any]] = []
        for table in kept_tables():
            progress(table.name)
            tables.append(_table(connection, table, pieces / f"{table.name}.jsonl"))
        stored = metadata.tables["storedfile"]
        hashes = connection.execute(select(stored.c.sha256).distinct().order_by(stored.c.sha256)).scalars().all()
    return tables, list(hashes)


def _table(connection: Connection, table: Table, path: Path) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in dumped(connection, table):
            digest.update(line)
            file.write(line)
            rows += 1
    return {"name": table.name, "rows": rows, "sha256": digest.hexdigest()}


def _pack(
    whole: Path, pieces: Path, tables: list[dict[str, Any]], files: Iterable[tuple[str, Path]], progress: Progress
) -> None:
    opened = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            tar.add(pieces / MANIFEST, MANIFEST)
            for table in tables:
                tar.add(pieces / f"{table['name']}.jsonl", f"tables/{table['name']}.jsonl")
            for sha256, path in files:
                progress(sha256[:8])
                tar.add(path, f"files/{sha256}")
        raw.flush()
        os.fsync(raw.fileno())
