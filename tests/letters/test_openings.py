"""Where an order begins in a sentence, whom a title means, and limits without an actor beside them: invented letters."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.bodies.names import names
from letters.text.lines import repair
from letters.times.deadlines import find
from models.reading import Reading

ISSUED = dt.date(2026, 11, 16)
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 12/UBND-NC\nMẫu, ngày 16 tháng 11 năm 2026\nV/v nhiệm vụ mẫu\n\n"
    "Kính gửi:\n- Các sở, ban, ngành;\n- UBND các xã, phường.\n\n"
)
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNgô Thị Minh Họa\n"
ORDER = "UBND tỉnh yêu cầu các sở, ban, ngành, UBND các xã, phường thực hiện các nội dung sau:\n\n"


def letter(body: str, opening: str = ORDER) -> Reading:
    return read(f"{HEAD}{opening}{body}\n{FOOT}")


def leads(clause: str) -> list[tuple[str, ...]]:
    """The leads of the first of two clauses."""
    reading = letter(f"1. {clause}\n\n2. Sở Nội vụ tổng hợp kết quả.\n")
    return [task.lead for task in reading.tasks if task.clause.startswith("1")]


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Hồ Đá (kênh chính): chủ đầu tư là Ban Quản lý dự án tỉnh chịu trách nhiệm thi công ba ca.", "Ban Quản lý dự án tỉnh"),
        ("Đơn vị thực hiện: Sở Xây dựng cắm biển báo tại các ngầm tràn.", "Sở Xây dựng"),
        ("Hồ Đá Bạc: về mỏ đất đắp, Sở Xây dựng chủ động làm việc với doanh nghiệp.", "Sở Xây dựng"),
        ("Với 11 trường học quá tải, UBND phường Mẫu Tây là chủ đầu tư, phải chọn xong nhà thầu.", "UBND phường Mẫu Tây"),
        ("Bộ Chỉ huy Quân sự tỉnh được đề nghị hỗ trợ rà phá bom mìn.", "Bộ Chỉ huy Quân sự tỉnh"),
        ("Sau chiến dịch, các bệnh viện lập báo cáo gửi Sở Y tế.", "các bệnh viện"),
        ("Trong quá trình nghiên cứu, cứ 6 tháng một lần chủ nhiệm đề tài báo cáo tiến độ với Sở Y tế.", "chủ nhiệm đề tài"),
        ("Các cơ quan được giao chủ trì tại Mục II cụ thể hóa thành kế hoạch.", "Các cơ quan được giao chủ trì tại Mục II"),
        ("Ba tháng một lần, Ban Quản lý dự án tỉnh báo cáo tiến độ thi công.", "Ban Quản lý dự án tỉnh"),
        ("Đối với phòng Văn hóa - Xã hội các xã: lập danh sách các hộ.", "phòng Văn hóa - Xã hội các xã"),
        ("KBNN các khu vực cập nhật số liệu giải ngân.", "KBNN các khu vực"),
    ],
)  # fmt: skip
def test_an_actor_is_found_behind_the_words_that_open_its_sentence(sentence: str, lead: str) -> None:
    assert leads(sentence) == [(lead,)]


def test_an_actor_behind_therefore_leads_what_is_ordered_there() -> None:
    told = "Việc gửi hồ sơ đã đạt trên 98%, tuy nhiên chữ ký số còn hết hạn. Vì thế Sở Tài chính rà soát danh sách người dùng."
    assert leads(told) == [("Sở Tài chính",)]


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Đối với chi nhánh Ngân hàng Mẫu các huyện, thị xã", "chi nhánh Ngân hàng Mẫu các huyện, thị xã"),
        ("Đối với ban quản lý Khu kinh tế Mẫu", "ban quản lý Khu kinh tế Mẫu"),
        ("ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG, ĐẶC KHU VEN BIỂN", "ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG, ĐẶC KHU VEN BIỂN"),
        ("UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ", "UBND CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ"),
    ],
)
def test_a_section_s_title_names_whom_its_clauses_order(title: str, lead: str) -> None:
    reading = letter(
        f"I. {title}\n\n1. Phối hợp với Hội Nông dân tập huấn.\n\n2. Giải ngân tại các điểm giao dịch xã.\n\n"
        "II. SỞ Y TẾ\n\n1. Kiểm tra các bếp ăn.\n",
        "Quyết định này giao Ngân hàng Mẫu cho vay. UBND tỉnh chỉ đạo:\n\n",
    )
    assert [task.lead for task in reading.tasks] == [(lead,), (lead,), ("SỞ Y TẾ",)]


def test_a_district_set_apart_by_rieng_is_ordered_itself() -> None:
    reading = letter(
        "1. Các sở rà soát quỹ đất.\n\n2. Riêng huyện An Mẫu phải hoàn trả kinh phí trước ngày 15/12/2026.\n"
    )
    assert reading.tasks[1].lead == ("huyện An Mẫu",)


def test_what_a_decree_gave_to_somebody_is_no_order_of_the_letter() -> None:
    reading = letter(
        "1. Kiểm tra các bếp ăn.\n\n2. Báo cáo kết quả trước ngày 15/12/2026.\n",
        "Quyết định giao Ngân hàng Mẫu cho vay, thu hồi nợ. Để đưa vốn đến người học, cần làm ngay các việc sau:\n\n",
    )
    assert all("Ngân hàng Mẫu" not in task.lead for task in reading.tasks)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Đơn vị vi phạm bị trừ điểm thi đua", ["Đơn vị vi phạm"]),
        ("Các hộ bị thiệt hại lập danh sách", ["Các hộ bị thiệt hại"]),
        ("Hải quan, Kiểm dịch y tế thống nhất quy chế", ["Hải quan", "Kiểm dịch y tế"]),
        ("UBND tỉnh số liệu phương tiện", ["UBND tỉnh"]),
        ("Sở Công Thương qua Phòng Năng lượng", ["Sở Công Thương"]),
        ("Ban Kiểm tra kiểm soát nội bộ đưa nội dung này vào đề cương", ["Ban Kiểm tra kiểm soát nội bộ"]),
    ],
)
def test_names_end_where_their_sentence_goes_on(words: str, whole: list[str]) -> None:
    page = repair(words)
    assert [name.text for name in names(page, 0, len(page.s))[0]] == whole


@pytest.mark.parametrize(
    ("words", "kind", "due", "rule"),
    [
        ("hoàn tất vào 25/12/2026", "date", dt.date(2026, 12, 25), None),
        ("trình ký ban hành trong vòng 30 ngày kể từ ngày ban hành Công văn này", "relative", None, None),
        ("gửi các địa phương trước khi mở nước 03 ngày", "relative", None, None),
        ("thông báo trước cho Phòng Giáo dục ít nhất 05 ngày", "relative", None, None),
        ("báo cáo UBND tỉnh trước 03 ngày làm việc", "relative", None, None),
        ("trong 10 ngày đầu mỗi quý tổng hợp, gửi Bộ", "recurring", None, "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
        ("trong 05 ngày cuối hằng tháng gửi số liệu", "recurring", None, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("cứ 6 tháng một lần báo cáo tiến độ", "recurring", None, "FREQ=MONTHLY;INTERVAL=6"),
        ("kiểm tra thiết bị 6 tháng/lần", "recurring", None, "FREQ=MONTHLY;INTERVAL=6"),
        ("tăng bản tin dự báo lên mỗi tuần một bản", "recurring", None, "FREQ=WEEKLY"),
        ("tổng hợp số liệu mỗi tháng một lần, gửi vào ngày mồng 5", "recurring", None, "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("6 tháng, 1 năm thông tin kết quả về Sở", "recurring", None, "FREQ=MONTHLY;INTERVAL=6"),
    ],
)
def test_limits_in_other_words(words: str, kind: str, due: dt.date | None, rule: str | None) -> None:
    (found,) = find(words, ISSUED)
    assert (found.deadline.kind, found.deadline.due, found.deadline.rrule) == (kind, due, rule)


@pytest.mark.parametrize(
    "words", ["kéo dài trong vòng 30 ngày", "sổ khám bệnh mỗi năm một màu", "ban hành kế hoạch 6 tháng cuối năm"]
)
def test_spans_are_no_limits(words: str) -> None:
    assert find(words, ISSUED) == []


@pytest.mark.parametrize(
    ("clause", "field"),
    [
        ("Công an tỉnh, thời hạn chậm nhất cuối tháng 12 năm 2026 hoàn thành.", "lead"),
    ],
)
def test_what_may_name_an_actor_or_a_day_is_doubted_where_it_is_not_read(clause: str, field: str) -> None:
    reading = letter(f"1. {clause}\n\n2. Sở Nội vụ tổng hợp kết quả.\n")
    assert f"tasks[0].{field}" in {doubt.field for doubt in reading.doubts}


def test_whom_those_above_may_ask_themselves_is_a_doubt() -> None:
    reading = letter(
        "I. SỞ TÀI CHÍNH\n\n1. Báo cáo Tổ công tác về nội dung; đề nghị Sở Y tế thông báo cho các bệnh viện.\n\n"
        "2. Bố trí kinh phí.\n\nII. SỞ XÂY DỰNG\n\n1. Kiểm tra các cầu.\n"
    )
    assert "split_unsure" in {doubt.code for doubt in reading.doubts}


def test_a_worn_word_between_a_name_and_its_lead_is_a_doubt() -> None:
    reading = letter("1. Vụ Kiểm soát chỉ chủ trì kiểm tra các kho.\n\n2. Sở Nội vụ sẽ chủ trì tổng hợp.\n")
    assert {doubt.field for doubt in reading.doubts if doubt.field.startswith("tasks")} == {"tasks[0].lead"}


def test_specks_before_a_page_s_first_word_hide_no_paragraph() -> None:
    reading = letter(
        "a/ Niêm yết công khai mức phí tại trụ sở.\n\nb/ Kiểm điểm trách nhiệm cá nhân để xảy ra phiền hà.\n\n\n"
        "--- PAGE BREAK ---\n\n2\n\n,; Kết quả kiểm điểm của từng đơn vị gửi bằng văn bản về Sở Nội vụ để theo dõi.\n"
    )
    assert [task.clause for task in reading.tasks] == ["a", "b", "p1"]
    assert reading.tasks[2].report_to == "Sở Nội vụ"


def test_a_document_s_day_behind_its_receiver_is_no_doubt() -> None:
    reading = letter(
        "1. Sở Y tế hoàn thành các việc nêu tại Công văn số 12/BYT-KH ngày 20/10/2026 của Bộ Y tế.\n\n2. Sở Nội vụ tổng hợp.\n"
    )
    assert not [doubt for doubt in reading.doubts if doubt.field.startswith("tasks[0]")]


def test_a_scan_s_signs_for_a_number_are_told_by_the_clause_before() -> None:
    reading = letter(
        "I. Phòng Giáo dục: phát động đọc sách.\n\nII. Trung tâm Giáo dục thường xuyên: mở cửa thư viện.\n\n"
        "HI. Thư viện tỉnh phối hợp Tỉnh đoàn đưa xe thư viện đến các xã.\n"
    )
    assert [task.clause for task in reading.tasks] == ["I", "II", "III"]
    numbered = "\n\n".join(f"{sign}. Kiểm tra các bếp ăn số {sign}." for sign in ("1", "2", "3", "4", "5", "§", "7"))
    assert [task.clause for task in letter(numbered).tasks] == ["1", "2", "3", "4", "5", "6", "7"]


def test_whoever_meets_difficulties_is_no_task_and_the_study_is_sent_to_nobody() -> None:
    reading = letter(
        "1. Lập báo cáo nghiên cứu khả thi Trung tâm đào tạo tại Khu đô thị Mẫu trước ngày 15/12/2026.\n\n"
        "2. Sở Nội vụ tổng hợp.\n\nCác đơn vị gặp vướng mắc thì trực tiếp báo cáo, không chờ đến kỳ họp.\n"
    )
    assert [task.clause for task in reading.tasks] == ["1", "2"]
    assert reading.tasks[0].report_to is None


def test_a_sheet_s_lead_that_is_asked_keeps_its_own_name() -> None:
    reading = letter(
        "1. Đào tạo đại học\n\n- Nội dung công việc: Mở mới 02 chuyên ngành.\n\n"
        "- Cơ quan chủ trì: Đề nghị Trường Đại học Mẫu.\n\n- Cơ quan phối hợp: Sở Y tế.\n\n2. Sở Nội vụ tổng hợp.\n"
    )
    assert reading.tasks[0].lead == ("Trường Đại học Mẫu",)
