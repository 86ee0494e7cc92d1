"""Names in the middle of a sentence that are given its result, or help: no new actors."""

from __future__ import annotations

import re

from letters.bodies.names import names
from letters.bodies.partners import COORDINATE
from letters.text.views import Text


def listed(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of names that coordinate or receive: what follows a comma there is no new actor."""
    given = [m for pattern in (COORDINATE, _RECEIVED) for m in pattern.finditer(text.f, start, end)]
    return [(m.end(), names(text, m.end(), end, loose=True)[1]) for m in given]


_RECEIVED = re.compile(r"\b(?:trinh|tham muu(?: cho)?|xin y kien|bao cao|gui(?: ve)?|giup)\s+(?=\w)")
"""Before those who receive: in "trình Tỉnh ủy, HĐND tỉnh quyết định" nobody is ordered."""
