"""One-time links: who may use them, once, and that a file sent by a page is a file sent in the chat."""

import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import Session, select
from starlette.applications import Starlette

from bot.channels.base import Channel, Incoming
from bot.context import Context
from bot.outfiles import link
from bot.reply import FileOrder
from models import files, links
from models.database import Database
from models.errors import Refused
from models.people import Address, Person
from models.units import Role
from models.upkeep import OneTimeLink
from tests.road import LedgerChannel
from tests.scene import build
from tests.town import MONDAY, Town, at
from web.links import link_routes
from web.upload import TOTAL_MEGABYTES

NOW = at(MONDAY, 9)
PDF = b"%PDF-1.4 evidence"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Room:
    """The pages over a database, and what came in through them."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.clock = Clock()
        self.channel = LedgerChannel("zalo", "7")
        self.context = Context(now=self.clock, data_dir=folder, public_url="https://dondoc.example")
        self.came: list[Incoming] = []
        self.busy = False
        routes = link_routes(
            database=database, context=self.context, channels={"zalo:7": self.channel}, receive=self._receive
        )
        transport = httpx.ASGITransport(Starlette(routes=routes))
        self.web = httpx.AsyncClient(transport=transport, base_url="https://dondoc.example")

    async def _receive(self, channel: Channel, incoming: Incoming) -> bool:
        if self.busy:
            return False
        if incoming.update_id not in {one.update_id for one in self.came}:
            self.came.append(incoming)
        return True


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> AsyncIterator[Room]:
    made = Room(database, tmp_path)
    yield made
    await made.web.aclose()


def somebody(session: Session, language: str = "vi") -> int:
    person = Town(session).person("Phạm Thử Ba", linked=False)
    session.get_one(Person, person).language = language
    session.add(Address(person_id=person, channel="zalo", token="7", chat_id="z1", verified_at=NOW))
    return person


def upload_token(session: Session, person: int | None = None, language: str = "vi") -> str:
    person = person or somebody(session, language)
    return links.make(session, NOW, person, "upload", {"lane": "zalo:7", "chat_id": "z1"})


def sending(*contents: bytes, words: str = "") -> dict[str, Any]:
    return {
        "files": [("files", (f"tệp {n}.pdf", io.BytesIO(c))) for n, c in enumerate(contents)],
        "data": {"words": words},
    }


# models.links


def test_only_the_hash_of_a_token_is_kept(database: Database) -> None:
    with database.transaction() as session:
        token = upload_token(session)
        row = session.exec(select(OneTimeLink)).one()
        assert token not in repr(row.model_dump())
        assert len(token) >= 32


def test_an_upload_is_redeemed_once_and_a_download_again_within_ten_minutes(database: Database) -> None:
    with database.transaction() as session:
        person = somebody(session)
        up = links.make(session, NOW, person, "upload", {})
        down = links.make(session, NOW, person, "download", {"kind": "stored"})
        assert links.redeem(session, NOW, up, "upload").person_id == person
        for minutes in (0, 5, 10):
            assert links.redeem(session, NOW + timedelta(minutes=minutes), down, "download").data == {"kind": "stored"}
        for token, purpose, minutes in (
            (up, "upload", 0),
            (down, "download", 11),
            (down, "upload", 0),
            ("x", "upload", 0),
        ):
            with pytest.raises(Refused, match="link_gone"):
                links.redeem(session, NOW + timedelta(minutes=minutes), token, purpose)


def test_a_link_ends_with_its_hours_and_with_its_person(database: Database) -> None:
    with database.transaction() as session:
        person = somebody(session)
        token = links.make(session, NOW, person, "upload", {}, hours=2)
        assert links.look(session, NOW + timedelta(minutes=119), token, "upload")
        with pytest.raises(Refused):
            links.look(session, NOW + timedelta(hours=2), token, "upload")
        session.get_one(Person, person).erased_at = NOW
        session.flush()
        with pytest.raises(Refused):
            links.look(session, NOW, token, "upload")


# A file out


def evidence(session: Session, folder: Path) -> tuple[int, dict[str, int]]:
    """A report's file, and links to it for those around the assignment."""
    from models.evidence import add

    scene = build(session)
    stranger = scene.town.person("Người lạ", scene.town.unit("Sở Khác"), Role.OWNER)
    report = scene.report(text="xong")
    sha256 = files.put(folder, PDF)
    made = files.record(
        session, NOW, sha256=sha256, size=len(PDF), media_type="application/pdf", name="bc “1”.pdf", uploaded_by=None
    )
    add(session, NOW, scene.owner, report.id or 0, file_ids=[made])
    return made, {"contact": scene.contact, "head": scene.head, "admin": scene.admin, "stranger": stranger}


@pytest.mark.parametrize(("who", "status"), [("contact", 200), ("head", 200), ("admin", 200), ("stranger", 403)])
async def test_evidence_is_for_those_who_may_see_it(room: Room, tmp_path: Path, who: str, status: int) -> None:
    with room.database.transaction() as session:
        made, people = evidence(session, tmp_path)
        order = FileOrder("stored", {"file": made, "name": "bc “1”.pdf"})
        path = link(session, room.context, people[who], order).removeprefix("https://dondoc.example")
    assert path.startswith("/tep/")
    answer = await room.web.post(path)
    assert answer.status_code == status
    assert (answer.content == PDF) is (status == 200)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    if status == 200:
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''bc")
        assert answer.headers["content-type"] == "application/pdf"


async def test_looking_at_the_page_uses_nothing_up_and_pressing_does(room: Room, tmp_path: Path) -> None:
    with room.database.transaction() as session:
        made, people = evidence(session, tmp_path)
        address = link(session, room.context, people["admin"], FileOrder("stored", {"file": made, "name": "<b>.pdf"}))
    for _ in range(3):  # a messenger's preview, a virus scanner, the person
        page = await room.web.get(address)
        assert page.status_code == 200
        assert "&lt;b&gt;.pdf" in page.text
        assert PDF.decode() not in page.text
    assert (await room.web.post(address)).content == PDF
    room.clock.now = NOW + timedelta(minutes=9)
    assert (await room.web.post(address)).content == PDF
    room.clock.now = NOW + timedelta(minutes=11)
    assert (await room.web.post(address)).status_code == 404
    assert (await room.web.get(address)).status_code == 404


async def test_a_file_that_is_gone_does_not_use_the_link_up(room: Room, tmp_path: Path) -> None:
    with room.database.transaction() as session:
        made, people = evidence(session, tmp_path)
        address = link(session, room.context, people["admin"], FileOrder("stored", {"file": made, "name": "a.pdf"}))
        stored = next(path for path in (tmp_path / "files").rglob("*") if path.is_file())
    stored.rename(tmp_path / "away")
    assert (await room.web.post(address)).status_code == 403
    room.clock.now = NOW + timedelta(hours=3)
    (tmp_path / "away").rename(stored)
    assert (await room.web.post(address)).content == PDF


# Files in


async def test_a_file_sent_by_the_page_is_a_message_of_the_chat(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session)
    form = await room.web.get(f"/nop/{token}")
    for piece in ('lang="vi"', 'name="viewport"', '<label for="files">', 'enctype="multipart/form-data"', "20 MB"):
        assert piece in form.text
    assert "<script" not in form.text
    answer = await room.web.post(f"/nop/{token}", **sending(PDF, b"\xff\xd8\xff photo", words="xong 3"))
    assert answer.status_code == 200
    assert "Đã nhận 2 tệp" in answer.text
    (message,) = room.came
    assert (message.lane, message.chat_id, message.text, message.kind) == ("zalo:7", "z1", "xong 3", "message")
    assert [one.kind for one in message.attachments] == ["file", "photo"]
    assert [await one.fetch() for one in message.attachments] == [PDF, b"\xff\xd8\xff photo"]
    again = await room.web.post(f"/nop/{token}", **sending(PDF))
    assert again.status_code == 404
    assert len(room.came) == 1


async def test_english_for_those_who_read_it(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session, language="en")
    page = await room.web.get(f"/nop/{token}")
    assert 'lang="en"' in page.text
    assert "Send files" in page.text


async def test_no_file_or_too_much_keeps_the_link_for_another_try(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session)
    empty = await room.web.post(f"/nop/{token}", **sending(b""))
    assert (empty.status_code, 'role="alert"' in empty.text) == (400, True)
    assert (await room.web.post(f"/nop/{token}", data={"words": "x"})).status_code == 400
    for files_sent in ([b"x"] * 11, [b"x" * (20 * 2**20 + 1)]):
        assert (await room.web.post(f"/nop/{token}", **sending(*files_sent))).status_code == 413
    assert room.came == []
    assert (await room.web.post(f"/nop/{token}", **sending(PDF))).status_code == 200


async def test_a_flood_is_cut_off_while_it_arrives(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        while taken < 200:
            taken += 1
            yield b"x" * 2**20

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await room.web.post(f"/nop/{token}", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert taken <= TOTAL_MEGABYTES + 2


async def test_a_chat_that_is_no_longer_theirs_takes_nothing(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session)
        session.exec(select(Address)).one().verified_at = None
    assert (await room.web.post(f"/nop/{token}", **sending(PDF))).status_code == 404
    assert room.came == []


async def test_a_form_of_another_site_and_a_guessed_address_get_nowhere(room: Room) -> None:
    with room.database.transaction() as session:
        token = upload_token(session)
    foreign = await room.web.post(f"/nop/{token}", headers={"Sec-Fetch-Site": "cross-site"}, **sending(PDF))
    assert foreign.status_code == 403
    for path in ("/nop/guess", "/tep/guess", f"/tep/{token}"):
        assert (await room.web.get(path)).status_code == 404
        assert (await room.web.post(path)).status_code == 404
    assert room.came == []


async def test_what_the_flood_guard_drops_is_not_said_to_be_received_and_the_link_stays_good(
    room: Room, database: Database
) -> None:
    with database.transaction() as session:
        token = upload_token(session)
    room.busy = True
    answer = await room.web.post(f"/nop/{token}", **sending(b"minh chung"))
    assert answer.status_code == 429
    assert "Chưa nhận" in answer.text
    room.busy = False
    answer = await room.web.post(f"/nop/{token}", **sending(b"minh chung"))
    assert "Đã nhận 1 tệp" in answer.text
    assert len(room.came) == 1
