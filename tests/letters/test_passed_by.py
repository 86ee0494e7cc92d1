"""Who is meant and who is only named on the way: steps of a procedure, offices with a comma in their names, stray words of a
scan, lists that share a noun, purposes with a day of their own. Invented letters."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.times.deadlines import find
from models.reading import Reading
from tests.letters.test_no_order import HEAD, OPENS, clauses, leads, letter

STEPS = "Để việc thanh toán được thống nhất, Bệnh viện (Quyết định số 57/QĐ-BV ngày 02/3/2026) hướng dẫn các bước như sau:\n"


def doubted(reading: Reading, field: str) -> set[str]:
    return {doubt.code for doubt in reading.doubts if doubt.field == field}


def test_the_steps_a_letter_hands_out_are_tasks_and_no_bases() -> None:
    reading = letter(
        STEPS + "Bước 1/ Phòng Điều dưỡng lập phiếu báo hỏng.\n"
        "Bước 2/ Phòng Vật tư cử kỹ sư kiểm tra trong thời hạn không quá 02 ngày làm việc kể từ khi nhận phiếu.\n"
        "Bước 3/ Phòng Kế toán soát xét chứng từ.\n"
    )
    assert [base.number for base in reading.based_on] == ["57/QĐ-BV"]
    assert leads(reading) == [("Phòng Điều dưỡng",), ("Phòng Vật tư",), ("Phòng Kế toán",)]
    assert clauses(reading) == ["1", "2", "3"]
    assert reading.tasks[1].deadline.relative_days == 2
    assert doubted(reading, "tasks[0]") == {"order_unsure"}


@pytest.mark.parametrize(
    "words",
    [
        "Bên cạnh đó vẫn còn 04 dự án chậm do vướng mặt bằng.",
        "Bãi bỏ chế độ báo cáo quy định tại Công văn số 218/UBND-TH ngày 20/4/2025.",
        "Kinh phí thực hiện Kế hoạch gồm: ngân sách nhà nước theo phân cấp; Quỹ bảo hiểm y tế chi trả; nguồn hợp pháp khác.",
    ],
)
def test_what_is_told_abolished_or_paid_orders_nobody(words: str) -> None:
    reading = letter(OPENS + f"1. Sở Y tế rà soát nhân lực.\n2. {words}\n3. Sở Nội vụ tổng hợp, trình UBND tỉnh.\n")
    assert [task.lead for task in reading.tasks if task.lead and task.clause.startswith("2")] in (
        [],
        [("Các sở, ban, ngành tỉnh", "UBND các xã, phường")],
    )
    assert not any("Bãi bỏ" in task.text or "Quỹ bảo hiểm" in " ".join(task.lead) for task in reading.tasks)


def test_from_when_to_when_something_lasts_is_no_task() -> None:
    reading = letter(
        OPENS + "1. Sở Y tế chuẩn bị hóa chất.\n"
        "2. Thời gian thực hiện Tháng vệ sinh: từ ngày 22/3/2026 đến ngày 22/4/2026. "
        "Các đơn vị báo cáo tổng kết chậm nhất ngày 27/4/2026 về Sở Y tế.\n"
    )
    assert [task.deadline.due for task in reading.tasks] == [None, dt.date(2026, 4, 27)]


def test_the_day_of_a_purpose_is_the_receivers() -> None:
    reading = letter(
        OPENS + "1. Sở Xây dựng rà soát các cầu yếu.\n"
        "Giao Sở Y tế theo dõi việc thực hiện; các đơn vị gửi báo cáo về Sở Y tế trước ngày 10/12/2026 "
        "để tổng hợp, trình UBND tỉnh trước ngày 20/12/2026.\n"
    )
    found = {task.lead: task.deadline.due for task in reading.tasks}
    assert found[("Sở Y tế",)] == dt.date(2026, 12, 19)
    assert found[("các đơn vị",)] == dt.date(2026, 12, 9)


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("Phòng Vật tư, phương tiện bay", "trang bị máy tính bảng cho các buồng bệnh"),
        ("Ban Kiểm tra, kiểm soát nội bộ", "đưa nội dung này vào chương trình kiểm tra"),
        ("Khoa Xét nghiệm, giải phẫu bệnh", "lập danh sách máy cần thay"),
    ],
)
def test_an_office_may_have_a_comma_in_its_name(name: str, order: str) -> None:
    reading = letter(OPENS + f"1. Sở Xây dựng rà soát các cầu yếu.\n2. {name} {order}.\n")
    assert leads(reading)[1] == (name,)
    assert "lead_unsure" in doubted(reading, "tasks[1].lead")


def test_a_body_behind_whose_name_nothing_was_understood_is_a_doubt() -> None:
    reading = letter(OPENS + "1. Sở Xây dựng rà soát các cầu yếu.\n2. Phòng Kế hoạch, Hậu cần, Kỹ thuật nhận hàng.\n")
    assert "lead_unsure" in doubted(reading, "tasks[1].lead") or leads(reading)[1] == (
        "Phòng Kế hoạch, Hậu cần, Kỹ thuật",
    )


def test_a_stray_word_of_a_scan_names_nobody() -> None:
    reading = letter(
        OPENS + "1. UBND các xã, phường:\na) Rà soát các điểm sạt lở.\n"
        "b) Hằng ngày, trước 16 giờ, gửi báo cáo bằng văn bản để\n\nXã\n\ntổng hợp, trình UBND tỉnh.\n"
    )
    assert all(lead != ("Xã",) for lead in leads(reading))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "Các Hợp tác xã dịch vụ điện: Hồng Quang, Yên Lập",
            ("Hợp tác xã dịch vụ điện Hồng Quang", "Hợp tác xã dịch vụ điện Yên Lập"),
        ),
        (
            "Các Tập đoàn: Điện lực Việt Nam, Công nghiệp Than - Khoáng sản Việt Nam",
            ("Tập đoàn Điện lực Việt Nam", "Tập đoàn Công nghiệp Than - Khoáng sản Việt Nam"),
        ),
        ("UBND các xã, phường bị ảnh hưởng", ("UBND các xã, phường bị ảnh hưởng",)),
        ("UBND các xã, phường nơi đặt điểm thi", ("UBND các xã, phường nơi đặt điểm thi",)),
        ("UBND cấp xã nơi có bến đò", ("UBND cấp xã nơi có bến đò",)),
        ("Sở Tài chính trên địa bàn", ("Sở Tài chính",)),
    ],
)
def test_names_are_whole_and_no_longer(words: str, names: tuple[str, ...]) -> None:
    reading = letter(OPENS + f"1. {words} rà soát, báo cáo UBND tỉnh trước ngày 15/4/2026.\n")
    assert leads(reading) == [names]


def test_a_title_of_plain_nouns_is_the_matter_and_not_the_actor() -> None:
    reading = letter(
        OPENS + "1. Sở Xây dựng rà soát các cầu yếu.\n2. Trường học, cơ sở y tế\n\n"
        "Sở Giáo dục và Đào tạo, Sở Y tế kiểm đếm thiệt hại về phòng học, thiết bị trước ngày 10/4/2026.\n"
    )
    assert leads(reading)[1:] == [("Sở Giáo dục và Đào tạo", "Sở Y tế")]


def test_those_who_take_part_in_helping_are_partners() -> None:
    reading = letter(
        OPENS + "1. UBND xã Lượng Sơn là đơn vị chủ trì, chọn địa điểm trước ngày 25/4/2026; "
        "các cơ quan tham gia phối hợp gồm Sở Xây dựng, Sở Tài chính.\n"
    )
    assert reading.tasks[0].coordinate == ("Sở Xây dựng", "Sở Tài chính")


def test_whom_tasks_are_given_out_to_is_the_addressee_of_the_lead_in() -> None:
    text = HEAD + (
        "Căn cứ Công văn số 46/BGDĐT-QLCL ngày 28/02/2026 hướng dẫn tổ chức kỳ thi, UBND tỉnh phân công nhiệm vụ "
        "cho các cơ quan, địa phương như sau:\n1. Sở Giáo dục và Đào tạo thiết lập đường dây nóng.\n"
        "2. Công an tỉnh lên phương án bảo vệ đề thi.\n"
    )
    assert leads(read(text)) == [("Sở Giáo dục và Đào tạo",), ("Công an tỉnh",)]


def test_once_a_quarter_is_a_limit_and_the_last_days_of_a_month_are_none() -> None:
    assert [f.deadline.phrase for f in find("Mỗi quý một lần, công bố thông tin về nguồn cung")] == ["Mỗi quý một lần"]
    assert not find("hạn chế tập trung vào những ngày cuối tháng 12 gây ách tắc", dt.date(2026, 10, 1))
