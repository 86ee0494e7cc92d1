"""`dondoc restore`: a backup into an empty database, so that the house goes on where it stood.

Known outcomes are kept, so nothing that was sent is sent again. What was on the road waits anew; a send that was under
way stays in state sending, which the road takes for what it is: one that may have arrived (sent once more, marked).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table, func, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from dondoc.backup import FORMAT, MANIFEST, Progress
from dondoc.backup_rows import kept_tables, load, self_references
from models import files
from models.clock import utcnow
from models.database import Database
from models.events import EVENTS, EventState
from models.heartbeat import beats
from models.revisions import current_and_head
from models.schema import known_revisions, migrate
from models.tables import metadata


class RestoreError(Exception):
    """Nothing was restored. `vi` and `en` say why and what to do."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `in_flight`: sends that were under way and may have arrived."""

    made_at: datetime
    rows: int
    files: int
    in_flight: int


def restore(
    database: Database, data_dir: Path, source: Path, *, force: bool = False, progress: Progress = lambda _: None
) -> Restored:
    """Bring the backup back, all of it or nothing. `force`: what the database holds now is deleted first.

    Raises RestoreError (damaged, of a newer version, database in use or not empty), OSError.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = _manifest(tar)
            _prepare(database, manifest, force)
            with database.transaction() as session:
                connection = session.connection()
                if force:
                    _empty(connection)
                rows, stored = _unpack(tar, manifest, connection, data_dir, progress)
                in_flight = _back_on_the_road(connection)
                if not database.is_sqlite:
                    _reset_sequences(connection)
    except (
        DataError,
        IntegrityError,
        tarfile.TarError,
        gzip.BadGzipFile,
        EOFError,
        zlib.error,
        KeyError,
        ValueError,
    ) as error:
        raise _damaged() from error
    migrate(database)
    if not database.is_sqlite:
        _take_stock(database)
    return Restored(datetime.fromisoformat(manifest["made_at"]), rows, stored, in_flight)


def _take_stock(database: Database) -> None:
    """The server's statistics: without them the first big tick takes several times as long."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    content = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise RestoreError("Đây không phải tệp sao lưu của dondoc", "This is no backup of dondoc")
    manifest: dict[str, Any] = json.loads(content.read())
    if manifest["format"] != FORMAT or manifest["revision"] not in known_revisions():
        raise RestoreError(
            "Bản sao lưu thuộc phiên bản dondoc mới hơn; cập nhật chương trình trước",
            "The backup was made by a newer dondoc; upgrade the program first",
        )
    return manifest


def _prepare(database: Database, manifest: dict[str, Any], force: bool) -> None:
    """A database nobody works on, empty unless `force`, with the schema the backup was made with."""
    current, _ = current_and_head(database)
    if current is None:
        migrate(database, manifest["revision"])
        return
    with database.reading() as session:
        working = [beat.name for beat in beats(session) if not beat.stopped(utcnow())]
        filled = [t.name for t in kept_tables() if session.connection().execute(select(t).limit(1)).first() is not None]
    if working:
        shown = ", ".join(working)
        raise RestoreError(
            f"Đang có tiến trình làm việc trên cơ sở dữ liệu này ({shown}). Dừng chúng, chờ một phút rồi thử lại",
            f"Processes are at work on this database ({shown}). Stop them, wait a minute, and try again",
        )
    if filled and not force:
        raise RestoreError(
            "Cơ sở dữ liệu đã có dữ liệu. Thêm --force để xóa và thay bằng bản sao lưu",
            "The database is not empty. With --force what it holds is deleted and replaced by the backup",
        )
    if current != manifest["revision"]:
        raise RestoreError(
            "Lược đồ khác với bản sao lưu; khôi phục vào một cơ sở dữ liệu trống",
            "The schema differs from the backup's; restore into a database without tables",
        )


def _empty(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        for column in self_references(table):
            connection.execute(update(table).where(column.is_not(None)).values({column.name: None}))
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


def _unpack(
    tar: tarfile.TarFile, manifest: dict[str, Any], connection: Connection, data_dir: Path, progress: Progress
) -> tuple[int, int]:
    expected = {table["name"]: table for table in manifest["tables"]}
    known = {table.name: table for table in kept_tables()}
    rows = stored = 0
    for member in tar:
        kind, _, name = member.name.partition("/")
        content = tar.extractfile(member)
        if kind == "tables" and content is not None:
            name = name.removesuffix(".jsonl")
            progress(name)
            rows += _table(connection, known[name], content, expected.pop(name))
        elif kind == "files" and content is not None:
            progress(name[:8])
            stored += _file(data_dir, name, content.read())
    if expected or stored != manifest["files"]:
        raise _damaged()
    return rows, stored


def _table(connection: Connection, table: Table, content: IO[bytes], expected: dict[str, Any]) -> int:
    digest = hashlib.sha256()

    def lines() -> Iterator[bytes]:
        for line in content:
            digest.update(line)
            yield line

    rows = load(connection, table, lines())
    if rows != expected["rows"] or digest.hexdigest() != expected["sha256"]:
        raise _damaged()
    return rows


def _file(data_dir: Path, sha256: str, content: bytes) -> int:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged()
    files.put(data_dir, content)
    return 1


def _back_on_the_road(connection: Connection) -> int:
    """What was leased or claimed by processes that are gone waits again. Gives the number of sends under way then."""
    gone = EVENTS.c.state.in_([str(EventState.FORWARDED), str(EventState.CLAIMED)])
    waiting = {"state": str(EventState.WAITING), "forwarded_until": None, "claimed_by": "", "claimed_until": None}
    connection.execute(update(EVENTS).where(gone).values(waiting))
    deliveries = metadata.tables["delivery"]
    under_way = select(func.count()).select_from(deliveries).where(deliveries.c.state == "sending")
    return connection.execute(under_way).scalar_one()


def _reset_sequences(connection: Connection) -> None:
    for table in kept_tables():
        if "id" in table.c:
            last = connection.execute(select(func.max(table.c.id))).scalar()
            if last is not None:
                name = text("SELECT setval(pg_get_serial_sequence(:of, 'id'), :last)")
                connection.execute(name, {"of": f'"{table.name}"', "last": last})


def _damaged() -> RestoreError:
    return RestoreError(
        "Tệp sao lưu bị hỏng hoặc thiếu; chưa khôi phục gì", "The backup is damaged or cut off; nothing was restored"
    )
