"""Tables drawn with signs, whose cells run over several lines: "|3 |Trang trí sân khấu |Sở Văn hóa, Thể thao và | |" over
"|  | |Du lịch | |". The lines of a row have the same columns; what has no number is more of the row above."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from letters.text.lines import Line, Page
from letters.text.views import Text
from letters.text.vocabulary import starts_body

Range = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One row: its TT, and the range of each column's cell by its role; `more`: what the lines below add to the cells."""

    label: str
    cells: dict[str, Range]
    sure: bool = True
    more: tuple[dict[str, Range], ...] = ()

    @property
    def start(self) -> int:
        return min(a for a, _ in self.cells.values())

    @property
    def end(self) -> int:
        return max(b for cells in (self.cells, *self.more) for _, b in cells.values())

    def whole(self, page: Page) -> tuple[Text, Row]:
        """The row with its cells made whole, and the text in which they stand."""
        if not self.more:
            return page, self
        every = (self.cells, *self.more)
        roles = dict.fromkeys(role for cells in every for role in cells)
        text, cells = _joined(page, {role: [cells[role] for cells in every if role in cells] for role in roles})
        return text, replace(self, cells=cells, more=())


def columns(page: Page, line: Line) -> list[Range]:
    """The cells of a line with the empty ones at both its ends, which the line itself is without."""
    start, end = line.start, line.end
    while start and page.s[start - 1] in " \t":
        start -= 1
    while end < len(page.s) and page.s[end] in " \t":
        end += 1
    found: list[Range] = []
    at = start
    for cell in page.s[start:end].split("\t"):
        left = at + len(cell) - len(cell.lstrip())
        found.append((left, left + len(cell.strip())))
        at += len(cell) + 1
    return found


def more(page: Page, line: Line, roles: Sequence[str], head: Sequence[Range], *, numbered: bool) -> dict[str, Range]:
    """What a line without a number adds to the row above, by role; empty where it has not the columns of the table's head,
    or begins a row of its own."""
    cells = columns(page, line)
    first = next(i for i, (a, b) in enumerate(head) if a < b)  # a sign may open each line
    if len(cells) != len(head) or (numbered and cells[first][0] < cells[first][1]):
        return {}
    body = cells[first + numbered :]
    given = {role: cell for role, cell in zip(roles, body, strict=False) if role and cell[0] < cell[1]}
    begins = not numbered and "task" in given and not page.s[given["task"][0]].islower()
    return {} if begins else given


def own(page: Page, cells: Mapping[str, Range]) -> bool:
    """Whether what stands beside no number is a row all the same: its task, who leads and when, each from the start."""
    return {"task", "lead"} <= set(cells) and all(page.s[cells[role][0]].isupper() for role in ("task", "lead"))


def _joined(page: Page, pieces: Mapping[str, Sequence[Range]]) -> tuple[Text, dict[str, Range]]:
    """The cells of one row, each made of its lines, as a text of their own, and their ranges in it."""
    s, n, f = "", "", ""
    pos: array[int] = array("I")
    cells: dict[str, Range] = {}
    for role, parts in pieces.items():
        start = len(s)
        for a, b in parts:
            if len(s) > start:
                gap = "\n" if page.s[a] in "-–+•" or starts_body(page.s[a:b]) else " "
                s, n, f = s + gap, n + gap, f + gap
                pos.append(pos[-1])
            s, n, f = s + page.s[a:b], n + page.n[a:b], f + page.f[a:b]
            pos.extend(page.pos[a:b])
        cells[role] = (start, len(s))
        s, n, f = s + "\n\n", n + "\n\n", f + "\n\n"
        pos.extend([pos[-1], pos[-1]])
    return Text(s, n, f, pos), cells
