"""Dates as letters write them, and the last allowed day each phrase means. Pure calendar, no text zones."""

from __future__ import annotations

import calendar
import datetime as dt
import re

NUMBER_WORDS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi lam": 15,
    "ba muoi": 30,
}
QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "01": 1,
    "02": 2,
    "03": 3,
    "04": 4,
}
WEEKDAYS = {
    "hai": "MO",
    "2": "MO",
    "ba": "TU",
    "3": "TU",
    "tu": "WE",
    "4": "WE",
    "nam": "TH",
    "5": "TH",
    "sau": "FR",
    "6": "FR",
    "bay": "SA",
    "7": "SA",
    "chu nhat": "SU",
}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

HOUR = (
    r"(?:(?:(?:luc|hoi)\s+)?(?P<hour>\d{1,2})\s?(?:h|gio|g|:)\s?(?P<minute>\d{2})?(?:\s?phut|\s?['’′])?\s?,?\s?"
    r"(?:,|(?:phut|sang|trua|chieu|toi)\b)?\s?(?:\(gio [^()\d]{3,16}\)\s?)?)"
)
WEEKDAY = r"(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
DAY = (
    rf"(?:(?:cua\s|{WEEKDAY}\s?,?\s?\(?)?\s?(?:ngay|n\wgay|ng\wy|\wgay)\s{{0,3}}(?:m[ou]ng\s+)?|(?:(?:ngay|sang|trua|chieu|toi)\s+)*{WEEKDAY}\s?[,(-]\s?(?:ngay\s+)?)?(?:"
    r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>\d{4}|[1-3]\d(?!\d)))?(?![\d/]|\.\d)"
    r"|(?P<d2>\d{1,2})\s*thang\s*(?P<m2>\d{1,2})(?:\s*(?:nam|/|-)\s*(?P<y2>\d{4}))?(?!\d))"
)
"""A day, with or without its year; where "ngày" is missing a prefix must stand before it."""

REPORTED = re.compile(
    r"\b(?:da|dat duoc|ket qua|tinh hinh|thuc trang)\s[^.;:,]{0,60}$|\bdat duoc\s*$"
    r"|\b(?:bao cao|danh gia|tong ket)\s+(?:ket qua|tinh hinh)\b[^.;:]{0,160}$"
)
"""What was done in a year, not what is to be done in it: "kết quả đã đạt được trong năm 2012"."""


def last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def last_of_quarter(year: int, quarter: int) -> dt.date:
    return last_of_month(year, quarter * 3)


def day_of(match: re.Match[str], issued: dt.date | None, suffix: str = "") -> tuple[dt.date | None, bool, bool]:
    """(the day, whether its year was assumed, whether no such day exists)."""
    g = match.groupdict()
    d, m = g[f"d{suffix}"] or g.get(f"d2{suffix}"), g[f"m{suffix}"] or g.get(f"m2{suffix}")
    y = g[f"y{suffix}"] or g.get(f"y2{suffix}")
    y = f"20{y}" if y and len(y) == 2 else y
    if d is None or m is None:
        return None, False, True
    if y is None and issued is None:
        return None, True, False
    try:
        day = dt.date(int(y) if y else issued.year if issued else 1, int(m), int(d))
    except ValueError:
        return None, y is None, True
    if y is None and issued and (issued - day).days > 180:
        day = rolled(day)
    return day, y is None, False


def rolled(day: dt.date) -> dt.date:
    """The same day a year later: "trước ngày 10/01" in a letter of December."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


_AFTERNOON = re.compile(r"\s?(?:h|gio|g|:)\s?(?:\d{2})?(?:\s?phut)?\s?,?\s?(?:chieu|toi)\b")


def clock(match: re.Match[str]) -> str | None:
    """ "HH:MM" of the hour in the match, if any."""
    hour = match.groupdict().get("hour")
    if hour is None or int(hour) > 24:
        return None
    minute = match["minute"] or "00"
    if int(hour) < 12 and _AFTERNOON.match(match.string, match.end("hour")):
        hour = int(hour) + 12  # "2 giờ chiều"
    return f"{int(hour):02}:{minute}" if int(minute) < 60 and int(hour) < 24 else None


def number(word: str) -> int | None:
    """ "05" → 5, "năm" (flat "nam") → 5."""
    return int(word) if word.isdecimal() else NUMBER_WORDS.get(word)


def day_before(code: str) -> str:
    return WEEK[WEEK.index(code) - 1]
