"""Coming in: codes, contacts, consent; what strangers and forgers meet; leaving again."""

import json
import re
from dataclasses import replace

from sqlmodel import select

from bot.flood import ANSWERS_TO_A_STRANGER, ANSWERS_TO_STRANGERS, Flood
from models.assignments import Assignment
from models.people import Address, Person
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.town import document


async def test_a_code_links_after_consent(folk: Folk) -> None:
    town = folk.town
    new = town.person("Cao Văn Mới", folk.department, Role.DEPUTY, consent=False)
    [asked] = await town.says("77", f"/start {town.code(new)}")
    assert "có đồng ý không" in asked.text
    [again] = await town.says("77", "/viec")
    assert again.text == asked.text
    assert again.data == ["consent:yes", "consent:no"]
    [welcome] = await town.presses(asked, "Đồng ý")
    assert welcome.text.startswith("Cao Văn Mới đã kết nối")
    assert "Đã ghi nhận sự đồng ý" in asked.text
    assert "đầu mối dự phòng – Sở Y tế" in welcome.text
    assert (asked.edited, asked.data) == (True, []), "the answered question has no buttons any more"
    assert "có đồng ý không" in asked.text
    [tasks] = await town.says("77", "/viec")
    assert "Trần Đầu Mối:\n1. 709/UBND-XDCB, khoản 2" in tasks.text


async def test_without_consent_nothing_is_kept(folk: Folk) -> None:
    town = folk.town
    new = town.person("Cao Văn Mới", folk.department, Role.OWNER, consent=False)
    [asked] = await town.says("77", f"/start {town.code(new)}")
    [left] = await town.presses(asked, "Không đồng ý")
    assert "không được lưu" in left.text
    with town.db.reading() as session:
        assert session.exec(select(Address).where(Address.chat_id == "77")).first() is None
    assert await town.says("77", "/viec") == []


async def test_on_zalo_consent_and_choices_are_numbers(folk: Folk) -> None:
    town = folk.town
    new = town.person("Cao Văn Mới", folk.department, Role.OWNER, consent=False)
    [asked] = await town.says("z1", f"start {town.code(new)}", channel=town.zalo)
    assert "1. Đồng ý" in asked.text
    assert "2. Không đồng ý" in asked.text
    [welcome] = await town.says("z1", "1", channel=town.zalo)
    assert "Đã ghi nhận sự đồng ý" in welcome.text


async def test_a_second_channel_is_added_and_state_is_one(folk: Folk) -> None:
    town = folk.town
    [linked] = await town.says("z3", f"/start {town.code(folk.owner)}", channel=town.zalo)
    assert "Trần Đầu Mối đã kết nối" in linked.text
    [done] = await town.says("z3", "xong 1", channel=town.zalo)
    assert "đã ghi nhận báo cáo" in done.text
    [listed] = await town.says("30", "/viec")
    assert "chờ xác nhận" in listed.text


async def test_wrong_used_and_guessed_codes(folk: Folk) -> None:
    town = folk.town
    new = town.person("Cao Văn Mới", folk.department, Role.OWNER, consent=False)
    code = town.code(new)
    await town.says("77", f"/start {code}")
    [used] = await town.says("78", f"/start {code}")
    assert "đã được dùng" in used.text
    heard = [await town.says("79", f"/start ABCD234{n}") for n in range(2, 9)]
    texts = [said[0].text for said in heard if said]
    assert any("không đúng" in text for text in texts)
    assert any("quá nhiều lần" in text for text in texts) or len(texts) < len(heard)


async def test_only_the_own_contact_card_links(folk: Folk) -> None:
    town = folk.town
    with town.db.transaction() as session:
        session.get_one(Person, folk.head).phone = "+84912000111"
    other = await town.says("66", "", kind="contact", contact_phone="84912000111", contact_is_own=False)
    assert "của chính người gửi" in other[0].text
    own = await town.says("66", "", kind="contact", contact_phone="84912000111", contact_is_own=True)
    assert "Phạm Giám Đốc" in own[0].text


async def test_a_stranger_is_asked_for_a_code_only_on_start(folk: Folk) -> None:
    [asked] = await folk.town.says("99", "/start")
    assert "mã kết nối" in asked.text
    assert asked.data == ["!contact"]
    assert await folk.town.says("99", "", kind="button", button_data="done:1") == []


async def test_my_data_comes_as_a_file_and_is_erased_on_request(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "gia hạn 1 05/12/2026 chờ số liệu.")
    await town.says("30", "xong 1 12/BC-SYT đã gửi")
    [mine] = await town.says("30", "/dulieucuatoi")
    readable, whole = mine.message.files
    told = json.loads(whole.content)
    assert told["person"]["name"] == "Trần Đầu Mối"
    page = readable.content.decode("utf-8-sig")
    assert "Dữ liệu hệ thống lưu về Trần Đầu Mối" in page
    assert "– đầu mối: Sở Y tế" in page
    assert "– 709/UBND-XDCB, khoản 2: 09:00 23/11/2026, 12/BC-SYT đã gửi" in page
    assert "– đến 05/12/2026, lý do: chờ số liệu. Chờ quyết định." in page
    assert not re.search(r"\b(owner|open|lead|telegram|20\d\d-\d\d)", page), "no machine's word on the page people read"
    [sure] = await town.says("30", "/xoadulieucuatoi")
    [gone] = await town.presses(sure, "Xoá dữ liệu của tôi")
    assert "Đã xoá dữ liệu" in gone.text
    assert await town.says("30", "/viec") == []
    with town.db.reading() as session:
        assert "Đầu Mối" not in session.get_one(Person, folk.owner).name


async def test_the_only_admin_cannot_vanish(folk: Folk) -> None:
    [sure] = await folk.town.says("10", "/forgetme")
    [no] = await folk.town.presses(sure, "forget:yes")
    assert "quản trị viên duy nhất" in no.text


async def test_forged_and_old_buttons_do_nothing(folk: Folk) -> None:
    town = folk.town
    for data in ("done:999999", "done:x", "done:", "confirm:1", "d:1:ok", "undo:1", "person:1", "unlink:2", "replay:all",
                 "set:steps:-:0", "", ":::", "clock:1", "yes", "gather:enough", "amend:due:1", "invite:all", "replace:1",
                 "done:99999999999999999999999", "say:/nap", "period:zzz", "opinion:1:1", "unit:-5"):  # fmt: skip
        said = await town.says("30", "", kind="button", button_data=data)
        assert said or data, data
        assert town.state(folk.task) == "open", data


async def test_a_block_is_remembered_and_lifted_when_the_person_writes(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "", kind="blocked")
    with town.db.reading() as session:
        assert session.exec(select(Address).where(Address.chat_id == "30")).one().blocked_at is not None
    await town.says("30", "/viec")
    with town.db.reading() as session:
        assert session.exec(select(Address).where(Address.chat_id == "30")).one().blocked_at is None


async def test_the_code_alone_is_enough(folk: Folk) -> None:
    """The slip says "/start CODE"; on a telephone people type what stands in large letters."""
    town = folk.town
    for n, written in enumerate(("{}", "{}", " {}\n")):
        new = town.person(f"Người Mới {n}", folk.department, Role.DEPUTY, consent=False)
        code = town.code(new)
        shown = (code, code.lower(), f"{code[:4]}-{code[4:]}")[n]
        [asked] = await town.says(f"z{n}", written.format(shown), channel=town.zalo)
        assert "có đồng ý không" in asked.text


async def test_a_greeting_is_returned_once_and_commands_of_a_stranger_are_not_answered(folk: Folk) -> None:
    town = folk.town
    [told] = await town.says("z9", "xin chào", channel=town.zalo)
    assert "gửi /start kèm mã kết nối" in told.text
    assert await town.says("z9", "alo", channel=town.zalo) == []
    for command in ("/viec", "xong 1", "/tonghop", "/nap"):
        assert await town.says("z8", command, channel=town.zalo) == [], command


async def test_what_is_said_to_strangers_does_not_use_up_the_month(folk: Folk) -> None:
    town = folk.town
    town.zalo.limits = replace(town.zalo.limits, monthly=3000)
    for n in range(60):
        for _ in range(4):
            await town.says(f"s{n}", "/start", channel=town.zalo)
    assert len(town.zalo.said) == ANSWERS_TO_STRANGERS
    new = town.person("Người Mới", folk.department, Role.DEPUTY, consent=False)
    [asked] = await town.says("z1", f"/start {town.code(new)}", channel=town.zalo)
    assert "có đồng ý không" in asked.text, "who has a code is no stranger"
    answered = 0
    for _ in range(9):
        answered += len(await town.says("t1", "/start ABCD2345"))
    assert answered == 9
    assert town.telegram.said[-1].text.startswith("Đã thử quá nhiều lần")


async def test_one_stranger_is_answered_so_often_a_day_and_no_more() -> None:
    flood = Flood()
    assert flood.may_answer("zalo:1", "a", once=True, scarce=True)
    assert not flood.may_answer("zalo:1", "a", once=True, scarce=True)
    assert flood.passes("b")
    told = [flood.may_answer("telegram:1", "b", once=False, scarce=False) for _ in range(ANSWERS_TO_A_STRANGER + 5)]
    assert told.count(True) == ANSWERS_TO_A_STRANGER


async def test_who_comes_into_a_unit_after_the_letter_finds_its_tasks(folk: Folk) -> None:
    """The first letter is loaded before the list of people is: nobody of theirs may wait for the ladder's next step."""
    town = folk.town
    ward = town.unit("PVC", "Phường Võ Cường", parent=folk.province, kind="phường")
    given = town.assignment(folk.letter, ward, None, clause="5")
    head = town.person("Đỗ Chủ Tịch", ward, Role.HEAD, chat="60")
    [seen] = await town.says("60", "/viec")
    assert "Chưa có người phụ trách:\n1. 709/UBND-XDCB, khoản 5" in seen.text
    sheet = "Mã đơn vị,Họ và tên,Vai trò\nPVC,Cao Văn Mới,đầu mối\n".encode()
    [loaded] = await town.says("10", "", attachments=(document(sheet, "nguoi.csv"),))
    assert "thêm 1 người" in loaded.text
    with town.read() as session:
        new = session.exec(select(Person).where(Person.name == "Cao Văn Mới")).one()
        assert session.get_one(Assignment, given).owner_id == new.id != head
    [asked] = await town.says("61", f"/start {town.code(new.id or 0)}")
    welcome = (await town.presses(asked, "Đồng ý"))[-1]
    assert "Hiện có 1 mục chờ xử lý" in welcome.text
    await town.says("61", "xong 1")
    assert town.state(given) == "reported"
