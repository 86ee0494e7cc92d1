"""What a bot is told: from a happening in the town to the update of its vendor's form."""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import Any

from sandbox import shapes
from sandbox.town import Bot, Message, Person, Talk, Town

Json = dict[str, Any]
HELD_AT_MOST = 3.0  # seconds a reversed callback waits for its fellows
PHOTO_LIFE = 600  # seconds for which the address of a Zalo photo works


def tell(town: Town, talk: Talk, message: Message, edited: bool = False) -> None:
    """Tell every bot of the talk that may see it of a new or edited message."""
    for bot_id, standing in talk.bots.items():
        bot = town.bots[bot_id]
        if standing in ("member", "administrator") and _sees(town, bot, talk, message, standing):
            if talk.messenger == "telegram":
                kind = "edited_message" if edited else "message"
                enqueue(bot, kind, shapes.message(town, talk, message))
            else:
                _tell_zalo(town, bot, talk, message)


def enqueue(bot: Bot, kind: str, body: Json) -> None:
    """Put a Telegram update in the bot's inbox unless it asked not to get this kind."""
    if not bot.allowed or kind in bot.allowed:
        bot.inbox.put({kind: body})


def enqueue_callback(town: Town, bot: Bot, body: Json) -> None:
    """A pressed button; held back while callbacks are to come out of order."""
    rule = town.faults.take("callbacks_reversed", "telegram")
    if rule is None:
        enqueue(bot, "callback_query", body)
        return
    town.held_callbacks.append((bot, body))
    if rule not in town.faults.rules:
        release_callbacks(town)
    else:
        asyncio.get_running_loop().call_later(HELD_AT_MOST, release_callbacks, town)


def release_callbacks(town: Town) -> None:
    """Let the held callbacks go, the last first."""
    while town.held_callbacks:
        bot, body = town.held_callbacks.pop()
        enqueue(bot, "callback_query", body)


def zalo_message_id(talk: Talk, message_id: int) -> str:
    """Zalo's ids are hex strings, not numbers."""
    return hashlib.sha256(f"{talk.key}#{message_id}".encode()).hexdigest()[:20]


def zalo_event(town: Town, talk: Talk, message: Message) -> Json:
    """A `message.….received` event."""
    person = town.people[message.person]
    body: Json = {
        "message_id": zalo_message_id(talk, message.id),
        "date": int(message.date * 1000),
        "from": zalo_user(person),
        "chat": {"id": talk.chat_id, "chat_type": "PRIVATE" if talk.kind == "private" else "GROUP"},
    }
    kind = "unsupported"
    if message.files and town.files[message.files[0]].kind == "photo":
        kind = "image"
        body["photo_url"] = zalo_photo_url(town, message.files[-1])
        if message.text:
            body["caption"] = message.text
    elif not message.files and message.contact is None:
        kind = "text"
        body["text"] = message.text
    return {"event_name": f"message.{kind}.received", "message": body}


def zalo_user(person: Person) -> Json:
    return {"id": person.chat_id, "display_name": person.name, "is_bot": False}


def zalo_photo_url(town: Town, file_id: str) -> str:
    """A public address that stops working after some minutes."""
    return f"{town.base_url}/zalo/photo/{town.files[file_id].unique_id}/{int(town.now()) + PHOTO_LIFE}"


def _tell_zalo(town: Town, bot: Bot, talk: Talk, message: Message) -> None:
    unheard = bot.webhook is None and not bot.inbox.polled
    if unheard and town.faults.take("lose_unpolled", "zalo") is not None:
        return
    bot.inbox.put(zalo_event(town, talk, message))


def _sees(town: Town, bot: Bot, talk: Talk, message: Message, standing: str) -> bool:
    """Privacy in groups: commands (not on Zalo), mentions and replies to the bot; administrators see all."""
    if talk.kind == "private" or message.service is not None:
        return True
    if standing == "administrator" and bot.messenger == "telegram":
        return True
    replied = talk.messages.get(message.reply_to)
    if replied is not None and replied.bot == bot.id:
        return True
    if bot.messenger == "zalo":
        return f"@{bot.name}" in message.text
    addressed = re.match(r"/\w+(?:@(\w+))?", message.text)
    if addressed is not None:
        return addressed.group(1) in (None, bot.username)
    return f"@{bot.username}" in message.text
