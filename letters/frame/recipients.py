"""Those a letter is addressed to: one item per line or bullet under "Kính gửi"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.frame.zones import DIEN, KINH_GUI
from letters.text.compare import flat
from letters.text.lines import Line, Page
from letters.text.vocabulary import starts_body
from models.reading import Span

_REMARK = re.compile(r"\(?(?:sau đây|gọi (?:chung|tắt)|danh sách|có danh sách|theo danh sách)")
_BULLET = re.compile(r"[-–—−•·▪+~ˆ∗][-–—−•·▪+~ˆ∗\s_]*(?=[^\W\d_])")

_INNER_BULLET = re.compile(r";\s*(?=[-–—•]\s+[^\W\d_])")


def read_recipients(page: Page, lines: Sequence[Line]) -> list[tuple[str, Span]]:
    """(name as written, its place). A remark in brackets ("sau đây gọi chung là đơn vị") is no addressee."""
    items: list[tuple[str, int, int]] = []
    open_item = False
    for start, end in _pieces(page, lines):
        bullet = _BULLET.match(page.s[start:end])
        if bullet:
            start += bullet.end()
            open_item = False
        text = page.s[start:end].strip()
        if not any(c.isalnum() for c in text) or (text.startswith("(") and not open_item) or _REMARK.match(text):
            continue
        if open_item and items and not bullet:
            items[-1] = (f"{items[-1][0]} {text}", items[-1][1], end)
        else:
            items.append((text, start, end))
        open_item = not text.rstrip().endswith((";", "."))
    return [(_clean(text), page.span(start, end)) for text, start, end in items if _clean(text)]


def _pieces(page: Page, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines without the greeting, each cut before the bullets inside it: a table's cell has them all in one."""
    dispatch = next((i for i, line in enumerate(lines[:4]) if DIEN.search(page.flat(line))), -1)
    for i, line in enumerate(lines[dispatch + 1 :], dispatch + 1):
        start = line.start
        greeting = KINH_GUI.match(page.flat(line)) if i == 0 else None
        if greeting:
            start += greeting.end()
        for cut in _INNER_BULLET.finditer(page.s, start, line.end):
            yield start, cut.end()
            start = cut.end()
        yield start, line.end


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
    return _SPECKS.sub("", re.sub(r"\s+", " ", text).strip()).strip(" .;,:-")


_SPECKS = re.compile(r"\s*(?:;\s*(?:[^\s;]{1,2}\s?){1,3}|\.\s+(?:[^\W\dA-ZĐ]\s?){1,3})$")
""" "Sở Nội vụ; ï", "… Long Vĩ. r ị": what a scan saw beside the last word."""
