"""What a person does on the phone: say, press, send, edit, block."""

from __future__ import annotations

import time
from typing import Any

from sandbox import shapes
from sandbox.errors import Misuse
from sandbox.files import Upload, store_document, store_photo
from sandbox.markup import find_entities, utf16
from sandbox.registry import private_talk, usual_bot
from sandbox.town import Message, Person, Talk, Town
from sandbox.updates import enqueue, enqueue_callback, tell

Json = dict[str, Any]
LONGEST = {"telegram": 4096, "zalo": 2000}


def talk_of(town: Town, person: Person, bot: str = "", talk_key: str = "") -> Talk:
    """The talk meant: by its key, else the private one with this bot (id or token) or the usual one."""
    if talk_key:
        talk = town.talk_by_key(talk_key)
        if talk is None or talk.people.get(person.id, "left") == "left":
            raise Misuse(f"{person.name} is in no talk {talk_key}", 404)
        if talk.migrated_to:
            return town.groups[talk.migrated_to]
        return talk
    found = [one for one in town.bots.values() if bot in (one.id, one.token)]
    if bot and not found:
        raise Misuse(f"there is no bot {bot}", 404)
    return private_talk(town, person, found[0] if found else usual_bot(town, person))


def say(town: Town, person: Person, talk: Talk, text: str, reply_to: int = 0, thread: int = 0) -> list[Message]:
    """Say a text; one that is too long for the messenger goes as several messages, as the apps do."""
    text = text.strip()
    if not text:
        raise Misuse("an empty message cannot be sent")
    parts = _cut(text, LONGEST[talk.messenger])
    return [_say(town, person, talk, Message(0, 0, 0, part, reply_to=reply_to, thread=thread)) for part in parts]


def send_files(
    town: Town,
    person: Person,
    talk: Talk,
    uploads: list[Upload],
    as_photo: bool,
    caption: str = "",
    reply_to: int = 0,
) -> list[Message]:
    """Send files or photos; several at once are an album, the caption stands on the first."""
    album = str(town.next_seq()) if len(uploads) > 1 and talk.messenger == "telegram" else ""
    made: list[Message] = []
    for index, upload in enumerate(uploads):
        files = store_photo(town, upload) if as_photo else store_document(town, upload)
        text = caption.strip() if index == 0 else ""
        made.append(_say(town, person, talk, Message(0, 0, 0, text, files=files, album=album, reply_to=reply_to)))
    return made


def share_contact(
    town: Town,
    person: Person,
    talk: Talk,
    phone: str,
    own: bool = True,
    user_id: int | None = None,
    name: str = "",
) -> Message:
    """Share a contact card: the own one carries the own user id, somebody else's another's or none."""
    if talk.messenger != "telegram":
        raise Misuse("Zalo shares no contacts with bots", 409)
    contact: Json = {"phone_number": phone or person.phone, "first_name": name or person.name}
    if own:
        contact["user_id"] = int(person.chat_id)
    elif user_id is not None:
        contact["user_id"] = user_id
    return _say(town, person, talk, Message(0, 0, 0, contact=contact))


def edit(town: Town, person: Person, message_id: int, text: str, talk_key: str = "") -> tuple[Talk, Message]:
    """Change an own message; the bot gets `edited_message`."""
    talk, message = _find(person, message_id, talk_key)
    if message.person != person.id or talk.messenger == "zalo":
        raise Misuse("only an own message can be edited, and only on Telegram", 409)
    message.text, message.entities = text.strip(), find_entities(text.strip())
    message.edited = town.now()
    town.touch(talk, message)
    tell(town, talk, message, edited=True)
    return talk, message


def press(
    town: Town, person: Person, wanted: str, message_id: int = 0, talk_key: str = ""
) -> tuple[Talk, Message | None]:
    """Press a button, by its callback data or its words; without a message the newest that has it.

    A button of the reply keyboard says its words or shares the own contact. Misuse when there is no such.
    """
    for talk, message in _candidates(person, message_id, talk_key):
        for button in _buttons(message):
            if wanted in (button.get("callback_data"), button["text"]):
                return talk, _press(town, person, talk, message, button)
    raise Misuse(f"there is no button {wanted!r} to press", 404)


def forge(town: Town, person: Person, message_id: int, data: str) -> None:
    """Send callback data that no button carries, as a tampered app can."""
    talk, message = _find(person, message_id)
    _callback(town, person, talk, message, data)


def block(town: Town, person: Person, talk: Talk, blocked: bool) -> None:
    """Block or unblock the bot: it is told (my_chat_member), and its messages are refused with 403."""
    bot = town.bots[talk.bot_id]
    old, new = talk.bots[bot.id], "kicked" if blocked else "member"
    talk.bots[bot.id] = new
    town.publish({"type": "people"})
    if old != new and bot.messenger == "telegram":
        enqueue(bot, "my_chat_member", shapes.membership_change(town, talk, person, bot, old, new))


def _say(town: Town, person: Person, talk: Talk, message: Message) -> Message:
    if talk.kind == "private" and talk.bots[talk.bot_id] == "kicked":
        raise Misuse(f"{person.name} has blocked the bot", 409)
    if message.thread and message.thread not in talk.topics:
        raise Misuse(f"the group has no topic {message.thread}", 404)
    message.person = person.id
    message.date = town.now()
    message.entities = find_entities(message.text) if talk.messenger == "telegram" else []
    town.post(talk, message)
    tell(town, talk, message)
    return message


def _cut(text: str, limit: int) -> list[str]:
    parts: list[str] = []
    while utf16(text) > limit:
        room = text[:limit] if text.isascii() else text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
        line = room.rfind("\n")
        end = line if line > limit // 2 else len(room)
        parts.append(text[:end])
        text = text[end:].strip()
    return [*parts, text] if text else parts


def _find(person: Person, message_id: int, talk_key: str = "") -> tuple[Talk, Message]:
    for talk, message in _candidates(person, message_id, talk_key):
        return talk, message
    raise Misuse(f"{person.name} sees no message {message_id}", 404)


def _candidates(person: Person, message_id: int, talk_key: str = "") -> list[tuple[Talk, Message]]:
    """The messages a person sees, newest change first."""
    seen = [
        (talk, message)
        for talk in person.talks
        for message in talk.messages.values()
        if message_id in (0, message.id) and talk_key in ("", talk.key)
    ]
    return sorted(seen, key=lambda pair: pair[1].seq, reverse=True)


def _buttons(message: Message) -> list[Json]:
    markup = message.markup or {}
    rows: list[list[Any]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [{"text": one} if isinstance(one, str) else one for row in rows for one in row]


def _press(town: Town, person: Person, talk: Talk, message: Message, button: Json) -> Message | None:
    if talk.messenger != "telegram":
        raise Misuse("Zalo has no buttons", 409)
    if "callback_data" in button:
        _callback(town, person, talk, message, str(button["callback_data"]))
        return None
    if "url" in button:
        raise Misuse(f"the button opens {button['url']}", 409)
    if button.get("request_contact"):
        return share_contact(town, person, talk, "")
    return _say(town, person, talk, Message(0, 0, 0, button["text"]))


def _callback(town: Town, person: Person, talk: Talk, message: Message, data: str) -> None:
    bot = town.bots[message.bot]
    query = str(4_000_000_000_000_000_000 + town.next_seq())
    town.callbacks[query] = {"bot": bot.id, "person": person.id, "talk": talk.key, "at": time.monotonic()}
    body: Json = {
        "id": query,
        "from": shapes.user(person),
        "chat_instance": str(abs(hash(talk.key))),
        "message": shapes.message(town, talk, message),
        "data": data,
    }
    enqueue_callback(town, bot, body)
