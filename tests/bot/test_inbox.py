"""At-least-once in, once done: replays, kills between commit and answer, floods, order, groups, edits of old messages."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot import seen
from bot.channels.base import ChannelError, Incoming
from bot.inbox import handle, resume
from models.answers import Report
from models.events import Event, EventKind, EventState
from models.people import Address
from models.talk import Dialogue, Seen, Sent
from tests.bot.conftest import Folk
from tests.bot.town import MONDAY, Said


def update(folk: Folk, text: str, n: str, chat: str = "30") -> Incoming:
    return Incoming(lane=folk.town.telegram.lane, update_id=n, kind="message", chat_id=chat, sender_id=chat, text=text)


async def test_a_replayed_update_acts_once_and_is_answered_once(folk: Folk) -> None:
    town = folk.town
    again = update(folk, "xong 1", "900")
    first = await town.takes(again)
    second = await town.takes(again)
    assert len(first) == 1
    assert second == []
    with town.db.reading() as session:
        assert len(session.exec(select(Report)).all()) == 1


async def test_two_processes_with_the_same_update_act_once(folk: Folk) -> None:
    town = folk.town
    again = update(folk, "xong 1", "901")
    from bot.context import Context

    other = Context(lambda: town.now, town.folder, town.context.channels)
    await asyncio.gather(
        handle(town.db, town.telegram, again, town.context), handle(town.db, town.telegram, again, other)
    )
    assert sum("đã ghi nhận báo cáo" in said.text for said in town.telegram.said) == 1
    with town.db.reading() as session:
        assert len(session.exec(select(Report)).all()) == 1


async def test_a_bot_killed_between_commit_and_answer_answers_on_its_return(
    folk: Folk, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = folk.town

    async def killed(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr("bot.answering.answer", killed)
        with pytest.raises(asyncio.CancelledError):
            await town.takes(update(folk, "xong 1", "902"))
    assert town.state(folk.task) == "reported"
    assert town.telegram.said == []
    assert await resume(town.db, town.context) == 1
    assert "đã ghi nhận báo cáo" in town.telegram.said[0].text
    assert await resume(town.db, town.context) == 0
    with town.db.reading() as session:
        assert session.exec(select(Seen)).one().answer is None


async def test_an_answer_the_vendor_does_not_take_is_tried_again(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    town = folk.town
    monkeypatch.setattr("bot.answering.FIRST_PAUSE", 0.01)
    town.telegram.fails = [
        ChannelError("network", permanent=False),
        ChannelError("rate", permanent=False, retry_after=0.01),
    ]
    await town.takes(update(folk, "xong 1", "903"))
    await asyncio.gather(*town.context.tasks)
    assert [("đã ghi nhận" in said.text) for said in town.telegram.said] == [True]


async def test_an_answer_to_someone_who_blocked_us_is_given_up(folk: Folk) -> None:
    town = folk.town
    town.telegram.fails = [ChannelError("blocked", permanent=True)]
    await town.takes(update(folk, "xong 1", "904"))
    assert await resume(town.db, town.context) == 0


async def test_nothing_commits_when_the_work_fails(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    town = folk.town
    with monkeypatch.context() as patched:
        patched.setattr(seen, "keep_answers", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await town.takes(update(folk, "xong 1", "905"))
    assert town.state(folk.task) == "open"
    [answer] = await town.takes(update(folk, "xong 1", "905"))
    assert "đã ghi nhận" in answer.text


async def test_a_stranger_who_floods_slows_nobody(folk: Folk, monkeypatch: pytest.MonkeyPatch) -> None:
    town = folk.town
    asked = Counter[str]()
    original = {"read": town.db.read, "write": town.db.write}

    def counting(verb: str) -> Callable[..., Any]:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            asked[verb] += 1
            return await original[verb](*args, **kwargs)

        return counted

    with monkeypatch.context() as patched:
        for verb in original:
            patched.setattr(town.db, verb, counting(verb))
        await asyncio.gather(*(town.takes(update(folk, "xong 1", f"s{n}", "666")) for n in range(1000)))
    assert asked.total() <= 50, "a thousand messages of a stranger cost the database next to nothing"
    assert town.telegram.said == []
    [answer] = await town.says("30", "/viec")
    assert "709" in answer.text


async def test_messages_of_a_chat_keep_their_order(folk: Folk) -> None:
    town = folk.town
    texts = ["xong 1", "rút lại 1", "xong 1", "rút lại 1", "xong 1"]
    await asyncio.gather(*(town.takes(update(folk, text, f"o{n}")) for n, text in enumerate(texts)))
    assert town.state(folk.task) == "reported"
    assert len(town.context.locks) == 0


async def test_the_reminder_shows_its_outcome_instead_of_piling_up(folk: Folk) -> None:
    town = folk.town
    await town.says("20", "đôn đốc 709")
    [reminder] = await town.deliver(EventKind.URGED)
    await town.presses(reminder, "Xong 1")
    assert reminder.edited
    assert "Đã báo cáo 09:00 23/11/2026 · chờ xác nhận" in reminder.text
    assert reminder.data == []


async def test_the_contacts_message_is_rewritten_when_all_is_confirmed(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1")
    [asked] = await town.deliver(EventKind.REPORTED)
    await town.presses(asked, "Xác nhận")
    assert "đã được xử lý" in asked.text
    assert asked.data == []


async def test_a_rewritten_message_does_not_take_up_a_newer_report(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="3")
    await town.says("30", "xong 1")
    [first] = await town.deliver(EventKind.REPORTED)
    await town.says("30", "xong 2")
    await town.presses(first, "Xác nhận")
    assert "đã được xử lý" in first.text
    assert first.data == []


async def test_a_message_that_crossed_with_the_answer_is_rewritten_too(
    folk: Folk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The vendor has shown it, the person has answered elsewhere, and only then its id is written down."""
    town = folk.town
    monkeypatch.setattr("bot.edits.LATER_SECONDS", 0.05)
    await town.says("30", "xong 1")
    [asked] = await town.deliver(EventKind.REPORTED)
    with town.db.transaction() as session:
        event, sent = session.exec(select(Event).where(Event.kind == EventKind.REPORTED)).one(), written(session, asked)
        event.state, kept = EventState.CLAIMED, sent.model_dump(exclude={"id"})
        session.delete(sent)
    await town.says("20", "xác nhận 1")
    assert "đã được xử lý" not in asked.text
    with town.db.transaction() as session:
        session.add(Sent(**kept))
    await asyncio.gather(*town.context.tasks)
    assert "đã được xử lý" in asked.text


def written(session: Session, said: Said) -> Sent:
    return session.exec(select(Sent).where(Sent.message_id == said.message_id, Sent.chat_id == said.chat_id)).one()


async def test_a_bare_number_lapses_after_fifteen_minutes(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "/xong")
    with town.db.transaction() as session:
        question = session.exec(select(Dialogue).order_by(col(Dialogue.id).desc())).first()
        assert question is not None
        assert (question.expires_at - question.asked_at).total_seconds() == 15 * 60
        question.expires_at = MONDAY.replace(year=2000)
        session.add(question)
    [late] = await town.says("30", "1")
    assert "Có phải" in late.text
    assert town.state(folk.task) == "open"


async def test_cancel_ends_a_question(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "gia hạn 1")
    [stopped] = await town.says("30", "thôi")
    assert "Đã dừng" in stopped.text
    [after] = await town.says("30", "7/12/2026")
    assert "đề nghị gia hạn" not in after.text


async def test_a_unit_group_sees_the_units_tasks_and_hears_its_members(folk: Folk) -> None:
    town = folk.town
    with town.db.transaction() as session:
        session.add(
            Address(unit_id=folk.department, channel="telegram", token="1", chat_id="-100", verified_at=town.now)
        )

    async def group(sender: str, text: str, **more: object) -> list[str]:
        said = await town.says("-100", text, sender_id=sender, is_group=True, **more)
        return [one.text for one in said]

    assert await group("30", "xong hết rồi nhé mọi người") == []
    [listed] = await group("30", "/viec")
    assert "1. 709/UBND-XDCB, khoản 2" in listed
    assert "Trần Đầu Mối" not in listed
    [outsider] = await group("20", "/xong 1")
    assert "chưa có vai trò" in outsider
    assert await group("999", "/xong 1") == []
    [private] = await group("30", "/dulieucuatoi")
    assert "trò chuyện riêng" in private
    [wrong] = await group("30", "/xong 9")
    assert "Không có mục số 9" in wrong
    assert town.state(folk.task) == "open"
    [done] = await group("30", "/xong 1")
    assert "đã ghi nhận báo cáo" in done
    assert town.state(folk.task) == "reported"


async def test_a_group_is_linked_with_the_units_code_and_follows_its_migration(folk: Folk) -> None:
    town = folk.town
    [made] = await town.says("10", "/ketnoi nhóm Sở Y tế")
    code = made.text.split("Mã nhóm của Sở Y tế: ")[1].split(".")[0]
    [no] = await town.says("-200", f"/start {code}", sender_id="30", is_group=True)
    assert "Chỉ thủ trưởng hoặc quản trị viên" in no.text
    [linked] = await town.says("-200", f"/start {code}", sender_id="40", is_group=True, thread_id="7")
    assert "nối với Sở Y tế" in linked.text
    with town.db.reading() as session:
        address = session.exec(select(Address).where(Address.chat_id == "-200")).one()
    assert (address.unit_id, address.thread_id) == (folk.department, "7")
    await town.says("-200", "", kind="migrated", migrated_to="-300", sender_id="10", is_group=True)
    with town.db.reading() as session:
        assert session.exec(select(Address).where(Address.chat_id == "-300")).one().unit_id == folk.department


async def test_a_reply_to_a_reminder_needs_no_number(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="3")
    await town.says("20", "đôn đốc 709 khoản 2")
    [reminder] = await town.deliver(EventKind.URGED)
    [done] = await town.says("30", "Xong rồi ạ", reply_to=reminder.message_id)
    assert "khoản 2: đã ghi nhận báo cáo" in done.text
    assert town.state(folk.task) == "reported"


async def test_a_plain_command_is_not_taken_for_the_answer_to_a_question(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "gia hạn 1")
    [listed] = await town.says("30", "việc")
    assert "1 nhiệm vụ" in listed.text
    await town.says("30", "xong 1")
    assert town.state(folk.task) == "reported"
    [asked] = await town.deliver(EventKind.REPORTED)
    await town.presses(asked, "Đề nghị bổ sung")
    [sent] = await town.says("20", "bổ sung biểu số 3, chưa có số liệu")
    assert "đã đề nghị bổ sung" in sent.text


async def test_what_is_not_understood_gets_a_polite_question(folk: Folk) -> None:
    for said in ("xogn 3", "/xogn", "trợ giup tôi với", "hôm nay trời đẹp quá", "👍", "?????", "x" * 4000, "1" * 500):
        [answer] = await folk.town.says("30", said)
        assert 0 < len(answer.text) < 1000, said
        assert folk.town.state(folk.task) == "open"
    [near] = await folk.town.says("30", "/xogn")
    assert "/xong" in near.text


async def test_five_thousand_characters_of_name_do_no_harm(folk: Folk) -> None:
    [answer] = await folk.town.says("99", "/start", sender_name="<b>" + "Tên " * 2000)
    assert len(answer.text) < 500
    [listed] = await folk.town.says("30", "/viec", sender_name="\u202e" * 5000)
    assert "709" in listed.text


async def test_on_zalo_a_digit_after_a_reminder_is_asked_back(folk: Folk) -> None:
    """The question's "1" and the reminder's "1" look the same, and nothing can be quoted: neither is guessed."""
    town = folk.town
    await town.says("z3", f"/start {town.code(folk.owner)}", channel=town.zalo)
    [question] = await town.says("z3", "trời hôm nay đẹp nhỉ", channel=town.zalo)
    assert "1. Xem việc" in question.text
    with town.db.transaction() as session:
        shown = session.exec(select(Dialogue).order_by(col(Dialogue.id).desc())).first()
        assert shown is not None
        at = shown.asked_at + timedelta(microseconds=1)
        session.add(Sent(lane=town.zalo.lane, chat_id="z3", message_id="r1", subject="event", sent_at=at))
    [asked] = await town.says("z3", "1", channel=town.zalo)
    assert "hay là nhiệm vụ số 1" in asked.text
    [tasks] = await town.says("z3", "1", channel=town.zalo)
    assert tasks.text.startswith("1 nhiệm vụ")
    assert town.state(folk.task) == "open"
