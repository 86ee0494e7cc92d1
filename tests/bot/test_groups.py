"""A unit's group of three people: linked by an admin, told the digest, answered by members; nothing personal in it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.channels.base import Incoming
from models import linking
from models.answers import Report
from models.assignments import Assignment
from models.events import Delivery, EventKind
from models.outbox import raise_event
from models.people import Address
from models.talk import Sent
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.town import Said

GROUP = "-900"


async def says(folk: Folk, who: str, text: str, **more: object) -> list[Said]:
    return await folk.town.says(GROUP, text, sender_id=who, is_group=True, **more)


@pytest.fixture
async def linked(folk: Folk) -> Folk:
    """The department's group: its owner (30), its head (40) and a colleague of another unit (50)."""
    town = folk.town
    town.person("Người Phường", folk.commune, Role.OWNER, chat="50")
    town.assignment(folk.letter, folk.department, folk.owner, clause="3")
    with town.db.transaction() as session:
        code = linking.invite(session, town.now, unit_id=folk.department, by=folk.admin)
    [done] = await says(folk, "40", f"/start {code}")
    assert "nối với Sở Y tế" in done.text
    return folk


async def test_talk_among_colleagues_is_not_heard_and_lists_name_nobody(linked: Folk) -> None:
    assert await says(linked, "30", "xong 1") == []
    assert await says(linked, "30", "ai làm việc 2?") == []
    [listed] = await says(linked, "30", "/viec")
    assert listed.text.count("\n") >= 2
    assert "Trần Đầu Mối" not in listed.text
    for command in ("/dulieucuatoi", "/xoadulieucuatoi", "/nguoi", "/tonghop", "/nap", "/ketnoi Trần Đầu Mối"):
        [told] = await says(linked, "10", command)
        assert "trò chuyện riêng" in told.text, command


async def test_a_member_reports_by_the_lists_number_in_reply_or_after_it(linked: Folk) -> None:
    [listed] = await says(linked, "30", "/viec")
    [done] = await says(linked, "30", "xong 2 rồi ạ", reply_to=listed.message_id)
    assert "đã ghi nhận" in done.text
    [more] = await says(linked, "40", "/xong 1")
    assert "đã ghi nhận" in more.text
    with linked.town.db.reading() as session:
        assert {report.author_id for report in session.exec(select(Report))} == {linked.owner, linked.head}


@pytest.mark.parametrize(
    "said", ["chưa xong 1", "bao giờ xong 1?", "mai xong 1", "xong 1 đơn vị", "việc 1 gửi rồi ạ", "xong hết trừ 2"]
)
async def test_what_is_not_plain_reports_nothing_and_says_how(linked: Folk, said: str) -> None:
    [listed] = await says(linked, "30", "/viec")
    replies = await says(linked, "30", said, reply_to=listed.message_id)
    assert all("đã ghi nhận" not in reply.text for reply in replies)
    with linked.town.db.reading() as session:
        assert session.exec(select(Report)).all() == []


async def test_a_stranger_and_a_member_of_another_unit_change_nothing(linked: Folk) -> None:
    [listed] = await says(linked, "30", "/viec")
    assert await says(linked, "777", "/xong 1") == []
    [refused] = await says(linked, "50", "xong 1", reply_to=listed.message_id)
    assert "chưa có vai trò" in refused.text
    [refused] = await says(linked, "30", "xong 9", reply_to=listed.message_id)
    assert "9" in refused.text
    with linked.town.db.reading() as session:
        assert session.exec(select(Report)).all() == []


async def test_a_group_that_becomes_a_supergroup_is_still_the_units(linked: Folk) -> None:
    town = linked.town
    await town.takes(
        Incoming(
            lane=town.telegram.lane,
            update_id="m1",
            kind="migrated",
            chat_id=GROUP,
            sender_id="30",
            is_group=True,
            migrated_to="-100900",
        )
    )
    [listed] = await town.says("-100900", "/viec", sender_id="30", is_group=True)
    assert "Nhiệm vụ của đơn vị" in listed.text
    with town.db.reading() as session:
        assert session.exec(select(Address.chat_id).where(Address.unit_id == linked.department)).all() == ["-100900"]


async def test_a_topic_of_another_unit_in_the_same_group_is_its_own(linked: Folk) -> None:
    town = linked.town
    with town.db.transaction() as session:
        code = linking.invite(session, town.now, unit_id=linked.commune, by=linked.admin)
    [done] = await says(linked, "10", f"/start {code}", thread_id="7")
    assert "Phường Kinh Bắc" in done.text
    [empty] = await says(linked, "50", "/viec", thread_id="7")
    assert "không còn nhiệm vụ" in empty.text
    [listed] = await says(linked, "30", "/viec")
    await says(linked, "50", "/viec", thread_id="7")
    with town.db.transaction() as session:
        assert session.exec(select(Sent).where(Sent.message_id == listed.message_id)).first() is not None
    [done] = await says(linked, "30", "/xong 1")
    assert "đã ghi nhận" in done.text


async def topics(linked: Folk) -> Folk:
    """The same group with topics: the department's in general, the commune's in topic 7, each with a task."""
    town = linked.town
    with town.db.transaction() as session:
        code = linking.invite(session, town.now, unit_id=linked.commune, by=linked.admin)
    [done] = await says(linked, "10", f"/start {code}", thread_id="7")
    assert "Phường Kinh Bắc" in done.text
    town.assignment(linked.letter, linked.commune, None, clause="5", text="Thu gom rác thải")
    return linked


async def test_a_number_means_the_last_list_of_its_own_topic(linked: Folk) -> None:
    folk = await topics(linked)
    await says(folk, "30", "/viec")
    [listed] = await says(folk, "50", "/viec", thread_id="7")
    assert "khoản 5" in listed.text
    await says(folk, "30", "/viec")  # the newest list of the chat is the department's
    [done] = await says(folk, "50", "/xong 1", thread_id="7")
    assert "khoản 5" in done.text
    assert "đã ghi nhận" in done.text
    [done] = await says(folk, "30", "/xong 1")
    assert "khoản 2" in done.text


async def test_the_morning_list_of_a_topic_counts_there_and_nowhere_else(linked: Folk) -> None:
    folk = await topics(linked)
    await says(folk, "30", "/viec")
    with folk.town.db.transaction() as session:
        at = session.exec(select(Address).where(Address.thread_id == "7")).one()
        ours = session.exec(select(Assignment.id).where(Assignment.unit_id == folk.commune)).all()
        data = {"unit": folk.commune, "date": "2026-11-23"}
        event = raise_event(
            session, folk.town.now, kind=EventKind.GROUP_DIGEST, key="g", unit_id=folk.commune, data=data
        )
        assert event is not None
        went = {"lane": at.lane, "chat_id": GROUP}
        assert at.id is not None
        session.add(Delivery(event_id=event, address_id=at.id, started_at=folk.town.now, **went))
        kept = {"event": event, "assignments": list(ours)}
        session.add(
            Sent(**went, message_id="9001", subject="event", subject_id=event, data=kept, sent_at=folk.town.now)
        )
    [done] = await says(folk, "30", "/xong 1")
    assert "khoản 2" in done.text, "the reminder of topic 7 is no list of the general topic"
    [done] = await says(folk, "50", "/xong 1", thread_id="7")
    assert "khoản 5" in done.text


async def test_a_button_pressed_in_a_topic_is_of_the_topics_unit(linked: Folk) -> None:
    folk = await topics(linked)
    with folk.town.db.reading() as session:
        task = session.exec(select(Assignment.id).where(Assignment.unit_id == folk.commune)).one()
    pressed = {"kind": "button", "button_data": f"done:{task}", "message_id": "1"}
    [done] = await says(folk, "50", "", thread_id="7", **pressed)
    assert "đã ghi nhận" in done.text
