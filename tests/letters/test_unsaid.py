"""What a letter leaves unsaid: the year of its days, the sign before an order, the letters that stand for a body. All is
invented."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.bodies.actors import lead
from letters.bodies.partners import coordinates
from letters.text.lines import repair
from letters.times.deadlines import find
from models.reading import Reading, ReadTask
from tests.letters.test_actors import FOOT, HEAD

ISSUED = dt.date(2026, 3, 6)
EXCERPT = (
    "Chủ tịch UBND tỉnh Nam Hải yêu cầu các sở, ban, ngành, địa phương triển khai một số nội dung sau:\n\n"
    "1. Sở Xây dựng rà soát các vị trí sạt lở, báo cáo UBND tỉnh {first}.\n\n"
    "2. Sở Tài chính tham mưu phân bổ kinh phí, hoàn thành {second}.\n"
)


def excerpt(first: str, second: str) -> Reading:
    return read(EXCERPT.format(first=first, second=second))


def due(task: ReadTask) -> str:
    return str(task.deadline.due)


# The year ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trước ngày 10/9", "2025-09-09"),
        ("chậm nhất ngày 15 tháng 9", "2025-09-15"),
        ("trong tháng 10", "2025-10-31"),
        ("trong quý IV", "2025-12-31"),
        ("trước 17h00 ngày 30/9", "2025-09-30"),
    ],
)
def test_a_letter_without_a_date_lends_its_days_the_year_of_the_others(words: str, day: str) -> None:
    reading = excerpt("trước ngày 30/8/2025", words)
    assert [due(task) for task in reading.tasks] == ["2025-08-29", day]
    assert [d.field for d in reading.doubts if d.code == "deadline_year_assumed"] == ["tasks[1].deadline"]


def test_days_of_two_years_lend_none() -> None:
    reading = read(
        "Thực hiện Công văn số 12/BXD-HT ngày 20/12/2024, UBND tỉnh yêu cầu:\n\n"
        "1. Sở Xây dựng rà soát các vị trí sạt lở phát sinh từ ngày 05/01/2025, xong trước ngày 10/9.\n"
    )
    assert [task.deadline.due for task in reading.tasks] == [None]


def test_a_day_of_every_year_needs_none() -> None:
    tasks = excerpt("định kỳ hằng năm gửi Sở Nội vụ trước ngày 05 tháng 12", "trong năm").tasks
    assert tasks[0].deadline.rrule == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4"


# Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trình trong tuần 3 tháng 3/2026", "2026-03-21"),
        ("chậm nhất trong tuần cuối tháng 4", "2026-04-30"),
        ("vào tuần thứ hai của tháng 5/2026", "2026-05-14"),
        ("Trong 02 tuần đầu tháng 4/2026 hoàn thành", "2026-04-14"),
        ("hết tuần thứ nhất tháng 6", "2026-06-07"),
    ],
)
def test_a_week_of_a_month_ends_on_its_last_day_in_doubt(words: str, day: str) -> None:
    [found] = find(words, ISSUED)
    assert (str(found.deadline.due), found.doubts) == (day, ("deadline_unsure",))


def test_each_phase_has_its_day_in_doubt() -> None:
    found = find("hoàn thành nâng cấp hệ thống (giai đoạn 1: 30/4/2026; giai đoạn 2: 30/9/2026)", ISSUED)
    assert [str(f.deadline.due) for f in found] == ["2026-04-30", "2026-09-30"]
    assert all("deadline_unsure" in f.doubts for f in found)
    assert find("Hội thi diễn ra trong hai đợt (đợt 1: 30/4/2026; đợt 2: 30/9/2026)", ISSUED) == []


def test_the_latest_day_right_behind_a_month_is_the_limit() -> None:
    [found] = find("ngay trong tháng 9, chậm nhất đến 31/10/2026", ISSUED)
    assert str(found.deadline.due) == "2026-10-31"


def test_a_report_on_half_a_year_by_one_day_comes_once() -> None:
    found = find("đối với báo cáo quý I trước ngày 10/4/2026, đối với báo cáo 6 tháng trước ngày 10/7/2026", ISSUED)
    assert [str(f.deadline.due) for f in found] == ["2026-04-09", "2026-07-09"]


# Bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (("UBND các xã: Tân An, Hòa Lạc, Yên Sơn", "UBND thị xã Phú Mỹ"), ": rà soát nhu cầu nước sinh hoạt"),
        (("UBND các xã: Tân An, Hòa Lạc và phường Tam Thanh",), " vận động nhân dân bàn giao mặt bằng"),
        (("Các TCTD", "chi nhánh ngân hàng nước ngoài"), ": rà soát, đánh giá mức độ thiệt hại"),
        (("Các NHTM trên địa bàn",), " chủ động tiếp cận khách hàng vay vốn"),
        (("Ban Quản lý các khu bảo tồn thiên nhiên, vườn quốc gia",), " lập đề án du lịch sinh thái"),
        (("Kho bạc Nhà nước khu vực VI",), " thanh toán vốn cho các dự án"),
        (("Ban Chỉ huy Phòng thủ khu vực 2",), " huy động lực lượng giúp dân"),
        (("Các đơn vị quân đội đóng quân trên địa bàn rừng",), " thực hiện nghiêm quy chế phối hợp"),
    ],
)
def test_a_list_ends_where_its_order_begins(names: tuple[str, ...], order: str) -> None:
    text = repair(f"{', '.join(names)}{order}.")
    assert lead(text, 0, len(text.s)).texts == names


def test_an_order_behind_a_list_of_partners_is_none_of_them() -> None:
    text = repair(
        "Công an tỉnh phối hợp với Tỉnh đoàn, Hội Liên hiệp Phụ nữ tỉnh, tổ chức tuyên truyền phòng, chống ma túy."
    )
    assert [n.text for n in coordinates(text, 0, len(text.s))] == ["Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh"]


def test_the_part_of_a_body_in_brackets_leads_no_task_of_its_own() -> None:
    clause = "Giao Sở Tài chính (Phòng Quản lý ngân sách) chủ trì, phối hợp Sở Nội vụ (Phòng Tổ chức biên chế) rà soát."
    [task] = read(HEAD + clause + FOOT).tasks
    assert (task.lead, task.coordinate) == (("Sở Tài chính",), ("Sở Nội vụ",))


def test_of_a_list_that_names_who_leads_the_others_help() -> None:
    clause = "Sở Xây dựng (chủ trì), Sở Tài chính, Công an tỉnh: thống nhất phương án tổ chức giao thông."
    [task] = read(HEAD + clause + FOOT).tasks
    assert (task.lead, task.coordinate) == (("Sở Xây dựng",), ("Sở Tài chính", "Công an tỉnh"))


def test_the_loudspeakers_of_a_commune_help_too() -> None:
    text = repair("Sở Y tế phối hợp cơ quan báo chí, hệ thống thông tin cơ sở đẩy mạnh tuyên truyền.")
    assert [n.text for n in coordinates(text, 0, len(text.s))] == ["cơ quan báo chí", "hệ thống thông tin cơ sở"]


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("Hộ kinh doanh vận tải hành khách bằng xe ô tô niêm yết giá vé.", "lead_cut"),
        ("Các hộ chăn nuôi từ 100 con lợn trở lên kê khai với UBND cấp xã trước ngày 20/12/2026.", "lead_cut"),
        ("Giao các đồng chí: Ngô Văn Mẫu - Phó Giám đốc Sở Xây dựng, Lê Thị Thử rà soát hồ sơ.", "lead_unsure"),
    ],
)
def test_who_is_meant_in_more_words_than_are_read_is_in_doubt(clause: str, code: str) -> None:
    reading = read(HEAD + clause + FOOT)
    assert code in {d.code for d in reading.doubts if d.field == "tasks[0].lead"}


def test_whose_opinion_is_asked_with_a_report_receives_it() -> None:
    clause = "Sở Y tế kịp thời báo cáo, xin ý kiến chỉ đạo của Bộ Y tế khi vượt thẩm quyền."
    assert read(HEAD + clause + FOOT).tasks[0].report_to == "Bộ Y tế"


# Orders without a sign --------------------------------------------------------------------------------------------

CONCLUSION = """VĂN PHÒNG UBND TỈNH NAM HẢI

Số: 62/TB-VP

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại Hội nghị giao ban

Sau khi nghe các đại biểu báo cáo, đồng chí Phó Chủ tịch UBND tỉnh kết luận như sau:

Về thống kê thiệt hại

UBND các xã, phường chốt số liệu thiệt hại, gửi Sở Nông nghiệp và Môi trường trước ngày 22/10/2025.

Về hạ tầng

- Sở Xây dựng thông xe các tuyến đường tỉnh xong trước ngày 30/10/2025.

- Công ty Điện lực Nam Hải kiểm tra an toàn các trạm biến áp bị ngập.
"""


def test_orders_without_a_sign_stand_beside_those_with_one() -> None:
    tasks = read(CONCLUSION).tasks
    assert [(t.clause, t.lead) for t in tasks] == [
        ("p1", ("UBND các xã, phường",)),
        ("-1", ("Sở Xây dựng",)),
        ("-2", ("Công ty Điện lực Nam Hải",)),
    ]


def test_kinds_that_an_order_only_counts_stay_one_task_with_its_day_below() -> None:
    clause = (
        "Lập danh sách các cơ sở trên địa bàn theo các nhóm:\n\n- Cơ sở sản xuất đã được cấp giấy chứng nhận;\n\n"
        "- Hộ kinh doanh, cá nhân bán hàng trên mạng;\n\n- Công ty kinh doanh đa cấp.\n\n"
        "Danh sách gửi về Sở Y tế trước ngày 30/12/2026.\n\n2. Sở Công Thương tăng cường kiểm tra.\n"
    )
    tasks = read(HEAD + clause + FOOT).tasks
    assert [(t.clause, due(t)) for t in tasks] == [("1", "2026-12-29"), ("2", "None")]


TELEGRAM = """Ngày 29/8/2025, Chủ tịch UBND tỉnh Nam Hải đã ban hành Công điện 04/CĐ-UBND về ứng phó triều cường.

Chủ tịch UBND tỉnh Nam Hải điện:

- Giám đốc các Sở: Xây dựng, Công Thương;

- Chủ tịch UBND các xã, phường.

Theo bản tin của Đài Khí tượng Thủy văn, đỉnh triều có khả năng vượt báo động III.

Thực hiện Công điện số 82/CĐ-TTg ngày 26 tháng 8 năm 2025, Chủ tịch UBND tỉnh yêu cầu:

1. Chủ tịch UBND các xã, phường gia cố các đoạn đê xung yếu trước ngày 15/9/2025.
"""


def test_a_telegram_on_a_web_page_has_addressees() -> None:
    reading = read(TELEGRAM)
    assert reading.recipients == ("Giám đốc các Sở: Xây dựng, Công Thương", "Chủ tịch UBND các xã, phường")
    assert [base.number for base in reading.based_on] == ["82/CĐ-TTg"]
    assert [(t.clause, due(t)) for t in reading.tasks] == [("1", "2025-09-14")]


def test_a_web_page_names_who_sent_the_letter() -> None:
    reading = read(
        "Theo đó, Công văn 3418/UBND-VX năm 2025 UBND tỉnh Nam Hải chỉ đạo tăng cường phòng dịch, cụ thể như sau:\n\n"
        "1. Sở Y tế chủ động giám sát, phát hiện sớm ca bệnh.\n\n2. Giao Sở Nội vụ rà soát, báo cáo UBND tỉnh.\n"
    )
    assert reading.issuer == "UBND tỉnh Nam Hải"


# The frame --------------------------------------------------------------------------------------------------------


def test_the_name_behind_a_number_is_the_contact() -> None:
    clause = "Sở Y tế báo cáo về Văn phòng UBND tỉnh (số điện thoại: 0900.000.123; anh Nguyễn Văn Mẫu).\n"
    contact = read(HEAD + clause + FOOT).contact
    assert contact is not None
    assert (contact.name, contact.phone) == ("Nguyễn Văn Mẫu", "+84900000123")


def test_a_duty_number_is_kept() -> None:
    clause = "Sở Y tế tăng cường kiểm tra.\n\nMọi vướng mắc liên hệ Văn phòng, số trực ban: 0900.000.124./.\n"
    contact = read(HEAD + clause + FOOT).contact
    assert contact is not None
    assert contact.phone == "+84900000124"


@pytest.mark.parametrize(
    ("foot", "name"),
    [
        ("Nơi nhận: GIÁM ĐỐC\n- Như trên;\n- Lưu: VT, QLT. Nguyễn Văn Mẫu\n", "Nguyễn Văn Mẫu"),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nK’ Brip Lương\n", "K’ Brip Lương"),
    ],
)
def test_a_signer_s_name_may_stand_beside_the_copies_or_apart_from_its_letter(foot: str, name: str) -> None:
    signer = read(HEAD + "Sở Y tế tăng cường kiểm tra các cơ sở.\n\n" + foot).signer
    assert signer is not None
    assert signer.name == name
