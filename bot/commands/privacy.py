"""A person's own data: seen whole, erased on request (Law 91/2025)."""

from __future__ import annotations

from bot.channels.base import Button
from bot.reply import FileOrder, Reply, rows
from bot.turn import Turn
from models import privacy


def my_data(turn: Turn) -> Reply:
    """Everything kept about the person: a page to read, and all of it field by field."""
    names = ("du-lieu-cua-toi.txt", "du-lieu-cua-toi.json")
    return Reply(turn.say("privacy.here"), files=tuple(FileOrder("mine", {"name": name}) for name in names))


def forget_me(turn: Turn) -> Reply:
    """Asked once more: it cannot be undone."""
    buttons = (Button(turn.say("button.forget"), "forget:yes"), Button(turn.say("button.no"), "forget:no"))
    return Reply(turn.say("privacy.ask"), rows(*buttons))


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The answer to that."""
    if args[0] != "yes":
        return Reply(turn.say("cancelled"))
    privacy.forget_me(turn.session, turn.now, turn.me)
    turn.context.flood.forget(f"{turn.incoming.lane}:{turn.incoming.sender_id}")
    return Reply(turn.say("privacy.done"))
