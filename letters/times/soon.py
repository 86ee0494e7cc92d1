"""Limits told by the day of issue: "trong tháng này", "trước 16 giờ hôm nay", "chậm nhất thứ Sáu tuần này", "tuần tới"."""

from __future__ import annotations

import datetime as dt
import re

from letters.times.dates import HOUR, WEEK, WEEKDAY, WEEKDAYS, clock, last_of_month, last_of_quarter
from letters.times.recurring import Made, Make
from models.reading import ReadDeadline

_BY = r"(?P<pre>truoc|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|trong|den))*|den\s+het|het|den|trong|vao|xong|hoan thanh)"
_TODAY = re.compile(
    rf"\b(?:truoc|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|den))?|vao|luc)\s+{HOUR}(?:(?:sang|chieu|toi)\s+)?"
    r"(?P<which>(?:ngay\s+)?(?:hom\s+)?nay|cung ngay|(?:ngay\s+)?mai)\b"
)
_TODAY_SOON = re.compile(
    rf"\b(?:{_BY}|bao cao|gui|nop)\s+(?:ngay\s+)?(?:(?:sang|trua|chieu|toi)\s+)(?P<which>nay|mai)\b"
)
_DAYS_ON = re.compile(r"\btrong\s+(?:vong\s+)?(?P<count>\d{1,2})\s+(?P<what>ngay|tuan)\s+(?:toi|sap toi)\b")
_TOMORROW = re.compile(rf"\b{_BY}\s+(?:het\s+)?ngay\s+(?P<which>mai)\b")
_THIS = re.compile(rf"\b{_BY}\s+(?:cuoi\s+)?(?P<what>thang|quy|nam|tuan|(?:ngay )?hom|ngay)\s+nay\b")
_DAY_OF_THIS = re.compile(
    rf"\b{_BY}\s+{HOUR}?ngay\s+(?P<day>\d{{1,2}})\s+(?:cua\s+)?thang\s+(?P<what>nay|toi|sau)\b(?!\s+(?:khi|hang))"
)
""" "trước ngày 25 tháng này"."""
_NEXT = re.compile(rf"\b{_BY}\s+(?:cuoi\s+)?(?P<what>thang|quy|tuan)\s+(?:toi|sau)\b(?!\s+(?:khi|do|ngay|nay))")
_WEEKDAY = re.compile(
    rf"\b{_BY}\s+{HOUR}?(?:(?:sang|trua|chieu|ngay)\s+)*(?P<weekday>{WEEKDAY})\s*,?\s*(?:cua\s+)?tuan\s+(?P<which>nay|toi|sau)\b"
)
_YEAR_END = re.compile(
    r"\b(?:(?:tu|ke tu)\s+(?:nay|bay gio)\s+)?(?:den|cho den|truoc)\s+(?:het|cuoi)\s+nam(?:\s+nay)?\b"
    r"(?!\s+(?:\d|hoc\b|tiep|sau|toi))"
)


def _end(what: str, day: dt.date) -> dt.date:
    """The last day of the week, month, quarter or year this day is in."""
    ends = {
        "ngay": day,
        "hom": day,
        "ngay hom": day,
        "tuan": day + dt.timedelta(days=6 - day.weekday()),
        "thang": last_of_month(day.year, day.month),
        "quy": last_of_quarter(day.year, (day.month + 2) // 3),
        "nam": dt.date(day.year, 12, 31),
    }
    return ends[what]


def _this(match: re.Match[str], issued: dt.date | None) -> Made | None:
    if issued is None or (match["what"].startswith(("ngay", "hom")) and match["pre"] == "truoc"):
        return None
    return ReadDeadline(kind="date", due=_end(match["what"], issued)), ()


def _day_of_this(match: re.Match[str], issued: dt.date | None) -> Made | None:
    if issued is None:
        return None
    first = issued.replace(day=1)
    if match["what"] != "nay":
        first = last_of_month(first.year, first.month) + dt.timedelta(days=1)
    if not 1 <= int(match["day"]) <= last_of_month(first.year, first.month).day:
        return None
    due = first.replace(day=int(match["day"]))
    due -= dt.timedelta(days=match["pre"] == "truoc" and not match["hour"])
    doubts = () if match["what"] == "nay" else ("deadline_unsure",)
    return ReadDeadline(kind="date", due=due, time=clock(match)), doubts


def _days_on(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trong 05 ngày tới": counted from the day of issue, a doubt."""
    if issued is None:
        return None
    days = int(match["count"]) * (7 if match["what"] == "tuan" else 1)
    return ReadDeadline(kind="date", due=issued + dt.timedelta(days=days)), ("deadline_unsure",)


def _next(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trong tuần tới", "tháng sau": counted from the day of issue, a doubt."""
    if issued is None:
        return None
    return ReadDeadline(kind="date", due=_end(match["what"], _end(match["what"], issued) + dt.timedelta(days=1))), (
        "deadline_unsure",
    )


def _today(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trước 16 giờ hôm nay"; "cùng ngày" may be a day named before: a doubt."""
    if issued is None:
        return None
    doubts = ("deadline_unsure",) if match["which"] == "cung ngay" else ()
    before = match.re is _TOMORROW and match["pre"] == "truoc"
    due = issued + dt.timedelta(days=match["which"].endswith("mai") and not before)
    time = clock(match) if "hour" in match.groupdict() else None
    return ReadDeadline(kind="date", due=due, time=time), doubts


def _weekday(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "chậm nhất thứ Sáu tuần này"."""
    if issued is None:
        return None
    day = WEEK.index(WEEKDAYS[match["weekday"].removeprefix("thu").strip()])
    week = issued - dt.timedelta(days=issued.weekday()) + dt.timedelta(days=0 if match["which"] == "nay" else 7)
    before = match["pre"] == "truoc" and not match["hour"]
    return ReadDeadline(kind="date", due=week + dt.timedelta(days=day - before), time=clock(match)), ()


def _year_end(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "từ nay đến cuối năm"; without "từ nay" or "nay" a doubt."""
    if issued is None:
        return None
    sure = "nay" in match[0]
    return ReadDeadline(kind="date", due=dt.date(issued.year, 12, 31)), () if sure else ("deadline_unsure",)


SOON: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_WEEKDAY, _weekday),
    (_TODAY, _today),
    (_TODAY_SOON, _today),
    (_TOMORROW, _today),
    (_DAYS_ON, _days_on),
    (_DAY_OF_THIS, _day_of_this),
    (_THIS, _this),
    (_NEXT, _next),
    (_YEAR_END, _year_end),
)
"""In this order: the first to claim a stretch of text keeps it."""
