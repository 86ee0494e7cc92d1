"""Signs of clauses that a line's end or a word processor's font took away: invented letters."""

from __future__ import annotations

import pytest

from letters import read
from tests.letters.test_openings import letter
from tests.letters.test_sections import clauses


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_number_alone_on_its_line_begins_the_clause_below_it(gap: str) -> None:
    reading = letter(
        f"1.{gap}Sở Nội vụ rà soát tổ chức bộ máy, báo cáo UBND tỉnh trước ngày 15/12/2026.\n\n"
        f"2.{gap}UBND các xã, phường\n\na){gap}Kiện toàn Ban Chỉ đạo cấp xã.\n\n"
        f"b){gap}Báo cáo kết quả về Sở Nội vụ trước ngày 30/12/2026.\n"
    )
    assert clauses(reading) == ["1", "2.a", "2.b"]
    assert [task.lead for task in reading.tasks] == [("Sở Nội vụ",), *[("UBND các xã, phường",)] * 2]


def test_numbers_alone_do_not_make_the_addressees_below_them_running_headers() -> None:
    clauses_below = "\n\n".join(f"{i}. Sở {name} rà soát phương án." for i, name in enumerate(["Y tế", "Nội vụ"], 1))
    text = (
        "UBND TỈNH A\nSố: 12/UBND-TH\nA, ngày 02 tháng 11 năm 2026\n\nKính gửi:\n- Sở Y tế; Sở Nội vụ;\n- UBND các xã, phường;\n"
        "- Công ty Cấp nước.\n\nUBND tỉnh yêu cầu thực hiện các nội dung sau:\n\n" + clauses_below + "\n\n"
        "3.\nUBND các xã, phường:\n\n- Dọn vệ sinh đường làng.\n\n- Báo cáo Sở Y tế trước ngày 15/12/2026.\n"
    )
    reading = read(text)
    assert reading.recipients[1] == "UBND các xã, phường"
    assert reading.tasks[-1].lead == ("UBND các xã, phường",)


def test_a_page_number_between_two_clauses_is_no_clause() -> None:
    reading = letter("1. Sở Y tế rà soát phương án.\n\n2\n\n2. Sở Nội vụ thẩm định\n\n3\n\nphương án của các huyện.\n")
    assert clauses(reading) == ["1", "2"]


@pytest.mark.parametrize("sign", ["➢", "✓", "■", "►", "◦", "‑", "\uf0b7", "\uf02d", "o"])
def test_any_bullet_of_a_word_processor_begins_a_point(sign: str) -> None:
    reading = letter(
        f"1. Sở Y tế:\n{sign} Chỉ đạo các bệnh viện trực 24/24 giờ.\n{sign} Báo cáo Bộ Y tế trước ngày 05/12/2026.\n"
        "2. Sở Công Thương kiểm tra thị trường.\n"
    )
    assert clauses(reading) == ["1 -1", "1 -2", "2"]
    assert reading.tasks[1].text == "Báo cáo Bộ Y tế trước ngày 05/12/2026."


def test_numbers_below_the_head_of_a_table_count_its_rows() -> None:
    cells = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]
    rows = [
        f"{i}.\n{task}\nSở Y tế\nSở Tài chính\nTháng {i + 3}/2027"
        for i, task in enumerate(["Lập kế hoạch", "Kiểm tra"], 1)
    ]
    reading = letter("1. Sở Nội vụ tổng hợp kết quả.\n\nNhiệm vụ theo bảng sau:\n\n" + "\n".join(cells + rows) + "\n")
    assert [task.lead for task in reading.tasks] == [("Sở Nội vụ",), ("Sở Y tế",), ("Sở Y tế",)]
