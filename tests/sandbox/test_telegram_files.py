"""Files and photos travel both ways; albums, captions and media are changed as Telegram does."""

from __future__ import annotations

import io

import pytest
import telegram
from PIL import Image
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from sandbox.app import Running
from sandbox.client import Town

from .conftest import TOKEN, picture


async def test_a_document_goes_up_and_down(bot: telegram.Bot, town: Town) -> None:
    admin = await town.person("Châu")
    await admin.sends_file("cv-709.pdf", b"%PDF-1.7 invented", caption="/nap")
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "/nap"
    assert update.message.caption_entities[0].type == "bot_command"
    assert update.message.document.file_name == "cv-709.pdf"
    assert update.message.document.mime_type == "application/pdf"
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7 invented"
    await bot.send_document(admin.chat_id, b"TT;a", filename="tong-hop.xlsx", caption="<b>Bảng</b>", parse_mode="HTML")
    heard = await admin.hears("Bảng")
    assert heard.files[0]["name"] == "tong-hop.xlsx"
    assert await admin.reads(heard.files[0]) == b"TT;a"
    again = await bot.send_document(admin.chat_id, update.message.document.file_id)  # known by its id
    assert again.document is not None
    assert again.document.file_unique_id == update.message.document.file_unique_id


async def test_a_photo_comes_in_sizes(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa")
    await owner.sends_photo(picture(), caption="xong 3")
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert [(size.width, size.height) for size in update.message.photo] == [(320, 160), (1280, 640), (2560, 1280)]
    data = await (await update.message.photo[-1].get_file()).download_as_bytearray()
    assert Image.open(io.BytesIO(data)).size == (2560, 1280)
    sent = await bot.send_photo(owner.chat_id, picture(40, 30), caption="Bức tranh")
    assert [(size.width, size.height) for size in sent.photo] == [(40, 30)]
    assert (await owner.hears("Bức tranh")).files[0]["kind"] == "photo"


async def test_several_photos_at_once_are_an_album(bot: telegram.Bot, town: Town) -> None:
    admin = await town.person("Châu")
    await admin.sends_photo(picture(10, 10, "red"), picture(10, 10, "blue"), caption="trang 1, 2")
    first, second = await bot.get_updates(timeout=1)
    assert first.message is not None
    assert second.message is not None
    assert first.message.media_group_id == second.message.media_group_id is not None
    assert (first.message.caption, second.message.caption) == ("trang 1, 2", None)
    sent = await bot.send_media_group(
        admin.chat_id, [InputMediaPhoto(picture(9, 9)), InputMediaPhoto(picture(8, 8), caption="hai")]
    )
    assert sent[0].media_group_id == sent[1].media_group_id is not None
    assert [entry["method"] for entry in await town.ledger()] == ["sendMediaGroup"] * 2


async def test_captions_media_and_keyboards_are_changed(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Xem", callback_data="v")]])
    sent = await bot.send_document(owner.chat_id, b"1", filename="a.txt", caption="một", reply_markup=keyboard)
    await bot.edit_message_caption(owner.chat_id, sent.message_id, caption="hai", reply_markup=keyboard)
    assert (await owner.hears("hai", edited=True)).buttons == ["Xem"]
    await bot.edit_message_reply_markup(owner.chat_id, sent.message_id)
    assert (await owner.hears("hai")).buttons == []
    await bot.edit_message_media(InputMediaDocument(b"2", filename="b.txt"), owner.chat_id, sent.message_id)
    heard = await owner.hears()
    assert (heard.files[0]["name"], await owner.reads(heard.files[0])) == ("b.txt", b"2")
    await bot.delete_message(owner.chat_id, sent.message_id)
    assert await owner.history() == []


async def test_files_beyond_the_limits(served: Running, bot: telegram.Bot, town: Town) -> None:
    admin = await town.person("Châu")
    await admin.sends_file("big.pdf", bytes(20 * 1024 * 1024 + 1))
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await update.message.document.get_file()
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.send_document(admin.chat_id, bytes(50 * 1024 * 1024 + 1), write_timeout=30, read_timeout=30)
