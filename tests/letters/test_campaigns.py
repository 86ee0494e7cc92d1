"""What stands beside an order and is none: who answers for it, how long things last, what was done; points counted inside a
paragraph or by "e.1."; and whom those named in a heading are themselves to ask. Invented letters."""

from __future__ import annotations

import pytest

from letters.bodies.names import names
from letters.text.lines import repair
from letters.times.deadlines import find
from models.reading import Reading
from tests.letters.test_first_words import OPENS, leads, letter


def clauses(reading: Reading) -> list[str]:
    return [task.clause for task in reading.tasks]


def test_who_answers_for_a_task_is_no_second_task() -> None:
    reading = letter(
        OPENS
        + "1. UBND các xã rà soát hộ nghèo. Người đứng đầu chịu trách nhiệm trước pháp luật nếu để xảy ra sai sót.\n"
        "2. Sở Y tế kiểm tra các bếp ăn.\n"
        "Thủ trưởng các đơn vị chịu trách nhiệm thi hành; giao Thanh tra tỉnh theo dõi, đôn đốc việc thực hiện.\n"
    )
    assert leads(reading) == [("UBND các xã",), ("Sở Y tế",), ("Thanh tra tỉnh",)]


def test_to_make_a_letter_known_is_a_courtesy() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế kiểm tra các bếp ăn.\n"
        "Yêu cầu Giám đốc các sở, Thủ trưởng các ban, ngành quán triệt và thực hiện nghiêm túc Công văn này.\n"
    )
    assert clauses(reading) == ["1"]


def test_points_counted_inside_a_paragraph_have_their_own_actors() -> None:
    reading = letter(
        OPENS + "1. Các sở được giao theo dõi: (i) Sở Tài chính, Sở Nội vụ thẩm định hồ sơ, gửi kết quả trước ngày "
        "20/4/2026. (ii) Riêng Sở Y tế bảo đảm phần mềm hoạt động ổn định.\n2. Sở Xây dựng tổng hợp kết quả.\n"
    )
    assert leads(reading) == [("Sở Tài chính", "Sở Nội vụ"), ("Sở Y tế",), ("Sở Xây dựng",)]


def test_points_below_a_letter_are_counted_with_it() -> None:
    reading = letter(
        OPENS + "1. Về chế độ báo cáo:\na. UBND các xã thống kê số liệu.\nb. Về thông tin:\n"
        "b.1. Hằng tháng, Sở Nội vụ gửi báo cáo trước ngày 28.\nb.2. Sở Y tế cử 01 công chức làm đầu mối.\n"
    )
    assert clauses(reading) == ["1.a", "1.b.1", "1.b.2"]


def test_a_body_asked_in_mid_sentence_ends_the_last_clause() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế xem xét việc gia hạn.\n\n"
        "Danh sách hộ vay (theo mẫu gửi kèm), đề nghị Hội Nông dân các xã gửi về Sở Nội vụ chậm nhất ngày 15/4/2026; "
        "sau đó, vào ngày 25 hàng tháng báo cáo tiến độ xử lý.\n"
    )
    assert clauses(reading) == ["1", "p1#1", "p1#2"]
    assert reading.tasks[1].lead == ("Hội Nông dân các xã",)


def test_those_below_a_lead_are_asked_by_it() -> None:
    reading = letter(
        OPENS + "1. Sở Giáo dục và Đào tạo:\n- Rà soát hợp đồng cung cấp suất ăn.\n"
        "- Yêu cầu các trường thành lập tổ giám sát bữa ăn.\n"
        "2. Sở Y tế kiểm tra bếp ăn; yêu cầu giáo viên chủ nhiệm ký cam kết với phụ huynh.\n"
    )
    assert leads(reading) == [("Sở Giáo dục và Đào tạo",), ("Sở Y tế",)]


def test_a_manual_orders_those_it_names_before_an_act() -> None:
    reading = letter(
        "Sở Nội vụ hướng dẫn việc gia hạn nợ như sau:\n1. Đối với các chi nhánh còn lại: rà soát, cắt giảm chỉ tiêu.\n"
        "2. Ban Kế hoạch cân đối, thông báo chỉ tiêu bổ sung cho các chi nhánh.\n"
    )
    assert leads(reading) == [("các chi nhánh còn lại",), ("Ban Kế hoạch",)]
    assert reading.doubts_of("tasks[0]")


def test_one_receiver_for_two_days_of_one_sentence() -> None:
    reading = letter(
        OPENS + "1. UBND các xã trước ngày 03 hằng tháng và trước 15 giờ thứ Năm hằng tuần gửi báo cáo về Sở Nội vụ.\n"
    )
    assert [t.report_to for t in reading.tasks] == ["Sở Nội vụ", "Sở Nội vụ"]


def test_a_lost_bracket_holds_no_two_sentences_together() -> None:
    reading = letter(
        OPENS
        + "1. Biên bản gửi về Sở Nội vụ (đ/c Trần Thị Mẫu; trước ngày 31/8/2026. Các xã chưa quyết toán kinh phí phải "
        "nộp chứng từ về Sở chậm nhất ngày 15/9/2026.\n2. Sở Y tế tổng hợp.\n"
    )
    assert [str(t.deadline.due) for t in reading.tasks[:2]] == ["2026-08-30", "2026-09-15"]


LIMITS = [
    ("báo cáo tháng gửi trước ngày 18, báo cáo khác khi cần", "FREQ=MONTHLY;BYMONTHDAY=17"),
    ("báo cáo 2 lần/tháng (ngày 10 và ngày 25)", "FREQ=MONTHLY;BYMONTHDAY=10,25"),
    ("mỗi tháng 02 lần (ngày 15 và ngày cuối tháng) báo cáo", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    ("định kỳ 15 hằng tháng báo cáo", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("trước 16h30 các ngày thứ Năm hằng tuần", "FREQ=WEEKLY;BYDAY=TH"),
    ("xong chậm nhất ngày cuối cùng của tháng 3/2026", "2026-03-31"),
    ("đánh giá cuối kỳ vào năm 2030", "2030-12-31"),
]


@pytest.mark.parametrize(("words", "meant"), LIMITS)
def test_more_days_that_come_again(words: str, meant: str) -> None:
    import datetime as dt

    found = find(words, dt.date(2026, 2, 1))
    assert [str(f.deadline.rrule or f.deadline.due) for f in found] == [meant]


def test_days_that_are_no_limit() -> None:
    import datetime as dt

    issued = dt.date(2026, 5, 6)
    assert not find("Đến hết tháng 4/2026, đã kiểm đếm xong 11 km với 268 hộ", issued)
    assert not find("tổ chức Lễ phát động vào ngày 01/6/2026", issued)
    assert find("tổ chức Lễ phát động trước ngày 01/6/2026", issued)
    found = find("Từ nay đến hết năm 2026, mỗi tháng 02 lần (ngày 15 và ngày 28), các xã báo cáo", issued)
    assert [f.deadline.kind for f in found] == ["recurring"]


NAMES = [
    ("Hội Phụ nữ và nhà trường tuyên truyền", ["Hội Phụ nữ", "nhà trường"]),
    ("lực lượng dân quân và chủ rừng tuần tra", ["lực lượng dân quân", "chủ rừng"]),
    ("Phòng Tài chính và Thanh tra Sở lập quy chế", ["Phòng Tài chính", "Thanh tra Sở"]),
    ("Phòng Quản lý chất lượng giáo dục tổng hợp", ["Phòng Quản lý chất lượng giáo dục"]),
    ("các chi nhánh nêu tại điểm 1 báo cáo tiến độ", ["các chi nhánh nêu tại điểm 1"]),
    ("các đơn vị có tên tại Phụ lục II khẩn trương", ["các đơn vị có tên tại Phụ lục II"]),
    ("Quý II/2026 tổng hợp", []),
]


@pytest.mark.parametrize(("words", "expected"), NAMES)
def test_more_names_in_lists(words: str, expected: list[str]) -> None:
    text = repair(words)
    found = names(text, 0, len(text.s), loose=words[0].islower())[0]
    assert [n.text for n in found] == expected


def test_who_stands_behind_do_and_together_with() -> None:
    reading = letter(
        OPENS + "1. Do Sở Nội vụ chủ trì, có sự tham gia của Sở Y tế, xây dựng dự thảo quy chế.\n"
        "2. Sở Xây dựng kết hợp cùng Sở Tài chính rà soát danh mục.\n"
    )
    assert [(t.lead, t.coordinate) for t in reading.tasks] == [
        (("Sở Nội vụ",), ("Sở Y tế",)),
        (("Sở Xây dựng",), ("Sở Tài chính",)),
    ]


def test_both_numbers_of_whom_to_ring_up() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế kiểm tra các bếp ăn.\n"
        "Mọi chi tiết liên hệ thầy Trần Văn Mẫu, chuyên viên Phòng Tổ chức, số ĐT 0900 000 642 hoặc 0900 000 177./.\n"
    )
    assert reading.contact is not None
    assert reading.contact.phone == "+84900000642; +84900000177"
