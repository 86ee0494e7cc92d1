"""However many updates wait behind one that takes long, whoever they are from: the vendor's window of a hundred never shuts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from bot import polling as polling_room
from bot.channels.telegram import TelegramChannel
from bot.inhand import MOST_OF_A_CHAT
from bot.polling import Poller
from models.database import Database
from models.talk import InHand
from sandbox.app import Running, start
from sandbox.client import Person, Town
from tests.channels.test_polling import TOKEN, Listener, Slow, polling, until

BEHIND = 230
"""More than two windows."""


@pytest.fixture
async def town() -> AsyncIterator[Running]:
    running = await start(tokens=[TOKEN])
    yield running
    await running.stop()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling_room, "KEEP_AFTER_SECONDS", 0.2)
    monkeypatch.setattr(polling_room, "FINISH_SECONDS", 0.05)


def kept(database: Database) -> list[InHand]:
    with database.reading() as session:
        return list(session.exec(select(InHand)).all())


async def begun(people: Town, listener: Slow, text: str = "đọc lâu") -> Person:
    admin = await people.person("Nguyễn Thị Hoa", started=True)
    await admin.says(text)
    await until(lambda: asyncio.sleep(0, listener.begun))
    return admin


async def test_more_than_a_window_of_others_is_heard_while_one_scan_is_read(database: Database, town: Running) -> None:
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        await begun(people, listener)
        others = [await people.person(f"Đầu mối {n}", started=True) for n in range(23)]
        for n in range(BEHIND):
            await others[n % 23].says(f"Xong {n}")
        heard = await listener.has(BEHIND)
        assert sorted(heard) == sorted(f"Xong {n}" for n in range(BEHIND))
        assert len(listener.begun) == BEHIND + 1, "nothing was begun twice"
        assert len(kept(database)) == 1
        listener.go.set()
        assert (await listener.has(BEHIND + 1))[-1] == "đọc lâu"
        await until(lambda: asyncio.sleep(0, not kept(database)))
    stop.set()
    await task


async def test_killed_meanwhile_the_scan_is_read_again_and_nothing_confirmed_comes_twice(
    database: Database, town: Running
) -> None:
    listener = Slow()
    task, _stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await begun(people, listener)
        await admin.says("sau đó")
        other = await people.person("Trần Văn Bình", started=True)
        for n in range(BEHIND):
            await other.says(f"Xong {n}")
        await listener.has(BEHIND)
        await until(lambda: asyncio.sleep(0, len(kept(database)) == 2))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        after = Listener()
        task, stop = await polling(database, town, after)
        assert (await after.has(2))[:2] == ["đọc lâu", "sau đó"]
        await other.says("Xong sau cùng")
        assert (await after.has(3))[-1] == "Xong sau cùng"
        assert len([text for text in after.heard if text.startswith("Xong")]) < 100, "only the last window comes again"
        await until(lambda: asyncio.sleep(0, not kept(database)))
        stop.set()
        await task


async def test_a_bot_that_is_called_by_webhook_now_finishes_what_was_polled(database: Database, town: Running) -> None:
    listener = Slow()
    task, _stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        await begun(people, listener)
        await until(lambda: asyncio.sleep(0, len(kept(database)) == 1))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    channel, after = TelegramChannel(TOKEN, api_url=town.telegram_url), Listener()
    await channel.start()
    await Poller(database, channel, after).finish()
    await channel.stop()
    assert after.heard == ["đọc lâu"]
    assert kept(database) == []


LETTER = "đọc lâu\nSố: 45/SKHCN-CĐS\n" + "Nội dung của văn bản. " * 30


async def test_nobody_waits_for_a_pasted_letter_and_the_next_poller_finds_it(database: Database, town: Running) -> None:
    listener = Slow()
    task, _stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await begun(people, listener, LETTER)
        await admin.says("phần sau của văn bản. " * 30)
        other = await people.person("Trần Văn Bình", started=True)
        for n in range(BEHIND):
            await other.says(f"Xong {n}")
        await listener.has(BEHIND)
        await until(lambda: asyncio.sleep(0, len(kept(database)) == 2))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        after = Listener()
        task, stop = await polling(database, town, after)
        assert [text[:7] for text in (await after.has(2))[:2]] == ["đọc lâu", "phần sa"]
        stop.set()
        await task


@pytest.mark.parametrize("mark", ["MẬT", "T Ố I  M Ậ T", "Độ mật: Mật"])
async def test_a_letter_with_a_secrecy_mark_is_never_written_down(database: Database, town: Running, mark: str) -> None:
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await begun(people, listener, LETTER.replace("\n", f"\n{mark}\n", 1))
        await admin.says("phần sau của văn bản. " * 30)
        other = await people.person("Trần Văn Bình", started=True)
        for n in range(5):
            await other.says(f"Xong {n}")
            await asyncio.sleep(0.1)
        await listener.has(5)
        assert kept(database) == [], "nor is what follows in the same chat"
        listener.go.set()
        await listener.has(7)
    stop.set()
    await task


async def test_whoever_floods_behind_the_own_scan_holds_up_nobody_else(database: Database, town: Running) -> None:
    listener = Slow()
    task, stop = await polling(database, town, listener)
    async with Town(town.url) as people:
        admin = await begun(people, listener)
        await admin.says("thêm", times=MOST_OF_A_CHAT + 150)
        other = await people.person("Trần Văn Bình", started=True)
        await other.says("Xong 1")
        assert await listener.has(1) == ["Xong 1"]
        listener.go.set()
        await listener.has(1 + MOST_OF_A_CHAT)
        await other.says("Xong 2")
        await until(lambda: asyncio.sleep(0, "Xong 2" in listener.heard))
        assert len(listener.heard) == 2 + MOST_OF_A_CHAT, "the rest was dropped, as it would have been on its turn"
    stop.set()
    await task
