"""While a scan is read the chat says how far it is, in one message, which does not go on saying so when it is over."""

import asyncio

import pytest

from bot.channels.base import Incoming, Outgoing
from bot.commands import attachments
from bot.texts import say_for
from tests.bot.town import Town


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "PROGRESS_SECONDS", 0.01)


def incoming(town: Town) -> Incoming:
    return Incoming(
        lane=town.telegram.lane, chat_id="10", sender_id="10", kind="message", message_id="1", update_id="1"
    )


async def said(town: Town, words: str) -> None:
    async with asyncio.timeout(10):
        while words not in [one.text for one in town.telegram.said]:
            await asyncio.sleep(0.01)


async def test_one_message_follows_the_pages_and_ends(town: Town) -> None:
    async with attachments.told(town.telegram, incoming(town), say_for("vi")) as progress:
        progress(1, 6)
        await said(town, "Đang đọc trang 2/6.")
        progress(4, 6)
        await said(town, "Đang đọc trang 5/6.")
    assert [one.text for one in town.telegram.said] == ["Đã đọc 6 trang."]


async def test_what_cannot_be_read_is_not_said_to_go_on(town: Town) -> None:
    async def breaks() -> None:
        async with attachments.told(town.telegram, incoming(town), say_for("vi")) as progress:
            progress(0, 3)
            await said(town, "Đang đọc trang 1/3.")
            raise ValueError("hỏng")

    with pytest.raises(ValueError, match="hỏng"):
        await breaks()
    assert [one.text for one in town.telegram.said] == ["Đã dừng đọc."]


async def test_what_is_read_at_once_says_nothing(town: Town) -> None:
    async with attachments.told(town.telegram, incoming(town), say_for("vi")) as progress:
        progress(0, 2)
    assert town.telegram.said == []


async def test_what_is_just_being_said_when_it_ends_does_not_stay(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "PROGRESS_SECONDS", 0.2)
    sending, send = asyncio.Event(), town.telegram.send

    async def slow(chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        sending.set()
        await asyncio.sleep(0.05)
        return await send(chat_id, message, thread_id=thread_id)

    monkeypatch.setattr(town.telegram, "send", slow)
    async with attachments.told(town.telegram, incoming(town), say_for("vi")) as progress:
        progress(0, 1)
        async with asyncio.timeout(10):
            await sending.wait()
    assert [one.text for one in town.telegram.said] == ["Đã đọc 1 trang."]
