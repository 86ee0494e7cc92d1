"""The life of an assignment as people live it: each verb, who may, what it leaves behind, whom it tells."""

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import col, select

from models import life
from models.assignments import Assignment, NumberUse, Reminder
from models.database import Database
from models.errors import Refused
from models.events import Event, EventKind
from models.following import is_late
from models.numbers import listing, number_of
from models.people import Person
from models.units import Role
from models.upkeep import AuditEntry
from tests.scene import DUE, Scene, build, refused
from tests.town import MONDAY, at


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with database.transaction() as session:
        yield build(session)


def test_trap_11_done_is_a_report_and_complete_only_when_the_contact_confirms(scene: Scene) -> None:
    made = scene.report(text="đã xong", document_number="12/SXD", document_date=MONDAY)
    assert (scene.now_is().state, scene.now_is().confirmed_at) == ("reported", None)
    assert scene.now_is().next_reminder_at is None  # nothing is reminded from here on
    told = scene.events(EventKind.REPORTED)
    assert [event.person_id for event in told] == [scene.contact, scene.deputy]
    assert number_of(scene.session, scene.contact, scene.assignment, NumberUse.CONFIRM) == 1

    life.confirm(scene.session, scene.town.now, scene.contact, made.id or 0)
    assert scene.now_is().state == "confirmed"
    assert [event.person_id for event in scene.events(EventKind.CONFIRMED)] == [scene.owner]
    assert listing(scene.session, scene.town.now, scene.owner) == []
    assert listing(scene.session, scene.town.now, scene.contact) == []
    trail = scene.session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))).all()
    assert list(trail) == ["report", "confirm"]


def test_trap_13_nobody_confirms_their_own_report(scene: Scene) -> None:
    made = life.report(scene.session, scene.town.now, scene.colleague, scene.assignment)
    for author in (scene.colleague, scene.owner):
        refused("own_report", life.confirm, scene.session, scene.town.now, author, made.id)
    refused("not_contact", life.confirm, scene.session, scene.town.now, scene.head, made.id)
    assert scene.now_is().state == "reported"


def test_trap_13_a_contact_who_owns_the_task_leaves_the_verdict_to_the_deputy(database: Database) -> None:
    with database.transaction() as session:
        scene = build(session)
        town = scene.town
        letter = town.letter(scene.admin, contact_id=scene.owner, contact_deputy_id=scene.deputy)
        own = town.opened(letter, [scene.unit])[0]
        made = life.report(session, town.now, scene.owner, own.id or 0)
        assert [event.person_id for event in scene.events(EventKind.REPORTED)] == [scene.deputy]
        refused("own_report", life.confirm, session, town.now, scene.owner, made.id)
        assert life.confirm(session, town.now, scene.deputy, made.id or 0).verdict == "confirmed"


def test_where_no_contact_is_named_the_loading_admin_is_asked(database: Database) -> None:
    with database.transaction() as session:
        scene = build(session)
        letter = scene.town.letter(scene.admin)
        made = scene.town.opened(letter, [scene.unit])[0]
        life.report(session, scene.town.now, scene.owner, made.id or 0)
        assert [event.person_id for event in scene.events(EventKind.REPORTED)] == [scene.admin]


def test_the_deputy_confirms_when_the_contact_is_away(scene: Scene) -> None:
    made = scene.report()
    assert life.confirm(scene.session, scene.town.now, scene.deputy, made.id or 0).verdict_by == scene.deputy


def test_a_contact_whose_data_was_erased_is_asked_nothing(scene: Scene) -> None:
    person = scene.session.get_one(Person, scene.contact)
    person.erased_at = scene.town.now
    scene.session.add(person)
    scene.session.flush()
    scene.report()
    assert [event.person_id for event in scene.events(EventKind.REPORTED)] == [scene.deputy]


def test_sent_back_means_open_again_with_a_reason_the_same_number_and_the_old_deadline(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    number = number_of(session, scene.owner, scene.assignment, NumberUse.ACT)
    made = scene.report()
    refused("reason_needed", life.send_back, session, now, scene.contact, made.id, "  ")
    overdue = at(DUE + timedelta(days=4))
    life.send_back(session, overdue, scene.contact, made.id or 0, "thiếu số liệu")
    assert (scene.now_is().state, scene.now_is().due_on) == ("open", DUE)
    assert scene.now_is().next_reminder_at is not None
    assert number_of(session, scene.owner, scene.assignment, NumberUse.ACT) == number == 1
    assert listing(session, now, scene.contact) == []
    assert [event.person_id for event in scene.events(EventKind.RETURNED)] == [scene.owner]
    refused("already_returned", life.confirm, session, now, scene.contact, made.id)


def test_lateness_is_judged_by_the_time_of_the_report_that_was_confirmed(scene: Scene) -> None:
    session = scene.session
    late = at(DUE + timedelta(days=3))
    first = life.report(session, at(DUE, 16), scene.owner, scene.assignment)
    life.send_back(session, late, scene.contact, first.id or 0, "thiếu")
    second = life.report(session, late, scene.owner, scene.assignment)
    life.confirm(session, late + timedelta(days=5), scene.contact, second.id or 0)
    row = scene.now_is()
    assert row.reported_at == late
    assert is_late(row.due_on, row.due_time, row.reported_at)
    assert not is_late(row.due_on, row.due_time, first.reported_at)


def test_a_report_is_taken_back_until_somebody_has_judged_it(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    refused("not_reported", life.withdraw_report, session, now, scene.owner, scene.assignment)
    made = scene.report()
    refused("not_yours", life.withdraw_report, session, now, scene.contact, scene.assignment)
    life.withdraw_report(session, now, scene.owner, scene.assignment)
    assert scene.now_is().state == "open"
    assert scene.now_is().next_reminder_at is not None
    refused("report_withdrawn", life.confirm, session, now, scene.contact, made.id)
    again = scene.report()
    life.confirm(session, now, scene.contact, again.id or 0)
    refused("already_confirmed", life.withdraw_report, session, now, scene.owner, scene.assignment)


def test_received_is_kept_through_a_withdrawn_report_and_said_once(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    life.receive(session, now, scene.owner, scene.assignment)
    refused("already_received", life.receive, session, now, scene.owner, scene.assignment)
    scene.report()
    assert life.withdraw_report(session, now, scene.owner, scene.assignment).verdict == "withdrawn"
    assert scene.now_is().state == "received"


def test_wrong_persons_and_wrong_states_change_nothing(scene: Scene) -> None:
    session, now, town = scene.session, scene.town.now, scene.town
    stranger = town.person("Người ngoài", town.unit("Sở Y tế"), Role.OWNER)
    before = scene.now_is().model_dump()
    refused("not_yours", life.report, session, now, stranger, scene.assignment)
    refused("not_yours", life.receive, session, now, scene.contact, scene.assignment)
    refused("no_such_assignment", life.report, session, now, scene.owner, 9999)
    refused("no_such_report", life.confirm, session, now, scene.contact, 9999)
    refused("reason_needed", life.not_ours, session, now, scene.owner, scene.assignment, " ")
    refused("not_in_unit", life.hand_over, session, now, scene.owner, scene.assignment, stranger)
    refused("already_owner", life.hand_over, session, now, scene.owner, scene.assignment, scene.owner)
    refused("not_admin", life.assign, session, now, scene.head, scene.assignment, unit_id=town.unit("Sở Nội vụ"))
    assert scene.now_is().model_dump() == before
    assert session.exec(select(Event)).all() == []


def test_a_role_that_has_ended_gives_no_right_any_more(scene: Scene) -> None:
    from models.people import Membership

    row = scene.session.exec(select(Membership).where(Membership.person_id == scene.owner)).one()
    row.until = scene.town.now - timedelta(seconds=1)
    scene.session.add(row)
    scene.session.flush()
    refused("not_yours", scene.report)


def test_trap_14_a_coordinator_is_informed_reports_nothing_and_has_no_number(scene: Scene) -> None:
    session, town = scene.session, scene.town
    other = town.unit("Sở Y tế")
    coordinator = town.person("Phối hợp", other, Role.OWNER)
    _, second = town.opened(scene.letter, [scene.unit], [other], due_on=DUE)
    assert (second.part, second.state) == ("coordinate", "informed")
    refused("only_informed", life.report, session, town.now, coordinator, second.id)
    assert listing(session, town.now, coordinator) == []


def test_handing_over_moves_number_and_message_to_the_new_owner(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    life.receive(session, now, scene.owner, scene.assignment)
    life.hand_over(session, now, scene.head, scene.assignment, scene.colleague)
    assert (scene.now_is().owner_id, scene.now_is().state) == (scene.colleague, "open")
    assert listing(session, now, scene.owner) == []
    assert number_of(session, scene.colleague, scene.assignment, NumberUse.ACT) == 1
    assert [event.person_id for event in scene.events(EventKind.ASSIGNED)] == [scene.colleague, scene.owner]


def test_a_part_given_on_within_the_unit_never_ends_after_its_parent(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    later = refused(
        "child_beyond_parent",
        life.sub_assign,
        session,
        now,
        scene.owner,
        scene.assignment,
        scene.colleague,
        "phần số liệu",
        DUE + timedelta(days=1),
    )
    assert later.data == {"latest": DUE}
    child = life.sub_assign(session, now, scene.owner, scene.assignment, scene.colleague, "phần số liệu", MONDAY)
    made = life.report(session, now, scene.colleague, child.id or 0)
    asked = scene.events(EventKind.REPORTED)
    assert [event.person_id for event in asked] == [scene.owner]  # whoever gave it judges it
    life.confirm(session, now, scene.owner, made.id or 0)
    assert scene.now_is().state == "open"  # the parent is closed by itself


def test_not_ours_goes_to_the_admin_who_gives_it_to_another_unit(scene: Scene) -> None:
    session, now, town = scene.session, scene.town.now, scene.town
    other = town.unit("Sở Tài chính")
    theirs = town.person("Người của Tài chính", other, Role.OWNER)
    life.not_ours(session, now, scene.owner, scene.assignment, "thuộc Sở Tài chính")
    assert scene.now_is().state == "disputed"
    assert scene.now_is().next_reminder_at is None
    assert listing(session, now, scene.owner) == []
    assert number_of(session, scene.admin, scene.assignment, NumberUse.DECIDE) == 1
    event = scene.events(EventKind.DISPUTED)[0]
    reason = session.get(AuditEntry, event.data["reason_audit"])
    assert event.person_id == scene.admin
    assert reason
    assert reason.detail["reason"] == "thuộc Sở Tài chính"

    life.assign(session, now, scene.admin, scene.assignment, unit_id=other)
    row = scene.now_is()
    assert (row.state, row.unit_id, row.owner_id, row.due_on) == ("open", other, theirs, DUE)
    assert number_of(session, theirs, scene.assignment, NumberUse.ACT) == 1
    assert [e.person_id for e in scene.events(EventKind.ASSIGNED)] == [theirs, scene.owner]


def test_a_disputed_task_may_come_back_to_its_unit(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    life.not_ours(session, now, scene.owner, scene.assignment, "không thuộc thẩm quyền")
    life.assign(session, now, scene.admin, scene.assignment)
    assert (scene.now_is().state, scene.now_is().owner_id) == ("open", scene.owner)


def test_trap_8_a_unit_given_the_lead_does_not_coordinate_with_itself(scene: Scene) -> None:
    session, town = scene.session, scene.town
    other = town.unit("Sở Tài chính")
    town.person("Người của Tài chính", other, Role.OWNER)
    lead, helper = town.opened(scene.letter, [scene.unit], [other], due_on=DUE)
    life.assign(session, town.now, scene.admin, lead.id or 0, unit_id=other)
    states = {(row.part, row.state) for row in town.assignments(other)}
    assert states == {("lead", "open"), ("coordinate", "withdrawn")}
    assert session.get_one(Assignment, helper.id).next_reminder_at is None


def test_an_answer_by_document_is_confirmed_marked_and_shown_to_the_unit(scene: Scene) -> None:
    session, now = scene.session, at(DUE + timedelta(days=5))
    refused("document_needed", life.record_answer, session, now, scene.contact, scene.assignment, " ", DUE)
    refused(
        "date_in_future",
        life.record_answer,
        session,
        now,
        scene.contact,
        scene.assignment,
        "9/SXD",
        now.date() + timedelta(days=1),
    )
    refused("not_contact", life.record_answer, session, now, scene.head, scene.assignment, "9/SXD", DUE)
    made = life.record_answer(session, now, scene.contact, scene.assignment, "9/SXD", DUE)
    row = scene.now_is()
    assert (made.recorded_by, made.verdict, row.state) == (scene.contact, "confirmed", "confirmed")
    assert row.reported_at is not None
    assert not is_late(row.due_on, row.due_time, row.reported_at)  # the document bears the day of the deadline
    assert [event.person_id for event in scene.events(EventKind.RECORDED)] == [scene.owner]
    refused("already_confirmed", life.record_answer, session, now, scene.admin, scene.assignment, "9/SXD", DUE)


def test_trap_13_the_owner_cannot_record_the_own_answer(database: Database) -> None:
    with database.transaction() as session:
        scene = build(session)
        letter = scene.town.letter(scene.admin, contact_id=scene.owner)
        own = scene.town.opened(letter, [scene.unit])[0]
        refused("own_report", life.record_answer, session, scene.town.now, scene.owner, own.id, "1/A", MONDAY)


def test_snoozing_ends_on_the_last_working_day_before_the_deadline(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    latest = DUE - timedelta(days=1)
    far = refused("snooze_too_far", life.snooze, session, now, scene.owner, scene.assignment, DUE)
    assert far.data["latest"] == latest
    refused("date_past", life.snooze, session, now, scene.owner, scene.assignment, MONDAY)
    life.snooze(session, now, scene.owner, scene.assignment, latest)
    assert scene.now_is().next_reminder_at == at(latest, 8)
    life.snooze(session, now, scene.owner, scene.assignment)
    assert scene.now_is().next_reminder_at == at(MONDAY + timedelta(days=1), 8)
    refused("too_late_to_snooze", life.snooze, session, at(DUE), scene.owner, scene.assignment)


def test_new_reports_are_told_at_once_then_at_most_hourly(scene: Scene) -> None:
    session, town = scene.session, scene.town
    made = [scene.assignment]
    for n in range(3):
        unit = town.unit(f"Sở {n}")
        town.person(f"Người {n}", unit, Role.OWNER)
        made.append(town.opened(scene.letter, [unit], due_on=DUE)[0].id or 0)
    owners = [session.get_one(Assignment, a).owner_id or 0 for a in made]
    life.report(session, at(MONDAY, 9), owners[0], made[0])
    life.report(session, at(MONDAY, 9, 5), owners[1], made[1])  # joins the one that waits
    first = [event for event in scene.events(EventKind.REPORTED) if event.person_id == scene.contact]
    assert [event.available_at for event in first] == [at(MONDAY, 9)]
    first[0].state = "settled"
    session.add(first[0])
    session.flush()
    life.report(session, at(MONDAY, 9, 10), owners[2], made[2])
    life.report(session, at(MONDAY, 9, 50), owners[3], made[3])
    told = [(event.person_id, event.available_at) for event in scene.events(EventKind.REPORTED)]
    assert [when for person, when in told if person == scene.contact] == [at(MONDAY, 9), at(MONDAY, 10)]
    assert [when for person, when in told if person == scene.deputy] == [at(MONDAY, 9)]  # still unsent: all join it


def test_at_night_the_contact_is_not_disturbed_unless_the_letter_is_urgent(database: Database) -> None:
    night = at(MONDAY, 22)
    with database.transaction() as session:
        scene = build(session)
        life.report(session, night, scene.owner, scene.assignment)
        assert scene.events(EventKind.REPORTED)[0].available_at == at(MONDAY + timedelta(days=1), 8)
        letter = scene.town.letter(scene.admin, contact_id=scene.contact, urgency="hỏa tốc")
        urgent = scene.town.opened(letter, [scene.unit], due_on=DUE)[0]
        life.report(session, night, scene.owner, urgent.id or 0)
        events = [event for event in scene.events(EventKind.REPORTED) if event.person_id == scene.contact]
        assert [(event.available_at, event.priority) for event in events] == [(night, 0)]  # the waiting one goes now


def test_the_head_reads_next_morning_what_was_reported_in_the_units_name(scene: Scene) -> None:
    scene.report()
    line = scene.session.exec(select(Reminder)).one()
    assert (line.person_id, line.audience, line.due_at) == (
        scene.head,
        "witness",
        at(MONDAY + timedelta(days=1), 8),
    )


@pytest.mark.parametrize("verb", ["report", "confirm"])
def test_of_two_claimants_one_acts(any_database: Database, verb: str) -> None:
    with any_database.transaction() as session:
        scene = build(session)
        made = scene.report() if verb == "confirm" else None
    outcomes: list[str] = []
    barrier = Barrier(2)

    def act(person: int) -> None:
        barrier.wait()
        try:
            with any_database.transaction() as session:
                if made is None:
                    life.report(session, scene.town.now, person, scene.assignment)
                else:
                    life.confirm(session, scene.town.now, person, made.id or 0)
            outcomes.append("done")
        except Refused as answer:
            outcomes.append(answer.code)

    people = (scene.owner, scene.colleague) if made is None else (scene.contact, scene.deputy)
    threads = [Thread(target=act, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_confirmed" if made else "already_reported", "done"]


def test_dates_of_the_town_are_what_the_stories_say() -> None:
    assert (MONDAY.weekday(), DUE.weekday(), DUE) == (0, 4, date(2026, 12, 11))
