"""Time limits in a letter's words → the last day allowed (docs/domain.md, "Deadlines").

Every rule is a pattern over the flat text and a small function; rules stand in order, the first to claim a
stretch of text keeps it. Nothing is invented: "khẩn trương", "sớm", "theo quy định" are no deadline.
"""

from __future__ import annotations

import datetime as dt
import re

from letters.dates import DAY, HOUR, QUARTERS, REPORTED, clock, day_of, last_of_month, last_of_quarter, number
from letters.lines import repair
from letters.periods import Found, periods
from letters.recurring import RECURRING, Made, Make
from letters.text import Text
from letters.worn import guessed
from letters.yearly import THIS, YEARLY
from models.reading import ReadDeadline


def deadlines(text: Text, start: int, end: int, issued: dt.date | None = None) -> list[Found]:
    """All deadlines in this range, in order; general periods give way to exact days ("hàng quý, trước ngày 10 …")."""
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in RULES:
        for match in pattern.finditer(text.f, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if _excluded(text, match):
                taken.append(match.span())
                continue
            made = make(match, issued)
            if made is None:
                continue
            taken.append(match.span())
            found.append(_place(text, match, made, issued))
    found.extend(periods(text, start, end, taken, found))
    return sorted(found, key=lambda f: f.start)


def find(words: str, issued: dt.date | None = None) -> list[Found]:
    """The deadlines in a plain string."""
    page = repair(words)
    return deadlines(page, 0, len(page.s), issued)


def _place(text: Text, match: re.Match[str], made: Made, issued: dt.date | None) -> Found:
    deadline, doubts = made
    start, end = match.span()
    while end > start and text.s[end - 1] in " ,.;:(":
        end -= 1
    finished = _FINISHED.match(text.f, start, end)
    start = finished.end() if finished else start
    if deadline.kind == "date" and deadline.due and issued and deadline.due <= issued:
        doubts = (*doubts, "deadline_not_after_issue")
    doubts = (*doubts, "deadline_unsure") if guessed(text.s[start:end], text.f[start:end]) else doubts
    phrase = " ".join(text.s[start:end].split())
    return Found(start, end, deadline.model_copy(update={"phrase": phrase, "span": text.span(start, end)}), doubts)


_FINISHED = re.compile(r"(?:hoan thanh|xong)\s+(?=trong|den|vao|het|truoc)")

# What makes a date no deadline --------------------------------------------------------------------------------

_COUNTING = re.compile(
    r"\b(?:tính|số liệu|lấy số liệu|chốt số liệu|thời điểm|hiệu lực|gia hạn|lùi|kéo dài|tạm dừng|giai đoạn|áp dụng|phát sinh|ban hành|ký|giảm|tăng"
    r"|khởi công|khai mạc|tổ chức hội nghị|diễn ra|mít tinh|dự kiến họp|họp kiểm điểm|bắt đầu|thi hành|có hiệu lực)\s*(?:từ|kể từ)?\s*$"
)
_PROLONGED = re.compile(r"(?:gia han|lui|tam dung|hieu luc|han su dung|keo dai|duoc lui)[^.;:]{0,90}$")
_NO_LIMIT = re.compile(r"(?<!không )\bquá $|\btheo (?:ngày|tuần|tháng|quý)(?:, (?:ngày|tuần|tháng|quý))* $")
""" "Quá 24 tháng kể từ …" is a condition, "tiến độ theo tuần, tháng đến hết năm" what a plan spans."""


def _excluded(text: Text, match: re.Match[str]) -> bool:
    before = text.f[max(0, match.start() - 100) : match.start()]
    until = match[0].startswith(("den", "het", "vao", "tu", "thoi"))
    if until and re.search(
        r"\b(?:truong hop|neu|ket thuc|khi|du kien|tam dung[^.;]{0,60}|thoi gian tam[^.;]{0,60})[\s(]*$", before
    ):
        return True
    near = text.n[max(0, match.start() - 100) : match.start()]
    if _NO_LIMIT.search(near) or (_COUNTING.search(near) and (until or match[0].startswith("trong"))):
        return True
    return match[0].startswith(("den", "het")) and bool(_PROLONGED.search(before))


# Exact days -----------------------------------------------------------------------------------------------------

_ON = (
    r"(?:(?:cham|muon)\s+nhat\s*(?:la|den|vao|trong|het|:)*(?:\s+(?:het|la|vao))?|khong\s+(?:qua|muon hon|cham hon|tre hon)|den\s+het|den(?=\s+(?:ngay|\d))|het(?=\s+ngay)"
    r"|vao(?=\s+(?:ngay|\d{{1,2}}\s?(?:h|gio)))|han\s+(?:chot|cuoi(?: cung)?|nop|gui|bao cao)?\s*(?:la|den|:|vao|het)*|thoi\s+(?:han|gian)\s+(?:hoan thanh|gui|bao cao|nop|thuc hien)?[^.;:,()\d]{{0,25}}?(?:la|den|:|vao|het|xong)+"
    r"|(?:thoi han|han|tien do)\s*:|khong (?:de )?qua(?=\s+ngay)"
    r"|trong(?=\s+ngay)|(?:hoan thanh|xong)(?:\s+(?:vao|trong|den het|den))*(?=\s+ngay))\s*(?:het\s+)?{hour}?(?:het\s+)?{day}"
)


_BEFORE_DAY = re.compile(
    rf"\b(?P<latest>(?:cham|muon)\s+nhat\s+(?:la\s+|den\s+|vao\s+)?)?t?ruoc\s+{HOUR}?(?:het\s+)?{DAY}"
)
_ON_DAY = re.compile(r"\b" + _ON.format(hour=HOUR, day=DAY))
_RANGE = re.compile(
    r"\btu\s+(?:ngay\s*)?\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\s*thang\s*\d{1,2}(?:\s*nam\s*\d{4})?)?\s*(?:den|-|–)\s*(?:het\s*)?"
    + DAY
)


def _before_day(match: re.Match[str], issued: dt.date | None) -> Made | None:
    day, assumed, impossible = day_of(match, issued)
    time = clock(match)
    doubts = _day_doubts(day, assumed, impossible, issued)
    if match["latest"] and not time:
        doubts += ("deadline_before_at_latest",)
    due = day if day is None or match["hour"] else day - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due, time=time), doubts


def _on_day(match: re.Match[str], issued: dt.date | None) -> Made | None:
    day, assumed, impossible = day_of(match, issued)
    return ReadDeadline(kind="date", due=day, time=clock(match) if "hour" in match.groupdict() else None), _day_doubts(
        day, assumed, impossible, issued
    )


def _day_doubts(day: dt.date | None, assumed: bool, impossible: bool, issued: dt.date | None) -> tuple[str, ...]:
    if impossible:
        return ("deadline_impossible",)
    if assumed and (issued is None or day is None or day.year != issued.year):
        return ("deadline_year_assumed",)
    return ()


# Months, quarters, years ----------------------------------------------------------------------------------------

_WITHIN = (
    r"(?P<how>(?:cham|muon)\s+nhat\s*(?:la\s+|trong\s+|den\s+|vao\s+)?(?:het\s+)?|trong\s+|(?:den\s+)?(?:het|cuoi)\s+|truoc\s+|(?:hoan thanh|xong|han chot|thoi han(?: hoan thanh)?|thoi gian(?: thuc hien| hoan thanh)?)"
    r"\s*(?:vao|la|:|den|trong|het)*\s+)"
)
_MONTH = re.compile(r"\b" + _WITHIN + r"thang\s+(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])")
_PART_OF_MONTH = re.compile(
    r"\b(?:trong|vao|truoc|xong|hoan thanh)\s+(?:khoang\s+)?(?P<part>tuan (?:dau|thu nhat|1)|nua dau|thuong tuan|trung tuan|giua|nua cuoi|ha tuan|dau)\s+thang\s+"
    r"(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])"
)
_LAST_OF_PART = {"tuan": 7, "nua dau": 15, "thuong": 10, "dau": 10, "trung": 20, "giua": 20}
_QUARTER = re.compile(
    r"\b" + _WITHIN + r"quy\s+(?P<quarter>iv|i{1,3}|0?[1-4])\b(?:\s*(?:/|nam|-|,)\s*(?P<year>\d{4}))?"
)
_YEAR = re.compile(
    r"\b(?P<how>trong\s+|(?:den\s+)?(?:het|cuoi)\s+|truoc\s+|(?:hoan thanh|xong)\s+(?:trong\s+)?)nam\s+(?P<year>20\d\d)(?!\s*[-–]\s*20|\d)"
)
_AIM = re.compile(
    r"\b(?:hoan thanh|xong|ban giao|ban hanh|phe duyet|trinh|bao cao|gui|dua vao|ket thuc|to chuc|xay dung|thuc hien|trien khai)\b[^.;:]*$"
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
    if "truoc" in match["how"]:
        due = due.replace(day=1) - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due), doubts


def _part_of_month(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trong tuần đầu tháng 7", "trung tuần tháng 9": the last day of that part, always a doubt."""
    month = int(match["month"])
    year, _ = _year(match["year"], issued)
    if not 1 <= month <= 12:
        return None
    day = next((d for part, d in _LAST_OF_PART.items() if match["part"].startswith(part)), 0)
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
    if match["how"].startswith("trong") and (not _AIM.search(before) or REPORTED.search(before)):
        return None
    if "truoc" in match["how"]:
        return ReadDeadline(kind="date", due=dt.date(year - 1, 12, 31)), ()
    sure = not match["how"].startswith("trong") or _FINISHES.search(before)
    return ReadDeadline(kind="date", due=dt.date(year, 12, 31)), () if sure else ("deadline_whole_year",)


_FINISHES = re.compile(r"\b(?:hoan thanh|xong|ban giao|ban hanh|phe duyet|trinh|ket thuc)\b[^.;:]*$")
""" "Hoàn thành trong năm 2026" is a limit; "kế hoạch thực hiện trong năm 2026" may only say what the plan is for."""


# Counted in days ------------------------------------------------------------------------------------------------

_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|muoi|muoi lam|ba muoi)(?:\s*\(\s*\w+(?:\s\w+)?\s*\))?"
_RELATIVE = re.compile(
    rf"\b(?:trong\s+(?:vong|thoi han|thoi gian|khoang thoi gian)\s*(?:la\s+)?(?:khong qua\s+|toi da\s+)?|(?:cham|muon)\s+nhat\s*(?:la\s+)?(?:trong\s+(?:vong\s+)?|sau\s+)?|(?:khong qua|toi da)\s+|sau\s+|thoi han\s*(?:la\s+|:\s*)?|trong\s+)"
    rf"{_COUNT}\s*(?P<unit>ngay|gio|tieng|tuan|thang)(?P<working>\s+lam\s+viec)?(?:\s*,?\s*(?P<from>(?:(?:ke|tinh)\s+)?(?:tu|sau)\s+(?:khi|ngay|thoi diem|luc)\b[^.;:,()]{{0,90}}))?"
)
_CAMPAIGN = re.compile(r"\b(?P<count>\d{2,3})\s+ngay(?:\s+dem)?\s+(?:cao diem|thi dua|chien dich|nuoc rut)")
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
    ):
        return None
    days = {
        "ngay": count,
        "tuan": count * 7,
        "gio": max(1, -(-count // 24)),
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


def _start(words: str, issued: dt.date | None) -> dt.date | None:
    match = re.search(DAY, words)
    if match:
        return day_of(match, issued)[0]
    return issued if _FROM_SIGNING.search(words) and "ket thuc" not in words else None


def _campaign(match: re.Match[str], _: dt.date | None) -> Made | None:
    return ReadDeadline(kind="relative", relative_days=int(match["count"])), (
        "relative_start",
        "deadline_unsure",
    )


RULES: tuple[tuple[re.Pattern[str], Make], ...] = (
    *YEARLY,
    *RECURRING,
    (_RELATIVE, _relative),
    (_RANGE, _on_day),
    (_BEFORE_DAY, _before_day),
    (_ON_DAY, _on_day),
    (_CAMPAIGN, _campaign),
    (_PART_OF_MONTH, _part_of_month),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_YEAR, _whole_year),
    THIS,
)
