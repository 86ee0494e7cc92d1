"""A person and a bot talk over Zalo: raw HTTP, as no client of the vendor's is fit for use."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from sandbox.app import Running
from sandbox.client import Town

from .conftest import ZALO

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
