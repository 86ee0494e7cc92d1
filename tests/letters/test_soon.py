"""Limits told by the day of issue, limits in other words, and days that come again, each as letters write it."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.times.deadlines import find

ISSUED = dt.date(2026, 3, 10)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("xong trong tuần này", "2026-03-15"),
        ("chậm nhất thứ Sáu tuần này", "2026-03-13"),
        ("trước thứ Năm tuần tới", "2026-03-18"),
        ("chậm nhất cuối tuần này", "2026-03-15"),
        ("ngay trong chiều nay", "2026-03-10"),
        ("trước 8 giờ ngày mai", "2026-03-11"),
        ("từ nay đến cuối năm", "2026-12-31"),
        ("không trễ quá ngày 22/7/2026", "2026-07-22"),
        ("không để muộn sau ngày 22/7/2026", "2026-07-22"),
        ("trễ nhất ngày 22/7/2026", "2026-07-22"),
        ("hạn cuối nhận hồ sơ: 30/6/2026", "2026-06-30"),
        ("hạn chót nhận bài: 17h ngày 30/6/2026", "2026-06-30"),
        ("gửi báo cáo về Sở Nội vụ ngày 24/4/2026", "2026-04-24"),
        ("Tiến độ: Quý II/2026", "2026-06-30"),
        ("hợp đồng mua sắm ký trong tháng 11/2026", "2026-11-30"),
        ("quy chế ban hành trong tháng 5/2026", "2026-05-31"),
        ("trong 6 tháng đầu năm 2026 hoàn thành", "2026-06-30"),
        ("chữ ký số được cấp cho tất cả lãnh đạo sở trong năm 2026.", "2026-12-31"),
        ("nạo vét lòng sông, thông tuyến trong năm 2026.", "2026-12-31"),
    ],
)
def test_a_limit_in_other_words(words: str, due: str) -> None:
    [found] = find(words, ISSUED)
    assert (found.deadline.kind, str(found.deadline.due)) == ("date", due)


@pytest.mark.parametrize(
    ("words", "due"),
    [("xong trong tuần tới", "2026-03-22"), ("trong tháng sau", "2026-04-30"), ("báo cáo trong quý tới", "2026-06-30")],
)
def test_the_next_week_or_month_is_a_doubt(words: str, due: str) -> None:
    [found] = find(words, ISSUED)
    assert (str(found.deadline.due), found.doubts) == (due, ("deadline_unsure",))


def test_the_hour_of_tomorrow_is_kept() -> None:
    [found] = find("báo cáo trước 8 giờ ngày mai", ISSUED)
    assert found.deadline.time == "08:00"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("d) Hằng tháng công khai danh sách cơ sở chưa hoàn thành", "FREQ=MONTHLY"),
        ("2.1. Hằng quý niêm yết kết quả tại trụ sở", "FREQ=MONTHLY;INTERVAL=3"),
        ("cập nhật trước ngày 5 của tháng liền sau", "FREQ=MONTHLY;BYMONTHDAY=4"),
        ("mùng 5 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("phát tin vào 17h00 hằng ngày trong các tháng 4, 5, 6", "FREQ=DAILY"),
    ],
)
def test_what_comes_again(words: str, rule: str) -> None:
    [found] = find(words, ISSUED)
    assert found.deadline.rrule == rule


@pytest.mark.parametrize(
    "words",
    [
        "Định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 05/12), các đơn vị gửi kết quả",
        "báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 05/12",
        "gửi kết quả trước ngày 15/6 (báo cáo 6 tháng) và trước ngày 05/12 (báo cáo năm)",
        "báo cáo 6 tháng (trước ngày 15 tháng 6) và năm (trước ngày 05 tháng 12)",
        "báo cáo tình hình nợ 6 tháng đầu năm trước ngày 15 tháng 6 và báo cáo hằng năm trước ngày 05 tháng 12",
    ],
)
def test_two_days_of_a_year_are_two_limits(words: str) -> None:
    found = find(words, ISSUED)
    assert [f.deadline.rrule for f in found] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4",
    ]


def test_each_report_of_a_row_of_periods_has_its_own_day() -> None:
    words = "chế độ báo cáo: tuần (trước 15h thứ Năm), tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý)"
    assert [f.deadline.rrule for f in find(words, ISSUED)] == [
        "FREQ=WEEKLY;BYDAY=TH",
        "FREQ=MONTHLY;BYMONTHDAY=19",
        "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=19",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "họp ngày 24/4/2026 với các bệnh viện",
        "theo Công văn gửi Sở Y tế ngày 02/3/2026",
        "các nhiệm vụ trọng tâm trong năm 2026.",
        "kết quả công tác trong năm 2026.",
        "văn bản ban hành đến hết ngày 30/6/2026",
        "Trước ngày này",
    ],
)
def test_no_limit_is_invented(words: str) -> None:
    assert find(words, ISSUED) == []


def test_a_day_for_all_is_not_given_to_the_order_to_some_above_it() -> None:
    letter = """BỘ CÔNG NGHIỆP MẪU        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/BCNM-KHCN                Độc lập - Tự do - Hạnh phúc
                             Hà Nội, ngày 10 tháng 3 năm 2026
V/v góp ý dự thảo Thông tư

Kính gửi:
- Sở Công Thương các tỉnh, thành phố;
- Các Tập đoàn, Tổng công ty nhà nước.

Bộ Công nghiệp Mẫu đã hoàn thành dự thảo Thông tư thay thế Thông tư số 11/2020/TT-BCNM.

Ngoài việc góp ý, Bộ đề nghị các Tập đoàn, Tổng công ty nhà nước cung cấp kết quả đo của 05 nghề đặc thù.

Văn bản góp ý xin gửi về Cục An toàn không muộn hơn ngày 22/4/2026.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lê Văn Mẫu
"""
    reading = read(letter)
    special, general = reading.tasks
    assert (special.lead, special.deadline.due) == (("các Tập đoàn, Tổng công ty nhà nước",), None)
    assert str(general.deadline.due) == "2026-04-22"
    assert reading.based_on == ()
