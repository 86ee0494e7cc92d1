"""Each update acts once: its mark, its effects and its answer commit together (design, decision 9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from bot.channels.base import Incoming
from bot.reply import Reply, from_json
from models.talk import Seen

MISDATED = timedelta(seconds=30)
"""So far ahead no clock that is kept in time goes."""


def seen(session: Session, incoming: Incoming) -> Seen | None:
    """The mark of this update when it has been taken in before."""
    return session.exec(select(Seen).where(Seen.lane == incoming.lane, Seen.update_id == incoming.update_id)).first()


def mark(session: Session, real_now: datetime, incoming: Incoming) -> Seen:
    """Mark the update as taken in. Two at once: the second meets the unique key and its transaction ends."""
    made = Seen(lane=incoming.lane, update_id=incoming.update_id, seen_at=real_now, chat_id=incoming.chat_id)
    session.add(made)
    session.flush()
    return made


def keep_answers(
    session: Session, real_now: datetime, marked: Seen, replies: list[Reply], thread_id: str, message_id: str
) -> None:
    """The answer stands in the database until it is sent; nothing to say is answered at once.

    It is as old as this moment: what took long to find out is not overdue when it begins to be said.
    """
    marked.seen_at = real_now
    if replies:
        marked.answer = {
            "replies": [reply.to_json() for reply in replies],
            "thread_id": thread_id,
            "message_id": message_id,
        }
    else:
        marked.answered_at = marked.seen_at
    session.add(marked)


def kept_answers(marked: Seen) -> list[Reply]:
    """What is still to be said for an update."""
    return [from_json(reply) for reply in marked.answer["replies"]] if marked.answer else []


def spent(session: Session, seen_id: int, messages: int) -> None:
    """Count what the vendor has taken for this update, for the month's quota."""
    row = update(Seen).where(col(Seen.id) == seen_id)
    session.exec(row.values(messages=col(Seen.messages) + messages))


def answered(session: Session, seen_id: int, real_now: datetime, messages: int = 0) -> None:
    """Said, the last of it in so many messages: the text is not needed any more and goes (it may hold a one-time code)."""
    row = update(Seen).where(col(Seen.id) == seen_id)
    session.exec(row.values(answered_at=real_now, answer=None, messages=col(Seen.messages) + messages))


def take_unanswered(session: Session, real_now: datetime, lanes: list[str], *, older_than: timedelta) -> list[Seen]:
    """Claim updates whose effects are committed and whose answer was never sent; another process gets none of them.

    One dated well ahead was marked by a machine whose clock was wrong: it is taken too, or it would wait for that hour.
    """
    due = or_(col(Seen.seen_at) <= real_now - older_than, col(Seen.seen_at) > real_now + MISDATED)
    query = select(Seen).where(col(Seen.lane).in_(lanes), col(Seen.answered_at).is_(None), due)
    found = session.exec(query.order_by(col(Seen.id)).limit(200)).all()
    return [row for row in found if _claimed(session, row, real_now)]


def _claimed(session: Session, row: Seen, real_now: datetime) -> bool:
    claim = update(Seen).where(
        col(Seen.id) == row.id, col(Seen.seen_at) == row.seen_at, col(Seen.answered_at).is_(None)
    )
    return session.exec(claim.values(seen_at=real_now)).rowcount == 1
