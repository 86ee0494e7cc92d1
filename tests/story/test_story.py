"""The one story, through real processes and real HTTP, on both sets of servers, word for word."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dondoc.simulation import LETTERS
from dondoc.story import Story, StoryFailed
from dondoc.town import ADMIN, OWNER, STORY_LETTER
from sandbox.client import Town
from tests.story.office import Office, office

ALONE = ("run",)
TWO_OF_EACH = ("bot", "bot", "scheduler", "scheduler", "consumer", "consumer")

Opened = tuple[Office, dict[str, str]]


@pytest.fixture(params=["embedded", pytest.param("servers", marks=pytest.mark.servers)])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    if request.param == "embedded":
        where, roles = (f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}", ""), ALONE
    else:
        where = (request.getfixturevalue("postgresql_url"), request.getfixturevalue("rabbitmq_url"))
        roles = TWO_OF_EACH
    async with office(*where, tmp_path, roles) as made:
        yield made


def letter() -> bytes:
    return (LETTERS / f"{STORY_LETTER}.txt").read_bytes()


async def test_the_story_is_told_to_its_end(opened: Opened) -> None:
    made, codes = opened
    told: list[str] = []
    async with Town(made.page.url) as town:
        try:
            await Story(town, codes, letter(), lambda kind, line: told.append(f"{kind} {line}")).tell()
        except StoryFailed as error:
            pytest.fail(f"{error}\n{made.logs()}")
        ledger = [(one["chat"], one["text"]) for one in await town.ledger() if one["method"].startswith("send")]
    assert len(ledger) == len(set(ledger)), "a message was sent twice"
    assert [line for line in told if line.startswith("step")][-1] == "step Lãnh đạo xem bức tranh chung"
    assert set(made.end()) == {0}


@pytest.mark.servers
async def test_when_the_polling_bot_is_killed_the_other_takes_over(
    postgresql_url: str, rabbitmq_url: str, tmp_path: Path
) -> None:
    async with (
        office(postgresql_url, rabbitmq_url, tmp_path, TWO_OF_EACH) as (made, codes),
        Town(made.page.url) as town,
    ):
        admin = await town.person(ADMIN.name, phone=ADMIN.phone)
        await admin.says(f"/start {codes[ADMIN.name]}")
        await admin.hears("đồng ý", timeout=20)
        for name in ("bot-0", "bot-1"):
            made.kill(name)
            made.begin("bot", int(name[-1]))
            await admin.says("/trogiup")
            await admin.hears("", timeout=30)
            await admin.forgets()
        owner = await town.person(OWNER.name, phone=OWNER.phone)
        await owner.says(f"/start {codes[OWNER.name]}")
        await owner.hears("đồng ý", timeout=20)
