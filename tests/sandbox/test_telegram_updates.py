"""How a bot learns what happened: polling with its offsets and conflicts, webhooks with their secret and repeats."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest, Conflict
from telegram.ext import Application, MessageHandler, filters

from sandbox.app import Running
from sandbox.client import Refused, Town

from .conftest import TOKEN

SECRET = "s3cret_of_the_test"


class Hook:
    """A bot's own web server; `answers` are given one after the other, then 200."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.secrets: list[str] = []
        self.answers: list[int] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json() if request.body_exists else {})
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def got(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(30):
            while len(self.bodies) < count:
                await asyncio.sleep(0.01)
        return self.bodies


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


def texts(updates: tuple[telegram.Update, ...]) -> list[str | None]:
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_an_update_comes_until_its_offset_is_passed(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa")
    for word in ("một", "hai", "ba"):
        await owner.says(word)
    first = await bot.get_updates(offset=0)
    assert texts(first) == ["một", "hai", "ba"]
    assert texts(await bot.get_updates(limit=2)) == ["một", "hai"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["hai", "ba"]
    assert texts(await bot.get_updates(offset=-1)) == ["ba"]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()


async def test_a_flood_from_one_stranger(bot: telegram.Bot, town: Town) -> None:
    stranger = await town.person("Lạ")
    await stranger.says("này", times=250)
    first = await bot.get_updates()
    assert texts(first)[:2] == ["này 1", "này 2"]
    assert len(first) == 100
    assert (await bot.get_webhook_info()).pending_update_count == 250


async def test_parameters_come_as_form_query_or_json(served: Running, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    url = f"{served.url}/bot{TOKEN}/SENDMESSAGE"
    wish = {"chat_id": owner.chat_id, "text": "Nhắc việc & hạn + 1", "reply_markup": None}
    form = {"chat_id": owner.chat_id, "text": "Nhắc việc & hạn + 1"}
    async with aiohttp.ClientSession() as http:
        for more in ({"json": wish}, {"data": form}, {"params": form}, {"data": aiohttp.FormData(form)}):
            async with http.post(url, **more) as answer:
                assert (await answer.json())["result"]["text"] == "Nhắc việc & hạn + 1"
        for wrong in (b"[1]", b"{"):
            async with http.post(url, data=wrong, headers={"Content-Type": "application/json"}) as answer:
                assert (answer.status, (await answer.json())["error_code"]) == (400, 400)


async def test_a_poll_waits_for_the_next_update(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    await owner.says("đến rồi")
    assert texts(await poll) == ["đến rồi"]


async def test_the_earlier_of_two_pollers_is_turned_away(bot: telegram.Bot, served: Running) -> None:
    earlier = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    async with telegram.Bot(TOKEN, base_url=f"{served.url}/bot") as other:
        assert await other.get_updates(timeout=1) == ()
    with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
        await earlier


async def test_updates_not_asked_for_do_not_come(bot: telegram.Bot, town: Town) -> None:
    await bot.get_updates(allowed_updates=["message"])
    owner = await town.person("Hoa")
    own = await owner.says("một")
    await owner.edits(own, "một rưỡi")
    assert texts(await bot.get_updates()) == ["một"]


async def test_an_edited_message_says_so(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa")
    own = await owner.says("/done 1")
    await owner.edits(own, "/done 2")
    _, update = await bot.get_updates()
    assert update.message is None
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("/done 2", own.id)
    assert update.edited_message.edit_date is not None


async def test_contact_cards(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", phone="84900000001")
    await owner.shares_contact()
    await owner.shares_contact("+84900000002", own=False, name="Nam")
    own, other = [update.message.contact for update in await bot.get_updates() if update.message]
    assert own is not None
    assert (own.phone_number, own.user_id) == ("84900000001", int(owner.chat_id))
    assert other is not None
    assert (other.phone_number, other.user_id) == ("+84900000002", None)


async def test_a_quoted_message_comes_along(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    sent = await bot.send_message(owner.chat_id, "Nhiệm vụ 3")
    await owner.says("xong", reply_to=await owner.hears("Nhiệm vụ 3"))
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == sent.message_id


async def test_presses_can_come_in_the_wrong_order_or_forged(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    row = [telegram.InlineKeyboardButton(str(n), callback_data=f"n:{n}") for n in (1, 2)]
    await bot.send_message(owner.chat_id, "?", reply_markup=telegram.InlineKeyboardMarkup([row]))
    await town.fault("callbacks_reversed", times=2)
    await owner.presses("1")
    assert await bot.get_updates() == ()
    await owner.presses("2")
    await owner.forges(await owner.hears("?"), "n:99")
    pressed = [update.callback_query.data for update in await bot.get_updates() if update.callback_query]
    assert pressed == ["n:2", "n:1", "n:99"]
    with pytest.raises(Refused, match="no button 'không có'"):
        await owner.presses("không có")


async def test_a_reply_keyboard_speaks_and_shares(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", phone="+84900000001", started=True, bot=TOKEN)
    keys = [["Việc của tôi"], [telegram.KeyboardButton("Gửi số", request_contact=True)]]
    await bot.send_message(owner.chat_id, "Chọn", reply_markup=telegram.ReplyKeyboardMarkup(keys))
    await owner.presses("Việc của tôi")
    await owner.presses("Gửi số")
    said, shared = [update.message for update in await bot.get_updates()]
    assert said is not None
    assert said.text == "Việc của tôi"
    assert shared is not None
    assert shared.contact is not None


async def test_a_webhook_gets_every_update_once_with_the_secret(bot: telegram.Bot, town: Town, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token=SECRET)
    owner = await town.person("Hoa")
    for word in ("một", "hai", "ba"):
        await owner.says(word)
    bodies = await hook.got(3)
    assert [body["message"]["text"] for body in bodies] == ["một", "hai", "ba"]
    assert hook.secrets == [SECRET] * 3
    with pytest.raises(Conflict, match=r"(?i)webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == hook.url
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_refused_delivery_is_repeated_and_a_fault_doubles_it(bot: telegram.Bot, town: Town, hook: Hook) -> None:
    await town.post("/settings", {"webhook_retry": 0.05})
    await bot.set_webhook(hook.url, secret_token=SECRET)
    owner = await town.person("Hoa")
    hook.answers = [500, 403]
    await owner.says("một")
    bodies = await hook.got(3)
    assert len({body["update_id"] for body in bodies}) == 1
    assert "403" in ((await bot.get_webhook_info()).last_error_message or "")
    await town.fault("webhook_twice", times=1)
    await owner.says("hai")
    bodies = await hook.got(5)
    assert [body["message"]["text"] for body in bodies[3:]] == ["hai", "hai"]


async def test_what_a_webhook_could_not_take_waits_for_the_poller(bot: telegram.Bot, town: Town, hook: Hook) -> None:
    await town.post("/settings", {"webhook_retry": 0.05})
    await bot.set_webhook(hook.url)
    hook.answers = [500] * 1000
    owner = await town.person("Hoa")
    await owner.says("một")
    await hook.got(1)
    await bot.delete_webhook()
    async with asyncio.timeout(30):
        while not (updates := await bot.get_updates(timeout=1)):
            pass
    assert texts(updates) == ["một"]


@pytest.mark.parametrize("secret", ["có dấu", "a b", "x" * 257])
async def test_a_webhooks_secret_is_of_plain_characters(bot: telegram.Bot, secret: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)secret token"):
        await bot.set_webhook("https://dondoc.example/hook", secret_token=secret)


async def test_only_safe_addresses_are_webhooks(bot: telegram.Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)HTTPS URL must be provided"):
        await bot.set_webhook("http://example.org/hook")


async def test_the_whole_application_of_ptb_runs_against_the_town(served: Running, town: Town) -> None:
    async def answer(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        await update.message.reply_text(f"Đã nghe: {update.message.text}")

    builder = Application.builder().token(TOKEN)
    application = builder.base_url(f"{served.url}/bot").base_file_url(f"{served.url}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0)
        owner = await town.person("Hoa")
        await owner.says("xin chào")
        await owner.hears("Đã nghe: xin chào")
        await application.updater.stop()
        await application.stop()


async def test_a_messenger_that_is_down_delivers_later(bot: telegram.Bot, town: Town, hook: Hook) -> None:
    await town.post("/settings", {"webhook_retry": 0.05})
    await bot.set_webhook(hook.url)
    owner = await town.person("Hoa")
    fault = await town.fault("down", messenger="telegram")
    await owner.says("một")
    await asyncio.sleep(0.2)
    assert hook.bodies == []
    await town.no_fault(fault)
    assert [body["message"]["text"] for body in await hook.got(1)] == ["một"]
