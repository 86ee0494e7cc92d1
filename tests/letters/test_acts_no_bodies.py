"""What looks like a body and is an act, names that end before what is done, and two kinds of bodies under one sign."""

from __future__ import annotations

import datetime as dt

import pytest

from letters import read
from letters.times.deadlines import find
from models.reading import ReadTask
from tests.letters.test_actors import FOOT, HEAD

ISSUED = dt.date(2026, 3, 10)
"""A Tuesday."""


def _one(sentence: str) -> ReadTask:
    [task] = read(f"{HEAD}{sentence}{FOOT}").tasks
    return task


@pytest.mark.parametrize(
    "act",
    [
        "Tổ chức 03 đoàn kiểm tra liên ngành tại các vùng trọng điểm",
        "Tổ chức Hội nghị tổng kết công tác cai nghiện",
        "Tổ chức Đoàn kiểm tra liên ngành",
        "Tổ chức Ngày hội việc làm cho người lao động",
        "Tổ chức Lễ phát động tại trụ sở",
        "Tổ chức “Ngày thứ Bảy tình nguyện” tại khu phố",
        "Thanh tra 05 dự án chậm tiến độ",
    ],
)
def test_what_is_held_is_no_body(act: str) -> None:
    text = f"{HEAD}Giám đốc Sở Y tế:\n\na) {act}, xong trước ngày 20/12/2026.\n\nb) Rà soát danh sách.{FOOT}"
    assert {task.lead for task in read(text).tasks} == {("Giám đốc Sở Y tế",)}


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Các khoa chỉ đạo giáo viên chủ nhiệm thông báo đến sinh viên trước ngày 12/12/2026.", "Các khoa"),
        ("Các ban chỉ đạo cấp xã họp trước ngày 12/12/2026.", "Các ban chỉ đạo cấp xã"),
        ("Thủ trưởng các đơn vị tổ chức rà soát, lập danh sách trước ngày 05/12/2026.", "Thủ trưởng các đơn vị"),
        ("UBND các huyện, thành, thị xây dựng kế hoạch trước ngày 05/12/2026.", "UBND các huyện, thành, thị"),
        ("Khoa/Viện tổ chức seminar trước ngày 05/12/2026.", "Khoa/Viện"),
        ("Tổ chức Đảng các cấp quán triệt trước ngày 05/12/2026.", "Tổ chức Đảng các cấp"),
    ],
)
def test_a_name_ends_before_its_order(sentence: str, lead: str) -> None:
    assert _one(sentence).lead == (lead,)


def test_short_towns_and_joined_kinds_are_partners() -> None:
    towns = _one("Sở Y tế phối hợp với UBND các huyện, thị, thành kiểm tra trước ngày 05/12/2026.")
    assert towns.coordinate == ("UBND các huyện, thị, thành",)
    kinds = _one("Phòng Đào tạo phối hợp với Phòng Kế hoạch và Khoa/Viện bố trí kinh phí trước ngày 05/12/2026.")
    assert kinds.coordinate == ("Phòng Kế hoạch", "Khoa/Viện")


@pytest.mark.parametrize(
    ("sentence", "receiver"),
    [
        ("Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở tại các kỳ giao ban trước ngày 05/12/2026.", "Giám đốc Sở"),
        ("Sở Y tế báo cáo kết quả với Hiệu trưởng sau khi kết thúc, trước ngày 05/12/2026.", "Hiệu trưởng"),
        ("Sở Y tế gửi danh sách về Phòng Tổ chức muộn nhất là ngày 05/12/2026.", "Phòng Tổ chức"),
        ("Sở Y tế báo cáo ngay Thường trực Huyện ủy trước ngày 05/12/2026.", "Thường trực Huyện ủy"),
    ],
)
def test_a_receiver_s_name_ends_before_when_it_receives(sentence: str, receiver: str) -> None:
    assert _one(sentence).report_to == receiver


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trước thứ Sáu (27/3/2026)", "2026-03-26"),
        ("chậm nhất thứ Tư, 25/3/2026", "2026-03-25"),
        ("trước sáng thứ Hai (23/3/2026)", "2026-03-22"),
        ("chậm nhất 17h ngày thứ Sáu, 27/3/2026", "2026-03-27"),
        ("gửi vào thứ Sáu (27/3/2026)", "2026-03-27"),
        ("trong tuần thứ hai của tháng 10", "2026-10-14"),
        ("hoàn thành trong tuần đầu tiên của tháng 4", "2026-04-07"),
        ("báo cáo trong tuần cuối của tháng 4/2026", "2026-04-30"),
    ],
)
def test_a_weekday_and_a_week_are_limits(words: str, due: str) -> None:
    [found] = find(words, ISSUED)
    assert (found.deadline.kind, str(found.deadline.due)) == ("date", due)


@pytest.mark.parametrize(
    "words",
    [
        "không chuyển nợ quá hạn; đồng thời, hàng ngày nắm bắt tình hình kho quỹ",
        "theo dõi, công bố kết quả xếp hạng thi đua hằng ngày trên nhóm của ngành",
    ],
)
def test_what_is_shown_or_watched_each_day_recurs(words: str) -> None:
    assert [found.deadline.rrule for found in find(words, ISSUED)] == ["FREQ=DAILY"]


def test_a_second_number_that_follows_at_once_is_kept() -> None:
    said = "Sở cử bà Trà Thị Mẫu, Phó Trưởng phòng, số điện thoại 0900.000.001, di động 0900.000.002 làm đầu mối."
    contact = read(f"{HEAD}Sở Y tế gửi báo cáo trước ngày 20/12/2026.\n\n{said}{FOOT}").contact
    assert contact is not None
    assert (contact.name, contact.phone) == ("Trà Thị Mẫu", "+84900000001; +84900000002")
