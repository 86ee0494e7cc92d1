"""A page that was shown before the letter was corrected elsewhere never changes another task than the one it shows."""

from dataclasses import replace

import pytest

from tests.bot.desk import LETTER, Desk
from tests.bot.town import Said

BUTTONS = ("Bỏ nhiệm vụ", "Thời hạn", "Chủ trì", "Phối hợp", "Tách", "Gộp với nhiệm vụ trước")


async def on_telegram(desk: Desk, n: int) -> Said:
    """The page of the n-th task, as it stays on a phone while the letter is corrected on another device."""
    [screen] = await desk.town.says("10", LETTER)
    await desk.town.presses(screen, "Sửa một nhiệm vụ")
    await desk.town.presses(screen, str(n))
    return screen


async def elsewhere(desk: Desk, *lines: str) -> None:
    """The same letter taken up on Zalo."""
    await desk.says("/nap", "1", *lines)


def tasks(text: str) -> list[str]:
    """The line of each task, without the mark of a doubt."""
    lines = [line.removeprefix("? ") for line in text.split("\n")]
    return [line for line in lines if line[:1].isdigit() and ") khoản" in line]


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_task_that_moved_is_shown_where_it_stands_and_not_touched(desk: Desk, button: str) -> None:
    page = await on_telegram(desk, 3)
    assert page.text.startswith("Nhiệm vụ 3, khoản 3 (ý 1):")
    await elsewhere(desk, "sửa 1", "bỏ nhiệm vụ")
    before = tasks(await desk.says("/nap", "1"))
    await desk.town.presses(page, button)
    assert "chưa thay đổi gì. Nhiệm vụ ấy nay là nhiệm vụ 2:" in page.text
    assert "Nhiệm vụ 2, khoản 3 (ý 1):" in page.text
    assert tasks(await desk.says("/nap", "1")) == before
    await desk.town.presses(page, "Bỏ nhiệm vụ")  # the page is of now: its buttons act
    assert "Đã bỏ nhiệm vụ 2 (khoản 3 (ý 1): Sở Y tế tổng hợp" in page.text


@pytest.mark.parametrize("button", BUTTONS)
async def test_a_task_that_is_no_more_is_said_to_be_changed(desk: Desk, button: str) -> None:
    page = await on_telegram(desk, 3)
    await elsewhere(desk, "sửa 3", "tách", "Sở Y tế tổng hợp số liệu\nSở Y tế lập danh sách")
    before = tasks(await desk.says("/nap", "1"))
    assert len(before) == 5
    await desk.town.presses(page, button)
    assert page.text.startswith("Văn bản đã được sửa sau khi trang kia hiện ra")
    assert tasks(page.text) == before
    assert tasks(await desk.says("/nap", "1")) == before


async def test_a_list_of_tasks_opens_no_other_than_it_names(desk: Desk) -> None:
    [screen] = await desk.town.says("10", LETTER)
    await desk.town.presses(screen, "Sửa một nhiệm vụ")
    await elsewhere(desk, "sửa 1", "bỏ nhiệm vụ")
    await desk.town.presses(screen, "2")
    assert "nay là nhiệm vụ 1:" in screen.text
    assert "khoản 2:" in screen.text


async def test_a_day_typed_for_a_task_that_moved_meanwhile_goes_to_none(desk: Desk) -> None:
    page = await on_telegram(desk, 2)
    await desk.town.presses(page, "Thời hạn")
    await elsewhere(desk, "sửa 1", "bỏ nhiệm vụ")
    before = tasks(await desk.says("/nap", "1"))
    [told] = await desk.town.says("10", "25/12/2026")
    assert "nay là nhiệm vụ 1:" in told.text
    assert "25/12/2026" not in told.text
    assert tasks(await desk.says("/nap", "1")) == before


async def test_a_deadline_corrected_elsewhere_leaves_the_page_in_use(desk: Desk) -> None:
    page = await on_telegram(desk, 2)
    await elsewhere(desk, "sửa 2", "thời hạn", "20/12/2026")
    await desk.town.presses(page, "Bỏ nhiệm vụ")
    assert "Đã bỏ nhiệm vụ 2 (khoản 2:" in page.text


async def test_taking_back_takes_back_only_what_it_was_offered_for(desk: Desk) -> None:
    page = await on_telegram(desk, 1)
    await desk.town.presses(page, "Bỏ nhiệm vụ")
    await elsewhere(desk, "sửa 1", "chủ trì", "Sở Nội vụ")
    await desk.town.presses(page, "Hoàn tác lần sửa")
    assert "chưa thay đổi gì" in page.text
    assert "1) khoản 2: Sở Nội vụ" in page.text
    await desk.town.presses(page, "Hoàn tác lần sửa")
    assert "1) khoản 2: Sở Tài chính" in page.text


async def test_a_button_without_mark_changes_nothing(desk: Desk) -> None:
    [screen] = await desk.town.says("10", LETTER)
    draft = screen.data[0].split(":")[1]
    old = replace(screen)
    await desk.town.presses(old, f"d:{draft}:drop:0")
    assert "chưa thay đổi gì" in screen.text
    assert len(tasks(screen.text)) == 4


MANY = LETTER.replace(
    "3. Sở Y tế tổng hợp",
    "".join(
        f"{n}. Sở Nội vụ triển khai nội dung thứ {n} của kế hoạch mẫu tại các phòng, trung tâm trực thuộc, bảo đảm đúng "
        f"quy định hiện hành và phù hợp tình hình thực tế, hoàn thành trước ngày {n % 27 + 1:02d}/12/2026.\n\n"
        for n in range(3, 60)
    )
    + "60. Sở Y tế tổng hợp",
)


async def test_back_leads_to_the_page_where_the_task_stands(desk: Desk) -> None:
    [screen, *_] = await desk.town.says("10", MANY)
    await desk.town.presses(screen, "Trang sau")
    second = screen.text
    assert "Trang 2/" in second
    shown = tasks(second)
    n = int(shown[-1].partition(")")[0])
    assert n > 24
    await desk.town.presses(screen, f"d:{screen.data[0].split(':')[1]}:t:{n - 1}")
    assert f"Nhiệm vụ {n}, khoản {n}:" in screen.text
    await desk.town.presses(screen, "Quay lại")
    assert screen.text == second


async def test_the_list_to_choose_from_begins_where_the_page_stands_and_turns_both_ways(desk: Desk) -> None:
    [screen, *_] = await desk.town.says("10", MANY)
    for _ in range(9):
        if "Trang sau" in str(screen.message.buttons):
            await desk.town.presses(screen, "Trang sau")
    last = screen.text
    first = int(tasks(last)[0].partition(")")[0])
    await desk.town.presses(screen, "Sửa một nhiệm vụ")
    begins = (first - 1) // 24 * 24 + 1
    assert f"\n{begins}) khoản {begins}:" in screen.text
    await desk.town.presses(screen, "Trang trước")
    assert f"\n{begins - 24}) khoản {begins - 24}:" in screen.text
    await desk.town.presses(screen, "Trang sau")
    assert f"\n{begins}) khoản {begins}:" in screen.text
