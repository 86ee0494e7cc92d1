"""What the reader left out or refused with a doubt: the admin loads it all the same, makes a task of it, or leaves it."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from models.directives import Directive, Draft, Task
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.letters import ANSWER, UNREAD
from tests.bot.town import FakeChannel, Said, Town, document


@pytest.fixture
def office(folk: Folk) -> Folk:
    finance = folk.town.unit("STC", "Sở Tài chính", parent=folk.province)
    folk.town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    return folk


async def on(folk: Folk, messenger: str) -> tuple[FakeChannel, str]:
    """The admin's chat on this messenger."""
    town = folk.town
    if messenger == "zalo":
        await town.says("z1", f"/start {town.code(folk.admin)}", channel=town.zalo)
        return town.zalo, "z1"
    return town.telegram, "10"


async def choose(town: Town, channel: FakeChannel, chat: str, label: str) -> Said:
    """Press the button, or answer with the number of the choice, that begins so; gives what the screen says then."""
    last = next(said for said in reversed(channel.said) if said.chat_id == chat)
    if channel is town.zalo:
        number = next(
            text.split(".")[0] for text in last.text.splitlines() if text.partition(". ")[2].startswith(label)
        )
        return (await town.says(chat, number, channel=channel))[-1]
    data = next(b.data for row in last.message.buttons for b in row if b.label.startswith(label))
    said = await town.presses(last, data)
    return said[-1] if said else last


EARLIER = "709/UBND-XDCB"
"""The letter that everybody of `folk` has from the beginning."""


def letters(town: Town) -> list[Directive]:
    with town.read() as session:
        return list(session.exec(select(Directive).where(Directive.number != EARLIER)))


def made(town: Town) -> list[Task]:
    with town.read() as session:
        query = select(Task).join(Directive).where(Directive.number != EARLIER)
        return list(session.exec(query.order_by(col(Task.position))))


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_an_answer_that_orders_is_loaded_when_the_admin_says_so(office: Folk, messenger: str) -> None:
    town = office.town
    channel, chat = await on(office, messenger)
    said = (await town.says(chat, ANSWER, channel=channel))[-1]
    assert "Có vẻ là văn bản trả lời" in said.text
    assert "“Sở Y tế đề nghị Sở Tài chính nộp bổ sung bản vẽ mẫu" in said.text
    assert letters(town) == []
    screen = await choose(town, channel, chat, "Vẫn nạp")
    assert "? Có vẻ không phải văn bản giao việc" in screen.text
    assert "Sở Tài chính" in screen.text
    assert letters(town) == []
    await choose(town, channel, chat, "Tạo tất cả")
    assert [letter.number for letter in letters(town)] == ["877/SYT-NVY"]
    [mine] = await town.says("50", "/viec")
    assert "877/SYT-NVY, đoạn 1" in mine.text


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_an_answer_that_orders_is_left_when_the_admin_says_so(office: Folk, messenger: str) -> None:
    town = office.town
    channel, chat = await on(office, messenger)
    await town.says(chat, ANSWER, channel=channel)
    said = await choose(town, channel, chat, "Không nạp")
    assert "Đã huỷ" in said.text
    [again] = (await town.says(chat, "/nap", channel=channel))[-1:]
    assert "nạp dở" not in again.text
    assert letters(town) == []


async def test_a_file_that_answers_and_orders_keeps_its_file(office: Folk) -> None:
    town = office.town
    await town.says("10", "", attachments=(document(ANSWER.encode(), "cv877.txt"),))
    await choose(town, town.telegram, "10", "Vẫn nạp")
    await choose(town, town.telegram, "10", "Tạo tất cả")
    [letter] = await town.says("50", "/vanban 877")
    assert letter.message.files[0].content == ANSWER.encode()


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_passage_becomes_a_task_another_is_left_and_a_third_is_typed(office: Folk, messenger: str) -> None:
    town = office.town
    channel, chat = await on(office, messenger)
    screen = (await town.says(chat, UNREAD, channel=channel))[-1]
    assert "Cần xem lại 2 điểm" in screen.text
    passage = await choose(town, channel, chat, "Đoạn chưa đọc (2)")
    assert "Đoạn 1/2" in passage.text
    assert "“Sở Y tế yêu cầu các sở, ban, ngành khẩn trương" in passage.text
    annex = await choose(town, channel, chat, "Đoạn sau")
    assert "Phần sau chữ ký có nội dung giao việc" in annex.text
    left = await choose(town, channel, chat, "Không phải nhiệm vụ")
    assert "Đã bỏ qua" in left.text
    assert "Đoạn 1/1" in left.text
    added = await choose(town, channel, chat, "Tạo thành nhiệm vụ")
    assert "Đã thêm nhiệm vụ" in added.text
    assert "việc bổ sung 1" in added.text
    await choose(town, channel, chat, "Chủ trì")
    named = (await town.says(chat, "Sở Tài chính", channel=channel))[-1]
    assert "Đoạn chưa đọc" not in named.text + str(named.message.buttons)
    assert "Cần xem lại" not in named.text
    await choose(town, channel, chat, "Sửa một nhiệm vụ")
    asked = await choose(town, channel, chat, "Thêm nhiệm vụ")
    assert "Nội dung nhiệm vụ" in asked.text
    typed = (await town.says(chat, "Sở Tài chính cấp kinh phí mẫu trước 17h ngày 10/12/2026", channel=channel))[-1]
    assert "Chủ trì: Sở Tài chính" in typed.text
    assert "hạn 17:00 10/12/2026" in typed.text
    await choose(town, channel, chat, "Quay lại")
    await choose(town, channel, chat, "Tạo tất cả")
    assert [task.clause for task in made(town)] == ["1", "bs1", "bs2"]


async def test_a_task_or_heading_seen_loses_its_doubts(office: Folk) -> None:
    town = office.town
    await town.says(
        "10", UNREAD.replace("1. Sở Tài chính kiểm", "1. Khẩn trương kiểm").replace("812/SYT-NVY", "   /SYT-NVY")
    )
    page = await choose(town, town.telegram, "10", "Sửa phần đầu")
    assert "? Số văn bản để trống" in page.text
    seen = await choose(town, town.telegram, "10", "Đã xem")
    assert "Số văn bản để trống" not in seen.text
    await choose(town, town.telegram, "10", "Sửa một nhiệm vụ")
    task = await choose(town, town.telegram, "10", "1")
    assert "? Khoản này không nêu đơn vị" in task.text
    kept = await choose(town, town.telegram, "10", "Đã xem")
    assert "không nêu đơn vị" not in kept.text


async def test_the_heading_is_put_right(office: Folk) -> None:
    town = office.town
    await town.says("10", UNREAD)

    async def corrected(button: str, *answers: str) -> str:
        await choose(town, town.telegram, "10", "Sửa phần đầu")
        await choose(town, town.telegram, "10", button)
        return [(await town.says("10", answer))[-1] for answer in answers][-1].text

    assert "Văn bản 99/SYT-NVY" in await corrected("Số, ký hiệu", "99 / SYT-NVY")
    assert "ngày 19/11/2026" in await corrected("Ngày ban hành", "không nhớ", "19/11/2026")
    assert "Sở Tài chính" in (await corrected("Cơ quan ban hành", "?", "Sở Tài chính tỉnh Bắc Ninh")).splitlines()[1]
    assert "Đầu mối theo dõi: Lê Văn An (+8491***678)" in await corrected(
        "Đầu mối", "123", "đ/c Lê Văn An, ĐT 0912 345 678"
    )
    assert "Đầu mối theo dõi: Nguyễn Quản Trị" in await corrected("Đầu mối", "tôi")
    await choose(town, town.telegram, "10", "Sửa phần đầu")
    page = await choose(town, town.telegram, "10", "Nạp làm hồ sơ")
    assert "nạp làm hồ sơ" in page.text
    await choose(town, town.telegram, "10", "Quay lại")
    await choose(town, town.telegram, "10", "Tạo tất cả")
    [letter] = letters(town)
    assert (letter.number, letter.history, letter.contact_id) == ("99/SYT-NVY", True, office.admin)
    assert letter.issuer == "Sở Tài chính tỉnh Bắc Ninh"


async def test_joined_acts_are_the_clause_again(office: Folk) -> None:
    town = office.town
    await town.says("10", UNREAD)
    for button in ("Sửa một nhiệm vụ", "1", "Tách"):
        split = await choose(town, town.telegram, "10", button)
    assert "khoản 1 (ý 2)" in split.text
    for button in ("Sửa một nhiệm vụ", "2", "Gộp với"):
        joined = await choose(town, town.telegram, "10", button)
    assert "khoản 1:" in joined.text
    assert "kiểm tra kho thuốc mẫu; báo cáo kết quả" in joined.text


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_letter_left_unfinished_is_taken_up_again(office: Folk, messenger: str) -> None:
    town = office.town
    channel, chat = await on(office, messenger)
    await town.says(chat, UNREAD, channel=channel)
    await town.says(chat, "/viec", channel=channel)
    asked = (await town.says(chat, "/nap", channel=channel))[-1]
    assert "1. 812/SYT-NVY" in asked.text
    if messenger == "zalo":
        wrong = (await town.says(chat, "2", channel=channel))[-1]
        assert "chọn từ 1 đến 1" in wrong.text
        screen = (await town.says(chat, "1", channel=channel))[-1]
    else:
        screen = await choose(town, channel, chat, "1")
    assert "Văn bản 812/SYT-NVY" in screen.text
    await choose(town, channel, chat, "Tạo tất cả")
    assert len(letters(town)) == 1
    with town.read() as session:
        assert len(session.exec(select(Draft)).all()) == 1


async def test_a_passage_dealt_with_twice_is_told_so(office: Folk) -> None:
    town = office.town
    await town.says("10", UNREAD)
    passage = await choose(town, town.telegram, "10", "Đoạn chưa đọc")
    data = next(d for d in passage.data if ":skip:" in d)
    await town.presses(passage, data)
    [again] = await town.says("10", "", kind="button", button_data=data)
    assert "đã được xử lý" in again.text
    assert made(town) == []
