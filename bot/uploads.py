"""A link to send a file by, for a chat whose messenger cannot carry one."""

from __future__ import annotations

from bot.turn import Turn
from models import links

PATH = "nop"


def upload_link(turn: Turn) -> str:
    """An address to send files to this chat by; "" where the channel carries files, in a group, or without our own address."""
    channel = turn.context.channels.get(turn.incoming.lane)
    if channel is None or channel.limits.files or turn.incoming.is_group or not turn.context.public_url:
        return ""
    place = {"lane": turn.incoming.lane, "chat_id": turn.incoming.chat_id}
    token = links.make(turn.session, turn.now, turn.me, "upload", place)
    return f"{turn.context.public_url.rstrip('/')}/{PATH}/{token}"


def with_link(turn: Turn, text: str) -> str:
    """The text and, where it helps, the link under it."""
    address = upload_link(turn)
    return f"{text}\n{turn.say('file.upload', url=address)}" if address else text
