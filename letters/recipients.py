"""Those a letter is addressed to: one item per line or bullet under "Kính gửi"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.lines import Line, Page
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


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .;,:-")
