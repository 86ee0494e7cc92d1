"""What nobody needs of the kept files: rows that nothing names any more, and bytes without a row.

Bytes are written before their row commits, so a stop in between leaves bytes without a row: harmless, and gone a day
later. Letters of drafts that were never approved go a week after.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from models.answers import Evidence, StoredFile
from models.directives import Directive, Draft, DraftState

UNUSED_KEPT = timedelta(days=7)
STRAY_KEPT = timedelta(days=1)


def forget_unused(session: Session, now: datetime) -> int:
    """Delete rows of files that no letter, waiting draft or report names for a week; how many."""
    named = (
        exists().where(col(Directive.file_id) == col(StoredFile.id)),
        exists().where(col(Evidence.file_id) == col(StoredFile.id)),
        exists().where(col(Draft.file_id) == col(StoredFile.id), col(Draft.state) == str(DraftState.PENDING)),
    )
    query = select(StoredFile.id).where(col(StoredFile.created_at) < now - UNUSED_KEPT, *(~one for one in named))
    unused = session.exec(query).all()
    for draft in session.exec(select(Draft).where(col(Draft.file_id).in_(unused))).all():
        draft.file_id = None
        session.add(draft)
    session.flush()
    session.exec(delete(StoredFile).where(col(StoredFile.id).in_(unused)))
    return len(unused)


def known_hashes(session: Session) -> frozenset[str]:
    """SHA-256 of every file a row speaks of."""
    return frozenset(session.exec(select(StoredFile.sha256)))


def remove_strays(data_dir: Path, known: Set[str], now: datetime) -> int:
    """Delete bytes on the disk that no row speaks of and that are older than a day of real time (`now`); how many."""
    removed = 0
    for path in (data_dir / "files").glob("*/*"):
        try:
            old = path.stat().st_mtime < (now - STRAY_KEPT).timestamp()
            if old and path.is_file() and path.name not in known:
                path.unlink()
                removed += 1
        except OSError:
            continue  # another process was faster, or the disk will say so to whoever reads it next
    return removed
