"""Who did what when: append-only entries, each with the hash of the one before.

Entries name people, units and rows by id. Numbers as long as a phone's are masked in whatever words come along, so
the trail can outlive an erasure (domain.md "Personal data").
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.clock import as_utc
from models.locks import hold
from models.upkeep import AuditEntry

CHAIN_LOCK = 7_090_225
"""PostgreSQL's advisory lock of the chain, held until the transaction ends: one entry is written at a time."""

FIRST = "0" * 64
"""`previous_hash` of the first entry."""

BATCH = 1000
LONG_NUMBER = re.compile(r"(?<![\w/.-])\+?\d(?:[ .\-()]?\d){8,14}(?![\w/-])")


def record(
    session: Session,
    now: datetime,
    *,
    actor_id: int | None,
    action: str,
    subject: str = "",
    subject_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry and return it with its id. `actor_id`: None for the system itself.

    On PostgreSQL other writers of the chain wait until this one commits; a verb that locks rows calls `hold_chain` first.
    """
    hold_chain(session)
    last = session.exec(select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    entry = AuditEntry(
        at=as_utc(now),
        actor_id=actor_id,
        action=action,
        subject=subject,
        subject_id=subject_id,
        detail=_clean(dict(detail or {})),
        previous_hash=last or FIRST,
        hash="",
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()
    return entry


def hold_chain(session: Session) -> None:
    """Come to the chain before any row is locked: who holds rows and then waits for the chain meets who does the reverse.

    So the people's verbs come one after the other on PostgreSQL as they do on SQLite, and what one of them has read
    stays true until it commits.
    """
    hold(session, CHAIN_LOCK)


def verify(session: Session) -> int | None:
    """Id of the first entry that is not as it was written, or whose predecessor is missing; None when all is well.

    Cutting entries off the end cannot be seen from the chain alone: compare with the last hash of a backup.
    """
    previous, after = FIRST, 0
    while True:
        query = select(AuditEntry).where(col(AuditEntry.id) > after).order_by(col(AuditEntry.id)).limit(BATCH)
        entries = session.exec(query).all()
        for entry in entries:
            if entry.previous_hash != previous or entry.hash != _hash(entry):
                return entry.id
            previous, after = entry.hash, entry.id or after
        if len(entries) < BATCH:
            return None
        session.expunge_all()


def _hash(entry: AuditEntry) -> str:
    content = [
        entry.previous_hash,
        as_utc(entry.at).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.detail,
    ]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _clean(value: Any) -> Any:
    """What JSON can hold, with long numbers in words masked down to their last three digits."""
    if isinstance(value, str):
        return LONG_NUMBER.sub(lambda found: "•" * 6 + found[0][-3:], value)
    if isinstance(value, datetime):
        return as_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _clean(part) for name, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(part) for part in value]
    return value
