"""Whom a clause means where its name goes on in small letters, is charged with something, or stands behind an opening."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from models.reading import Reading

HEAD = """UBND TỈNH MẪU          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/UBND-KT             Mẫu, ngày 10 tháng 3 năm 2026
V/v triển khai nhiệm vụ

Kính gửi:
- Các sở, ban, ngành;
- UBND các xã, phường.

UBND tỉnh yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:
"""
FOOT = """
Nơi nhận:                TM. ỦY BAN NHÂN DÂN
- Như trên;              CHỦ TỊCH
- Lưu: VT.               Nguyễn Văn Mẫu
"""


def reading(clauses: str) -> Reading:
    last = "2. Sở Xây dựng rà soát quy hoạch các khu đô thị.\n"
    return read(f"{HEAD}1. {clauses}\n{last}{FOOT}", today=dt.date(2026, 3, 11))


LEADS = [
    ("Sở Nội vụ được giao nhiệm vụ tổng hợp kết quả chấm điểm.", "Sở Nội vụ"),
    ("Chi cục Thủy lợi được phân công chủ trì lập phương án.", "Chi cục Thủy lợi"),
    ("Các đơn vị được giao chủ đầu tư đẩy nhanh tiến độ thi công.", "Các đơn vị được giao chủ đầu tư"),
    (
        "Các công ty khai thác công trình thủy lợi chủ động tiêu nước đệm.",
        "Các công ty khai thác công trình thủy lợi",
    ),
    ("Các cơ sở có sử dụng lao động nước ngoài báo cáo Sở Nội vụ.", "Các cơ sở có sử dụng lao động nước ngoài"),
    (
        "Chủ tịch UBND các xã có diện tích rừng bị cháy tổ chức kiểm điểm.",
        "Chủ tịch UBND các xã có diện tích rừng bị cháy",
    ),
    ("Chủ tịch UBND tỉnh yêu cầu Chủ tịch UBND các xã trực tiếp kiểm tra đê.", "Chủ tịch UBND các xã"),
    ("Các tổ chức, cá nhân sử dụng đất chấp hành nghiêm pháp luật đất đai.", "Các tổ chức, cá nhân sử dụng đất"),
    ("Các chủ đầu tư có tỷ lệ giải ngân thấp kiểm điểm trách nhiệm.", "Các chủ đầu tư có tỷ lệ giải ngân thấp"),
    ("Kiểm tra công tác chuẩn bị - Văn phòng UBND tỉnh, trước 25/4/2026.", "Văn phòng UBND tỉnh"),
    ("Trong tháng 4/2026, Thanh tra tỉnh kết thúc các cuộc thanh tra.", "Thanh tra tỉnh"),
    (
        "Căn cứ báo cáo của chủ nhiệm, đơn vị quản lý trực tiếp tổ chức góp ý và lập biên bản.",
        "đơn vị quản lý trực tiếp",
    ),
    (
        "Chậm nhất 30 ngày trước khi hết hợp đồng, chủ nhiệm đề tài (CNĐT) hoàn thiện báo cáo tổng kết.",
        "chủ nhiệm đề tài",
    ),
]


@pytest.mark.parametrize(("clause", "lead"), LEADS)
def test_the_lead_is_named_whole(clause: str, lead: str) -> None:
    assert reading(clause).tasks[0].lead == (lead,)


@pytest.mark.parametrize("sign", ["/", " & "])
def test_a_stroke_parts_two_whole_names(sign: str) -> None:
    found = reading(f"Sở Tài chính{sign}Sở Nội vụ rà soát các quy định.")
    assert found.tasks[0].lead == ("Sở Tài chính", "Sở Nội vụ")


def test_a_title_ends_with_an_order_that_has_nothing_to_act_on() -> None:
    found = reading("Trung tâm Y tế các huyện có xã triển khai\n- Lập danh sách đối tượng trước ngày 20/4/2026.")
    assert found.tasks[0].lead == ("Trung tâm Y tế các huyện có xã triển khai",)


def test_kinds_of_bodies_in_capitals_are_one_group() -> None:
    found = reading("Các Khoa, Bộ môn\n- Nộp đề thi về Phòng Khảo thí trước ngày 20/4/2026.\n- Cử cán bộ coi thi.")
    assert {task.lead for task in found.tasks[:2]} == {("Các Khoa, Bộ môn",)}


def test_those_above_ask_others_in_the_middle_of_a_sentence() -> None:
    found = reading(
        "Các Chi cục Hải quan khu vực\n1.1. Kiện toàn Hội đồng trước ngày 10/5/2026.\n"
        "1.2. Hàng hóa là phế liệu: yêu cầu hãng tàu vận chuyển ra khỏi lãnh thổ trong tháng 5/2026."
    )
    assert [task.lead for task in found.tasks[:2]] == [("Các Chi cục Hải quan khu vực",)] * 2


def test_a_title_that_assesses_is_a_task_where_its_lead_stands_below() -> None:
    found = reading(
        "Đánh giá an toàn thông tin theo cấp độ\nĐơn vị chủ trì: Sở Khoa học và Công nghệ.\nThời gian: hằng năm."
    )
    assert found.tasks[0].lead == ("Sở Khoa học và Công nghệ",)
    assert found.tasks[0].deadline.rrule == "FREQ=YEARLY"


def test_what_is_sent_stands_below_a_form() -> None:
    found = reading(
        "Đăng ký số lượng cử đi bồi dưỡng: ........ người.\n\n"
        "Bản đăng ký có chữ ký của thủ trưởng gửi về Sở Nội vụ chậm nhất ngày 08/6/2026."
    )
    assert [str(task.deadline.due) for task in found.tasks if task.deadline.due] == ["2026-06-08"]
    assert any(doubt.code == "order_unsure" for doubt in found.doubts)


@pytest.mark.parametrize(
    "clause",
    [
        "Hình thức thi: tự luận, trắc nghiệm, vấn đáp theo đề cương chi tiết đã được duyệt.",
        "Đối tượng: toàn bộ trẻ sinh từ 01/4/2016 đến 31/3/2020, không kể tiền sử tiêm chủng, trừ trẻ đã tiêm vắc xin cùng loại "
        "trong vòng một tháng.",
    ],
)
def test_what_a_plan_lays_down_is_no_task(clause: str) -> None:
    assert [task.clause for task in reading(clause).tasks] == ["2"]


def test_a_hotline_in_an_order_is_nobody_to_ask() -> None:
    found = reading("UBND các xã trực ban 24/24 giờ, tiếp nhận tin báo cháy qua đường dây nóng 0204.3123.456.")
    assert found.contact is None
