"""The contact goes away for a week: somebody stands in, confirms, decides, and is let go again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from models.answers import Extension
from models.events import EventKind
from models.people import Person
from models.privacy import forget_me
from models.replacing import replace
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.town import Said

DEPUTY = "21"


@pytest.fixture
def deputy(folk: Folk) -> int:
    return folk.town.person("Vũ Thị Thay", folk.province, Role.DEPUTY, chat=DEPUTY)


def told(said: list[Said], chat: str) -> str:
    return "\n".join(one.text for one in said if one.chat_id == chat)


@pytest.mark.parametrize(
    "words",
    [
        "/uyquyen 709 Vũ Thị Thay",
        "uy quyen cho chi Thay",
        "ủy quyền 709/UBND-XDCB cho đồng chí Vũ Thị Thay",
        "/deputy Thay",
    ],
)
async def test_a_deputy_is_named_told_and_confirms_what_waits(folk: Folk, deputy: int, words: str) -> None:
    town = folk.town
    await town.says("30", "xong 1")
    await town.deliver(EventKind.REPORTED)
    [answer] = await town.says("20", words)
    assert "Vũ Thị Thay theo dõi thay" in answer.text
    assert "709/UBND-XDCB" in answer.text
    assert "1 báo cáo đang chờ cũng" in answer.text
    [begins] = await town.deliver()
    assert begins.chat_id == DEPUTY
    assert "Lê Theo Dõi uỷ quyền đồng chí theo dõi thay: 709/UBND-XDCB" in begins.text
    assert "1 báo cáo đang chờ" in begins.text
    [listed] = await town.says(DEPUTY, "/choxacnhan")
    assert "1. 709/UBND-XDCB, khoản 2 – Sở Y tế" in listed.text
    [done] = await town.says(DEPUTY, "xác nhận 1")
    assert "đã xác nhận hoàn thành" in done.text
    assert town.state(folk.task) == "confirmed"


async def test_new_reports_reach_contact_and_deputy_and_one_judgement_ends_both(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("20", "/uyquyen Vũ Thị Thay")
    await town.deliver()
    await town.says("30", "xong 1")
    asked = await town.deliver(EventKind.REPORTED)
    assert {one.chat_id for one in asked} == {"20", DEPUTY}
    await town.says(DEPUTY, "bổ sung 1 thiếu biểu")
    [nothing] = await town.says("20", "/choxacnhan")
    assert "Không có báo cáo nào" in nothing.text


async def test_a_deputy_who_is_let_go_keeps_nothing(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("20", "/uyquyen 709 Vũ Thị Thay")
    await town.says("30", "xong 1")
    await town.deliver()
    [ended] = await town.says("20", "uỷ quyền thôi")
    assert "Đã thôi uỷ quyền" in ended.text
    [ends] = await town.deliver()
    assert (ends.chat_id, "thôi theo dõi thay: 709/UBND-XDCB" in ends.text) == (DEPUTY, True)
    [listed] = await town.says(DEPUTY, "/choxacnhan")
    assert "Không có báo cáo nào" in listed.text
    [late] = await town.says(DEPUTY, "xác nhận 1")
    assert "đã xong và đã đóng" in late.text or "Không có" in late.text
    assert town.state(folk.task) == "reported"


async def test_the_screen_offers_colleagues_and_says_who_stands_in(folk: Folk, deputy: int) -> None:
    town = folk.town
    [screen] = await town.says("20", "/uyquyen")
    assert "709/UBND-XDCB: chưa có người theo dõi thay" in screen.text
    await town.presses(screen, "Vũ Thị Thay")
    [screen] = await town.says("20", "/uyquyen")
    assert "Vũ Thị Thay theo dõi thay" in screen.text
    [letter] = await town.says("30", "/vanban 709")
    assert "Đầu mối theo dõi: Lê Theo Dõi\nTheo dõi thay: Vũ Thị Thay" in letter.text
    [own] = await town.says(DEPUTY, "/uyquyen")
    assert "đang theo dõi thay: 709/UBND-XDCB" in own.text
    await town.presses(own, "Thôi uỷ quyền")
    [nothing] = await town.says("20", "uỷ quyền thôi")
    assert "không có gì để thôi" in nothing.text


@pytest.mark.parametrize(
    ("chat", "words", "answer"),
    [
        ("20", "/uyquyen 709 Trần Đầu Mối", "phải thuộc cơ quan"),
        ("20", "/uyquyen 709 Lê Theo Dõi", "phải là người khác"),
        ("20", "/uyquyen 709 Nguyễn Không Có", "Không tìm thấy"),
        ("20", "/uyquyen 888 Vũ Thị Thay", "Không tìm thấy văn bản 888"),
        ("30", "/uyquyen 709 Vũ Thị Thay", "không có quyền"),
        ("10", "/uyquyen 709 Trần Đầu Mối", "Trần Đầu Mối theo dõi thay"),
    ],
)
async def test_who_may_name_whom(folk: Folk, deputy: int, chat: str, words: str, answer: str) -> None:
    [said] = await folk.town.says(chat, words)
    assert answer in said.text


async def test_the_deputy_decides_on_more_time_as_the_contact_does(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("30", "gia hạn 1 15/12/2026 chờ số liệu")
    await town.deliver()
    await town.says("20", "/uyquyen Vũ Thị Thay")
    [listed] = await town.says(DEPUTY, "/choxacnhan")
    assert "Trả lời: duyệt 1; từ chối 1" in listed.text
    await town.says(DEPUTY, "duyệt 1")
    with town.read() as session:
        assert session.exec(select(Extension)).one().decided_by == deputy


async def test_a_new_request_reaches_the_deputy_with_the_buttons_of_who_decides(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("20", "/uyquyen Vũ Thị Thay")
    await town.deliver()
    await town.says("30", "gia hạn 1 15/12/2026 chờ số liệu")
    asked = await town.deliver(EventKind.EXTENSION_ASKED)
    [theirs] = [one for one in asked if one.chat_id == DEPUTY]
    assert f"approve:{1}" in theirs.data


async def test_nobody_stands_in_for_themself_when_the_contact_is_replaced(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("20", "/uyquyen Vũ Thị Thay")
    with town.db.transaction() as session:
        replace(session, town.now, folk.admin, folk.contact, deputy)
    await town.says("30", "xong 1")
    town.now += timedelta(hours=1)
    asked = await town.deliver(EventKind.REPORTED)
    assert [one.chat_id for one in asked] == [DEPUTY]
    [screen] = await town.says(DEPUTY, "/uyquyen")
    assert "chưa có người theo dõi thay" in screen.text


async def test_an_erased_deputy_is_forgotten(folk: Folk, deputy: int) -> None:
    town = folk.town
    await town.says("20", "/uyquyen Vũ Thị Thay")
    with town.db.transaction() as session:
        forget_me(session, town.now, deputy)
        assert session.get_one(Person, deputy).erased_at
    [screen] = await town.says("20", "/uyquyen")
    assert "chưa có người theo dõi thay" in screen.text
