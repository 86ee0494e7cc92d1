"""An admin puts a letter right by numbered text, as on Zalo, and by buttons: what is typed wrongly loses nothing."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.assignments import Assignment
from models.opening import open_periods
from models.talk import Dialogue
from tests.bot.conftest import Folk
from tests.bot.desk import LETTER, Desk
from tests.bot.letters import WHOLE


async def test_words_that_are_no_choice_leave_the_choices_as_they_were(desk: Desk) -> None:
    await desk.says(LETTER)
    for wrong in ("số mấy nhỉ", "7 8", "đủ", "nhầm đơn vị"):
        asked = await desk.says(wrong)
        assert asked.startswith("Chưa rõ lựa chọn")
        assert "1. Tạo tất cả" in asked
    assert "chọn từ 1 đến 4" in await desk.says("9")
    assert "muốn sửa nhiệm vụ nào" in await desk.says("số 2 ạ")
    assert "Nhiệm vụ 3, khoản 3" in await desk.says("3.")


@pytest.mark.parametrize("words", ["sửa 2", "Sua nhiem vu 2", "nhiệm vụ 2"])
async def test_a_task_is_opened_by_its_number_on_the_screen(desk: Desk, words: str) -> None:
    assert "Nhiệm vụ 2, khoản 2:" in await desk.says(LETTER, words)
    assert "Không có nhiệm vụ này" in await desk.says("sửa 9")
    assert desk.made() == []


async def test_a_choice_may_be_named_instead_of_numbered(desk: Desk) -> None:
    assert "Đầu mối" in await desk.says(LETTER, "sua phan dau")
    assert "Đã tạo" in await desk.says("quay lại", "tạo tất cả")
    assert "đã huỷ nạp" in await desk.says("huỷ nạp")
    assert "đã huỷ văn bản" in (await desk.says(WHOLE.replace("812", "813"), "Huỷ")).casefold()


async def test_the_same_number_sent_twice_does_not_take_back_what_the_first_created(desk: Desk) -> None:
    await desk.says(LETTER, "1")
    assert "đã huỷ nạp" not in await desk.says("1")
    assert len(desk.made()) == 4


async def test_a_unit_that_is_only_nearly_named_can_be_chosen_or_named_again(desk: Desk) -> None:
    asked = await desk.says(LETTER, "sửa 2", "chủ trì", "Sở Nông nghiệp Môi trườg")
    assert "1. Sở Nông nghiệp và Môi trường" in asked
    assert "2) khoản 2: Sở Nội vụ" in await desk.says("Sở Nội vụ")
    chosen = await desk.says("sửa 2", "2", "Sở Nông nghiệp Môi trườg", "1")
    assert "2) khoản 2: Sở Nông nghiệp và Môi trường" in chosen


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("trước ngày 20/12/2026", "hạn 19/12/2026"),
        ("20/12/2026", "hạn 20/12/2026"),
        ("17h 20/12", "hạn 17:00 20/12/2026"),
        ("truoc ngay 25 hang thang", "kỳ này 24/11/2026"),
        ("25 hằng tháng", "kỳ này 25/11/2026"),
        ("quý IV/2026", "hạn 31/12/2026"),
        ("10 ngày kể từ ngày ký", "hạn 30/11/2026"),
        ("không", "2) khoản 2: Sở Tài chính – không có thời hạn"),
    ],
)
async def test_a_deadline_is_taken_in_a_letters_words(desk: Desk, typed: str, shown: str) -> None:
    unclear = await desk.says(LETTER, "sửa 2", "1", "bao giờ cũng được")
    assert "Chưa rõ ngày" in unclear
    screen = await desk.says(typed)
    assert "Đã sửa nhiệm vụ 2." in screen
    assert shown in screen


async def test_a_period_that_was_replaced_by_a_day_can_be_had_back(desk: Desk) -> None:
    before = await desk.says(LETTER)
    wrong = await desk.says("sửa 4", "1", "20/12/2026")
    assert "4) khoản 3 (ý 2): Sở Y tế – hạn 20/12/2026" in wrong
    again = await desk.says("hoàn tác")
    assert again.replace("Đã hoàn tác lần sửa vừa rồi.\n", "") == before


async def test_a_task_dropped_by_mistake_comes_back_with_what_was_chosen_for_it(desk: Desk) -> None:
    await desk.says(LETTER, "sửa 2", "chủ trì", "Sở Nội vụ")
    gone = await desk.says("sửa 2", "bỏ nhiệm vụ")
    assert "Đã bỏ nhiệm vụ 2 (khoản 2: Giao Sở Tài chính" in gone
    assert "3 nhiệm vụ" in gone
    assert "2) khoản 2: Sở Nội vụ" in await desk.says("hoàn tác lần sửa")
    await desk.says("tạo tất cả")
    assert [task.clause for task in desk.made()] == ["1", "2", "3#1", "3#2"]


async def test_a_clause_of_one_sentence_is_split_where_the_admin_says(desk: Desk) -> None:
    asked = await desk.says(LETTER, "sửa 2", "tách")
    assert "mỗi ý một dòng" in asked
    assert "bố trí kinh phí mua vắc xin" in asked
    assert "Chưa rõ chỗ tách" in await desk.says("Sở Tài chính bố trí kinh phí")
    parts = await desk.says("- Sở Tài chính bố trí kinh phí\n- mua vắc xin trong tháng 12/2026")
    assert "Đã tách thành 2 nhiệm vụ (2–3)" in parts
    assert "Đã gộp nhiệm vụ 3 vào nhiệm vụ 2" in await desk.says("sửa 3", "gộp với nhiệm vụ trước")
    await desk.says("1")
    assert desk.made()[1].text == "Sở Tài chính bố trí kinh phí; mua vắc xin trong tháng 12/2026"
    assert desk.made()[1].due_on == date(2026, 12, 31)


async def test_a_letter_cancelled_by_a_slip_is_opened_again_as_corrected(desk: Desk) -> None:
    await desk.says(LETTER, "sửa 2", "1", "20/12/2026")
    assert "Đã huỷ văn bản đang nạp." in await desk.says("5")
    again = await desk.says("mở lại")
    assert "2) khoản 2: Sở Tài chính – hạn 20/12/2026" in again
    await desk.says("1")
    assert len(desk.made()) == 4


async def test_what_one_message_added_goes_at_one_press(desk: Desk) -> None:
    before = await desk.says(LETTER)
    both = "Sở Nội vụ rà soát hồ sơ trước ngày 10/12/2026; Sở Tài chính bố trí vốn trước ngày 12/12/2026"
    assert "6 nhiệm vụ" in await desk.says("sửa một nhiệm vụ", "thêm nhiệm vụ", both)
    again = await desk.says("hoàn tác")
    assert again.replace("Đã hoàn tác lần sửa vừa rồi.\n", "") == before


async def test_an_answer_that_comes_too_late_finds_the_letter_again(desk: Desk) -> None:
    await desk.says(LETTER)
    with desk.town.db.transaction() as session:
        for asked in session.exec(select(Dialogue)):
            asked.expires_at = asked.asked_at
            session.add(asked)
    late = await desk.says("1")
    assert "hết thời gian chờ" in late
    assert "1. 812/UBND-VX – tăng cường công tác tiêm chủng" in late
    assert desk.made() == []
    assert "4 nhiệm vụ" in await desk.says("1")


async def test_leaving_a_question_leads_back_to_the_task(desk: Desk) -> None:
    asked = await desk.says(LETTER, "sửa 2", "1")
    assert "trả lời “thôi”" in asked
    for leaving in ("thôi", "/huy"):
        page = await desk.says(leaving)
        assert page.startswith("Nhiệm vụ 2, khoản 2:")
        await desk.says("1")
    assert "Sở Tài chính" in page


async def test_the_tasks_of_a_loaded_letter_have_one_number_each(desk: Desk) -> None:
    await desk.says(LETTER, "1")
    listed = await desk.says("/sua 812")
    assert "4. khoản 3 (ý 2): báo cáo" in listed
    assert "812/UBND-VX, khoản 2" in await desk.says("khoản 2")
    assert "khoản 3 (ý 2)" in await desk.says("/sua 812", "4")
    due = await desk.says("1", "ngày kia")
    assert "Thời hạn: 25/11/2026" in due


async def test_a_periodic_task_given_one_day_opens_no_further_period(desk: Desk) -> None:
    await desk.says(LETTER, "1")
    assert "đã sửa" in await desk.says("/sua 812", "4", "1", "25/12/2026")
    made = desk.made()[3]
    assert (made.rrule, made.next_opening_at) == (None, None)
    with desk.town.db.transaction() as session:
        open_periods(session, desk.town.now + timedelta(days=40))
        theirs = session.exec(select(Assignment).where(Assignment.task_id == made.id)).all()
    assert len(theirs) == 1


async def test_a_list_of_letters_is_numbered_once(desk: Desk) -> None:
    await desk.says(LETTER.replace("Số: 812/UBND-VX", "Số:      /UBND-VX"), "1")
    listed = await desk.says("/vanban")
    assert listed.count("/UBND-VX") == 1
    assert "1. (chưa có số)/UBND-VX – tăng cường công tác tiêm chủng" in listed
    assert "(chưa có số)/UBND-VX ngày 20/11/2026" in await desk.says("1")


async def test_taking_back_is_offered_only_while_it_is_possible(desk: Desk) -> None:
    await desk.says(LETTER, "1")
    assert "Huỷ nạp" in await desk.says("/vanban 812")
    [mine] = await desk.town.says("30", "viec")
    n = next(line.partition(".")[0] for line in mine.text.split("\n") if "812/UBND-VX, khoản 1" in line)
    await desk.town.says("30", f"danhan {n}")
    assert "Huỷ nạp" not in await desk.says("/vanban 812")


async def test_a_press_ends_the_question_before_it(folk: Folk, desk: Desk) -> None:
    """Else the day typed later would go to whichever task has that place by then."""
    town = desk.town
    [screen] = await town.says("10", LETTER)
    draft = screen.data[0].split(":")[1]
    await town.presses(screen, f"d:{draft}:t:1")
    await town.presses(screen, "Thời hạn")
    await town.presses(screen, f"d:{draft}:t:0")
    await town.presses(screen, "Bỏ nhiệm vụ")
    await town.says("10", "25/12/2026")
    await town.presses(screen, f"d:{draft}:fix:0")
    assert "1) khoản 2: Giao Sở Tài chính" in screen.text
    await town.presses(screen, f"d:{draft}:p:0")
    assert "hạn 25/12/2026" not in screen.text


async def test_the_list_to_choose_from_says_which_task_is_which(desk: Desk) -> None:
    [screen] = await desk.town.says("10", LETTER)
    await desk.town.presses(screen, "Sửa một nhiệm vụ")
    assert "4) khoản 3 (ý 2): báo cáo UBND tỉnh" in screen.text


LONG = LETTER.replace(
    "3. Sở Y tế tổng hợp",
    "".join(
        f"{n}. Sở Nội vụ triển khai nội dung thứ {n} của kế hoạch mẫu, hoàn thành trước ngày {n:02d}/12/2026.\n\n"
        for n in range(3, 29)
    )
    + "29. Sở Y tế tổng hợp",
)


async def test_a_letter_that_zalo_cuts_into_messages_is_one_letter(desk: Desk) -> None:
    """Two thousand characters to a message there: every letter of two pages comes in parts, asked for or not."""
    parts, rest = list[str](), LONG
    while len(rest) > 2000:
        at = rest.rindex("\n", 0, 2000)
        parts, rest = [*parts, rest[:at]], rest[at:].strip()
    assert len(parts) >= 1
    for n, part in enumerate(parts, 1):
        assert f"Đã nhận {n} phần" in await desk.says(part)
    screen = await desk.says(rest)
    assert "Văn bản 812/UBND-VX" in screen
    assert "30 nhiệm vụ" in screen
    assert "hạn 19/12/2026" in await desk.says("sửa 20")


async def test_a_letter_without_number_subject_and_issuer_is_still_called_something(desk: Desk) -> None:
    body = LETTER[LETTER.index("1. Giao") :].replace("Giao ", "")
    created = await desk.says(body, "đủ", "tạo tất cả")
    assert "nhiệm vụ" in created
    assert "“”" not in created


async def test_joining_tasks_of_two_deadlines_says_which_one_stays(desk: Desk) -> None:
    joined = await desk.says(LETTER, "sửa 2", "gộp với nhiệm vụ trước")
    assert "giữ hạn 14/12/2026 “trước ngày 15/12/2026”, không còn hạn 31/12/2026" in joined
    assert "khác thời hạn" not in await desk.says("hoàn tác", "sửa 4", "gộp với nhiệm vụ trước")


async def test_a_day_alone_is_no_task(desk: Desk) -> None:
    await desk.says(LETTER, "sửa một nhiệm vụ", "thêm nhiệm vụ")
    assert "Chưa rõ việc phải làm" in await desk.says("trước ngày 28/12/2026")
    assert "Nhiệm vụ 5" in await desk.says("Sở Y tế báo cáo kết quả trước ngày 28/12/2026")
