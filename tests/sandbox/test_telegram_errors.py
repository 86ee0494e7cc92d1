"""Every refusal of Telegram's in channels.md reaches the caller as the right exception of python-telegram-bot."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from sandbox.app import Running
from sandbox.client import Town

from .conftest import TOKEN

Wrong = Callable[[telegram.Bot, int], Awaitable[Any]]


def keyboard(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=data)]])


WRONG: dict[str, tuple[Wrong, str]] = {
    "empty": (lambda bot, chat: bot.send_message(chat, " \n "), "Message text is empty"),
    "long": (lambda bot, chat: bot.send_message(chat, "ắ" * 4097), "Message is too long"),
    "long in UTF-16": (lambda bot, chat: bot.send_message(chat, "😀" * 2049), "Message is too long"),
    "caption": (
        lambda bot, chat: bot.send_document(chat, b"x", caption="x" * 1025, filename="a.txt"),
        "Message caption is too long",
    ),
    "tag": (
        lambda bot, chat: bot.send_message(chat, "a <x>", parse_mode="HTML"),
        'Can\'t parse entities: unsupported start tag "x" at byte offset 2',
    ),
    "end tag": (
        lambda bot, chat: bot.send_message(chat, "<b>a</i>", parse_mode="HTML"),
        'Can\'t parse entities: unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    "nobody": (lambda bot, chat: bot.send_message(5, "x"), "Chat not found"),
    "button": (lambda bot, chat: bot.send_message(chat, "x", reply_markup=keyboard("ắ" * 22)), "Button_data_invalid"),
    "edit nothing": (lambda bot, chat: bot.edit_message_text("x", chat, 999), "Message to edit not found"),
    "delete nothing": (lambda bot, chat: bot.delete_message(chat, 999), "Message to delete not found"),
    "reply": (
        lambda bot, chat: bot.send_message(chat, "x", reply_parameters=ReplyParameters(999)),
        "Message to be replied not found",
    ),
    "thread": (
        lambda bot, chat: bot.send_message(chat, "x", message_thread_id=7),
        "Message thread not found",
    ),
    "old query": (
        lambda bot, chat: bot.answer_callback_query("123"),
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "no picture": (lambda bot, chat: bot.send_photo(chat, b"no picture"), "Image_process_failed"),
    "file id": (lambda bot, chat: bot.get_file("nonsense"), "Invalid file_id"),
    "album": (lambda bot, chat: bot.send_media_group(chat, [InputMediaPhoto("a")]), "Wrong number of media"),
    "command": (lambda bot, chat: bot.set_my_commands([("Việc", "x")]), "Bot_command_invalid"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_bad_requests(name: str, bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    wrong, text = WRONG[name]
    with pytest.raises(BadRequest, match=f"(?i){re.escape(text)}"):
        await wrong(bot, int(owner.chat_id))
    assert await town.ledger() == []


async def test_an_edit_that_changes_nothing_is_refused(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    sent = await bot.send_message(owner.chat_id, "<b>một</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<strong>một</strong>", owner.chat_id, sent.message_id, parse_mode="HTML")
    own = await owner.says("của tôi")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("khác", owner.chat_id, own.id)


async def test_people_who_cannot_be_reached(bot: telegram.Bot, town: Town) -> None:
    stranger = await town.person("Lạ")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.chat_id, "x")
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    await owner.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(owner.chat_id, "x")
    [update] = await bot.get_updates(timeout=1)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    await owner.unblocks()
    await bot.send_message(owner.chat_id, "lại được")
    await owner.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(owner.chat_id, "x")


@pytest.mark.parametrize("token", ["no-token", f"{TOKEN}x"])
async def test_a_wrong_token(served: Running, bot: telegram.Bot, token: str) -> None:
    other = telegram.Bot(token, base_url=f"{served.url}/bot")
    with pytest.raises(InvalidToken):
        await other.initialize()
    await other.shutdown()


async def test_an_unknown_method(bot: telegram.Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendNothing")


@pytest.mark.parametrize(
    ("kind", "error", "text"),
    [
        ("401", InvalidToken, "Unauthorized"),
        ("403", Forbidden, "blocked"),
        ("409", telegram.error.Conflict, "terminated by other"),
        ("500", telegram.error.NetworkError, "Internal Server Error"),
        ("502", telegram.error.NetworkError, "Bad Gateway"),
        ("400", BadRequest, "(?i)chat not found"),
    ],
)
async def test_faults_that_answer(
    kind: str, error: type[TelegramError], text: str, bot: telegram.Bot, town: Town
) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    other = await town.person("Nam", started=True, bot=TOKEN)
    await town.fault(kind, chat=owner.chat_id, times=1)
    await bot.send_message(other.chat_id, "người khác vẫn nhận")
    with pytest.raises(error, match=text):
        await bot.send_message(owner.chat_id, "x")
    await bot.send_message(owner.chat_id, "lần hai")
    assert [entry["text"] for entry in await town.ledger()] == ["người khác vẫn nhận", "lần hai"]


async def test_too_many_requests_say_how_long_to_wait(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    await town.fault("429", retry_after=7, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(owner.chat_id, "x")
        assert int(caught.value._retry_after.total_seconds()) == 7
    await bot.send_message(owner.chat_id, "x")


async def test_a_migrated_group_names_its_new_id(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    group = await town.group("Tổ công tác", owner)
    await bot.send_message(group.chat_id, "chào nhóm")
    new = await group.migrates()
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.chat_id, "x")
    assert caught.value.new_chat_id == int(new.chat_id)
    await bot.send_message(new.chat_id, "chào nhóm mới")
    await owner.hears("chào nhóm mới")
