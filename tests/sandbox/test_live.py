"""What the page stands on: its own files, the stream of changes, the road to the product's controls."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram
from aiohttp import web

from sandbox.app import Running, serve, start
from sandbox.client import Refused, Town
from sandbox.town import Town as Vendor

from .conftest import TOKEN


class Control:
    """The product's control routes, as far as the clock goes."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.asked: list[Any] = []

    async def clock(self, request: web.Request) -> web.Response:
        if request.method == "POST":
            self.asked.append(await request.json())
            self.offset += self.asked[-1]["advance_seconds"]
        return web.json_response({"now": "2026-01-20T08:00:00+07:00", "offset_seconds": self.offset, "next": []})


@pytest.fixture
async def control() -> AsyncIterator[tuple[Control, Town]]:
    made = Control()
    app = web.Application()
    app.router.add_route("*", "/sim/clock", made.clock)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    running = await start(control_url=f"http://127.0.0.1:{runner.addresses[0][1]}/sim")
    async with Town(running.url) as town:
        yield made, town
    await running.stop()
    await runner.cleanup()


async def test_the_page_and_its_files_come_from_the_town_alone(served: Running) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{served.url}/") as answer:
            page = await answer.text()
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "http://" not in page
        assert "https://" not in page
        for name in ("js/main.js", "base.css", "icon.svg"):
            async with http.get(f"{served.url}/static/{name}") as answer:
                assert answer.status == 200
        async with http.get(f"{served.url}/static/../app.py") as answer:
            assert answer.status == 404


async def test_changes_are_streamed(served: Running, bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    seen: list[dict[str, Any]] = []
    async with aiohttp.ClientSession() as http, http.get(f"{served.url}/events") as stream:
        assert await stream.content.readline() == b": hello\n"
        await bot.send_chat_action(owner.chat_id, "typing")
        sent = await bot.send_message(owner.chat_id, "một")
        await bot.delete_message(owner.chat_id, sent.message_id)
        while len(seen) < 3:
            line = await stream.content.readline()
            if line.startswith(b"data: "):
                seen.append(json.loads(line[6:]))
    assert [event["type"] for event in seen] == ["typing", "message", "deleted"]
    assert seen[1]["message"] == sent.message_id


async def test_a_page_that_cannot_follow_is_told_so() -> None:
    town, slow = Vendor(), asyncio.Queue[dict[str, Any]](3)
    town.listeners.add(slow)
    for count in range(5):
        town.publish({"type": "people", "count": count})
    seen = [slow.get_nowait() for _ in range(slow.qsize())]
    assert [event.get("count", event["type"]) for event in seen] == ["lost", 3, 4]


async def test_other_sites_in_the_same_browser_get_nothing(served: Running, town: Town) -> None:
    own, foreign = {"Origin": served.url}, {"Origin": "https://evil.example"}
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{served.url}/people", json={"name": "Hoa"}, headers=foreign) as answer:
            assert answer.status == 403
        rebound = {"Host": "evil.example", "Origin": "http://evil.example"}
        async with http.post(f"{served.url}/people", json={"name": "Hoa"}, headers=rebound) as answer:
            assert answer.status == 403
        async with http.post(f"{served.url}/people", json={"name": "Hoa"}, headers=own) as answer:
            assert answer.status == 201
    assert [person.name for person in await town.residents()] == ["Hoa"]


async def test_files_are_never_shown_as_pages(served: Running, town: Town, bot: telegram.Bot) -> None:
    owner = await town.person("Hoa")
    own = await owner.sends_file("x.html", b"<script>alert(1)</script>")
    async with aiohttp.ClientSession() as http, http.get(served.url + own.files[0]["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_clock_of_the_product_is_moved_and_followed(control: tuple[Control, Town]) -> None:
    made, town = control
    assert (await town.get("/config"))["control"] is True
    await town.post("/control/clock", {"advance_seconds": 86400})
    assert made.asked == [{"advance_seconds": 86400}]
    async with telegram.Bot(TOKEN, base_url=f"{town.url}/bot") as bot:
        owner = await town.person("Hoa", started=True, bot=TOKEN)
        sent = await bot.send_message(owner.chat_id, "ngày mai")
    assert abs(sent.date.timestamp() - time.time() - 86400) < 10
    made.offset = -50.0  # moved by somebody else: noticed when asked
    await town.get("/control/clock")
    assert (await town.get("/config"))["clock_offset"] == -50.0


async def test_without_controls_the_road_is_closed(town: Town) -> None:
    assert (await town.get("/config"))["control"] is False
    with pytest.raises(Refused, match="without the product's controls"):
        await town.get("/control/clock")


async def test_controls_that_do_not_answer() -> None:
    running = await start(control_url="http://127.0.0.1:9/sim")
    async with Town(running.url) as town:
        with pytest.raises(Refused, match="dondoc does not answer"):
            await town.get("/control/clock")
    await running.stop()


async def test_serving_tells_its_address_once_it_answers() -> None:
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(port=0, on_ready=ready.set_result))
    url = await ready
    async with Town(url) as town:
        assert (await town.get("/people"))["people"] == []
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_fixed_list_of_bots() -> None:
    running = await start(tokens=[TOKEN])
    async with telegram.Bot(TOKEN, base_url=f"{running.url}/bot") as bot:
        assert bot.id == int(TOKEN.partition(":")[0])
    other = telegram.Bot("99:other", base_url=f"{running.url}/bot")
    with pytest.raises(telegram.error.InvalidToken):
        await other.initialize()
    await other.shutdown()
    await running.stop()
