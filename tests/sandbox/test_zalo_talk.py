"""A person and a bot talk over Zalo: raw HTTP, as no client of the vendor's is fit for use."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.app import Running
from sandbox.client import Refused, Town

from .conftest import ZALO, picture

Json = dict[str, Any]


class Zalo:
    """A bot's calls; keeps the last HTTP status."""

    def __init__(self, url: str, http: aiohttp.ClientSession, token: str = ZALO) -> None:
        self.url, self.http, self.token = url, http, token
        self.status = 0

    async def __call__(self, method: str, **params: Any) -> Json:
        async with self.http.post(f"{self.url}/bot{self.token}/{method}", json=params) as answer:
            self.status = answer.status
            return await answer.json()


@pytest.fixture
async def zalo(served: Running) -> Any:
    async with aiohttp.ClientSession() as http:
        yield Zalo(served.zalo_url, http)


async def test_a_text_goes_there_and_back(zalo: Zalo, town: Town) -> None:
    assert (await zalo("getMe"))["result"]["account_type"] == "BASIC"
    owner = await town.person("Trần Văn Nam", messenger="zalo")
    await owner.says("viec")
    event = (await zalo("getUpdates", timeout="1"))["result"]
    assert event["event_name"] == "message.text.received"
    assert event["message"]["text"] == "viec"
    assert event["message"]["from"]["display_name"] == "Trần Văn Nam"
    assert event["message"]["chat"] == {"id": owner.chat_id, "chat_type": "PRIVATE"}
    answer = await zalo("sendMessage", chat_id=owner.chat_id, text="1. Báo cáo tháng")
    assert set(answer["result"]) == {"message_id", "date"}
    await owner.hears("1. Báo cáo tháng")
    # reading consumed the event: the next poll times out, with HTTP 200
    assert (await zalo("getUpdates", timeout="0"))["error_code"] == 408
    assert zalo.status == 200


async def test_refusals_come_with_status_200(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    stranger = await town.person("Lạ", messenger="zalo")
    cases: list[tuple[str, Json, int]] = [
        ("sendMessage", {"chat_id": owner.chat_id, "text": ""}, 400),
        ("sendMessage", {"chat_id": owner.chat_id, "text": "x" * 2001}, 400),
        ("sendMessage", {"chat_id": "nobody", "text": "x"}, 400),
        ("sendMessage", {"chat_id": stranger.chat_id, "text": "x"}, 403),
        ("sendmessage", {"chat_id": owner.chat_id, "text": "x"}, 404),  # names are case-sensitive
        ("editMessageText", {"chat_id": owner.chat_id, "text": "x"}, 404),
        ("sendPhoto", {"chat_id": owner.chat_id, "photo": "not an address"}, 400),
        ("setWebhook", {"url": "https://a.vn/hook", "secret_token": "short"}, 400),
    ]
    for method, params, code in cases:
        answer = await zalo(method, **params)
        assert (zalo.status, answer["ok"], answer["error_code"]) == (200, False, code), method
    zalo.token = "880001:another-secret"
    assert (await zalo("getMe"))["error_code"] == 401
    await owner.blocks()
    zalo.token = ZALO
    assert (await zalo("sendMessage", chat_id=owner.chat_id, text="x"))["error_code"] == 403
    assert await town.ledger() == []


async def test_the_longest_text_and_the_quota(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    assert (await zalo("sendMessage", chat_id=owner.chat_id, text="ắ" * 2000))["ok"]
    await town.limits(zalo={"quota": 1})
    assert (await zalo("sendMessage", chat_id=owner.chat_id, text="một"))["ok"]
    assert (await zalo("sendMessage", chat_id=owner.chat_id, text="hai"))["error_code"] == 429
    await town.limits()
    await town.fault("429", messenger="zalo", times=1)
    async with zalo.http.post(f"{zalo.url}/bot{ZALO}/sendMessage", json={}) as flooded:
        assert (flooded.status, flooded.content_type) == (429, "text/html")


async def test_photos_come_as_an_expiring_address(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    await owner.sends_photo(picture(), caption="xong 2")
    message = (await zalo("getUpdates", timeout="1"))["result"]["message"]
    assert message["caption"] == "xong 2"
    async with zalo.http.get(message["photo_url"]) as photo:
        assert (photo.status, photo.content_type) == (200, "image/jpeg")
    await town.clock(700)
    async with zalo.http.get(message["photo_url"]) as photo:
        assert photo.status == 404


async def test_what_zalo_cannot_carry(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    own = await owner.sends_file("cv.pdf", b"%PDF", caption="xem giúp")
    event = (await zalo("getUpdates", timeout="1"))["result"]
    assert event["event_name"] == "message.unsupported.received"
    assert not {"text", "caption", "photo_url"} & set(event["message"])
    with pytest.raises(Refused, match="only on Telegram"):
        await owner.edits(own, "khác")
    with pytest.raises(Refused, match="no contacts"):
        await owner.shares_contact("+84900000001")


async def test_a_photo_is_fetched_and_shown(zalo: Zalo, town: Town, served: Running) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    await owner.sends_photo(picture())
    address = (await zalo("getUpdates", timeout="1"))["result"]["message"]["photo_url"]
    assert (await zalo("sendPhoto", chat_id=owner.chat_id, photo=address, caption="Bức tranh"))["ok"]
    assert (await owner.hears("Bức tranh")).files[0]["kind"] == "photo"


async def test_what_is_said_while_nobody_polls_can_be_lost(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    await town.fault("lose_unpolled", times=1)
    await owner.says("mất")
    await owner.says("còn")
    assert (await zalo("getUpdates", timeout="1"))["result"]["message"]["text"] == "còn"


async def test_groups_hear_mentions_and_replies_only(zalo: Zalo, town: Town) -> None:
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    group = await town.group("Tổ công tác", owner)
    for text in ("chuyện riêng", "/viec", "@Đôn đốc viec"):
        await group.hears_from(owner, text)
    message = (await zalo("getUpdates", timeout="1"))["result"]["message"]
    assert (message["text"], message["chat"]["chat_type"]) == ("@Đôn đốc viec", "GROUP")
    assert (await zalo("sendMessage", chat_id=group.chat_id, text="1. …"))["ok"]


async def test_the_webhook(zalo: Zalo, town: Town) -> None:
    got: list[tuple[str, bytes]] = []

    async def take(request: web.Request) -> web.Response:
        got.append((request.headers.get("X-Bot-Api-Secret-Token", ""), await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    assert (await zalo("setWebhook", url=url, secret_token="12345678"))["result"]["url"] == url
    assert (await zalo("getUpdates", timeout="0"))["error_code"] == 400
    owner = await town.person("Nam", messenger="zalo", started=True, bot=ZALO)
    await owner.says("một")
    await town.fault("webhook_bare", times=1)
    async with asyncio.timeout(30):
        while len(got) < 2:
            await asyncio.sleep(0.01)
        await town.no_fault()
        await town.fault("webhook_bare", times=1)
        await owner.says("hai")
        while len(got) < 3:
            await asyncio.sleep(0.01)
    assert {secret for secret, _ in got} == {"12345678"}
    bodies = [body for _, body in got]
    assert b"" in bodies  # the empty probe
    events = [json.loads(body) for body in bodies if body]
    assert events[0]["result"]["message"]["text"] == "một"
    assert events[1]["message"]["text"] == "hai"
    await zalo("deleteWebhook")
    assert (await zalo("getWebhookInfo"))["result"]["url"] == ""
    await runner.cleanup()
