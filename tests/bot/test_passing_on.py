"""Within the unit and back again: a head gives tasks on by number; who follows up reminds of all that waits."""

from models.events import EventKind
from models.units import Role
from tests.bot.conftest import Folk


async def test_a_head_gives_the_units_tasks_on_by_their_number(folk: Folk) -> None:
    town = folk.town
    town.person("Vũ Thị Bình", folk.department, Role.DEPUTY, chat="31")
    [unit] = await town.says("40", "/viec")
    assert "1. 709/UBND-XDCB, khoản 2" in unit.text
    assert "giao <số> <họ tên>" in unit.text
    [given] = await town.says("40", "giao 1 Vũ Thị Bình")
    assert "đã giao Vũ Thị Bình phụ trách" in given.text
    told = await town.deliver(EventKind.ASSIGNED)
    assert [one.chat_id for one in told] == ["31", "30"]
    [again] = await town.says("40", "/viec")
    assert "Vũ Thị Bình:\n1. 709/UBND-XDCB, khoản 2" in again.text  # the number stays
    [part] = await town.says("40", "giao 1 Trần Đầu Mối: tổng hợp số liệu 25/11")
    assert "phần việc “tổng hợp số liệu”" in part.text
    [back] = await town.says("40", "bàn giao 1 Trần Đầu Mối")
    assert "đã giao Trần Đầu Mối phụ trách" in back.text
    [other] = await town.says("40", "xong 1")
    assert other.text.startswith("1. 709/UBND-XDCB, khoản 2: đã ghi nhận báo cáo"), "a head reports for the unit"
    [bare] = await town.says("40", "1")
    assert "1" in bare.text


async def test_one_reminder_names_all_that_a_person_owes_of_a_letter(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="3")
    third = town.assignment(folk.letter, folk.department, folk.owner, clause="4")
    await town.says("20", "/dondoc")
    await town.says("30", "xong 1")  # what is done meanwhile is not asked for
    [told] = await town.deliver(EventKind.URGED)
    assert "2 nhiệm vụ của 709/UBND-XDCB" in told.text
    assert "khoản 2" not in told.text
    assert "2. 709/UBND-XDCB, khoản 3" in told.text
    assert f"done:{third}" in told.data


async def test_who_stands_in_for_units_without_anybody_hears_that_they_were_not_reached(folk: Folk) -> None:
    nobody = folk.town.unit("P9", "Phường Không Người", parent=folk.province, kind="phường")
    folk.town.assignment(folk.letter, nobody, None, clause="9")
    [said] = await folk.town.says("20", "/dondoc")
    assert "1 đơn vị chưa có người kết nối" in said.text


async def test_a_settled_dispute_says_who_does_it_now(folk: Folk) -> None:
    town = folk.town
    town.unit("STC", "Sở Tài chính", parent=folk.province)
    await town.says("30", "không thuộc 1 việc của Sở Tài chính")
    [asked] = await town.deliver(EventKind.DISPUTED)
    await town.says("10", "giao 1 Sở Tài chính")
    assert asked.text == "709/UBND-XDCB, khoản 2: đã xem lại thẩm quyền, do Sở Tài chính thực hiện."
