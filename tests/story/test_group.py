"""A unit's group chat over the real road: linked by its head, told in the morning, answered by its members only."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dondoc.simulation import LETTERS
from dondoc.story import MORNING, Story
from dondoc.town import ADMIN, CONTACT, OTHER, OWNER, STORY_LETTER, Resident
from models.units import Role
from sandbox.client import Group, NotHeard, Person, Town
from tests.story.office import office

PATIENCE = 20.0
UNIT = "UBND phường Võ Cường"
HEAD = Resident("Đỗ Văn Thắng", "leader", "+84900000009", "Võ Cường", Role.HEAD, "Chủ tịch UBND phường")
SHEET = f"Mã đơn vị;Họ và tên;Chức vụ;Điện thoại;Vai trò\n09190;{HEAD.name};{HEAD.title};{HEAD.phone};thủ trưởng\n"
NAMED = [word for one in (ADMIN, CONTACT, OWNER, OTHER, HEAD) for word in (one.name, one.phone, one.phone[-9:])]
"""What no message in a group may show."""


class InAGroup(Story):
    """The owner, the admin who made the group, an officer of another unit, and somebody nobody knows."""

    async def linked(self) -> tuple[Group, Person, Person, Person]:
        """Neither its owner nor the admin who made the code links the group of a unit whose head is there: the head does."""
        await self._clock({"to": MORNING.isoformat()})
        admin, owner = await self.join(ADMIN), await self.join(OWNER)
        await self.join(CONTACT)
        colleague = await self.join(OTHER)
        stranger = await self._town.person("Người Lạ", started=True)
        head = await self.appointed(admin)
        group = await self._town.group("Phường Võ Cường", admin, owner, colleague, stranger, head)
        await self._says(admin, f"/ketnoi nhóm {UNIT}")
        code = (await self._hears(admin, "Mã nhóm")).text.partition("/start ")[2].split()[0]
        for who in (owner, admin):
            await self.answered(group, who, f"/start {code}", f"Chỉ thủ trưởng hoặc quản trị viên của {UNIT}")
        await self.answered(group, head, f"/start {code}", f"nối với {UNIT}")
        return group, owner, colleague, stranger

    async def appointed(self, admin: Person) -> Person:
        """The admin sends the filled sheet in chat and invites the head whom it names; the head comes in by that code."""
        await admin.sends_file("danh-sach.csv", SHEET.encode(), "")
        await self._hears(admin, "thêm 1 người")
        await self._says(admin, f"/ketnoi {HEAD.name}")
        self._codes[HEAD.name] = (await self._hears(admin, f"Mã kết nối của {HEAD.name}")).text.split(": ")[1][:8]
        return await self.join(HEAD)

    def person(self, name: str) -> Person:
        return self._people[name]

    async def told(self, group: Group, words: str, *, after: int = 0) -> dict[str, Any]:
        """The first message after entry `after` of the vendor's ledger that the bot said in the group and that holds `words`."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for entry in await self.said(group, after):
                    if words in entry["text"]:
                        return entry
                await asyncio.sleep(0.05)

    async def said(self, group: Group, after: int = 0) -> list[dict[str, Any]]:
        """Everything the bot said in the group."""
        return [one for one in await self._town.ledger(after) if one["chat"] == group.chat_id and one["text"]]

    async def morning(self, group: Group) -> dict[str, Any]:
        """The letter is loaded, the clock moved to the next morning: the unit's list comes into its group, once."""
        await self._load()
        await self._clock({"to": (MORNING + timedelta(days=1)).isoformat()})
        listed = await self.told(group, "Nhiệm vụ của đơn vị, ngày 17/11/2026")
        assert "\n1. " in listed["text"]
        return listed

    async def knows_its_list(self, group: Group, colleague: Person) -> None:
        """An officer of another unit reports nothing. Until the sender has noted its message down, "1" is asked back."""
        async with asyncio.timeout(PATIENCE):
            while True:
                before = (await self._town.ledger())[-1]["seq"]
                await colleague.says("/xong 1", talk=group.key)
                if "chưa có vai trò" in (await self.told(group, "", after=before))["text"]:
                    return

    async def answered(self, group: Group, who: Person, text: str, words: str, **more: Any) -> None:
        """One says it in the group, the bot's next words there hold `words`."""
        before = (await self._town.ledger())[-1]["seq"]
        await who.says(text, talk=group.key, **more)
        await self.told(group, words, after=before)


async def commands(town: Town, person: Person, group: Group) -> list[str]:
    """The menu somebody sees in the group."""
    menu = (await town.get(f"/people/{person.id}/commands?talk={group.key}"))["commands"]
    assert all(len(one["description"]) > 5 for one in menu)
    return [one["command"] for one in menu]


async def english(town: Town, group: Group) -> Person:
    """A member whose telephone speaks English."""
    made = Person(town, await town.post("/people", {"name": "Guest", "messenger": "telegram", "language": "en"}))
    await group.adds(made)
    return made


async def tell(story: InAGroup, town: Town) -> None:
    group, owner, colleague, stranger = await story.linked()
    assert await commands(town, owner, group) == ["viec", "xong", "noinhom"]
    assert await commands(town, await english(town, group), group) == ["tasks", "done", "link"]
    listed = await story.morning(group)
    before = (await town.ledger())[-1]["seq"]
    await stranger.says("/xong 1", talk=group.key)
    await owner.says("xong 1", talk=group.key)  # among colleagues, to nobody: the bot does not even hear it
    await story.answered(group, owner, "/tonghop", "trò chuyện riêng")
    assert len(await story.said(group, before)) == 1, "the stranger and the talk of colleagues are answered by nothing"
    await story.knows_its_list(group, colleague)
    on = next(one for one in await owner.history() if one.text == listed["text"])
    await story.answered(group, owner, "chưa xong 1", "Chưa ghi nhận", reply_to=on)
    await story.answered(group, owner, "/xong 1", "đã ghi nhận báo cáo")
    await story.answered(group, owner, "/dulieucuatoi", "trò chuyện riêng")
    asked = await story.person(CONTACT.name).hears("1 báo cáo chờ xác nhận", timeout=PATIENCE)
    assert "Võ Cường" in asked.text
    for entry in await story.said(group):
        for private in NAMED:
            assert private not in entry["text"], "something personal was shown in the group"


async def test_a_units_group_is_told_and_answers(tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}"
    letter = (LETTERS / f"{STORY_LETTER}.txt").read_bytes()
    told: list[str] = []
    async with office(where, "", tmp_path, ("run",)) as (made, codes), Town(made.page.url) as town:
        story = InAGroup(
            town, codes, letter, lambda kind, line: told.append(f"{kind} {line}"), {OTHER.name: "telegram"}
        )
        try:
            await tell(story, town)
        except (NotHeard, TimeoutError) as error:
            said = [f"{one['chat']}: {one['text']}" for one in await town.ledger()]
            pytest.fail("\n".join([*told, *said, repr(error), made.logs()]))
        assert set(made.end()) == {0}
