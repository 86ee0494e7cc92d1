"""Matters handed to another within a clause, papers behind those they are laid before, "Ông (bà)", "Mời": invented."""

from __future__ import annotations

import pytest

from tests.letters.test_openings import letter


@pytest.mark.parametrize(
    "handed",
    [
        "việc hỗ trợ khách lưu lại giao UBND xã Mẫu chủ động thực hiện",
        "riêng phần việc tại bến tàu do UBND xã Mẫu chịu trách nhiệm thực hiện",
        "phần tháo dỡ lều quán giao cho UBND xã Mẫu chủ trì giải quyết",
    ],
)
@pytest.mark.parametrize("lead", ["Sở Du lịch thông báo", "Sở Du lịch:\n\nThông báo"])
def test_a_matter_handed_on_behind_a_semicolon_is_a_task_of_the_other(handed: str, lead: str) -> None:
    reading = letter(
        f"1. {lead} tới các cơ sở lưu trú; đưa khách ra khỏi đảo; {handed}.\n\n2. Sở Y tế rà soát cơ số thuốc.\n"
    )
    assert [task.lead for task in reading.tasks] == [("Sở Du lịch",), ("UBND xã Mẫu",), ("Sở Y tế",)]


def test_who_did_a_thing_is_told_and_nothing_is_handed_on() -> None:
    reading = letter(
        "1. Sở Du lịch chấn chỉnh các bến tàu; việc kiểm tra do UBND xã Mẫu thực hiện còn chậm.\n\n2. Sở Y tế rà soát thuốc.\n"
    )
    assert [task.lead for task in reading.tasks] == [("Sở Du lịch",), ("Sở Y tế",)]


@pytest.mark.parametrize(
    ("sends", "to"),
    [
        ("trình Chính phủ Nghị định sửa đổi Nghị định số 11/2017/NĐ-CP", "Chính phủ"),
        ("trình Quốc hội Luật sửa đổi một số điều của Luật Mẫu", "Quốc hội"),
        ("trình Thủ tướng Chính phủ Quyết định ban hành danh mục", "Thủ tướng Chính phủ"),
        ("trình UBND tỉnh Kế hoạch kiểm tra văn bản", "UBND tỉnh"),
        ("gửi Sở thẩm định", "Sở"),
        ("báo cáo Bộ hướng dẫn", "Bộ"),
        ("gửi lại Sở Nội vụ", "Sở Nội vụ"),
        ("báo cáo nhanh UBND tỉnh", "UBND tỉnh"),
    ],
)
def test_who_receives_ends_before_the_paper_and_before_what_they_do_with_it(sends: str, to: str) -> None:
    [task] = letter(f"1. Sở Tư pháp hoàn thiện hồ sơ, {sends} trước ngày 20/12/2026.\n").tasks
    assert (task.lead, task.report_to) == (("Sở Tư pháp",), to)


@pytest.mark.parametrize("address", ["Ông (bà)", "Các ông (bà)", "Các ông/bà"])
def test_an_address_with_a_bracket_does_not_end_the_name(address: str) -> None:
    [task] = letter(f"1. {address} Giám đốc các sở rà soát hồ sơ, báo cáo trước ngày 20/12/2026.\n").tasks
    assert task.lead == (f"{address} Giám đốc các sở",)


def test_all_who_are_invited_are_named() -> None:
    first, _ = letter(
        "1. Mời lãnh đạo Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh cử cán bộ tham gia.\n\n2. Sở Y tế rà soát cơ số thuốc.\n"
    ).tasks
    assert first.lead == ("lãnh đạo Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh")


def test_the_last_column_under_the_last_number_belongs_to_it() -> None:
    [task] = letter("1. Kiểm tra an toàn\n\nĐơn vị chủ trì: Sở Y tế\n\nThời gian hoàn thành: Tháng 11/2026\n").tasks
    assert (task.lead, task.deadline.phrase) == (("Sở Y tế",), "Thời gian hoàn thành: Tháng 11/2026")


@pytest.mark.parametrize("done", ["Hoàn thành 15/12/2026", "hoàn tất trong 15/12/2026", "xong 15.12.2026"])
def test_a_bare_day_behind_what_is_to_be_finished_is_its_limit(done: str) -> None:
    [task] = letter(f"1. Hoàn thiện cơ sở dữ liệu - Công an tỉnh chủ trì - {done}.\n").tasks
    assert str(task.deadline.due) == "2026-12-15"


def test_a_letter_that_ends_in_a_bare_noun_is_read() -> None:
    assert letter("1. Sở Y tế rà soát cơ số thuốc.\n\n2. Đối với các sở\n").tasks[0].lead == ("Sở Y tế",)
