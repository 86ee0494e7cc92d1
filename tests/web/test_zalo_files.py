"""What Zalo cannot carry: evidence and letters go in by a page, and the chat answers."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from bot.channels.base import Channel, Incoming
from bot.inbox import handle
from models.answers import Report
from models.database import Database
from models.evidence import files_of
from models.units import Role
from tests.bot.town import Town
from web.links import link_routes

PDF = b"%PDF-1.4 signed and stamped"
ADDRESS = re.compile(r"https://dondoc\.example(/\S+)")


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Town:
    return Town(database, tmp_path / "data")


@pytest.fixture
async def web(town: Town) -> AsyncIterator[httpx.AsyncClient]:
    async def receive(channel: Channel, incoming: Incoming) -> bool:
        return await handle(town.db, channel, incoming, town.context)

    routes = link_routes(database=town.db, context=town.context, channels=town.context.channels, receive=receive)
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="https://dondoc.example") as client:
        yield client


async def test_evidence_goes_in_by_a_link(town: Town, web: httpx.AsyncClient) -> None:
    office, unit = town.unit("VP", "Văn phòng UBND tỉnh"), town.unit("SYT", "Sở Y tế")
    admin = town.person("Quản Trị", office, Role.ADMIN, chat="10")
    contact = town.person("Lê Theo Dõi", office, Role.OWNER, chat="z20", channel=town.zalo)
    owner = town.person("Trần Đầu Mối", unit, Role.OWNER, chat="z30", channel=town.zalo)
    assignment = town.assignment(town.letter(contact, admin), unit, owner)

    (told,) = await town.says("z30", "", channel=town.zalo, kind="unsupported")
    path = ADDRESS.search(told.text)
    assert path is not None
    before = len(town.zalo.said)
    sent = {"files": [("files", ("bao-cao.pdf", PDF))], "data": {"words": "xong 1"}}
    assert (await web.post(path[1], **sent)).status_code == 200
    assert town.state(assignment) == "reported"
    (answer,) = town.zalo.said[before:]
    assert answer.chat_id == "z30"
    with town.read() as session:
        report = session.exec(select(Report)).one()
        (kept,) = files_of(session, [report.id or 0])[report.id or 0]
        assert (kept.name, kept.media_type, kept.size) == ("bao-cao.pdf", "application/pdf", len(PDF))


async def test_loading_a_letter_on_zalo_offers_the_page(town: Town, web: httpx.AsyncClient) -> None:
    office = town.unit("VP", "Văn phòng UBND tỉnh")
    town.person("Quản Trị", office, Role.ADMIN, chat="z10", channel=town.zalo)
    (told,) = await town.says("z10", "/nap", channel=town.zalo)
    path = ADDRESS.search(told.text)
    assert path is not None
    letter = Path(__file__).parents[2] / "dondoc" / "data" / "letters" / "ke-hoach-chuyen-doi-so.txt"
    answer = await web.post(path[1], files=[("files", ("cong-van.txt", letter.read_bytes()))])
    assert answer.status_code == 200
    assert any("1246/SKHCN-CĐS" in said.text for said in town.zalo.said)


async def test_a_channel_that_carries_files_needs_no_link(town: Town) -> None:
    town.person("Quản Trị", town.unit("VP", "Văn phòng"), Role.ADMIN, chat="10")
    (told,) = await town.says("10", "/nap")
    assert ADDRESS.search(told.text) is None
