"""Parts (A, B), sections that name who acts, steps, and what a manual only counts in points: invented letters."""

from __future__ import annotations

import pytest

from models.reading import Reading
from tests.letters.test_openings import letter


def clauses(reading: Reading) -> list[str]:
    return [task.clause for task in reading.tasks]


@pytest.mark.parametrize("sign", ["A. {}", "A/ {}", "Phần A. {}"])
def test_a_part_is_written_where_its_numbers_come_again_in_another(sign: str) -> None:
    first, second, third = (sign.replace("A", part, 1) for part in "ABC")
    reading = letter(
        f"{first.format('TÌNH HÌNH')}\n\n1. Hai tháng đầu năm có 12 vụ cháy.\n\n2. Tuyên truyền còn hạn chế.\n\n"
        f"{second.format('NHIỆM VỤ')}\n\n1. Sở Xây dựng kiểm tra các chung cư trước ngày 15/12/2026.\n\n"
        "2. Tuyên truyền\n\n2.1. Sở Y tế xây dựng phóng sự.\n\n2.2. Công an tỉnh tổ chức diễn tập.\n\n"
        f"{third.format('TỔ CHỨC THỰC HIỆN')}\n\n1. Sở Tài chính bố trí kinh phí.\n"
    )
    assert clauses(reading) == ["B.1", "B.2.1", "B.2.2", "C.1"]


def test_a_part_whose_sections_run_on_stays_out_of_the_label() -> None:
    reading = letter(
        "A. ĐỐI VỚI CÁC SỞ\n\nI. Sở Y tế\n\n1. Kiểm tra các bếp ăn.\n\nII. Sở Công Thương\n\n2. Kiểm tra các chợ.\n\n"
        "B. ĐỐI VỚI CẤP XÃ\n\nIII. UBND các phường\n\n3. Lập danh sách cơ sở trước ngày 30/12/2026.\n"
    )
    assert clauses(reading) == ["1", "2", "3"]
    assert reading.tasks[2].lead == ("UBND các phường",)


def test_sections_of_several_parts_carry_the_part() -> None:
    reading = letter(
        "A. ĐỢT MỘT\n\nI. SỞ Y TẾ\n\n1. Kiểm tra các bếp ăn.\n\nII. SỞ XÂY DỰNG\n\n1. Kiểm tra các bến.\n\n"
        "B. ĐỢT HAI\n\nI. SỞ Y TẾ\n\n1. Kiểm tra các trạm y tế xã.\n"
    )
    assert clauses(reading) == ["A.I.1", "A.II.1", "B.I.1"]


def test_a_section_that_names_its_actor_is_one_task_unless_a_dash_has_a_day_of_its_own() -> None:
    reading = letter(
        "I. CÔNG AN TỈNH\n\nChỉ đạo lực lượng cảnh sát giao thông tuần tra khép kín.\n\nTổ chức cho chủ tàu ký cam kết.\n\n"
        "II. SỞ XÂY DỰNG\n\n- Kiểm tra bến bãi.\n\n- Cắm biển cảnh báo.\n\n"
        "III. SỞ Y TẾ\n\n- Chuẩn bị cơ số thuốc.\n\n- Báo cáo UBND tỉnh trước ngày 20/12/2026.\n"
    )
    assert clauses(reading) == ["I", "II", "III -1", "III -2"]
    assert reading.tasks[0].lead == ("CÔNG AN TỈNH",)
    assert "ký cam kết" in reading.tasks[0].text


def test_a_section_whose_title_orders_somebody_is_one_task_too() -> None:
    reading = letter(
        "I. Giao Sở Nội vụ\n\n- Kiểm tra công vụ.\n\n- Tổng hợp kết quả.\n\n"
        "II. Giao Sở Tài chính tham mưu bố trí kinh phí.\n\n"
        "III. Đề nghị Ủy ban MTTQ Việt Nam tỉnh\n\nGiám sát việc thực hiện.\n"
    )
    assert [(task.clause, task.lead) for task in reading.tasks] == [
        ("I", ("Sở Nội vụ",)),
        ("II", ("Sở Tài chính",)),
        ("III", ("Ủy ban MTTQ Việt Nam tỉnh",)),
    ]


def test_a_step_may_say_in_brackets_when_it_is_due() -> None:
    reading = letter(
        "Bước 1 (từ ngày 01/12 đến 10/12/2026): Các trường rà soát học sinh.\n\n"
        "Bước 2 (từ ngày 11/12 đến 20/12/2026): UBND xã thẩm định.\n"
    )
    assert [(task.clause, task.lead) for task in reading.tasks] == [("1", ("Các trường",)), ("2", ("UBND xã",))]
    assert [task.deadline.due and task.deadline.due.day for task in reading.tasks] == [10, 20]


@pytest.mark.parametrize("sign", ["Bước {}: ", "Bước {}. ", "Bước 0{} - "])
def test_the_steps_of_a_procedure_are_clauses(sign: str) -> None:
    reading = letter(
        f"{sign.format(1)}Các trường rà soát học sinh, lập danh sách gửi UBND xã trước ngày 20/12/2026.\n\n"
        f"{sign.format(2)}UBND xã thẩm định, gửi Sở Giáo dục và Đào tạo trước ngày 30/12/2026.\n\n"
        f"{sign.format(3)}Sở Giáo dục và Đào tạo tổng hợp, trình UBND tỉnh.\n"
    )
    assert clauses(reading) == ["1", "2", "3"]
    assert reading.tasks[1].lead == ("UBND xã",)


def test_steps_under_a_number_are_its_parts() -> None:
    reading = letter(
        "1. Xét học bổng\n\nBước 1: Các trường lập danh sách trước ngày 20/12/2026.\n\n"
        "Bước 2: UBND xã thẩm định trước ngày 30/12/2026.\n\n2. Sở Tài chính bố trí kinh phí.\n"
    )
    assert clauses(reading) == ["1.1", "1.2", "2"]


def test_what_a_manual_counts_in_points_orders_nobody() -> None:
    reading = letter(
        "I. TIÊU CHUẨN VÀ THANG ĐIỂM\n\n1. Tổ dân phố văn hóa\n\n"
        "- Các thành viên tổ hòa giải chấp hành pháp luật: 10 điểm.\n\n"
        "- Giữ vệ sinh trước 7 giờ hằng ngày (tối đa 15 điểm);\n\n- Tham gia đầy đủ sinh hoạt cộng đồng: từ 5 đến 10 điểm.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế tổng hợp kết quả chấm điểm trước ngày 20/12/2026.\n",
        "UBND tỉnh hướng dẫn việc bình xét như sau:\n\n",
    )
    assert clauses(reading) == ["II.1"]


def test_points_of_a_table_of_marks_are_no_tasks_in_an_order_either() -> None:
    reading = letter(
        "1. Sở Nội vụ chấm điểm cải cách hành chính trước ngày 20/12/2026.\n\n"
        "2. Công an tỉnh trả kết quả đúng hạn: 10 điểm.\n"
    )
    assert clauses(reading) == ["1"]
