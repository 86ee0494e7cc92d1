"""Which matter a reply or a press belongs to: the bot's message that was answered, as kept in Sent."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from bot.channels.base import Incoming
from bot.turn import Quoted
from models.events import Event
from models.talk import Sent


def quoted_by(session: Session, incoming: Incoming) -> Quoted | None:
    """The message replied to, or the one whose button was pressed; None when it is not ours or too old to know."""
    message_id = incoming.reply_to or (incoming.message_id if incoming.kind == "button" else "")
    if not message_id:
        return None
    row = session.exec(
        select(Sent).where(Sent.lane == incoming.lane, Sent.chat_id == incoming.chat_id, Sent.message_id == message_id)
    ).first()
    if row is None:
        return None
    if row.subject == "event":
        event = session.get(Event, row.subject_id)
        listed = tuple(row.data.get("assignments", ())) or (assignments_of(session, event) if event else ())
        return Quoted("event", row.subject_id, row.data, listed)
    return Quoted(row.subject, row.subject_id, row.data, tuple(row.data.get("assignments", ())))


def assignments_of(session: Session, event: Event) -> tuple[int, ...]:
    """The assignments an event speaks of, in its order."""
    data: dict[str, Any] = event.data
    if "items" in data:
        return tuple(item["assignment"] for item in data["items"])
    if "assignments" in data:
        return tuple(data["assignments"])
    if "assignment" in data:
        return (data["assignment"],)
    return _through(session, data)


def _through(session: Session, data: dict[str, Any]) -> tuple[int, ...]:
    from models.answers import Extension, Report

    if "report" in data and (report := session.get(Report, data["report"])):
        return (report.assignment_id,)
    if "extension" in data and (extension := session.get(Extension, data["extension"])):
        return (extension.assignment_id,)
    return ()
