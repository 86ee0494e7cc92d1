"""A changed ladder or calendar holds for what is open already, and sends nothing by itself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlmodel import Session, select

from models import aiming
from models.aiming import aim_again, aim_some
from models.assignments import Assignment, AssignmentState
from models.calendar_file import CalendarRow
from models.database import Database
from models.following import house_calendar
from models.imports import import_calendar
from models.settings_store import LADDER, scope_of, write
from models.units import Role
from models.upkeep import Setting
from scheduler.tick import tick
from tests.scheduler.test_tick import TUESDAY, Office
from tests.town import MONDAY, Town, at


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with database.transaction() as session:
        yield Office(session)


DUE = date(2026, 12, 18)
"""A Friday: 7 working days before it is Wednesday 9/12, 3 before Tuesday 15/12."""
OWNER = ["owner"]


def change(office: Office, when: Any, steps: dict[int, list[str]], issuer: int | None = None, **more: Any) -> None:
    value = {"steps": [{"days": days, "audience": who} for days, who in steps.items()], **more}
    write(office.session, LADDER, value, scope_of(issuer))
    office.session.info.pop("ladders", None)
    office.session.info.pop("calendar", None)
    aim_again(office.session, issuer)
    while aim_some(office.session, when):
        continue


def next_of(office: Office, row: Assignment) -> Any:
    return office.session.get_one(Assignment, row.id, populate_existing=True).next_reminder_at


def test_a_step_that_is_put_in_is_taken_on_its_day(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    office.morning(date(2026, 12, 9))
    assert next_of(office, row) == at(date(2026, 12, 15), 8)
    change(office, at(date(2026, 12, 9), 14), {-7: OWNER, -5: OWNER, -3: OWNER})
    assert next_of(office, row) == at(date(2026, 12, 11), 8)
    assert office.morning(date(2026, 12, 10)) == {}
    assert office.morning(date(2026, 12, 11)) == {office.owner: [(row.id, "d-5", "owner")]}


def test_steps_that_lie_behind_are_not_made_up_for(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    office.morning(date(2026, 12, 9))
    change(office, at(date(2026, 12, 10), 14), {-10: OWNER, -8: OWNER, -6: OWNER, -3: OWNER})
    assert office.morning(date(2026, 12, 10), 15) == {}
    assert office.morning(date(2026, 12, 11)) == {}
    assert office.morning(date(2026, 12, 15)) == {office.owner: [(row.id, "d-3", "owner")]}


def test_this_mornings_step_still_goes_when_the_office_is_not_open_yet(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    office.morning(date(2026, 12, 9))
    change(office, at(date(2026, 12, 10), 7), {-6: OWNER})
    assert next_of(office, row) == at(date(2026, 12, 10), 8)


def test_what_was_told_this_morning_is_not_told_again_under_other_hours(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    assert office.morning(date(2026, 12, 9)) == {office.owner: [(row.id, "d-7", "owner")]}
    change(office, at(date(2026, 12, 9), 8, 30), {-7: OWNER, -3: OWNER}, hours=[["07:00", "11:00"], ["13:00", "17:00"]])
    assert office.morning(date(2026, 12, 9), 9) == {}
    assert next_of(office, row) == at(date(2026, 12, 15), 7)


def test_the_first_word_of_a_task_is_not_lost(office: Office) -> None:
    row = office.open(due_on=DUE)
    change(office, at(MONDAY, 16), {-3: OWNER})
    assert office.morning(date(2026, 12, 1)) == {office.owner: [(row.id, "new", "owner")]}


def test_a_house_that_told_nothing_of_new_tasks_is_not_flooded_when_it_begins_to(office: Office) -> None:
    change(office, at(MONDAY, 10), {-3: OWNER}, new=[])
    row = office.open(due_on=DUE)
    change(office, at(date(2026, 12, 10), 14), {-3: OWNER}, new=OWNER)
    assert office.morning(date(2026, 12, 11)) == {}
    assert next_of(office, row) == at(date(2026, 12, 15), 8)


def test_an_issuers_ladder_moves_its_own_letters_only(office: Office) -> None:
    theirs = office.open(due_on=DUE)
    other = office.open(office.letter(issuer_unit_id=office.office), due_on=DUE)
    office.morning(date(2026, 12, 1))
    change(office, at(date(2026, 12, 2), 14), {-5: OWNER}, issuer=office.province)
    assert next_of(office, theirs) == at(date(2026, 12, 11), 8)
    assert next_of(office, other) == at(date(2026, 12, 9), 8)


def test_what_is_closed_or_history_stays_silent(office: Office) -> None:
    reported, old = office.open(due_on=DUE), office.open(due_on=MONDAY - timedelta(days=30))
    coordinator = office.open(due_on=DUE)
    reported.state, reported.next_reminder_at = AssignmentState.REPORTED, None
    coordinator.part, coordinator.state = "coordinate", AssignmentState.INFORMED
    coordinator.next_reminder_at, coordinator.last_step_on = None, MONDAY
    office.session.add_all([reported, coordinator])
    office.session.flush()
    change(office, at(date(2026, 12, 2), 14), {-5: OWNER, 1: OWNER})
    assert [next_of(office, row) for row in (reported, old, coordinator)] == [None, None, None]


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([CalendarRow(date(2026, 12, 15), "off")], date(2026, 12, 14)),  # 3 working days before is Monday now
        ([CalendarRow(date(2026, 12, 12), "work"), CalendarRow(date(2026, 12, 16), "off")], date(2026, 12, 14)),
    ],
)
def test_the_agencys_own_days_move_the_steps_to_come(office: Office, days: list[CalendarRow], wanted: date) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    office.morning(date(2026, 12, 9))
    import_calendar(office.session, at(date(2026, 12, 9), 14), days)
    while aim_some(office.session, at(date(2026, 12, 9), 14)):
        continue
    assert next_of(office, row) == at(wanted, 8)
    assert office.morning(wanted) == {office.owner: [(row.id, "d-3", "owner")]}


def test_a_step_the_calendar_moved_to_tomorrow_is_not_told_a_second_time(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    assert office.morning(date(2026, 12, 9)) == {office.owner: [(row.id, "d-7", "owner")]}
    import_calendar(office.session, at(date(2026, 12, 9), 14), [CalendarRow(date(2026, 12, 12), "work")])
    while aim_some(office.session, at(date(2026, 12, 9), 14)):
        continue
    assert next_of(office, row) == at(date(2026, 12, 15), 8)  # d-7 would be 10/12 now


def many(session: Session) -> None:
    town = Town(session)
    units = [town.unit(f"Đơn vị {n}", "xã") for n in range(25)]
    for unit in units:
        town.person(f"Chuyên viên {unit}", unit, Role.OWNER)
    town.opened(town.letter(town.person("Văn thư")), units, due_on=DUE)
    write(session, LADDER, {"steps": [{"days": -5, "audience": OWNER}]})
    for row in session.exec(select(Assignment)):
        row.last_step_on, row.next_reminder_at = MONDAY, at(date(2026, 12, 9), 8)
        session.add(row)
    aim_again(session)


def test_batches_and_several_at_once_aim_each_row(any_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aiming, "BATCH", 4)
    with any_database.transaction() as session:
        many(session)

    def work() -> None:
        while once(any_database, aim_some):
            continue

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_database.reading() as session:
        assert set(session.exec(select(Assignment.next_reminder_at))) == {at(date(2026, 12, 11), 8)}
        assert session.exec(select(Setting).where(Setting.name == aiming.AIM)).first() is None


def once(database: Database, step: Callable[..., bool]) -> bool:
    with database.transaction() as session:
        return step(session, at(date(2026, 12, 1), 14))


def test_a_pass_at_the_new_instant_tells_and_goes_on(office: Office) -> None:
    row = office.open(due_on=DUE)
    office.morning(date(2026, 12, 1))
    change(office, at(date(2026, 12, 1), 9), {-5: OWNER, -4: OWNER})
    tick(office.session, at(date(2026, 12, 11), 8))
    assert next_of(office, row) == at(date(2026, 12, 14), 8)


def test_hours_the_house_has_chosen_hold_for_the_morning_and_for_what_is_told_at_once(office: Office) -> None:
    early = [["07:00", "11:00"], ["13:00", "16:30"]]
    change(office, at(MONDAY, 11), {-7: OWNER, -3: OWNER}, hours=early)
    office.open(due_on=DUE)
    assert office.morning(TUESDAY, 6, 59) == {}
    assert office.morning(TUESDAY, 7, 0)
    assert house_calendar(office.session).next_open(at(TUESDAY, 7, 5)) == at(TUESDAY, 7, 5)
    assert house_calendar(office.session).next_open(at(TUESDAY, 16, 45)) == at(TUESDAY + timedelta(days=1), 7)
