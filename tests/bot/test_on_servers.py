"""The conversations on PostgreSQL as well: savepoints, unique keys and rows held behave otherwise there."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from bot.channels.base import Incoming
from bot.context import Context
from bot.inbox import handle
from models.answers import Report
from models.database import Database
from models.units import Role
from tests.bot.letters import WHOLE
from tests.bot.town import Town, photo

pytestmark = pytest.mark.servers


@pytest.fixture
def served(postgresql: Database, tmp_path: Path) -> Town:
    town = Town(postgresql, tmp_path / "data")
    province = town.unit("UBNDT", "UBND tỉnh Bắc Ninh", kind="ubnd tỉnh")
    health = town.unit("SYT", "Sở Y tế", parent=province)
    finance = town.unit("STC", "Sở Tài chính", parent=province)
    town.person("Nguyễn Quản Trị", province, Role.ADMIN, chat="10")
    town.person("Trần Đầu Mối", health, Role.OWNER, chat="30")
    town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    return town


async def test_a_letter_is_loaded_answered_confirmed_and_rolled_up(served: Town) -> None:
    town = served
    [screen] = await town.says("10", WHOLE)
    await town.presses(screen, "Tạo tất cả")
    assert "Đã tạo 2 nhiệm vụ" in screen.text
    [mine] = await town.says("50", "/viec")
    assert "812/UBND-VX, khoản 2" in mine.text
    [twice] = await town.says("50", "xong 1 99", attachments=(photo(),))
    assert "Số 99 không có" in twice.text
    [done] = await town.says("50", "có")
    assert "Đã lưu 1 tệp" in done.text
    [no] = await town.says("50", "xong 1")
    assert "đã có báo cáo" in no.text
    [mixed] = await town.says("50", "/xong 1 1")
    assert mixed.text
    [letters] = await town.says("10", "/vanban 812")
    assert "đã báo cáo 1/1" in letters.text
    [rolled] = await town.says("10", "/tonghop tháng 12/2026")
    assert "2 nhiệm vụ" in rolled.text
    [people] = await town.says("10", "/nguoi")
    assert "3 người đã kết nối" in people.text
    for said in ("/quahan", "/loigui", "/caidat", "/trogiup", "/choxacnhan", "/ketnoi", "/dulieucuatoi"):
        assert (await town.says("10", said))[0].text, said


async def test_two_processes_with_the_same_update_act_once(served: Town) -> None:
    town = served
    [screen] = await town.says("10", WHOLE)
    await town.presses(screen, "Tạo tất cả")
    other = Context(lambda: town.now, town.folder, town.context.channels)
    for n in range(5):
        text = "xong 1" if n % 2 == 0 else "rút lại 1"
        again = Incoming(
            lane=town.telegram.lane, update_id=f"p{n}", kind="message", chat_id="50", sender_id="50", text=text
        )
        await asyncio.gather(
            handle(town.db, town.telegram, again, town.context), handle(town.db, town.telegram, again, other)
        )
    with town.db.reading() as session:
        assert len(session.exec(select(Report)).all()) == 3
