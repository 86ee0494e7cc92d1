"""The owner reports, the contact confirms or sends back: the whole conversation on a channel with buttons."""

from models.events import EventKind
from tests.bot.conftest import Folk


async def test_the_owner_reports_and_the_contact_confirms(folk: Folk) -> None:
    town = folk.town
    [listed] = await town.says("30", "/viec")
    assert "1. 709/UBND-XDCB, khoản 2" in listed.text
    assert "hạn 30/11/2026 (còn 7 ngày)" in listed.text
    [answer] = await town.says("30", "xong 1 CV 12/BC-SYT ngày 23/11/2026")
    assert "đã ghi nhận báo cáo lúc 09:00" in answer.text
    assert "12/BC-SYT" in answer.text
    assert town.state(folk.task) == "reported"
    [asked] = await town.deliver(EventKind.REPORTED)
    assert asked.chat_id == "20"
    assert "Sở Y tế" in asked.text
    assert "văn bản 12/BC-SYT ngày 23/11/2026" in asked.text
    [done] = await town.says("20", "xác nhận 1")
    assert "đã xác nhận hoàn thành" in done.text
    assert town.state(folk.task) == "confirmed"
    [told] = await town.deliver(EventKind.CONFIRMED)
    assert told.chat_id == "30"
    assert "đúng hạn" in told.text


async def test_the_contact_sends_back_with_a_reason_that_is_asked_for(folk: Folk) -> None:
    town = folk.town
    await town.says("30", "xong 1")
    [asked] = await town.deliver(EventKind.REPORTED)
    [why] = await town.presses(asked, "Đề nghị bổ sung")
    assert "nêu nội dung cần bổ sung" in why.text
    assert town.state(folk.task) == "reported"
    [back] = await town.says("20", "Thiếu biểu tổng hợp, chưa có số liệu quý")
    assert "đã đề nghị bổ sung" in back.text
    assert town.state(folk.task) == "open"
    [told] = await town.deliver(EventKind.RETURNED)
    assert "Thiếu biểu tổng hợp" in told.text
    assert "hạn 30/11/2026" in told.text
    [again] = await town.presses(told, "Xong 1")
    assert town.state(folk.task) == "reported" or again.text == ""


async def test_what_is_not_a_report_changes_nothing(folk: Folk) -> None:
    town = folk.town
    for said in ("/xong 99", "/xong abc", "chưa xong 1", "xong 1?", "xong 1 119 đơn vị đã gửi", "sắp xong 1"):
        [answer] = await town.says("30", said)
        assert answer.text
        assert town.state(folk.task) == "open", said
    await town.says("30", "/xong 1")
    [twice] = await town.says("30", "/xong 1")
    assert "đã có báo cáo" in twice.text
    [other] = await town.says("20", "/xong 1")
    assert town.state(folk.task) == "reported"
    assert other.text


async def test_a_doubtful_report_is_asked_back_and_done_on_yes(folk: Folk) -> None:
    town = folk.town
    [asked] = await town.says("30", "xong 1 119 đơn vị đã gửi")
    assert "Có phải đồng chí muốn báo cáo hoàn thành nhiệm vụ số 1?" in asked.text
    await town.presses(asked, "Đúng")
    assert town.state(folk.task) == "reported"


async def test_an_edited_message_never_acts(folk: Folk) -> None:
    [answer] = await folk.town.says("30", "/xong 1", kind="edited")
    assert "sửa lại" in answer.text
    assert folk.town.state(folk.task) == "open"


async def test_a_stranger_learns_nothing(folk: Folk) -> None:
    for said in ("/viec", "xong 1", "/vanban 709/UBND-XDCB"):
        assert await folk.town.says("99", said) == []
    [told] = await folk.town.says("99", "709/UBND-XDCB")
    [same] = await folk.town.says("98", "xin chào")
    assert told.text == same.text, "a letter's number is answered as any greeting is: by the way in"
    assert "mã kết nối" in told.text
    assert await folk.town.says("99", "xin chào") == []
