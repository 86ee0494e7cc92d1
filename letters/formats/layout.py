"""Words on a page → its lines in reading order.

A Vietnamese letter is one column, except at two places laid down by Decree 30/2020/NĐ-CP, annex I: the heading
(issuer, number and subject on the left; motto, place and date on the right) and the end (Nơi nhận on the left;
the signer on the right). There the left block is read whole before the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from letters.formats.page import Word
from letters.formats.plainest import letters_of

_GAP = 1.3  # white space this wide, in letter heights, parts two blocks of a line
_MOTTO = ("CONGHOAXAHOI", "XAHOICHUNGHIA", "DOCLAPTUDO", "TUDOHANHPHUC", "DANGCONGSAN")
_MOTTO_STARTS = (("CONG", "HOA", "XA"), ("DOC", "LAP"), ("DANG", "CONG", "SAN"))
_ENDS_HEADING = ("KINHGUI", "QUYETDINH", "THONGBAO", "KEHOACH", "CHITHI", "CONGDIEN", "BAOCAO", "TOTRINH")
_HEADING_LINES = 16


@dataclass(slots=True)
class Segment:
    """Words of one line with no wide gap between them."""

    words: list[Word]
    text: str = field(init=False)
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = " ".join(word.text for word in self.words)
        self.x0 = self.words[0].x0
        self.x1 = self.words[-1].x1
        self.top = median(word.top for word in self.words)
        self.bottom = median(word.bottom for word in self.words)
        self.key = letters_of(self.text)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


Row = list[Segment]


def read_page(words: Sequence[Word]) -> tuple[str, tuple[str, ...]]:
    """The page's text in reading order, and its blocks line by line (what a standing mark is looked for in)."""
    if not words:
        return "", ()
    height = median(word.bottom - word.top for word in words) or 1.0
    rows = _rows(words, height)
    head, head_gutter = _heading(rows)
    tail = _tail_start(rows, head)
    end, tail_gutter = _tail_end(rows, tail)
    parts = [
        *_two_columns(rows[:head], head_gutter),
        *map(_joined, rows[head:tail]),
        *_two_columns(rows[tail:end], tail_gutter),
        *map(_joined, rows[end:]),
    ]
    return "\n".join(parts), tuple(segment.text for row in rows for segment in row)


def _rows(words: Sequence[Word], height: float) -> list[Row]:
    """Lines top to bottom, each cut into segments left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        if lines and _same_line(lines[-1], word, height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_segments(sorted(line, key=lambda word: word.x0), height) for line in lines]


def _same_line(line: list[Word], word: Word, height: float) -> bool:
    last = line[-1]
    middle = (word.top + word.bottom) / 2
    return abs(middle - (last.top + last.bottom) / 2) < 0.3 * height or (abs(word.bottom - last.bottom) < 0.2 * height)


def _segments(line: list[Word], height: float) -> Row:
    groups = [[line[0]]]
    for word in line[1:]:
        last = groups[-1][-1]
        if word.x0 - last.x1 > _GAP * height or _starts_motto(word, line):
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Segment(group) for group in groups]


def _starts_motto(word: Word, line: list[Word]) -> bool:
    """The motto begins the right column even where the issuer's name reaches up to it."""
    at = next(index for index, other in enumerate(line) if other is word)
    following = [letters_of(other.text) for other in line[at : at + 3]]
    return any(tuple(following[: len(start)]) == start for start in _MOTTO_STARTS)


def _heading(rows: list[Row]) -> tuple[int, float]:
    """How many rows from the top stand in the heading's two columns, and where the right one begins."""
    found = [segment.x0 for row in rows[:_HEADING_LINES] for segment in row if _is_right_heading(segment, row)]
    if not found:
        return 0, 0.0
    gutter = min(found)
    slack = _span(rows) / 8
    for index, row in enumerate(rows[: 2 * _HEADING_LINES]):
        for segment in row:
            if segment.key.startswith(_ENDS_HEADING) or segment.x0 < gutter - slack < gutter < segment.x1:
                return index, gutter
            if segment.x1 > gutter:
                gutter = min(gutter, segment.x0)
    return min(len(rows), 2 * _HEADING_LINES), gutter


def _is_right_heading(segment: Segment, row: Row) -> bool:
    if any(phrase in segment.key for phrase in _MOTTO):
        return True
    return len(row) > 1 and segment is row[-1] and "NGAY" in segment.key and "THANG" in segment.key


def _tail_start(rows: list[Row], after: int) -> int:
    for index in range(len(rows) - 1, after - 1, -1):
        if rows[index][0].key.startswith("NOINHAN"):
            return _with_title_above(rows, index, after)
    return len(rows)


def _with_title_above(rows: list[Row], index: int, after: int) -> int:
    """The signer's title may begin a line or two higher than Nơi nhận."""
    edge = rows[index][0].x1
    while index > after and len(rows[index - 1]) == 1 and rows[index - 1][0].x0 > edge + _span(rows) / 6:
        index -= 1
    return index


def _span(rows: list[Row]) -> float:
    segments = [segment for row in rows for segment in row]
    return max(segment.x1 for segment in segments) - min(segment.x0 for segment in segments)


def _tail_end(rows: list[Row], start: int) -> tuple[int, float]:
    """Where the two columns of the end stop, and where the right one begins."""
    if start == len(rows):
        return start, 0.0
    margin = min(segment.x0 for row in rows[start:] for segment in row)
    wide = _span(rows)
    left, gutter = margin, margin + wide
    for index, row in enumerate(rows[start:], start):
        before = gutter
        for segment in row:
            if segment.x0 < margin + wide / 4:
                left = max(left, segment.x1)
            else:
                gutter = min(gutter, segment.x0)
        if left >= gutter:
            return index, before
    return len(rows), gutter


def _two_columns(rows: list[Row], gutter: float) -> list[str]:
    left = [[segment for segment in row if segment.middle < gutter] for row in rows]
    right = [[segment for segment in row if segment.middle >= gutter] for row in rows]
    return [_joined(row) for row in (*left, *right) if row]


def _joined(row: Row) -> str:
    return " ".join(segment.text for segment in row)
