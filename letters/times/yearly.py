"""Parts of a year that are a limit by themselves or come again: "trong quý I hằng năm", "6 tháng (trước ngày 15/6) và
năm (trước ngày 15/12)", "trong 6 tháng đầu năm 2026", "vào ngày 15 và ngày 30 hằng tháng"."""

from __future__ import annotations

import datetime as dt
import re

from letters.times.dates import QUARTERS, REPORTED
from letters.times.recurring import Made, Make
from models.reading import ReadDeadline

_EVERY_YEAR = r"(?:hang|moi)\s+nam\b"
_PART = re.compile(
    r"(?<!\d\s)\b(?:(?:trong|vao|truoc|het|cham nhat)\s+)?(?:cac\s+)?"
    r"(?:quy\s+(?P<quarter>iv|i{1,3}|0?[1-4])"
    r"|thang\s+(?P<month>\d{1,2}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{1,2}){0,3}))\s*,?\s*(?:cua\s+)?" + _EVERY_YEAR
)
_DAY = (
    r"\(?\s*(?:truoc|cham nhat)\s+(?:ngay\s+)?(?P<{0}d>\d{{1,2}})\s?(?:/|thang)\s?(?P<{0}m>\d{{1,2}})"
    r"(?!\d|\s?(?:/|nam)\s?\d)\s*\)?"
)
_SIX_MONTHS = r"\b(?:dinh ky\s+)?(?:bao cao\s+)?(?:0?6|sau)\s+thang(?:\s+dau nam)?\s*" + _DAY.format("")
_THEN_YEAR = r"\s*(?:,|va|;)*\s*(?:bao cao\s+)?(?:(?:ca|hang|cuoi|mot|0?1)\s+)?nam\s*"
_HALF_OF_TWO = re.compile(_SIX_MONTHS + r"(?=" + _THEN_YEAR + _DAY.format("year") + r")")
_YEAR_OF_TWO = re.compile(r"(?:\bbao cao\s+)?\b(?:(?:ca|hang|cuoi|mot|0?1)\s+)?nam\s*" + _DAY.format(""))
_AFTER_HALF = re.compile(_SIX_MONTHS + r"\s*(?:,|va|;)*\s*$")
""" "6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)": two limits, each of its own."""
_BOTH_DAY = (
    r"\(\s*(?:truoc|cham nhat)\s+(?:ngay\s+)?(?P<d>\d{1,2})\s?(?:/|thang)\s?(?P<m>\d{1,2})(?!\d|\s?(?:/|nam)\s?\d)\s*\)"
)
_SENT_BY = r"\s*,?\s*(?:\(|:)?\s*(?:gui\s+|nop\s+|xong\s+)?(?:truoc|cham nhat(?:\s+(?:la|vao))?)\s+(?:ngay\s+)?" + (
    r"(?P<d>\d{1,2})\s?(?:/|thang)\s?(?P<m>\d{1,2})(?!\d|\s?(?:/|nam)\s?\d|\s*(?:hang|moi)\s+nam)"
)
_REPORT_BY = re.compile(
    r"\bbao cao\s+(?:so ket\s+|tong ket\s+)?(?:(?:0?6|sau)\s+thang(?:\s+dau nam)?|(?:ca |hang |cuoi )?nam)" + _SENT_BY
)
""" "báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 05/12"."""
_BY_REPORT = re.compile(
    r"\b(?:truoc|cham nhat(?:\s+(?:la|vao))?)\s+(?:ngay\s+)?(?P<d>\d{1,2})\s?(?:/|thang)\s?(?P<m>\d{1,2})\s*"
    r"\(\s*(?:doi voi\s+)?bao cao\s+(?:so ket\s+|tong ket\s+)?(?:(?:0?6|sau)\s+thang(?:\s+dau nam)?|(?:ca |hang |cuoi )?nam)\s*\)"
)
""" "trước ngày 15/6 (báo cáo 6 tháng) và trước ngày 15/12 (báo cáo năm)"."""
_OF_HALF = re.compile(r"\b(?:dinh ky\s+)?(?:bao cao\s+)?(?:0?6|sau)\s+thang(?:\s+dau nam)?\s*" + _BOTH_DAY)
_OF_YEAR = re.compile(r"(?<=\), )(?:bao cao\s+)?(?:(?:ca|hang|cuoi|mot|0?1)\s+)?nam\s*" + _BOTH_DAY)
_OF_YEAR_TOO = re.compile(r"(?<=\)\s)(?:va\s+)(?:bao cao\s+)?(?:(?:ca|hang|cuoi|mot|0?1)\s+)?nam\s*" + _BOTH_DAY)
_HALF = re.compile(
    r"\b(?:(?:trong|het|truoc)\s+(?:(?:0?6|sau)\s+thang|nua)|(?<=hoan thanh )nua)\s+(?P<half>dau|cuoi)\s+nam\s+(?P<year>20\d\d)"
)
_AND_YEAR = re.compile(
    r"(?<=[;,(] )(?:bao cao )?nam (?:truoc|cham nhat)(?: ngay)? (?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?!\d|\s?/\s?\d)"
)
""" "báo cáo tháng …; quý …; năm trước ngày 10/12"."""
_AIM = re.compile(r"\b(?:hoan thanh|xong|ban hanh|trinh|phe duyet|ban giao|dua vao)\b[^.;:]*$")
_AIM_NEXT = re.compile(r"\s*,?\s*(?:phai\s+|can\s+)?(?:hoan thanh|xong|ban hanh|trinh)\b")
_TWICE = re.compile(
    r"\b(?P<pre>truoc|vao|cham nhat)?\s*(?:cac\s+)?ngay\s+(?P<days>\d{1,2}(?:\s*(?:,|va)\s*(?:ngay\s+)?\d{1,2}){1,3})"
    r"\s+(?:hang|moi)\s+thang\b"
)
_SIX_AND_YEAR = re.compile(
    r"\b(?:dinh ky\s+)?(?:hang\s+)?(?:0?6|sau)\s+thang\s*(?:,|va)\s*(?:(?:0?1|mot|hang|ca)\s+)?nam\s*,?\s+"
    r"(?=(?:co )?(?:bao cao|thong tin|tong hop|gui|so ket|danh gia|lap|thong bao)\b)"
)
""" "6 tháng, 1 năm báo cáo kết quả …": twice a year, on a day it does not say."""
_HALVES = re.compile(
    r"\b(?:dinh ky\s+)?(?:bao cao\s+)?(?:0?6|sau)\s+thang(?:\s+(?:mot|0?1)\s+lan|/lan)?\s*"
    r"[,(:]?\s*(?P<pre>truoc|vao|cham nhat)\s+(?:ngay\s+)?(?P<halfd>\d{1,2})\s?(?:/|thang)\s?(?P<halfm>\d{1,2})"
    r"(?!\s?(?:/|nam)\s?\d)"
    r"\s*(?:,|va|hoac)\s*(?:truoc\s+)?(?:ngay\s+)?(?P<yeard>\d{1,2})\s?(?:/|thang)\s?(?P<yearm>\d{1,2})(?!\s?(?:/|nam)\s?\d|\d)"
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


def _one_of_both(match: re.Match[str], _: dt.date | None) -> Made | None:
    """ "6 tháng (trước ngày 15/6), năm (trước ngày 05/12)": of two days that no one rule can hold, one."""
    try:
        day = dt.date(2023, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    day -= dt.timedelta(days=1 if "truoc" in match[0] else 0)
    return ReadDeadline(kind="recurring", rrule=f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"), ()


def _after_half(match: re.Match[str], issued: dt.date | None) -> Made | None:
    before = match.string[max(0, match.start() - 90) : match.start()]
    return _one_of_both(match, issued) if _AFTER_HALF.search(before) else None


_FIRST_DAYS = re.compile(
    r"\btrong\s+(?P<days>\d{1,2}|nam|muoi)\s+ngay\s+(?P<end>dau|cuoi)(?:\s+tien|\s+cung)?\s+(?:cua\s+)?(?:moi|hang|tung)\s+(?P<unit>thang|quy)\b"
)
""" "trong 10 ngày đầu mỗi quý"."""


def _first_days(match: re.Match[str], _: dt.date | None) -> Made | None:
    last = match["end"] == "cuoi"
    day = -1 if last else {"nam": 5, "muoi": 10}.get(match["days"]) or int(match["days"])
    months = {"thang": "", "quy": f";BYMONTH={'3,6,9,12' if last else '1,4,7,10'}"}[match["unit"]]
    rule = f"FREQ={'YEARLY' if months else 'MONTHLY'}{months};BYMONTHDAY={day}"
    return (ReadDeadline(kind="recurring", rrule=rule), ("deadline_unsure",)) if -1 <= day <= 28 and day else None


def _six_and_year(_match: re.Match[str], _: dt.date | None) -> Made | None:
    return ReadDeadline(kind="recurring", rrule="FREQ=MONTHLY;INTERVAL=6"), ("period_cutoff",)


def _half(match: re.Match[str], _: dt.date | None) -> Made | None:
    before = match.string[max(0, match.start() - 160) : match.start()]
    after = match.string[match.end() : match.end() + 30]
    if not (_AIM.search(before) or _AIM_NEXT.match(after)) or REPORTED.search(before):
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


YEARLY: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_HALF_OF_TWO, _one_of_both),
    (_YEAR_OF_TWO, _after_half),
    (_BY_REPORT, _one_of_both),
    (_REPORT_BY, _one_of_both),
    (_OF_HALF, _one_of_both),
    (_OF_YEAR, _one_of_both),
    (_OF_YEAR_TOO, _one_of_both),
    (_AND_YEAR, _one_of_both),
    (_HALVES, _half_and_year),
    (_FIRST_DAYS, _first_days),
    (_SIX_AND_YEAR, _six_and_year),
    (_PART, _part),
    (_HALF, _half),
    (_TWICE, _twice),
)
"""Looked for first: each is longer than what the other rules would make of its parts."""
