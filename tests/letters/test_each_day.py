"""What is done daily or weekly between two days: the days are no limit, the hour is that of each day."""

from __future__ import annotations

import datetime as dt

import pytest

from letters.times.deadlines import find


@pytest.mark.parametrize(
    ("words", "rule", "time"),
    [
        ("Từ ngày 16/01/2027 đến hết ngày 27/01/2027, báo cáo hằng ngày về Sở trước 15 giờ 00", "FREQ=DAILY", "15:00"),
        ("báo cáo hằng ngày (từ ngày 10/02/2027 đến ngày 20/02/2027) trước 17h00", "FREQ=DAILY", "17:00"),
        ("báo cáo về Bộ trước 15 giờ hằng ngày cho đến hết ngày 20/02/2027", "FREQ=DAILY", "15:00"),
        ("vào 16h00 thứ Năm hằng tuần từ nay đến hết tháng 12/2026 gửi báo cáo", "FREQ=WEEKLY;BYDAY=TH", "16:00"),
        ("Hằng ngày trong thời gian có bão, báo cáo nhanh về Văn phòng trước 16h00", "FREQ=DAILY", "16:00"),
        ("báo cáo định kỳ 02 lần/ngày (trước 06 giờ 30 và trước 16 giờ)", "FREQ=DAILY", None),
    ],
)
def test_days_between_which_something_is_done_again_are_no_limit(words: str, rule: str, time: str | None) -> None:
    assert [(f.deadline.rrule, f.deadline.time) for f in find(words, dt.date(2026, 11, 16))] == [(rule, time)]


def test_a_day_after_the_sentence_stays_a_limit() -> None:
    found = find("báo cáo hằng ngày về Sở. Tổng hợp từ ngày 10/02/2027 đến hết ngày 20/02/2027.", dt.date(2026, 11, 16))
    assert [f.deadline.kind for f in found] == ["recurring", "date"]
