"""A person and a bot talk over Telegram: the bot is python-telegram-bot's own, unaltered."""

from __future__ import annotations

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.client import NotHeard, Town


async def test_a_message_goes_there_and_back(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Nguyễn Thị Hoa", phone="+84900000001")
    await owner.says("/start abc-123")
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.text == "/start abc-123"
    assert update.message.entities[0].type == "bot_command"
    assert (update.message.entities[0].offset, update.message.entities[0].length) == (0, 6)
    assert update.message.from_user is not None
    assert update.message.from_user.id == update.message.chat.id == int(owner.chat_id)
    sent = await bot.send_message(owner.chat_id, "Chào <b>Hoa</b> &amp; các bạn", parse_mode="HTML")
    assert sent.text == "Chào Hoa & các bạn"
    heard = await owner.hears("Chào Hoa")
    assert heard.raw["entities"] == [{"type": "bold", "offset": 5, "length": 3}]
    await owner.hears_nothing(0.1)
    with pytest.raises(NotHeard):
        await owner.hears("không có", timeout=0.1)


async def test_a_button_is_pressed_and_the_message_shows_the_outcome(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=bot.token)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Xác nhận", callback_data="ok:1")]])
    await bot.send_message(owner.chat_id, "Nhiệm vụ 1?", reply_markup=keyboard)
    asked = await owner.hears("Nhiệm vụ 1")
    assert asked.buttons == ["Xác nhận"]
    await owner.presses("Xác nhận")
    [update] = await bot.get_updates(timeout=1)
    query = update.callback_query
    assert query is not None
    assert query.data == "ok:1"
    assert query.message is not None
    assert await bot.answer_callback_query(query.id, text="Đã nhận")
    await owner.hears("Đã nhận")
    await bot.edit_message_text("Nhiệm vụ 1: đã xác nhận", owner.chat_id, query.message.message_id)
    edited = await owner.hears("đã xác nhận", edited=True)
    assert edited.buttons == []
    assert edited.id == asked.id
