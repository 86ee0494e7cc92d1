"""A sign that a line's end parted from its words: "Kính / gửi:" broken in two, a clause's number alone above its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.text.views import Text

_BROKEN = {("kinh", "g"), ("noi", "n"), *(("so:", sign) for sign in "/0123456789")}
"""The whole of a line, and what the next begins with, where one sign was wrapped in the middle."""
_LONE = re.compile(
    r"(?:(?P<number>\d{1,2})[.)/]|\((?P<inner>\d{1,2})\)|(?P<roman>[IVX]{1,5})\s?[.)/]"
    r"|\(?[a-zđ]\)|[a-zđ]\.|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?|[-–+•])"
)
"""The sign of a clause and nothing else."""
_BEGUN = re.compile(r"\(?(\d{1,2})[.)/](?!\d)")


def broken(line: str, following: str) -> bool:
    """Whether these two lines, in flat letters, are one sign broken in two."""
    return (line, following[:1]) in _BROKEN


def lone(line: str, following: str) -> bool:
    """Whether a line is nothing but the sign of the clause that the next begins: "10." over "UBND các xã, phường"."""
    found = _LONE.fullmatch(line)
    return bool(found) and following[:1].isupper() and not _LONE.match(following)


def lone_signs(page: Text, raw: Sequence[tuple[int, int, bool]]) -> set[int]:
    """The lines that hold nothing but the number of the clause whose words follow, told from a page's number: it is the
    next in turn. Below the head of a table, laid out as a line a cell, numbers count its rows."""
    found: set[int] = set()
    last = 0
    for i, (start, end, _) in enumerate(raw):
        if end - start < _LONGEST and page.f[start:end] in TABLE_HEADS:
            break
        if end - start < _LONGEST and _alone(page, raw, i, last):
            found.add(i)
        begun = _BEGUN.match(page.s, start, end)
        last = int(begun[1]) if begun else last
    return found


def _alone(page: Text, raw: Sequence[tuple[int, int, bool]], i: int, last: int) -> bool:
    text = page.s[raw[i][0] : raw[i][1]]
    sign = _LONE.fullmatch(text)
    number = sign and (sign["number"] or sign["inner"])
    if not number or int(number) != last + 1:
        return False
    following = next((a for a, b, _ in raw[i + 1 : i + 3] if a < b), -1)
    return following >= 0 and lone(text, page.s[following : following + _LONGEST])


TABLE_HEADS = ("tt", "stt", "so tt")
_LONGEST = 8
"""Characters of a sign."""
