"""Health: every part of this process at work on every lane, by polling and by webhook; the address it is asked at."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from dondoc import health, roles
from dondoc.health import Health
from dondoc.settings import Settings
from dondoc.wiring import House, build
from models.clock import utcnow
from models.database import Database
from models.heartbeat import beat, beats
from tests.bot.town import ZALO, FakeChannel


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    """A house with two bots that are called by webhook."""
    made = build(
        Settings(
            data_dir=tmp_path,
            database_url=SecretStr(database.url.render_as_string(hide_password=False)),
            public_url="https://dondoc.example",
            telegram_webhook_secret=SecretStr("invented"),
            zalo_webhook_secret=SecretStr("invented"),
        )
    )
    made.database.close()
    made.database = database
    made.channels = [FakeChannel("telegram", ZALO), FakeChannel("zalo", ZALO)]
    return made


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, house: House) -> Callable[..., Health]:
    """Health of a process that began half a minute ago."""

    def made(*parts: str) -> Health:
        with monkeypatch.context() as then:
            then.setattr(health, "utcnow", lambda: utcnow() - timedelta(seconds=31))
            return Health(house, parts)

    return made


async def test_a_bot_that_is_called_by_webhook_is_alive(house: House, watch: Callable[..., Health]) -> None:
    bot, stop = watch("bot"), asyncio.Event()
    assert set(await bot.troubles()) == {"bot:telegram:1", "bot:zalo:1"}
    listening = asyncio.create_task(roles.bot(house, stop))
    async with asyncio.timeout(10):
        while await bot.troubles():
            await asyncio.sleep(0.05)
    stop.set()
    await listening
    assert [one.name for one in await house.database.read(beats)] == []


async def test_a_lane_nobody_sends_on_shows_beside_one_that_works(house: House, watch: Callable[..., Health]) -> None:
    await house.database.write(beat, "consumer:telegram:1")
    await house.database.write(beat, "scheduler")
    assert await watch("consumer", "scheduler").troubles() == {"consumer:zalo:1": "no sign of life"}


async def test_mail_is_sent_and_never_listened_to(house: House, watch: Callable[..., Health]) -> None:
    house.channels = [cast(Any, SimpleNamespace(name="email", lane="email:"))]
    assert await watch("bot").troubles() == {}
    assert await watch("consumer").troubles() == {"consumer:email:": "no sign of life"}


@pytest.fixture
def taken_address(house: House) -> Iterator[None]:
    """Somebody else listens where the house would."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        house.settings = house.settings.model_copy(update={"http_addr": address})
        yield


@pytest.mark.usefixtures("taken_address")
async def test_a_bot_that_nobody_could_call_ends_with_an_error(house: House) -> None:
    stop = asyncio.Event()
    with pytest.raises(OSError, match="is taken"):
        async with asyncio.timeout(20), roles.working(house, [], ("bot",), stop) as running:
            await roles.until_stopped(running, stop)


@pytest.mark.usefixtures("taken_address")
async def test_a_scheduler_beside_it_works_on_without_its_page(house: House) -> None:
    stop = asyncio.Event()
    async with asyncio.timeout(20), roles.working(house, [], ("scheduler",), stop) as running:
        await running[-1]
        assert not stop.is_set()
