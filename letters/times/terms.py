"""Time limits without a day: "trong tháng 12", "hết quý IV", "trong nửa đầu tháng 9", "hoàn thành trong năm 2027"."""

from __future__ import annotations

import datetime as dt
import re

from letters.times.dates import QUARTERS, REPORTED, last_of_month, last_of_quarter
from letters.times.recurring import Made, Make
from models.reading import ReadDeadline

_WITHIN = (
    r"(?P<how>(?:cham|muon|tre)\s+nhat\s*(?:la\s+|trong\s+|den\s+|vao\s+)?(?:het\s+)?|trong\s+|(?:den\s+)?(?:het|cuoi)\s+|truoc\s+|(?:hoan thanh|xong|han chot|thoi han(?: hoan thanh)?|(?:thoi gian|tien do)(?: thuc hien| hoan thanh)?)"
    r"\s*(?:vao|la|:|den|trong|het)*\s+)"
)
_MONTHS_BEFORE = (
    r"(?:cac\s+)?thang\s+(?:\d{1,2}\s*(?:,|va|-|–)\s*(?:thang\s+(?=\d)|(?=\d{1,2}\s*(?:/|nam\b)\s*\d{4}))){0,3}"
)
""" "trong tháng 11 và tháng 12/2026": the last of them counts."""
_MONTH_RANGE = re.compile(
    r"\btu\s+thang\s+\d{1,2}(?:\s*(?:/|nam)\s*\d{4})?\s*(?:den|-|–)\s*(?P<how>(?:het\s+)?)thang\s+(?P<month>\d{1,2})"
    r"(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))(?![\d/])"
)
_LAST_OF_MONTH = re.compile(
    r"\b(?P<how>(?:(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|den))?|vao|den|het|trong|truoc)\s+(?:het\s+)?)ngay\s+(?:lam viec\s+)?cuoi(?:\s+cung)?"
    r"(?:\s+cua)?\s+thang\s+(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])"
)
""" "chậm nhất ngày cuối cùng của tháng 3/2026"."""
_MONTH = re.compile(
    r"\b" + _WITHIN + _MONTHS_BEFORE + r"(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])"
)
_APART = r"(?:(?<=\()|(?<=[;,–-]\s))(?P<how>)"
_LAST = r"\s*/\s*(?P<year>20\d\d)(?=\)?\W{0,3}(?:\n|$))"
_MONTH_APART = re.compile(_APART + r"thang\s+(?P<month>\d{1,2})" + _LAST)
_QUARTER_APART = re.compile(_APART + r"quy\s+(?P<quarter>iv|i{1,3}|[1-4])" + _LAST)
""" "Kiểm tra các xã (tháng 5/2026).", "Tổng kết - Quý IV/2026": by itself at a clause's end; a doubt."""
_PART_OF_MONTH = re.compile(
    r"\b(?:trong|vao|truoc|xong|hoan thanh|(?:den )?het|nhat|(?:cham|muon|tre) nhat(?: (?:la|trong|vao|den))?)\s+(?:khoang\s+|ngay\s+)?"
    r"(?P<part>tuan (?:thu )?(?:dau(?: tien)?|nhat|mot|hai|ba|tu|cuoi(?: cung)?|[1-4])(?: cua)?|(?:0?2|hai) tuan dau|nua dau|thuong tuan|trung tuan|giua|nua cuoi|ha tuan|(?:10|muoi) ngay (?:dau|cuoi)|dau)\s+thang\s+"
    r"(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])"
)
_LAST_OF_PART = {
    "tuan dau": 7,
    "tuan nhat": 7,
    "tuan mot": 7,
    "tuan 1": 7,
    "tuan hai": 14,
    "tuan 2": 14,
    "tuan ba": 21,
    "tuan 3": 21,
    "tuan tu": 28,
    "tuan 4": 28,
    "2 tuan": 14,
    "02 tuan": 14,
    "hai tuan": 14,
    "nua dau": 15,
    "thuong": 10,
    "dau": 10,
    "10 ngay dau": 10,
    "muoi ngay dau": 10,
    "trung": 20,
    "giua": 20,
}
_QUARTER = re.compile(
    r"\b"
    + _WITHIN
    + r"quy\s+(?:(?:iv|i{1,3})\s*(?:,|va|-|–)\s*(?:quy\s+)?(?=i)){0,3}(?P<quarter>iv|i{1,3}|0?[1-4])\b(?:\s*(?:/|nam|-|,)\s*(?P<year>\d{4}))?"
)
_AT_HEAD = re.compile(
    r"\b(?:(?:cac\s+)?thang\s+(?:\d{1,2}\s*(?:,|va|-|–)\s*)?(?P<month>\d{1,2})|quy\s+(?P<quarter>iv|i{1,3}|0?[1-4]))\s*(?:/|nam|-|,)\s*(?P<year>20\d\d)\s*:(?=\s)"
)
""" "- Tháng 4/2026: Sở Xây dựng hoàn thành khảo sát": a timetable, one line a month."""
_BRACKETED = re.compile(
    r"\(\s*(?:(?:thang\s+(?P<month>\d{1,2})|quy\s+(?P<quarter>iv|i{1,3}|0?[1-4]))\s*(?:/|nam|-|,)\s*(?P<year>20\d\d))\s*\)(?=\s*(?:[.;]|$))"
)
""" "Ban hành kế hoạch (quý II/2026);": a bare time in brackets at the end of an act; a doubt."""
_YEARS = re.compile(
    r"\b(?:thoi gian|thoi han|tien do)(?: thuc hien| hoan thanh)?\s*:\s*(?:trong\s+)?(?:cac\s+)?nam\s+20\d\d\s*(?:-|–|,|va|den|den nam)\s*(?:nam\s+)?(?P<year>20\d\d)(?=\s*(?:[.;]|$))"
)
_YEAR = re.compile(
    r"\b(?P<how>trong\s+|vao\s+|(?:den\s+)?(?:het|cuoi)\s+|truoc\s+|(?:hoan thanh|xong)\s+(?:trong\s+)?|(?:thoi gian|thoi han|tien do)(?: thuc hien| hoan thanh)?\s*:\s*(?:trong\s+|het\s+)?)nam\s+(?P<year>20\d\d)(?!\s*[-–]\s*20|\d)"
)
_AIM = re.compile(
    r"\b(?:hoan thanh|xong|ban giao|ban hanh|phe duyet|trinh|bao cao|gui|dua vao|ket thuc|to chuc|xay dung|thuc hien|trien khai|danh gia|tong ket|so ket)\b[^.;:]*$"
)


def _month(match: re.Match[str], issued: dt.date | None) -> Made | None:
    month = int(match["month"])
    year, doubts = _year(match["year"], issued)
    if not 1 <= month <= 12:
        return None
    if year is None:
        return ReadDeadline(kind="date"), doubts
    due = last_of_month(year, month)
    if match["year"] is None and issued and (issued - due).days > 180:
        due = last_of_month(year + 1, month)
        doubts = ("deadline_year_assumed",)
    if "ngay" in match[0]:
        doubts = (*doubts, "deadline_unsure")
    elif "truoc" in match["how"]:
        due = due.replace(day=1) - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due), doubts


def _apart(match: re.Match[str], issued: dt.date | None) -> Made | None:
    made = (_quarter if match.re is _QUARTER_APART else _month)(match, issued)
    due = made[0].due if made else None
    return (made[0], ("deadline_unsure",)) if made and due and issued and due >= issued else None


def _part_of_month(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trong tuần đầu tháng 7", "trung tuần tháng 9": the last day of that part, always a doubt."""
    month = int(match["month"])
    year, _ = _year(match["year"], issued)
    if not 1 <= month <= 12:
        return None
    part = match["part"].replace("tuan thu ", "tuan ")
    day = next((d for words, d in _LAST_OF_PART.items() if part.startswith(words)), 0)
    due = None if year is None else dt.date(year, month, day) if day else last_of_month(year, month)
    return ReadDeadline(kind="date", due=due), ("deadline_unsure",)


def _quarter(match: re.Match[str], issued: dt.date | None) -> Made | None:
    year, doubts = _year(match["year"], issued)
    if year is None:
        return ReadDeadline(kind="date"), doubts
    due = last_of_quarter(year, QUARTERS[match["quarter"]])
    if match["year"] is None and issued and (issued - due).days > 180:
        due, doubts = last_of_quarter(year + 1, QUARTERS[match["quarter"]]), ("deadline_year_assumed",)
    if "truoc" in match["how"]:
        due = dt.date(due.year, due.month - 2, 1) - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due), doubts


def _year(year: str | None, issued: dt.date | None) -> tuple[int | None, tuple[str, ...]]:
    if year:
        return int(year), ()
    return (issued.year, ()) if issued else (None, ("deadline_year_assumed",))


def _whole_year(match: re.Match[str], issued: dt.date | None) -> Made | None:
    year = int(match["year"])
    before = match.string[max(0, match.start() - 160) : match.start()]
    if match["how"].startswith("trong") and REPORTED.search(before):
        return None
    if match["how"].startswith("cuoi") and _HELD_THEN.search(before):
        return None
    if match["how"].startswith("trong") and not _AIM.search(before):
        aimed = issued is not None and year >= issued.year and _ENDS_PART.match(match.string, match.end())
        if not aimed or _OF_A_YEAR.search(before):
            return None
    if match["how"].startswith("vao"):
        coming = issued is not None and year >= issued.year and _AIM.search(before)
        if not coming and not _REACHED.search(before):
            return None
    if "truoc" in match["how"]:
        return ReadDeadline(kind="date", due=dt.date(year - 1, 12, 31)), ()
    sure = not match["how"].startswith("trong") or _FINISHES.search(before)
    return ReadDeadline(kind="date", due=dt.date(year, 12, 31)), () if sure else ("deadline_whole_year",)


def _bracketed(match: re.Match[str], issued: dt.date | None) -> Made | None:
    year, month = int(match["year"]), int(match["month"] or 3 * QUARTERS.get(match["quarter"], 1))
    if not 1 <= month <= 12 or issued is None or last_of_month(year, month) <= issued:
        return None
    return ReadDeadline(kind="date", due=last_of_month(year, month)), ("deadline_unsure",)


def _at_head(match: re.Match[str], issued: dt.date | None) -> Made | None:
    before = match.string[match.pos : match.start()]
    made = None if re.search(r"[^\W\d_]{2}", before) else _bracketed(match, issued)
    return made and (made[0], ())


def _years(match: re.Match[str], _: dt.date | None) -> Made | None:
    """ "Thời gian thực hiện: năm 2026 - 2027": the end of the last, a doubt."""
    return ReadDeadline(kind="date", due=dt.date(int(match["year"]), 12, 31)), ("deadline_whole_year",)


_HELD_THEN = re.compile(r"\b(?:ky|ky hop|hop|hoi nghi|dot|ky thi|hoc ky|giao ban)\s+$")
""" "kỳ họp cuối năm 2025" is when something is held."""
_ENDS_PART = re.compile(r"\s*(?:\)\s*)?(?:[;.]|$)", re.MULTILINE)
_OF_A_YEAR = re.compile(
    r"\b(?:ke hoach|nhiem vu|ket qua|hoat dong|su kien|noi dung|cong tac|so lieu|tinh hinh|phat sinh|du toan|kinh phi|von"
    r"|dien ra|chi tieu|muc tieu|cong viec|chuong trinh|dot|viec|phong trao|hoi thi|le|ngay|da|dang|van ban|thu|chi|nghi)"
    r"(?: [^\W\d_]+){0,6}\s*$"
)
""" "các nhiệm vụ trong năm 2026": the year the thing belongs to; "cấp cho toàn bộ công chức trong năm 2026" is a limit."""
_REACHED = re.compile(r"\b(?:hoan thanh|xong|dat|ban giao|ket thuc|dua vao|giam xuong|tang len|khanh thanh)\b[^.;:]*$")
""" "… đạt 95% vào năm 2030": by the end of that year."""
_FINISHES = re.compile(r"\b(?:hoan thanh|xong|ban giao|ban hanh|phe duyet|trinh|ket thuc)\b[^.;:]*$")
""" "Hoàn thành trong năm 2026" is a limit; "kế hoạch thực hiện trong năm 2026" may only say what the plan is for."""

TERMS: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_PART_OF_MONTH, _part_of_month),
    (_LAST_OF_MONTH, _month),
    (_MONTH_RANGE, _month),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_AT_HEAD, _at_head),
    (_BRACKETED, _bracketed),
    (_YEARS, _years),
    (_YEAR, _whole_year),
    (_MONTH_APART, _apart),
    (_QUARTER_APART, _apart),
)
"""In this order: the first to claim a stretch of text keeps it."""
