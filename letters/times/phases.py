"""Limits of parts: each phase of a work with its own day, and a month with the latest day in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import zip_longest

from letters.text.views import Text
from letters.times.dates import DAY, day_of
from letters.times.periods import Found
from letters.times.recurring import Made
from models.reading import ReadDeadline

PHASE = re.compile(
    rf"\b(?:giai doan|dot|buoc|lan)\s+(?:\d|i{{1,3}}|iv|mot|hai|ba|dau|cuoi)\s*(?:[:,–-]\s*|\()(?:xong\s+)?{DAY}"
)
_FINISHES = re.compile(r"\b(?:hoan thanh|hoan tat|xong|nop|gui|bao cao|ban giao|giai ngan)\b[^.]*$")


def phase(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "hoàn thành … (giai đoạn 1: 30/4/2026; giai đoạn 2: …)": when a part of what is to be finished ends; a doubt."""
    before = match.string[max(0, match.start() - 160) : match.start()]
    if not _FINISHES.search(before):
        return None
    day, assumed, impossible = day_of(match, issued)
    code = "deadline_impossible" if impossible else "deadline_year_assumed" if assumed and issued is None else None
    return ReadDeadline(kind="date", due=day), (*((code,) if code else ()), "deadline_unsure")


def sharpened(text: Text, found: Sequence[Found]) -> list[Found]:
    """ "trong tháng 9, chậm nhất đến 31/10/2022": the second, right behind the first, says how long at most; without the
    first."""
    return [f for f, after in zip_longest(found, found[1:]) if f and not (after and _sharpens(text, f, after))]


def _sharpens(text: Text, found: Found, after: Found) -> bool:
    alike = found.deadline.kind == after.deadline.kind == "date" and _AT_LATEST.match(text.f, after.start)
    return bool(alike) and not text.s[found.end : after.start].strip(" ,(–-")


_AT_LATEST = re.compile(r"(?:cham|muon|tre) nhat\b")
