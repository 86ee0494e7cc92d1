"""A task is changed or withdrawn later: everyone concerned is told once. And /dondoc."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from models import amending, extensions, life, urging
from models.answers import Report
from models.database import Database
from models.directives import Task
from models.events import EventKind
from models.numbers import listing
from models.units import Role
from tests.scene import DUE, Scene, build, refused
from tests.town import MONDAY, at

NEW = DUE + timedelta(days=20)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with database.transaction() as session:
        yield build(session)


def task_of(scene: Scene) -> int:
    return scene.now_is().task_id


def test_a_new_deadline_is_told_once_and_the_first_is_kept(scene: Scene) -> None:
    session, town, now = scene.session, scene.town, scene.town.now
    other = town.unit("Sở Y tế")
    helper = town.person("Phối hợp", other, Role.OWNER)
    lead, _ = town.opened(scene.letter, [scene.unit], [other], due_on=DUE)
    life.sub_assign(session, now, scene.owner, lead.id or 0, scene.colleague, "phần việc")
    made = amending.amend(session, now, scene.admin, lead.task_id, due_on=NEW, product="báo cáo")
    told = [event.person_id for event in scene.events(EventKind.AMENDED)]
    assert sorted(told, key=str) == sorted([scene.owner, helper, scene.contact, scene.colleague], key=str)
    assert made.told == 4
    session.refresh(lead)
    assert (lead.due_on, lead.baseline_due_on) == (NEW, DUE)
    assert session.get_one(Task, lead.task_id).product == "báo cáo"
    assert made.changed == {"due_on": [DUE, NEW], "product": ["", "báo cáo"]}


def test_an_extension_granted_further_stands_and_the_part_given_on_stays_within(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    child = life.sub_assign(session, now, scene.owner, scene.assignment, scene.colleague, "")
    extension = extensions.ask(session, now, scene.owner, scene.assignment, NEW, "x")
    extensions.approve(session, now, scene.contact, extension.id or 0)
    amending.amend(session, now, scene.admin, task_of(scene), due_on=DUE - timedelta(days=2))
    session.refresh(child)
    assert scene.now_is().due_on == NEW
    assert child.due_on == DUE - timedelta(days=2)


def test_a_relative_deadline_runs_from_the_start_that_becomes_known(scene: Scene) -> None:
    session, now, town = scene.session, scene.town.now, scene.town
    made = town.opened(scene.letter, [scene.unit], deadline_kind="relative", relative_days=100)[0]
    assert (made.due_on, made.baseline_due_on) == (None, None)
    amending.amend(session, now, scene.admin, made.task_id, starts_on=MONDAY)
    session.refresh(made)
    assert (made.due_on, made.baseline_due_on) == (date(2027, 3, 10), date(2027, 3, 10))


def test_a_new_rule_holds_from_the_period_that_runs_unless_its_day_has_passed(scene: Scene) -> None:
    session, now, town = scene.session, scene.town.now, scene.town
    rule = "FREQ=MONTHLY;BYMONTHDAY=24"
    made = town.opened(scene.letter, [scene.unit], deadline_kind="recurring", rrule=rule)[0]
    refused("unknown_rule", amending.amend, session, now, scene.admin, made.task_id, rrule="FREQ=SOMETIMES")
    assert session.get_one(Task, made.task_id).rrule == rule
    amending.amend(session, now, scene.admin, made.task_id, rrule="FREQ=MONTHLY;BYMONTHDAY=28")
    session.refresh(made)
    assert (made.due_on, made.baseline_due_on) == (date(2026, 12, 28), date(2026, 12, 24))
    assert session.get_one(Task, made.task_id).next_opening_at is not None
    late = at(date(2026, 12, 15))
    amending.amend(session, late, scene.admin, made.task_id, rrule="FREQ=MONTHLY;BYMONTHDAY=10")
    session.refresh(made)
    assert made.due_on == date(2026, 12, 28)
    opens = session.get_one(Task, made.task_id).next_opening_at
    assert opens is not None
    assert opens < at(date(2027, 1, 10))


def test_withdrawn_is_off_every_list_and_out_of_every_question(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    made = scene.report()
    refused("reason_needed", amending.withdraw_task, session, now, scene.admin, task_of(scene), "")
    amending.withdraw_task(session, now, scene.admin, task_of(scene), "trùng nhiệm vụ")
    assert (scene.now_is().state, scene.now_is().next_reminder_at) == ("withdrawn", None)
    assert listing(session, now, scene.owner) == listing(session, now, scene.contact) == []
    assert session.get_one(Report, made.id).verdict == "withdrawn"
    assert {event.person_id for event in scene.events(EventKind.WITHDRAWN)} == {scene.owner, scene.contact}
    refused("report_withdrawn", life.confirm, session, now, scene.contact, made.id)
    refused("task_withdrawn", life.report, session, now, scene.owner, scene.assignment)
    refused("task_withdrawn", amending.withdraw_task, session, now, scene.admin, task_of(scene), "x")


def test_what_was_confirmed_stays_confirmed(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    life.confirm(session, now, scene.contact, scene.report().id or 0)
    amending.withdraw_task(session, now, scene.admin, task_of(scene), "kết thúc")
    assert scene.now_is().state == "confirmed"


def test_only_an_admin_amends_and_only_what_changes(scene: Scene) -> None:
    session, now, task = scene.session, scene.town.now, task_of(scene)
    refused("not_admin", amending.amend, session, now, scene.contact, task, text="khác")
    refused("nothing_changed", amending.amend, session, now, scene.admin, task, due_on=DUE)
    refused("date_past", amending.amend, session, now, scene.admin, task, due_on=MONDAY - timedelta(days=1))
    assert scene.events(EventKind.AMENDED) == []


def test_dondoc_reminds_those_who_have_not_reported_once_a_day(scene: Scene) -> None:
    session, town, now = scene.session, scene.town, scene.town.now
    units = [town.unit(f"Xã {n}", "xã") for n in range(3)]
    owners = [town.person(f"Cán bộ {n}", unit, Role.OWNER, linked=n < 2) for n, unit in enumerate(units)]
    letter = town.letter(scene.admin, contact_id=None)
    first, second = town.opened(letter, units, due_on=NEW), town.opened(letter, units, due_on=DUE)
    life.report(session, now, owners[0], first[0].id or 0)
    life.report(session, now, owners[0], second[0].id or 0)
    refused("not_contact", urging.urge, session, now, owners[1], letter)
    urged = urging.urge(session, now, scene.admin, letter)
    events = scene.events(EventKind.URGED)
    assert [(e.person_id, e.data["assignments"]) for e in events if e.person_id == owners[1]] == [
        (owners[1], [second[1].id, first[1].id])  # one message, the nearest deadline first
    ]
    assert urged.assignments == 4
    assert owners[0] not in {event.person_id for event in events}
    assert owners[2] not in {event.person_id for event in events}  # not linked: the contact knows, it is the admin
    refused("urged_today", urging.urge, session, now + timedelta(hours=1), scene.admin, letter)
    assert urging.urge(session, at(MONDAY + timedelta(days=1)), scene.admin, letter).people == urged.people


def test_dondoc_with_nobody_left_to_remind_says_so(scene: Scene) -> None:
    scene.report()
    refused("nobody_to_urge", urging.urge, scene.session, scene.town.now, scene.contact, scene.letter)
    refused("no_such_directive", urging.urge, scene.session, scene.town.now, scene.contact, 999)
