"""Names of bodies that a letter writes alone somewhere: its own gazetteer, which tells where they end elsewhere in it.

An addressee, a line of "Nơi nhận", the heading of a clause, a name with its letters behind it in brackets: there nothing
follows a name that could be taken for the rest of it, nor for an order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.frame.zones import Zones
from letters.text.compare import UPPER, flat, tone
from letters.text.gazetteer import Gazetteer
from letters.text.lines import Page
from letters.text.vocabulary import ENDS_1, ENDS_2, FIRM, starts_body

_FEWEST, _MOST = 3, 16
"""Words of a name worth knowing."""
_ITEM = re.compile(r"[-–—•+*]\s*([^-–—•+*;:,.()\n][^;:,.()\n]{6,120})[;.](?=\s|$)")
_HEADING = re.compile(
    rf"^\W{{0,4}}(?:[IVX]+|\d{{1,2}}|[a-zđ])[.)]\s*([{UPPER}][^;:,.()\n]{{6,120}}):[ \t]*$", re.MULTILINE
)
_LETTERS = re.compile(rf"\(([{UPPER}&]{{3,9}})\)")
_BEFORE = 110
"""Characters before its letters in which a name stands."""
_PLACE = re.compile(rf"\s+(?:tỉnh|thành phố|huyện|thị xã|xã|phường|đặc khu)(?:\s+[{UPPER}]\w+){{1,4}}$")
_SEVERAL = re.compile(r"(?:cac|nhung|lanh dao|thanh vien|chu tich|pho|giam doc|truong|dong chi|nhu|luu|tat ca)\b")
_SECOND = re.compile(r"\svà (?:Sở|Bộ|Ban|Phòng|Văn phòng|Công an|UBND|Hội|Trung tâm|Chi cục)\s")


def standing(page: Page, zones: Zones, recipients: Sequence[str]) -> Gazetteer | None:
    """The letter's own names; None where it writes none alone."""
    found = [name for text in _alone(page, zones, recipients) for name in _names(text)]
    return Gazetteer(found) if found else None


def _alone(page: Page, zones: Zones, recipients: Sequence[str]) -> Iterator[str]:
    yield from (text for text in recipients if not re.search(r"[,;:()]", text))
    if zones.foot:
        yield from (match[1] for match in _ITEM.finditer(page.s, zones.foot[0].start, zones.foot[-1].end))
    if zones.body:
        headings = _HEADING.finditer(page.s, zones.body[0].start, zones.body[-1].end)
        yield from (match[1] for match in headings if not _orders(match[1]))
    for match in _LETTERS.finditer(page.s):
        before = re.split(r"[;.:()\n]", page.s[max(0, match.start() - _BEFORE) : match.start()])[-1]
        yield _spelled(before.split(), match[1].replace("&", ""))


def _orders(heading: str) -> bool:
    """Whether a clause's first line does more than name a body: "2. Sở Y tế hướng dẫn các đơn vị:"."""
    words = heading.split()
    if any(tone(word) in ENDS_1 for word in words if word[0].islower()):
        return True
    return any(a[0].islower() and f"{flat(a)} {flat(b)}" in ENDS_2 for a, b in pairwise(words))


def _spelled(before: Sequence[str], letters: str) -> str:
    """The words whose first letters stand in brackets behind them: "Trung tâm Giám sát đô thị (TTGSĐT)"; "" for none."""
    left = letters
    for k in range(len(before) - 1, -1, -1):
        if left and flat(before[k][0]) == flat(left[-1]):
            left = left[:-1]
        elif before[k].isalpha() and tone(before[k]) not in ("và", "các"):
            return ""
        if not left:
            return " ".join(before[k:])
    return ""


def _names(text: str) -> Iterator[str]:
    """The name, and the same without its place; none where the text is more than a name."""
    name = " ".join(text.split())
    folded = flat(name)
    if not starts_body(name) or _SEVERAL.match(folded) or _SECOND.search(name):
        return
    if any(f"{a} {b}" in FIRM for a, b in pairwise(folded.split())):
        return
    for form in {name, _PLACE.sub("", name)}:
        if _FEWEST <= len(form.split()) <= _MOST:
            yield form
