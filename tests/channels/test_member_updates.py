"""What Telegram says about the bot's own standing in a chat, in no vendor's words."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.channels.base import Incoming
from bot.channels.telegram_updates import incoming

ADMINISTRATOR = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": False,
    "can_manage_video_chats": False, "can_restrict_members": False, "can_promote_members": False,
    "can_change_info": False, "can_invite_users": False, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False,
}  # fmt: skip


def member(status: str) -> dict[str, Any]:
    more = ADMINISTRATOR if status == "administrator" else {"until_date": 0} if status == "kicked" else {}
    return {"user": {"id": 1, "is_bot": True, "first_name": "Đôn đốc"}, "status": status, **more}


@pytest.mark.parametrize(
    ("chat", "before", "after", "kind"),
    [
        ("group", "left", "member", "joined"),
        ("supergroup", "kicked", "administrator", "joined"),
        ("group", "member", "administrator", "unblocked"),
        ("group", "member", "left", "blocked"),
        ("supergroup", "administrator", "kicked", "blocked"),
        ("private", "kicked", "member", "unblocked"),
        ("private", "member", "kicked", "blocked"),
    ],
)
def test_joined_blocked_and_let_in_again(chat: str, before: str, after: str, kind: str) -> None:
    raw = {
        "update_id": 5,
        "my_chat_member": {
            "chat": {"id": -7, "type": chat, "title": "Tổ công tác"},
            "from": {"id": 9, "is_bot": False, "first_name": "Hoa", "language_code": "en"},
            "date": 1_790_000_000,
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        },
    }

    found = read(raw)
    assert found is not None
    assert (found.kind, found.is_group, found.language) == (kind, chat != "private", "en")
    assert found.position == "5"


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ({"message_thread_id": 7, "is_topic_message": True}, "7"),
        ({"message_thread_id": 7}, ""),  # a chain of replies, in a group without topics
        ({"date": 0}, ""),  # too old: the vendor tells nothing of it
    ],
)
def test_a_button_is_pressed_in_the_topic_of_its_message(message: dict[str, Any], topic: str) -> None:
    group = {"id": -7, "type": "supergroup", "title": "Tổ công tác", "is_forum": True}
    raw = {
        "update_id": 5,
        "callback_query": {
            "id": "q",
            "from": {"id": 9, "is_bot": False, "first_name": "Hoa"},
            "chat_instance": "c",
            "data": "done:1",
            "message": {"message_id": 3, "date": 1_790_000_000, "chat": group, **message},
        },
    }
    found = read(raw)
    assert found is not None
    assert (found.kind, found.thread_id, found.button_data) == ("button", topic, "done:1")


def read(raw: dict[str, Any]) -> Incoming | None:
    async def download(_file: str) -> bytes:
        raise AssertionError("nothing to fetch")

    return incoming("telegram:1", Update.de_json(raw, Bot("1:x")), download)
