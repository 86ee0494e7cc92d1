"""Several schedulers at once, as real processes on PostgreSQL: each person gets one digest, every line is told once."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from models.assignments import Assignment, Reminder
from models.database import Database
from models.events import Event, EventKind
from models.units import Role
from scheduler import planning
from scheduler.tick import tick_all
from tests.town import MONDAY, Town, at

ROOT = Path(__file__).resolve().parents[2]
UNITS = 150
TUESDAY = at(MONDAY + timedelta(days=1), 8)
PROGRAM = """
import sys
from datetime import datetime
from models.database import Database
from scheduler import digests, planning, tick
planning.CLAIM = 40  # many small batches, so that the processes really meet
tick.FIRST, digests.PEOPLE = 5, 15
database = Database(sys.argv[1])
sys.stdin.readline()
for _ in range(3):
    print(tick.tick_all(database, datetime.fromisoformat(sys.argv[2])), flush=True)
database.close()
"""


def load(session: Session) -> None:
    """One letter for all units, overdue today: owners and one common head above them all are told."""
    town = Town(session, now=at(MONDAY - timedelta(days=14)))
    office = town.unit("Văn phòng", "văn phòng")
    contact = town.person("Đầu mối", office)
    head = town.person("Lãnh đạo chung")
    units: list[int] = []
    for n in range(UNITS):
        unit = town.unit(f"Đơn vị {n}", "xã")
        town.person(f"Chuyên viên {n}", unit, Role.OWNER)
        session.add(membership(head, unit))
        units.append(unit)
    letter = town.letter(town.person("Văn thư"), contact_id=contact, issuer_unit_id=office)
    for _ in range(2):
        made = town.opened(letter, units, due_on=MONDAY)
    ids = [assignment.id for assignment in made]
    for row in session.exec(select(Assignment)):
        row.next_reminder_at, row.last_step_on = TUESDAY, MONDAY
        session.add(row)
    assert ids


def membership(person: int, unit: int) -> object:
    from models.people import Membership

    return Membership(person_id=person, unit_id=unit, role=Role.HEAD)


@pytest.mark.servers
def test_four_schedulers_tell_each_person_once(postgresql: Database, postgresql_url: str) -> None:
    with postgresql.transaction() as session:
        load(session)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, postgresql_url, TUESDAY.isoformat()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    outputs = [process.communicate("go\n", timeout=90)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], outputs
    with postgresql.reading() as session:
        events = session.exec(select(Event).where(Event.kind == EventKind.DIGEST).order_by(col(Event.id))).all()
        told = Counter(
            (event.person_id, each)
            for event in events
            for item in event.data["items"]
            for each in (item["assignment"], *item.get("others", ()))
        )
        first_parts = Counter(event.person_id for event in events if event.data["part"] == 1)
        lines = session.exec(select(func.count()).select_from(Reminder)).one()
        untold = session.exec(select(func.count()).where(col(Reminder.event_id).is_(None))).one()
    raised = sum(int(line) for output in outputs for line in output.split())
    assert max(told.values()) == 1  # nothing twice
    assert set(first_parts.values()) == {1}  # one digest each, also for the head of all units
    assert len(first_parts) == UNITS + 1
    assert len(told) == lines == UNITS * 2 * 2  # owner and head, of every assignment
    assert untold == 0
    assert raised == len(events)


@pytest.mark.servers
def test_digests_wait_for_lines_another_scheduler_is_planning(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "CLAIM", 40)
    with postgresql.transaction() as session:
        load(session)
    with postgresql.transaction() as other:
        assert planning.plan(other, TUESDAY) == 40  # claimed, not committed
        assert tick_all(postgresql, TUESDAY) == 0  # plans the rest, and leaves the messages to whoever plans last
    assert tick_all(postgresql, TUESDAY) > UNITS
    with postgresql.reading() as session:
        events = session.exec(select(Event).where(Event.kind == EventKind.DIGEST)).all()
        assert max(Counter(event.person_id for event in events if event.data["part"] == 1).values()) == 1


@pytest.mark.servers
def test_a_scheduler_killed_while_planning_loses_nothing(postgresql: Database) -> None:
    with postgresql.transaction() as session:
        load(session)

    def die_half_way() -> None:
        with postgresql.transaction() as session:
            planning.plan(session, TUESDAY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die_half_way()
    assert tick_all(postgresql, TUESDAY) > UNITS
