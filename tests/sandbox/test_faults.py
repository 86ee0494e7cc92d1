"""What goes wrong between a bot and its vendor, seen by the bot and by the vendor's ledger."""

from __future__ import annotations

import asyncio

import pytest
import telegram
from telegram.error import NetworkError, TelegramError, TimedOut

from sandbox.client import Person, Refused, Town

from .conftest import TOKEN


@pytest.fixture
async def owner(bot: telegram.Bot, town: Town) -> Person:
    return await town.person("Hoa", started=True, bot=TOKEN)


async def accepted(town: Town) -> list[str]:
    return [entry["text"] for entry in await town.ledger()]


async def test_cut_before_storing_nothing_was_accepted(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.fault("drop_before", times=1)
    with pytest.raises(NetworkError):
        await bot.send_message(owner.chat_id, "một")
    assert await accepted(town) == []


async def test_cut_after_storing_the_message_is_there(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.fault("drop_after", times=1)
    with pytest.raises(NetworkError):
        await bot.send_message(owner.chat_id, "một")
    assert await accepted(town) == ["một"]
    await bot.send_message(owner.chat_id, "một")
    first, second = await town.ledger()
    assert (first["duplicate_of"], second["duplicate_of"]) == (None, first["seq"])


async def test_a_late_answer_times_out_although_stored(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.fault("late", seconds=0.6, times=1)
    with pytest.raises(TimedOut):
        await bot.send_message(owner.chat_id, "một", read_timeout=0.2)
    assert await accepted(town) == ["một"]


async def test_silence_stores_nothing(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.fault("silence", seconds=5, times=1)
    with pytest.raises(TimedOut):
        await bot.send_message(owner.chat_id, "một", read_timeout=0.2)
    assert await accepted(town) == []


async def test_down_means_every_method_until_it_is_over(bot: telegram.Bot, town: Town, owner: Person) -> None:
    fault = await town.fault("down", messenger="telegram")
    for attempt in (bot.get_me, lambda: bot.send_message(owner.chat_id, "một"), bot.get_updates):
        with pytest.raises(NetworkError):
            await attempt()
    await town.no_fault(fault)
    await bot.send_message(owner.chat_id, "hai")
    assert await accepted(town) == ["hai"]


async def test_other_messengers_and_methods_go_on(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.fault("down", messenger="zalo")
    await town.fault("500", method="sendDocument")
    await bot.send_message(owner.chat_id, "một")
    with pytest.raises(NetworkError):
        await bot.send_document(owner.chat_id, b"x", filename="a.txt")
    await town.no_fault()
    await bot.send_document(owner.chat_id, b"x", filename="a.txt")


async def test_a_fault_of_all_methods_meets_polling_too(bot: telegram.Bot, town: Town) -> None:
    await town.fault("502", method="*", times=1)
    with pytest.raises(TelegramError, match="Bad Gateway"):
        await bot.get_updates()
    assert await bot.get_updates() == ()


async def test_the_vendor_can_take_its_time(bot: telegram.Bot, town: Town, owner: Person) -> None:
    await town.latency(150)
    loop = asyncio.get_running_loop()
    before = loop.time()
    await bot.send_message(owner.chat_id, "một")
    assert loop.time() - before >= 0.15


async def test_unknown_faults_are_refused(town: Town) -> None:
    with pytest.raises(Refused, match="kind must be one of"):
        await town.fault("gremlins")
    with pytest.raises(Refused, match="invalid literal"):
        await town.get("/ledger?after=yesterday")
    with pytest.raises(Refused, match="whole number"):
        await town.latency("long")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no such field"):
        await town.fault("500", colour="red")
