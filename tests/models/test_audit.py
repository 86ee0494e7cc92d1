"""The audit trail: append-only, chained, free of phones, and whole under several writers at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from models import audit
from models.database import Database
from models.upkeep import AuditEntry

NOW = datetime(2026, 11, 20, 1, 0, 0, 123456, tzinfo=UTC)


def write(session: Session, count: int) -> None:
    for n in range(count):
        at = NOW + timedelta(seconds=n)
        audit.record(session, at, actor_id=n, action="report", subject="assignment", subject_id=n, detail={"n": n})


def test_a_whole_chain_verifies(database: Database) -> None:
    with database.transaction() as session:
        write(session, 3)
    with database.transaction() as session:
        write(session, 2)
    with database.reading() as session:
        assert audit.verify(session) is None
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
        assert [e.previous_hash for e in entries[1:]] == [e.hash for e in entries[:-1]]


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE auditentry SET actor_id = 99 WHERE id = 3",
        "UPDATE auditentry SET detail = '{}' WHERE id = 3",
        "UPDATE auditentry SET at = '2026-11-21 00:00:00.000000' WHERE id = 3",
        "DELETE FROM auditentry WHERE id = 2",
    ],
)
def test_a_change_in_the_past_shows_where_it_is(database: Database, tamper: str) -> None:
    with database.transaction() as session:
        write(session, 5)
    with database.transaction() as session:
        session.connection().execute(text(tamper))
    with database.reading() as session:
        assert audit.verify(session) == 3


def test_phones_in_words_are_masked_and_document_numbers_are_not(database: Database) -> None:
    with database.transaction() as session:
        words = "gọi 0912 345 678 hoặc +84912345678 về văn bản 4321/UBND-TH ngày 24/02/2025"
        entry = audit.record(session, NOW, actor_id=1, action="dispute", detail={"reason": words, "ids": [5, 6]})
        assert entry.detail == {
            "reason": "gọi ••••••678 hoặc ••••••678 về văn bản 4321/UBND-TH ngày 24/02/2025",
            "ids": [5, 6],
        }
        assert audit.verify(session) is None


def test_long_trails_are_read_in_pieces(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 4)
    with database.transaction() as session:
        write(session, 9)
    with database.transaction() as session:
        assert audit.verify(session) is None
        session.connection().execute(text("UPDATE auditentry SET action = 'x' WHERE id = 8"))
    with database.reading() as session:
        assert audit.verify(session) == 8


def test_writers_at_once_make_one_chain(any_database: Database) -> None:
    def work() -> None:
        for _ in range(10):
            with any_database.transaction() as session:
                write(session, 2)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_database.reading() as session:
        assert len(session.exec(select(AuditEntry.id)).all()) == 80
        assert audit.verify(session) is None
