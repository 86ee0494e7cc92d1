"""Consent is said, not silent; a person sees everything kept about them; erased, nothing leads to them."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, SQLModel, col, select, update

from bot import seen
from models import audit
from models.addresses import add_address, add_mailbox, usable
from models.assignments import Assignment, NumberUse, ShortNumber
from models.database import Database
from models.directives import Directive
from models.errors import Refused
from models.events import Event, EventKind
from models.life import report
from models.linking import invite
from models.loading import create
from models.numbers import assign_numbers, listing
from models.outbox import raise_event
from models.people import Address, Person
from models.phones import mask_phone, to_e164
from models.privacy import consent, export_my_data, forget_me
from models.reach import reachable
from models.talk import Dialogue, Seen, Sent
from models.units import Role
from tests.models.letters_of_ours import NOW, by, drafted, letter, someone, task

TELEGRAM = "telegram:1001"
PHONE, MAILBOX, CHAT, NAME = "+84912000123", "mau@syt.example", "chat-4242", "Trần Thị Mẫu"


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


@pytest.fixture
def admin(session: Session) -> int:
    return someone(session, "Văn thư Mẫu", "VPUBND", Role.ADMIN, consent_at=None)


@pytest.fixture
def owner(session: Session, admin: int) -> int:
    """Somebody with everything that can be kept about a person."""
    person = someone(session, NAME, "SYT", phone=PHONE, email=MAILBOX, title="Chuyên viên", consent_at=None)
    add_address(session, NOW, person_id=person, lane=TELEGRAM, chat_id=CHAT)
    add_mailbox(session, NOW, person, MAILBOX)
    invite(session, NOW, person_id=person)
    consent(session, NOW, person)
    tasks = (task("1", "Sở Y tế", deadline=by(date(2026, 12, 20))), task("2", "Sở Y tế"))
    directive = create(session, NOW, drafted(session, admin, letter(*tasks)), admin)
    directive.contact_id = person
    directive.contact_written = f"{NAME} · {PHONE}"
    first = session.exec(select(Assignment)).first()
    assert first is not None
    report(session, NOW, person, first.id or 0, text="Đã hoàn thành")
    raise_event(session, NOW, key="d", kind=EventKind.DIGEST, person_id=person)
    session.add(Seen(lane=TELEGRAM, update_id="1", seen_at=NOW, chat_id=CHAT, answer={"text": f"Chào {NAME}"}))
    session.add(Sent(lane=TELEGRAM, chat_id=CHAT, message_id="9", subject="list", sent_at=NOW))
    session.add(Dialogue(person_id=person, chat_id=CHAT, kind="evidence", asked_at=NOW, expires_at=NOW))
    session.flush()
    return person


def test_consent_is_kept_once_with_its_proof(session: Session, admin: int) -> None:
    assert session.get_one(Person, admin).consent_at is None
    assert consent(session, NOW, admin)
    assert not consent(session, NOW + timedelta(days=1), admin)
    assert session.get_one(Person, admin).consent_at == NOW


def test_a_person_sees_everything_that_is_kept(session: Session, owner: int) -> None:
    found = export_my_data(session, owner)
    assert found["person"]["phone"] == PHONE
    assert found["roles"] == [{"unit": "Sở Y tế", "role": "owner", "is_default": True, "until": None}]
    assert {address["chat_id"] for address in found["addresses"]} == {CHAT, MAILBOX}
    assert [(t["letter"], t["clause"], t["state"]) for t in found["tasks"]] == [
        ("4321/UBND-TH", "1", "reported"),
        ("4321/UBND-TH", "2", "open"),
    ]
    assert found["reports"][0]["text"] == "Đã hoàn thành"
    assert found["contact_of"][0]["letter"] == "4321/UBND-TH"
    assert "consented" in {entry["action"] for entry in found["trail"]}
    assert json.loads(json.dumps(found)) == found


def test_erased_nothing_in_the_database_leads_to_the_person(session: Session, owner: int, admin: int) -> None:
    pseudonym = forget_me(session, NOW, owner)
    session.flush()
    session.expire_all()
    kept = ""
    for table in SQLModel.metadata.sorted_tables:
        if table.name != "draft":  # drafts end by themselves; a letter's own text is the office's document
            kept += "".join(str(tuple(row)) for row in session.connection().execute(table.select()))
    for trace in (NAME, PHONE, MAILBOX, CHAT):
        assert trace not in kept
    assert session.get_one(Person, owner).name == pseudonym
    assert audit.verify(session) is None
    assert usable(session, owner) == []
    with pytest.raises(Refused, match="person_gone"):
        export_my_data(session, owner)


def test_what_the_person_had_to_do_goes_on_with_others(session: Session, owner: int, admin: int) -> None:
    heir = someone(session, "Người kế nhiệm", "SYT")
    forget_me(session, NOW, owner)
    session.expire_all()
    reported, still_open = session.exec(select(Assignment)).all()
    assert (reported.state, reported.owner_id) == ("reported", owner)
    assert (still_open.state, still_open.owner_id) == ("open", heir)
    numbers = session.exec(select(ShortNumber).where(ShortNumber.person_id == heir)).all()
    assert [number.assignment_id for number in numbers] == [still_open.id]
    assert session.exec(select(Directive.contact_id)).one() == admin
    events = session.exec(select(Event.state).where(Event.person_id == owner)).all()
    assert set(events) == {"superseded"}


def test_reports_that_waited_for_the_person_are_put_before_somebody_else(
    session: Session, owner: int, admin: int
) -> None:
    reporter = someone(session, "Đầu mối khác", "SYT")
    still_open = session.exec(select(Assignment).where(Assignment.state == "open")).one()
    report(session, NOW, reporter, still_open.id or 0)
    asked = select(Event.id).where(Event.person_id == admin, Event.kind == EventKind.REPORTED, Event.state == "waiting")
    session.exec(update(Event).where(col(Event.person_id) == admin).values(state="settled"))
    # ``owner`` owns the task too and may not judge it; give it away, so that it waits for them as the contact.
    still_open.owner_id = reporter
    session.flush()
    assign_numbers(session, NOW, owner, [still_open.id or 0], NumberUse.CONFIRM)
    forget_me(session, NOW, owner)
    numbers = listing(session, NOW, admin, NumberUse.CONFIRM)
    assert still_open.id in [item.assignment_id for item in numbers]
    assert listing(session, NOW, owner, NumberUse.CONFIRM) == []
    assert len(session.exec(asked).all()) == 1


def test_nothing_is_still_to_be_answered_to_the_person(session: Session, owner: int, admin: int) -> None:
    forget_me(session, NOW, owner)
    assert seen.take_unanswered(session, NOW, [TELEGRAM], older_than=timedelta()) == []


def test_the_last_admin_stays(session: Session, admin: int) -> None:
    with pytest.raises(Refused, match="last_admin"):
        forget_me(session, NOW, admin)
    someone(session, "Quản trị khác", "VPUBND", Role.ADMIN)
    forget_me(session, NOW, admin)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0912 000 123", PHONE),
        ("0912.000.123", PHONE),
        ("+84 912 000 123", PHONE),
        ("84912000123", PHONE),
        ("912000123", PHONE),
        ("0222 382 1234", "+842223821234"),
        ("113", None),
        ("không có", None),
        ("", None),
        (None, None),
    ],
)
def test_phones_are_kept_in_one_form(written: str | None, kept: str | None) -> None:
    assert to_e164(written) == kept


def test_phones_are_shown_masked() -> None:
    assert mask_phone(PHONE) == "+84••••••123"
    assert mask_phone(None) == ""
    assert mask_phone("12") == "12"


def test_who_has_not_agreed_counts_as_not_connected_and_hears_what_waited_once_they_agree(session: Session) -> None:
    person = Person(name="Trần Thị Thử", created_at=NOW)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(Address(person_id=person.id, channel="telegram", token="1", chat_id="77", verified_at=NOW))
    session.flush()
    event_id = raise_event(
        session, NOW, key="k", kind=EventKind.URGED, person_id=person.id, data={}, priority=3, business_date=NOW.date()
    )
    assert reachable(session, [person.id]) == set()
    assert session.get_one(Event, event_id).lane == ""
    consent(session, NOW, person.id)
    assert reachable(session, [person.id]) == {person.id}
    session.expire_all()
    assert session.get_one(Event, event_id).lane == "telegram:1"
