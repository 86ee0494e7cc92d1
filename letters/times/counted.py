"""Limits counted in days: "trong vòng 05 ngày làm việc kể từ …", "chậm nhất 30 ngày trước khi …", "100 ngày cao điểm"."""

from __future__ import annotations

import datetime as dt
import re

from letters.times.dates import DAY, day_of, number
from letters.times.recurring import Made, Make
from models.reading import ReadDeadline

_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|muoi|muoi lam|ba muoi)(?:\s*\(\s*\w+(?:\s\w+)?\s*\))?"
_RELATIVE = re.compile(
    rf"\b(?:trong\s+(?:vong|thoi han|thoi gian|khoang thoi gian)\s*(?:la\s+)?(?:khong qua\s+|toi da\s+)?|(?:cham|muon|tre)\s+nhat\s*(?:la\s+)?(?:trong\s+(?:vong\s+)?|sau\s+)?|(?:khong qua|toi da)\s+|sau\s+|thoi han\s*(?:la\s+|:\s*)?|trong\s+)"
    rf"{_COUNT}\s*(?P<unit>ngay|(?:gio|h\b)(?!\s*(?:\d{{2}}\b|(?:,\s*)?(?:cac\s+)?(?:ngay|thu|sang|chieu|hang|moi)\b))|tieng|tuan|thang(?!\s*\d))(?P<working>\s+lam\s+viec)?(?:\s*,?\s*(?P<from>(?:(?:ke|tinh)\s+)?(?:tu|sau)\s+(?:khi|ngay|thoi diem|luc)\b[^.;:,()]{{0,90}}))?"
)
_CAMPAIGN = re.compile(r"\b(?P<count>\d{2,3})\s+ngay(?:\s+dem)?\s+(?:cao diem|thi dua|chien dich|nuoc rut)")
_AFTER = re.compile(
    rf"\bsau\s+(?P<from>(?:khi|ngay)\s+(?!nhan duoc\b[^.;:,()]{{0,40}},)[^\W\d][^.;:,()\d]{{2,70}}?)\s+(?:khong qua\s+|toi da\s+)?{_COUNT}\s*(?P<unit>ngay|tuan)(?P<working>\s+lam\s+viec)?\b"
    r"(?=\s*(?:[.;,)]|$|phai|bao cao|gui|nop|lap|to chuc|hoan thanh|cac |co ))"
)
""" "Sau khi kết thúc đợt kiểm tra 05 ngày, báo cáo kết quả"."""
_DAYS_AFTER = re.compile(
    rf"(?<![^\W_]\s)(?:(?<=[\s(])|^){_COUNT}\s*(?P<unit>ngay|tuan)(?P<working>\s+lam\s+viec)?\s*,?\s*"
    r"(?P<from>(?:(?:ke|tinh)\s+tu|sau)\s+(?:khi|ngay)\b[^.;:,()]{0,90})"
)
""" "05 ngày làm việc kể từ ngày nhận hồ sơ, Sở A trả lời", where nothing stands before it."""
_FROM_SIGNING = re.compile(r"\b(?:ky|ban hanh)\b")


def _relative(match: re.Match[str], issued: dt.date | None) -> Made | None:
    count = number(match["count"])
    opening = match[0].split()[0]
    if count is None or (
        match["unit"] == "thang"
        and not match["from"]
        and not match[0].startswith(("trong vong", "trong thoi", "cham", "khong"))
    ):
        return None
    if (
        opening in ("sau", "khong", "toi")
        and not match["from"]
        and match["unit"] in ("ngay", "tuan", "thang")
        and not match["working"]
    ):
        return None
    if (
        match[0].startswith("trong ")
        and not match["from"]
        and not match["working"]
        and not match[0].startswith(("trong vong", "trong thoi"))
        and not _ends_an_act(match)
    ):
        return None
    days = {
        "ngay": count,
        "tuan": count * 7,
        "gio": max(1, -(-count // 24)),
        "h": max(1, -(-count // 24)),
        "tieng": max(1, -(-count // 24)),
    }.get(match["unit"])
    start = _start(match["from"] or "", issued)
    working = bool(match["working"])
    due = (
        start + dt.timedelta(days=days)
        if start and days and not working and re.search(DAY, match["from"] or "")
        else None
    )
    deadline = ReadDeadline(kind="relative", relative_days=days, working_days=working, start=start, due=due)
    return deadline, () if start else ("relative_start",)


def _ends_an_act(match: re.Match[str]) -> bool:
    """ "hoàn thành … trong 10 ngày." is a limit; "tổ chức trong 03 ngày tại …" says how long something takes."""
    before, after = match.string[max(0, match.start() - 90) : match.start()], match.string[match.end() :]
    return bool(_DELIVERED.search(before)) and bool(_ENDS.match(after))


_DELIVERED = re.compile(r"\b(?:hoan thanh|xong|gui|nop|bao cao|tra loi|giai quyet|khac phuc)\b[^.;:\d]*$")
_ENDS = re.compile(r"\s*(?:[.;)]|$)")


def _start(words: str, issued: dt.date | None) -> dt.date | None:
    match = re.search(DAY, words)
    if match:
        return day_of(match, issued)[0]
    return issued if _FROM_SIGNING.search(words) and "ket thuc" not in words else None


def _after(match: re.Match[str], issued: dt.date | None) -> Made | None:
    count = number(match["count"])
    if count is None:
        return None
    days, start = count * (7 if match["unit"] == "tuan" else 1), _start(match["from"], issued)
    deadline = ReadDeadline(kind="relative", relative_days=days, working_days=bool(match["working"]), start=start)
    return deadline, () if start else ("relative_start",)


_AHEAD = re.compile(
    rf"\btruoc\s+(?:(?:khi|ngay)\s+[^\W\d][^.;:,()]{{2,50}}?\s+|(?:cho|voi)\s+[^.;:]{{2,80}}?\s+|(?:ky hop|phien hop|dai hoi|tet nguyen dan|le khai giang)\b[^.;:,()]{{0,60}}?\s+)(?:it nhat|toi thieu)?\s*{_COUNT}\s+ngay(?P<working>\s+lam\s+viec)?\b"
    rf"|\btruoc\s+(?:(?:it nhat|toi thieu)\s+)?{_COUNT.replace('count', 'count2')}\s+ngay(?:\s+lam\s+viec)?\b"
    r"(?!\s*(?:thang|dau|cuoi|giua|\d))"
)
_AHEAD_OF = re.compile(
    r"\b(?:(?:cham|muon|tre)\s+nhat|it nhat|toi thieu|khong (?:it|cham|muon) hon|truoc)\s+(?:la\s+|truoc\s+)?"
    rf"{_COUNT}\s*(?:ngay|tuan|thang)(?:\s+lam\s+viec)?\s*,?\s*(?:truoc|tinh den)\s+(?:khi|ngay|thoi diem|ky|le)\b(?!\s+\d)"
)
""" "chậm nhất 30 ngày trước khi kết thúc hợp đồng"."""


def _ahead(match: re.Match[str], _: dt.date | None) -> Made | None:
    """ "gửi các địa phương trước khi mở nước 03 ngày": so many days before an event that nobody can date yet."""
    count = number(match["count"] or match.groupdict().get("count2") or "")
    return None if count is None else (ReadDeadline(kind="relative"), ("relative_start",))


def _campaign(match: re.Match[str], _: dt.date | None) -> Made | None:
    return ReadDeadline(kind="relative", relative_days=int(match["count"])), (
        "relative_start",
        "deadline_unsure",
    )


AHEAD: tuple[tuple[re.Pattern[str], Make], ...] = ((_AHEAD_OF, _ahead), (_AHEAD, _ahead))
COUNTED: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_AFTER, _after),
    (_RELATIVE, _relative),
    (_DAYS_AFTER, _after),
)
CAMPAIGNS: tuple[tuple[re.Pattern[str], Make], ...] = ((_CAMPAIGN, _campaign),)
"""In this order: the first to claim a stretch of text keeps it."""
