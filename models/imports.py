"""People and days off from the sheets an office fills in.

A sheet is imported whole or not at all: with one mistake in it nothing is changed, and each mistake is named by its
line. The same sheet twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from models import audit
from models.addresses import EMAIL, add_mailbox
from models.adopting import adopt
from models.aiming import aim_again
from models.calendar_file import CalendarRow
from models.clock import local_date
from models.names import fold
from models.people import Address, Membership, Person
from models.phones import to_e164
from models.register import Register
from models.register_index import is_valid
from models.sheets import Problem, Row, read_rows
from models.units import Role, Unit
from models.upkeep import CalendarDay
from models.whois import in_charge

HEADINGS = ("Mã đơn vị", "Đơn vị", "Họ và tên", "Chức vụ", "Điện thoại", "Thư điện tử", "Vai trò")
OURS = ("unit", "unit_name", "name", "title", "phone", "email", "role")
IN_VIETNAMESE: dict[str, str] = dict(zip(OURS, HEADINGS, strict=True))
COLUMNS = {
    "ma don vi": "unit", "ma": "unit", "unit": "unit", "unit code": "unit", "code": "unit",
    "don vi": "unit_name", "ten don vi": "unit_name", "unit name": "unit_name",
    "ho va ten": "name", "ho ten": "name", "name": "name", "full name": "name",
    "chuc vu": "title", "title": "title",
    "dien thoai": "phone", "so dien thoai": "phone", "sdt": "phone", "phone": "phone",
    "thu dien tu": "email", "email": "email", "e-mail": "email", "thu cong vu": "email",
    "vai tro": "role", "role": "role",
}  # fmt: skip
ROLES = {
    "": Role.OWNER, "dau moi": Role.OWNER, "owner": Role.OWNER, "chuyen vien": Role.OWNER,
    "dau moi du phong": Role.DEPUTY, "cap pho": Role.DEPUTY, "deputy": Role.DEPUTY,
    "thu truong": Role.HEAD, "nguoi dung dau": Role.HEAD, "head": Role.HEAD,
    "lanh dao": Role.LEADER, "leader": Role.LEADER,
    "quan tri vien": Role.ADMIN, "quan tri": Role.ADMIN, "van thu": Role.ADMIN, "admin": Role.ADMIN,
}  # fmt: skip
SHOWN_ROLES = ("đầu mối", "đầu mối dự phòng", "thủ trưởng", "lãnh đạo", "quản trị viên")
MAILBOX = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
LIMITS = {"name": 200, "title": 200, "email": 200}
NAMES_ALIKE = 80.0
"""Of 100: two spellings of one person's name, not two persons."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import changed; with `problems` nothing was."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Line:
    row: Row
    unit_id: int
    role: Role
    phone: str | None
    person: Person | None = None


@dataclass(slots=True)
class _Reading:
    """What is known while a sheet is read; `problems` gathers every mistake."""

    people: list[Person]
    register: Register
    mailboxes: dict[str, int]
    problems: list[Problem] = field(default_factory=list[Problem])
    by_phone: dict[str, Row] = field(default_factory=dict[str, Row])

    def problem(self, row: Row, vi: str, en: str) -> None:
        self.problems.append(Problem(row.line, vi, en))


def people_template(session: Session, now: datetime) -> list[list[str]]:
    """The sheet to fill in, heading first: one row per unit of today, with who is in charge of it where known."""
    today = local_date(now)
    units = [u for u in session.exec(select(Unit).order_by(col(Unit.id))).all() if is_valid(u, today)]
    people = in_charge(session, now, [unit.id for unit in units if unit.id])
    rows: list[list[str]] = [list(HEADINGS)]
    for unit in units:
        person = session.get(Person, people[unit.id]) if unit.id in people else None
        known = [person.name, person.title, person.phone or "", person.email or ""] if person else ["", "", "", ""]
        rows.append([unit.code, unit.name, *known, SHOWN_ROLES[0]])
    return rows


def people_rows(content: bytes) -> list[Row]:
    """The rows of a filled sheet (CSV or XLSX). Raises models.sheets.SheetError."""
    return read_rows(content, COLUMNS, {name: IN_VIETNAMESE[name] for name in ("unit", "name")})


def import_people(session: Session, now: datetime, rows: Sequence[Row], by: int | None = None) -> ImportResult:
    """Create and update people and their roles; rows without a name are left out.

    A person is known again by phone, by mailbox, else by name within the unit. The first owner a sheet names for a
    unit becomes its default owner. Nobody is removed.
    """
    audit.hold_chain(session)
    reading = _Reading(
        list(session.exec(select(Person).where(col(Person.erased_at).is_(None)))),
        Register.load(session),
        _mailboxes(session),
    )
    members = _members(session, now)
    lines = [line for row in rows if row["name"] and (line := _read(reading, members, row))]
    if reading.problems:
        return ImportResult(problems=tuple(reading.problems))
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    first_owner: set[int] = set()
    made: dict[tuple[str | None, str, str], Person] = {}
    for line in lines:
        same = (line.phone, line.row["email"].lower(), fold(line.row["name"]))
        line.person = line.person or made.get(same)
        counts[_write(session, now, line, first_owner)] += 1
        made[same] = line.person or made[same]
    adopt(session, now, {line.unit_id for line in lines})
    return _done(session, now, by, "people", counts)


def import_calendar(
    session: Session, now: datetime, days: Iterable[CalendarRow], by: int | None = None
) -> ImportResult:
    """Lay an agency's own days off and working days over the shipped calendar (`models.calendar_file` reads them)."""
    audit.hold_chain(session)
    known = {row.day: row for row in session.exec(select(CalendarDay)).all()}
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for day in days:
        row = known.get(day.day)
        change = (
            "created" if row is None else "unchanged" if (row.kind, row.note) == (day.kind, day.note) else "updated"
        )
        row = row or CalendarDay(day=day.day, kind=day.kind)
        row.kind, row.note = day.kind, day.note[:200]
        session.add(row)
        counts[change] += 1
    session.flush()
    session.info.pop("calendar", None)
    if changed := counts["created"] + counts["updated"]:
        aim_again(session, moved=changed)
    return _done(session, now, by, "calendar", counts)


def _done(session: Session, now: datetime, by: int | None, what: str, counts: dict[str, int]) -> ImportResult:
    audit.record(session, now, actor_id=by, action="imported", subject=what, detail=counts)
    return ImportResult(counts["created"], counts["updated"], counts["unchanged"])


def _read(reading: _Reading, members: dict[int, set[int]], row: Row) -> _Line | None:
    before = len(reading.problems)
    unit_id = _unit(reading, row)
    role = ROLES.get(fold(row["role"]))
    if role is None:
        shown = row["role"]
        choices = ", ".join(SHOWN_ROLES)
        reading.problem(row, f"vai trò “{shown}” phải là một trong: {choices}", f"role “{shown}” is none of: {choices}")
    phone = _phone(reading, row)
    if row["email"] and not MAILBOX.fullmatch(row["email"]):
        reading.problem(row, f"thư điện tử “{row['email']}” không đúng", f"e-mail “{row['email']}” is not one")
    for column, limit in LIMITS.items():
        if len(row[column]) > limit:
            vi = f"“{IN_VIETNAMESE[column]}” dài quá {limit} ký tự"
            reading.problem(row, vi, f"{column} is longer than {limit} characters")
    if len(reading.problems) > before or unit_id is None or role is None:
        return None
    person = _known(reading, members.get(unit_id, set()), row, phone)
    owner = reading.mailboxes.get(row["email"].lower())
    if owner is not None and (person is None or person.id != owner):
        reading.problem(row, "thư điện tử này là của người khác", "this mailbox is somebody else's")
    return _Line(row, unit_id, role, phone, person)


def _unit(reading: _Reading, row: Row) -> int | None:
    for unit_id, unit in reading.register.units.items():
        if unit.code == row["unit"]:
            return unit_id
    shown = row["unit"]
    reading.problem(row, f"không có đơn vị mã “{shown}”", f"no unit has the code “{shown}”")
    return None


def _phone(reading: _Reading, row: Row) -> str | None:
    if not row["phone"]:
        return None
    phone = to_e164(row["phone"])
    if phone is None:
        reading.problem(row, f"số điện thoại “{row['phone']}” không đúng", f"phone “{row['phone']}” is not valid")
        return None
    other = reading.by_phone.setdefault(phone, row)
    if not _alike(other["name"], row["name"]):
        vi, en = f"số điện thoại đã có ở dòng {other.line}", f"the phone is on line {other.line} too"
        reading.problem(row, vi, en)
    return phone


def _known(reading: _Reading, members: set[int], row: Row, phone: str | None) -> Person | None:
    if phone and (same := [person for person in reading.people if person.phone == phone]):
        if not _alike(same[0].name, row["name"]):
            reading.problem(row, "số điện thoại này đã của người khác", "this phone is somebody else's already")
        return same[0]
    mailbox = row["email"].lower()
    if mailbox and (same := [p for p in reading.people if (p.email or "").lower() == mailbox]):
        return same[0] if _alike(same[0].name, row["name"]) else None
    named = [p for p in reading.people if p.id in members and fold(p.name) == fold(row["name"])]
    return named[0] if named else None


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(fold(one), fold(other)) >= NAMES_ALIKE


def _write(session: Session, now: datetime, line: _Line, first_owner: set[int]) -> str:
    row, person = line.row, line.person
    change = "unchanged"
    if person is None:
        person = line.person = Person(name=row["name"], created_at=now)
        change = "created"
    wanted = {"name": row["name"], "title": row["title"] or person.title}
    wanted |= {"phone": line.phone or person.phone, "email": row["email"] or person.email}
    if change != "created" and any(getattr(person, name) != value for name, value in wanted.items()):
        change = "updated"
    for name, value in wanted.items():
        setattr(person, name, value)
    session.add(person)
    session.flush()
    assert person.id is not None
    if row["email"] and not _has_mailbox(session, person.id, row["email"]):
        add_mailbox(session, now, person.id, row["email"])
    changed = _member(session, person.id, line, first_owner)
    return "updated" if changed and change == "unchanged" else change


def _member(session: Session, person_id: int, line: _Line, first_owner: set[int]) -> bool:
    query = select(Membership).where(Membership.unit_id == line.unit_id, Membership.role == line.role)
    same_role = session.exec(query).all()
    mine = next((m for m in same_role if m.person_id == person_id), None)
    default = line.role == Role.OWNER and line.unit_id not in first_owner
    changed = mine is None or mine.until is not None or (default and not mine.is_default)
    mine = mine or Membership(person_id=person_id, unit_id=line.unit_id, role=line.role)
    mine.until = None
    if default:
        first_owner.add(line.unit_id)
        for other in same_role:
            other.is_default = False
            session.add(other)
        mine.is_default = True
    session.add(mine)
    session.flush()
    return changed


def _members(session: Session, now: datetime) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for membership in session.exec(select(Membership)).all():
        if membership.until is None or membership.until > now:
            found.setdefault(membership.unit_id, set()).add(membership.person_id)
    return found


def _mailboxes(session: Session) -> dict[str, int]:
    query = select(Address.chat_id, Address.person_id).where(Address.channel == EMAIL)
    return {mailbox.lower(): person for mailbox, person in session.exec(query) if person is not None}


def _has_mailbox(session: Session, person_id: int, mailbox: str) -> bool:
    query = select(Address.id).where(Address.person_id == person_id, Address.channel == EMAIL)
    return session.exec(query.where(Address.chat_id == mailbox)).first() is not None
