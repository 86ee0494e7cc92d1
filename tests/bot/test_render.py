"""Every event as a message: true now or not sent, short enough, whatever people typed; menus by role."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.channels.base import Outgoing
from bot.commands.help import menu_for
from bot.inbox import resume
from bot.lines import ITEM, entry, item
from bot.quoting import assignments_of
from bot.render import RENDERERS, refreshed, render
from bot.shorten import block, line, pages, units
from bot.texts import say_for
from models import life
from models.answers import Report
from models.assignments import Assignment
from models.directives import Directive, Task
from models.events import Event, EventKind
from models.outbox import raise_event
from models.people import Address, Person
from models.units import Role, Unit
from tests.bot.conftest import Folk

NASTY = "<b>đậm</b> & [x](y) `c` _i_ *s* {n} %s \u202e\u200b\x07 \U0001f600\n\n\n“" + "Rất dài " * 1500
DIGESTS = {
    EventKind.DIGEST,
    EventKind.GROUP_DIGEST,
    EventKind.URGENT,
    EventKind.REPORTED,
    EventKind.PERIOD,
    EventKind.ALERT,
}


def event(
    folk: Folk, kind: EventKind, data: dict[str, Any], person: int | None = None, unit: int | None = None
) -> Event:
    return Event(
        id=7, key="x", kind=kind, person_id=person, unit_id=unit, data=data, business_date=folk.town.now.date(),
        created_at=folk.town.now, available_at=folk.town.now, due_at=folk.town.now,
    )  # fmt: skip


def shown(folk: Folk, kind: EventKind, data: dict[str, Any], person: int, *, keep: bool = False) -> Outgoing | None:
    with folk.town.db.reading() as session:
        address = session.exec(select(Address).where(Address.person_id == person)).one()
        made = event(folk, kind, data, person)
        if keep:
            return refreshed(session, made, address, folk.town.now, assignments_of(session, made))
        return render(session, made, address, folk.town.now)


def digest_of(folk: Folk, *assignments: int, role: str = "owner") -> dict[str, Any]:
    items = [{"assignment": a, "step": "d-3", "as": role} for a in assignments]
    return {"date": "2026-11-23", "part": 1, "parts": 1, "items": items}


def test_every_kind_has_its_renderer() -> None:
    assert set(RENDERERS) == set(EventKind)


def test_a_digest_lists_what_is_open_with_the_readers_own_numbers(folk: Folk) -> None:
    second = folk.town.assignment(folk.letter, folk.department, folk.owner, clause="3", due=date(2026, 11, 20))
    told = shown(folk, EventKind.DIGEST, digest_of(folk, second, folk.task), folk.owner)
    assert told is not None
    assert "2. 709/UBND-XDCB, khoản 3" in told.text
    assert "quá hạn 3 ngày" in told.text
    assert [b.label for row in told.buttons for b in row] == ["Xong 2", "Xong 1"]
    assert told.items == (second, folk.task)


def test_what_is_done_meanwhile_is_not_told_and_an_empty_digest_is_not_sent(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        life.report(session, folk.town.now, folk.owner, folk.task)
    assert shown(folk, EventKind.DIGEST, digest_of(folk, folk.task), folk.owner) is None
    again = shown(folk, EventKind.DIGEST, digest_of(folk, folk.task), folk.owner, keep=True)
    assert again is not None
    assert "Đã báo cáo 09:00" in again.text
    assert again.buttons == ()
    witness = shown(folk, EventKind.DIGEST, digest_of(folk, folk.task, role="witness"), folk.head)
    assert witness is not None
    assert "Đã báo cáo thay mặt đơn vị" in witness.text


def test_nobody_is_written_to_without_consent_or_after_erasure(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        session.get_one(Person, folk.owner).consent_at = None
    assert shown(folk, EventKind.DIGEST, digest_of(folk, folk.task), folk.owner) is None


def test_an_urgent_letter_comes_with_its_mark_and_asks_for_receipt(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        session.get_one(Directive, folk.letter).urgency = "hỏa tốc"
    told = shown(folk, EventKind.URGENT, {"assignments": [folk.task]}, folk.owner)
    assert told is not None
    assert told.text.startswith("HỎA TỐC: 709/UBND-XDCB")
    assert "đã nhận <số>" in told.text
    assert told.buttons[0][0].label == "Đã nhận 1"


def test_a_group_digest_names_nobody(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        session.add(
            Address(unit_id=folk.department, channel="telegram", token="1", chat_id="-1", verified_at=folk.town.now)
        )
        session.flush()
        address = session.exec(select(Address).where(Address.unit_id == folk.department)).one()
        made = event(
            folk, EventKind.GROUP_DIGEST, {"unit": folk.department, "date": "2026-11-23"}, unit=folk.department
        )
        told = render(session, made, address, folk.town.now)
    assert told is not None
    assert "1. 709/UBND-XDCB, khoản 2" in told.text
    assert "Đầu Mối" not in told.text


def test_channels_without_buttons_get_the_words_to_answer(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        session.exec(select(Address).where(Address.person_id == folk.owner)).one().channel = "zalo"
    told = shown(folk, EventKind.DIGEST, digest_of(folk, folk.task), folk.owner)
    assert told is not None
    assert told.buttons == ()
    assert "xong <số>" in told.text


def test_alerts_list_what_is_true_when_they_are_sent(folk: Folk) -> None:
    other = folk.town.unit("X1", "Xã Một", kind="xã")
    folk.town.assignment(folk.letter, other, None, clause="8")
    unlinked = shown(folk, EventKind.ALERT, {"code": "unlinked", "date": "2026-11-23"}, folk.admin)
    assert unlinked is not None
    assert "Xã Một" in unlinked.text
    circuit = shown(folk, EventKind.ALERT, {"code": "circuit", "lane": "telegram:1", "reason": "network"}, folk.admin)
    assert circuit is not None
    assert "Telegram" in circuit.text
    assert "mất mạng" in circuit.text
    assert "chỉ có kênh này" not in circuit.text
    with folk.town.db.transaction() as session:
        raise_event(session, folk.town.now, key="stuck", kind=EventKind.URGED, person_id=folk.owner)
        name = session.get_one(Person, folk.owner).name
    unserved = {"code": "circuit", "lane": "telegram:1", "reason": "no_sender"}
    stuck = shown(folk, EventKind.ALERT, unserved, folk.admin)
    assert stuck is not None
    assert "bộ phận gửi tin chưa chạy" in stuck.text
    assert stuck.text.splitlines()[1:] == ["1 người chỉ có kênh này, tin của họ đang chờ:", f"• {name}"]
    strange = shown(folk, EventKind.ALERT, {"code": "new_thing", "n": 3}, folk.admin)
    assert strange is not None
    assert "new_thing" in strange.text
    span = {"since": "2026-11-23T01:00:00+00:00", "until": "2026-11-23T01:15:00+00:00"}
    assert shown(folk, EventKind.ALERT, {"code": "unreachable", **span}, folk.admin) is None


def spoil(folk: Folk) -> None:
    """Everything people type holds markup, marks, emoji and ten thousand characters."""
    with folk.town.db.transaction() as session:
        for person in session.exec(select(Person)):
            person.name = NASTY[:200]
        for unit in session.exec(select(Unit)):
            unit.name, unit.short_name = NASTY[:200], ""
        session.get_one(Task, session.get_one(Assignment, folk.task).task_id).text = NASTY
        letter = session.get_one(Directive, folk.letter)
        letter.subject, letter.number, letter.urgency = NASTY, NASTY[:100], "khẩn"


@pytest.mark.parametrize("kind", [k for k in EventKind if k not in (EventKind.GROUP_DIGEST, EventKind.PERIOD)])
@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_no_message_is_too_long_or_shows_hidden_marks(folk: Folk, kind: EventKind, channel: str) -> None:
    spoil(folk)
    with folk.town.db.transaction() as session:
        made = life.report(session, folk.town.now, folk.owner, folk.task, text=NASTY, document_number=NASTY[:100])
        if kind in (
            EventKind.RETURNED,
            EventKind.DISPUTED,
            EventKind.URGENT,
            EventKind.ASSIGNED,
            EventKind.URGED,
            EventKind.DIGEST,
        ):
            life.send_back(session, folk.town.now, folk.contact, made.id or 0, NASTY)
        if kind in (EventKind.CONFIRMED, EventKind.RECORDED):
            life.confirm(session, folk.town.now, folk.contact, made.id or 0)
        if kind == EventKind.DISPUTED:
            life.not_ours(session, folk.town.now, folk.owner, folk.task, NASTY)
        for address in session.exec(select(Address)):
            address.channel = channel
        report = session.exec(select(Report)).one()
        task = session.get_one(Assignment, folk.task).task_id
    data: dict[str, Any] = {
        "assignment": folk.task, "assignments": [folk.task], "report": report.id, "task": task, "by": folk.contact,
        "contact": folk.contact, "code": NASTY[:50], "extension": 1, **digest_of(folk, folk.task),
    }  # fmt: skip
    if kind == EventKind.ALERT:
        data = {"code": NASTY[:50], "n": NASTY}
    whom = (
        folk.contact
        if kind == EventKind.REPORTED
        else folk.admin
        if kind in (EventKind.DISPUTED, EventKind.ALERT)
        else folk.owner
    )
    if kind in (EventKind.EXTENSION_ASKED, EventKind.EXTENSION_DECIDED):
        return_to_extension(folk)
        whom = folk.contact if kind == EventKind.EXTENSION_ASKED else folk.owner
    if kind == EventKind.DEPUTED:
        data |= {"letters": [folk.letter], "begins": True}
        with folk.town.db.transaction() as session:
            session.get_one(Directive, folk.letter).contact_deputy_id = folk.owner
    told = shown(folk, kind, data, whom, keep=kind == EventKind.AMENDED)
    if kind == EventKind.AMENDED:
        assert told is None or told.text
        return
    assert told is not None
    assert units(told.text) < (2000 if kind in DIGESTS else 500)
    assert not set(told.text) & set("\u202e\u200b\x07")
    assert "{" not in told.text.replace("{n} %s", "").replace("{n}", "")
    assert all(len(b.data.encode()) <= 64 for row in told.buttons for b in row)


def return_to_extension(folk: Folk) -> None:
    from models import extensions

    with folk.town.db.transaction() as session:
        report = session.exec(select(Report)).one()
        life.send_back(session, folk.town.now, folk.contact, report.id or 0, "x")
        asked = extensions.ask(session, folk.town.now, folk.owner, folk.task, date(2026, 12, 20), NASTY)
        assert asked.id == 1


def test_ten_items_of_a_digest_fit_any_messenger(folk: Folk) -> None:
    spoil(folk)
    items = [
        folk.town.assignment(folk.letter, folk.department, folk.owner, clause=f"{n}" * 20, text=NASTY)
        for n in range(10, 20)
    ]
    told = shown(folk, EventKind.DIGEST, digest_of(folk, *items), folk.owner)
    assert told is not None
    assert units(told.text) <= 2000
    assert all(units(row) <= ITEM for row in told.text.splitlines())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=400), longest=st.integers(20, 300))
def test_shortening_never_exceeds_its_limit(text: str, longest: int) -> None:
    assert units(line(text, longest)) <= longest
    assert "\n" not in line(text, longest)
    assert units(block(text, longest)) <= longest
    split = pages(text, longest)
    assert all(units(piece) <= longest for piece in split)
    assert "".join("".join(split).split()) == "".join(text.split())


def test_menus_hold_what_each_may_do_in_both_languages() -> None:
    owner, admin = dict(menu_for(["owner"], "vi")), dict(menu_for(["admin"], "en"))
    assert {"viec", "xong", "giahan", "trogiup", "dulieucuatoi"} <= owner.keys()
    assert not {"nap", "ketnoi", "xacnhan", "loigui"} & owner.keys()
    assert {"load", "invite", "deliveries", "amend", "confirm"} <= admin.keys()
    assert "xacnhan" in dict(menu_for(["contact"], "vi"))
    for menu in (owner, admin):
        assert all(name.isascii() and name.islower() and len(name) <= 32 and text for name, text in menu.items())


async def test_the_menu_follows_the_person(folk: Folk) -> None:
    town = folk.town
    await resume(town.db, town.context)
    assert [name for name, _ in town.telegram.menus[""]] == ["start"]
    await town.says("30", "/trogiup")
    assert "viec" in dict(town.telegram.menus["30"])
    assert "nap" not in dict(town.telegram.menus["30"])
    [choice] = await town.says("30", "/settings")
    await town.presses(choice, "English")
    assert "tasks" in dict(town.telegram.menus["30"])


@pytest.mark.parametrize("who", [Role.OWNER, Role.LEADER, Role.ADMIN])
async def test_help_shows_only_what_one_may_do(folk: Folk, who: Role) -> None:
    folk.town.person("Người Hỏi", folk.province, who, chat="85")
    [helped] = await folk.town.says("85", "trợ giúp")
    assert ("/nap" in helped.text) == (who == Role.ADMIN)
    assert ("/quahan" in helped.text) == (who != Role.OWNER)
    assert ("/xong" in helped.text) == (who == Role.OWNER)


def test_a_coordinator_sees_the_leads_deadline_and_is_never_late(folk: Folk) -> None:
    made = folk.town.assignment(folk.letter, folk.commune, None, clause="7", due=date(2026, 11, 1), part="coordinate")
    with folk.town.db.reading() as session:
        told = item(say_for("vi"), entry(session, made), None, date(2026, 11, 23))
    assert told.endswith("phối hợp, hạn 01/11/2026")
    assert "quá hạn" not in told
