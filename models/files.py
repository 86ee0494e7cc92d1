"""Files people send: kept under the data folder by their hash; name and type as claimed are never trusted.

Nothing kept is ever executed or opened by its name. Bytes are written before the row commits: a file without a row
is harmless and is found again by its hash.
"""

import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from models.answers import Evidence, Report, StoredFile
from models.assignments import Assignment
from models.directives import Directive, Task
from models.errors import Refused
from models.rights import confirmers, has_role, is_admin
from models.units import Role

LARGEST = 20 * 2**20
"""Bytes: what Telegram lets a bot fetch."""

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"OggS", "audio/ogg"),
)
OFFICE = ((b"word/", "docx", "wordprocessingml.document"), (b"xl/", "xlsx", "spreadsheetml.sheet"))


def sniffed_type(content: bytes) -> str:
    """The media type by what the bytes are, whatever the name says."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    found = next((kind for start, kind in SIGNATURES if content.startswith(start)), "")
    if found == "application/zip":
        for folder, _, kind in OFFICE:
            if folder in content:
                return f"application/vnd.openxmlformats-officedocument.{kind}"
    if found:
        return found
    try:
        content[:4096].decode("utf-8", errors="strict" if len(content) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "application/octet-stream" if b"\0" in content[:4096] else "text/plain"


def safe_name(name: str, media_type: str = "") -> str:
    """A file name without folders, control or direction marks, at most 120 characters; "tệp" when nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w .()+,&-]", "", last, flags=re.UNICODE).strip(" .")
    return kept[:80] + kept[-40:] if len(kept) > 120 else kept or "tệp"


def put(data_dir: Path, content: bytes) -> str:
    """Write the bytes under their SHA-256 and give it. Raises Refused: file_empty, file_too_big (data `limit`, MB)."""
    if not content:
        raise Refused("file_empty")
    if len(content) > LARGEST:
        raise Refused("file_too_big", limit=LARGEST // 2**20)
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(data_dir, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    return digest


def path_of(data_dir: Path, sha256: str) -> Path:
    """Where the bytes of this hash are."""
    return data_dir / "files" / sha256[:2] / sha256


def record(
    session: Session, now: datetime, *, sha256: str, size: int, media_type: str, name: str, uploaded_by: int | None
) -> int:
    """The row of a file that `put` has written; gives its id."""
    made = StoredFile(
        sha256=sha256,
        size=size,
        name=safe_name(name, media_type),
        media_type=media_type,
        uploaded_by=uploaded_by,
        created_at=now,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    return made.id


def read(data_dir: Path, stored: StoredFile) -> bytes:
    """The bytes. Raises Refused("file_gone") when they are not on this machine or do not match their hash."""
    try:
        content = path_of(data_dir, stored.sha256).read_bytes()
    except OSError as gone:
        raise Refused("file_gone") from gone
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Refused("file_gone")
    return content


def discard(session: Session, data_dir: Path, file_id: int) -> None:
    """Forget a file that turned out not to be wanted; its bytes go unless another row has the same."""
    stored = session.get(StoredFile, file_id)
    if stored is None:
        return
    session.delete(stored)
    session.flush()
    if session.exec(select(StoredFile.id).where(StoredFile.sha256 == stored.sha256).limit(1)).first() is None:
        path_of(data_dir, stored.sha256).unlink(missing_ok=True)


def may_download(session: Session, now: datetime, person_id: int, file_id: int) -> bool:
    """The sender, admins, the unit that reported, those who may judge the report; of a letter, those it binds."""
    stored = session.get(StoredFile, file_id)
    if stored is None:
        return False
    if stored.uploaded_by == person_id or is_admin(session, now, person_id):
        return True
    return _of_report(session, now, person_id, file_id) or _of_letter(session, now, person_id, file_id)


def _of_report(session: Session, now: datetime, person_id: int, file_id: int) -> bool:
    rows = session.exec(
        select(Assignment, Directive)
        .join(Report, col(Report.assignment_id) == col(Assignment.id))
        .join(Evidence, col(Evidence.report_id) == col(Report.id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(Evidence.file_id == file_id)
    )
    return any(
        has_role(session, now, person_id, Role, assignment.unit_id)
        or person_id in confirmers(session, now, assignment, directive, ())
        for assignment, directive in rows
    )


def _of_letter(session: Session, now: datetime, person_id: int, file_id: int) -> bool:
    for directive in session.exec(select(Directive).where(Directive.file_id == file_id)):
        if person_id in (directive.contact_id, directive.contact_deputy_id, directive.loaded_by):
            return True
        units = session.exec(
            select(Assignment.unit_id)
            .join(Task, col(Task.id) == col(Assignment.task_id))
            .where(Task.directive_id == directive.id)
            .distinct()
        )
        if any(has_role(session, now, person_id, Role, unit) for unit in units):
            return True
    return False
