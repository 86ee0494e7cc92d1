"""The table of a plan: TT, task, who leads, who helps, when. Each row that names a lead is a task, labelled by its TT.

A table comes either as one line a row (cells between tabs, as from a Word file), or as one line a cell (as text is
copied from a page). Its numbers alone on their lines are then taken for page numbers, so they are looked for between
the lines.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letters.compare import fold
from letters.deadlines import deadlines
from letters.deadlines import find as find_times
from letters.expansion import Name
from letters.lines import Line, Page
from letters.names import names
from letters.periods import Found
from letters.sheets import listed
from models.reading import Doubt, ReadDeadline, ReadTask

Range = tuple[int, int]
_FIRST = ("tt", "stt", "so tt", "so thu tu", "no", "so")
_ROLES = (
    ("lead", r"\bchu tri\b"),
    ("helps", r"\bphoi hop\b"),
    ("helps", r"^(?:(?:don vi|co quan|thanh phan|bo phan|nguoi) )?(?:cung )?tham gia"),
    ("helps", r"^(?:co quan|don vi) (?:\w+ ){0,2}lien quan"),
    ("when", r"\b(?:thoi gian|thoi han|tien do|hoan thanh)\b"),
    (
        "lead",
        r"^(?:don vi|co quan|bo phan|nguoi|phong|ban|can bo|cong chuc)\b.*\b(?:thuc hien|phu trach|dau moi|tham muu)\b|^dau moi",
    ),
    ("product", r"\b(?:san pham|ket qua)\b"),
    ("note", r"\bghi chu\b"),
    ("task", r"\b(?:nhiem vu|noi dung|cong viec|hoat dong)\b"),
)
_NUMBER = re.compile(r"(?m)^\W{0,3}(\d{1,3})\W{0,3}$")
_AS_ABOVE = ("nt", "nhu tren")
_MOST_LINES = 16
"""Lines of one row, or of a head."""


@dataclass(frozen=True)
class Row:
    """One row: its TT, and the range of each column's cell by its role."""

    label: str
    cells: dict[str, Range]

    @property
    def start(self) -> int:
        return min(a for a, _ in self.cells.values())

    @property
    def end(self) -> int:
        return max(b for _, b in self.cells.values())


@dataclass(frozen=True)
class Table:
    """The rows, and where the table's lines begin and end among the page's."""

    rows: list[Row]
    first: int
    last: int


def find(page: Page) -> Table | None:
    """The first table of tasks, if there is one."""
    for i, line in enumerate(page.lines):
        cells = list(_cells(page, line))
        numbered = fold(page.s[slice(*cells[0])]) in _FIRST
        if not numbered and (len(cells) < 3 or _role(page, cells[0]) != "task"):
            continue
        if len(cells) > 2:
            roles, at, by_row = [_role(page, cell) for cell in cells[numbered:]], i + 1, True
        else:
            head = _head(page, i + 1)
            roles, at, by_row = [_role(page, (n.start, n.end)) for n in head], i + 1 + len(head), False
        if not {"task", "lead"} <= set(roles) or not {"when", "helps"} & set(roles):
            continue
        rows, last = _by_row(page, roles, at, numbered=numbered) if by_row else _by_cell(page, roles, at)
        if rows:
            return Table(rows, i, last)
    return None


def without(lines: Sequence[Line], page: Page, table: Table | None) -> list[Line]:
    """These lines but those of the table."""
    if table is None:
        return list(lines)
    first, last = page.lines[table.first].start, page.lines[table.last - 1].start
    return [line for line in lines if not first <= line.start <= last]


def tasks(page: Page, table: Table, issued: dt.date | None, index: int) -> Iterator[tuple[ReadTask, list[Doubt]]]:
    """A task for each row that names who leads, `index` being the place of the first among the letter's tasks."""
    for row in table.rows:
        lead = _bodies(page, row.cells.get("lead"))
        if not lead:
            continue
        times = _times(page, row.cells["when"], issued) if "when" in row.cells else []
        where = page.span(row.start, row.end)
        doubts = [("deadline", code, times[0].deadline.span) for code in times[0].doubts] if times else []
        doubts += [("lead", "lead_unsure", where)] if not all(name.sure for name in lead) else []
        product = row.cells.get("product")
        yield (
            ReadTask(
                clause=row.label,
                text=_words(page, row.cells["task"]),
                span=where,
                lead=tuple(name.text for name in lead),
                coordinate=tuple(
                    name.text
                    for name in _bodies(page, row.cells.get("helps"))
                    if name.text not in {n.text for n in lead}
                ),
                deadline=times[0].deadline if times else ReadDeadline(),
                product=_words(page, product) if product else None,
            ),
            [Doubt(field=f"tasks[{index}].{name}", code=code, span=span) for name, code, span in doubts],
        )
        index += 1


def _times(page: Page, cell: Range, issued: dt.date | None) -> list[Found]:
    """The time limits of a cell; "Trong năm 2027" under "Thời gian hoàn thành" is one, as "hoàn thành trong năm 2027" is."""
    found = deadlines(page, *cell, issued)
    if found:
        return found
    phrase = _words(page, cell)
    said = "hạn chót" if re.match(r"\d{1,2}\s?[/.-]\s?\d", phrase) else "hoàn thành"
    place = {"phrase": phrase, "span": page.span(*cell)}
    return [replace(f, deadline=f.deadline.model_copy(update=place)) for f in find_times(f"{said} {phrase}", issued)]


def _cells(page: Page, line: Line) -> Iterator[Range]:
    for match in re.finditer(r"[^\t]*(?:\t|$)", page.s[line.start : line.end]):
        raw = match[0].strip()
        at = line.start + match.start() + (len(match[0]) - len(match[0].lstrip()) if raw else 0)
        if raw or match.end() < line.end - line.start:
            yield at, at + len(raw)


def _role(page: Page, cell: Range) -> str:
    words = fold(page.s[slice(*cell)])
    return next((role for role, pattern in _ROLES if re.search(pattern, words)), "")


def _head(page: Page, at: int) -> list[Line]:
    """The lines of a head written one cell a line: up to the first number."""
    found: list[Line] = []
    for i in range(at, min(at + _MOST_LINES, len(page.lines))):
        if _number_before(page, i):
            break
        found.append(page.lines[i])
    return found


def _number_before(page: Page, i: int) -> int:
    """The number that stands alone between this line and the one before, or is this line; 0 for none."""
    between = page.s[page.lines[i - 1].end : page.lines[i].start]
    found = _NUMBER.findall(between) or _NUMBER.findall(page.text(page.lines[i]))
    return int(found[-1]) if found else 0


def _by_row(page: Page, roles: list[str], at: int, *, numbered: bool) -> tuple[list[Row], int]:
    """Rows of one line each; without a column of numbers they are counted. "nt" (như trên) is the cell above."""
    rows: list[Row] = []
    while at < len(page.lines):
        line = page.lines[at]
        cells = list(_cells(page, line))
        if len(cells) < 2:
            break
        label = re.fullmatch(r"\W{0,3}(\d{1,3}(?:\.\d{1,2})?)\W{0,3}", page.s[slice(*cells[0])])
        named = label[1] if label and numbered else "" if numbered else str(len(rows) + 1)
        given = {role: cell for role, cell in zip(roles, cells[numbered:], strict=False) if role and cell[0] < cell[1]}
        for role in given if rows else ():
            if fold(page.s[slice(*given[role])]) in _AS_ABOVE:
                given[role] = rows[-1].cells.get(role, given[role])
        if named and "task" in given and fold(page.s[slice(*given["task"])]) not in ("", "1", "2"):
            rows.append(Row(named, given))
        at += 1
    return rows, at


def _by_cell(page: Page, roles: list[str], at: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    while at < len(page.lines) and _number_before(page, at) == len(rows) + 1:
        at += bool(_NUMBER.match(page.text(page.lines[at])))
        end = at + 1
        while end < len(page.lines) and end < at + _MOST_LINES and not _number_before(page, end):
            end += 1
        cells = _columns(page, roles, page.lines[at:end])
        rows.append(Row(str(len(rows) + 1), cells))
        at = end
    return rows, at


def _columns(page: Page, roles: list[str], lines: Sequence[Line]) -> dict[str, Range]:
    """Lines of a row by column: a task may have several; who leads is the first line that is a list of bodies."""
    lead = next((i for i, n in enumerate(lines) if i and _is_list(page, n)), len(lines))
    found = {"task": (lines[0].start, lines[max(lead, 1) - 1].end)}
    later = roles[roles.index("lead") :] if roles.index("lead") > roles.index("task") else ["lead"]
    for role, line in zip(later, lines[lead:], strict=False):
        if role == "helps" and not names(page, line.start, line.end)[0]:
            found.setdefault("when", (line.start, line.end))
        elif role:
            found.setdefault(role, (line.start, line.end))
    return found


def _is_list(page: Page, line: Line) -> bool:
    found, after = names(page, line.start, line.end)
    return bool(found) and line.end - after < 3


def _bodies(page: Page, cell: Range | None) -> list[Name]:
    return listed(page, *cell) if cell else []


def _words(page: Page, cell: Range) -> str:
    return re.sub(r"\s+", " ", page.s[slice(*cell)])
