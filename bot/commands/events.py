"""What happens to a chat without a word: blocked, opened again, moved, joined."""

from __future__ import annotations

from sqlmodel import Session

from bot.channels.base import Incoming
from bot.context import Context
from bot.reply import Reply
from bot.texts import say_for
from bot.who import address_of
from models import addresses


def happened(session: Session, context: Context, incoming: Incoming) -> list[Reply]:
    """Keep the address true; only a group that is new to us is told something."""
    now = context.now()
    if incoming.kind == "blocked":
        addresses.mark_blocked(session, now, incoming.lane, incoming.chat_id, "blocked")
    elif incoming.kind in ("unblocked", "joined"):
        addresses.mark_unblocked(session, now, incoming.lane, incoming.chat_id)
    elif incoming.kind == "migrated":
        addresses.migrate_chat(session, now, incoming.lane, incoming.chat_id, incoming.migrated_to)
    if incoming.kind == "joined" and address_of(session, incoming.lane, incoming.chat_id) is None:
        language = "en" if incoming.language.lower().startswith("en") else "vi"
        return [Reply(say_for(language)("group.joined"))]
    return []
