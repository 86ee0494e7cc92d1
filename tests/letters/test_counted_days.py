"""Limits counted from or to an event, told by the month of issue, in brackets or as a period of so many days."""

from __future__ import annotations

import datetime as dt

import pytest

from letters.times.deadlines import find

ISSUED = dt.date(2026, 3, 10)

DATES = [
    ("Lập dự toán lưu kho (hoàn thành 15/5/2026).", "2026-05-15", None),
    ("xong 15.5.2026.", "2026-05-15", None),
    ("gửi báo cáo trước 2 giờ chiều ngày 20/3/2026.", "2026-03-20", "14:00"),
    ("chậm nhất thứ Sáu (20/3).", "2026-03-20", None),
    ("chậm nhất ngày thứ Sáu, 20/3/2026.", "2026-03-20", None),
    ("hoàn thành việc nộp trong ngày 20 và 21/3/2026.", "2026-03-21", None),
    ("Ngày 20/3/2026, trình Chủ tịch UBND tỉnh.", "2026-03-20", None),
    ("xong trước dịp lễ 30/4.", "2026-04-29", None),
    ("gửi trước ngày 25 tháng này.", "2026-03-24", None),
    ("gửi chậm nhất ngày 05 tháng tới.", "2026-04-05", None),
    ("hoàn thành trong hôm nay.", "2026-03-10", None),
    ("hoàn thành trong tuần thứ ba của tháng 4/2026.", "2026-04-21", None),
    ("chậm nhất trong tuần 2 tháng 4/2026.", "2026-04-14", None),
    ("hoàn thành nửa đầu năm 2026.", "2026-06-30", None),
    ("Ban hành quy chế mẫu (quý II/2026);", "2026-06-30", None),
    ("Ban hành quy chế mẫu (tháng 5/2026).", "2026-05-31", None),
    ("Thời gian thực hiện: năm 2026 - 2027.", "2027-12-31", None),
    ("trước thời điểm 01/7/2026.", "2026-06-30", None),
    ("trước 17h00 (giờ hành chính) ngày 20/3/2026.", "2026-03-20", "17:00"),
    ("chậm nhất là 20 tháng 3.", "2026-03-20", None),
    ("Tháng 4/2026: Sở Xây dựng khảo sát xong tuyến.", "2026-04-30", None),
    ("Quý II/2026: ban hành quy chế.", "2026-06-30", None),
    ("hoàn thành trong 5 ngày tới.", "2026-03-15", None),
]
RULES = [
    ("định kỳ 15 ngày báo cáo Chủ tịch UBND tỉnh.", "FREQ=DAILY;INTERVAL=15", None),
    ("định kỳ 3 tháng gửi báo cáo.", "FREQ=MONTHLY;INTERVAL=3", None),
    ("định kỳ 2 năm một lần.", "FREQ=YEARLY;INTERVAL=2", None),
    ("Thời gian: hằng năm.", "FREQ=YEARLY", None),
    ("Thời gian thực hiện: Thường xuyên, hằng quý.", "FREQ=MONTHLY;INTERVAL=3", None),
    ("gửi báo cáo tháng trước ngày 20 của tháng đó.", "FREQ=MONTHLY;BYMONTHDAY=19", None),
    ("một tuần một lần báo cáo tiến độ.", "FREQ=WEEKLY", None),
    ("báo cáo theo tuần, gửi trước 15h thứ Năm.", "FREQ=WEEKLY;BYDAY=TH", "15:00"),
    ("báo cáo tuần gửi trước thứ Sáu.", "FREQ=WEEKLY;BYDAY=TH", None),
    ("báo cáo hằng tháng (ngày 25).", "FREQ=MONTHLY;BYMONTHDAY=25", None),
    ("báo cáo từ ngày 01 đến 05 hằng tháng.", "FREQ=MONTHLY;BYMONTHDAY=5", None),
    ("báo cáo ngày (trước 16h00).", "FREQ=DAILY", "16:00"),
    ("trước 16h00 các ngày làm việc trong tuần.", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "16:00"),
    ("hằng ngày tổng hợp, báo cáo Viện Vệ sinh TP. Mẫu trước 16 giờ 30.", "FREQ=DAILY", "16:30"),
]
COUNTED = [
    ("Sau khi kết thúc chiến dịch 05 ngày, báo cáo kết quả.", 5, False),
    ("05 ngày làm việc kể từ ngày nhận đủ hồ sơ, trả lời bằng văn bản.", 5, True),
    ("Chậm nhất 30 ngày trước khi kết thúc hợp đồng, nộp báo cáo.", None, False),
    ("gửi tài liệu ít nhất 05 ngày trước ngày họp.", None, False),
    ("gửi giấy mời trước ngày khai mạc 10 ngày.", None, False),
]


@pytest.mark.parametrize(("words", "due", "time"), DATES)
def test_the_last_day_allowed(words: str, due: str, time: str | None) -> None:
    (found,) = find(words, ISSUED)
    assert (found.deadline.kind, str(found.deadline.due), found.deadline.time) == ("date", due, time)


@pytest.mark.parametrize(("words", "rule", "time"), RULES)
def test_what_comes_again(words: str, rule: str, time: str | None) -> None:
    (found,) = find(words, ISSUED)
    assert (found.deadline.rrule, found.deadline.time) == (rule, time)


@pytest.mark.parametrize(("words", "days", "working"), COUNTED)
def test_days_are_counted_only_from_what_comes_before_them(words: str, days: int | None, working: bool) -> None:
    """Days before an event are no days after it: nothing is counted until somebody says when it is."""
    (found,) = find(words, ISSUED)
    assert (found.deadline.kind, found.deadline.relative_days, found.deadline.working_days) == (
        "relative",
        days,
        working,
    )
    assert "relative_start" in found.doubts


def test_reports_of_month_quarter_and_year_each_come_again() -> None:
    found = find("báo cáo trước ngày 20 hằng tháng; quý trước ngày 20 tháng cuối quý; năm trước ngày 10/12.", ISSUED)
    assert [f.deadline.rrule for f in found] == [
        "FREQ=MONTHLY;BYMONTHDAY=19",
        "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=19",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "báo cáo tiến độ thực hiện (dự kiến thông xe kỹ thuật vào ngày 30/4/2026).",
        "Kết quả khảo sát (tháng 01/2026).",
        "Số liệu báo cáo từ ngày 15/3/2026 đến ngày 14/4/2026.",
        "Kỳ báo cáo tính từ ngày 15/02/2026 đến ngày 14/3/2026.",
        "Hợp đồng có thời hạn đến ngày 31/12/2026.",
        "Giấy phép hết hạn ngày 30/6/2026 phải được gia hạn.",
        "Hội nghị được tổ chức vào ngày 20/3/2026 tại Hội trường.",
        "Hàng hóa quá 90 ngày kể từ ngày đến cửa khẩu chưa có người nhận.",
    ],
)
def test_no_limit(words: str) -> None:
    assert not find(words, ISSUED)


@pytest.mark.parametrize("words", ["trước ngày ..../3/2026.", "chậm nhất ngày   /4/2026.", "trước ngày 31/3/20226."])
def test_a_day_left_open_is_a_doubt(words: str) -> None:
    (found,) = find(words, ISSUED)
    assert (found.deadline.kind, found.deadline.due) == ("date", None)
    assert "deadline_impossible" in found.doubts
