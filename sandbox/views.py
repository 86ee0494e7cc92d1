"""The town as people see it: plain JSON for the page and for tests."""

from __future__ import annotations

import bisect
from typing import Any

from sandbox.telegram_about import menu
from sandbox.town import Bot, Message, Person, StoredFile, Talk, Town

Json = dict[str, Any]


def bot(one: Bot) -> Json:
    return {
        "id": one.id,
        "messenger": one.messenger,
        "name": one.name,
        "username": one.username,
        "webhook": one.webhook.url if one.webhook else "",
        "waiting": len(one.inbox.waiting),
    }


def person(town: Town, one: Person) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "messenger": one.messenger,
        "chat_id": one.chat_id,
        "phone": one.phone,
        "role": one.role,
        "language": one.language,
        "active": one.active,
        "talks": [talk(town, kept) for kept in one.talks],
    }


def talk(town: Town, one: Talk) -> Json:
    return {
        "key": one.key,
        "kind": one.kind,
        "chat_id": one.chat_id,
        "messenger": one.messenger,
        "title": one.title if one.kind != "private" else town.bots[one.bot_id].name,
        "bots": one.bots,
        "people": {str(number): standing for number, standing in one.people.items()},
        "topics": {str(number): name for number, name in one.topics.items()},
        "blocked": one.kind == "private" and one.bots[one.bot_id] == "kicked",
    }


def message(town: Town, one: Talk, kept: Message) -> Json:
    """`id` is the vendor's; `seq` rises at every change; `date` in seconds; `from`: bot, person, service"""
    made: Json = {
        "id": kept.id,
        "seq": kept.seq,
        "talk": one.key,
        "chat": one.chat_id,
        "date": kept.date,
        "from": "service" if kept.service else "bot" if kept.bot else "person",
        "bot": kept.bot,
        "person": kept.person,
        "author": _name(town, kept),
        "text": kept.text,
        "entities": kept.entities,
        "buttons": buttons(kept),
        "keyboard": keyboard(kept),
        "files": files(town, kept),
        "edited": bool(kept.edited),
        "reply_to": kept.reply_to,
        "thread": kept.thread,
        "album": kept.album,
    }
    if kept.contact is not None:
        made["contact"] = kept.contact
    if kept.service is not None:
        made["service"] = kept.service
    return made


def changes(town: Town, one: Person, after: int) -> list[Json]:
    """What is new or changed for a person since `after`, each message once, oldest change first."""
    found: list[Json] = []
    for kept in one.talks:
        start = bisect.bisect_right(kept.log, after, key=lambda entry: entry[0])
        for seq, number in kept.log[start:]:
            current = kept.messages.get(number)
            if current is not None and current.seq == seq:
                found.append(message(town, kept, current))
    found += [{"from": "notice", **notice} for notice in one.notices if notice["seq"] > after]
    return sorted(found, key=lambda view: view["seq"])


def commands(town: Town, one: Person, kept: Talk) -> list[Json]:
    """The command menu a person sees; Zalo has none."""
    if kept.messenger != "telegram":
        return []
    return [command for number in kept.bots for command in menu(town.bots[number], one, kept)]


def buttons(kept: Message) -> list[list[Json]]:
    """The inline keyboard by rows: {"text", "data"} or {"text", "url"}."""
    rows: list[list[Json]] = (kept.markup or {}).get("inline_keyboard", [])
    return [
        [{"text": one["text"], "data": one.get("callback_data", ""), "url": one.get("url", "")} for one in row]
        for row in rows
    ]


def keyboard(kept: Message) -> Json | None:
    """A reply keyboard: {"rows": [[{"text", "contact"}]], "once"}; {"remove": true}; None when unchanged."""
    markup = kept.markup or {}
    if "keyboard" in markup:
        rows: list[list[Any]] = markup["keyboard"]
        plain = [[{"text": one} if isinstance(one, str) else one for one in row] for row in rows]
        return {
            "rows": [
                [{"text": one["text"], "contact": bool(one.get("request_contact"))} for one in row] for row in plain
            ],
            "once": bool(markup.get("one_time_keyboard")),
        }
    return {"remove": True} if markup.get("remove_keyboard") else None


def files(town: Town, kept: Message) -> list[Json]:
    """One entry per document or photo (the largest size of it)."""
    found = [town.files[number] for number in kept.files if number in town.files]
    if found and found[0].kind == "photo":
        found = found[-1:]
    return [file(one) for one in found]


def file(one: StoredFile) -> Json:
    return {
        "url": f"/files/{one.id}",
        "kind": one.kind,
        "name": one.name,
        "mime": one.mime,
        "size": len(one.data),
        "width": one.width,
        "height": one.height,
    }


def _name(town: Town, kept: Message) -> str:
    if kept.bot:
        return town.bots[kept.bot].name
    return town.people[kept.person].name if kept.person else ""
