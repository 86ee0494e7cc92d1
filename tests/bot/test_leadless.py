"""Tasks whose lead no unit of the register is: the admin is told before and after, and finds them until each has a unit."""

import pytest
from sqlmodel import select

from models.assignments import Assignment
from models.people import Person
from models.units import Role
from tests.bot.conftest import Folk
from tests.bot.letters import WHOLE

STRANGE = WHOLE.replace("812/UBND-VX", "813/UBND-VX").replace(
    "2. Giao Sở Tài chính bố trí", "2. Giao Viện Nghiên cứu Ong mật bố trí"
)


@pytest.fixture
def office(folk: Folk) -> Folk:
    finance = folk.town.unit("STC", "Sở Tài chính", parent=folk.province)
    folk.town.person("Đỗ Tài Chính", finance, Role.OWNER, chat="50")
    return folk


async def test_a_task_without_a_lead_is_told_of_listed_and_given(office: Folk) -> None:
    town = office.town
    [screen] = await town.says("10", STRANGE)
    assert "Chưa có đơn vị chủ trì trong danh bạ: nhiệm vụ 2." in screen.text
    await town.presses(screen, "Tạo tất cả")
    assert "1 nhiệm vụ chưa có đơn vị chủ trì nên chưa giao cho ai: khoản 2." in screen.text

    [listed] = await town.says("10", "/chuagiao")
    assert "813/UBND-VX, khoản 2" in listed.text
    [ask] = await town.presses(listed, "1")
    assert "Giao đơn vị nào chủ trì?" in ask.text
    assert "tháng 12/2026" in ask.text or "31/12/2026" in ask.text
    [unknown] = await town.says("10", "Viện Ong")
    assert "Chưa có trong danh bạ đơn vị: “Viện Ong”" in unknown.text
    [given] = await town.says("10", "Sở Tài chính")
    assert "Đã giao 813/UBND-VX, khoản 2 cho Sở Tài chính (1 lượt)" in given.text

    [none] = await town.says("10", "chưa giao")
    assert "Mọi nhiệm vụ đều đã có đơn vị chủ trì" in none.text
    [mine] = await town.says("50", "/viec")
    assert "813/UBND-VX, khoản 2" in mine.text
    with town.db.reading() as session:
        mine = select(Person.id).where(Person.name == "Đỗ Tài Chính").scalar_subquery()
        [lead] = session.exec(select(Assignment).where(Assignment.part == "lead", Assignment.owner_id == mine))
    assert lead.next_reminder_at is not None


async def test_only_an_admin_sees_and_gives_them(office: Folk) -> None:
    town = office.town
    [screen] = await town.says("10", STRANGE)
    await town.presses(screen, "Tạo tất cả")
    [refused] = await town.says("50", "/chuagiao")
    assert "813" not in refused.text
    [pressed] = await town.says("50", "", kind="button", button_data="leadless:all")
    assert "813" not in pressed.text
