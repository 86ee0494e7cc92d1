"""How a document breaks its lines, so that a line's end tells whether its paragraph ends too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from letters.text.lines import Line, Page

MARK = re.compile(
    r"(?P<roman>(?:phần\s+)?(?:I{1,3}|HI|IH|IV|VI{0,3}|IX|XI{0,3}|XIV|XV|[Il]{2,3}|[l1]V|V[Il]{1,3}|[Il1]X)\s*[.)\-–:/](?!\s?\d{4})(?=\s*\S))"
    r"|(?P<part>(?:(?:phần|PHẦN|Phần)\s+)?[A-HĐ]\s?[.)/:\-–](?=\s+[^\W\d]))\s*"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,2}(?:[.,)/:](?!\d)|(?=\s))\W{0,3}(?=[^\W\d]|[(“\"]))"
    r"|(?P<sub>[a-zđ]\.\d{1,2}(?:[.)/:]+(?!\d)|(?=\s)))\s*(?=[^\W\d]|[(“\"])"
    r"|(?P<arabic>\(\d{1,2}\)|(?:\d{1,3}|[§öõ](?=\.))\s?[.)/:](?!\d)|\d{1,2}\s?[-–,](?=\s+[A-ZĐÁÀẢÂĂÊÔƠƯÚÝÍÓỦ]))[.\s_-]{0,6}(?=[^\W\d]|[(“\"]|100\s?%\s|0\d\s[a-zđ])"
    r"|(?P<letter>(?:\([a-zđ]\)|\d{1,2}[a-eđ][.)/]|[a-zđ©áàäãả]\d?[.)/]|[a-zđ][-–](?=\s+[A-ZĐ]))(?!\w))\s*(?=\S)"
    r"|(?P<star>∗)\s*(?=\S)"
    r"|(?P<plus>\+)\s*(?=\S)"
    r"|(?P<dash>[-–—−•·▪●~ˆ]+)\s*(?=\S)"
)
SPECKS = re.compile(
    r"[;:,.'`‘’“”\"°ˆ^›»«¡_~]{1,2}(?:\s+(?=(?:\d{1,2}|[a-zđ©])\s?[.),:]\s)|(?=\d{1,2}\s?[.)/]\s+[^\W\d]))"
)
"""Specks of a scan before a clause's mark: "; b) Trực ban …", "ˆ 3, Ủy ban …"."""
TERMINAL = re.compile(r"(?:[.;:!?…][”\"’)\]\s]*|(?:\./\.?|/\.)\W*(?:\W?\w{1,2}\W*){0,2})$")


@dataclass(frozen=True)
class Shape:
    """How this document breaks its lines: usual width, empty lines inside a sentence, and whether empty lines
    part its paragraphs. `margin`: the width a machine wrapped it at, so that a line which ends before it ends a
    paragraph; 0 where lines were broken otherwise; WHOLE where every line is a paragraph."""

    width: int
    gap: int
    spaced: bool
    margin: int

    @classmethod
    def of(cls, page: Page, lines: Sequence[Line]) -> Shape:
        lengths = sorted(line.end - line.start for line in lines)
        width = lengths[int(len(lengths) * 0.9)] if lengths else 80
        inside: Counter[int] = Counter()
        for before, line in pairwise(lines):
            if page.s[line.start].islower() and not TERMINAL.search(page.text(before)[-40:]) and not line.page_before:
                inside[line.gap] += 1
        total = inside.total()
        gap = max((g for g, times in inside.items() if times * 3 >= total), default=0)
        ended = [
            line
            for before, line in pairwise(lines)
            if TERMINAL.search(page.text(before)[-40:])
            and (page.s[line.start].isupper() or MARK.match(page.s, line.start, line.end))
        ]
        spaced = sum(line.gap > gap for line in ended) > 0.7 * len(ended) and len(ended) > 2
        return cls(width, gap, spaced, _margin(page, lines, width))

    def short(self, line: Line, following: int = 0) -> bool:
        """Whether the line stops before the margin, `following` being the length of the next word."""
        return line.end - line.start + following < self.width * 0.8

    def ended(self, page: Page, before: Line, line: Line) -> bool:
        """Whether the line before is surely the last of its paragraph: the next word had room on it."""
        if self.margin == 0 or line.page_before:
            return False
        text = page.text(before)
        if len(text.split()) < 3 and not TERMINAL.search(text):
            return False  # left over from an older wrapping
        return self.margin == WHOLE or _reach(page, before, line) <= self.margin - SLACK

    def apart(self, line: Line) -> bool:
        return line.gap > self.gap and not line.page_before


WHOLE = -1
SLACK = 4
"""Characters: signs of Markdown that were dropped made their lines longer before."""
_LONG_LINES = 160
"""Characters; nobody wraps at so much."""


def _margin(page: Page, lines: Sequence[Line], width: int) -> int:
    """The width at which a machine wrapped whole paragraphs; see `Shape.margin`."""
    inside = [
        (before, line)
        for before, line in pairwise(lines)
        if page.s[line.start].islower() and not line.page_before and not TERMINAL.search(page.text(before)[-40:])
    ]
    if width > _LONG_LINES:
        return WHOLE if len(inside) * 10 <= len(lines) else 0
    if len(inside) < 5:
        return 0
    margin = max(before.indent + before.end - before.start for before, _ in inside)
    full = sum(_reach(page, before, line) > margin - SLACK for before, line in inside)
    return margin if full * 100 >= len(inside) * 97 else 0


def _reach(page: Page, before: Line, line: Line) -> int:
    """Where the line before would end with the first word of the next on it."""
    word = re.match(r"\S*", page.s[line.start : line.end])
    return before.indent + before.end - before.start + 1 + len(word[0] if word else "")


def in_capitals(page: Page, start: int, end: int) -> bool:
    """Whether these words are the title of a section."""
    letters = [c for c in page.s[start:end] if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) * 10 > 9 * len(letters)
