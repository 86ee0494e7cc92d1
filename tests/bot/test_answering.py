"""Several answers, long answers, and a vendor that refuses one of them; a group that is new."""

import asyncio
import dataclasses

import pytest
from sqlmodel import select

from bot.channels.base import ChannelError, Incoming, Outgoing
from bot.reply import Reply
from models.addresses import add_address, mark_blocked
from models.budget import use_of
from models.clock import local_date, start_of_day, utcnow
from models.people import Address
from models.talk import Seen
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.town import TELEGRAM, FakeChannel, Said


def page(said: list[Said]) -> list[str]:
    return [one.text.strip() for one in said]


async def _answered(
    folk: Folk, monkeypatch: pytest.MonkeyPatch, replies: list[Reply], *fails: ChannelError
) -> list[Said]:
    town = folk.town
    monkeypatch.setattr("bot.answering.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.router.act", lambda *_: list(replies))
    town.telegram.fails = list(fails)
    await town.says("30", "/viec")
    await asyncio.gather(*town.context.tasks)
    with town.db.reading() as session:
        assert session.exec(select(Seen)).one().answered_at is not None
    return town.telegram.said


@pytest.mark.parametrize(
    "error", [ChannelError("bad_request", permanent=True), ChannelError("network", permanent=False, unknown=True)]
)
async def test_one_answer_that_is_refused_takes_no_other_with_it(
    folk: Folk, monkeypatch: pytest.MonkeyPatch, error: ChannelError
) -> None:
    said = await _answered(folk, monkeypatch, [Reply("một"), Reply("hai")], error)
    assert page(said) == ["hai"]


async def test_where_the_chat_is_closed_nothing_more_is_tried(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await _answered(folk, monkeypatch, [Reply("một"), Reply("hai")], ChannelError("blocked", permanent=True))
    assert said == []


class _Failing(FakeChannel):
    """Takes the first `taken` messages, then fails once."""

    taken = 1

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        if len(self.said) == self.taken and self.fails:
            raise self.fails.pop(0)
        held, self.fails = self.fails, []
        try:
            return await super().send(chat_id, message, thread_id=thread_id)
        finally:
            self.fails = held


@pytest.mark.parametrize("unknown", [False, True])
async def test_a_long_answer_goes_on_where_it_stopped(
    folk: Folk, monkeypatch: pytest.MonkeyPatch, *, unknown: bool
) -> None:
    town = folk.town
    town.telegram = _Failing("telegram", TELEGRAM)
    town.context.channels[town.telegram.lane] = town.telegram
    long = "\n".join(f"{letter}" * 3000 for letter in "abc")
    said = await _answered(folk, monkeypatch, [Reply(long)], ChannelError("network", permanent=False, unknown=unknown))
    assert [text[0] for text in page(said)] == (["a", "c"] if unknown else ["a", "b", "c"])


async def test_added_to_a_group_the_bot_says_how_it_is_linked_and_to_a_linked_one_nothing(folk: Folk) -> None:
    town = folk.town
    joined = Incoming(
        lane=town.telegram.lane, update_id="j1", kind="joined", chat_id="-7", sender_id="10", is_group=True
    )
    (greeting,) = await town.takes(joined)
    assert "/start" in greeting.text
    with town.db.transaction() as session:
        add_address(session, town.now, unit_id=folk.department, lane=town.telegram.lane, chat_id="-8")
        mark_blocked(session, town.now, town.telegram.lane, "-8", "blocked")
    assert await town.takes(dataclasses.replace(joined, update_id="j2", chat_id="-8")) == []
    with town.db.reading() as session:
        assert session.exec(select(Address).where(Address.chat_id == "-8")).one().blocked_at is None


def _used(folk: Folk) -> int:
    month_start = start_of_day(local_date(utcnow()).replace(day=1))
    with folk.town.db.reading() as session:
        return use_of(session, folk.town.zalo.lane, month_start).used


async def test_an_answer_of_several_parts_costs_the_month_as_many_messages(
    folk: Folk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vendor counts what it is given: 2,000 characters each, and every reply."""
    town = folk.town
    folk.town.person("Người Zalo", folk.commune, Role.OWNER, chat="z30", channel=town.zalo)
    await town.says("z30", "/viec", channel=town.zalo)
    assert _used(folk) == 1
    long = "\n".join(f"{letter}" * 1500 for letter in "abc")
    monkeypatch.setattr("bot.router.act", lambda *_: [Reply(long), Reply("ngắn")])
    said = await town.says("z30", "/trogiup", channel=town.zalo)
    assert len(said) == 4
    assert _used(folk) == 5
    monkeypatch.setattr("bot.router.act", lambda *_: [])
    await town.says("z30", "không có gì để nói", channel=town.zalo)
    assert _used(folk) == 5


@pytest.mark.parametrize(("error", "cost"), [
    (ChannelError("network", permanent=False, unknown=True), 1),
    (ChannelError("bad_request", permanent=True), 0),
    (ChannelError("network", permanent=False), 1),
])  # fmt: skip
async def test_what_the_vendor_may_have_taken_is_counted_and_what_it_refused_is_not(
    folk: Folk, monkeypatch: pytest.MonkeyPatch, error: ChannelError, cost: int
) -> None:
    town = folk.town
    monkeypatch.setattr("bot.answering.FIRST_PAUSE", 0.01)
    town.person("Người Zalo", folk.commune, Role.OWNER, chat="z30", channel=town.zalo)
    town.zalo.fails = [error]
    await town.says("z30", "/viec", channel=town.zalo)
    await asyncio.gather(*town.context.tasks)
    assert _used(folk) == cost
