"""What a contact, a leader and an admin can say."""

from sqlmodel import select

from models.aiming import AIM
from models.assignments import Assignment
from models.events import EventKind
from models.units import Role
from models.upkeep import Setting
from tests.bot.conftest import Folk


async def many(folk: Folk, count: int = 4) -> list[int]:
    """Several communes report on one clause."""
    town, made = folk.town, []
    for n in range(count):
        unit = town.unit(f"P{n}", f"Phường Số {n}", parent=folk.province, kind="phường")
        owner = town.person(f"Người {n}", unit, Role.OWNER, chat=f"7{n}")
        made.append(town.assignment(folk.letter, unit, owner, clause="9"))
        await town.says(f"7{n}", "xong 1")
    return made


async def test_many_reports_are_bundled_and_confirmed_by_ranges_and_exceptions(folk: Folk) -> None:
    made = await many(folk)
    town = folk.town
    [asked] = await town.deliver(EventKind.REPORTED)
    assert "4 báo cáo chờ xác nhận" in asked.text
    [listed] = await town.says("20", "/choxacnhan")
    assert "1. 709/UBND-XDCB, khoản 9 – Phường Số 0" in listed.text
    await town.says("20", "xác nhận tất cả trừ 2")
    assert [town.state(a) for a in made] == ["confirmed", "reported", "confirmed", "confirmed"]
    [named] = await town.says("20", "xác nhận Phường Số 1")
    assert "Phường Số 1: đã xác nhận" in named.text
    [nothing] = await town.says("20", "/xacnhan")
    assert "Không có báo cáo nào" in nothing.text


async def test_all_but_a_number_that_spares_nothing_is_asked_back(folk: Folk) -> None:
    """ "trừ 50" was perhaps to be "trừ 5": what was to be spared must not be confirmed by a slip of the finger."""
    made = await many(folk, 3)
    [asked] = await folk.town.says("20", "xác nhận tất cả trừ 50")
    assert "Không có mục số 50" in asked.text
    assert {folk.town.state(a) for a in made} == {"reported"}
    await folk.town.says("20", "xác nhận 1")
    await folk.town.says("20", "xác nhận tất cả trừ 1")  # closed a moment ago: it spares nothing and harms nothing
    assert {folk.town.state(a) for a in made} == {"confirmed"}


async def test_all_but_a_named_unit_are_confirmed(folk: Folk) -> None:
    made = await many(folk, 3)
    await folk.town.says("20", "xác nhận tất cả trừ Phường Số 2")
    assert [folk.town.state(a) for a in made] == ["confirmed", "confirmed", "reported"]


async def test_nobody_confirms_their_own_report_or_anothers_letter(folk: Folk) -> None:
    town = folk.town
    own = town.assignment(folk.letter, folk.province, folk.contact, clause="7")
    await town.says("20", "xong 1")
    assert town.state(own) == "reported"
    [forged] = await town.says("20", "", kind="button", button_data=f"confirm:{own}")
    assert "không tự xác nhận" in forged.text
    await town.says("30", "xong 1")
    [stranger] = await town.says("40", "", kind="button", button_data=f"confirm:{folk.task}")
    assert "không phải đầu mối" in stranger.text
    assert town.state(folk.task) == "reported"


async def test_a_denial_or_a_question_confirms_nothing(folk: Folk) -> None:
    await folk.town.says("30", "xong 1")
    for said in ("chưa xác nhận 1", "xác nhận 1 chưa?", "không xác nhận 1", "sẽ xác nhận 1"):
        await folk.town.says("20", said)
        assert folk.town.state(folk.task) == "reported", said


async def test_an_answer_by_document_is_recorded_for_the_unit(folk: Folk) -> None:
    town = folk.town
    [answer] = await town.says("20", "ghi nhận 709 khoản 2 Sở Y tế 15/BC-SYT 22/11/2026")
    assert "đã ghi nhận thay văn bản 15/BC-SYT ngày 22/11/2026" in answer.text
    assert town.state(folk.task) == "confirmed"
    [told] = await town.deliver(EventKind.RECORDED)
    assert told.chat_id == "30"
    assert "ghi nhận thay" in told.text
    [how] = await town.says("20", "/ghinhan")
    assert "Đề nghị" in how.text


async def test_those_who_have_not_reported_are_urged_once_a_day(folk: Folk) -> None:
    town = folk.town
    [done] = await town.says("20", "đôn đốc 709")
    assert "đã gửi đôn đốc 1 người" in done.text
    [told] = await town.deliver(EventKind.URGED)
    assert told.chat_id == "30"
    assert "báo cáo kết quả" in told.text
    [again] = await town.says("20", "/dondoc")
    assert "Hôm nay đã đôn đốc" in again.text
    [no] = await town.says("30", "/dondoc 709")
    assert "không có quyền" in no.text or "Không tìm thấy" in no.text


async def test_a_peer_asks_and_does_not_order(folk: Folk) -> None:
    town = folk.town
    finance = town.unit("STC", "Sở Tài chính", parent=folk.province)
    contact = town.person("Hồ Theo Dõi", finance, Role.OWNER, chat="80")
    letter = town.letter(contact, folk.admin, number="45/STC-QLNS", issuer=finance)
    town.assignment(letter, folk.department, folk.owner)
    await town.says("80", "đôn đốc 45")
    [told] = await town.deliver(EventKind.URGED)
    assert "Trân trọng đề nghị" in told.text


async def test_letters_are_shown_to_those_they_bind(folk: Folk) -> None:
    town = folk.town
    [mine] = await town.says("30", "/vanban")
    assert "709/UBND-XDCB" in mine.text
    [one] = await town.says("30", "văn bản 709")
    assert "khoản 2 (Sở Y tế)" in one.text
    other = town.unit("SXD", "Sở Xây dựng", parent=folk.province)
    town.person("Người Xây Dựng", other, Role.OWNER, chat="90")
    [none] = await town.says("90", "/vanban 709")
    assert "Không tìm thấy văn bản" in none.text
    [progress] = await town.says("20", "/vanban 709")
    assert "đã báo cáo 0/1" in progress.text


async def test_the_admin_amends_and_withdraws_a_task(folk: Folk) -> None:
    town = folk.town
    [shown] = await town.says("10", "sửa 709 khoản 2")
    [ask] = await town.presses(shown, "Thời hạn")
    assert "Thời hạn mới của khoản 2 là ngày nào" in ask.text
    [done] = await town.says("10", "05/12/2026")
    assert "đã sửa" in done.text
    [told, *_] = await town.deliver(EventKind.AMENDED)
    assert "05/12/2026" in told.text
    [shown] = await town.says("10", "/sua 709 khoản 2")
    await town.presses(shown, "Thu hồi")
    [gone] = await town.says("10", "Trùng với văn bản khác")
    assert "đã thu hồi" in gone.text
    assert town.state(folk.task) == "withdrawn"
    told = [said for said in await town.deliver(EventKind.WITHDRAWN) if said.chat_id == "30"]
    assert "Trùng với văn bản khác" in told[0].text


async def test_the_roll_up_comes_with_picture_and_table(folk: Folk) -> None:
    town = folk.town
    [rolled] = await town.says("10", "/tonghop tháng 12/2026")
    assert "say:/urge" in rolled.data  # one button reminds all who have not reported
    assert "1 nhiệm vụ" in rolled.text
    assert rolled.message.picture is not None
    assert rolled.message.picture.content.startswith(b"\x89PNG")
    assert rolled.message.files[0].content.startswith(b"PK")
    [unclear] = await town.says("10", "/tonghop hôm kia")
    assert "Chưa rõ kỳ báo cáo" in unclear.text
    [no] = await town.says("30", "/tonghop")
    assert "không có quyền" in no.text


async def test_what_is_overdue_is_listed_for_leaders(folk: Folk) -> None:
    from datetime import date

    town = folk.town
    with town.db.transaction() as session:
        session.get_one(Assignment, folk.task).due_on = date(2026, 11, 18)
    leader = town.person("Nguyễn Lãnh Đạo", folk.province, Role.LEADER, chat="15")
    [late] = await town.says("15", "quá hạn")
    assert "1 nhiệm vụ quá hạn của 1 đơn vị" in late.text
    assert "18/11/2026" in late.text
    assert leader


async def test_invitations_for_one_person_and_for_all(folk: Folk) -> None:
    town = folk.town
    new = town.person("Cao Văn Mới", folk.commune, Role.OWNER, consent=False)
    [answer] = await town.says("10", "/ketnoi Cao Văn Mới")
    assert "https://t.me/dondoc_bot?start=" in answer.text
    code = answer.text.split("start=")[1].split()[0]
    [consent] = await town.says("55", f"/start {code}")
    assert "có đồng ý không" in consent.text
    [all_] = await town.says("10", "kết nối")
    assert "chưa kết nối" in all_.text or "đều đã có người kết nối" in all_.text
    assert new


async def test_people_are_shown_disconnected_and_replaced(folk: Folk) -> None:
    town = folk.town
    town.person("Vũ Thị Bình", folk.department, Role.DEPUTY, chat="31")
    [overview] = await town.says("10", "/nguoi")
    assert "người đã kết nối" in overview.text
    [card] = await town.says("10", "/nguoi Trần Đầu Mối")
    assert "Kết nối: Telegram" in card.text
    [ask] = await town.presses(card, "Thay người")
    assert "Ai thay Trần Đầu Mối" in ask.text
    [done] = await town.says("10", "Vũ Thị Bình")
    assert "đã chuyển 1 nhiệm vụ" in done.text
    [mine] = await town.says("31", "/viec")
    assert "709/UBND-XDCB" in mine.text
    [cut] = await town.presses(card, "Ngắt kết nối")
    assert "đã ngắt 1 kết nối" in cut.text
    assert await town.says("30", "/viec") == []


async def test_the_ladder_is_shown_and_changed_by_admins_only(folk: Folk) -> None:
    town = folk.town
    [own] = await town.says("10", "/caidat")
    await town.presses(own, "Thang nhắc việc")
    assert "trước hạn 7 ngày làm việc: đầu mối" in own.text
    [ask] = await town.presses(own, "Sửa các bước")
    assert "ghi các bước" in ask.text
    [changed] = await town.says("10", "trước 5: đầu mối; sau 2: đầu mối, thủ trưởng; tuần: đầu mối")
    assert "trước hạn 5 ngày làm việc" in changed.text
    assert "trước hạn 7" not in changed.text
    with town.db.reading() as session:  # what is open already is aimed anew
        assert session.exec(select(Setting.name).where(Setting.name == AIM)).all() == [AIM]
    [refused] = await town.says("30", "", kind="button", button_data="set:steps:-:0")
    assert "Chỉ quản trị" in refused.text


async def test_what_did_not_arrive_is_listed_and_sent_again(folk: Folk) -> None:
    from models.events import Event, EventState

    town = folk.town
    with town.db.transaction() as session:
        event = Event(
            key="digest:x", kind=EventKind.DIGEST, person_id=folk.owner, data={"items": []}, business_date=town.now.date(),
            created_at=town.now, available_at=town.now, due_at=town.now, state=EventState.FAILED, last_error="blocked",
            settled_at=town.now,
        )  # fmt: skip
        session.add(event)
        session.flush()
        number = event.id
    [listed] = await town.says("10", "/loigui")
    assert f"{number}. nhắc việc, Trần Đầu Mối: người nhận chặn bot" in listed.text
    [sent] = await town.says("10", f"gửi lại {number}")
    assert "Đã xếp lại 1 tin" in sent.text
    [none] = await town.says("10", "/guilai tất cả")
    assert "Không có tin nào" in none.text
