"""Telegram: the methods that send something."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from sandbox import errors, shapes
from sandbox.calls import Call
from sandbox.errors import bad
from sandbox.files import PHOTO_LIMIT, Upload, as_new_message, store_document, store_photo
from sandbox.markup import find_entities, parse_html, utf16
from sandbox.town import Message, Talk

Json = dict[str, Any]
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units after parsing
DATA_LIMIT = 64  # bytes of callback_data
ALBUM = range(2, 11)


def send_message(call: Call) -> Json:
    talk = call.open_talk()
    text, entities = read_text(call, "text", "entities", TEXT_LIMIT)
    if not text:
        raise bad(errors.TEXT_EMPTY)
    return _post(call, talk, Message(0, 0, 0, text, entities=entities))


def send_document(call: Call) -> Json:
    return _send_file(call, "document")


def send_photo(call: Call) -> Json:
    return _send_file(call, "photo")


def send_media_group(call: Call) -> list[Json]:
    talk = call.open_talk()
    media = cast("list[Json]", call.parsed("media") or [])
    if len(media) not in ALBUM:
        raise bad("wrong number of media in the album; it must contain 2-10 items")
    made = [_album_item(call, item) for item in media]
    album = str(call.town.next_seq())
    for message in made:
        message.album = album
    return [_post(call, talk, message) for message in made]


def send_chat_action(call: Call) -> bool:
    talk = call.open_talk()
    if not call.text("action"):
        raise bad("wrong parameter action in request")
    call.town.publish({"type": "typing", "talk": talk.key, "bot": call.bot.id})
    return True


def read_text(call: Call, name: str, entities: str, limit: int) -> tuple[str, list[Json]]:
    """A text parameter with its entities, by parse_mode or given; Refusal 400 when too long or unparsable."""
    return _marked(call.text(name), call.text("parse_mode"), call.parsed(entities), limit)


def read_markup(call: Call) -> Json | None:
    """reply_markup, checked; None when there is none or it is empty."""
    markup = cast("Json | None", call.parsed("reply_markup"))
    if not markup:
        return None
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    return None if markup.get("inline_keyboard") == [] else markup


def attached(call: Call, kind: str, reference: str) -> list[str]:
    """The ids of a file that came along (`attach://name`, or under its own name) or is known already."""
    name = reference.removeprefix("attach://")
    upload = call.files.get(name)
    if upload is not None:
        return keep(call, kind, upload)
    if reference.startswith("attach://"):
        raise bad(f"attached file not found: {name}")
    return [as_new_message(call.town, reference).id]


def keep(call: Call, kind: str, upload: Upload) -> list[str]:
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "document":
        return store_document(call.town, upload)
    if len(upload.data) > PHOTO_LIMIT:
        raise bad(f"too big photo: the maximum size is {PHOTO_LIMIT} bytes")
    return store_photo(call.town, upload)


def _send_file(call: Call, kind: str) -> Json:
    talk = call.open_talk()
    caption, entities = read_text(call, "caption", "caption_entities", CAPTION_LIMIT)
    if kind in call.files:
        files = keep(call, kind, call.files[kind])
    elif call.text(kind):
        files = attached(call, kind, call.text(kind))
    else:
        raise bad(f"there is no {kind} in the request")
    return _post(call, talk, Message(0, 0, 0, caption, entities=entities, files=files))


def _album_item(call: Call, item: Json) -> Message:
    kind = item.get("type", "")
    if kind not in ("photo", "document"):
        raise bad(f"type {kind} can't be used in sendMediaGroup")
    caption, entities = _marked(
        item.get("caption", ""), item.get("parse_mode", ""), item.get("caption_entities"), CAPTION_LIMIT
    )
    return Message(0, 0, 0, caption, entities=entities, files=attached(call, kind, item.get("media", "")))


def _marked(raw: str, mode: str, given: Any, limit: int) -> tuple[str, list[Json]]:
    if given is not None or not mode:
        text, entities = raw.strip(), cast("list[Json]", given or [])
    elif mode.lower() == "html":
        text, entities = parse_html(raw)
    else:
        raise bad("unsupported parse_mode")
    if utf16(text) > limit:
        raise bad(errors.TOO_LONG if limit == TEXT_LIMIT else errors.CAPTION_TOO_LONG)
    return text, entities + [found for found in find_entities(text) if _free(found, entities)]


def _free(found: Json, taken: list[Json]) -> bool:
    start, stop = found["offset"], found["offset"] + found["length"]
    return all(stop <= one["offset"] or start >= one["offset"] + one["length"] for one in taken)


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("inline keyboard button text is empty" if button else "BUTTON_TYPE_INVALID")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= DATA_LIMIT:
        raise bad(errors.BUTTON_DATA_INVALID)
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if len(button) < 2:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _post(call: Call, talk: Talk, message: Message) -> Json:
    message.bot = call.bot.id
    message.date = call.town.now()
    message.markup = read_markup(call)
    message.thread = _thread(call, talk)
    message.reply_to = _reply_to(call, talk)
    call.town.post(talk, message)
    text = "\n".join([message.text, *(call.town.files[file].unique_id for file in message.files)])
    call.town.ledger.record(
        time.time(), "telegram", call.bot.token, talk.chat_id, call.method, text.strip(), str(message.id)
    )
    return shapes.message(call.town, talk, message)


def _thread(call: Call, talk: Talk) -> int:
    thread = call.number("message_thread_id")
    if thread and thread not in talk.topics:
        raise bad(errors.THREAD_NOT_FOUND)
    return thread


def _reply_to(call: Call, talk: Talk) -> int:
    wish = cast("Json", call.parsed("reply_parameters") or {})
    wanted = int(wish.get("message_id") or call.number("reply_to_message_id"))
    if not wanted or wanted in talk.messages:
        return wanted
    if wish.get("allow_sending_without_reply") or call.truth("allow_sending_without_reply"):
        return 0
    raise bad(errors.REPLY_NOT_FOUND)


METHODS: dict[str, Callable[[Call], Any]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
}
LIMITED = {"sendMessage", "sendDocument", "sendPhoto", "sendMediaGroup"}  # what the rate limits count
