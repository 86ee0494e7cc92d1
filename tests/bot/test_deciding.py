"""What else waits for an answer besides reports: opinions, decisions, proposed dates; in words, as on Zalo."""

import pytest

from models.events import EventKind
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.test_contact_commands import many


@pytest.fixture
def led(folk: Folk) -> Folk:
    """The issuer has a leader, who decides; the contact is asked for an opinion."""
    folk.town.person("Đỗ Lãnh Đạo", folk.province, Role.LEADER, chat="50", channel=folk.town.zalo)
    return folk


async def test_the_contact_gives_an_opinion_in_words_and_the_leader_decides(led: Folk) -> None:
    town = led.town
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    asked = {told.chat_id: told.text for told in await town.deliver(EventKind.EXTENSION_ASKED)}
    assert "nhất trí 1, hoặc không nhất trí 1" in asked["20"]
    assert "duyệt 1; từ chối 1" in asked["50"]
    [listed] = await town.says("20", "/choxacnhan")
    assert "1. Sở Y tế đề nghị gia hạn" in listed.text
    assert "nhất trí 1" in listed.text
    assert "duyệt 1" not in listed.text
    [noted] = await town.says("20", "không nhất trí 1 đã gia hạn nhiều lần")
    assert "không nhất trí" in noted.text
    [told] = await town.deliver(EventKind.EXTENSION_ASKED)
    assert (told.chat_id, "không nhất trí: đã gia hạn nhiều lần" in told.text) == ("50", True)
    [nothing] = await town.says("20", "/choxacnhan")
    assert "Không có báo cáo nào" in nothing.text
    [decided] = await town.says("50", "duyệt 1", channel=town.zalo)
    assert "đã duyệt gia hạn đến 20/12/2026" in decided.text


async def test_the_owner_answers_a_proposed_date_in_words_and_the_decider_hears_it(led: Folk) -> None:
    town = led.town
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    await town.deliver()
    await town.says("50", "từ chối 1 đến 10/12/2026", channel=town.zalo)
    [offer] = await town.deliver(EventKind.EXTENSION_DECIDED)
    assert (offer.chat_id, "nhất trí 1, hoặc không nhất trí 1" in offer.text) == ("30", True)
    [taken] = await town.says("30", "nhất trí 1")
    assert "thời hạn mới là 10/12/2026" in taken.text
    told = {one.chat_id: one.text for one in await town.deliver(EventKind.EXTENSION_DECIDED)}
    assert "Sở Y tế: đồng ý thời hạn 10/12/2026" in told["50"]
    assert told["20"] == "709/UBND-XDCB, khoản 2 – Sở Y tế: Đỗ Lãnh Đạo đã duyệt gia hạn đến 10/12/2026."
    await town.says("30", "gia hạn 1 25/12/2026 chờ số liệu")
    await town.says("50", "từ chối 1 đến 15/12/2026", channel=town.zalo)
    [kept] = await town.says("30", "không nhất trí 1")
    assert "giữ thời hạn cũ" in kept.text


async def test_a_decided_request_is_rewritten_without_number_question_or_buttons(led: Folk) -> None:
    town = led.town
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    told = next(one for one in await town.deliver(EventKind.EXTENSION_ASKED) if one.chat_id == "20")
    await town.presses(told, "Nhất trí")
    assert "Lê Theo Dõi nhất trí." in told.text
    assert (told.edited, "nhất trí 1" in told.text, told.data) == (True, False, [])
    await town.says("50", "duyệt 1", channel=town.zalo)
    assert told.text.startswith("Sở Y tế đề nghị gia hạn")
    assert "Đã duyệt đến 20/12/2026." in told.text


async def test_a_contact_reads_how_many_units_of_a_task_have_reported(folk: Folk) -> None:
    await many(folk, 3)
    late = folk.town.unit("P9", "Phường Chưa Xong", parent=folk.province, kind="phường")
    folk.town.assignment(folk.letter, late, None, clause="9")
    [told] = await folk.town.deliver(EventKind.REPORTED)
    assert "709/UBND-XDCB, khoản 9: 3/4 đơn vị đã báo cáo." in told.text
    [listed] = await folk.town.says("20", "/choxacnhan")
    assert "3/4 đơn vị đã báo cáo" in listed.text


async def test_an_admin_reads_what_is_said_to_be_anothers_and_how_to_answer(folk: Folk) -> None:
    await folk.town.says("30", "không thuộc 1 không phải lĩnh vực của Sở")
    [listed] = await folk.town.says("10", "/choxacnhan")
    assert "1. Sở Y tế cho rằng 709/UBND-XDCB, khoản 2 không thuộc thẩm quyền. Trả lời: giao 1" in listed.text


async def test_the_owner_sees_what_was_asked_for_and_takes_it_back_in_words(led: Folk) -> None:
    town = led.town
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    [mine] = await town.says("30", "viec")
    assert "đã xin gia hạn đến 20/12/2026, chờ quyết định (không xin nữa: rút lại 1)" in mine.text
    [again] = await town.says("30", "gia hạn 1 25/12/2026 vì lụt")
    assert "rút đề nghị đó trước" in again.text
    [left] = await town.says("30", "rut de nghi gia han")
    assert "đã rút đề nghị gia hạn" in left.text
    [mine] = await town.says("30", "viec")
    assert "đã xin gia hạn" not in mine.text
    [nothing] = await town.says("30", "rút lại 1")
    assert "chưa có báo cáo" in nothing.text


async def test_a_date_is_proposed_in_words_and_stands_in_the_owners_list(led: Folk) -> None:
    town = led.town
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    await town.says("50", "đề xuất 1 10/12/2026", channel=town.zalo)
    [mine] = await town.says("30", "viec")
    assert "được đề xuất thời hạn 10/12/2026, trả lời: nhất trí 1, hoặc không nhất trí 1" in mine.text
    told = await town.deliver(EventKind.EXTENSION_ASKED)
    await town.says("30", "không nhất trí 1")
    theirs = next(one for one in told if one.chat_id == "20") if told else None
    assert theirs is None or "Đã rút" not in theirs.text
    await town.says("30", "gia hạn 1 22/12/2026 vì lụt")
    await town.says("50", "từ chối 1 vì không có lý do", channel=town.zalo)
    await town.says("30", "gia hạn 1 22/12/2026 vì mưa")
    asked = {one.chat_id: one.text for one in await town.deliver(EventKind.EXTENSION_ASKED)}
    assert "lần thứ 3" in asked["50"], "a date that was proposed and not taken was a decision too"


async def test_no_without_a_reason_is_asked_why_and_the_deputy_does_not_overrule_the_contact(led: Folk) -> None:
    town = led.town
    town.person("Vũ Thị Thay", led.province, Role.DEPUTY, chat="21")
    await town.says("20", "uỷ quyền Vũ Thị Thay")
    await town.says("30", "gia hạn 1 20/12/2026 chờ số liệu")
    asked = {one.chat_id: one for one in await town.deliver(EventKind.EXTENSION_ASKED)}
    [why] = await town.says("20", "không nhất trí 1")
    assert "nêu lý do không nhất trí" in why.text
    [noted] = await town.says("20", "các phường khác làm được")
    assert "đã ghi ý kiến không nhất trí" in noted.text
    [late] = await town.says("21", "nhất trí 1")
    assert "đã đóng" in late.text
    [pressed] = await town.presses(asked["21"], "opinion:1:1")
    assert "đã có ý kiến của đầu mối" in pressed.text
    [told] = await town.deliver(EventKind.EXTENSION_ASKED)
    assert "không nhất trí: các phường khác làm được" in told.text


async def test_what_waits_for_an_answer_stands_under_the_mornings_digest(folk: Folk) -> None:
    from tests.bot.test_render import digest_of, shown

    await many(folk, 2)
    own = folk.town.assignment(folk.letter, folk.province, folk.contact, clause="8")
    told = shown(folk, EventKind.DIGEST, digest_of(folk, own), folk.contact)
    assert told is not None
    assert "Ngoài ra, 2 mục chờ đồng chí xác nhận hoặc trả lời: /choxacnhan." in told.text
    plain = shown(folk, EventKind.DIGEST, digest_of(folk, folk.task), folk.owner)
    assert plain is not None
    assert "Ngoài ra" not in plain.text
