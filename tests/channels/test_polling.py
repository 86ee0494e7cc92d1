"""Long polling: nothing said is lost or handled by two pollers, whatever ends when."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot import polling as polling_room
from bot.channels.base import Channel, Incoming
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.polling import Poller
from models import heartbeat, leases
from models.database import Database
from models.leases import holder_of
from sandbox.app import Running, start
from sandbox.client import Town

TOKEN = "7001:sandbox-token"


class Listener:
    """Notes what it was given; fails the first `failures` times."""

    def __init__(self, failures: int = 0) -> None:
        self.heard: list[str] = []
        self.failures = failures

    async def __call__(self, _channel: Channel, incoming: Incoming) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the database is away")
        self.heard.append(incoming.text)

    async def has(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                await asyncio.sleep(0.02)
        return self.heard


@pytest.fixture
async def town() -> AsyncIterator[Running]:
    running = await start(tokens=[TOKEN])
    yield running
    await running.stop()


async def until(happened: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(10):
        while not await happened():
            await asyncio.sleep(0.02)


async def polling(database: Database, town: Running, listener: Listener) -> tuple[asyncio.Task[None], asyncio.Event]:
    channel = TelegramChannel(TOKEN, api_url=town.telegram_url)
    await channel.start()
    await channel.me()
    stop = asyncio.Event()

    async def run() -> None:
        try:
            await Poller(database, channel, listener).run(stop)
        finally:
            await channel.stop()

    return asyncio.create_task(run()), stop


async def test_of_two_pollers_one_polls_and_the_other_takes_over(database: Database, town: Running) -> None:
    first, second = Listener(), Listener()
    task, stop = await polling(database, town, first)
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", started=True)
        await person.says("một")
        await first.has(1)
        other_task, other_stop = await polling(database, town, second)
        await person.says("hai")
        await first.has(2)
        assert second.heard == []
        stop.set()
        await task
        await person.says("ba")
        await second.has(1)
        other_stop.set()
        await other_task
    assert (first.heard, second.heard) == (["một", "hai"], ["ba"])


async def test_what_could_not_be_handled_is_handled_again(database: Database, town: Running) -> None:
    listener = Listener(failures=2)
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", started=True)
        for text in ("một", "hai", "ba"):
            await person.says(text)
        assert await listener.has(3) == ["một", "hai", "ba"]
    stop.set()
    await task


async def test_what_was_not_confirmed_comes_again_to_the_next_poller(database: Database, town: Running) -> None:
    broken = Listener(failures=10_000)
    task, _stop = await polling(database, town, broken)
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", started=True)
        await person.says("Xong 1")
        while broken.failures == 10_000:
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        listener = Listener()
        task, stop = await polling(database, town, listener)
        assert await listener.has(1) == ["Xong 1"]
        stop.set()
        await task


async def test_a_vendor_that_fails_is_asked_again(database: Database, town: Running) -> None:
    listener = Listener()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", started=True)
        await people.fault("502", method="getUpdates", times=2)
        await person.says("Xong 1")
        assert await listener.has(1) == ["Xong 1"]
    stop.set()
    await task


async def test_a_database_that_is_away_does_not_end_the_poller(
    database: Database, town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_room, "RESTART_SECONDS", 0.01)
    away = iter(range(3))

    def acquire(session: Session, name: str, holder: str, seconds: float) -> bool:
        if next(away, None) is not None:
            raise OperationalError("", {}, OSError("no connection"))
        return leases.acquire(session, name, holder, seconds)

    monkeypatch.setattr(polling_room, "acquire", acquire)
    listener = Listener()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", started=True)
        await person.says("Xong 1")
        assert await listener.has(1) == ["Xong 1"]
    stop.set()
    await task


async def test_what_zalo_handed_out_outlives_the_lease_since_zalo_forgets_it(
    database: Database, town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_room, "RESTART_SECONDS", 0.01)
    monkeypatch.setattr(polling_room, "RENEW_SECONDS", 0.05)
    monkeypatch.setattr(polling_room, "LEASE_SECONDS", 0.3)
    monkeypatch.setattr(polling_room, "FINISH_SECONDS", 0.01)
    full, lapsed = asyncio.Event(), asyncio.Event()

    def acquire(session: Session, name: str, holder: str, seconds: float) -> bool:
        if full.is_set():
            raise OperationalError("", {}, OSError("disk full"))
        return leases.acquire(session, name, holder, seconds)

    def noted(_message: str, **_more: object) -> None:
        lapsed.set()

    monkeypatch.setattr(polling_room, "acquire", acquire)
    monkeypatch.setattr(polling_room.log, "warning", noted)
    heard: list[str] = []

    async def handle(_channel: Channel, incoming: Incoming) -> None:
        if full.is_set() or not heard:
            full.set() if not lapsed.is_set() else full.clear()
            heard.append("")
            raise OperationalError("", {}, OSError("disk full"))
        heard.append(incoming.text)

    channel = ZaloChannel(TOKEN, api_url=town.zalo_url)
    await channel.start()
    await channel.me()
    stop = asyncio.Event()
    task = asyncio.create_task(Poller(database, channel, handle).run(stop))
    async with Town(town.url) as people:
        person = await people.person("Nguyễn Thị Hoa", messenger="zalo", started=True)
        await person.says("xong 1")
        await until(lambda: asyncio.sleep(0, "xong 1" in heard))
        assert lapsed.is_set()
    stop.set()
    await task
    await channel.stop()
    assert heard.count("xong 1") == 1


async def test_a_poller_that_is_stuck_or_stands_by_gives_no_sign_of_life(
    database: Database, town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_room, "EVERY_SECONDS", 0.02)
    at_work, end = asyncio.Event(), asyncio.Event()

    async def stuck(_channel: Channel, _incoming: Incoming) -> None:
        at_work.set()
        await end.wait()

    channel = TelegramChannel(TOKEN, api_url=town.telegram_url)
    stop = asyncio.Event()
    task = asyncio.create_task(Poller(database, channel, stuck).run(stop))
    await until(lambda: database.read(holder_of, f"poll:{channel.lane}"))
    standing_by, other_stop = await polling(database, town, Listener())
    async with Town(town.url) as people:
        await (await people.person("Nguyễn Thị Hoa", started=True)).says("Xong 1")
        await at_work.wait()
    await until(lambda: database.read(heartbeat.beats))
    assert len(await database.read(heartbeat.beats)) == 1
    monkeypatch.setattr(polling_room, "STUCK_SECONDS", 0.0)
    await asyncio.sleep(0.1)  # a beat already on its way
    await database.write(lambda session: session.connection().execute(heartbeat.HEARTBEATS.delete()))
    await asyncio.sleep(0.1)
    assert await database.read(heartbeat.beats) == []
    end.set()
    stop.set()
    other_stop.set()
    await asyncio.gather(task, standing_by)
    await channel.stop()


class Slow(Listener):
    """Takes long over what says so, until let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.go = asyncio.Event()

    async def __call__(self, channel: Channel, incoming: Incoming) -> None:
        self.begun.append(incoming.text)
        if "lâu" in incoming.text:
            await self.go.wait()
        await super().__call__(channel, incoming)


async def test_one_slow_letter_holds_up_nobody_else_and_its_own_chat_keeps_its_order(
    database: Database, town: Running
) -> None:
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await people.person("Nguyễn Thị Hoa", started=True)
        others = [await people.person(f"Đầu mối {n}", started=True) for n in range(3)]
        await admin.says("đọc lâu")
        await until(lambda: asyncio.sleep(0, listener.begun))
        await admin.says("sau đó")
        for n, other in enumerate(others):
            await other.says(f"Xong {n}")
            assert (await listener.has(n + 1))[-1] == f"Xong {n}"
        assert "sau đó" not in listener.begun
        listener.go.set()
        assert (await listener.has(5))[-2:] == ["đọc lâu", "sau đó"]
        await others[0].says("Xong 9")
        assert (await listener.has(6))[-1] == "Xong 9"
    assert len(listener.begun) == 6  # asked for again and again meanwhile, begun once
    stop.set()
    await task


async def test_a_letter_half_read_at_the_end_is_not_confirmed_and_what_was_done_meanwhile_comes_again_harmlessly(
    database: Database, town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_room, "FINISH_SECONDS", 0.05)
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await people.person("Nguyễn Thị Hoa", started=True)
        other = await people.person("Trần Văn Bình", started=True)
        await admin.says("đọc lâu")
        await other.says("Xong 1")
        await listener.has(1)
        await other.says("Xong 2")
        await listener.has(2)
        stop.set()
        async with asyncio.timeout(5):
            await task
        assert listener.heard == ["Xong 1", "Xong 2"]
        after = Listener()
        task, stop = await polling(database, town, after)
        assert await after.has(3) == ["đọc lâu", "Xong 1", "Xong 2"]  # `Seen` knows the last two: test_inbox
        stop.set()
        await task


async def test_a_vendor_that_fails_meanwhile_does_not_confirm_the_letter(database: Database, town: Running) -> None:
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await people.person("Nguyễn Thị Hoa", started=True)
        other = await people.person("Trần Văn Bình", started=True)
        await admin.says("đọc lâu")
        await until(lambda: asyncio.sleep(0, listener.begun))
        await people.fault("502", method="getUpdates", times=1)
        await other.says("Xong 1")
        await listener.has(1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        after = Listener()
        task, stop = await polling(database, town, after)
        assert (await after.has(2))[0] == "đọc lâu"
        stop.set()
        await task
