"""Telegram: the methods that change or remove a sent message, and the answer to a pressed button."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from sandbox import errors, shapes
from sandbox.calls import Call
from sandbox.errors import bad
from sandbox.telegram_send import CAPTION_LIMIT, TEXT_LIMIT, attached, read_markup, read_text
from sandbox.town import Message, Talk

Json = dict[str, Any]
QUERY_LIFE = 15 * 60  # seconds in which a pressed button can be answered


def edit_text(call: Call) -> Json:
    talk, message = _own(call)
    text, entities = read_text(call, "text", "entities", TEXT_LIMIT)
    if not text:
        raise bad(errors.TEXT_EMPTY)
    if message.files:
        raise bad("there is no text in the message to edit")
    return _change(call, talk, message, text, entities, message.files)


def edit_caption(call: Call) -> Json:
    talk, message = _own(call)
    if not message.files:
        raise bad("there is no caption in the message to edit")
    caption, entities = read_text(call, "caption", "caption_entities", CAPTION_LIMIT)
    return _change(call, talk, message, caption, entities, message.files)


def edit_markup(call: Call) -> Json:
    talk, message = _own(call)
    return _change(call, talk, message, message.text, message.entities, message.files)


def edit_media(call: Call) -> Json:
    talk, message = _own(call)
    media = cast("Json", call.parsed("media") or {})
    kind = media.get("type", "")
    if kind not in ("photo", "document"):
        raise bad("wrong type of media")
    files = attached(call, kind, media.get("media", ""))
    return _change(call, talk, message, media.get("caption", "").strip(), [], files)


def delete_message(call: Call) -> bool:
    talk = call.open_talk()
    message = call.message(talk, errors.DELETE_NOT_FOUND)
    if message.person and talk.kind != "private" and talk.bots[call.bot.id] != "administrator":
        raise bad("message can't be deleted")
    call.town.remove(talk, message)
    return True


def answer_callback_query(call: Call) -> bool:
    query = call.town.callbacks.pop(call.text("callback_query_id"), None)
    if query is None or query["bot"] != call.bot.id or time.monotonic() - query["at"] > QUERY_LIFE:
        raise bad(errors.OLD_QUERY)
    person = call.town.people[query["person"]]
    call.town.publish({"type": "answered", "person": person.id, "talk": query["talk"]})
    if call.text("text"):
        notice = {
            "seq": call.town.next_seq(),
            "talk": query["talk"],
            "text": call.text("text")[:200],
            "alert": call.truth("show_alert"),
        }
        person.notices.append(notice)
        call.town.publish({"type": "notice", "person": person.id, **notice})
        call.town.wake_person(person)
    return True


def _own(call: Call) -> tuple[Talk, Message]:
    talk = call.open_talk()
    message = call.message(talk, errors.EDIT_NOT_FOUND)
    if message.bot != call.bot.id:
        raise bad(errors.CANT_EDIT)
    return talk, message


def _change(call: Call, talk: Talk, message: Message, text: str, entities: list[Json], files: list[str]) -> Json:
    """Set the new content. An edit without reply_markup takes the keyboard away."""
    markup = read_markup(call)
    new = (text, entities, files, markup)
    if new == (message.text, message.entities, message.files, message.markup):
        raise bad(errors.NOT_MODIFIED)
    message.text, message.entities, message.files, message.markup = new
    if call.method != "editMessageReplyMarkup":
        message.edited = call.town.now()
    call.town.touch(talk, message)
    return shapes.message(call.town, talk, message)


METHODS: dict[str, Callable[[Call], Any]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
}
