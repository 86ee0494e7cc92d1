"""Units from a file into the register: the one shipped with the product, and those an agency imports.

Columns (Vietnamese or English headings): code, name, kind; optional short_name, aliases (";" between them),
valid_from, valid_to (yyyy-mm-dd or dd/mm/yyyy), successor, parent (codes), address_as, source. A column that
a file does not have leaves what the register holds.
"""

from __future__ import annotations

from importlib import resources

from sqlmodel import Session, select

from models.names import fold
from models.register_groups import ImportedUnits, holds_groups, import_groups, listed, parse_date
from models.sheets import Problem, Row, SheetError, read_rows
from models.units import Unit

COLUMNS = {
    "code": "code", "ma": "code", "ma don vi": "code",
    "name": "name", "ten": "name", "ten don vi": "name",
    "kind": "kind", "loai": "kind", "loai don vi": "kind",
    "short_name": "short_name", "ten tat": "short_name", "ten viet tat": "short_name",
    "aliases": "aliases", "ten khac": "aliases",
    "valid_from": "valid_from", "tu ngay": "valid_from",
    "valid_to": "valid_to", "den ngay": "valid_to",
    "successor": "successor", "don vi ke thua": "successor",
    "parent": "parent", "truc thuoc": "parent",
    "address_as": "address_as", "xung ho": "address_as",
    "source": "source", "nguon": "source", "can cu": "source",
    "status": "status",
}  # fmt: skip
REQUIRED = {"code": "Mã", "name": "Tên", "kind": "Loại"}
IN_VIETNAMESE = REQUIRED | {
    "short_name": "Tên viết tắt", "address_as": "Xưng hô", "source": "Nguồn", "successor": "Đơn vị kế thừa",
    "parent": "Trực thuộc",
}  # fmt: skip
LOCAL_KINDS = ("xã", "phường", "đặc khu")
LIMITS = {"code": 40, "name": 200, "kind": 40, "short_name": 80, "address_as": 20, "source": 200}


def seed_register(session: Session) -> int:
    """Load the shipped register of Bắc Ninh where the register is empty; how many units were made (else 0)."""
    if session.exec(select(Unit.id).limit(1)).first() is not None:
        return 0
    made = import_units(session, _shipped("units_bac_ninh.csv"))
    import_groups(session, _shipped("units_groups.csv"))
    return made.created


def import_units(session: Session, content: bytes) -> ImportedUnits:
    """Create and update units by code from a CSV or XLSX file's content; the same file twice changes nothing.

    A file whose heading has "phrase" ("cụm từ") is one of groups. Raises SheetError naming every line with a mistake;
    then nothing is changed.
    """
    if holds_groups(content):
        return import_groups(session, content)
    rows = read_rows(content, COLUMNS, REQUIRED)
    known = {unit.code: unit for unit in session.exec(select(Unit)).all()}
    if problems := _problems(rows, set(known)):
        raise SheetError(problems)
    before = {code: unit.model_dump() for code, unit in known.items()}
    for row in rows:
        unit = known.get(row["code"]) or Unit(code=row["code"], name="", kind="")
        known[unit.code] = unit
        _fill(unit, row)
        session.add(unit)
    session.flush()
    _link(rows, known)
    session.flush()
    return _count(rows, before, known)


def _problems(rows: list[Row], known: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    codes = known | {row["code"] for row in rows}
    first_line: dict[str, int] = {}
    for row in rows:
        for vi, en in _mistakes(row, codes):
            problems.append(Problem(row.line, vi, en))
        if (line := first_line.setdefault(row["code"], row.line)) != row.line and row["code"]:
            problems.append(
                Problem(row.line, f"mã {row['code']} đã có ở dòng {line}", f"code {row['code']} is on line {line} too")
            )
    return problems


def _mistakes(row: Row, codes: set[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for column, heading in REQUIRED.items():
        if not row[column]:
            found.append((f"thiếu “{heading}”", f"{column} is empty"))
    for column, limit in LIMITS.items():
        if len(row[column]) > limit:
            found.append(
                (f"“{IN_VIETNAMESE[column]}” dài quá {limit} ký tự", f"{column} is longer than {limit} characters")
            )
    for column in ("valid_from", "valid_to"):
        try:
            parse_date(row[column])
        except ValueError:
            shown = row[column]
            found.append((f"“{shown}” không phải là ngày", f"“{shown}” is not a date"))
    for column in ("successor", "parent"):
        if row[column] and row[column] not in codes:
            found.append((f"không có đơn vị mã {row[column]}", f"no unit has the code {row[column]}"))
        elif row[column] and row[column] == row["code"]:
            found.append((f"“{IN_VIETNAMESE[column]}” là chính đơn vị đó", f"{column} is the unit itself"))
    return found


def _fill(unit: Unit, row: Row) -> None:
    unit.name, unit.kind = full_name(row["name"], row["kind"]), row["kind"]
    if "short_name" in row.cells or row["name"] != unit.name:
        unit.short_name = row["short_name"] or (f"{row['kind']} {row['name']}" if row["name"] != unit.name else "")
    aliases = [*unit.aliases, *listed(row["aliases"])] + ([row["name"]] if row["name"] != unit.name else [])
    unit.aliases = list(dict.fromkeys(aliases))
    if row["valid_from"]:
        unit.valid_from = parse_date(row["valid_from"])
    if row["valid_to"]:
        unit.valid_to = parse_date(row["valid_to"])
    unit.address_as = row["address_as"] or unit.address_as
    unit.source = row["source"] or unit.source


def _link(rows: list[Row], known: dict[str, Unit]) -> None:
    for row in rows:
        unit = known[row["code"]]
        if row["successor"]:
            unit.successor_id = known[row["successor"]].id
        if row["parent"]:
            unit.parent_id = known[row["parent"]].id


def _count(rows: list[Row], before: dict[str, dict[str, object]], after: dict[str, Unit]) -> ImportedUnits:
    changed = sum(row["code"] in before and before[row["code"]] != after[row["code"]].model_dump() for row in rows)
    created = sum(row["code"] not in before for row in rows)
    return ImportedUnits(created, changed, len(rows) - created - changed)


def full_name(name: str, kind: str) -> str:
    """ "UBND xã Chi Lăng" of the bare name and kind in official lists; other names as they are."""
    bare = kind in LOCAL_KINDS and not fold(name).startswith(("ubnd", "uy ban", fold(kind) + " "))
    return f"UBND {kind} {name}" if bare else name


def _shipped(name: str) -> bytes:
    return (resources.files("models") / "data" / name).read_bytes()
