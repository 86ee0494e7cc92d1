"""Whom a body named above is itself to ask, and last words that only say who answers for it: invented letters."""

from __future__ import annotations

import pytest

from tests.letters.test_openings import letter
from tests.letters.test_sections import clauses


@pytest.mark.parametrize(
    "asked",
    [
        "chủ đầu tư các dự án",
        "các doanh nghiệp vận tải",
        "các cơ sở sản xuất, kinh doanh",
        "nhà thầu",
        "các hộ kinh doanh",
    ],
)
def test_a_point_under_a_body_is_its_own_to_ask_of_those_it_looks_after(asked: str) -> None:
    reading = letter(
        f"1. Sở Xây dựng:\n\n- Lập bản đồ các điểm ngập trước ngày 20/12/2026.\n\n- Yêu cầu {asked} hoàn trả mặt đường.\n\n"
        f"2. Yêu cầu {asked} báo cáo Sở Xây dựng trước ngày 25/12/2026.\n"
    )
    assert [task.lead for task in reading.tasks] == [("Sở Xây dựng",), ("Sở Xây dựng",), (asked,)]


def test_another_office_asked_under_a_body_is_a_doubt() -> None:
    reading = letter(
        "1. Ban Quản lý các khu công nghiệp:\n\na) Quan trắc nước thải trước ngày 20/12/2026.\n\n"
        "b) Đề nghị Công an tỉnh tuần tra các khu công nghiệp.\n"
    )
    assert reading.tasks[1].lead == ("Công an tỉnh",)
    assert ("tasks[1].lead", "lead_unsure") in {(d.field, d.code) for d in reading.doubts}


@pytest.mark.parametrize(
    "last",
    [
        "Yêu cầu Trưởng các phòng, đơn vị nghiêm túc thực hiện; đơn vị nào vi phạm, Trưởng đơn vị đó chịu trách nhiệm.",
        "Chánh Văn phòng UBND tỉnh, Giám đốc các sở và các tổ chức có liên quan chịu trách nhiệm thi hành Chỉ thị này.",
        "Người đứng đầu các cơ quan, địa phương chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ thực hiện.",
        "Hiệu trưởng các trường chịu hoàn toàn trách nhiệm trước Sở Giáo dục và Đào tạo nếu để xảy ra vi phạm.",
    ],
)
def test_who_answers_for_it_is_no_task_at_a_letters_end(last: str) -> None:
    reading = letter(f"1. Sở Nội vụ rà soát tổ chức bộ máy.\n\n2. Sở Tài chính bố trí kinh phí.\n\n{last}\n")
    assert clauses(reading) == ["1", "2"]
