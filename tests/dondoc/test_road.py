"""dondoc tick, deliveries, replay and report over a small town."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from models.clock import local_date, utcnow
from models.events import Event, EventKind, EventState
from models.outbox import raise_event
from models.settling import give_up
from models.units import Role
from tests.dondoc.conftest import Run
from tests.town import Town, at

MORNING = date(2026, 12, 1)


def _told(session: Session) -> tuple[int, int]:
    town = Town(session)
    owner = town.person("Phạm Thử [Ba]", town.unit("Sở Mẫu"), Role.OWNER)
    event = raise_event(session, town.now, key="t:1", kind=EventKind.URGENT, person_id=owner, data={"assignments": []})
    assert event is not None
    return owner, event


@pytest.fixture
def in_town(db) -> Callable[..., object]:
    """Do something in one transaction of the commands' database."""

    def act(work: Callable[[Session], object]) -> object:
        with db.transaction() as session:
            return work(session)

    return act


def test_a_pass_raises_what_is_due_at_that_instant(dondoc: Run, db, in_town) -> None:
    def letter(session: Session) -> None:
        town = Town(session)
        unit = town.unit("Sở Mẫu")
        town.person("Phạm Thử Ba", unit, Role.OWNER)
        admin = town.person("Quản trị", town.unit("Văn phòng", "văn phòng"), Role.ADMIN)
        town.opened(town.letter(admin), leads=[unit], due_on=date(2026, 12, 4))

    in_town(letter)
    assert "0 digests raised" in dondoc("tick", "--now", "2026-11-30T03:00").out
    assert "1 digests raised" in dondoc("tick", "--now", f"{MORNING}T08:05").out
    assert "0 digests raised" in dondoc("tick", "--now", f"{MORNING}T08:06").out
    with db.reading() as session:
        assert session.exec(select(Event.kind)).all() == ["digest"]


def test_an_instant_nobody_understands_is_refused_before_anything_happens(dondoc: Run) -> None:
    answer = dondoc("tick", "--now", "mai")
    assert answer.code == 2
    assert "2026-12-01T08:00" in answer.err


def test_what_failed_is_listed_and_goes_out_again(dondoc: Run, db, in_town) -> None:
    _, event = in_town(_told)
    in_town(lambda session: give_up(session, at(MORNING), event, "blocked"))
    listed = dondoc("deliveries", "--failed").out
    assert "Phạm Thử [Ba]" in listed
    assert "blocked" in listed
    assert dondoc("replay").code == 2
    assert "999" in dondoc("replay", str(event), "999").err
    assert "1 messages go out again" in dondoc("replay", str(event)).out
    with db.reading() as session:
        row = session.get_one(Event, event)
        assert (row.state, row.lane) == (EventState.WAITING, "telegram:1")
    assert "There are none" in dondoc("deliveries", "--failed").out


def test_replaying_all_takes_every_failure(dondoc: Run, db, in_town) -> None:
    def two(session: Session) -> None:
        owner, _ = _told(session)
        raise_event(session, at(MORNING), key="t:2", kind=EventKind.URGENT, person_id=owner, data={})
        for event in session.exec(select(Event.id)).all():
            give_up(session, at(MORNING), event or 0, "vendor")

    in_town(two)
    assert "2 messages go out again" in dondoc("replay", "--all").out
    with db.reading() as session:
        states = session.exec(select(Event.state).where(col(Event.key).like("t:%"))).all()
        assert set(states) == {EventState.WAITING}


def test_one_asks_for_failed_or_ambiguous_not_for_both(dondoc: Run) -> None:
    assert dondoc("deliveries", "--failed", "--ambiguous").code == 2


def test_the_report_shows_units_by_bucket_and_writes_the_table(dondoc: Run, in_town, tmp_path: Path) -> None:
    def letter(session: Session) -> None:
        town = Town(session, now=utcnow())
        units = [town.unit("Sở Mẫu"), town.unit("Sở Ánh Sáng")]
        admin = town.person("Quản trị", town.unit("Văn phòng", "văn phòng"), Role.ADMIN)
        town.opened(town.letter(admin), leads=units, due_on=local_date(utcnow()) + timedelta(days=40))

    in_town(letter)
    table, picture = tmp_path / "now.xlsx", tmp_path / "now.png"
    out = dondoc("report", "--xlsx", str(table), "--picture", str(picture)).out
    assert out.index("Sở Ánh Sáng") < out.index("Sở Mẫu") < out.index("\nAll ")
    assert out.splitlines()[-1].split() == ["All", "0", "0", "2", "0", "0", "2"]
    assert {cell.value for cell in load_workbook(table).worksheets[0]["D"][4:]} == {"Sở Mẫu", "Sở Ánh Sáng"}
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_period_without_tasks_or_without_sense(dondoc: Run, tmp_path: Path) -> None:
    answer = dondoc("report", "--period", "2020-Q4")
    assert answer.code == 0
    assert "Q4/2020" in answer.out
    assert "No task in this period" in answer.out
    assert "2026-Q4" in dondoc("report", "--period", "hôm nào đó").err
    assert dondoc("report", "--period", "hôm nào đó").code == 2
    assert "Cannot write" in dondoc("report", "--xlsx", str(tmp_path / "no" / "q4.xlsx")).err
