"""Telegram: the methods about the bot itself, its command menus, chats, members and files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, cast

from sandbox import errors, shapes
from sandbox.calls import Call
from sandbox.errors import bad
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.town import Bot, Person, Talk

Json = dict[str, Any]
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100


def get_me(call: Call) -> Json:
    return shapes.bot_user(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_file(call: Call) -> Json:
    file = call.town.files.get(call.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad(errors.FILE_TOO_BIG)
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }


def set_my_commands(call: Call) -> bool:
    commands = cast("list[Json]", call.parsed("commands") or [])
    if len(commands) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call)] = commands
    call.town.publish({"type": "commands", "bot": call.bot.id})
    return True


def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_scope(call), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_scope(call), None)
    call.town.publish({"type": "commands", "bot": call.bot.id})
    return True


def get_chat(call: Call) -> Json:
    talk = call.talk()
    return shapes.chat(call.town, talk) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {f"{kind}_gifts": False for kind in ("unlimited", "limited", "unique")}
        | {"premium_subscription": False, "gifts_from_channels": False},
    }


def get_chat_member(call: Call) -> Json:
    talk = call.open_talk()
    wanted = call.text("user_id")
    if wanted in talk.bots:
        return shapes.member(shapes.bot_user(call.town.bots[wanted]), talk.bots[wanted])
    person = call.town.by_chat.get(("telegram", wanted))
    if person is None:
        raise bad("user not found")
    standing = talk.people.get(person.id, "left")
    return shapes.member(shapes.user(person), standing)


def leave_chat(call: Call) -> bool:
    talk = call.open_talk()
    if talk.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    talk.bots[call.bot.id] = "left"
    return True


def menu(bot: Bot, person: Person, talk: Talk) -> list[Json]:
    """The commands a person sees in a talk: the narrowest scope wins, the person's language before none."""
    wider = ["all_private_chats"] if talk.kind == "private" else ["all_group_chats"]
    number = int(talk.chat_id)
    scopes: list[Json] = [
        {"chat_id": number, "type": "chat"},
        *({"type": kind} for kind in [*wider, "default"]),
    ]
    if talk.kind != "private":
        scopes.insert(0, {"chat_id": number, "type": "chat_member", "user_id": int(person.chat_id)})
    for scope in scopes:
        for language in (person.language, ""):
            found = bot.commands.get(_scope_key(scope, language))
            if found:
                return found
    return []


def _scope(call: Call) -> str:
    scope = cast("Json", call.parsed("scope") or {"type": "default"})
    for name in ("chat_id", "user_id"):
        if name in scope:
            scope[name] = int(scope[name])
    return _scope_key(scope, call.text("language_code"))


def _scope_key(scope: Json, language: str) -> str:
    return json.dumps(scope, sort_keys=True) + language


METHODS: dict[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
}
