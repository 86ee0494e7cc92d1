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

from letters.bodies.expansion import Name
from letters.clauses.cells import GROUP, MOST_LINES, number_before, rows
from letters.clauses.drafts import Draft
from letters.clauses.sheets import listed
from letters.clauses.wrapped import Row, columns, more, own
from letters.text.compare import fold
from letters.text.lines import Line, Page
from letters.text.views import Text
from letters.times.deadlines import deadlines
from letters.times.deadlines import find as find_times
from letters.times.periods import Found
from models.reading import Doubt, ReadDeadline, ReadTask, Span

Range = tuple[int, int]
_FIRST = ("tt", "stt", "so tt", "so thu tu", "no", "so")
_WHO = r"(?:cac )?(?:don vi|co quan|bo phan|nguoi|phong|ban|can bo|cong chuc|to chuc)"
_ROLES = (
    ("lead", r"\bchu tri\b"),
    ("helps", r"\bphoi hop\b"),
    ("helps", r"^(?:(?:don vi|co quan|thanh phan|bo phan|nguoi) )?(?:cung )?tham gia"),
    ("helps", r"^(?:co quan|don vi) (?:\w+ ){0,2}lien quan"),
    ("lead", r"\bchiu trach nhiem\b|^trach nhiem|^phan cong"),
    ("when", r"\b(?:thoi gian|thoi han|thoi diem|tien do|hoan thanh)\b|^han\b"),
    (
        "lead",
        rf"^{_WHO}\b.*\b(?:thuc hien|phu trach|dau moi|tham muu|soan thao|trinh|xay dung|duoc giao)\b|^dau moi|^{_WHO}$",
    ),
    ("product", r"\b(?:san pham|ket qua)\b"),
    ("note", r"\bghi chu\b"),
    (
        "task",
        r"\b(?:nhiem vu|noi dung|cong viec|hoat dong|viec|giai phap)\b|^ten (?!don vi|co quan)|^(?:de an|van ban)\b",
    ),
)
_AS_ABOVE = ("nt", "nhu tren")


@dataclass(frozen=True)
class Table:
    """The rows, and where the table's lines begin and end among the page's."""

    rows: list[Row]
    first: int
    last: int


def find(page: Page) -> list[Table]:
    """The tables of tasks, in order."""
    found: list[Table] = []
    i = 0
    while i < len(page.lines):
        table = _table(page, i)
        if table:
            found.append(table)
        i = table.last if table else i + 1
    return found


def _table(page: Page, i: int) -> Table | None:
    """The table whose head begins with this line."""
    cells = list(_cells(page, page.lines[i]))
    numbered = fold(page.s[slice(*cells[0])]) in _FIRST
    if not numbered and (len(cells) < 3 or _role(page, cells[0]) != "task"):
        return None
    if len(cells) > 2:
        at, by_row = i + 1, True
        roles = _roles(page, cells[numbered:])
        under = _under(page, i, roles, numbered=numbered)
        roles, at = (under, i + 2) if under else (roles, at)
    else:
        head, at = _head(page, i + 1)
        roles, by_row = _roles(page, head), False
    if not {"task", "lead"} <= set(roles) or not {"when", "helps"} & set(roles):
        return None
    found, last = _by_row(page, roles, at, numbered=numbered) if by_row else _by_cell(page, roles, at)
    return Table(found, i, last) if found else None


def without(lines: Sequence[Line], page: Page, found: Sequence[Table]) -> list[Line]:
    """These lines but those of the tables."""
    spans = [(page.lines[t.first].start, page.lines[t.last - 1].start) for t in found]
    return [line for line in lines if not any(first <= line.start <= last for first, last in spans)]


def unannounced(drafts: Sequence[Draft], body: Text, found: Sequence[Table]) -> list[Draft]:
    """Without the words that only open a table: "Nhiệm vụ và phân công thực hiện theo bảng sau:"."""
    return [
        d for d in drafts if not found or d.deadline or d.how == "order" or not _OPENS.fullmatch(body.f, d.start, d.end)
    ]


_OPENS = re.compile(r"[^.;]{0,160}\b(?:bang|bieu|phu luc)\b[^.;]{0,40}\b(?:sau|duoi day|kem theo)\W*")


def tasks(page: Page, table: Table, issued: dt.date | None, index: int) -> Iterator[tuple[ReadTask, list[Doubt]]]:
    """A task for each row that names who leads, `index` being the place of the first among the letter's tasks."""
    above: list[Name] = []
    for drawn in table.rows:
        where = page.span(drawn.start, drawn.end)
        text, whole = drawn.whole(page)
        row = _parted(text, whole)
        lead, doubts = _lead(text, row, above, where)
        if not lead:
            continue
        above = lead
        times = _times(text, row.cells["when"], issued) if "when" in row.cells else []
        doubts += [("deadline", code, times[0].deadline.span) for code in times[0].doubts] if times else []
        product = row.cells.get("product")
        yield (
            ReadTask(
                clause=row.label,
                text=_words(text, row.cells["task"]),
                span=where,
                lead=tuple(name.text for name in lead),
                coordinate=tuple(
                    name.text
                    for name in _bodies(text, row.cells.get("helps"))
                    if name.text not in {n.text for n in lead}
                ),
                deadline=times[0].deadline if times else ReadDeadline(),
                product=_words(text, product) if product else None,
            ),
            [Doubt(field=f"tasks[{index}].{name}", code=code, span=span) for name, code, span in doubts],
        )
        index += 1


def _lead(
    text: Text, row: Row, above: list[Name], where: Span
) -> tuple[list[Name], list[tuple[str, str, Span | None]]]:
    """Who leads, and the doubts about it: a cell whose words are no known body, or that may be one with the cell above."""
    cell = row.cells.get("lead")
    lead = _bodies(text, cell)
    if not lead and cell:
        return [Name(_words(text, cell), *cell, False)], [("lead", "lead_unsure", where)]
    if not lead:
        told = set(row.cells) & {"when", "helps"}
        return (above, [("lead", "lead_from_above", where)]) if told else ([], [])
    unsure = [] if row.sure and all(name.sure for name in lead) else [("lead", "lead_unsure", where)]
    return lead, [*unsure, *([] if row.sure else [("coordinate", "coordinate_unsure", where)])]


def _times(text: Text, cell: Range, issued: dt.date | None) -> list[Found]:
    """The time limits of a cell; "Trong năm 2027" under "Thời gian hoàn thành" is one, as "hoàn thành trong năm 2027" is."""
    found = deadlines(text, *cell, issued)
    if found:
        return found
    phrase = _words(text, cell)
    said = "hạn chót" if re.match(r"\d{1,2}\s?[/.-]\s?\d", phrase) else "hoàn thành"
    place = {"phrase": phrase, "span": text.span(*cell)}
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


def _roles(page: Page, head: Sequence[Range]) -> list[str]:
    """The role of each column; who leads is the first of those who do ("Đơn vị chủ trì", then "Người phụ trách")."""
    roles = [_role(page, cell) for cell in head]
    return ["" if role in ("lead", "task", "helps") and role in roles[:i] else role for i, role in enumerate(roles)]


def _under(page: Page, i: int, roles: Sequence[str], *, numbered: bool) -> list[str]:
    """The roles where a second line of the head parts a column: "Phân công | |" over "Chủ trì | Phối hợp"."""
    head = columns(page, page.lines[i])
    below = columns(page, page.lines[i + 1]) if i + 1 < len(page.lines) else []
    first = next(k for k, (a, b) in enumerate(head) if a < b)
    named = [_role(page, cell) for cell in below if cell[0] < cell[1]]
    if len(below) != len(head) or below[first][0] < below[first][1] or not {"lead", "helps"} <= set(named):
        return []
    parts = zip(head[first + numbered :], below[first + numbered :], strict=True)
    return [_role(page, low if low[0] < low[1] else top) for top, low in parts][: len(roles)]


def _head(page: Page, at: int) -> tuple[list[Range], int]:
    """The cells of a head written one a line, up to the first number, and the line behind; what begins small is more
    of the cell before."""
    found: list[Range] = []
    for i in range(at, min(at + MOST_LINES, len(page.lines))):
        line = page.lines[i]
        if number_before(page, i) or (len(found) > 2 and GROUP.fullmatch(page.text(line))):
            return found, i
        if found and page.text(line)[:1].islower():
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return found, min(at + MOST_LINES, len(page.lines))


def _by_row(page: Page, roles: list[str], at: int, *, numbered: bool) -> tuple[list[Row], int]:
    """Rows of one line each; without a column of numbers they are counted. "nt" (như trên) is the cell above."""
    found: list[Row] = []
    last = at
    head = columns(page, page.lines[at - 1])
    while at < len(page.lines):
        line = page.lines[at]
        added = more(page, line, roles, head, numbered=numbered) if found else {}
        if added and own(page, added):
            found.append(Row(found[-1].label, added, sure=False))
        elif added:
            found[-1] = replace(found[-1], more=(*found[-1].more, added))
        if added:
            at = last = at + 1
            continue
        cells = list(_cells(page, line))
        headed = fold(page.s[slice(*cells[0])]) in _FIRST
        if headed or (len(cells) < 2 and not _row_near(page, at + 1, roles)):
            break
        label = re.fullmatch(r"\W{0,3}(\d{1,3}(?:\.\d{1,2})?)\W{0,3}", page.s[slice(*cells[0])])
        named = label[1] if label and numbered else "" if numbered else str(len(found) + 1)
        given = {role: cell for role, cell in zip(roles, cells[numbered:], strict=False) if role and cell[0] < cell[1]}
        for role in given if found else ():
            if fold(page.s[slice(*given[role])]) in _AS_ABOVE:
                given[role] = found[-1].cells.get(role, given[role])
        if named and "task" in given and fold(page.s[slice(*given["task"])]) not in ("", "1", "2"):
            found.append(Row(named, given))
            last = at + 1
        at += 1
    return found, last


def _row_near(page: Page, at: int, roles: Sequence[str]) -> bool:
    """Whether a numbered row follows the title of a group."""
    for line in page.lines[at : at + 2]:
        cells = list(_cells(page, line))
        if fold(page.s[slice(*cells[0])]) in _FIRST:
            return False  # the head of another table
        if len(cells) >= len(roles) and _LABEL.fullmatch(page.s[slice(*cells[0])]):
            return True
    return False


_LABEL = re.compile(r"\W{0,3}(?:\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5}|[A-E])\W{0,3}")


def _by_cell(page: Page, roles: list[str], at: int) -> tuple[list[Row], int]:
    found = list(rows(page, roles, at))
    return [Row(row.label, row.cells, row.sure) for row in found], found[-1].last if found else at


def _bodies(text: Text, cell: Range | None) -> list[Name]:
    """The bodies a cell lists: each of its lines that begins another by itself."""
    if cell is None:
        return []
    start, found = cell[0], list[Name]()
    for end in [*(m.start() for m in _NEXT.finditer(text.s, *cell)), cell[1]]:
        begun = _BULLET.match(text.s, start, end)
        found += listed(text, begun.end() if begun else start, end)
        start = end
    return found


_NEXT = re.compile(r"\n\s*(?=[-–+•]|[^\W\d_a-zà-ỹđ])")
_BULLET = re.compile(r"\s*(?:[-–+•]\s*)?(?:(?:(?:[Cc]ơ quan|[Đđ]ơn vị)\s+)?[Cc]hủ trì\s*:\s*)?")
_HELPS = re.compile(
    r"[\s,;.(-]*\b(?:(?:các\s+)?(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?(?:\s+(?:cùng|với))*\s*:?\s*",
    re.IGNORECASE,
)
""" "Chủ trì: Sở A; phối hợp: Sở B", "Sở A chủ trì, phối hợp với Sở B" in one cell."""


def _parted(text: Text, row: Row) -> Row:
    """A row whose partners stand in the cell of who leads, with a cell of their own."""
    cell = row.cells.get("lead")
    helps = _HELPS.search(text.s, *cell) if cell and "helps" not in row.cells else None
    if not cell or not helps or helps.start() <= cell[0] or helps.end() >= cell[1]:
        return row
    apart = {"lead": (cell[0], helps.start()), "helps": (helps.end(), cell[1])}
    return replace(row, cells=row.cells | apart)


def _words(text: Text, cell: Range) -> str:
    return re.sub(r"\s+", " ", text.s[slice(*cell)])
