"""What the bot is waiting to hear from somebody in a chat. Real time: a question lapses after minutes of anybody's day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.reply import ANSWER_MINUTES, Question, Reply, choices
from models.clock import utcnow
from models.talk import Dialogue, Sent

CHOICE = "choice"


def waiting(session: Session, person_id: int, lane: str, chat_id: str) -> Dialogue | None:
    """The last question of this chat, unless it was answered or has lapsed: a bare answer answers only that one."""
    last = latest(session, person_id, lane, chat_id)
    return last if last and last.answered_at is None and last.expires_at > utcnow() else None


def latest(session: Session, person_id: int, lane: str, chat_id: str) -> Dialogue | None:
    """The last question of this chat, answered or not."""
    return session.exec(
        select(Dialogue)
        .where(Dialogue.person_id == person_id, Dialogue.lane == lane, Dialogue.chat_id == chat_id)
        .order_by(col(Dialogue.id).desc())
        .limit(1)
    ).first()


def ask(session: Session, person_id: int, lane: str, chat_id: str, replies: list[Reply], *, buttons: bool) -> None:
    """Note what the last of `replies` asks: an open question, or choices that a number picks where there are no buttons.

    A question may have choices beside it: then a number picks one and other words answer it.
    """
    for reply in reversed(replies):
        offered = () if buttons else choices(reply.buttons)
        data = {"picks": [one.data for one in offered], "labels": [one.label for one in offered]} if offered else {}
        if reply.question is not None:
            asked = reply.question
            _open(session, person_id, lane, chat_id, Question(asked.kind, {**asked.data, **data}, asked.minutes))
            return
        if data:
            _open(session, person_id, lane, chat_id, Question(CHOICE, data))
            return


def overtaken(session: Session, dialogue: Dialogue) -> bool:
    """Whether a reminder has come into the chat since: it lists tasks by number, so a bare digit may mean one of them."""
    since = select(Sent.id).where(
        Sent.lane == dialogue.lane,
        Sent.chat_id == dialogue.chat_id,
        Sent.subject == "event",
        Sent.sent_at > dialogue.asked_at,
    )
    return session.exec(since.limit(1)).first() is not None


def keep(session: Session, dialogue: Dialogue, data: dict[str, Any], minutes: int = ANSWER_MINUTES) -> None:
    """The same question goes on with more known."""
    dialogue.data = data
    dialogue.expires_at = utcnow() + timedelta(minutes=minutes)
    session.add(dialogue)


def close(session: Session, dialogue: Dialogue) -> bool:
    """Answered: True for the one who closed it, so that a double answer acts once."""
    done = session.exec(
        update(Dialogue)
        .where(col(Dialogue.id) == dialogue.id, col(Dialogue.answered_at).is_(None))
        .values(answered_at=utcnow())
        .execution_options(synchronize_session=False)
    )
    session.refresh(dialogue)
    return done.rowcount == 1


def _open(session: Session, person_id: int, lane: str, chat_id: str, question: Question) -> None:
    now = utcnow()
    session.add(
        Dialogue(
            person_id=person_id,
            lane=lane,
            chat_id=chat_id,
            kind=question.kind,
            data=question.data,
            asked_at=now,
            expires_at=now + timedelta(minutes=question.minutes),
        )
    )
