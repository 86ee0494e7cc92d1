"""Somebody known only by an official mailbox: invited by mail, linked by its code, reminded by mail when no chat is left."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from dondoc.simulation import LETTERS
from dondoc.story import MORNING, Story
from dondoc.town import ADMIN, CONTACT, OWNER, STORY_LETTER
from sandbox.client import NotHeard, Person, Town
from tests.story.office import office
from tests.story.postbox import Postbox, served, text_of

MAILBOX = "vothicuong@vocuong.example"
SHEET = f"Mã đơn vị,Họ và tên,Thư điện tử,Vai trò\n09190,{OWNER.name},{MAILBOX},đầu mối\n"
PATIENCE = 20.0


class ByMail(Story):
    """The admin and the contact are there; the owner is known by a mailbox only."""

    post: Postbox

    async def invited(self) -> str:
        """The admin loads the list of people and has the invitation mailed; gives its code, as the mail tells it."""
        await self._clock({"to": MORNING.isoformat()})
        admin = await self.join(ADMIN)
        await self.join(CONTACT)
        await admin.sends_file("danh-ba.csv", SHEET.encode())
        await self._hears(admin, "sửa 1")
        await self._says(admin, f"/ketnoi {OWNER.name}")
        shown = await self._hears(admin, "Mã kết nối")
        await self._chooses(admin, shown, "Gửi thư mời")
        await self._hears(admin, "Đang gửi thư mời tới 1 hộp thư")
        mail = await self.post.arrives("Mời kết nối", within=PATIENCE)
        assert mail["To"] == MAILBOX
        code = text_of(mail).partition("/start ")[2].split()[0]
        assert code not in shown.text
        assert f"?start={code}" in text_of(mail)
        assert "Zalo: tìm bot" in text_of(mail)
        return code

    async def comes_in(self, code: str) -> Person:
        """By the words of the mail; the same words on a second phone are worth nothing."""
        owner = await self._phone(OWNER)
        await self._says(owner, f"/start {code}")
        await self._agrees(owner, await self._hears(owner, "đồng ý"))
        stranger = await self._town.person("Người Lạ")
        await self._says(stranger, f"/start {code}")
        assert "đã được dùng" in (await self._hears(stranger, "")).text
        return owner

    async def known_by_a_mailbox(self) -> Person:
        """Somebody who came in on Zalo and whose mailbox the list of people names."""
        await self._clock({"to": MORNING.isoformat()})
        admin = await self.join(ADMIN)
        await self.join(CONTACT)
        owner = await self.join(OWNER)
        await admin.sends_file("danh-ba.csv", SHEET.encode())
        await self._hears(admin, "sửa 1")
        return owner

    async def answered_in_the_chat(self, town: Town, owner: Person) -> None:
        """Zalo is there again: the number that stood in the mail is the one to answer with."""
        await owner.unblocks()
        await town.limits()
        await self._says(owner, "xong 1")
        await self._hears(owner, "đã ghi nhận báo cáo")

    async def reminded_by_mail(self) -> None:
        """The chat takes nothing: the morning's list goes by mail, once."""
        before = len(self.post.mails)
        await self._load()
        await self._clock({"to": (MORNING + timedelta(days=1)).isoformat()})
        mail = await self.post.arrives("1246/SKHCN-CĐS", within=PATIENCE)
        assert mail["To"] == MAILBOX
        assert "1. " in text_of(mail)
        assert "không nhận trả lời qua thư" in text_of(mail), "whoever answers the mail would think it reported"
        await asyncio.sleep(1.5)
        assert len(self.post.mails) == before + 1, "one reminder, in one mail"


async def test_invited_by_mail_linked_and_at_last_reminded_by_mail(tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}"
    letter = (LETTERS / f"{STORY_LETTER}.txt").read_bytes()
    told: list[str] = []
    with served() as post:
        async with office(where, "", tmp_path, ("run",), mail=post.url) as (made, codes), Town(made.page.url) as town:
            story = ByMail(town, codes, letter, lambda kind, line: told.append(f"{kind} {line}"))
            story.post = post
            try:
                code = await story.invited()
                await (await story.comes_in(code)).blocks()
                await story.reminded_by_mail()
            except (NotHeard, TimeoutError) as error:
                pytest.fail("\n".join([*told, repr(error), *(text_of(mail) for mail in post.mails), made.logs()]))
            assert set(made.end()) == {0}
            for private in (MAILBOX, code):
                assert private not in made.logs(longest=None)


async def blocked(town: Town, owner: Person) -> None:
    """The person has shut the bot out: 403 for good."""
    await owner.blocks()


async def used_up(town: Town, owner: Person) -> None:
    """Zalo's month is used up: 429 in the body of every send."""
    await town.limits(zalo={"quota": 0})


@pytest.mark.parametrize("refuses", [blocked, used_up], ids=lambda one: one.__name__)
async def test_whoever_has_only_zalo_is_told_by_mail_when_zalo_refuses(
    tmp_path: Path, refuses: Callable[[Town, Person], Awaitable[None]]
) -> None:
    where = f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}"
    letter = (LETTERS / f"{STORY_LETTER}.txt").read_bytes()
    told: list[str] = []
    with served() as post:
        async with office(where, "", tmp_path, ("run",), mail=post.url) as (made, codes), Town(made.page.url) as town:
            story = ByMail(town, codes, letter, lambda kind, line: told.append(f"{kind} {line}"), {OWNER.name: "zalo"})
            story.post = post
            try:
                owner = await story.known_by_a_mailbox()
                await refuses(town, owner)
                await story.reminded_by_mail()
                await story.answered_in_the_chat(town, owner)
            except (NotHeard, TimeoutError) as error:
                pytest.fail("\n".join([*told, repr(error), *(text_of(mail) for mail in post.mails), made.logs()]))
            assert set(made.end()) == {0}
            assert MAILBOX not in made.logs(longest=None)
