"""Who makes a group chat a unit's: whoever speaks for that unit; an admin of the house only while nobody there can."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from models import linking
from models.addresses import mark_blocked, mark_unblocked
from models.people import Address, LinkCode, Membership
from models.units import Role
from tests.bot.conftest import Folk

GROUP, OTHER_GROUP = "-900", "-901"
OF_UNIT, OF_ADMIN, TAKEN = (
    "Chỉ thủ trưởng hoặc quản trị viên của",
    "do quản trị viên hệ thống thực hiện",
    "nối với đơn vị khác",
)


async def links(folk: Folk, who: str, unit: int, *, group: str = GROUP, code: str = "", **more: object) -> str:
    """What the group is told when somebody types the unit's code in it."""
    [told] = await folk.town.says(group, f"/start {code or new_code(folk, unit)}", sender_id=who, is_group=True, **more)
    return told.text


def new_code(folk: Folk, unit: int) -> str:
    with folk.town.db.transaction() as session:
        return linking.invite(session, folk.town.now, unit_id=unit, by=folk.admin)


def unit_of(folk: Folk, group: str = GROUP, thread: str = "") -> int | None:
    with folk.town.db.reading() as session:
        query = select(Address.unit_id).where(Address.chat_id == group, Address.thread_id == thread)
        return session.exec(query).one_or_none()


async def test_the_head_links_the_units_group_and_nobody_else_does_while_the_head_can(folk: Folk) -> None:
    code = new_code(folk, folk.department)
    folk.town.person("Thủ Trưởng Phường", folk.commune, Role.HEAD, chat="50")
    for who in ("30", "20", "10", "50"):  # its owner, the contact, the house's admin, another unit's head
        told = await links(folk, who, folk.department, code=code)
        assert OF_UNIT in told, who
        assert "Sở Y tế" in told
        assert "Phạm Giám Đốc" not in told, "nobody is named in a group"
    assert unit_of(folk) is None
    assert "nối với Sở Y tế" in await links(folk, "40", folk.department, code=code)
    assert unit_of(folk) == folk.department


async def test_an_admin_of_the_unit_links_it_as_its_head_does(folk: Folk) -> None:
    folk.town.person("Văn Thư Sở", folk.department, Role.ADMIN, chat="60")
    assert "nối với Sở Y tế" in await links(folk, "60", folk.department)


async def test_while_nobody_of_the_unit_can_the_houses_admin_links_it(folk: Folk) -> None:
    code = new_code(folk, folk.commune)
    folk.town.person("Đầu Mối Phường", folk.commune, Role.OWNER, chat="50")
    assert OF_ADMIN in await links(folk, "50", folk.commune, code=code)
    assert unit_of(folk) is None
    assert "Phường Kinh Bắc" in await links(folk, "10", folk.commune, code=code)


async def test_a_head_who_cannot_come_does_not_stand_in_the_admins_way(folk: Folk) -> None:
    """On Zalo only, or having blocked the bot: then there is nobody to pass the code on to."""
    town = folk.town
    town.person("Thủ Trưởng Phường", folk.commune, Role.HEAD, chat="z50", channel=town.zalo)
    assert "nối với Phường Kinh Bắc" in await links(folk, "10", folk.commune)
    with town.db.transaction() as session:
        mark_blocked(session, town.now, town.telegram.lane, "40", "blocked")
    assert "nối với Sở Y tế" in await links(folk, "10", folk.department, group=OTHER_GROUP)
    with town.db.transaction() as session:
        mark_unblocked(session, town.now, town.telegram.lane, "40")
    assert OF_UNIT in await links(folk, "10", folk.department, group="-902")


async def test_a_role_that_has_ended_links_nothing(folk: Folk) -> None:
    with folk.town.db.transaction() as session:
        held = session.exec(select(Membership).where(Membership.person_id == folk.head)).one()
        held.until = folk.town.now - timedelta(minutes=1)
    assert OF_ADMIN in await links(folk, "40", folk.department)
    assert unit_of(folk) is None


async def test_a_refused_code_is_not_used_up_and_a_stranger_hears_nothing(folk: Folk) -> None:
    code = new_code(folk, folk.department)
    assert await folk.town.says(GROUP, f"/start {code}", sender_id="777", is_group=True) == []
    await links(folk, "30", folk.department, code=code)
    with folk.town.db.reading() as session:
        assert session.exec(select(LinkCode).where(col(LinkCode.consumed_at).is_not(None))).all() == []


async def test_another_units_group_is_not_taken_but_its_own_head_or_an_admin_moves_it(folk: Folk) -> None:
    folk.town.person("Thủ Trưởng Phường", folk.commune, Role.HEAD, chat="50")
    await links(folk, "40", folk.department)
    assert TAKEN in await links(folk, "50", folk.commune)
    assert unit_of(folk) == folk.department
    with folk.town.db.transaction() as session:
        session.add(Membership(person_id=folk.head, unit_id=folk.commune, role=Role.HEAD))
    assert "nối với Phường Kinh Bắc" in await links(folk, "40", folk.commune)
    assert unit_of(folk) == folk.commune


async def test_the_group_linked_last_is_the_one_that_is_told(folk: Folk) -> None:
    await links(folk, "40", folk.department)
    await links(folk, "40", folk.department, group=OTHER_GROUP)
    with folk.town.db.reading() as session:
        told = select(Address.chat_id).where(Address.unit_id == folk.department).order_by(col(Address.position))
        assert session.exec(told).all() == [OTHER_GROUP, GROUP]


async def test_the_admin_who_asks_for_the_code_is_told_who_sends_it_and_until_when(folk: Folk) -> None:
    [told] = await folk.town.says("10", "/ketnoi nhóm Sở Y tế")
    assert "hủ trưởng hoặc quản trị viên của đơn vị" in told.text
    assert "07/12/2026" in told.text
    code = told.text.rpartition("/start ")[2]
    assert "nối với Sở Y tế" in await links(folk, "40", folk.department, code=code)
