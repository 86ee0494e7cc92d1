"""The messenger's own menu of commands: what each person may do, in their language."""

from __future__ import annotations

import contextlib

from sqlmodel import Session

from bot.channels.base import Channel, ChannelError
from bot.commands.help import menu_for
from bot.context import Context
from bot.names import BY_KEY
from bot.texts import say_for
from bot.who import person_at, standing_of
from models.database import Database

IN_GROUPS = ("tasks", "done", "link")

Menu = list[tuple[str, str]]


async def offer(db: Database, channel: Channel, context: Context, chat_id: str) -> None:
    """Put this person's commands in the menu of their chat. A menu is a courtesy: a vendor's no is dropped."""
    menu = await db.read(_menu_of, context, channel.lane, chat_id)
    with contextlib.suppress(ChannelError):
        await channel.set_menu(menu or stranger_menu("vi"), chat_id=chat_id)


async def offer_to_all(channel: Channel) -> None:
    """What anybody sees who is not linked yet, and what a group sees, in both languages; done once a process."""
    with contextlib.suppress(ChannelError):
        for told, language in (("vi", ""), ("en", "en")):  # each reader's own language; whose is neither reads vi
            await channel.set_menu(stranger_menu(told), language=language)
            await channel.set_menu(group_menu(told), language=language, groups=True)


def stranger_menu(language: str) -> Menu:
    """Only the way in."""
    return [("start", say_for(language)("help.start"))]


def group_menu(language: str) -> Menu:
    """What is heard in a group: the unit's tasks, a report, the admin's code."""
    say = say_for(language)
    chosen = ((name, BY_KEY[name]) for name in IN_GROUPS)
    return [(name.key if language == "en" else name.vi, say(f"group.menu_{key}")) for key, name in chosen]


def _menu_of(session: Session, context: Context, lane: str, chat_id: str) -> Menu | None:
    found = person_at(session, lane, chat_id)
    if found is None or found[0].id is None:
        return None
    person = found[0]
    return menu_for(standing_of(session, context.now(), found[0].id).parts, person.language)
