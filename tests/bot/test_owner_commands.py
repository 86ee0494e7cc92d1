"""What an owner and a head can say besides "xong"."""

from datetime import date

from models.assignments import Assignment
from models.events import EventKind
from models.units import Role
from tests.bot.conftest import Folk


async def test_received_and_withdrawn(folk: Folk) -> None:
    town = folk.town
    [answer] = await town.says("30", "đã nhận 1")
    assert "đã ghi nhận việc tiếp nhận" in answer.text
    assert town.state(folk.task) == "received"
    [again] = await town.says("30", "/received 1")
    assert "đã được ghi nhận là đã tiếp nhận" in again.text
    await town.says("30", "xong 1")
    [back] = await town.says("30", "rút lại 1")
    assert "đã rút lại báo cáo" in back.text
    assert town.state(folk.task) == "received"


async def test_without_a_number_it_asks_which_and_a_bare_number_answers(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="3", text="Tổng hợp danh sách")
    [asked] = await town.says("30", "/xong")
    assert "báo cáo hoàn thành nhiệm vụ số nào" in asked.text
    [done] = await town.says("30", "2")
    assert done.text.startswith("2. 709/UBND-XDCB, khoản 3")
    [bare] = await town.says("30", "1")
    assert "Có phải đồng chí muốn báo cáo hoàn thành nhiệm vụ số 1?" in bare.text
    assert town.state(folk.task) == "open"


async def test_which_can_be_pressed(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="3")
    [asked] = await town.says("30", "đã nhận")
    await town.presses(asked, "1")
    assert town.state(folk.task) == "received"


async def test_more_time_is_asked_agreed_and_granted(folk: Folk) -> None:
    town = folk.town
    [day] = await town.says("30", "gia hạn 1")
    assert "ngày xin gia hạn" in day.text
    [why] = await town.says("30", "7/12/2026")
    assert "nêu lý do" in why.text
    [asked] = await town.says("30", "chưa có đủ số liệu của các xã")
    assert "đã gửi đề nghị gia hạn đến 07/12/2026" in asked.text
    [told] = await town.deliver(EventKind.EXTENSION_ASKED)
    assert told.chat_id == "20"
    assert "đến 07/12/2026" in told.text
    assert "chưa có đủ số liệu" in told.text
    [granted] = await town.presses(told, "Duyệt gia hạn")
    assert "đã duyệt gia hạn đến 07/12/2026" in granted.text
    [owner] = await town.deliver(EventKind.EXTENSION_DECIDED)
    assert owner.chat_id == "30"
    [listed] = await town.says("30", "việc")
    assert "hạn 07/12/2026" in listed.text


async def test_more_time_is_refused_or_another_date_proposed(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xin gia hạn 1 đến 20/12/2026 vì chờ số liệu")
    [told] = await town.deliver(EventKind.EXTENSION_ASKED)
    [ask] = await town.presses(told, "Đề xuất ngày khác")
    assert "ngày đề xuất" in ask.text
    await town.says("20", "05/12/2026")
    [offer] = await town.deliver(EventKind.EXTENSION_DECIDED)
    assert "đề xuất thời hạn 05/12/2026" in offer.text
    [taken] = await town.presses(offer, "Đồng ý ngày đề xuất")
    assert "thời hạn mới là 05/12/2026" in taken.text
    await town.says("30", "gia hạn 1 10/12/2026 chờ ý kiến")
    [second] = await town.deliver(EventKind.EXTENSION_ASKED)
    [reason] = await town.presses(second, "Không duyệt")
    assert "nêu lý do" in reason.text
    [refused] = await town.says("20", "Không đủ căn cứ")
    assert "không duyệt gia hạn" in refused.text


async def test_snooze_goes_to_the_next_working_day_but_not_past_the_deadline(folk: Folk) -> None:
    [answer] = await folk.town.says("30", "nhắc sau 1")
    assert "25/11/2026" in answer.text  # the 24th is a public holiday
    [named] = await folk.town.says("30", "/nhacsau 1 26/11")
    assert "26/11/2026" in named.text
    [late] = await folk.town.says("30", "/nhacsau 1 15/12")
    assert "muộn nhất vào ngày 27/11/2026" in late.text


async def test_handing_over_and_a_head_giving_a_part(folk: Folk) -> None:
    town = folk.town
    colleague = town.person("Vũ Thị Bình", folk.department, Role.OWNER, chat="31")
    [who] = await town.says("30", "bàn giao 1")
    assert "bàn giao cho ai" in who.text
    [given] = await town.says("30", "chị Bình")
    assert "đã giao Vũ Thị Bình phụ trách" in given.text
    [told] = await town.deliver(EventKind.ASSIGNED)
    assert told.chat_id == "31"
    assert "Trần Đầu Mối bàn giao đồng chí thực hiện" in told.text
    [mine] = await town.says("31", "/viec")
    assert "709/UBND-XDCB" in mine.text
    [part] = await town.says("31", "giao 1 Trần Đầu Mối: tổng hợp số liệu 25/11")
    assert "không có quyền" in part.text
    assert colleague


async def test_not_our_competence_goes_to_the_admin_who_gives_it_on(folk: Folk) -> None:
    town = folk.town
    finance = town.unit("STC", "Sở Tài chính", parent=folk.province)
    town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    [why] = await town.says("30", "không thuộc 1")
    assert "nêu lý do" in why.text
    [sent] = await town.says("30", "Việc này của Sở Tài chính")
    assert "chuyển quản trị" in sent.text
    assert town.state(folk.task) == "disputed"
    [asked] = await town.deliver(EventKind.DISPUTED)
    assert asked.chat_id == "10"
    assert "Việc này của Sở Tài chính" in asked.text
    [whom] = await town.presses(asked, "Giao đơn vị khác")
    assert "giao cho đơn vị hoặc người nào" in whom.text
    [given] = await town.says("10", "Sở Tài chính")
    assert "đã giao Sở Tài chính thực hiện" in given.text
    told = await town.deliver(EventKind.ASSIGNED)
    assert [one.chat_id for one in told] == ["50", "30"]


async def test_a_head_sees_the_unit_by_person(folk: Folk) -> None:
    [unit] = await folk.town.says("40", "/viec")
    assert "Trần Đầu Mối:" in unit.text
    assert "709/UBND-XDCB, khoản 2" in unit.text
    folk.town.assignment(folk.letter, folk.department, folk.head, clause="3")
    [own] = await folk.town.says("40", "/viec")  # who has tasks of their own sees these first
    assert "khoản 2" not in own.text
    [unit] = await folk.town.presses(own, "Việc của đơn vị")
    assert "Trần Đầu Mối:" in unit.text


async def test_coordinators_are_listed_but_never_late_and_cannot_report(folk: Folk) -> None:
    town = folk.town
    town.assignment(folk.letter, folk.department, folk.owner, clause="5", due=date(2026, 11, 1), part="coordinate")
    [listed] = await town.says("30", "/viec")
    assert "khoản 5" in listed.text
    assert "quá hạn" not in listed.text
    [refused] = await town.says("30", "xong 2")
    assert "phối hợp" in refused.text


async def test_a_person_of_an_enterprise_is_addressed_as_the_unit_wishes(folk: Folk) -> None:
    firm = folk.town.unit("DN1", "Công ty Cấp nước", kind="doanh nghiệp", address_as="Anh/Chị")
    folk.town.person("Ngô Doanh Nghiệp", firm, Role.OWNER, chat="60")
    [answer] = await folk.town.says("60", "/viec")
    assert "Anh/Chị" in answer.text
    assert "đồng chí" not in answer.text


async def test_english_speakers_are_answered_in_english(folk: Folk) -> None:
    [choice] = await folk.town.says("30", "/settings")
    await folk.town.presses(choice, "English")
    [answer] = await folk.town.says("30", "done 1 document 12/BC-SYT")
    assert "report recorded" in answer.text
    [helped] = await folk.town.says("30", "/help")
    assert "/extend" in helped.text
    assert "/load" not in helped.text
    assert "“extend 3 15/12/2026" in helped.text
    assert "“confirm" not in helped.text


async def test_what_is_no_day_is_asked_back_once_more_and_becomes_no_reason(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "/giahan 1")
    [again] = await town.says("30", "hôm nay trời đẹp")
    assert "Chưa rõ ngày" in again.text
    assert "huỷ" in again.text
    [slip] = await town.says("30", "/viecc")
    assert "/viec" in slip.text
    assert "Chưa rõ ngày" not in slip.text
    [reason] = await town.says("30", "05/12/2026")
    assert "nêu lý do" in reason.text
    [asked] = await town.says("30", "chờ số liệu.")
    assert "đã gửi đề nghị gia hạn đến 05/12/2026" in asked.text
    [told] = await town.deliver(EventKind.EXTENSION_ASKED)
    assert "hạn 30/11/2026 (còn 7 ngày), đến 05/12/2026. Lý do: chờ số liệu." in told.text
    [open_already] = await town.says("30", "/giahan 1")
    assert "đã có đề nghị gia hạn đến 05/12/2026" in open_already.text


async def test_a_period_is_called_as_people_call_it(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        session.get_one(Assignment, folk.task).period = "2026-Q4"
    [listed] = await folk.town.says("30", "/viec")
    assert "kỳ quý IV/2026" in listed.text
    assert "2026-Q4" not in listed.text
