"""Those a letter is addressed to: one item per line or bullet under "Kính gửi"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from letters.compare import flat
from letters.lines import Line, Page
from letters.vocabulary import starts_body
from letters.zones import DIEN, KINH_GUI
from models.reading import Span

_REMARK = re.compile(r"\(?(?:sau đây|gọi (?:chung|tắt)|danh sách|có danh sách|theo danh sách)")
_BULLET = re.compile(r"[-–—−•·▪+~ˆ]+\s*(?=[^\W\d_])")


def read_recipients(page: Page, lines: Sequence[Line]) -> list[tuple[str, Span]]:
    """(name as written, its place). A remark in brackets ("sau đây gọi chung là đơn vị") is no addressee."""
    items: list[tuple[str, int, int]] = []
    dispatch = next((i for i, line in enumerate(lines[:4]) if DIEN.search(page.flat(line))), -1)
    open_item = False
    for i, line in enumerate(lines):
        if i <= dispatch:
            continue
        start = line.start
        if i == 0:
            greeting = KINH_GUI.match(page.flat(line))
            if greeting:
                start += greeting.end()
        text = page.s[start : line.end]
        bullet = _BULLET.match(text)
        if bullet:
            start += bullet.end()
            open_item = False
        text = page.s[start : line.end].strip()
        if not any(c.isalnum() for c in text) or (text.startswith("(") and not open_item) or _REMARK.match(text):
            continue
        if open_item and items and not bullet:
            items[-1] = (f"{items[-1][0]} {text}", items[-1][1], line.end)
        else:
            items.append((text, start, line.end))
        open_item = not text.rstrip().endswith((";", "."))
    return [(_clean(text), page.span(start, end)) for text, start, end in items if _clean(text)]


def odd_recipients(recipients: Sequence[str]) -> bool:
    """Whether an item has swallowed what follows the addressees, or a list under one noun was cut ("Các sở: A, B" – "C, D")."""
    if any(len(text.split()) > _LONGEST or _SWALLOWED.search(text) for text in recipients):
        return True
    return any(
        _LIST.match(a) and "," in b and not (starts_body(b) or flat(b).startswith("cac "))
        for a, b in pairwise(recipients)
    )


_LONGEST = 45
"""Words of a long but true addressee."""
_SWALLOWED = re.compile(
    r"\b(?:Thực hiện|Căn cứ|Tiếp theo|Triển khai)\s+(?:\w+\s+){0,4}(?:Luật|Nghị|Công văn|Quyết|Kế hoạch|Chỉ thị|Thông|số)"
)
_LIST = re.compile(r"Các\s+(?:sở|bộ|ban|phòng|huyện|xã|phường|trường)\s*:", re.IGNORECASE)


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .;,:-")
