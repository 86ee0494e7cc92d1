"""Groups of units from a file: what "các sở, ban, ngành" means, between which dates.

Columns (Vietnamese or English headings): phrase; aliases, kinds, codes, except_codes (";" between them), parent (a
unit's code, or "@issuer" for the issuer's own divisions), valid_from, valid_to, source. One row per phrase and first
day; the same row again replaces what the register holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from models.register_index import ISSUER
from models.sheets import Problem, Row, SheetError, read_rows
from models.units import Unit, UnitGroup

COLUMNS = {
    "phrase": "phrase", "cum tu": "phrase", "nhom": "phrase",
    "aliases": "aliases", "cach viet khac": "aliases",
    "kinds": "kinds", "loai": "kinds", "loai don vi": "kinds",
    "codes": "codes", "ma": "codes", "ma don vi": "codes",
    "except_codes": "except_codes", "tru": "except_codes", "tru ma": "except_codes",
    "parent": "parent", "truc thuoc": "parent",
    "valid_from": "valid_from", "tu ngay": "valid_from",
    "valid_to": "valid_to", "den ngay": "valid_to",
    "source": "source", "nguon": "source", "can cu": "source",
}  # fmt: skip
REQUIRED = {"phrase": "Cụm từ"}
ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class ImportedUnits:
    """What an import changed."""

    created: int
    updated: int
    unchanged: int


def holds_groups(content: bytes) -> bool:
    """Whether the file's heading is one of groups."""
    try:
        read_rows(content, COLUMNS, REQUIRED)
    except SheetError:
        return False
    return True


def import_groups(session: Session, content: bytes) -> ImportedUnits:
    """Create and replace groups by phrase and first day. Raises SheetError; then nothing is changed."""
    rows = read_rows(content, COLUMNS, REQUIRED)
    codes = set(session.exec(select(Unit.code)))
    kinds = set(session.exec(select(Unit.kind)))
    if problems := [Problem(row.line, vi, en) for row in rows for vi, en in _mistakes(row, codes, kinds)]:
        raise SheetError(problems)
    known = {(group.phrase, group.valid_from): group for group in session.exec(select(UnitGroup)).all()}
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in rows:
        values, place = _values(row), (row["phrase"], _since(row))
        group = known.get(place)
        if group is None:
            counts["created"] += 1
            group = known[place] = UnitGroup(phrase=row["phrase"])
        else:
            same = all(getattr(group, name) == value for name, value in values.items())
            counts["unchanged" if same else "updated"] += 1
        for name, value in values.items():
            setattr(group, name, value)
        session.add(group)
    session.flush()
    return ImportedUnits(counts["created"], counts["updated"], counts["unchanged"])


def parse_date(text: str) -> date | None:
    """A day written 2025-07-01 or 01/07/2025; None for "". Raises ValueError for anything else."""
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds several, ";" between them."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _values(row: Row) -> dict[str, object]:
    return {
        "aliases": listed(row["aliases"]),
        "kinds": listed(row["kinds"]),
        "codes": listed(row["codes"]),
        "except_codes": listed(row["except_codes"]),
        "parent_code": row["parent"],
        "valid_from": _since(row),
        "valid_to": parse_date(row["valid_to"]),
    }


def _since(row: Row) -> date:
    return parse_date(row["valid_from"]) or ALWAYS


def _mistakes(row: Row, codes: set[str], kinds: set[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not row["phrase"] or len(row["phrase"]) > 200:
        found.append(("cụm từ trống hoặc dài quá 200 ký tự", "the phrase is empty or longer than 200 characters"))
    for column in ("valid_from", "valid_to"):
        try:
            parse_date(row[column])
        except ValueError:
            found.append((f"“{row[column]}” không phải là ngày", f"“{row[column]}” is not a date"))
    for code in (*listed(row["codes"]), *listed(row["except_codes"])):
        if code not in codes:
            found.append((f"không có đơn vị mã {code}", f"no unit has the code {code}"))
    for kind in listed(row["kinds"]):
        if kind not in kinds:
            found.append((f"không có loại đơn vị “{kind}”", f"no unit is of the kind “{kind}”"))
    if row["parent"] and row["parent"] not in codes | {ISSUER}:
        found.append((f"không có đơn vị mã {row['parent']}", f"no unit has the code {row['parent']}"))
    return found
