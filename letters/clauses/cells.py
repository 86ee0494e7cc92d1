"""The rows of a table copied as one cell a line: numbers alone on their lines part the rows, and each line of a row is
given the column that suits it and its neighbours best. Empty cells leave no line, long ones several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.bodies.names import names
from letters.frame.zones import NOI_NHAN, SIGNING
from letters.text.lines import Line, Page

Range = tuple[int, int]
MOST_LINES = 16
"""Lines of one row, or of a head."""
AFTER = "after"
"""What stands under the last row and is no part of the table."""


@dataclass(frozen=True)
class CellRow:
    """One row: its number, the range of each column's cell by its role, whether the columns are sure, and its lines."""

    label: str
    cells: dict[str, Range]
    sure: bool
    last: int


def rows(page: Page, roles: Sequence[str], at: int) -> Iterator[CellRow]:
    """The rows from this line on, by the roles of the columns behind that of the numbers."""
    starts = list(_starts(page, at))
    for i, (start, label) in enumerate(starts):
        last = i + 1 == len(starts)
        end = min(start + MOST_LINES, len(page.lines)) if last else starts[i + 1][0]
        lines = list(_within(page, page.lines[start:end], last))
        if not lines:
            continue
        _, given = _aligned(page, roles, lines, last)
        sure = True
        cells: dict[str, Range] = {}
        used = start
        for k, (column, line) in enumerate(zip(given, lines, strict=True)):
            role = roles[column] if column < len(roles) else AFTER
            if role == AFTER:
                continue
            before = given[k - 1] if k else -1
            sure &= _Kind(page, line).cost(role) < _ODD
            sure &= role not in ("lead", "helps") or before != column or _continued(page, lines[k - 1], line, role) < 1
            used = start + k + (page.lines[start].start != lines[0].start)
            if role:
                cells[role] = (cells.get(role, (line.start, 0))[0], line.end)
        if "task" in cells:
            yield CellRow(label, cells, sure, used + 1)


def number_before(page: Page, i: int) -> str:
    """The number that stands alone between this line and the one before, or is this line; "" for none."""
    between = page.s[page.lines[i - 1].end : page.lines[i].start]
    found = _NUMBER.findall(between) or _NUMBER.findall(page.text(page.lines[i]))
    return found[-1] if found else ""


_NUMBER = re.compile(r"(?m)^\W{0,3}(\d{1,3}(?:\.\d{1,2})?)\W{0,3}$")
GROUP = re.compile(r"(?:[IVX]{1,5}|[A-E])\s*[.)]?(?:\s+\S.*)?$")
"""The number of a group of rows, with its title or alone."""
_MARKED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-E])\s*[.)]\s*[^\W\d]|[Đđ]iều \d")
"""A clause under the table."""


def _starts(page: Page, at: int) -> Iterator[tuple[int, str]]:
    """Where rows begin, with their numbers: 1, 2, 3 …, from 1 again in each group, or 1.1, 1.2 …"""
    number, last = 0, at
    for i in range(at, len(page.lines)):
        line = page.lines[i]
        named = number_before(page, i)
        whole = int(named.split(".")[0]) if named else 0
        if named and ("." in named or whole == number + 1 or (whole == 1 and number and _grouped(page, i))):
            number, last = whole, i
            yield i + bool(_NUMBER.match(page.text(line))), named
            continue
        text = page.text(line)
        below = _MARKED.match(text) and i + 1 < len(page.lines) and not number_before(page, i + 1)
        if i - last > MOST_LINES or NOI_NHAN.match(page.flat(line)) or (number and below):
            return


def _grouped(page: Page, i: int) -> bool:
    """Whether the line before this row is the title of a group."""
    before = [page.text(line) for line in page.lines[max(0, i - 2) : i]]
    return any(GROUP.match(text) for text in before) or before[-1].isupper()


def _within(page: Page, lines: Sequence[Line], last: bool) -> Iterator[Line]:
    """The lines of a row, without the title of the group that follows, or what stands under the table."""
    for i, line in enumerate(lines):
        text = page.text(line)
        if i and _NUMBER.fullmatch(text):
            return
        if i and (GROUP.fullmatch(text) or (len(text) > 8 and text.isupper())):
            return
        if i and last and (_MARKED.match(text) or NOI_NHAN.match(page.flat(line)) or SIGNING.match(page.flat(line))):
            return
        if i and last and line.gap > max(n.gap for n in lines[:i]) + (i == 1):
            return
        yield line


_TIME = re.compile(
    r"\b(?:thang|quy|nam|ngay|tuan|hang|thuong xuyen|dinh ky|giai doan|truoc|sau khi|xong|trong|cham nhat)\b"
    r"|\d{1,2}\s?[/.-]\s?\d|\b20\d\d\b"
)
_MORE = re.compile(r"\s*[-–+•a-zà-ỹđ(]")
_SKIPPED = {"task": 9.0, "lead": 4.0, "helps": 1.5, "when": 1.5, "product": 0.7, "note": 0.1, "": 0.3}
_WIDE = 120
"""Characters beyond which a line is no cell but of the task."""
_ODD = 2.0
"""Cost from which a line is no likely cell of its column."""


def _aligned(page: Page, roles: Sequence[str], lines: Sequence[Line], last: bool) -> tuple[float, list[int]]:
    """The cheapest way to give each line a column, in order; `len(roles)` is what stands under the table."""
    columns = len(roles)
    skipped = [0.0]
    for role in roles:
        skipped.append(skipped[-1] + _SKIPPED[role])
    best: list[tuple[float, list[int]]] = []
    for i, line in enumerate(lines):
        kind = _Kind(page, line)
        now: list[tuple[float, list[int]]] = []
        for column in range(columns + last):
            fits = kind.cost(roles[column]) if column < columns else 0.0
            if i == 0:
                now.append((skipped[column] + fits, [column]))
                continue
            options = [
                (cost + skipped[column] - skipped[before + 1], way)
                for before, (cost, way) in enumerate(best)
                if before < column
            ]
            more = _continued(page, lines[i - 1], line, roles[column]) if column < columns else 0.0
            options.append((best[column][0] + more, best[column][1]))
            cost, way = min(options)
            now.append((cost + fits, [*way, column]))
        best = now
    return min(
        (cost + (skipped[columns] - skipped[k + 1] if k < columns else 0.0), way) for k, (cost, way) in enumerate(best)
    )


def _continued(page: Page, before: Line, line: Line, role: str) -> float:
    """What it costs to take a line for more of the cell that the line before is in."""
    if role == "task":
        return 0.2
    listed = _BULLET.match(page.s, before.start) or not _BULLET.match(page.s, line.start)
    if page.text(before).rstrip().endswith((";", ",", "và")) or (listed and _MORE.match(page.s, line.start, line.end)):
        return 0.1
    return 1.2 if role == "lead" else 1.0


_BULLET = re.compile(r"[-–+•]\s*")
_DATED = re.compile(r"(?:trong |truoc |cuoi |dau |het )?(?:quy (?:[ivx]+|\d)\b|thang \d|nam \d|ngay \d|tuan \d)")


class _Kind:
    """What a line looks like: a list of bodies, a time, or words."""

    def __init__(self, page: Page, line: Line) -> None:
        bullet = _BULLET.match(page.s, line.start, line.end)
        found, after = names(page, bullet.end() if bullet else line.start, line.end)
        text = page.flat(line)
        dated = bool(_DATED.match(text))
        self.wide = len(text) > _WIDE
        self.bodies = bool(found) and line.end - after < 3 and not dated
        self.named = bool(found)
        self.time = bool(_TIME.search(text)) and len(text) < 100 and not self.bodies

    def cost(self, role: str) -> float:
        if role in ("lead", "helps"):
            return 0.0 if self.bodies else 0.8 if self.named and not self.wide else 3.0
        if role == "when":
            return 0.0 if self.time else 3.0
        if role == "task":
            return 3.0 if self.bodies else 0.0
        if not role:
            return 2.0 if self.wide else 0.4
        cost = 0.4 if role == "note" else 0.0
        return cost + (1.5 if self.bodies else 0.5 if self.time else 2.0 if self.wide else 0.0)
