"""Files nobody needs any more go; those that a letter, a draft or a report names stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models import files
from models.answers import Evidence, Report, StoredFile
from models.assignments import Assignment
from models.clock import utcnow
from models.database import Database
from models.directives import Draft, DraftState
from models.files_upkeep import forget_unused, known_hashes, remove_strays
from models.life import report
from models.loading import create
from models.units import Role
from tests.models.letters_of_ours import NOW, drafted, letter, someone, task

LATER = NOW + timedelta(days=8)


def kept(session: Session, folder: Path, content: bytes) -> int:
    digest = files.put(folder, content)
    return files.record(
        session, NOW, sha256=digest, size=len(content), media_type="text/plain", name="a.txt", uploaded_by=None
    )


def age(folder: Path, days: float) -> None:
    for path in (folder / "files").glob("*/*"):
        then = path.stat().st_mtime - days * 86_400
        os.utime(path, (then, then))


@pytest.fixture
def named(town: Database, tmp_path: Path) -> list[int]:
    """Files of a loaded letter, of a waiting draft, of a report, of a cancelled draft, and of nothing."""
    with town.transaction() as session:
        admin = someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN)
        owner = someone(session, "Đầu mối", "SYT")
        ids = [kept(session, tmp_path, f"tệp {n}".encode()) for n in range(5)]
        loaded, waiting, cancelled = (
            drafted(session, admin, letter(task("1", "Sở Y tế", text=f"Việc {n}"), number=f"{n}/UBND"))
            for n in range(3)
        )
        loaded.file_id, waiting.file_id, cancelled.file_id = ids[0], ids[1], ids[3]
        cancelled.state = DraftState.CANCELLED
        session.flush()
        create(session, NOW, loaded, admin)
        assignment = session.exec(select(Assignment)).one()
        made = report(session, NOW, owner, assignment.id or 0, text="xong")
        assert isinstance(made, Report)
        session.add(Evidence(report_id=made.id or 0, file_id=ids[2], created_at=NOW))
        return ids


def test_rows_that_nothing_names_go_after_a_week(town: Database, named: list[int]) -> None:
    with town.transaction() as session:
        assert forget_unused(session, NOW + timedelta(days=6)) == 0
        assert forget_unused(session, LATER) == 2
        assert set(session.exec(select(StoredFile.id))) == set(named[:3])
        assert session.exec(select(Draft.file_id).where(Draft.state == DraftState.CANCELLED)).one() is None


def test_bytes_without_a_row_go_after_a_day(town: Database, named: list[int], tmp_path: Path) -> None:
    with town.transaction() as session:
        forget_unused(session, LATER)
        known = known_hashes(session)
    assert remove_strays(tmp_path, known, utcnow()) == 0
    age(tmp_path, 2)
    assert remove_strays(tmp_path, known, utcnow()) == 2
    assert {path.name for path in (tmp_path / "files").glob("*/*")} == known
    assert remove_strays(tmp_path / "nothing there", known, utcnow()) == 0
