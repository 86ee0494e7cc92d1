"""Who acts, what is told and what is ordered where the words are worn or laid out in sheets. All is invented."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest

from letters import read
from models.reading import Reading
from tests.letters.test_parting import FOOT, MOTTO, ORDER, clauses, letter


def leads(reading: Reading) -> list[tuple[str, ...]]:
    return [task.lead for task in reading.tasks]


def test_what_a_body_is_stands_in_apposition_and_is_no_part_of_its_name() -> None:
    reading = letter(
        ORDER + "1. Giao Sở Tư pháp - Cơ quan Thường trực của Ban Điều hành có trách nhiệm đôn đốc việc thực hiện.\n"
        "2. Sở Nội vụ, cơ quan chuyên môn về biên chế, chủ trì, phối hợp với Sở Tài chính rà soát các phòng mẫu.\n"
        "3. Sở Văn hóa - Thể thao và Du lịch kiểm tra các kho mẫu.\n"
    )
    assert leads(reading) == [("Sở Tư pháp",), ("Sở Nội vụ",), ("Sở Văn hóa - Thể thao và Du lịch",)]
    assert reading.tasks[1].coordinate == ("Sở Tài chính",)


def test_a_field_of_two_parts_joined_by_a_hyphen_is_one_field() -> None:
    reading = letter(
        ORDER + "1. Đề nghị Phòng Lao động-Thương binh và Xã hội huyện Một phối hợp với UBND xã lập hồ sơ.\n"
    )
    assert leads(reading) == [("Phòng Lao động-Thương binh và Xã hội huyện Một",)]


SHEETS = """1. Khảo sát nhu cầu mẫu
Điều tra, khảo sát nhu cầu mẫu của các doanh nghiệp.
Đơn vị thực hiện: Ban Điều hành Chương trình hỗ trợ mẫu cho doanh nghiệp.
Đơn vị phối hợp thực hiện: Sở Tài chính, Trung tâm Xúc tiến đầu tư và phát triển mẫu, Hiệp hội doanh nghiệp nhỏ.
Thời gian thực hiện: Quý IV/2026.
"""


def test_the_line_of_a_sheet_holds_whole_names_and_nothing_else() -> None:
    [task] = letter(ORDER + SHEETS).tasks
    assert task.lead == ("Ban Điều hành Chương trình hỗ trợ mẫu cho doanh nghiệp",)
    assert task.coordinate == (
        *("Sở Tài chính", "Trung tâm Xúc tiến đầu tư và phát triển mẫu", "Hiệp hội doanh nghiệp nhỏ"),
    )


def test_a_name_that_nobody_would_spell_so_is_in_doubt() -> None:
    for name, sure in (("Sở Tư pháp", True), ("Sở Fư pháp", False), ("Sở [ư pháp", False)):
        reading = letter(
            ORDER + f"1. Khảo sát mẫu\nĐiều tra nhu cầu.\nĐơn vị chủ trì: {name}.\nThời gian: Quý IV/2026.\n"
        )
        assert bool(reading.doubts_of("tasks[0].lead")) is not sure, reading.tasks


def test_those_who_receive_are_not_ordered() -> None:
    reading = letter(
        ORDER + "1. Sở Nội vụ có trách nhiệm tham mưu việc mẫu. Đề xuất cơ chế, chính sách mẫu trên địa bàn, "
        "trình Tỉnh ủy, HĐND và UBND tỉnh quyết định.\n"
    )
    assert leads(reading) == [("Sở Nội vụ",)]


def test_the_speaker_is_known_by_its_initials() -> None:
    head = f"BỘ GIÁO DỤC VÀ ĐÀO TẠO\n{MOTTO}Số: 12/BGDĐT-GDTrH\nMẫu, ngày 16 tháng 3 năm 2026\nV/v dạy mẫu\n\n"
    text = "Kính gửi: Các Sở Giáo dục và Đào tạo.\n\nĐể dạy mẫu, Bộ GDĐT xây dựng tài liệu mẫu.\n"
    text += "Bộ GDĐT yêu cầu các Sở GDĐT chỉ đạo các trường dạy mẫu trước ngày 30/4/2026.\n"
    assert leads(read(head + text + FOOT)) == [("các Sở GDĐT",)]


def test_a_manual_tells_what_to_do_in_clauses_that_begin_with_it() -> None:
    reading = letter(
        "Để thực hiện mẫu, UBND tỉnh hướng dẫn thực hiện điều chỉnh nội dung mẫu. Cụ thể như sau:\n"
        "1. Tiếp tục thực hiện chương trình mẫu đã ban hành.\n2. Không kiểm tra những nội dung mẫu đã giảm.\n"
        "3. Hoàn thành tốt: tổng điểm đạt từ 70 đến 90 điểm.\n"
    )
    assert clauses(reading) == ["1", "2"]
    for i in (0, 1):
        assert "order_unsure" in {d.code for d in reading.doubts_of(f"tasks[{i}]")}


def test_what_is_told_of_a_thing_and_when_an_event_takes_place_are_no_tasks() -> None:
    reading = letter(
        "Sau khi xem xét hồ sơ, UBND tỉnh thông báo như sau:\n"
        "1. Quy chế của Công ty Mẫu đã được xây dựng đúng quy định hiện hành của Nhà nước.\n"
        "2. Đề nghị Công ty Cổ phần Mẫu thông báo quy chế đến người lao động.\n"
        "3. Thời gian tổ chức Hội thi: Dự kiến ngày 04 và 05/12/2026.\n"
        "4. Rà soát các hợp đồng đã được ký kết với người lao động.\n",
        to="Công ty Cổ phần Mẫu",
    )
    assert clauses(reading) == ["2", "4"]


def test_an_appeal_to_carry_out_what_stands_above_is_no_task() -> None:
    reading = letter(
        ORDER + "1. Sở Y tế kiểm tra kho thuốc.\n"
        "UBND tỉnh đề nghị Văn phòng (Phòng TC-HC) các sở, Phòng Nội vụ các xã, phường thực hiện tốt các nội dung trên./.\n"
    )
    assert clauses(reading) == ["1"]


def test_an_order_in_brackets_under_a_point_of_an_agenda_is_a_task_of_that_point() -> None:
    reading = letter(
        "UBND tỉnh tổ chức Hội nghị mẫu.\n1. Thành phần: lãnh đạo các sở.\n2. Địa điểm: Hội trường lớn.\n"
        "(Giao Sở Nội vụ chuẩn bị các điều kiện tổ chức Hội nghị trước ngày 20/12/2026)\n",
        about="mời dự Hội nghị mẫu",
    )
    assert [(task.clause, task.lead) for task in reading.tasks] == [("2", ("Sở Nội vụ",))]


@pytest.mark.parametrize(("day", "guessed"), [("l5 tháng 12", True), ("1O tháng 12", True), ("15 tháng 12", False)])
def test_digits_worn_to_letters_are_put_back_and_doubted(day: str, guessed: bool) -> None:
    reading = letter(ORDER + f"1. Sở Y tế báo cáo kết quả trước ngày {day} năm 2026.\n")
    assert reading.tasks[0].deadline.due == dt.date(2026, 12, 9 if "O" in day else 14)
    assert ("deadline_unsure" in {d.code for d in reading.doubts_of("tasks[0].deadline")}) is guessed


def test_what_was_achieved_in_a_year_is_not_due_in_it() -> None:
    reading = letter(
        ORDER + "1. Sở Y tế xây dựng báo cáo, đánh giá những kết quả đã đạt được trong năm 2026.\n"
        "2. Sở Y tế hoàn thành việc xây kho trong năm 2026.\n"
    )
    assert [task.deadline.kind for task in reading.tasks] == ["none", "date"]


def test_whoever_heads_a_body_named_above_does_not_part_its_clause() -> None:
    reading = letter(
        ORDER + "1. Các sở, ban, ngành:\n- Quán triệt nội dung kiểm điểm mẫu.\n"
        "- Người đứng đầu cơ quan, đơn vị phải nghiêm túc tự kiểm điểm.\n- Xây dựng kế hoạch khắc phục.\n2. Sở Y tế kiểm tra.\n"
    )
    assert clauses(reading) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("Bộ Quốc phòng, Bồ Công an", False),
        ("Bộ Quốc phòng, Bộ Công an", True),
        ("Sở Văn hóa, Thể thao và Du lịch", True),
        ("Sở Thông tin vả Truyền thông", True),
        ("Sở Du lịch vả Truyền thông", False),
        ("Huyện, Sở Xây dựng", False),
    ],
)
def test_a_name_that_swallowed_another_or_lost_its_end_is_in_doubt(name: str, sure: bool) -> None:
    reading = letter(ORDER + f"1. Giao Sở Y tế chủ trì, phối hợp với {name} kiểm tra kho thuốc mẫu.\n")
    assert bool(reading.doubts_of("tasks[0].coordinate")) is not sure, reading.tasks


def test_words_that_begin_a_time_limit_whose_day_is_worn_are_in_doubt() -> None:
    for day, sure in (("ngày 1§/12/2026", False), ("khi vào năm học mới", True)):
        reading = letter(ORDER + f"1. Sở Y tế kiểm tra kho thuốc trước {day}.\n")
        assert bool(reading.doubts_of("tasks[0].deadline")) is not sure, reading.tasks


def test_a_heading_for_many_gives_way_to_the_list_under_it() -> None:
    reading = letter(
        ORDER + "1. Các cơ quan, ban, ngành\nCác Sở, ban, ngành; tổ chức đại diện doanh nghiệp;\n"
        "UBND các xã, phường có trách nhiệm phối hợp cùng Sở Tư pháp triển khai kế hoạch mẫu.\n2. Sở Y tế kiểm tra.\n"
    )
    assert [(task.clause, task.lead) for task in reading.tasks] == [
        ("1", ("Các Sở, ban, ngành", "tổ chức đại diện doanh nghiệp", "UBND các xã, phường")),
        ("2", ("Sở Y tế",)),
    ]


def test_paragraphs_of_a_clause_that_name_different_bodies_put_its_splitting_in_doubt() -> None:
    held = "1. Các cơ quan thuộc UBND tỉnh, UBND cấp huyện có trách nhiệm:\n{}\n{}\n2. Sở Y tế kiểm tra kho thuốc.\n"
    acts = ("Các cơ quan cấp Sở xây dựng kế hoạch mẫu.", "UBND cấp huyện có trách nhiệm bố trí ngân sách mẫu.")
    codes = {d.code for d in letter(ORDER + held.format(*acts)).doubts_of("tasks[0]")}
    assert "split_unsure" in codes
    same = letter(ORDER + held.format("Xây dựng kế hoạch mẫu.", "Bố trí ngân sách mẫu."))
    assert "split_unsure" not in {d.code for d in same.doubts_of("tasks[0]")}


def test_a_request_behind_the_signature_is_pointed_at() -> None:
    asks = "\nĐề nghị các sở, cơ quan lập danh sách gửi về Sở Nội vụ.\nDANH SÁCH\nChú ý: gửi danh sách trước ngày 20/12/2026.\n"
    head = f"ỦY BAN NHÂN DÂN\nTỈNH MẪU\n{MOTTO}Số: 12/UBND-NC\nMẫu, ngày 16 tháng 11 năm 2026\nV/v mẫu\n\nKính gửi: Các sở.\n\n"
    for behind, told in ((asks, True), ("\nDANH SÁCH\nCác sở, cơ quan của tỉnh.\n", False)):
        reading = read(head + ORDER + "1. Sở Y tế kiểm tra kho thuốc.\n" + FOOT + behind)
        assert ("annex_unread" in {d.code for d in reading.doubts}) is told


def test_who_gives_work_on_under_a_named_body_is_no_lead_of_it() -> None:
    reading = letter(
        ORDER + "1. UBND các xã, phường:\na) Rà soát các hộ dân mẫu;\n"
        "b) Huy động lực lượng sửa chữa nhà cửa, hoàn thành trước ngày 30/11/2026.\n"
        "2. Đồng chí Phó Hiệu trưởng phụ trách chuyên môn phân công giáo viên, hoàn thành trước ngày 25/11/2026.\n"
        "3. Đề nghị Quý Ủy ban chỉ đạo Sở Y tế cung cấp số liệu mẫu.\n"
        "4. Học viên được hỗ trợ kinh phí theo quy định.\n"
    )
    assert [task.lead for task in reading.tasks] == [
        *[("UBND các xã, phường",)] * 2,
        ("Đồng chí Phó Hiệu trưởng phụ trách chuyên môn",),
        ("Quý Ủy ban",),
    ]


def test_an_order_on_a_line_of_its_own_ends_the_name_above_and_committees_of_a_party_stay_one() -> None:
    reading = letter(
        ORDER + "1. Đề nghị Sở Y tế và các tổ chức chính trị - xã hội tỉnh\nTuyên truyền, vận động đoàn viên mẫu.\n"
        "2. Ban Tuyên giáo các huyện uỷ, thành uỷ tổng hợp kết quả báo cáo Tỉnh uỷ.\n"
    )
    assert [task.lead for task in reading.tasks] == [
        ("Sở Y tế", "các tổ chức chính trị - xã hội tỉnh"),
        ("Ban Tuyên giáo các huyện uỷ, thành uỷ",),
    ]


def test_a_signature_with_a_slash_ends_the_last_clause() -> None:
    head = f"TỈNH UỶ MẪU\nBAN TUYÊN GIÁO\n{MOTTO}Số: 12-CV/BTGTU\nMẫu, ngày 16 tháng 11 năm 2026\nV/v mẫu\n\n"
    body = "Kính gửi: Các sở.\n\nBan Tuyên giáo đề nghị các sở:\n1- Rà soát các kho.\n2- Báo cáo kết quả mẫu.\n"
    reading = read(head + body + "T/L BAN THƯỜNG VỤ\nPHÓ TRƯỞNG BAN\nNgô Thị Minh Họa\n")
    assert reading.signer is not None
    assert reading.signer.title == "T/L BAN THƯỜNG VỤ PHÓ TRƯỞNG BAN"
    assert reading.tasks[-1].text == "Báo cáo kết quả mẫu."


def test_a_scan_of_many_impossible_words_says_that_tasks_may_be_missing() -> None:
    clean = ORDER + "1. Sở Y tế kiểm tra các kho thuốc mẫu trên địa bàn tỉnh.\n2. Sở Nội vụ rà soát biên chế mẫu.\n"
    worn = clean.replace("kiểm", "kiêmh").replace("soát", "soátt").replace("địa bàn", "đỉaa bànn")
    assert ["text_worn" in {d.code for d in letter(text).doubts} for text in (clean, worn)] == [False, True]


def test_a_typed_letter_full_of_abbreviations_is_no_poor_scan() -> None:
    reading = letter(
        ORDER + "1. Sở KH&CN, BQLDA ĐTXD và TTĐT rà soát theo QĐ, NĐ, HĐND, CĐS, BCĐ, TTĐT, UBMTTQ, GDĐT mẫu.\n"
        "2. Sở Nội vụ mời ông Müller và bà Łukasz dự họp mẫu.\n"
    )
    assert "text_worn" not in {doubt.code for doubt in reading.doubts}


def test_the_sample_letters_that_are_shown_first_are_typed() -> None:
    shown = files("dondoc") / "data" / "letters"
    worn = [path.name for path in shown.iterdir() if "text_worn" in str(read(path.read_text(encoding="utf-8")).doubts)]
    assert worn == []
