"""An admin decides what the reader only doubts, over the real road: by button on Telegram, by number on Zalo."""

import re
from pathlib import Path

import pytest

from dondoc.town import ADMIN
from sandbox.client import Heard, Person, Town
from tests.bot.letters import ANSWER, UNREAD
from tests.story.office import office

PATIENCE = 30.0


async def choose(admin: Person, heard: Heard, label: str, then: str) -> Heard:
    """Press the button, or answer with the number, of the choice that begins so; gives the message that holds `then`."""
    if heard.buttons:
        await admin.presses(next(button for button in heard.buttons if button.startswith(label)), heard)
    else:
        found = re.search(rf"(?m)^(\d+)\. {label}", heard.text)
        assert found, heard.text
        await admin.says(found[1])
    return await admin.hears(then, timeout=PATIENCE)


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_reply_that_orders_and_a_passage_left_out_become_tasks(tmp_path: Path, messenger: str) -> None:
    where = f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}"
    async with office(where, "", tmp_path, ("run",), webhook=True) as (made, codes), Town(made.page.url) as town:
        admin = await town.person(ADMIN.name, phone=ADMIN.phone, messenger=messenger)
        await admin.says(f"/start {codes[ADMIN.name]}")
        await admin.hears("đồng ý", timeout=PATIENCE)
        await admin.says("đồng ý")
        await admin.hears("Vai trò", timeout=PATIENCE)
        await admin.says(ANSWER)
        asked = await admin.hears("Có vẻ là văn bản trả lời", timeout=PATIENCE)
        screen = await choose(admin, asked, "Vẫn nạp", "Văn bản 877/SYT-NVY")
        await choose(admin, screen, "Tạo tất cả", "Đã tạo 1 nhiệm vụ")
        await admin.says(UNREAD)
        screen = await admin.hears("Văn bản 812/SYT-NVY", timeout=PATIENCE)
        passage = await choose(admin, screen, "Đoạn chưa đọc", "Đoạn 1/2")
        await choose(admin, passage, "Tạo thành nhiệm vụ", "Đã thêm nhiệm vụ")
        await admin.says("/nap")  # a question lapses, the letter waits
        again = await admin.hears("812/SYT-NVY – bổ sung hồ sơ mẫu", timeout=PATIENCE)
        if messenger == "telegram":
            await admin.presses("1", again)
        else:
            await admin.says("1")
        screen = await admin.hears("2) việc bổ sung 1", timeout=PATIENCE)
        passage = await choose(admin, screen, "Đoạn chưa đọc", "Đoạn 1/1")
        screen = await choose(admin, passage, "Không phải nhiệm vụ", "Đã bỏ qua đoạn này")
        await choose(admin, screen, "Tạo tất cả", "Đã tạo 2 nhiệm vụ")
