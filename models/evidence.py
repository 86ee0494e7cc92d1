"""What is added to a report after it was made, while nobody has judged it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import audit
from models.answers import Evidence, Report, StoredFile, Verdict
from models.errors import Refused

MOST_FILES = 30
LONGEST_TEXT = 4000


def add(
    session: Session,
    now: datetime,
    person_id: int,
    report_id: int,
    *,
    file_ids: Iterable[int] = (),
    text: str = "",
    document_number: str = "",
    document_date: date | None = None,
) -> Report:
    """Put files, words or a document's number to an own report.

    Raises Refused: no_such_report, not_yours, already_judged, too_many_files (data `most`).
    """
    audit.hold_chain(session)
    report = session.get(Report, report_id, populate_existing=True)
    if report is None:
        raise Refused("no_such_report")
    if report.author_id != person_id:
        raise Refused("not_yours")
    new = [file_id for file_id in file_ids if file_id not in _files(session, report_id)]
    if len(new) + len(_files(session, report_id)) > MOST_FILES:
        raise Refused("too_many_files", most=MOST_FILES)
    words = "\n".join(part for part in (report.text, text.strip()) if part)[:LONGEST_TEXT]
    changed = session.exec(
        update(Report)
        .where(col(Report.id) == report_id, col(Report.verdict) == str(Verdict.PENDING))
        .values(
            text=words,
            document_number=document_number or report.document_number,
            document_date=document_date or report.document_date,
        )
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        raise Refused("already_judged")
    session.add_all(Evidence(report_id=report_id, file_id=file_id, created_at=now) for file_id in new)
    session.refresh(report)
    audit.record(
        session,
        now,
        actor_id=person_id,
        action="add_evidence",
        subject="report",
        subject_id=report_id,
        detail={"files": new, "document": document_number},
    )
    return report


def _files(session: Session, report_id: int) -> list[int]:
    return list(session.exec(select(Evidence.file_id).where(Evidence.report_id == report_id)))


def files_of(session: Session, report_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """Each report's files in the order they came."""
    found: dict[int, list[StoredFile]] = {}
    rows = session.exec(
        select(Evidence.report_id, StoredFile)
        .join(StoredFile, col(StoredFile.id) == Evidence.file_id)
        .where(col(Evidence.report_id).in_(list(report_ids)))
        .order_by(col(Evidence.id))
    )
    for report_id, stored in rows:
        found.setdefault(report_id, []).append(stored)
    return found


def count_files(session: Session, report_id: int) -> int:
    """How many files a report has."""
    return session.exec(select(func.count()).select_from(Evidence).where(Evidence.report_id == report_id)).one()
