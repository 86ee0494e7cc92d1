"""Within a unit: who stands beside the owner reports too, the head gives on, and everybody hears whose it is now."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.answers import Report
from models.units import Role
from tests.bot.conftest import Folk


@pytest.mark.parametrize("chat", ["40", "41"])
async def test_head_and_deputy_see_the_units_tasks_and_report_in_the_owners_place(folk: Folk, chat: str) -> None:
    town = folk.town
    deputy = town.person("Vũ Dự Phòng", folk.department, Role.DEPUTY, chat="41")
    [seen] = await town.says(chat, "viec")
    assert "Trần Đầu Mối:\n1. 709/UBND-XDCB, khoản 2" in seen.text
    assert "xong <số>" in seen.text
    assert ("giao <số>" in seen.text) == (chat == "40"), "only a head gives on"
    [received] = await town.says(chat, "đã nhận 1")
    assert "đã ghi nhận việc tiếp nhận" in received.text
    [done] = await town.says(chat, "xong 1")
    assert done.text.startswith("1. 709/UBND-XDCB, khoản 2: đã ghi nhận báo cáo")
    assert town.state(folk.task) == "reported"
    with town.read() as session:
        assert session.exec(select(Report)).one().author_id == (folk.head if chat == "40" else deputy)
    await town.says("20", "xác nhận 1")
    [gone] = await town.says(chat, "xong 1")
    assert "đã đóng" in gone.text


async def test_a_deputy_asks_for_more_time(folk: Folk) -> None:
    town = folk.town
    town.person("Vũ Dự Phòng", folk.department, Role.DEPUTY, chat="41")
    await town.says("41", "viec")
    [asked] = await town.says("41", "gia hạn 1 15/12/2026 chờ số liệu")
    assert "đã gửi đề nghị gia hạn đến 15/12/2026" in asked.text
    [no] = await town.says("41", "giao 1 Trần Đầu Mối")
    assert "không có quyền" in no.text


async def test_a_head_gives_on_and_both_hear_it(folk: Folk) -> None:
    town = folk.town
    town.person("Vũ Dự Phòng", folk.department, Role.DEPUTY, chat="41")
    await town.says("40", "viec")
    await town.says("40", "giao 1 Dự Phòng")
    told = {one.chat_id: one.text for one in await town.deliver()}
    assert told["41"].startswith("Phạm Giám Đốc giao đồng chí thực hiện 709/UBND-XDCB, khoản 2:")
    assert told["30"] == (
        "709/UBND-XDCB, khoản 2: Phạm Giám Đốc đã giao Vũ Dự Phòng thực hiện; đồng chí không còn phải thực hiện."
    )
    [nothing] = await town.says("30", "viec")
    assert "không có nhiệm vụ" in nothing.text


async def test_a_unit_hears_that_its_task_went_to_another(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "không thuộc 1 việc của phường")
    [asked] = await town.deliver()
    [given] = await town.presses(asked, "Giao đơn vị khác")
    assert "giao cho đơn vị hoặc người nào" in given.text
    await town.says("10", "Phường Kinh Bắc")
    told = {one.chat_id: one.text for one in await town.deliver()}
    assert "Nguyễn Quản Trị đã giao Phường Kinh Bắc thực hiện; đồng chí không còn phải" in told["30"]
