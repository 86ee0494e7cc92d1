"""A town whose owners have something to be reminded of every working day, and what should be told of it."""

import json
import urllib.request
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from models.answers import Report
from models.assignments import Assignment, NumberUse, Reminder, ShortNumber
from models.clock import TIMEZONE
from models.database import Database
from models.people import Address, Person
from models.schema import migrate
from models.units import Role
from models.workdays import default_calendar
from scheduler.tick import tick_all
from tests.town import MONDAY, Town

OFFICES, UNITS = 6, 10
TELEGRAM, ZALO = "7:faults", "8:faults"
Line = tuple[int, str, date, int]
"""Assignment, step, day, person: one line of a digest."""


class Messenger:
    """The sandbox from the people's side and from its ledger."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    def post(self, path: str, **body: Any) -> Any:
        return self._ask("POST", path, json.dumps(body).encode())

    def get(self, path: str) -> Any:
        return self._ask("GET", path)

    def delete(self, path: str) -> Any:
        return self._ask("DELETE", path)

    def ledger(self) -> list[dict[str, Any]]:
        return self._ask("GET", "/ledger")["entries"]

    def crowd(self, count: int, messenger: str, bot: str) -> list[dict[str, Any]]:
        return self.post("/people/crowd", count=count, messenger=messenger, bot=bot)["people"]

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Any:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


@dataclass
class Folk:
    """Who lives there: owners' ids, and of each person the sandbox's number and chat."""

    owners: list[int] = field(default_factory=list[int])
    residents: dict[int, int] = field(default_factory=dict[int, int])
    chats: dict[int, str] = field(default_factory=dict[int, str])

    @property
    def answering(self) -> list[int]:
        """Every other owner answers; of the rest everything must be told in full."""
        return self.owners[::2]

    @property
    def silent(self) -> set[int]:
        return set(self.owners[1::2])


def working_days(count: int) -> list[date]:
    """The town's working days from its first Monday on."""
    calendar, day, found = default_calendar(), MONDAY, list[date]()
    while len(found) < count:
        if calendar.is_working(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def at(day: date, hour: int = 8, minute: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIMEZONE)


def settle(database: Database, days: list[date]) -> Folk:
    """Offices with contacts, units with owners and a head for each ten, and a task of every unit due every day."""
    migrate(database)
    with database.transaction() as session:
        town = Town(session, now=at(days[0] - timedelta(days=3), 16))
        folk = Folk()
        main = town.unit("Văn phòng UBND", "văn phòng")
        admin = town.person("Quản trị", main, Role.ADMIN, linked=False)
        others = [admin]
        for _ in range(OFFICES):
            contact, head = town.person("Đầu mối", main, linked=False), town.person("Lãnh đạo", linked=False)
            units = [town.unit(f"Đơn vị số {n}", "xã") for n in range(UNITS)]
            folk.owners += [town.person("Chuyên viên", unit, Role.OWNER, linked=False) for unit in units]
            others += [contact, head]
            letter = town.letter(admin, contact_id=contact, issuer_unit_id=main)
            for day in days:
                town.opened(letter, units, due_on=day, text=f"Báo cáo kết quả trước ngày {day:%d/%m/%Y}")
        folk.residents = dict.fromkeys([*folk.owners, *others], 0)
    return folk


def connect(database: Database, folk: Folk, messenger: Messenger) -> None:
    """Give everybody a chat in Telegram and, as their second way, one in Zalo."""
    people = list(folk.residents)
    with database.transaction() as session:
        for position, (name, token) in enumerate((("telegram", TELEGRAM), ("zalo", ZALO))):
            for person, resident in zip(people, messenger.crowd(len(people), name, token), strict=True):
                where = {"channel": name, "token": token.partition(":")[0], "chat_id": resident["chat_id"]}
                row = session.get_one(Person, person)
                session.add(Address(person_id=person, position=position, verified_at=row.created_at, **where))
                if not position:
                    folk.residents[person], folk.chats[person] = resident["id"], resident["chat_id"]


def expected(folder: Path, days: list[date], lived: list[date]) -> set[Line]:
    """What the same town's silent owners are told on these days when nothing goes wrong: ticked in peace, elsewhere."""
    database = Database(f"sqlite:///{folder / 'peace.sqlite3'}")
    folk = settle(database, days)
    with database.transaction() as session:
        for person in folk.residents:
            chat = {"channel": "telegram", "token": "7", "chat_id": str(person)}
            session.add(Address(person_id=person, verified_at=at(days[0]), **chat))
    for day in lived:
        tick_all(database, at(day))
    with database.reading() as session:
        lines = told_lines(session, folk.silent)
    database.close()
    return set(lines)


def told_lines(session: Session, persons: set[int]) -> dict[Line, int | None]:
    """Lines planned for these people, with the Event that tells each."""
    rows = session.exec(select(Reminder).where(col(Reminder.person_id).in_(persons)))
    return {(row.assignment_id, row.step, row.day, row.person_id): row.event_id for row in rows}


def open_number(session: Session, person: int, until: date) -> tuple[int, int] | None:
    """Short number and assignment of the person's first task due by that day that nobody has answered."""
    answered = select(Report.assignment_id)
    found = session.exec(
        select(ShortNumber.n, ShortNumber.assignment_id)
        .join(Assignment, col(Assignment.id) == ShortNumber.assignment_id)
        .where(
            ShortNumber.person_id == person,
            ShortNumber.use == NumberUse.ACT,
            col(ShortNumber.closed_at).is_(None),
            col(Assignment.due_on) <= until,
            col(Assignment.id).not_in(answered),
        )
        .order_by(col(Assignment.due_on))
    ).first()
    return (found[0], found[1]) if found else None
