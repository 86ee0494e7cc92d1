"""A table that lost its columns: its head on one line, then each row as a number without a full stop over lines that each
begin with the name of their column ("1 Ban hành mẫu biểu ⏎ Đơn vị chủ trì: Vụ A ⏎ Thời hạn: trước ngày …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.text.lines import Line, Page
from letters.text.views import Text

_WHO = r"(?:(?:cac )?(?:don vi|co quan|bo phan|nguoi|phong|ban)(?:,? (?:don vi|ca nhan))? )?"
_ROLE = (
    rf"(?:{_WHO}(?:chu tri|phoi hop|dau moi|thuc hien|phu trach|chiu trach nhiem|tham gia)(?: (?:chinh|thuc hien|chu tri))?"
    r"|(?:thoi (?:gian|han|diem)|han|tien do)(?: (?:thuc hien|hoan thanh|trinh|bao cao|du kien))*"
    r"|(?:san pham|ket qua)(?: (?:dau ra|du kien|dat duoc|thuc hien))?|ghi chu)"
)
_LABELLED = re.compile(rf"\W{{0,8}}{_ROLE}\s*:")
_NAMES_LEAD = re.compile(rf"\W{{0,8}}{_WHO}(?:chu tri|dau moi|thuc hien|phu trach|chiu trach nhiem)[^:]{{0,20}}:")
_HEAD = re.compile(r"\W{0,3}(?:tt|stt|so tt|so thu tu)\s+(?=[^\W\d_])")
_COLUMN = re.compile(
    rf"{_ROLE}|(?:noi dung|nhiem vu|cong viec|hoat dong|ten|giai phap)(?: (?:cong viec|nhiem vu|thuc hien|hoat dong|cu the))?"
    r"|(?:kinh phi|nguon von|ghi chu|chu tri|phoi hop|hoan thanh|thuc hien)"
)
_ROW = re.compile(r"(?P<number>\d{1,2})\s+(?=[^\W\d_])")
_MARKED = re.compile(r"(\d{1,2})\s?[.)/]\s+[^\W\d]")
_NEAR = 5
"""Lines of a row's own words before the first that names a column."""


def names_lead(text: Text, start: int, end: int) -> bool:
    """Whether a paragraph says whose a task is: "Đơn vị chủ trì: Vụ A"."""
    return bool(_NAMES_LEAD.match(text.f, start, end))


def is_labelled(page: Page, line: Line) -> bool:
    """Whether a line begins with the name of its column."""
    return labels(page.f, line.start, line.end)


def labels(flat: str, start: int, end: int) -> bool:
    """The same for a range of a flat text."""
    return end - start < _LONGEST and bool(_LABELLED.match(flat, start, end))


_LONGEST = 300
"""Characters of such a line."""


def is_head(page: Page, line: Line) -> bool:
    """Whether a line holds nothing but the names of the columns: "TT Nội dung Đơn vị chủ trì Đơn vị phối hợp Thời hạn"."""
    words = page.flat(line)
    head = _HEAD.match(words)
    if not head or len(words) > _LONGEST or ":" in words or "\t" in words:
        return False
    rest, columns = _COLUMN.subn(" ", words[head.end() :])
    return columns > 2 and len(rest.split()) <= columns


def unread(page: Page, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Ranges of tables whose columns are lost altogether: a head on one line, and under it no line that names its column."""
    for i, line in enumerate(lines):
        below = lines[i + 1 : i + 2 + _NEAR]
        if is_head(page, line) and below and not any(is_labelled(page, other) for other in below):
            yield line.start, below[-1].end


def rows(page: Page, lines: Sequence[Line]) -> dict[int, tuple[str, int]]:
    """Where rows begin, by the start of their lines: the number, and the length of that sign. Counted from 1 without a gap."""
    found: dict[int, tuple[str, int]] = {}
    last = 0
    for i, line in enumerate(lines):
        marked = _MARKED.match(page.s, line.start, line.end)
        last = int(marked[1]) if marked else last
        sign = _ROW.match(page.s, line.start, line.end)
        if not sign or not page.s[sign.end()].isupper() or int(sign["number"]) not in (1, last + 1):
            continue
        below = lines[i + 1 : i + 1 + _NEAR]
        named = next((k for k, other in enumerate(below) if is_labelled(page, other)), -1)
        if named < 0 or any(_ROW.match(page.s, other.start, other.end) for other in below[:named]):
            continue
        if not any(_NAMES_LEAD.match(page.f, other.start, other.end) for other in below):
            continue
        last = int(sign["number"])
        found[line.start] = (str(last), sign.end() - line.start)
    return found
