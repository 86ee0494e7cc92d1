"""Phrases of time limits as letters write them → the last day allowed (docs/domain.md, "Deadlines")."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.times.deadlines import find

ISSUED = dt.date(2026, 11, 16)

DATES = [
    ("trước ngày 25/02/2027", "2027-02-24", None),
    ("xong trước ngày 05/12/2026", "2026-12-04", None),
    ("trước                  ngày 25/02/2027", "2027-02-24", None),
    ("trước 31/3/2027", "2027-03-30", None),
    ("hoàn thành trước ngày 30 tháng 10 năm 2027", "2027-10-29", None),
    ("trước ngày 01/3/2028", "2028-02-29", None),
    ("trước ngày 24 / 3 /2027", "2027-03-23", None),
    ("trước ngày 05 tháng 12", "2026-12-04", None),
    ("trước ngày 20/12", "2026-12-19", None),
    ("trước 17h00 ngày 20/11/2026", "2026-11-20", "17:00"),
    ("trước 17 giờ 00 phút, ngày 20/11/2026", "2026-11-20", "17:00"),
    ("trước 16 giờ 30 ngày 05/12", "2026-12-05", "16:30"),
    ("trước 9h ngày 05/12/2026", "2026-12-05", "09:00"),
    ("trước 16h30' ngày 05/12/2026", "2026-12-05", "16:30"),
    ("đến 17h00’ ngày 05/12/2026", "2026-12-05", "17:00"),
    ("trước 24h ngày 05/12/2026", "2026-12-05", None),
    ("trước 12 giờ trưa ngày 05/12", "2026-12-05", "12:00"),
    ("vào lúc 14 giờ 00 ngày 05/12/2026", "2026-12-05", "14:00"),
    ("gửi trong ngày mai", "2026-11-17", None),
    ("gửi trong 02 ngày 20 và 21/12/2026", "2026-12-21", None),
    ("trước ngày mồng 5 tháng 12", "2026-12-04", None),
    ("Thời hạn: 05/12/2026", "2026-12-05", None),
    ("không để quá ngày 05/12/2026", "2026-12-05", None),
    ("đến cuối năm 2026", "2026-12-31", None),
    ("hoàn thành trong 6 tháng đầu năm 2027", "2027-06-30", None),
    ("chậm nhất ngày 15/12/2026", "2026-12-15", None),
    ("chậm nhất đến ngày 15/12/2026", "2026-12-15", None),
    ("chậm nhất là ngày 15/12/2026", "2026-12-15", None),
    ("chậm nhất vào ngày 15/12/2026", "2026-12-15", None),
    ("muộn nhất ngày 15/12/2026", "2026-12-15", None),
    ("không quá ngày 15/12/2026", "2026-12-15", None),
    ("đến hết ngày 20/12/2026", "2026-12-20", None),
    ("đến ngày 20/12/2026", "2026-12-20", None),
    ("hạn chót là ngày 20/12/2026", "2026-12-20", None),
    ("hạn chót 20/12/2026", "2026-12-20", None),
    ("vào ngày 20/12/2026", "2026-12-20", None),
    ("trong ngày 20/12/2026", "2026-12-20", None),
    ("hoàn thành ngày 20/12/2026", "2026-12-20", None),
    ("thời hạn hoàn thành: 20/12/2026", "2026-12-20", None),
    ("Thời gian hoàn thành: trước ngày 20/12/2026", "2026-12-19", None),
    ("từ ngày 20/11/2026 đến hết ngày 14/12/2026", "2026-12-14", None),
    ("Từ ngày 15 tháng 12 năm 2026 đến 30 tháng 01 năm 2027", "2027-01-30", None),
    ("trong tháng 10 năm 2027", "2027-10-31", None),
    ("trong Tháng 12/2026", "2026-12-31", None),
    ("hoàn thành trong tháng 12", "2026-12-31", None),
    ("hoàn thành tháng 02/2027", "2027-02-28", None),
    ("hết tháng 12/2026", "2026-12-31", None),
    ("đến hết tháng 6 năm 2027", "2027-06-30", None),
    ("trước tháng 01/2027", "2026-12-31", None),
    ("chậm nhất trong tháng 12/2026", "2026-12-31", None),
    ("trong quý I năm 2027", "2027-03-31", None),
    ("trong Quý IV/2026", "2026-12-31", None),
    ("hết quý II/2027", "2027-06-30", None),
    ("hoàn thành trong năm 2026", "2026-12-31", None),
    ("đến hết năm 2027", "2027-12-31", None),
    ("chậm nhất vào lúc 16 giờ 00 ngày 20/11/2026", "2026-11-20", "16:00"),
    ("chậm nhất 16 giờ 30 phút ngày 20/11", "2026-11-20", "16:30"),
    ("trước hồi 9 giờ 00 ngày 20/11", "2026-11-20", "09:00"),
    ("trong sáng ngày 18/11/2026", "2026-11-18", None),
    ("trong giờ hành chính ngày 18/11/2026", "2026-11-18", None),
    ("trước 20/11/26", "2026-11-19", None),
    ("Hạn hoàn thành: 20/11/2026", "2026-11-20", None),
    ("hạn chót gửi: 20/11/2026", "2026-11-20", None),
    ("Thời gian thực hiện: Năm 2027", "2027-12-31", None),
    ("từ ngày ký đến hết 31/12/2026", "2026-12-31", None),
    ("hoàn thành trong tháng 11, 12/2026", "2026-12-31", None),
    ("trong tháng 11 và tháng 12/2026", "2026-12-31", None),
    ("trong Quý III, Quý IV năm 2027", "2027-12-31", None),
    ("từ tháng 11 đến hết tháng 12 năm 2026", "2026-12-31", None),
]

RULES = [
    ("Định kỳ hằng tuần, trước 16 giờ 00 ngày thứ Sáu", "FREQ=WEEKLY;BYDAY=FR", "16:00"),
    ("hằng tuần, trước thứ Sáu báo cáo", "FREQ=WEEKLY;BYDAY=TH", None),
    ("Hằng ngày cập nhật, báo cáo số thu về Phòng Quản lý trước 16h00", "FREQ=DAILY", "16:00"),
    ("Hằng tuần tổng hợp, báo cáo Giám đốc trước 15h00 thứ Năm", "FREQ=WEEKLY;BYDAY=TH", "15:00"),
    ("Hàng tuần, Văn phòng báo cáo Giám đốc vào thứ Sáu", "FREQ=WEEKLY;BYDAY=FR", None),
    ("báo cáo Giám đốc vào thứ Hai và thứ Năm hằng tuần", "FREQ=WEEKLY;BYDAY=MO,TH", None),
    ("02 lần/năm (trước 10/6 và trước 10/12) báo cáo", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=9", None),
    ("báo cáo tháng trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=19", None),
    ("hàng tuần vào sáng thứ Hai báo cáo", "FREQ=WEEKLY;BYDAY=MO", None),
    ("hằng năm trước ngày 15/12 báo cáo", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14", None),
    ("trong quý I hằng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", None),
    ("báo cáo vào ngày 15 và ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,30", None),
    ("định kỳ 3 tháng một lần báo cáo", "FREQ=MONTHLY;INTERVAL=3", None),
    ("định kỳ cuối học kỳ 1 và cuối học kỳ 2 báo cáo", "FREQ=MONTHLY;INTERVAL=6", None),
    ("định kỳ hàng tháng báo cáo", "FREQ=MONTHLY", None),
    ("Hằng tháng tổng hợp báo cáo", "FREQ=MONTHLY", None),
    ("báo cáo hằng quý", "FREQ=MONTHLY;INTERVAL=3", None),
    ("báo cáo theo từng quý", "FREQ=MONTHLY;INTERVAL=3", None),
    ("định kỳ sáu tháng báo cáo", "FREQ=MONTHLY;INTERVAL=6", None),
    ("báo cáo định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6", None),
    ("báo cáo định kỳ hằng năm", "FREQ=YEARLY", None),
    ("hàng tuần báo cáo kết quả", "FREQ=WEEKLY", None),
    ("hàng ngày báo cáo kết quả", "FREQ=DAILY", None),
    ("mỗi tháng báo cáo một lần", "FREQ=MONTHLY", None),
    ("trước ngày 05 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=4", None),
    ("trước ngày 25 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=24", None),
    ("trước ngày 01 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1", None),
    ("vào ngày 10 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=10", None),
    ("định kỳ ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", None),
    ("Hằng tháng (trước ngày 25) gửi báo cáo", "FREQ=MONTHLY;BYMONTHDAY=24", None),
    ("trước ngày 15 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", None),
    ("trước ngày 20 tháng cuối mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=19", None),
    ("trước ngày 10 của tháng đầu quý tiếp theo", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=9", None),
    ("trước ngày 25/12 hàng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", None),
    ("trước ngày 15/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", None),
    ("hằng năm báo cáo trước ngày 15/11", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", None),
    ("trước ngày 15/01 của năm sau liền kề", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14", None),
    ("trước ngày 15/6 và 15/12 hàng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=14", None),
    ("trước 10h00 thứ Sáu hàng tuần", "FREQ=WEEKLY;BYDAY=FR", "10:00"),
    ("trước thứ Sáu hàng tuần", "FREQ=WEEKLY;BYDAY=TH", None),
    ("vào thứ 5 hàng tuần", "FREQ=WEEKLY;BYDAY=TH", None),
    ("định kỳ hàng tuần (Thứ 7, Chủ nhật)", "FREQ=WEEKLY;BYDAY=SA,SU", None),
    ("trước 13 giờ hằng ngày", "FREQ=DAILY", "13:00"),
    ("trước ngày 15 tháng 11 hàng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", None),
    ("trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=19", None),
    ("báo cáo tháng trước ngày 20", "FREQ=MONTHLY;BYMONTHDAY=19", None),
    ("kiểm tra, báo cáo 02 lần/tháng", "FREQ=MONTHLY", None),
    ("vào tháng 6 và tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", None),
    ("trước ngày mùng 5 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=4", None),
    ("trước ngày 25 tháng báo cáo", "FREQ=MONTHLY;BYMONTHDAY=24", None),
    ("chậm nhất ngày 05 tháng sau quý báo cáo", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", None),
    ("ngày 10, 20, 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10,20,30", None),
    ("định kỳ 6 tháng một lần (trước ngày 15/6 và 15/12)", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=14", None),
    ("báo cáo tuần (trước 14h00 thứ Sáu)", "FREQ=WEEKLY;BYDAY=FR", "14:00"),
    ("báo cáo hai tuần một lần", "FREQ=WEEKLY;INTERVAL=2", None),
]

RELATIVE = [
    ("trong vòng 5 ngày làm việc", 5, True, None, None),
    ("trong thời hạn 03 ngày làm việc kể từ ngày nhận được văn bản này", 3, True, None, None),
    ("trong thời hạn 30 ngày kể từ ngày ký ban hành", 30, False, ISSUED, None),
    ("trong thời hạn 10 ngày kể từ ngày 20/11/2026", 10, False, dt.date(2026, 11, 20), "2026-11-30"),
    ("chậm nhất sau 05 ngày làm việc kể từ ngày nhận được", 5, True, None, None),
    ("trong vòng 02 tuần kể từ ngày nhận được", 14, False, None, None),
    ("đợt 100 ngày cao điểm", 100, False, None, None),
]

NOTHING = [
    "khẩn trương, kịp thời triển khai",
    "thường xuyên rà soát theo quy định",
    "sớm hoàn thành",
    "định kỳ báo cáo",
    "kể từ ngày 01/12/2026",
    "gửi hồ sơ về Sở Nội vụ kể từ ngày 01/12/2026",
    "gửi hồ sơ về Sở Nội vụ sau ngày 20/12/2026",
    "Từ ngày 15 tháng 12 năm 2026 thực hiện",
    "số liệu tính đến ngày 30/11/2026",
    "Công văn số 298/VP ngày 15/01/2027 của Văn phòng",
    "xây dựng kế hoạch hoạt động hàng năm phục vụ phát triển",
    "bố trí kinh phí chi thường xuyên hằng năm theo quy định",
    "kết quả đạt được trong năm 2026",
    "mục tiêu đến năm 2030",
    "Trình HĐND tỉnh tại kỳ họp cuối năm 2027",
    "gia hạn thời gian tổ chức đại hội đến ngày 30/9/2027",
    "có hiệu lực đến hết ngày 31/12/2027",
    "giai đoạn 2026 - 2030",
]


@pytest.mark.parametrize(("words", "due", "time"), DATES)
def test_a_phrase_with_a_day_gives_the_last_day_allowed(words: str, due: str, time: str | None) -> None:
    [found] = find(words, ISSUED)
    assert (found.deadline.kind, str(found.deadline.due), found.deadline.time) == ("date", due, time)


@pytest.mark.parametrize(("words", "rrule", "time"), RULES)
def test_a_recurring_phrase_gives_its_rule(words: str, rrule: str, time: str | None) -> None:
    [found] = find(words, ISSUED)
    assert (found.deadline.kind, found.deadline.rrule, found.deadline.time) == ("recurring", rrule, time)
    assert found.deadline.due is None


@pytest.mark.parametrize(("words", "days", "working", "start", "due"), RELATIVE)
def test_days_are_counted_from_a_start(
    words: str, days: int, working: bool, start: dt.date | None, due: str | None
) -> None:
    [found] = find(words, ISSUED)
    read = found.deadline
    assert (read.kind, read.relative_days, read.working_days, read.start) == (
        "relative",
        days,
        working,
        start,
    )
    assert str(read.due) == str(due)
    assert ("relative_start" in found.doubts) == (start is None)


@pytest.mark.parametrize("words", NOTHING)
def test_no_date_is_invented(words: str) -> None:
    assert find(words, ISSUED) == []


def test_the_words_of_the_letter_stay_beside_the_date() -> None:
    text = "Gửi về Sở Nội vụ   trước\nngày 05/12/2026 để tổng hợp."
    [found] = find(text, ISSUED)
    assert found.deadline.phrase == "trước ngày 05/12/2026"
    assert found.deadline.span is not None
    start, end = found.deadline.span
    assert " ".join(text[start:end].split()) == "trước ngày 05/12/2026"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("trước ngày 16/11/2026", "deadline_not_after_issue"),
        ("chậm nhất ngày 16/11/2026", "deadline_not_after_issue"),
        ("chậm nhất trước ngày 15/12/2026", "deadline_before_at_latest"),
        ("trước ngày 31/02/2027", "deadline_impossible"),
        ("trước ngày 10/01", "deadline_year_assumed"),
        ("định kỳ hàng quý báo cáo", "period_cutoff"),
        ("trong vòng 5 ngày làm việc", "relative_start"),
        ("trước ngày 20 tháng 11 và ngày 20 tháng 12 năm 2026", "deadline_unsure"),
        ("báo cáo hằng tháng, quý (trước ngày 20 của tháng cuối quý)", "deadline_unsure"),
        ("trước 16 giờ hôm nay", "deadline_not_after_issue"),
        ("trước 19h00 cùng ngày", "deadline_unsure"),
        ("định kỳ ngày 25 báo cáo", "deadline_unsure"),
        ("trong các ngày 20, 21/12/2026", "deadline_unsure"),
    ],
)
def test_what_is_unsure_is_a_doubt(words: str, code: str) -> None:
    [found] = find(words, ISSUED)
    assert code in found.doubts


def test_an_exact_day_makes_the_period_beside_it_mere_repetition() -> None:
    [found] = find("tổng hợp và định kỳ báo cáo theo từng quý, gửi trước ngày 10 của tháng đầu quý tiếp theo", ISSUED)
    assert found.deadline.rrule == "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=9"


def test_two_days_in_one_sentence_are_two_deadlines() -> None:
    found = find("giao đất xong trước ngày 10/12/2026; chi trả xong trước ngày 30/12/2026", ISSUED)
    assert [str(f.deadline.due) for f in found] == ["2026-12-09", "2026-12-29"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Hoàn thành việc cập nhật dữ liệu trong 10 ngày.", 10),
        ("Rà soát, gửi danh sách về Sở trong 02 tuần;", 14),
        ("Tổ chức lớp tập huấn trong 03 ngày tại hội trường tầng 2.", None),
        ("Hoàn thành hồ sơ của đợt 1, thi công trong 15 ngày mùa khô.", None),
    ],
)
def test_so_many_days_behind_what_is_delivered_are_a_limit(words: str, days: int | None) -> None:
    (task,) = read(LETTER.format(day="20", words=words)).tasks
    assert task.deadline.relative_days == days


def test_days_counted_from_signing_begin_on_no_day_while_that_is_blank() -> None:
    words = "Báo cáo kết quả trong vòng 10 ngày kể từ ngày ký Công văn này."
    (task,) = read(LETTER.format(day="20", words=words)).tasks
    assert task.deadline.start == dt.date(2026, 11, 20)
    blank = read(LETTER.format(day="   ", words=words))
    assert blank.tasks[0].deadline.start is None
    assert "relative_start" in [doubt.code for doubt in blank.doubts_of("tasks[0]")]


LETTER = """SỞ NỘI VỤ
Số: 1/SNV-TCBC
Bắc Ninh, ngày {day} tháng 11 năm 2026

Kính gửi: Uỷ ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Uỷ ban nhân dân các xã, phường:
1. {words}
Trân trọng./.
GIÁM ĐỐC
Trần Văn Mẫu
"""
