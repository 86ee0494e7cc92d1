"""A letter beside those already loaded and beside other admins: nothing is withdrawn or loaded twice unsaid."""

import pytest

from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.letters import WHOLE
from tests.bot.town import Said


@pytest.fixture
def office(folk: Folk) -> Folk:
    finance = folk.town.unit("STC", "Sở Tài chính", parent=folk.province)
    folk.town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    folk.town.person("Hồ Quản Trị", folk.province, Role.ADMIN, chat="11")
    return folk


async def shown(folk: Folk, text: str = WHOLE, chat: str = "10") -> Said:
    [screen] = await folk.town.says(chat, text)
    return screen


async def test_an_amendments_screen_says_what_stays_changes_and_goes(office: Folk) -> None:
    await office.town.presses(await shown(office), "Tạo tất cả")
    changed = WHOLE.replace("ngày 15/12/2026", "ngày 18/12/2026")
    first = await shown(office, changed)
    assert "So với bản đã nạp: giữ nguyên 1 nhiệm vụ. Thay đổi: khoản 1." in first.text
    assert "người nạp: Nguyễn Quản Trị" in first.text
    start, end = WHOLE.index("2. Giao Sở Tài chính"), WHOLE.index("Yêu cầu các đơn vị")
    second = await shown(
        office, WHOLE[:start] + "3. Sở Y tế báo cáo UBND tỉnh trước ngày 20/12/2026.\n\n" + WHOLE[end:]
    )
    assert "Thêm: khoản 3. Thu hồi: khoản 2." in second.text
    assert "Thay đổi:" not in second.text


async def test_the_second_of_two_admins_is_told_that_the_first_has_the_letter(office: Folk) -> None:
    mine = await shown(office)
    assert "cũng đang nạp" not in mine.text
    theirs = await shown(office, WHOLE.replace("tiêm chủng", "tiêm phòng"), "11")
    assert "Nguyễn Quản Trị cũng đang nạp văn bản này." in theirs.text
    await office.town.presses(mine, "Tạo tất cả")
    [again] = await office.town.says("11", "", kind="button", button_data=theirs.data[0].replace(":ok", ":p:0"))
    assert "cũng đang nạp" not in again.text
    assert "người nạp: Nguyễn Quản Trị" in again.text


@pytest.mark.parametrize("number", ["        /UBND-VX", "872/UBND-VX"])
async def test_a_copy_whose_number_is_blank_or_misread_is_not_loaded_again_unsaid(office: Folk, number: str) -> None:
    await office.town.presses(await shown(office), "Tạo tất cả")
    copy = await shown(office, WHOLE.replace("812/UBND-VX", number))
    assert "cùng nội dung với 812/UBND-VX" in copy.text
    another = WHOLE.replace("812/UBND-VX", number).replace("15/12/2026", "16/12/2026")
    assert "cùng nội dung" not in (await shown(office, another)).text


async def test_taking_a_load_back_says_whether_anybody_had_heard_of_it(office: Folk) -> None:
    town = office.town
    screen = await shown(office)
    await town.presses(screen, "Tạo tất cả")
    await town.presses(screen, "Huỷ nạp")
    assert "chưa gửi tin cho ai" in screen.text
    urgent = await shown(office, WHOLE.replace("Số: 812/UBND-VX", "HỎA TỐC\nSố: 812/UBND-VX"))
    await town.presses(urgent, "Tạo tất cả")
    from scheduler.tick import tick

    with town.db.transaction() as session:
        tick(session, town.now)
    await town.deliver()
    await town.presses(urgent, "Huỷ nạp")
    assert "2 người đã được giao sẽ được báo" in urgent.text


@pytest.mark.parametrize(
    "heading", ["ngày 20 tháng 11 năm 2026", "ngày    tháng 11 năm 2026", "ngày    tháng     năm 2026"]
)
async def test_days_counted_from_the_signing_move_with_the_day_of_issue(office: Folk, heading: str) -> None:
    town = office.town
    text = WHOLE.replace("ngày 20 tháng 11 năm 2026", heading)
    text = text.replace("trước ngày 15/12/2026", "trong vòng 10 ngày kể từ ngày ký văn bản này")
    screen = await shown(office, text)
    draft = screen.data[0].split(":")[1]
    await town.presses(screen, f"d:{draft}:date")
    [late] = await town.says("10", "22/11/2062")
    assert "chưa đến" in late.text
    [fixed] = await town.says("10", "22/11/2026")
    assert "1) khoản 1: Sở Y tế, phối hợp 1 – hạn 02/12/2026" in fixed.text
    assert "chưa rõ ngày bắt đầu" not in fixed.text
