"""A changed phone: an admin writes the new number in chat; nobody else may, and no answer shows it whole."""

import pytest
from sqlmodel import select

from models import audit
from models.linking import link_by_phone
from models.people import Person
from models.phones import to_e164
from models.upkeep import AuditEntry
from tests.bot.conftest import Folk

NEW = "0912 000 777"


@pytest.mark.parametrize("zalo", [False, True])
async def test_an_admin_changes_the_phone_and_the_new_one_connects(folk: Folk, *, zalo: bool) -> None:
    town = folk.town
    if zalo:
        await town.says("z1", f"/start {town.code(folk.admin)}", channel=town.zalo)
    channel, chat = (town.zalo, "z1") if zalo else (town.telegram, "10")
    [card] = await town.says(chat, "/nguoi Trần Đầu Mối", channel=channel)
    if zalo:
        place = next(row[0] for row in card.text.splitlines() if row.endswith("Đổi số điện thoại"))
        [asked] = await town.says(chat, place, channel=channel)
    else:
        [asked] = await town.presses(card, "Đổi số điện thoại")
    assert "Trần Đầu Mối" in asked.text
    [wrong] = await town.says(chat, "12345", channel=channel)
    assert "không đúng" in wrong.text
    [done] = await town.says(chat, NEW, channel=channel)
    assert "777" in done.text
    assert "912" not in done.text
    with town.db.transaction() as session:
        assert session.get_one(Person, folk.owner).phone == to_e164(NEW)
        linked = link_by_phone(session, town.now, "84912000777", is_own=True, lane="telegram:1", chat_id="31")
        assert linked.person is not None
        assert linked.person.id == folk.owner
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "phone_changed")).one()
        assert "912" not in str(entry.detail)
        assert audit.verify(session) is None


async def test_a_number_of_somebody_else_is_refused(folk: Folk) -> None:
    town = folk.town
    with town.db.transaction() as session:
        session.get_one(Person, folk.head).phone = to_e164(NEW)
    [card] = await town.says("10", "/nguoi Trần Đầu Mối")
    await town.presses(card, "Đổi số điện thoại")
    [refused] = await town.says("10", NEW)
    assert "người khác" in refused.text


async def test_nobody_but_an_admin_may_even_with_a_forged_button(folk: Folk) -> None:
    [listed] = await folk.town.says("30", "/viec")
    [refused] = await folk.town.presses(listed, f"phone:{folk.owner}")
    assert "quản trị" in refused.text
