"""Groups: who is heard, topics, being thrown out, becoming a supergroup."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest, Forbidden

from sandbox.client import Group, Person, Town

from .conftest import TOKEN


@pytest.fixture
async def hoa(bot: telegram.Bot, town: Town) -> Person:
    return await town.person("Hoa", started=True, bot=TOKEN)


@pytest.fixture
async def group(bot: telegram.Bot, town: Town, hoa: Person) -> Group:
    """A group of two people and the bot, its arrival already read."""
    made = await town.group("Tổ công tác", hoa, await town.person("Nam"))
    updates = await bot.get_updates()
    joined = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert joined == ["member"]
    await bot.get_updates(offset=updates[-1].update_id + 1)
    return made


async def heard(bot: telegram.Bot) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates() if update.message]


async def test_a_member_bot_hears_only_what_is_meant_for_it(
    bot: telegram.Bot, group: Group, hoa: Person, town: Town
) -> None:
    await bot.send_message(group.chat_id, "Nhiệm vụ 1")
    for text in ("chuyện riêng", "/viec", f"/done@{bot.username} 1", "/done@other_bot 1", f"@{bot.username} ơi"):
        await group.hears_from(hoa, text)
    asked = await hoa.hears("Nhiệm vụ 1")
    await group.hears_from(hoa, "xong", reply_to=asked.id)
    assert await heard(bot) == ["/viec", f"/done@{bot.username} 1", f"@{bot.username} ơi", "xong"]


async def test_an_administrator_bot_hears_everything(bot: telegram.Bot, group: Group, hoa: Person) -> None:
    await group.bot_becomes("administrator")
    await group.hears_from(hoa, "chuyện riêng")
    assert "chuyện riêng" in await heard(bot)
    member = await bot.get_chat_member(group.chat_id, bot.id)
    assert member.status == "administrator"


async def test_thrown_out(bot: telegram.Bot, group: Group, hoa: Person) -> None:
    await group.bot_becomes("kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.chat_id, "x")
    await group.hears_from(hoa, "/viec")
    updates = await bot.get_updates()
    assert [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member] == ["kicked"]


async def test_becoming_a_supergroup(bot: telegram.Bot, group: Group, hoa: Person) -> None:
    new = await group.migrates()
    old, fresh = [update.message for update in await bot.get_updates()]
    assert old is not None
    assert fresh is not None
    assert old.migrate_to_chat_id == fresh.chat.id == int(new.chat_id)
    assert fresh.migrate_from_chat_id == old.chat.id == int(group.chat_id)
    assert fresh.chat.type == "supergroup"
    await bot.leave_chat(new.chat_id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(new.chat_id, "x")


async def test_topics(bot: telegram.Bot, town: Town, hoa: Person) -> None:
    group = await town.group("Sở Y tế", hoa, topics=["Chung", "Báo cáo"])
    sent = await bot.send_message(group.chat_id, "Nhắc việc", message_thread_id=3)
    assert (sent.message_thread_id, sent.is_topic_message, sent.chat.is_forum) == (3, True, True)
    await group.hears_from(hoa, "/viec", thread=2)
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.message_thread_id == 2
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(group.chat_id, "x", message_thread_id=9)


async def test_about_chats_and_members(bot: telegram.Bot, group: Group, hoa: Person, town: Town) -> None:
    assert (await bot.get_chat(group.chat_id)).title == "Tổ công tác"
    assert (await bot.get_chat(hoa.chat_id)).first_name == "Hoa"
    assert (await bot.get_chat_member(group.chat_id, int(hoa.chat_id))).status == "creator"
    stranger = await town.person("Lạ")
    assert (await bot.get_chat_member(group.chat_id, int(stranger.chat_id))).status == "left"
    with pytest.raises(BadRequest, match=r"(?i)user not found"):
        await bot.get_chat_member(group.chat_id, 1)


async def test_command_menus_by_scope_and_language(bot: telegram.Bot, town: Town, hoa: Person) -> None:
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("trogiup", "Trợ giúp")], language_code="vi")
    scope = telegram.BotCommandScopeChat(int(hoa.chat_id))
    await bot.set_my_commands([("nap", "Nạp văn bản")], scope=scope)
    assert [one["command"] for one in await hoa.commands()] == ["nap"]
    assert [one.command for one in await bot.get_my_commands(scope=scope)] == ["nap"]
    await bot.delete_my_commands(scope=scope)
    assert [one["command"] for one in await hoa.commands()] == ["trogiup"]
    other = await town.post("/people", {"name": "Ann", "language": "en", "started": True})
    found = await town.get(f"/people/{other['id']}/commands")
    assert [one["command"] for one in found["commands"]] == ["help"]
