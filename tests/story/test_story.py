"""The one story, through real processes and real HTTP, on both sets of servers, word for word."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dondoc.simulation import LETTERS
from dondoc.story import Story, StoryFailed
from dondoc.town import ADMIN, OWNER, RESIDENTS, STORY_LETTER, TELEGRAM_TOKEN, ZALO_TOKEN
from sandbox.client import Town
from tests.story.office import Office, office

ALONE = ("run",)
TWO_OF_EACH = ("bot", "bot", "scheduler", "scheduler", "consumer", "consumer")

TURNED = {one.name: "zalo" if one.messenger == "telegram" else "telegram" for one in RESIDENTS}
"""Everybody on the other messenger than usual: with the usual story, each person on either."""


PRIVATE = [
    *(word for one in RESIDENTS for word in (one.name, one.phone, one.phone.removeprefix("+84"))),
    *(TELEGRAM_TOKEN.split(":")[1], ZALO_TOKEN.split(":")[1], "Kế hoạch số 12"),
]


@dataclass(frozen=True)
class Way:
    """One way to tell the story. The four below hold every pair of servers, listening and messengers."""

    servers: bool
    webhook: bool
    turned: bool

    def __str__(self) -> str:
        said = [("embedded", "servers")[self.servers], ("polling", "webhook")[self.webhook]]
        return "-".join([*said, ("usual", "turned")[self.turned]])


WAYS = (Way(False, False, False), Way(False, True, True), Way(True, True, False), Way(True, False, True))
Opened = tuple[Office, dict[str, str]]


@pytest.fixture(
    params=[pytest.param(way, id=str(way), marks=pytest.mark.servers if way.servers else ()) for way in WAYS]
)
def way(request: pytest.FixtureRequest) -> Way:
    return request.param


@pytest.fixture
async def opened(way: Way, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    if way.servers:
        where = (request.getfixturevalue("postgresql_url"), request.getfixturevalue("rabbitmq_url"))
        roles = TWO_OF_EACH
    else:
        where, roles = (f"sqlite:///{tmp_path / 'data' / 'dondoc.sqlite3'}", ""), ALONE
    async with office(*where, tmp_path, roles, webhook=way.webhook) as made:
        yield made


def letter() -> bytes:
    return (LETTERS / f"{STORY_LETTER}.txt").read_bytes()


async def test_the_story_is_told_to_its_end(opened: Opened, way: Way) -> None:
    made, codes = opened
    told: list[str] = []
    messengers = TURNED if way.turned else {}
    async with Town(made.page.url) as town:
        try:
            await Story(town, codes, letter(), lambda kind, line: told.append(f"{kind} {line}"), messengers).tell()
        except StoryFailed as error:
            pytest.fail(f"{error}\n{made.logs()}")
        ledger = [(one["chat"], one["text"]) for one in await town.ledger() if one["method"].startswith("send")]
    assert len(ledger) == len(set(ledger)), "a message was sent twice"
    assert [line for line in told if line.startswith("step")][-1] == "step Lãnh đạo xem bức tranh chung"
    assert [bot.webhook is not None for bot in made.page.town.bots.values()] == [way.webhook] * 2
    assert set(made.end()) == {0}
    for private in (*PRIVATE, *codes.values()):
        assert private not in made.logs(longest=None), "the logs hold personal data or a secret"


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
