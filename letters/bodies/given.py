"""Names in the middle of a sentence that are given its result, or help: no new actors."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.bodies.partners import COORDINATE
from letters.text.views import Text


def listed(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of names that coordinate or receive: what follows a comma there is no new actor."""
    given = [m for pattern in (COORDINATE, _RECEIVED) for m in pattern.finditer(text.f, start, end)]
    return [(m.end(), receiving(text, *names(text, m.end(), end, loose=True), end)[1]) for m in given]


def receiving(text: Text, found: list[Name], after: int, end: int) -> tuple[list[Name], int]:
    """The names, and where they end, without the body that speaks behind their comma: "Để tổng hợp báo cáo Bộ Nội vụ, |
    UBND tỉnh đề nghị các sở …"."""
    if len(found) < 2 or text.s[found[-2].end : found[-1].start].strip() != ",":
        return found, after
    speaks = _SPEAKS.match(text.f, after, end)
    if not speaks or text.n.startswith("giáo", speaks.start(1)) or not names(text, speaks.end(), end, loose=True)[0]:
        return found, after
    return found[:-1], found[-2].end


_SPEAKS = re.compile(r"\s+(?:kinh |tran trong )?(de nghi|yeu cau|giao|phan cong|co y kien)\s+")


_RECEIVED = re.compile(r"\b(?:trinh|tham muu(?: cho)?|xin y kien|bao cao|gui(?: ve)?|giup)\s+(?=\w)")
"""Before those who receive: in "trình Tỉnh ủy, HĐND tỉnh quyết định" nobody is ordered."""
