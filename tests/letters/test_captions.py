"""Titles without a number over points or plain words, signs of many shapes, parts that share a clause: invented letters."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading
from tests.letters.test_openings import letter
from tests.letters.test_sections import clauses

OPENING = "UBND tỉnh có ý kiến chỉ đạo như sau:\n\n"
HEALTH, MONEY = ("Sở Y tế",), ("Sở Tài chính",)


def leads(reading: Reading) -> list[tuple[str, ...]]:
    return [task.lead for task in reading.tasks]


@pytest.mark.parametrize("title", ["{}:", "Đối với {}:", "Giao {}:", "{}"])
def test_a_title_without_a_number_names_who_acts_in_the_points_below(title: str) -> None:
    reading = letter(
        f"{title.format('Sở Y tế')}\n\n- Kiểm tra các bếp ăn.\n\n- Báo cáo UBND tỉnh trước ngày 15/12/2026.\n\n"
        f"{title.format('Sở Tài chính')}\n\n- Bố trí kinh phí.\n\n- Thẩm định dự toán trước ngày 30/12/2026.\n",
        OPENING,
    )
    assert clauses(reading) == ["-1", "-2", "-3", "-4"]
    assert leads(reading) == [HEALTH, HEALTH, MONEY, MONEY]


def test_numbers_that_begin_anew_under_each_title_carry_it() -> None:
    reading = letter(
        "Sở Y tế\n\n1. Kiểm tra các bếp ăn.\n\n2. Báo cáo trước ngày 15/12/2026.\n\nSở Tài chính\n\n1. Bố trí kinh phí.\n\n"
        "2. Thẩm định dự toán.\n",
        OPENING,
    )
    assert clauses(reading) == ["p1.1", "p1.2", "p2.1", "p2.2"]
    assert leads(reading) == [HEALTH, HEALTH, MONEY, MONEY]


def test_titles_over_plain_words_name_who_acts_in_them() -> None:
    reading = letter(
        "Sở Y tế:\n\nKiểm tra các bếp ăn; báo cáo UBND tỉnh trước ngày 15/12/2026.\n\nSở Tài chính:\n\nBố trí kinh phí.\n",
        OPENING,
    )
    assert leads(reading) == [HEALTH, MONEY]


def test_words_behind_a_body_and_a_colon_outside_the_clauses_are_its_task_in_doubt() -> None:
    reading = letter("1. Sở Y tế kiểm tra các bếp ăn.\n\nCông an tỉnh: Bảo đảm an ninh, trật tự.\n")
    assert reading.tasks[-1].lead == ("Công an tỉnh",)
    assert ("tasks[1]", "order_unsure") in {(d.field, d.code) for d in reading.doubts}


def test_parts_that_each_name_another_body_are_tasks_of_their_own() -> None:
    reading = letter(
        "1. Các sở, ngành: Y tế, Công Thương:\n\n- Sở Y tế: kiểm tra bệnh viện.\n\n- Sở Công Thương: kiểm tra các chợ.\n\n"
        "2. Sở Tài chính bố trí kinh phí.\n"
    )
    assert leads(reading) == [HEALTH, ("Sở Công Thương",), MONEY]


@pytest.mark.parametrize(("first", "second"), [("a- ", "b- "), ("2a. ", "2b. "), ("2.1/ ", "2.2/ ")])
def test_signs_of_points_in_other_shapes(first: str, second: str) -> None:
    reading = letter(
        f"1. Sở Y tế kiểm tra các bếp ăn.\n\n2. Sở Tài chính:\n\n{first}Bố trí kinh phí;\n\n"
        f"{second}Thẩm định dự toán trước ngày 30/12/2026.\n"
    )
    assert [task.text for task in reading.tasks[1:]] == ["Bố trí kinh phí;", "Thẩm định dự toán trước ngày 30/12/2026."]


def test_what_the_one_in_brackets_is_to_do() -> None:
    reading = letter(
        "1. Cấm biển từ chiều nay (Bộ Chỉ huy Quân sự tỉnh thông báo và giám sát thực hiện).\n\n2. Sở Y tế trực.\n"
    )
    assert reading.tasks[0].lead == ("Bộ Chỉ huy Quân sự tỉnh",)
    assert ("tasks[0].lead", "lead_unsure") in {(d.field, d.code) for d in reading.doubts}


def test_a_part_about_how_things_are_orders_only_whom_it_names() -> None:
    reading = letter(
        "I. VỀ TÌNH HÌNH CHUNG\n\n1. Công tác cải cách, chuyển đổi số được quan tâm, chỉ số tăng 6 bậc.\n\n"
        "2. Tuy nhiên, giải ngân còn chậm; cần phân tích kỹ nguyên nhân.\n\n3. Sở Y tế giải trình việc chậm giải ngân.\n\n"
        "II. VỀ NHIỆM VỤ\n\n1. Sở Tài chính đôn đốc các chủ đầu tư.\n"
    )
    assert leads(reading) == [HEALTH, MONEY]


@pytest.mark.parametrize(
    "name",
    ["CHỦ TỊCH ỦY BAN\nNHÂN DÂN\nTỈNH MẪU", "CHỦ TỊCH ỦY\nBAN NHÂN DÂN\nTỈNH MẪU", "THỦ TƯỚNG\nCHÍNH PHỦ"],
)
def test_who_speaks_where_the_letterhead_breaks_the_name(name: str) -> None:
    text = (
        f"{name}\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 27/CĐ-UBND\n"
        "Mẫu, ngày 26 tháng 9 năm 2026\n\nCÔNG ĐIỆN\nVề việc ứng phó bão\n\n1. Sở Y tế trực cấp cứu.\n"
    )
    assert read(text).issuer == " ".join(name.split())
