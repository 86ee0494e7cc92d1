"""What was said long ago and settled: kept for thirteen months, then forgotten a batch at a time.

Forgotten are the messages themselves (Event, Delivery), the lines they told (Reminder) and which chat message was about
what (Sent). Reports, evidence, verdicts, extensions and the audit trail stay for good, so the figures of any past period
stay what they were (`reports.rollup` asks nothing else). What was told about an assignment that is still followed, or
was until lately, stays too: it shows that its owner was reminded, and when.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, exists, select
from sqlmodel import Session, col

from models.among import among
from models.assignments import Assignment, AssignmentState, Reminder
from models.events import Delivery, Event, EventState
from models.talk import Sent

KEPT = timedelta(days=400)
"""A year and a month: the last year's report is written from what is still there."""

BATCH = 1000
OVER = (EventState.SETTLED, EventState.SUPERSEDED, EventState.FAILED)
FOLLOWED = (
    AssignmentState.WAITING,
    AssignmentState.OPEN,
    AssignmentState.RECEIVED,
    AssignmentState.REPORTED,
    AssignmentState.DISPUTED,
)


def forget_some(session: Session, now: datetime, after: int = 0) -> int | None:
    """Look through the next batch of old messages and delete what nobody needs; gives where to go on from, None at the end.

    A short transaction of its own each time, so that nobody waits for it.
    """
    before = now - KEPT
    connection = session.connection()
    forget_sent(session, before)
    ids = [row.id for row in connection.execute(old_events(before, after))]
    if not ids:
        return None
    needed = {row.event_id for row in connection.execute(_needed(session, before, ids))}
    gone = [event for event in ids if event not in needed]
    connection.execute(delete(Reminder).where(among(session, col(Reminder.event_id), gone)))
    connection.execute(delete(Delivery).where(among(session, col(Delivery.event_id), gone)))
    connection.execute(delete(Event).where(among(session, col(Event.id), gone)))
    return ids[-1] if len(ids) == BATCH else None


def old_events(before: datetime, after: int) -> Select[int | None]:
    """Ids of settled messages of before that day, oldest first."""
    return (
        select(col(Event.id))
        .where(
            col(Event.id) > after,
            col(Event.due_at) < before,
            col(Event.state).in_([str(state) for state in OVER]),
        )
        .order_by(col(Event.id))
        .limit(BATCH)
    )


def forget_sent(session: Session, before: datetime) -> None:
    """A reply to a message as old as that finds its matter by its number only."""
    oldest = select(col(Sent.id)).where(col(Sent.sent_at) < before).order_by(col(Sent.id)).limit(BATCH)
    ids = [row.id for row in session.connection().execute(oldest)]
    if ids:
        session.connection().execute(delete(Sent).where(among(session, col(Sent.id), ids)))


def _needed(session: Session, before: datetime, ids: list[int]) -> Select[Any]:
    """Those of them that told of an assignment still followed, or followed until less than the time ago."""
    followed = exists().where(
        col(Assignment.id) == col(Reminder.assignment_id),
        col(Assignment.state).in_([str(state) for state in FOLLOWED]) | (col(Assignment.confirmed_at) >= before),
    )
    return select(col(Reminder.event_id)).where(among(session, col(Reminder.event_id), ids), followed).distinct()
