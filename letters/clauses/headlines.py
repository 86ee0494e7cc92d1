"""What a line, or the lines of a clause so far, are taken for: a title, a list of bodies, the beginning of an order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.names import names
from letters.text import words
from letters.text.lines import Line, Page
from letters.text.shape import TERMINAL, Shape


def pair_of(page: Page, start: int, end: int) -> str:
    """The first two words of a range, flat."""
    return " ".join(page.f[start:end].split(maxsplit=2)[:2])


def lists_bodies(page: Page, line: Line) -> bool:
    """Whether a line holds but bodies, of which the next line names more: "Các sở, ban; tổ chức đoàn thể;"."""
    found, stop = names(page, line.start, line.end) if page.s[line.end - 1] == ";" else ([], 0)
    return bool(found) and page.s[stop : line.end].strip() == ";"


def bracketed(page: Page, group: Sequence[Line], line: Line) -> bool:
    """Whether what went before is a remark all in brackets."""
    whole = page.s[group[0].start] == "(" and page.s[group[-1].end - 1] == ")"
    return whole and not page.s[line.start].islower()


_IN_NAMES = words.NAMED_AFTER | words.PLURAL_AFTER | {"hop tac", "dau tu", "hoa hop"}
"""Pairs a body's name may go on with on the next line: "Liên minh / Hợp tác xã", "Sở / Xây dựng"."""


def acts(page: Page, line: Line) -> bool:
    """Whether a line begins with an order written with a capital: "Theo dõi, đôn đốc …"."""
    pair = pair_of(page, line.start, line.end).strip(",")
    return page.s[line.start].isupper() and pair in words.ENDS_2 and pair not in _IN_NAMES


def is_title(page: Page, clause: Sequence[Line]) -> bool:
    """Whether what a clause says so far only names who or what it is about: "14. Tỉnh đoàn"."""
    words = sum(len(page.text(part).split()) for part in clause[:16])
    return 2 < words < 16 and (len(clause) == 1 or not any(ACTS.search(page.flat(part)) for part in clause))


def is_long_title(page: Page, clause: Sequence[Line], shape: Shape) -> bool:
    """Whether a clause is a list of names over an indented paragraph: its last line is short, nothing is ordered yet."""
    words = sum(len(page.text(part).split()) for part in clause[:40])
    if not 2 < words < 40:
        return False
    bare = not any(ACTS.search(page.flat(part)) or TERMINAL.search(page.text(part)) for part in clause)
    return bare and shape.short(clause[-1], SHORT_WORD)


SHORT_WORD = 8
"""Characters that would have had room on a line which ends early."""
TITLE_LINES = 3
"""A clause of fewer lines may be a title over its dashes."""
ACTS = re.compile(
    r"\b(?:chu tri|phoi hop|thuc hien|trien khai|xay dung|to chuc|bao cao|ra soat|tham muu|huong dan|giao|de nghi|yeu cau)\b"
)
