"""The page with the product's own controls: clock, sample letters, the leader's picture, invented people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import telegram
from aiohttp import web

from sandbox.app import Running, start
from sandbox.client import Town

from .browser import Page
from .conftest import TOKEN, picture

pytestmark = pytest.mark.browser
PEOPLE: list[dict[str, str]] = [
    {"name": "Đỗ Minh Châu", "role": "admin", "link_code": "A1", "unit": "Văn phòng"},
    {"name": "Trần Văn Nam", "role": "contact", "link_code": "C1", "unit": "Văn phòng", "messenger": "zalo"},
]


class Product:
    """What dondoc's web room answers, as far as the page asks."""

    def __init__(self) -> None:
        self.moves: list[Any] = []

    async def clock(self, request: web.Request) -> web.Response:
        if request.method == "POST":
            self.moves.append(await request.json())
        day = 20 + len(self.moves)
        upcoming = [
            {
                "at": "2026-01-30T08:00:00+07:00",
                "kind": "remind",
                "items": 3,
                "people": 1,
                "name": "Nguyễn Thị Hoa",
                "nobodys": 2,
            }
        ]
        now = f"2026-01-{day}T08:00:00+07:00"
        return web.json_response({"now": now, "offset_seconds": -86400 * 300, "next": upcoming})

    async def answer(self, request: web.Request) -> web.Response:
        answers: dict[str, Any] = {
            "letters": [{"slug": "cv-101", "title": "Công văn 101", "issued": "2026-01-19"}],
            "people": PEOPLE,
            "state": {"counts": {"confirmed": 63}, "directives": [{"number": "101/UBND", "subject": "Chuyển đổi số"}]},
        }
        return web.json_response(answers[request.match_info["what"]])

    async def letter(self, request: web.Request) -> web.Response:
        return web.Response(text="Số: 101/UBND-NC\nKính gửi: các sở")

    async def drawing(self, request: web.Request) -> web.Response:
        return web.Response(body=picture(600, 400), content_type="image/png")


@pytest.fixture
async def product() -> AsyncIterator[tuple[Product, Running]]:
    made = Product()
    app = web.Application()
    app.router.add_route("*", "/sim/clock", made.clock)
    app.router.add_get("/sim/letters/{slug}", made.letter)
    app.router.add_get("/sim/picture.png", made.drawing)
    app.router.add_get("/sim/{what}", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    running = await start(control_url=f"http://127.0.0.1:{runner.addresses[0][1]}/sim")
    yield made, running
    await running.stop()
    await runner.cleanup()


async def test_from_an_empty_town_to_a_loaded_letter(product: tuple[Product, Running], page: Page) -> None:
    made, served = product
    files = f"{served.url}/file/bot"
    async with (
        Town(served.url) as town,
        telegram.Bot(TOKEN, base_url=f"{served.url}/bot", base_file_url=files) as bot,
    ):
        await town.call("POST", "/zalo/bot880001:abc/getMe", json={})
        await page.opens(served.url)
        await page.clicks(".empty .pill", "Trao điện thoại cho mọi người")
        await page.sees(".screen.zalo .mine", "/start C1")
        [update] = await bot.get_updates(timeout=5)
        assert update.message is not None
        assert update.message.text == "/start A1"

        await page.clicks(".letter .pill", "Xem")
        await page.sees("#viewer pre", "Kính gửi: các sở")
        await page.clicks("#viewer .pill", "Nạp văn bản")
        [letter] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert letter.message is not None
        assert letter.message.document is not None
        assert (letter.message.document.file_name, letter.message.caption) == ("cv-101.txt", "/nap")
        data = await (await bot.get_file(letter.message.document.file_id)).download_as_bytearray()
        assert "Kính gửi" in data.decode()

        await page.sees(".now", "Thứ Ba, 20/01/2026")
        await page.clicks(".time .pill", "Đến lần nhắc kế tiếp")
        await page.sees(".now", "Thứ Tư, 21/01/2026")
        await page.clicks(".time .pill", "+1 ngày")
        await page.sees(".now", "giờ mô phỏng")
        await page.until(lambda: len(made.moves) == 2, "the clock moved twice")
        assert made.moves == [{"to_next": True}, {"advance_seconds": 86400}]

        await page.clicks(".panel [role=tab]", "Lịch nhắc")
        await page.sees(".next", "nhắc 3 nhiệm vụ · Nguyễn Thị Hoa · 2 nhiệm vụ chưa có người nhận")
        await page.clicks(".panel [role=tab]", "Bức tranh")
        await page.sees(".tile", "63")
        drawn = "return document.querySelector('.picture img').naturalWidth"
        await page.sees(".picture img")
        await page.until(lambda: page.driver.execute_script(drawn) == 600, "the picture")
