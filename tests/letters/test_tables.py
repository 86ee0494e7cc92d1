"""The table of a plan, as one row or one cell a line, and what stands under it. All of it is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from letters import read
from models.reading import Reading

HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 18/KH-UBND
Mẫu, ngày 21 tháng 01 năm 2026

KẾ HOẠCH
Cải cách hành chính năm 2026

UBND tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
1. Nâng cao chất lượng phục vụ.
II. NHIỆM VỤ
"""
BELOW = """III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ đôn đốc, báo cáo UBND tỉnh trước ngày 15/12/2026.
2. Các sở, ban, ngành báo cáo gửi Sở Nội vụ trước ngày 15 của tháng cuối quý.

Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


def cells(*rows: str) -> str:
    """One cell a line; empty cells leave none."""
    return "\n".join(cell for row in rows for cell in row.split(" | ") if cell.strip()) + "\n"


def tabs(*rows: str) -> str:
    return "\n".join(row.replace(" | ", "\t") for row in rows) + "\n"


def rows(table: str) -> tuple[Reading, list[tuple[str, str, str, str]]]:
    """The letter, and its tasks that stand in the table: number, lead, partners, last day."""
    reading = read(HEAD + table + BELOW)
    below = [t for t in reading.tasks if t.clause.startswith("III.")]
    assert [(str(t.deadline.due), t.deadline.kind) for t in below] == [("2026-12-14", "date"), ("None", "recurring")]
    inside = [t for t in reading.tasks if t not in below]
    return reading, [(t.clause, ";".join(t.lead), ";".join(t.coordinate), str(t.deadline.due)) for t in inside]


def sure(reading: Reading) -> bool:
    return not any(doubt.field.startswith("tasks") for doubt in reading.doubts)


@pytest.mark.parametrize("layout", [cells, tabs])
@pytest.mark.parametrize(
    ("head", "order"),
    [
        ("TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm", "task lead helps when product"),
        ("STT | Nội dung công việc | Sản phẩm | Đơn vị thực hiện | Phối hợp | Hạn", "task product lead helps when"),
        ("TT | Cơ quan chủ trì | Cơ quan phối hợp | Việc cần làm | Thời hạn", "lead helps task when"),
        ("TT | Thời gian | Nội dung | Người chịu trách nhiệm | Thành phần phối hợp", "when task lead helps"),
        ("TT | Tên đề án | Cơ quan soạn thảo | Cấp trình | Đơn vị phối hợp | Tiến độ", "task lead other helps when"),
        ("TT | Nhiệm vụ | Trách nhiệm thực hiện | Cơ quan liên quan | Thời điểm xong", "task lead helps when"),
    ],
)
def test_columns_bear_many_names_and_stand_in_any_order(layout: Callable[..., str], head: str, order: str) -> None:
    words = [
        {"task": "Ban hành kế hoạch kiểm tra", "lead": "Sở Tài chính", "helps": "Thuế tỉnh", "when": "Quý I/2026"},
        {
            "task": "Công bố thủ tục mới",
            "lead": "Công an tỉnh",
            "helps": "Sở Y tế; Sở Xây dựng",
            "when": "Tháng 6/2026",
        },
        {"task": "Tổng kết đợt thi đua", "lead": "Sở Tài chính", "helps": "Các sở, ngành", "when": "Tháng 9/2026"},
    ]
    lines = [
        " | ".join([str(i), *(({"product": "Báo cáo", "other": "UBND tỉnh"} | row)[role] for role in order.split())])
        for i, row in enumerate(words, 1)
    ]
    reading, found = rows(layout(head, *lines))
    assert found == [
        ("1", "Sở Tài chính", "Thuế tỉnh", "2026-03-31"),
        ("2", "Công an tỉnh", "Sở Y tế;Sở Xây dựng", "2026-06-30"),
        ("3", "Sở Tài chính", "Các sở, ngành", "2026-09-30"),
    ]
    assert sure(reading)


def test_groups_wrapped_heads_empty_and_long_cells_of_a_table_copied_cell_by_cell() -> None:
    reading, found = rows(
        cells(
            "TT | Nhiệm vụ | Cơ quan | chủ trì | Cơ quan | phối hợp | Thời gian | hoàn thành | Ghi chú",
            "A | NHÓM MỘT",
            "1 | Xây dựng kế hoạch | kiểm tra công vụ | Sở Nội vụ |  | Tháng 3/2026",
            "2 | Rà soát thủ tục | Công an tỉnh | - Sở Tư pháp | - Sở Xây dựng | Tháng 4/2026",
            "B | NHÓM HAI",
            "1 | Viết tin bài | Sở Y tế | Thanh tra tỉnh; | Các cơ quan liên quan | Tháng 5/2026 | Cả năm",
            "2 | Tổng kết phong trào | Sở Nội vụ | Các sở | Tháng 12/2026",
        )
    )
    assert found == [
        ("1", "Sở Nội vụ", "", "2026-03-31"),
        ("2", "Công an tỉnh", "Sở Tư pháp;Sở Xây dựng", "2026-04-30"),
        ("1", "Sở Y tế", "Thanh tra tỉnh;Các cơ quan liên quan", "2026-05-31"),
        ("2", "Sở Nội vụ", "Các sở", "2026-12-31"),
    ]
    assert sure(reading)


def test_rows_with_two_numbers_stand_in_the_group_of_the_first() -> None:
    _, found = rows(
        cells(
            "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian",
            "1 | Công tác chỉ đạo",
            "1.1 | Ban hành kế hoạch kiểm tra | Sở Nội vụ | Sở Tư pháp | Tháng 3/2026",
            "1.2 | Kiểm tra đột xuất | Thanh tra tỉnh | Các sở, ban, ngành | Tháng 6/2026",
            "2 | Cải cách thể chế",
            "2.1 | Rà soát văn bản | Sở Tư pháp | Các sở, ban, ngành | Tháng 9/2026",
        )
    )
    assert [f[0] for f in found] == ["1.1", "1.2", "2.1"]
    assert [f[3] for f in found] == ["2026-03-31", "2026-06-30", "2026-09-30"]


def test_a_merged_title_of_a_group_does_not_end_a_table_and_an_empty_cell_of_the_lead_is_in_doubt() -> None:
    reading, found = rows(
        tabs(
            "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian",
            "I | NHÓM MỘT |  |  | ",
            "1 | Ban hành kế hoạch kiểm tra | Sở Nội vụ | Sở Tư pháp | Tháng 3/2026",
            "II. NHÓM HAI",
            "2 | Kiểm tra đột xuất | Thanh tra tỉnh |  | Tháng 6/2026",
            "3 | Kiểm tra định kỳ |  | Sở Y tế | Tháng 7/2026",
        )
    )
    assert [f[1] for f in found] == ["Sở Nội vụ", "Thanh tra tỉnh", "Thanh tra tỉnh"]
    assert [d.code for d in reading.doubts_of("tasks[4].lead")] == ["lead_from_above"]


@pytest.mark.parametrize("layout", [cells, tabs])
def test_a_second_table_is_read_as_the_first(layout: Callable[..., str]) -> None:
    first = layout(
        "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian",
        "1 | Ban hành kế hoạch kiểm tra | Sở Nội vụ | Sở Tư pháp | Tháng 3/2026",
        "2 | Ban hành quy chế | Sở Nội vụ | Sở Y tế | Tháng 4/2026",
    )
    second = layout(
        "TT | Nội dung | Cơ quan thực hiện | Thời hạn",
        "1 | Viết tin bài | Sở Y tế | Tháng 5/2026",
        "2 | Phát thanh bản tin | Trung tâm Văn hóa tỉnh | Tháng 6/2026",
    )
    _, found = rows(first + "2. Tuyên truyền, phổ biến\n" + second)
    assert [f[1] for f in found] == ["Sở Nội vụ", "Sở Nội vụ", "Sở Y tế", "Trung tâm Văn hóa tỉnh"]
    assert [f[3][5:7] for f in found] == ["03", "04", "05", "06"]


@pytest.mark.parametrize(
    "cell",
    [
        "Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp",
        "Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp",
        "Cơ quan chủ trì: Sở Nội vụ; Cơ quan phối hợp: Sở Tư pháp",
    ],
)
def test_one_cell_may_hold_who_leads_and_who_helps(cell: str) -> None:
    _, found = rows(
        tabs("STT | Nội dung | Trách nhiệm thực hiện | Thời gian", f"1 | Lập kế hoạch | {cell} | 15/3/2026")
    )
    assert found == [("1", "Sở Nội vụ", "Sở Tư pháp", "2026-03-15")]


def test_two_bodies_under_each_other_of_which_nobody_knows_the_column_are_in_doubt() -> None:
    reading, _ = rows(
        cells(
            "TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian",
            "1 | Rà soát thủ tục | Sở Tư pháp | Sở Y tế | Sở Xây dựng | Trước 30/6/2026",
        )
    )
    assert reading.doubts_of("tasks[2].lead")
    assert reading.doubts_of("tasks[2].coordinate")


def test_the_words_that_open_a_table_are_no_task() -> None:
    _, found = rows(
        "Các nhiệm vụ và phân công thực hiện theo Bảng sau:\n"
        + cells(
            "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian",
            "1 | Ban hành kế hoạch kiểm tra | Sở Nội vụ | Sở Tư pháp | Tháng 3/2026",
        )
    )
    assert [f[0] for f in found] == ["1"]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Giao Sở Y tế mỗi thứ sáu báo cáo số ca mắc về UBND tỉnh.", "FREQ=WEEKLY;BYDAY=FR"),
        ("Giao Sở Y tế báo cáo UBND tỉnh mỗi chiều thứ Hai.", "FREQ=WEEKLY;BYDAY=MO"),
        ("Giao Sở Y tế trực tiếp kiểm tra hiện trường hằng tuần; tháo gỡ vướng mắc.", "FREQ=WEEKLY"),
        ("Giao Sở Y tế gửi báo cáo về UBND tỉnh chậm nhứt ngày 20/8/2026.", "2026-08-20"),
        ("Giao Sở Y tế gửi báo cáo về UBND tỉnh trễ nhứt là ngày 20/8/2026.", "2026-08-20"),
    ],
)
def test_weekdays_weekly_acts_and_the_southern_way_to_say_at_the_latest(words: str, due: str) -> None:
    [task] = [t for t in read(HEAD + "1. " + words + "\n" + BELOW).tasks if not t.clause.startswith("III")]
    assert due in (task.deadline.rrule, str(task.deadline.due))


@pytest.mark.parametrize(
    "words",
    [
        "1. Công.an tỉnh điều tra, xử lý nghiêm các đối tượng gây cháy rừng.",
        "1. Các cơ sở tiêm phòng dịch vụ nhập đầy đủ dữ liệu lên hệ thống.",
    ],
)
def test_a_lead_that_a_scan_or_a_cut_hides_is_in_doubt(words: str) -> None:
    head = HEAD.replace("KẾ HOẠCH", "CHỈ THỊ").replace("ban hành Kế hoạch", "yêu cầu các đơn vị, địa phương thực hiện")
    text = head[: head.index("I. MỤC")] + words + "\n2. Sở Nội vụ đôn đốc việc thực hiện Chỉ thị.\n"
    reading = read(text + BELOW[BELOW.index("\nNơi nhận") :])
    assert [d.code for d in reading.doubts_of("tasks[0].lead")]
