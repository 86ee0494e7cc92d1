"""One suite over every messenger: what a channel promises, against the stand-in over real HTTP."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from bot.channels.base import Button, Channel, ChannelError, Incoming, Outgoing
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from sandbox.app import Running, start
from sandbox.client import Person, Town

TOKEN = "7001:sandbox-token"
SECRET = "a-secret-of-the-test"

Maker = Callable[[Running], Channel]
CHANNELS: dict[str, Maker] = {
    "telegram": lambda town: TelegramChannel(TOKEN, api_url=town.telegram_url, webhook_secret=SECRET),
    "zalo": lambda town: ZaloChannel(TOKEN, api_url=town.zalo_url, webhook_secret=SECRET),
}


@dataclass
class World:
    channel: Channel
    town: Town
    person: Person
    _updates: AsyncIterator[tuple[str, list[Incoming]]] | None = None

    async def receives(self) -> Incoming:
        """The next update over long polling."""
        self._updates = self._updates or self.channel.updates("")
        async for _position, batch in self._updates:
            if batch:
                return batch[0]
        raise AssertionError("polling ended")


@pytest.fixture(params=sorted(CHANNELS))
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    running = await start(tokens=[TOKEN])
    channel = CHANNELS[request.param](running)
    await channel.start()
    await channel.me()  # the town knows a bot from its first call on
    async with Town(running.url) as town:
        person = await town.person("Nguyễn Thị Hoa", messenger=request.param, started=True)
        yield World(channel, town, person)
    await channel.stop()
    await running.stop()


def a_photo() -> bytes:
    picture = io.BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(picture, "JPEG")
    return picture.getvalue()


async def test_it_says_who_it_is(world: World) -> None:
    assert (await world.channel.me()).id
    assert world.channel.lane == f"{world.channel.name}:7001"


async def test_what_is_sent_is_heard_to_the_letter(world: World) -> None:
    text = "1. <b>Không phải</b> thẻ & dấu 😀\n2. Thời hạn: 05/12/2026"
    ids = await world.channel.send(world.person.chat_id, Outgoing(text))
    assert len(ids) == 1
    assert (await world.person.hears("Thời hạn")).text == text


async def test_a_long_text_arrives_whole_in_parts(world: World) -> None:
    lines = [f"{n}. Báo cáo kết quả thực hiện nhiệm vụ" for n in range(1, 301)]
    ids = await world.channel.send(world.person.chat_id, Outgoing("\n".join(lines)))
    assert len(ids) > 1
    heard = [line for one in await world.person.history() for line in one.text.split("\n") if line]
    assert heard[-300:] == lines


async def test_what_a_person_says_comes_in_no_vendors_words(world: World) -> None:
    await world.person.says("Xong 1")
    incoming = await world.receives()
    assert (incoming.kind, incoming.text, incoming.chat_id) == ("message", "Xong 1", world.person.chat_id)
    assert incoming.lane == world.channel.lane
    assert incoming.update_id
    assert not incoming.is_group


async def test_a_photo_can_be_fetched(world: World) -> None:
    await world.person.sends_photo(a_photo(), caption="Xong 2")
    incoming = await world.receives()
    assert incoming.text == "Xong 2"
    assert [one.kind for one in incoming.attachments] == ["photo"]
    assert len(await incoming.attachments[0].fetch()) > 100


async def test_buttons_reach_a_person_where_there_are_buttons(world: World) -> None:
    message = Outgoing("Đã xong?", buttons=((Button("Xong 1", "done:1"),),))
    await world.channel.send(world.person.chat_id, message)
    heard = await world.person.hears("Đã xong?")
    assert heard.buttons == (["Xong 1"] if world.channel.limits.buttons else [])


@pytest.mark.parametrize(
    ("fault", "reason", "permanent", "unknown"),
    [
        ({"kind": "500"}, "vendor", False, False),
        ({"kind": "502"}, "vendor", False, False),
        ({"kind": "drop_after"}, "network", False, True),
        ({"kind": "401"}, "token", False, False),
        ({"kind": "400", "description": "Bad Request: message text is empty"}, "bad_request", True, False),
        ({"kind": "403"}, "blocked", True, False),
    ],
)
async def test_a_failure_says_what_it_means(
    world: World, fault: dict[str, Any], reason: str, permanent: bool, unknown: bool
) -> None:
    await world.town.fault(times=1, **fault)
    with pytest.raises(ChannelError) as caught:
        await world.channel.send(world.person.chat_id, Outgoing("Nhắc việc"))
    error = caught.value
    assert (error.reason, error.permanent, error.unknown) == (reason, permanent, unknown)
    assert await world.channel.send(world.person.chat_id, Outgoing("Nhắc lại"))


async def test_a_vendor_that_is_not_there_leaves_the_message_certainly_unsent() -> None:
    running = await start(tokens=[TOKEN])
    await running.stop()
    for make in CHANNELS.values():
        channel = make(running)
        await channel.start()
        with pytest.raises(ChannelError) as caught:
            await channel.send("1", Outgoing("Nhắc việc"))
        assert (caught.value.reason, caught.value.permanent, caught.value.unknown) == ("network", False, False)
        await channel.stop()


async def test_an_answer_nobody_can_read_is_the_vendors_failure_and_stays_out_of_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer cut off in the middle holds names and messages."""
    for _ in range(2):
        await world.town.fault("502", times=1)
        with pytest.raises(ChannelError):
            await world.channel.send(world.person.chat_id, Outgoing("Nhắc việc"))
    assert "Bad Gateway" not in caplog.text


async def test_flooding_is_told_as_a_rate(world: World) -> None:
    await world.town.fault("429", times=1, retry_after=7)
    with pytest.raises(ChannelError) as caught:
        await world.channel.send(world.person.chat_id, Outgoing("Nhắc việc"))
    assert caught.value.reason in ("rate", "quota")
    assert not caught.value.permanent
    if world.channel.name == "telegram":
        assert caught.value.retry_after == 7


async def test_a_webhook_call_without_the_secret_is_refused(world: World) -> None:
    for headers in ({}, {"x-telegram-bot-api-secret-token": "x", "x-bot-api-secret-token": "x"}):
        with pytest.raises(PermissionError):
            world.channel.parse_webhook(headers, b"{}")


@pytest.mark.parametrize("body", [b"not json", b"[1]", b"\xff\xfe", b'"text"'])
async def test_a_broken_webhook_call_is_a_value_error(world: World, body: bytes) -> None:
    headers = {"x-telegram-bot-api-secret-token": SECRET, "x-bot-api-secret-token": SECRET}
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is the contract
        world.channel.parse_webhook(headers, body)


async def test_telegram_answers_find_the_message_they_quote() -> None:
    running = await start(tokens=[TOKEN])
    channel = CHANNELS["telegram"](running)
    await channel.start()
    await channel.me()
    async with Town(running.url) as town:
        person = await town.person("Trần Văn Nam", started=True)
        world = World(channel, town, person)
        message = Outgoing("Đã xong?", buttons=((Button("Xong 1", "done:1"),),))
        (message_id,) = await channel.send(person.chat_id, message)
        heard = await person.hears("Đã xong?")
        await person.says("rồi", reply_to=heard)
        assert (await world.receives()).reply_to == message_id
        await person.presses("Xong 1")
        pressed = await world.receives()
        assert (pressed.kind, pressed.button_data, pressed.message_id) == ("button", "done:1", message_id)
        await channel.edit(person.chat_id, message_id, Outgoing("Đã báo cáo 14:05"))
        edited = await person.hears("Đã báo cáo 14:05", edited=True)
        assert edited.buttons == []
        await channel.edit(person.chat_id, message_id, Outgoing("Đã báo cáo 14:05"))
        await person.shares_contact("0900000001")
        card = await world.receives()
        assert (card.kind, card.contact_is_own) == ("contact", True)
        await person.shares_contact("0900000009", own=False)
        assert not (await world.receives()).contact_is_own
        await person.blocks()
        assert (await world.receives()).kind == "blocked"
        with pytest.raises(ChannelError) as caught:
            await channel.send(person.chat_id, Outgoing("Nhắc việc"))
        assert (caught.value.reason, caught.value.permanent) == ("blocked", True)
    await channel.stop()
    await running.stop()
