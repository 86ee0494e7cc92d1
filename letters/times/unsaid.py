"""The year of days that stand without one in a letter whose own day is unknown: that of its other days, where all agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from letters.text.views import Text
from letters.times.periods import Found

YEAR_ASSUMED = "deadline_year_assumed"
_FULL_DAY = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?P<y>20\d\d)(?!\d)"
    r"|\b\d{1,2}\s*thang\s*\d{1,2}\s*(?:nam|/|-)\s*(?P<y2>20\d\d)(?!\d)"
    r"|\bthang\s*\d{1,2}\s*(?:nam|/|-)\s*(?P<y3>20\d\d)(?!\d)"
)


def agreed_year(text: Text, found: Sequence[Found]) -> int | None:
    """The one year that the letter's time limits name, else that all its days name; None where they differ."""
    limits = {f.deadline.due.year for f in found if f.deadline.due and re.search(r"20\d\d", f.deadline.phrase or "")}
    years = limits or {int(m["y"] or m["y2"] or m["y3"]) for m in _FULL_DAY.finditer(text.f)}
    return years.pop() if len(years) == 1 else None


def with_year(found: list[Found], year: int, again: Callable[[dt.date], Sequence[Found]]) -> list[Found]:
    """The same time limits, those that lack only their year with this one and that doubt. `again` reads them all as if
    the letter were of a given day."""
    assumed = {f.start: f for f in again(dt.date(year, 1, 1))} if any(map(_lacks, found)) else {}
    return [_of_year(f, assumed.get(f.start)) if _lacks(f) else f for f in found]


def _lacks(found: Found) -> bool:
    return found.deadline.kind == "date" and found.deadline.due is None and YEAR_ASSUMED in found.doubts


def _of_year(found: Found, again: Found | None) -> Found:
    if again is None or again.deadline.due is None or again.end != found.end:
        return found
    return replace(found, deadline=again.deadline)
