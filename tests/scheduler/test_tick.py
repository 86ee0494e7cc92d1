"""One message a morning: what a pass of the scheduler tells, to whom, and what it never does."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import life
from models.assignments import Assignment, NumberUse, Reminder
from models.database import Database
from models.events import Event, EventKind, EventState
from models.following import house_calendar
from models.numbers import listing
from models.people import Address, Membership
from models.units import Role
from scheduler.planning import plan
from scheduler.tick import next_due, tick
from tests.one_by_one import open_task
from tests.town import MONDAY, Town, at

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


class Office:
    """The town with an admin, a contact and one unit with owner and head; each test adds letters and mornings."""

    def __init__(self, session: Session) -> None:
        self.session, self.town = session, Town(session, now=at(MONDAY, 10))
        self.province = self.town.unit("UBND tỉnh", "ubnd tỉnh")
        self.chairman = self.town.person("Chủ tịch", self.province, Role.LEADER, Role.HEAD)
        self.office = self.town.unit("Văn phòng", "văn phòng")
        self.admin = self.town.person("Văn thư", self.office, Role.ADMIN)
        self.chief = self.town.person("Chánh Văn phòng", self.office, Role.HEAD)
        self.contact = self.town.person("Đầu mối", self.office)
        self.unit = self.town.unit("Sở Xây dựng")
        self.owner = self.town.person("Chuyên viên", self.unit, Role.OWNER)
        self.head = self.town.person("Giám đốc", self.unit, Role.HEAD)

    def letter(self, **more: Any) -> int:
        return self.town.letter(self.admin, **{"contact_id": self.contact, "issuer_unit_id": self.province, **more})

    def open(self, letter: int | None = None, **more: Any) -> Assignment:
        return self.town.opened(letter or self.letter(), [self.unit], **more)[0]

    def events(self, kind: EventKind = EventKind.DIGEST, since: int = 0) -> list[Event]:
        query = select(Event).where(Event.kind == kind, col(Event.id) > since).order_by(col(Event.id))
        return list(self.session.exec(query.execution_options(populate_existing=True)))

    def morning(self, day: date, hour: int = 8, minute: int = 0) -> dict[int, list[tuple[int, str, str]]]:
        """What the pass of that morning tells: person → (assignment, step, as whom). All of it is then sent."""
        before = max((event.id or 0 for event in self.session.exec(select(Event))), default=0)
        tick(self.session, at(day, hour, minute))
        told: dict[int, list[tuple[int, str, str]]] = {}
        for event in self.events(since=before):
            lines = [(item["assignment"], item["step"], item["as"]) for item in event.data["items"]]
            told.setdefault(event.person_id or 0, []).extend(lines)
        self.settle()
        return told

    def settle(self) -> None:
        for event in self.session.exec(select(Event).where(Event.state == EventState.WAITING)):
            event.state = EventState.SETTLED
            self.session.add(event)
        self.session.flush()


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    with database.transaction() as session:
        yield Office(session)


def test_a_day_without_a_digest_is_made_up_for_once(office: Office) -> None:
    task = office.open(due_on=MONDAY + timedelta(days=3))
    while plan(office.session, at(TUESDAY)):  # and then the scheduler is killed, for the rest of the day
        continue
    assert office.morning(WEDNESDAY)[office.owner] == [(task.id, "d-1", "owner")]
    own = select(Reminder).where(Reminder.person_id == office.owner)
    told = office.session.exec(own.execution_options(populate_existing=True)).all()
    assert [line.step for line in told] == ["new", "d-1"]
    assert {line.event_id for line in told} == {event.id for event in office.events()}
    assert office.morning(WEDNESDAY, 9) == {}
    assert office.morning(WEDNESDAY, 10) == {}


def test_a_new_task_stands_in_the_next_mornings_digest_of_lead_and_coordinator(office: Office) -> None:
    other = office.town.unit("Sở Y tế")
    helper = office.town.person("Phối hợp", other, Role.OWNER)
    lead, second = office.town.opened(office.letter(), [office.unit], [other], due_on=MONDAY + timedelta(days=60))
    assert office.morning(MONDAY, 15) == {}
    assert office.morning(TUESDAY, 7) == {}  # before opening
    assert office.morning(TUESDAY) == {
        office.owner: [(lead.id, "new", "owner")],
        helper: [(second.id, "new", "coordinator")],
    }
    assert office.morning(TUESDAY, 9) == {}
    assert office.morning(WEDNESDAY) == {}


def test_the_whole_ladder_of_a_task_that_nobody_answers(office: Office) -> None:
    """7, 3, 1 working days before, on the day, 1 after with the head, 3 after contact and issuing office, weekly."""
    due = MONDAY + timedelta(days=18)  # a Friday
    made = office.open(due_on=due).id
    told = {
        day: {person: [line[1:] for line in lines] for person, lines in found.items()}
        for n in range(1, 45)
        if (found := office.morning(day := MONDAY + timedelta(days=n)))
    }
    owner, head, contact, chief = office.owner, office.head, office.contact, office.chief
    assert told == {
        TUESDAY: {owner: [("new", "owner")]},
        date(2026, 12, 9): {owner: [("d-7", "owner")]},
        date(2026, 12, 15): {owner: [("d-3", "owner")]},
        date(2026, 12, 17): {owner: [("d-1", "owner")]},
        due: {owner: [("d0", "owner")]},
        date(2026, 12, 21): {owner: [("d+1", "owner")], head: [("d+1", "head")]},
        date(2026, 12, 23): {contact: [("d+3", "contact")], chief: [("d+3", "issuer")]},
        date(2026, 12, 30): {p: [("weekly", a)] for p, a in ((owner, "owner"), (head, "head"), (contact, "contact"))},
        date(2027, 1, 6): {p: [("weekly", a)] for p, a in ((owner, "owner"), (head, "head"), (contact, "contact"))},
        date(2027, 1, 13): {p: [("weekly", a)] for p, a in ((owner, "owner"), (head, "head"), (contact, "contact"))},
    }
    everybody = set(office.session.exec(select(Reminder.person_id).where(Reminder.assignment_id == made)))
    assert office.chairman not in everybody  # nothing escalates by itself to the Chairman


def test_everything_due_for_a_person_is_one_message_most_urgent_first(office: Office) -> None:
    far = office.open(due_on=MONDAY + timedelta(days=40))
    near = office.open(due_on=FRIDAY)
    untimed = office.open()
    told = office.morning(TUESDAY)
    assert [line[0] for line in told[office.owner]] == [near.id, far.id, untimed.id]
    assert len(office.events()) == 1


def test_ten_items_to_a_message_and_the_parts_know_of_each_other(office: Office) -> None:
    letter = office.letter()
    for _ in range(23):
        office.open(letter, due_on=MONDAY + timedelta(days=40))
    tick(office.session, at(TUESDAY, 8))
    parts = [(e.key, e.data["part"], e.data["parts"], len(e.data["items"])) for e in office.events()]
    prefix = f"digest:{office.owner}:{TUESDAY}"
    assert parts == [(f"{prefix}:1", 1, 3, 10), (f"{prefix}:2", 2, 3, 10), (f"{prefix}:3", 3, 3, 3)]
    tied = office.session.exec(select(Reminder.event_id)).all()
    assert sorted(tied) == sorted([e.id for e in office.events() for _ in e.data["items"]])


def test_what_is_done_in_time_is_not_chased(office: Office) -> None:
    made = office.open(due_on=FRIDAY)
    assert office.morning(TUESDAY)
    life.report(office.session, at(TUESDAY, 9), office.owner, made.id or 0)
    mornings = {day: office.morning(day) for day in (WEDNESDAY, FRIDAY, FRIDAY + timedelta(days=3))}
    assert mornings[WEDNESDAY] == {office.head: [(made.id, "reported", "witness")]}
    assert mornings[FRIDAY] == mornings[FRIDAY + timedelta(days=3)] == {}


def test_a_line_planned_but_untrue_by_the_time_of_the_digest_is_dropped(office: Office) -> None:
    made = office.open(due_on=FRIDAY)
    assert plan(office.session, at(TUESDAY, 8)) == 1
    life.report(office.session, at(TUESDAY, 8), office.owner, made.id or 0)
    assert office.morning(TUESDAY, 8, 1) == {}
    left = office.session.exec(select(Reminder.step)).all()
    assert list(left) == ["reported"]  # only tomorrow's line for the head


def test_trap_2_a_deadline_on_the_issue_day_is_not_overdue_at_once(office: Office) -> None:
    made = office.open(due_on=MONDAY)
    told = office.morning(MONDAY, 14)
    assert told == {office.owner: [(made.id, "new", "owner")]}  # today still, not tomorrow when it would be too late


def test_trap_9_an_old_letter_makes_no_storm_of_reminders(office: Office) -> None:
    letter = office.letter(history=True, issued_on=date(2025, 2, 24))
    old = [office.open(letter, due_on=date(2025, 3, 30)), office.open(letter)]
    assert [row.next_reminder_at for row in old] == [None, None]
    assert all(row.opened_late for row in old)
    assert [office.morning(MONDAY + timedelta(days=n)) for n in range(40)] == [{}] * 40


def test_trap_14_a_coordinator_is_never_chased(office: Office) -> None:
    other = office.town.unit("Sở Y tế")
    helper = office.town.person("Phối hợp", other, Role.OWNER)
    office.town.opened(office.letter(), [office.unit], [other], due_on=FRIDAY)
    told = [office.morning(MONDAY + timedelta(days=n)) for n in range(1, 30)]
    assert sum(helper in morning for morning in told) == 1


def test_trap_10_peers_are_asked_not_ordered_their_heads_are_left_alone(office: Office) -> None:
    peer = office.town.unit("Sở Tài chính")
    manager = office.town.person("Giám đốc Tài chính", peer, Role.HEAD)
    office.open(office.letter(issuer_unit_id=peer), due_on=TUESDAY)
    people = {person for n in range(1, 20) for person in office.morning(MONDAY + timedelta(days=n))}
    assert people == {office.owner, office.contact, manager}  # not the head of the unit asked


def test_an_urgent_letter_goes_alone_at_once_at_night_too(office: Office) -> None:
    letter = office.letter(urgency="hỏa tốc")
    office.town.now = at(MONDAY, 22)
    rows = [office.open(letter, due_on=FRIDAY) for _ in range(2)]
    tick(office.session, at(MONDAY, 22))
    urgent = office.events(EventKind.URGENT)
    assert [(e.person_id, e.data, e.available_at) for e in urgent] == [
        (office.owner, {"assignments": [row.id for row in rows]}, at(MONDAY, 22))
    ]
    office.settle()
    later = {day: office.morning(day) for n in range(1, 5) if (day := MONDAY + timedelta(days=n))}
    assert TUESDAY in later
    assert office.events(EventKind.URGENT) == urgent


def test_untimed_tasks_have_a_monthly_line_at_the_cut_off_and_are_never_overdue(office: Office) -> None:
    made = office.open()
    told = {day: found for n in range(1, 60) if (found := office.morning(day := MONDAY + timedelta(days=n)))}
    assert told == {
        TUESDAY: {office.owner: [(made.id, "new", "owner")]},
        date(2026, 12, 14): {office.owner: [(made.id, "review", "owner")]},
        date(2027, 1, 14): {office.owner: [(made.id, "review", "owner")]},
    }


@pytest.mark.parametrize("stop", [timedelta(hours=3), timedelta(days=3), timedelta(days=30)])
def test_after_a_standstill_each_person_gets_one_message_of_what_is_true_now(office: Office, stop: timedelta) -> None:
    office.morning(TUESDAY)
    late = office.open(due_on=WEDNESDAY)
    office.open(due_on=MONDAY + timedelta(days=60))
    back = at(WEDNESDAY, 8) + stop  # after three days a Saturday, after thirty New Year's day
    opening = house_calendar(office.session).next_open(back)
    for instant in (back, opening, opening + timedelta(minutes=5)):
        tick(office.session, instant)
    people = [event.person_id for event in office.events()]
    assert len(people) == len(set(people))
    assert office.owner in people
    steps = {i["assignment"]: i["step"] for e in office.events() for i in e.data["items"]}
    assert steps[late.id] in {"new", "d0", "d+1", "d+3", "weekly"}


def test_an_unsent_digest_is_taken_into_the_next_one_and_nothing_in_it_is_lost(office: Office) -> None:
    first = office.open(due_on=MONDAY + timedelta(days=60))
    tick(office.session, at(TUESDAY, 8))  # raised, and never claimed: the vendor is down
    office.town.now = at(TUESDAY, 9)
    second = office.open(due_on=MONDAY + timedelta(days=70))
    tick(office.session, at(WEDNESDAY, 8))
    old, new = office.events()
    assert (old.state, new.state) == (EventState.SUPERSEDED, EventState.WAITING)
    assert [i["assignment"] for i in new.data["items"]] == [first.id, second.id]
    assert set(office.session.exec(select(Reminder.event_id))) == {new.id}


def test_a_digest_already_claimed_is_left_alone(office: Office) -> None:
    office.open(due_on=MONDAY + timedelta(days=60))
    tick(office.session, at(TUESDAY, 8))
    office.events()[0].state = EventState.CLAIMED
    office.town.now = at(TUESDAY, 9)
    office.open(due_on=MONDAY + timedelta(days=60))
    tick(office.session, at(WEDNESDAY, 8))
    assert [event.state for event in office.events()] == [EventState.CLAIMED, EventState.WAITING]


def test_a_clock_that_jumps_back_an_hour_sends_nothing_twice(office: Office) -> None:
    office.open(due_on=FRIDAY)
    assert office.morning(TUESDAY, 8, 30)
    for hour in (7, 8, 9):
        assert office.morning(TUESDAY, hour) == {}


def test_at_night_and_on_days_off_nothing_ordinary_goes_out(office: Office) -> None:
    office.open(due_on=FRIDAY)
    sunday = FRIDAY + timedelta(days=2)
    for day, hour in ((MONDAY, 23), (TUESDAY, 12), (TUESDAY, 19), (sunday, 9)):
        assert office.morning(day, hour) == {}
    assert office.morning(sunday + timedelta(days=1))


def test_an_owner_without_an_address_is_no_black_hole(office: Office) -> None:
    unit = office.town.unit("Xã Mới", "xã")
    owner = office.town.person("Chưa kết nối", unit, Role.OWNER, linked=False)
    made = office.town.opened(office.letter(), [unit], due_on=FRIDAY)[0]
    assert office.morning(TUESDAY) == {office.contact: [(made.id, "new", "stand_in")]}

    head = office.town.person("Chủ tịch xã", unit, Role.HEAD)
    second = office.town.opened(office.letter(), [unit], due_on=MONDAY + timedelta(days=40))[0]
    told = office.morning(WEDNESDAY)
    assert (second.id, "new", "stand_in") in told[head]
    assert owner not in told


def test_when_nobody_can_be_reached_it_stands_on_the_admins_list(office: Office) -> None:
    unit = office.town.unit("Xã Mới", "xã")
    office.town.person("Chưa kết nối", unit, Role.OWNER, linked=False)
    silent = office.town.person("Đầu mối không chat", office.office, linked=False)
    for _ in range(3):
        office.town.opened(office.letter(contact_id=silent), [unit], due_on=MONDAY + timedelta(days=40))
    assert office.morning(TUESDAY) == {}
    alerts = [(e.person_id, e.data["code"]) for e in office.events(EventKind.ALERT)]
    assert alerts == [(office.admin, "unlinked")]
    told = office.session.exec(select(Reminder.person_id, Reminder.event_id)).all()
    assert {person for person, _ in told} == {office.admin}
    assert all(event for _, event in told)


def test_a_unit_that_gets_its_first_owner_later_is_told_then(office: Office) -> None:
    unit = office.town.unit("Xã Mới", "xã")
    made = office.town.opened(office.letter(), [unit], due_on=MONDAY + timedelta(days=40))[0]
    assert made.owner_id is None
    owner = office.town.person("Đến sau", unit, Role.OWNER)
    assert office.morning(TUESDAY) == {owner: [(made.id, "new", "owner")]}
    assert office.town.assignments(unit)[0].owner_id == owner


def test_an_owner_who_left_is_followed_by_whom_the_unit_has_now(office: Office) -> None:
    made = office.open(due_on=FRIDAY)
    row = office.session.exec(select(Membership).where(Membership.person_id == office.owner)).one()
    row.until = at(MONDAY, 12)
    office.session.add(row)
    heir = office.town.person("Người thay", office.unit, Role.OWNER)
    assert office.morning(TUESDAY) == {heir: [(made.id, "new", "owner")]}


def test_snoozed_until_a_day_nothing_comes_before_it(office: Office) -> None:
    made = office.open(due_on=MONDAY + timedelta(days=11))  # d-7 on Wednesday
    office.morning(TUESDAY)
    life.snooze(office.session, at(TUESDAY, 9), office.owner, made.id or 0, FRIDAY)
    assert office.morning(WEDNESDAY) == {}
    assert office.morning(FRIDAY) == {office.owner: [(made.id, "snoozed", "owner")]}


def test_a_recurring_task_opens_one_assignment_per_period_though_the_last_is_overdue(office: Office) -> None:
    task = office.town.task(
        office.letter(), [office.unit], deadline_kind="recurring", rrule="FREQ=MONTHLY;BYMONTHDAY=24"
    )
    open_task(office.session, office.town.now, task.id or 0)
    for day in (date(2026, 12, 1), date(2026, 12, 25), date(2027, 1, 25)):
        office.morning(day)
    rows = office.town.assignments(office.unit)
    assert [(row.period, row.due_on, row.state) for row in rows] == [
        ("2026-12", date(2026, 12, 24), "open"),
        ("2027-01", date(2027, 1, 24), "open"),
        ("2027-02", date(2027, 2, 24), "open"),
    ]


def test_periods_missed_in_a_standstill_are_all_opened(office: Office) -> None:
    task = office.town.task(
        office.letter(), [office.unit], deadline_kind="recurring", rrule="FREQ=MONTHLY;BYMONTHDAY=24"
    )
    open_task(office.session, office.town.now, task.id or 0)
    told = office.morning(date(2027, 3, 1))
    assert [row.period for row in office.town.assignments(office.unit)] == ["2026-12", "2027-01", "2027-02", "2027-03"]
    assert len(told[office.owner]) == 4
    assert len([e for e in office.events() if e.person_id == office.owner]) == 1


def test_a_units_group_chat_is_told_once_a_morning(office: Office) -> None:
    office.session.add(
        Address(unit_id=office.unit, channel="telegram", token="1", chat_id="-100", verified_at=at(MONDAY))
    )
    office.open(due_on=FRIDAY)
    office.open(due_on=FRIDAY)
    office.morning(TUESDAY)
    assert [(e.unit_id, e.key) for e in office.events(EventKind.GROUP_DIGEST)] == [
        (office.unit, f"group:{office.unit}:{TUESDAY}")
    ]


def test_the_next_instant_worth_waking_for(office: Office) -> None:
    assert next_due(office.session, at(MONDAY, 10)) is None
    office.open(due_on=FRIDAY)
    assert next_due(office.session, at(MONDAY, 10)) == at(TUESDAY, 8)
    office.morning(TUESDAY)
    assert next_due(office.session, at(TUESDAY, 9)) == at(FRIDAY - timedelta(days=1), 8)


def test_a_contact_of_many_silent_units_reads_one_line_of_a_task(office: Office) -> None:
    units = [office.town.unit(f"xã {n}", "xã") for n in range(12)]
    letter = office.letter()
    first = office.town.opened(letter, units, due_on=FRIDAY)
    office.town.opened(letter, units[:3], due_on=FRIDAY)
    told = office.morning(TUESDAY)[office.contact]
    assert len(told) == 4
    (event,) = [one for one in office.events() if one.person_id == office.contact]
    grouped, *apart = event.data["items"]
    assert {grouped["assignment"], *grouped["others"]} == {one.id for one in first}
    assert all("others" not in item for item in apart)
    tied = office.session.exec(
        select(Reminder).where(Reminder.event_id == event.id, Reminder.person_id == office.contact)
    )
    assert len(tied.all()) == 15


def test_a_stand_in_who_only_passes_it_on_gets_no_number_a_head_does(office: Office) -> None:
    """The contact's own list holds what they can act on; the head of the unit may report it."""
    bare, headed = office.town.unit("Xã Mới", "xã"), office.town.unit("Xã Cũ", "xã")
    head = office.town.person("Chủ tịch xã", headed, Role.HEAD)
    first = office.town.opened(office.letter(), [bare], due_on=FRIDAY)[0]
    second = office.town.opened(office.letter(), [headed], due_on=FRIDAY)[0]
    told = office.morning(TUESDAY)
    assert (first.id, "new", "stand_in") in told[office.contact]
    assert listing(office.session, at(TUESDAY, 9), office.contact, NumberUse.ACT) == []
    numbered = listing(office.session, at(TUESDAY, 9), head, NumberUse.ACT)
    assert [item.assignment_id for item in numbered] == [second.id]
