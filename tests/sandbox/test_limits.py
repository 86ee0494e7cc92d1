"""Telegram's and Zalo's limits, enforced when switched on."""

from __future__ import annotations

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from sandbox import limits
from sandbox.client import Town
from sandbox.errors import Refusal
from sandbox.limits import Limits, Window

from .conftest import TOKEN


async def test_one_a_second_in_a_chat(bot: telegram.Bot, town: Town) -> None:
    owner = await town.person("Hoa", started=True, bot=TOKEN)
    other = await town.person("Nam", started=True, bot=TOKEN)
    await town.limits(telegram={"overall": 30, "per_chat": 1, "group_per_min": 20})
    await bot.send_message(owner.chat_id, "một")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(owner.chat_id, "hai")
    assert int(caught.value._retry_after.total_seconds()) == 1
    await bot.send_message(other.chat_id, "người khác thì được")
    await bot.send_chat_action(owner.chat_id, "typing")
    assert await town.refused() == 1
    await town.limits()
    await bot.send_message(owner.chat_id, "hai")


async def test_thirty_a_second_in_all(bot: telegram.Bot, town: Town) -> None:
    chats = await town.crowd(6, bot=TOKEN)
    await town.limits(telegram={"overall": 5})
    for chat in chats[:5]:
        await bot.send_message(chat, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(chats[5], "x")
    assert len(await town.ledger()) == 5


def test_twenty_a_minute_in_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    made = Limits()
    made.set({"telegram": {"group_per_min": 20, "per_chat": 1}})
    for _ in range(20):
        made.telegram(TOKEN, "-100")
        now[0] += 1.0
    with pytest.raises(Refusal) as caught:
        made.telegram(TOKEN, "-100")
    assert caught.value.parameters == {"retry_after": 40}
    for _ in range(30):
        made.telegram(TOKEN, "100")  # a person's chat knows no minute
        now[0] += 1.0
    now[0] += 10.0
    made.telegram(TOKEN, "-100")


def test_a_months_quota_and_the_number_of_people_on_zalo() -> None:
    made = Limits()
    made.set({"zalo": {"quota": 3, "people": 2}})
    made.zalo("t", "a")
    made.zalo("t", "b")
    with pytest.raises(Refusal) as crowded:
        made.zalo("t", "c")
    assert crowded.value.code == 403
    made.zalo("t", "a")
    with pytest.raises(Refusal) as spent:
        made.zalo("t", "a")
    assert spent.value.code == 429
    made.zalo("another token", "a")


@given(st.integers(1, 5), st.lists(st.floats(0, 3), max_size=40))
def test_no_window_ever_holds_more_than_its_count(count: int, pauses: list[float]) -> None:
    window, now, taken = Window(count, 1.0), 0.0, list[float]()
    for pause in pauses:
        now += pause
        if wait := window.wait(now):
            now += wait + 1e-9
            assert window.wait(now) == 0  # the wait told is enough
        window.times.append(now)
        taken.append(now)
    for start in taken:
        assert sum(start <= one < start + 1.0 for one in taken) <= count
