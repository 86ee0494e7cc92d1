"""Whoever had to decide leaves, is replaced or was never connected: what waited for them waits for somebody else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from models import extensions, handing, life, verdicts
from models.addresses import add_address
from models.answers import Extension
from models.assignments import NumberUse
from models.database import Database
from models.events import EventKind, EventState
from models.linking import unlink_person
from models.numbers import listing, number_of
from models.privacy import forget_me
from models.replacing import replace
from models.units import Role
from tests.scene import DUE, Scene, build

LATER = DUE + timedelta(days=14)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with database.transaction() as session:
        yield build(session)


def waiting_for(scene: Scene, kind: EventKind) -> list[int | None]:
    return [event.person_id for event in scene.events(kind) if event.state == EventState.WAITING]


def ask(scene: Scene) -> Extension:
    return extensions.ask(scene.session, scene.town.now, scene.owner, scene.assignment, LATER, "chờ số liệu")


def test_a_dispute_goes_to_another_admin_with_its_reason(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    other = scene.town.person("Quản trị khác", 1, Role.ADMIN)
    life.not_ours(session, now, scene.owner, scene.assignment, "thuộc Sở Y tế")
    first = scene.events(EventKind.DISPUTED)[0]
    forget_me(session, now, scene.admin)
    assert number_of(session, other, scene.assignment, NumberUse.DECIDE)
    assert listing(session, now, scene.admin) == []
    assert waiting_for(scene, EventKind.DISPUTED) == [other]
    assert scene.events(EventKind.DISPUTED)[-1].data["reason_audit"] == first.data["reason_audit"]


def test_a_dispute_about_a_letter_whose_loader_is_gone_reaches_an_admin(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    other = scene.town.person("Quản trị khác", 1, Role.ADMIN)
    forget_me(session, now, scene.admin)
    life.not_ours(session, now, scene.owner, scene.assignment, "thuộc Sở Y tế")
    assert number_of(session, other, scene.assignment, NumberUse.DECIDE)


def test_a_request_for_more_time_is_put_before_who_decides_now(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    request = ask(scene)
    assert request.decider_id == scene.contact
    forget_me(session, now, scene.contact)
    session.refresh(request)
    assert request.decider_id is not None
    assert request.decider_id != scene.contact
    assert set(waiting_for(scene, EventKind.EXTENSION_ASKED)) == {scene.deputy, request.decider_id}
    assert number_of(session, request.decider_id, scene.assignment, NumberUse.DECIDE)
    extensions.approve(session, now, request.decider_id, request.id or 0)
    assert scene.now_is().due_on == LATER


def test_the_successor_decides_what_was_asked_of_the_one_before(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    request, successor = ask(scene), scene.town.person("Người thay", 1)
    replace(session, now, scene.admin, scene.contact, successor)
    session.refresh(request)
    assert request.decider_id == successor
    assert number_of(session, successor, scene.assignment, NumberUse.DECIDE)
    extensions.approve(session, now, successor, request.id or 0)


@pytest.mark.parametrize("how", ["handed over", "forgotten"])
def test_a_new_owner_takes_nothing_off_the_deciders_list(scene: Scene, how: str) -> None:
    session, now = scene.session, scene.town.now
    ask(scene)
    if how == "forgotten":
        forget_me(session, now, scene.owner)
    else:
        handing.hand_over(session, now, scene.owner, scene.assignment, scene.colleague)
    assert number_of(session, scene.contact, scene.assignment, NumberUse.DECIDE)
    assert listing(session, now, scene.owner) == []


def test_what_an_admin_gave_back_is_off_the_admins_list(scene: Scene) -> None:
    session: Session = scene.session
    life.not_ours(session, scene.town.now, scene.owner, scene.assignment, "không thuộc")
    handing.assign(session, scene.town.now, scene.admin, scene.assignment, to_person=scene.owner)
    assert listing(session, scene.town.now, scene.admin) == []


def test_a_contact_who_is_not_connected_is_no_black_hole(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    for person in (scene.contact, scene.deputy):
        unlink_person(session, now, person, scene.admin)
    report = scene.report()
    assert [event.person_id for event in scene.events(EventKind.REPORTED)] == [scene.admin]
    assert number_of(session, scene.admin, scene.assignment, NumberUse.CONFIRM)
    add_address(session, now, person_id=scene.contact, lane="telegram:1", chat_id="new")
    assert number_of(session, scene.contact, scene.assignment, NumberUse.CONFIRM)
    verdicts.confirm(session, now, scene.admin, report.id or 0)  # asked, so still allowed
    assert scene.now_is().state == "confirmed"


def test_more_time_is_asked_of_the_admin_while_the_contact_is_not_connected(scene: Scene) -> None:
    for person in (scene.contact, scene.deputy):
        unlink_person(scene.session, scene.town.now, person, scene.admin)
    request = ask(scene)
    assert request.decider_id == scene.admin
    assert waiting_for(scene, EventKind.EXTENSION_ASKED) == [scene.admin]


def test_a_connected_deputy_is_asked_before_any_admin(scene: Scene) -> None:
    unlink_person(scene.session, scene.town.now, scene.contact, scene.admin)
    scene.report()
    assert [event.person_id for event in scene.events(EventKind.REPORTED)] == [scene.deputy]
    assert number_of(scene.session, scene.admin, scene.assignment, NumberUse.CONFIRM) is None
