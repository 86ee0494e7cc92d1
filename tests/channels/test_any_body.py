"""Whatever comes through a webhook with the right secret is an update, none, or a ValueError: never another error."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel

SECRET = "invented-secret"
HEADERS = {"x-telegram-bot-api-secret-token": SECRET, "x-bot-api-secret-token": SECRET}
TELEGRAM = TelegramChannel("7001:invented", webhook_secret=SECRET)
ZALO = ZaloChannel("7001:invented", webhook_secret=SECRET)

USER: dict[str, Any] = {"id": 5, "is_bot": False, "first_name": "Hoa", "language_code": "vi"}
CHAT: dict[str, Any] = {"id": 5, "type": "private"}
FILE: dict[str, Any] = {"file_id": "f", "file_unique_id": "u", "file_size": 10, "file_name": "a.pdf"}
MESSAGE: dict[str, Any] = {
    "message_id": 1, "date": 1764000000, "chat": CHAT, "from": USER, "text": "/xong 3",
    "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    "reply_to_message": {"message_id": 0, "date": 1764000000, "chat": CHAT},
    "document": FILE, "photo": [{**FILE, "width": 1, "height": 1}],
    "contact": {"phone_number": "+84900000001", "first_name": "Hoa", "user_id": 5},
}  # fmt: skip
CHANGE = {"user": USER, "status": "kicked", "until_date": 0}
BODIES: dict[Any, list[Any]] = {
    TELEGRAM: [
        {"update_id": 1, "message": MESSAGE},
        {"update_id": 2, "edited_message": MESSAGE},
        {"update_id": 3, "callback_query": {"id": "1", "from": USER, "chat_instance": "1", "message": MESSAGE, "data": "done:1"}},
        {"update_id": 4, "my_chat_member": {
            "chat": CHAT, "from": USER, "date": 1, "old_chat_member": CHANGE, "new_chat_member": CHANGE}},
    ],
    ZALO: [
        {"ok": True, "result": {"event_name": "message.image.received", "message": {
            "message_id": "m", "date": 1750316131602, "from": {"id": "6e", "display_name": "Hoa", "is_bot": False},
            "chat": {"id": "6e", "chat_type": "PRIVATE"}, "text": "xong", "photo_url": "https://a.vn/1.jpg", "caption": "x"}}},
    ],
}  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.just([{}]), st.just({"id": {}}), st.just(10**400), st.just("x" * 5000),
)  # fmt: skip


@given(st.data())
def test_a_body_with_one_thing_wrong_does_no_harm(data: st.DataObject) -> None:
    for channel, bodies in BODIES.items():
        body = json.loads(json.dumps(data.draw(st.sampled_from(bodies))))
        holder, key = data.draw(st.sampled_from(list(places(body))))
        if data.draw(st.booleans()):
            holder[key] = data.draw(ODD)
        elif isinstance(holder, dict):
            del holder[key]
        with suppress(ValueError):
            channel.parse_webhook(HEADERS, json.dumps(body).encode())


def places(body: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the body: what holds it, and its key or index."""
    for key, value in list(body.items()) if isinstance(body, dict) else list(enumerate(body)):
        yield body, key
        if isinstance(value, dict | list):
            yield from places(value)
