"""More time: asked, weighed, decided, proposed anew; the first deadline never touched."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from models import extensions, life, settings_store
from models.assignments import NumberUse
from models.database import Database
from models.directives import Directive
from models.errors import Refused
from models.events import EventKind
from models.numbers import listing, number_of
from models.units import Role
from tests.scene import DUE, Scene, build, refused
from tests.town import MONDAY, at

LATER = DUE + timedelta(days=14)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with database.transaction() as session:
        yield build(session)


def asked(scene: Scene) -> int:
    made = extensions.ask(scene.session, scene.town.now, scene.owner, scene.assignment, LATER, "chờ số liệu")
    return made.id or 0


def with_leader(scene: Scene) -> int:
    """The issuer gets a unit of the register and a leader."""
    issuer = scene.town.unit("UBND huyện", "khác")
    letter = scene.session.get_one(Directive, scene.letter)
    letter.issuer_unit_id = issuer
    scene.session.add(letter)
    return scene.town.person("Lãnh đạo", issuer, Role.LEADER)


def test_trap_12_an_extension_moves_the_deadline_and_keeps_the_first_one(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    extension = asked(scene)
    assert [event.person_id for event in scene.events(EventKind.EXTENSION_ASKED)] == [scene.contact, scene.deputy]
    assert number_of(session, scene.contact, scene.assignment, NumberUse.DECIDE) == 1
    granted = extensions.approve(session, now, scene.contact, extension, document_number="88/VP")
    row = scene.now_is()
    assert (row.baseline_due_on, row.due_on) == (DUE, LATER)
    assert (granted.decision_document, granted.decided_by) == ("88/VP", scene.contact)
    assert row.next_reminder_at == at(MONDAY + timedelta(days=1), 8)  # "new" is still to be told
    assert [event.person_id for event in scene.events(EventKind.EXTENSION_DECIDED)] == [scene.owner]
    assert listing(session, now, scene.contact) == []
    refused("already_decided", extensions.refuse, session, now, scene.contact, extension, "muộn")


def test_the_issuers_leader_decides_when_one_is_set_and_the_contact_gives_an_opinion(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    leader = with_leader(scene)
    extension = asked(scene)
    assert {event.person_id for event in scene.events(EventKind.EXTENSION_ASKED)} == {
        scene.contact,
        scene.deputy,
        leader,
    }
    refused("not_decider", extensions.approve, session, now, scene.contact, extension)
    refused("you_decide", extensions.give_opinion, session, now, leader, extension, True)
    refused("not_contact", extensions.give_opinion, session, now, scene.head, extension, True)
    weighed = extensions.give_opinion(session, now, scene.contact, extension, False, "đã gia hạn nhiều")
    assert (weighed.opinion, weighed.opinion_reason) == ("disagree", "đã gia hạn nhiều")
    assert scene.events(EventKind.EXTENSION_ASKED)[-1].person_id == leader
    assert extensions.approve(session, now, leader, extension).state == "approved"


def test_a_setting_of_the_issuer_leaves_it_to_the_contact(scene: Scene) -> None:
    leader = with_leader(scene)
    settings_store.write(scene.session, settings_store.DECIDER, "contact")
    extension = asked(scene)
    refused("not_decider", extensions.approve, scene.session, scene.town.now, leader, extension)
    assert extensions.approve(scene.session, scene.town.now, scene.contact, extension).state == "approved"


def test_refused_with_a_reason_the_deadline_stands(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    extension = asked(scene)
    refused("reason_needed", extensions.refuse, session, now, scene.contact, extension, " ")
    assert extensions.refuse(session, now, scene.contact, extension, "việc gấp").decision_reason == "việc gấp"
    assert scene.now_is().due_on == DUE


@pytest.mark.parametrize("accepts", [True, False])
def test_a_counter_proposal_is_the_owners_to_accept_or_decline(scene: Scene, accepts: bool) -> None:
    session, now = scene.session, scene.town.now
    extension, middle = asked(scene), DUE + timedelta(days=7)
    refused("not_countered", extensions.accept_counter, session, now, scene.owner, extension)
    extensions.counter(session, now, scene.contact, extension, middle, reason="chỉ một tuần")
    assert scene.now_is().due_on == DUE
    refused("not_yours", extensions.accept_counter, session, now, scene.contact, extension)
    answer = extensions.accept_counter if accepts else extensions.decline_counter
    settled = answer(session, now, scene.owner, extension)
    assert (settled.state, scene.now_is().due_on) == (("approved", middle) if accepts else ("cancelled", DUE))
    assert scene.now_is().baseline_due_on == DUE
    assert scene.events(EventKind.EXTENSION_DECIDED)[-1].person_id == scene.contact


def test_what_cannot_be_asked(scene: Scene) -> None:
    session, town, now = scene.session, scene.town, scene.town.now
    ask = extensions.ask
    refused("not_yours", ask, session, now, scene.contact, scene.assignment, LATER, "x")
    refused("reason_needed", ask, session, now, scene.owner, scene.assignment, LATER, " ")
    assert refused("not_later", ask, session, now, scene.owner, scene.assignment, DUE, "x").data == {"due": DUE}
    past = DUE + timedelta(days=1)
    refused("date_past", ask, session, at(DUE + timedelta(days=9)), scene.owner, scene.assignment, past, "x")
    untimed = town.opened(scene.letter, [scene.unit])[0]
    refused("no_deadline", ask, session, now, scene.owner, untimed.id, LATER, "x")
    asked(scene)
    refused("extension_open", ask, session, now, scene.owner, scene.assignment, LATER, "x")


def test_trap_14_a_coordinator_asks_for_nothing(scene: Scene) -> None:
    other = scene.town.unit("Sở Y tế")
    helper = scene.town.person("Phối hợp", other, Role.OWNER)
    _, second = scene.town.opened(scene.letter, [scene.unit], [other], due_on=DUE)
    refused("only_informed", extensions.ask, scene.session, scene.town.now, helper, second.id, LATER, "x")


def test_what_was_given_on_is_not_extended_beyond_its_parent(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    child = life.sub_assign(session, now, scene.owner, scene.assignment, scene.colleague, "", DUE - timedelta(days=3))
    too_far = refused("child_beyond_parent", extensions.ask, session, now, scene.colleague, child.id, LATER, "x")
    assert too_far.data == {"latest": DUE}
    extension = extensions.ask(session, now, scene.colleague, child.id or 0, DUE, "x")
    assert extension.decider_id == scene.owner  # whoever gave the part decides about it
    extensions.approve(session, now, scene.owner, extension.id or 0)
    assert (child.due_on, child.baseline_due_on) == (DUE, DUE - timedelta(days=3))


def test_the_third_request_is_flagged_and_one_taken_back_does_not_count(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    extensions.withdraw_request(session, now, scene.owner, asked(scene))
    ordinals: list[int] = []
    for week in (1, 2, 3):
        wanted = DUE + timedelta(days=7 * week)
        made = extensions.ask(session, now, scene.owner, scene.assignment, wanted, "còn chờ")
        ordinals.append(made.ordinal)
        extensions.approve(session, now, scene.contact, made.id or 0)
    assert [ordinal >= extensions.FLAGGED_FROM for ordinal in ordinals] == [False, False, True]
    assert scene.now_is().baseline_due_on == DUE


def test_reporting_keeps_the_request_confirming_ends_it(scene: Scene) -> None:
    session, now = scene.session, scene.town.now
    extension = asked(scene)
    made = scene.report()
    extensions.approve(session, now, scene.contact, extension)  # asked in time, granted after the report
    assert (scene.now_is().due_on, scene.now_is().next_reminder_at) == (LATER, None)
    life.withdraw_report(session, now, scene.owner, scene.assignment)
    again = extensions.ask(session, now, scene.owner, scene.assignment, LATER + timedelta(days=1), "x")
    made = scene.report()
    life.confirm(session, now, scene.contact, made.id or 0)
    session.refresh(again)
    assert again.state == "cancelled"
    refused("already_decided", extensions.approve, session, now, scene.contact, again.id)


def test_of_two_requests_at_once_one_is_made(any_database: Database) -> None:
    with any_database.transaction() as session:
        scene = build(session)
    outcomes: list[str] = []
    barrier = Barrier(2)

    def ask(person: int) -> None:
        barrier.wait()
        try:
            with any_database.transaction() as session:
                extensions.ask(session, scene.town.now, person, scene.assignment, LATER, "x")
            outcomes.append("asked")
        except Refused as answer:
            outcomes.append(answer.code)

    threads = [Thread(target=ask, args=(person,)) for person in (scene.owner, scene.colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["asked", "extension_open"]


def test_two_deciders_decide_once(any_database: Database) -> None:
    with any_database.transaction() as session:
        scene = build(session)
        extension = asked(scene)
    outcomes: list[str] = []
    barrier = Barrier(2)

    def decide(act: str) -> None:
        barrier.wait()
        try:
            with any_database.transaction() as session:
                if act == "approve":
                    extensions.approve(session, scene.town.now, scene.contact, extension)
                else:
                    extensions.refuse(session, scene.town.now, scene.deputy, extension, "x")
            outcomes.append("decided")
        except Refused as answer:
            outcomes.append(answer.code)

    threads = [Thread(target=decide, args=(act,)) for act in ("approve", "refuse")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_decided", "decided"]
