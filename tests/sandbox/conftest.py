"""A served town, a person's side of it and python-telegram-bot's own Bot against it."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
from collections.abc import AsyncIterator

import pytest
import telegram
from PIL import Image
from telegram.request import HTTPXRequest

from sandbox.app import Running, start
from sandbox.client import Town

from .browser import Page, launch

TOKEN = "4200001:sandbox-test-token"
ZALO = "880001:sandbox-test-token"
PLAIN = {"verify": False}  # no TLS here: loading the certificates takes longer than a test


def picture(width: int = 3000, height: int = 1500, colour: str = "white") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
async def served() -> AsyncIterator[Running]:
    running = await start()
    yield running
    await running.stop()


@pytest.fixture
async def town(served: Running) -> AsyncIterator[Town]:
    async with Town(served.url) as client:
        yield client


@pytest.fixture
async def bot(served: Running) -> AsyncIterator[telegram.Bot]:
    made = telegram.Bot(
        TOKEN,
        base_url=f"{served.url}/bot",
        base_file_url=f"{served.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs=PLAIN),
        get_updates_request=HTTPXRequest(httpx_kwargs=PLAIN),
    )
    async with made:
        yield made


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        if os.environ.get("CI") == "true":
            pytest.fail("chromium and chromedriver are needed: apt-get install chromium chromium-driver")
        pytest.skip("NOT TESTED: chromium is not installed; apt-get install chromium chromium-driver")
    driver = await asyncio.to_thread(launch)
    made = Page(driver)
    yield made
    complaints = await asyncio.to_thread(made.complaints)
    await asyncio.to_thread(driver.quit)
    assert complaints == []
