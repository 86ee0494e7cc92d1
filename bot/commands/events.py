"""What happens to a chat without a word: blocked, opened again, moved, joined."""

from __future__ import annotations

from sqlmodel import Session

from bot.channels.base import Incoming
from bot.context import Context
from bot.reply import Reply
from bot.texts import say_for
from models import addresses


def happened(session: Session, context: Context, incoming: Incoming) -> list[Reply]:
    """Keep the address true; only a group the bot was just added to is told something."""
    now = context.now()
    if incoming.kind == "blocked":
        addresses.mark_blocked(session, now, incoming.lane, incoming.chat_id, "blocked")
    elif incoming.kind == "unblocked":
        addresses.mark_unblocked(session, now, incoming.lane, incoming.chat_id)
    elif incoming.kind == "migrated":
        addresses.migrate_chat(session, now, incoming.lane, incoming.chat_id, incoming.migrated_to)
    elif incoming.kind == "joined" and incoming.is_group:
        return [Reply(say_for("vi")("group.joined"))]
    return []
