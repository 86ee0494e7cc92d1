"""The door vendors come in by, over real HTTP: who has no secret, says too much or too slowly changes nothing."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import uvicorn

from bot.channels.base import Channel, Incoming
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from tests.servers import free_port
from web import app, patience

SECRET = "invented-secret"
HEADERS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo": "X-Bot-Api-Secret-Token"}
PERSON: dict[str, Any] = {"id": 5, "is_bot": False, "first_name": "Hoa"}
CHAT: dict[str, Any] = {"id": 5, "type": "private"}
SAID: dict[str, Any] = {"message_id": 1, "date": 0, "chat": CHAT, "from": PERSON, "text": "/viec"}
ZALO_SAID: dict[str, Any] = {"message_id": "1", "from": {"id": "5"}, "chat": {"id": "5"}, "text": "viec"}
BODIES: dict[str, dict[str, Any]] = {
    "telegram": {"update_id": 1, "message": SAID},
    "zalo": {"ok": True, "result": {"event_name": "message.text.received", "message": ZALO_SAID}},
}


@dataclass
class Door:
    """The web room on a port, with what it let in."""

    port: int
    http: aiohttp.ClientSession
    heard: list[Incoming] = field(default_factory=list[Incoming])

    async def calls(self, name: str, secret: str | None, body: bytes | None = None, bot: str = "7001") -> int:
        """One webhook call; its status."""
        headers = {} if secret is None else {HEADERS[name]: secret}
        url = f"http://127.0.0.1:{self.port}/webhook/{name}/{bot}"
        given = json.dumps(BODIES[name]).encode() if body is None else body
        async with self.http.post(url, data=io.BytesIO(given), headers=headers) as answer:
            return answer.status

    async def opens(self, words: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A bare connection that says this much and waits."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(words)
        return reader, writer


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    port = free_port()
    channels: list[Channel] = [
        TelegramChannel("7001:invented", webhook_secret=SECRET),
        ZaloChannel("7001:invented", webhook_secret=SECRET),
    ]
    async with aiohttp.ClientSession() as http:
        made = Door(port, http)

        async def receive(_channel: Channel, incoming: Incoming) -> bool:
            made.heard.append(incoming)
            return True

        async def health() -> dict[str, str]:
            return {}

        web = app.create_app(
            health=health,
            metrics=lambda: ("text/plain", b""),
            channels={one.lane: one for one in channels},
            receive=receive,
        )
        config = uvicorn.Config(web, port=port, log_config=None, lifespan="off", http=patience.PatientProtocol)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        yield made
        server.should_exit = True
        await serving


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_only_who_knows_the_secret_is_heard(door: Door, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (None, "", "x", SECRET[:-1], f"{SECRET}x", SECRET.upper()):
        assert await door.calls(name, wrong) == 403
    assert await door.calls(name, SECRET, bot="7002") == 404
    assert await door.calls(name, SECRET, b"{") == 400
    assert door.heard == []
    told = capsys.readouterr().out
    assert told.count("wrong secret") == 1, "one line a minute, however often"
    assert SECRET[:-1] not in told
    assert await door.calls(name, SECRET) == 200
    assert [one.text.strip("/") for one in door.heard] == ["viec"]


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_body_too_large_is_not_read_to_its_end(door: Door, name: str) -> None:
    body = b'{"update_id":1,"pad":"' + b"x" * app.LARGEST_WEBHOOK + b'"}'
    assert await door.calls(name, SECRET, body) == 413
    head = f"POST /webhook/{name}/7001 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n".encode()
    reader, writer = await door.opens(head)
    with suppress(ConnectionError):
        for _ in range(100):
            writer.write(b"x" * 65536)
            await writer.drain()
    async with asyncio.timeout(5):
        with suppress(ConnectionError):
            assert b" 413 " in await reader.readline()
    writer.close()
    assert door.heard == []


async def test_who_asks_a_byte_at_a_time_is_shut_out_and_others_are_answered(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    slow = [await door.opens(b"POST /webhook/telegram/7001 HTTP/1.1\r\nX-Slow: ") for _ in range(60)]
    silent = [await door.opens(b"") for _ in range(20)]
    for _ in range(3):
        for _reader, writer in slow:
            writer.write(b"a")
        assert await door.calls("telegram", SECRET) == 200
    async with asyncio.timeout(5):
        for reader, writer in (*slow, *silent):
            with suppress(ConnectionError):
                assert await reader.read() == b""
            writer.close()
    assert len(door.heard) == 3


async def test_a_body_that_does_not_come_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BODY_SECONDS", 0.2)
    head = b"POST /webhook/zalo/7001 HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{"
    reader, writer = await door.opens(head)
    async with asyncio.timeout(5):
        assert b" 408 " in await reader.readline()
    writer.close()
    assert door.heard == []


async def test_connections_beyond_the_most_are_refused_at_once(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 10)
    opened = [await door.opens(b"") for _ in range(30)]
    ended = 0
    for reader, _writer in opened:
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(0.02):
                await reader.read()
        ended += reader.at_eof() or reader.exception() is not None
    assert ended == 20
    for _reader, writer in opened:
        writer.close()
