"""A chat becomes a person's by a one-time code or their own phone; guesses are counted; everything can be undone."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import audit
from models.addresses import (
    ZALO_SEATS,
    add_address,
    add_mailbox,
    bot_with_place,
    mark_blocked,
    mark_unblocked,
    migrate_chat,
    reorder,
    usable,
)
from models.database import Database
from models.errors import Refused
from models.events import Event, EventKind
from models.invitations import Bots, not_linked, printable_invitations
from models.linking import (
    ALPHABET,
    TRIES_PER_CHAT,
    first_admin,
    invite,
    link_by_code,
    link_by_phone,
    unlink,
    unlink_person,
)
from models.outbox import raise_event
from models.people import Address, LinkCode, Membership, Person
from models.register import seed_register
from models.units import Role, Unit
from models.whois import admins, find_people, in_charge, is_admin, person_of, roles_of

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TELEGRAM = "telegram:1001"
ZALO = "zalo:7001"


@pytest.fixture
def session(town: Database) -> Iterator[Session]:
    with town.transaction() as opened:
        yield opened


def unit_id(session: Session, code: str) -> int:
    found = session.exec(select(Unit.id).where(Unit.code == code)).one()
    assert found is not None
    return found


def someone(session: Session, name: str = "Trần Thị Mẫu", unit: str = "SKHCN", phone: str | None = None) -> Person:
    person = Person(name=name, phone=phone, created_at=NOW, consent_at=NOW)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(Membership(person_id=person.id, unit_id=unit_id(session, unit), role=Role.OWNER, is_default=True))
    session.flush()
    return person


def admin_of(session: Session, unit: int) -> int:
    person = Person(name="Quản Trị Mẫu", created_at=NOW)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(Membership(person_id=person.id, unit_id=unit, role=Role.ADMIN))
    session.flush()
    return person.id


def refusal(call: object, *args: object, **kwargs: object) -> str:
    assert callable(call)
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_code_links_once_and_is_easy_to_type(session: Session) -> None:
    person = someone(session)
    code = invite(session, NOW, person_id=person.id)
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert code not in str(session.exec(select(LinkCode)).one().model_dump())
    typed = f" {code[:4].lower()}-{code[4:]} "
    linked = link_by_code(session, NOW, typed, lane=ZALO, chat_id="a1")
    assert linked.person is not None
    assert linked.person.id == person.id
    assert person_of(session, ZALO, "a1") is linked.person
    assert refusal(link_by_code, session, NOW, code, lane=TELEGRAM, chat_id="b2") == "code_used"
    assert audit.verify(session) is None


def test_a_code_expires(session: Session) -> None:
    code = invite(session, NOW, person_id=someone(session).id, days=3)
    late = NOW + timedelta(days=3)
    assert refusal(link_by_code, session, late, code, lane=TELEGRAM, chat_id="b2") == "code_expired"
    assert person_of(session, TELEGRAM, "b2") is None


def test_guessing_is_stopped_for_that_chat_only(session: Session) -> None:
    code = invite(session, NOW, person_id=someone(session).id)
    for _ in range(TRIES_PER_CHAT):
        assert refusal(link_by_code, session, NOW, "AAAAAAAA", lane=TELEGRAM, chat_id="guess") == "code_unknown"
    assert refusal(link_by_code, session, NOW, code, lane=TELEGRAM, chat_id="guess") == "code_too_many"
    later = NOW + timedelta(hours=1, seconds=1)
    assert link_by_code(session, later, code, lane=TELEGRAM, chat_id="honest").person


def test_guessing_from_many_chats_is_stopped_for_all(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.linking.TRIES_OVERALL", 10)
    code = invite(session, NOW, person_id=someone(session).id)
    for n in range(10):
        assert refusal(link_by_code, session, NOW, "AAAAAAAA", lane=TELEGRAM, chat_id=f"g{n}") == "code_unknown"
    assert refusal(link_by_code, session, NOW, code, lane=TELEGRAM, chat_id="honest") == "code_too_many"


def test_many_wrong_codes_alarm_the_admins_once_an_hour(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.linking.ALARM_AT", 3)
    first_admin(session, NOW, "Văn thư Mẫu")
    for n in range(5):
        assert refusal(link_by_code, session, NOW, "AAAAAAAA", lane=TELEGRAM, chat_id=f"g{n}") == "code_unknown"
    alarm = session.exec(select(Event).where(Event.kind == EventKind.ALERT)).one()
    assert alarm.data == {"code": "codes_guessed", "tries": 3}


def test_guesses_count_although_their_savepoint_is_taken_back(town: Database) -> None:
    def guess(code: str) -> str:
        with town.transaction() as session:
            try:
                with session.begin_nested():
                    link_by_code(session, NOW, code, lane=TELEGRAM, chat_id="t1")
            except Refused as why:
                return why.code
        return "linked"

    with town.transaction() as session:
        code = invite(session, NOW, person_id=someone(session).id)
    assert [guess("AAAAAAAA") for _ in range(TRIES_PER_CHAT)] == ["code_unknown"] * TRIES_PER_CHAT
    assert guess(code) == "code_too_many"


def test_what_waits_follows_the_person_to_the_chat_that_works(session: Session) -> None:
    person = someone(session)
    assert person.id
    event = raise_event(session, NOW, key="k", kind=EventKind.DIGEST, person_id=person.id)

    def lane() -> str:
        session.expire_all()
        return session.get_one(Event, event).lane

    assert lane() == ""
    link_by_code(session, NOW, invite(session, NOW, person_id=person.id), lane=TELEGRAM, chat_id="t1")
    link_by_code(session, NOW, invite(session, NOW, person_id=person.id), lane=ZALO, chat_id="z1")
    assert lane() == TELEGRAM
    mark_blocked(session, NOW, TELEGRAM, "t1", "blocked")
    assert lane() == ZALO
    mark_unblocked(session, NOW, TELEGRAM, "t1")
    assert lane() == TELEGRAM
    unlink_person(session, NOW, person.id, by=None)
    assert lane() == ""


def test_a_second_messenger_adds_an_address_and_a_chat_has_one_owner(session: Session) -> None:
    one, other = someone(session), someone(session, "Lê Văn Thử", "SYT")
    assert one.id
    link_by_code(session, NOW, invite(session, NOW, person_id=one.id), lane=TELEGRAM, chat_id="t1")
    link_by_code(session, NOW, invite(session, NOW, person_id=one.id), lane=ZALO, chat_id="z1")
    link_by_code(session, NOW, invite(session, NOW, person_id=one.id), lane=TELEGRAM, chat_id="t1")
    assert [a.lane for a in usable(session, one.id)] == [TELEGRAM, ZALO]
    taken = invite(session, NOW, person_id=other.id)
    assert refusal(link_by_code, session, NOW, taken, lane=ZALO, chat_id="z1") == "chat_taken"
    assert link_by_code(session, NOW, taken, lane=ZALO, chat_id="z2").person is other


def test_the_order_of_preference_is_the_persons_and_mail_is_last(session: Session) -> None:
    person = someone(session)
    assert person.id
    add_mailbox(session, NOW, person.id, "mau@bacninh.example")
    zalo = add_address(session, NOW, person_id=person.id, lane=ZALO, chat_id="z1")
    telegram = add_address(session, NOW, person_id=person.id, lane=TELEGRAM, chat_id="t1")
    assert [a.channel for a in usable(session, person.id)] == ["zalo", "telegram", "email"]
    assert telegram.id
    assert zalo.id
    reorder(session, person.id, [telegram.id])
    assert [a.channel for a in usable(session, person.id)] == ["telegram", "zalo", "email"]
    assert refusal(reorder, session, person.id, [telegram.id, 99]) == "address_gone"
    add_mailbox(session, NOW, person.id, "moi@bacninh.example")
    assert [a.chat_id for a in usable(session, person.id)][2:] == ["moi@bacninh.example"]


@pytest.mark.parametrize("shared", ["84912000001", "+84912000001", "0912 000 001"])
def test_ones_own_shared_contact_links(session: Session, shared: str) -> None:
    person = someone(session, phone="+84912000001")
    linked = link_by_phone(session, NOW, shared, is_own=True, lane=TELEGRAM, chat_id="t1")
    assert linked.person is person


def test_a_contact_that_proves_nothing_links_nobody(session: Session) -> None:
    someone(session, phone="+84912000001")
    share = {"is_own": True, "lane": TELEGRAM, "chat_id": "t1"}
    not_own = share | {"is_own": False}
    assert refusal(link_by_phone, session, NOW, "84912000001", **not_own) == "contact_not_own"
    assert refusal(link_by_phone, session, NOW, "84912000009", **share) == "phone_unknown"
    assert refusal(link_by_phone, session, NOW, "nonsense", **share) == "phone_unknown"
    someone(session, "Người thứ hai", "SYT", phone="+84912000001")
    assert refusal(link_by_phone, session, NOW, "84912000001", **share) == "phone_ambiguous"
    assert person_of(session, TELEGRAM, "t1") is None


def test_unlinking_frees_the_chat_and_kills_open_codes(session: Session) -> None:
    person, heir = someone(session), someone(session, "Người kế nhiệm", "SKHCN")
    address = link_by_code(session, NOW, invite(session, NOW, person_id=person.id), lane=TELEGRAM, chat_id="t1").address
    left_over = invite(session, NOW, person_id=person.id)
    assert person.id
    assert unlink_person(session, NOW, person.id, by=None) == 1
    assert person_of(session, TELEGRAM, "t1") is None
    assert refusal(link_by_code, session, NOW, left_over, lane=TELEGRAM, chat_id="t9") == "code_expired"
    assert address.id
    assert refusal(unlink, session, NOW, address.id, None) == "address_gone"
    assert (
        link_by_code(session, NOW, invite(session, NOW, person_id=heir.id), lane=TELEGRAM, chat_id="t1").person is heir
    )


def test_a_blocked_chat_is_not_used_until_it_is_unblocked(session: Session) -> None:
    person = someone(session)
    assert person.id
    add_address(session, NOW, person_id=person.id, lane=TELEGRAM, chat_id="t1")
    assert mark_blocked(session, NOW, TELEGRAM, "t1", "blocked") == 1
    assert usable(session, person.id) == []
    assert mark_unblocked(session, NOW, TELEGRAM, "t1") == 1
    assert [a.chat_id for a in usable(session, person.id)] == ["t1"]


def test_a_units_group_chat_is_linked_by_the_units_code_and_follows_a_migration(session: Session) -> None:
    unit = unit_id(session, "SKHCN")
    code = invite(session, NOW, unit_id=unit)
    assert refusal(link_by_code, session, NOW, code, lane=TELEGRAM, chat_id="t1") == "code_for_group"
    admin = admin_of(session, unit)
    linked = link_by_code(session, NOW, code, lane=TELEGRAM, chat_id="-500", thread_id="7", linker=admin)
    assert (linked.unit and linked.unit.code, linked.address.thread_id) == ("SKHCN", "7")
    personal = invite(session, NOW, person_id=someone(session).id)
    refused = refusal(link_by_code, session, NOW, personal, lane=TELEGRAM, chat_id="-500", linker=admin)
    assert refused == "code_for_person"
    assert migrate_chat(session, NOW, TELEGRAM, "-500", "-100500") == 1
    session.expire_all()
    assert session.get_one(Address, linked.address.id).chat_id == "-100500"


def test_a_full_zalo_bot_takes_nobody_more_and_invitations_go_to_the_next(session: Session) -> None:
    for n in range(ZALO_SEATS - 1):
        person = someone(session, f"Người số {n}")
        add_address(session, NOW, person_id=person.id, lane=ZALO, chat_id=f"z{n}")
    last = someone(session, "Người cuối")
    assert bot_with_place(session, NOW, [ZALO, "zalo:7002"]) == ZALO
    invite(session, NOW, person_id=last.id, lane=ZALO)
    assert bot_with_place(session, NOW, [ZALO, "zalo:7002"]) == "zalo:7002"
    assert last.id
    add_address(session, NOW, person_id=last.id, lane=ZALO, chat_id="zlast")
    one_more = invite(session, NOW, person_id=someone(session, "Người thêm").id)
    assert refusal(link_by_code, session, NOW, one_more, lane=ZALO, chat_id="zmore") == "bot_full"
    assert link_by_code(session, NOW, one_more, lane="zalo:7002", chat_id="zmore").person


def test_the_first_admin_is_made_once(session: Session) -> None:
    link_by_code(session, NOW, first_admin(session, NOW, "Nguyễn  Văn Quản"), lane=TELEGRAM, chat_id="t1")
    first_admin(session, NOW, "Nguyễn Văn Quản")
    person = person_of(session, TELEGRAM, "t1")
    assert person is not None
    assert person.id
    assert is_admin(session, NOW, person.id)
    assert admins(session, NOW) == [person.id]
    membership = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
    membership.until = NOW
    session.flush()
    assert not is_admin(session, NOW, person.id)
    assert roles_of(session, NOW - timedelta(seconds=1), person.id) == {Role.ADMIN: [membership.unit_id]}


def test_who_gets_a_units_tasks(session: Session) -> None:
    unit = unit_id(session, "STC")
    head, owner = someone(session, "Người đứng đầu", "STC"), someone(session, "Đầu mối", "STC")
    memberships = session.exec(select(Membership).where(Membership.unit_id == unit)).all()
    memberships[0].role, memberships[0].is_default = Role.HEAD, False
    session.flush()
    assert in_charge(session, NOW, [unit, unit_id(session, "SYT")]) == {unit: owner.id}
    memberships[1].until = NOW
    session.flush()
    assert in_charge(session, NOW, [unit]) == {unit: head.id}


def test_people_are_found_by_name_without_accents_or_by_phone(session: Session) -> None:
    person = someone(session, "Trần Thị Mẫu", phone="+84912000001")
    someone(session, "Trần Thị Mẫu Đơn")
    assert find_people(session, "tran thi mau")[0] is person
    assert len(find_people(session, "Mẫu")) == 2
    assert find_people(session, "0912000001") == [person]
    assert find_people(session, "  ") == []


def test_slips_for_the_units_that_are_not_linked(session: Session) -> None:
    linked, waiting = someone(session, "Đã kết nối", "STC"), someone(session, "Chưa kết nối", "SYT")
    link_by_code(session, NOW, invite(session, NOW, person_id=linked.id), lane=TELEGRAM, chat_id="t1")
    units = {row.unit.code: row for row in not_linked(session, NOW)}
    assert "STC" not in units
    assert units["SYT"].person is waiting
    assert units["09313"].person is None
    assert not {"STTTT", "H256", "UBNDT"} & units.keys()
    slips = printable_invitations(session, NOW, Bots("dondoc_bot", ((ZALO, "Đôn đốc Bắc Ninh"),)), by=None)
    assert len(slips) == len(units)
    slip = next(slip for slip in slips if slip.unit.code == "SYT")
    assert slip.telegram_link == f"https://t.me/dondoc_bot?start={slip.code}"
    assert slip.zalo_words == f"tìm bot “Đôn đốc Bắc Ninh” trên Zalo, gửi: {slip.code}"
    assert all(not s.code for s in slips if s.person is None)
    assert link_by_code(session, NOW, slip.code, lane=ZALO, chat_id="z1").person is waiting
    again = {row.unit.code for row in not_linked(session, NOW)}
    assert "SYT" not in again


def test_a_refused_link_leaves_the_code_for_the_right_chat(session: Session) -> None:
    one, other = someone(session), someone(session, "Lê Văn Thử", "SYT")
    link_by_code(session, NOW, invite(session, NOW, person_id=one.id), lane=TELEGRAM, chat_id="t1")
    code = invite(session, NOW, person_id=other.id)
    assert refusal(link_by_code, session, NOW, code, lane=TELEGRAM, chat_id="t1") == "chat_taken"
    assert link_by_code(session, NOW, code, lane=TELEGRAM, chat_id="t2").person is other


def test_one_code_in_two_chats_at_once_links_one(any_database: Database) -> None:
    with any_database.transaction() as session:
        seed_register(session)
        person = someone(session)
        code = invite(session, NOW, person_id=person.id)
    refused: list[str] = []

    def link(chat: str) -> None:
        try:
            with any_database.transaction() as session:
                link_by_code(session, NOW, code, lane=TELEGRAM, chat_id=chat)
        except Refused as why:
            refused.append(why.code)

    threads = [threading.Thread(target=link, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["code_used"] * 3
    with any_database.reading() as session:
        assert len(session.exec(select(Address)).all()) == 1
