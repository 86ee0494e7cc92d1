"""Plurals narrowed by what they have or have not done, lists in small letters, and days that are no limit."""

from __future__ import annotations

import pytest

from letters.bodies.names import names
from letters.text.lines import repair
from tests.letters.test_first_words import letter

NARROWED = [
    ("Các huyện chưa quyết toán kinh phí đợt 1 phải nộp chứng từ về Sở", "Các huyện chưa quyết toán kinh phí đợt 1"),
    ("Những xã chưa thành lập tổ công nghệ số hoàn thành việc này", "Những xã chưa thành lập tổ công nghệ số"),
    ("Các đơn vị còn nợ hồ sơ khẩn trương bổ sung", "Các đơn vị còn nợ hồ sơ"),
    ("Các trường đã nhận thừa kinh phí (phụ lục kèm theo) nộp trả vào tài khoản", "Các trường đã nhận thừa kinh phí"),
    ("Các phòng đang sử dụng phần mềm cũ chuyển toàn bộ dữ liệu", "Các phòng đang sử dụng phần mềm cũ"),
    ("các ngân hàng nơi KBNN mở tài khoản bảo đảm tiền mặt", "các ngân hàng nơi KBNN mở tài khoản"),
]


@pytest.mark.parametrize(("words", "expected"), NARROWED)
def test_what_bodies_have_not_done_says_which_are_meant(words: str, expected: str) -> None:
    text = repair(words)
    assert [n.text for n in names(text, 0, len(text.s), loose=True)[0]] == [expected]


def test_such_a_name_is_a_doubt_and_a_story_orders_nobody() -> None:
    reading = letter(
        "1. Các xã chưa gửi báo cáo khẩn trương gửi về Sở trước ngày 20/12/2026.\n2. Sở Xây dựng tổng hợp kết quả.\n"
    )
    assert reading.tasks[0].lead == ("Các xã chưa gửi báo cáo",)
    assert "lead_unsure" in {d.code for d in reading.doubts_of("tasks[0].lead")}
    text = repair("Các địa phương đã tích cực triển khai kế hoạch")
    assert [n.text for n in names(text, 0, len(text.s))[0]] == ["Các địa phương"]


def test_those_concerned_are_named_up_to_the_comma_of_the_order() -> None:
    reading = letter("1. Đối với các đơn vị chưa nộp hồ sơ, đề nghị khẩn trương nộp về Sở.\n2. Sở Y tế báo cáo.\n")
    assert reading.tasks[0].lead == ("các đơn vị chưa nộp hồ sơ",)


PARTED = [
    (
        "Ban quản lý chợ, tổ dân phố, hiệp hội ngành nghề phát tài liệu",
        ["Ban quản lý chợ", "tổ dân phố", "hiệp hội ngành nghề"],
    ),
    ("Đoàn Thanh niên, hội khoa học kỹ thuật tư vấn", ["Đoàn Thanh niên", "hội khoa học kỹ thuật"]),
    ("Văn phòng Sở và trường THPT Lê Lợi chuẩn bị địa điểm", ["Văn phòng Sở", "trường THPT Lê Lợi"]),
    ("phòng Nội vụ và phòng Tài chính lập dự toán", ["phòng Nội vụ", "phòng Tài chính"]),
    ("cơ quan tài chính, cơ quan kho bạc đồng cấp rà soát", ["cơ quan tài chính", "cơ quan kho bạc đồng cấp"]),
    ("Sở Công Thương và cơ quan liên quan kiểm tra", ["Sở Công Thương", "cơ quan liên quan"]),
    ("UBND huyện, thị xã rà soát", ["UBND huyện, thị xã"]),
    ("Vụ Kiểm soát chi thường xuyên theo dõi", ["Vụ Kiểm soát chi"]),
    ("Cục trưởng ban hành quyết định", ["Cục trưởng"]),
    ("các đơn vị một số việc sau", ["các đơn vị"]),
]


@pytest.mark.parametrize(("words", "expected"), PARTED)
def test_a_list_in_small_letters_falls_apart(words: str, expected: list[str]) -> None:
    text = repair(words)
    assert [n.text for n in names(text, 0, len(text.s), loose=True)[0]] == expected


FIRST = [
    ("Về phòng, chống dịch: Trung tâm Kiểm soát bệnh tật giám sát ca bệnh.", ("Trung tâm Kiểm soát bệnh tật",)),
    ("Ban Công nghệ, chuyển đổi số và tự động hóa nâng cấp cổng.", ("Ban Công nghệ, chuyển đổi số và tự động hóa",)),
    ("Giảng viên (kể cả thỉnh giảng) kê khai số giờ đã dạy.", ("Giảng viên",)),
    ("Giáo vụ khoa đối chiếu bảng kê với sổ lên lớp.", ("Giáo vụ khoa",)),
    (
        "Bếp ăn tập thể và cơ sở cung cấp suất ăn: lưu mẫu thức ăn đủ 24 giờ.",
        ("Bếp ăn tập thể", "cơ sở cung cấp suất ăn"),
    ),
]


@pytest.mark.parametrize(("words", "lead"), FIRST)
def test_who_leads_behind_a_topic_a_bracket_or_a_comma(words: str, lead: tuple[str, ...]) -> None:
    assert letter(f"1. {words}\n2. Sở Xây dựng tổng hợp kết quả thực hiện.\n").tasks[0].lead == lead


def test_to_organise_a_delegation_names_nobody() -> None:
    for words in ("Tổ chức đoàn công tác hướng dẫn các xã.", "Tổ chức đoàn kiểm tra liên ngành tại các chợ."):
        reading = letter(f"1. Sở Y tế\na) {words}\nb) Báo cáo trước ngày 20/12/2026.\n2. Sở Xây dựng tổng hợp.\n")
        assert reading.tasks[0].lead == ("Sở Y tế",)


def test_how_long_a_campaign_lasts_is_no_limit_beside_one() -> None:
    reading = letter(
        "1. Sở Y tế: trong thời gian cao điểm (từ 15/11 đến 31/12/2026), báo cáo trước 16h30 thứ Sáu hàng tuần.\n"
        '2. Sở Xây dựng tuyên truyền Tuần lễ "Vì môi trường" từ ngày 16 đến ngày 23/12/2026.\n'
    )
    assert [(t.deadline.kind, t.deadline.rrule) for t in reading.tasks] == [
        ("recurring", "FREQ=WEEKLY;BYDAY=FR"),
        ("none", None),
    ]


def test_more_words_for_the_last_hour_the_year_and_every_day() -> None:
    reading = letter(
        "1. Sở Y tế báo cáo chậm nhất cuối giờ làm việc ngày 18/12/2026.\n"
        "2. Sở Xây dựng hoàn thành giai đoạn hai vào năm 2028.\n"
        "3. Sở Nội vụ cung cấp số liệu hằng ngày cho Văn phòng.\n"
    )
    assert [str(t.deadline.due or t.deadline.rrule) for t in reading.tasks] == [
        "2026-12-18",
        "2028-12-31",
        "FREQ=DAILY",
    ]
