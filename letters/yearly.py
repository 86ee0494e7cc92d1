"""Parts of a year that are a limit by themselves or come again: "trong quý I hằng năm", "6 tháng (trước ngày 15/6) và
năm (trước ngày 15/12)", "trong 6 tháng đầu năm 2026", "vào ngày 15 và ngày 30 hằng tháng"."""

from __future__ import annotations

import datetime as dt
import re

from letters.dates import QUARTERS, REPORTED, last_of_month, last_of_quarter
from letters.recurring import Made, Make
from models.reading import ReadDeadline

_EVERY_YEAR = r"(?:hang|moi)\s+nam\b"
_PART = re.compile(
    r"\b(?:(?:trong|vao|truoc|het|cham nhat)\s+)?"
    r"(?:quy\s+(?P<quarter>iv|i{1,3}|0?[1-4])|thang\s+(?P<month>\d{1,2}))\s*,?\s*(?:cua\s+)?" + _EVERY_YEAR
)
_DAY = r"\(?\s*(?:truoc|cham nhat)\s+(?:ngay\s+)?(?P<{0}d>\d{{1,2}})\s?/\s?(?P<{0}m>\d{{1,2}})(?!\d|\s?/\s?\d)\s*\)?"
_HALF_AND_YEAR = re.compile(
    r"\b(?:dinh ky\s+)?(?:bao cao\s+)?(?:0?6|sau)\s+thang(?:\s+dau nam)?\s*"
    + _DAY.format("half")
    + r"\s*(?:,|va|;)*\s*(?:bao cao\s+)?(?:(?:ca|hang|cuoi|mot)\s+)?nam\s*"
    + _DAY.format("year")
)
_HALF = re.compile(r"\b(?:trong|het|truoc)\s+(?:0?6|sau)\s+thang\s+(?P<half>dau|cuoi)\s+nam\s+(?P<year>20\d\d)")
_AIM = re.compile(r"\b(?:hoan thanh|xong|ban hanh|trinh|phe duyet|ban giao|dua vao)\b[^.;:]*$")
_TWICE = re.compile(
    r"\b(?P<pre>truoc|vao|cham nhat)?\s*(?:cac\s+)?ngay\s+(?P<first>\d{1,2})\s*(?:,|va)\s*(?:ngay\s+)?"
    r"(?P<second>\d{1,2})\s+(?:hang|moi)\s+thang\b"
)


def _part(match: re.Match[str], _: dt.date | None) -> Made | None:
    month = QUARTERS[match["quarter"]] * 3 if match["quarter"] else int(match["month"])
    if not 1 <= month <= 12:
        return None
    before = match[0].startswith("truoc")
    if before:
        month = (month - 3 if match["quarter"] else month - 1) or 12
    return ReadDeadline(kind="recurring", rrule=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1"), ()


def _half_and_year(match: re.Match[str], _: dt.date | None) -> Made | None:
    try:
        days = [dt.date(2023, int(match[f"{k}m"]), int(match[f"{k}d"])) for k in ("half", "year")]
    except ValueError:
        return None
    step = dt.timedelta(days=1 if "truoc" in match[0] else 0)
    days = [day - step for day in days]
    months = ",".join(str(day.month) for day in sorted(days))
    doubts = () if days[0].day == days[1].day else ("deadline_unsure",)
    return ReadDeadline(kind="recurring", rrule=f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0].day}"), doubts


def _half(match: re.Match[str], _: dt.date | None) -> Made | None:
    before = match.string[max(0, match.start() - 160) : match.start()]
    if not _AIM.search(before) or REPORTED.search(before):
        return None
    year, first = int(match["year"]), match["half"] == "dau"
    if match[0].startswith("truoc"):
        due = dt.date(year - 1, 12, 31) if first else dt.date(year, 6, 30)
    else:
        due = dt.date(year, 6, 30) if first else dt.date(year, 12, 31)
    return ReadDeadline(kind="date", due=due), ()


def _twice(match: re.Match[str], _: dt.date | None) -> Made | None:
    step = 1 if match["pre"] == "truoc" else 0
    days = [int(match["first"]) - step, int(match["second"]) - step]
    if not all(1 <= day <= 31 for day in days):
        return None
    return ReadDeadline(kind="recurring", rrule=f"FREQ=MONTHLY;BYMONTHDAY={days[0]},{days[1]}"), ()


_THIS = re.compile(r"\btrong\s+(?P<what>thang|quy|nam|tuan|ngay)(?:\s+hom)?\s+nay\b")


def _this(match: re.Match[str], issued: dt.date | None) -> Made | None:
    if issued is None:
        return None
    ends = {
        "ngay": issued,
        "tuan": issued + dt.timedelta(days=6 - issued.weekday()),
        "thang": last_of_month(issued.year, issued.month),
        "quy": last_of_quarter(issued.year, (issued.month + 2) // 3),
        "nam": dt.date(issued.year, 12, 31),
    }
    return ReadDeadline(kind="date", due=ends[match["what"]]), ()


THIS: tuple[re.Pattern[str], Make] = (_THIS, _this)
""" "Trong tháng này", "trong ngày hôm nay": told by the day of issue."""
YEARLY: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_HALF_AND_YEAR, _half_and_year),
    (_PART, _part),
    (_HALF, _half),
    (_TWICE, _twice),
)
"""Looked for first: each is longer than what the other rules would make of its parts."""
