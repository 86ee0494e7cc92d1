"""Parts of a year that are a limit by themselves or come again: "trong quý I hằng năm", "6 tháng (trước ngày 15/6) và
năm (trước ngày 15/12)", "trong 6 tháng đầu năm 2026", "vào ngày 15 và ngày 30 hằng tháng"."""

from __future__ import annotations

import datetime as dt
import re

from letters.dates import HOUR, QUARTERS, REPORTED, clock, last_of_month, last_of_quarter
from letters.recurring import Made, Make
from models.reading import ReadDeadline

_EVERY_YEAR = r"(?:hang|moi)\s+nam\b"
_PART = re.compile(
    r"(?<!\d\s)\b(?:(?:trong|vao|truoc|het|cham nhat)\s+)?(?:cac\s+)?"
    r"(?:quy\s+(?P<quarter>iv|i{1,3}|0?[1-4])"
    r"|thang\s+(?P<month>\d{1,2}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{1,2}){0,3}))\s*,?\s*(?:cua\s+)?" + _EVERY_YEAR
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
    r"\b(?P<pre>truoc|vao|cham nhat)?\s*(?:cac\s+)?ngay\s+(?P<days>\d{1,2}(?:\s*(?:,|va)\s*(?:ngay\s+)?\d{1,2}){1,3})"
    r"\s+(?:hang|moi)\s+thang\b"
)
_HALVES = re.compile(
    r"\b(?:dinh ky\s+)?(?:bao cao\s+)?(?:0?6|sau)\s+thang(?:\s+(?:mot|0?1)\s+lan|/lan)?\s*"
    r"[,(:]?\s*(?P<pre>truoc|vao|cham nhat)\s+(?:ngay\s+)?(?P<halfd>\d{1,2})\s?/\s?(?P<halfm>\d{1,2})(?!\s?/\s?\d)"
    r"\s*(?:,|va|hoac)\s*(?:truoc\s+)?(?:ngay\s+)?(?P<yeard>\d{1,2})\s?/\s?(?P<yearm>\d{1,2})(?!\s?/\s?\d|\d)"
)
""" "định kỳ 6 tháng một lần (trước ngày 15/6 và 15/12)"."""


def _part(match: re.Match[str], _: dt.date | None) -> Made | None:
    named = (
        [QUARTERS[match["quarter"]] * 3] if match["quarter"] else [int(m) for m in re.findall(r"\d+", match["month"])]
    )
    if not all(1 <= month <= 12 for month in named):
        return None
    if match[0].startswith("truoc"):
        named = [(month - 3 if match["quarter"] else month - 1) or 12 for month in named]
    months = ",".join(map(str, sorted(named)))
    return ReadDeadline(kind="recurring", rrule=f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=-1"), ()


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
    days = [int(day) - step for day in re.findall(r"\d+", match["days"])]
    if not all(1 <= day <= 31 for day in days):
        return None
    return ReadDeadline(kind="recurring", rrule=f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}"), ()


_TODAY = re.compile(
    rf"\b(?:truoc|(?:cham|muon)\s+nhat(?:\s+(?:la|vao))?)\s+{HOUR}(?:(?:sang|chieu|toi)\s+)?"
    r"(?:(?:ngay\s+)?(?:hom\s+)?nay|cung ngay)\b"
)
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


def _today(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "trước 16 giờ hôm nay"; "cùng ngày" may be a day named before: a doubt."""
    doubts = ("deadline_unsure",) if match[0].endswith("cung ngay") else ()
    return (ReadDeadline(kind="date", due=issued, time=clock(match)), doubts) if issued else None


THIS: tuple[tuple[re.Pattern[str], Make], ...] = ((_THIS, _this), (_TODAY, _today))
""" "Trong tháng này", "trong ngày hôm nay": told by the day of issue."""
YEARLY: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_HALF_AND_YEAR, _half_and_year),
    (_HALVES, _half_and_year),
    (_PART, _part),
    (_HALF, _half),
    (_TWICE, _twice),
)
"""Looked for first: each is longer than what the other rules would make of its parts."""
