"""Off for three hours, three days, a month, then all of it at once again: one message each, of what is true now.

Real processes: two schedulers and two consumers on PostgreSQL and RabbitMQ, the sandbox's ledger as the count.
"""

import asyncio
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from dondoc.simulation import LETTERS
from dondoc.story import Story
from dondoc.town import ADMIN, CONTACT, LEADER, OTHER, OWNER, STORY_LETTER
from models.clock import TIMEZONE
from sandbox.client import Person, Town
from tests.story.office import Office, office

ROLES = ("bot", "scheduler", "scheduler", "consumer", "consumer")
WORKERS = [(number, role) for number, role in enumerate(ROLES) if role != "bot"]
PATIENCE = 60.0
SETTLED = 2.0
"""Seconds in which a second message would have come: several passes of every process."""


async def clock(made: Office, *moment: int) -> None:
    to = datetime(*moment, tzinfo=TIMEZONE).isoformat()  # type: ignore[arg-type]
    page = f"http://127.0.0.1:{made.public_port}/sim/clock"
    async with aiohttp.ClientSession() as http, http.post(page, json={"to": to}) as answer:
        assert answer.status == 200, await answer.text()


async def off(made: Office) -> None:
    """Nobody plans, forwards or sends."""
    for number, role in WORKERS:
        made.processes[f"{role}-{number}"].terminate()
    for number, role in WORKERS:
        await asyncio.to_thread(made.processes.pop(f"{role}-{number}").wait, 20)


def on(made: Office) -> None:
    """Two schedulers and two consumers begin at once."""
    for number, role in WORKERS:
        made.begin(role, number)


async def told(town: Town, person: Person) -> list[str]:
    """First lines of the person's digests."""
    texts = [one["text"] for one in await town.ledger() if str(one["chat"]) == person.chat_id]
    return [text.splitlines()[0] for text in texts if text.startswith("Nhắc việc")]


@pytest.mark.servers
@pytest.mark.timeout(240)
async def test_after_any_standstill_and_a_clock_set_back_each_hears_once(
    postgresql_url: str, rabbitmq_url: str, tmp_path: Path
) -> None:
    letter = (LETTERS / f"{STORY_LETTER}.txt").read_bytes()
    async with office(postgresql_url, rabbitmq_url, tmp_path, ROLES) as (made, codes), Town(made.page.url) as town:
        await clock(made, 2026, 11, 16, 9, 0)
        story = Story(town, codes, letter, lambda _kind, _line: None)
        people = {one.name: await story.join(one) for one in (ADMIN, CONTACT, LEADER, OWNER, OTHER)}
        admin, owners = people[ADMIN.name], [people[OWNER.name], people[OTHER.name]]
        await admin.sends_file("letter.txt", letter, "/nap")
        await admin.hears("1246/SKHCN-CĐS", timeout=PATIENCE)
        await admin.presses("Tạo tất cả")
        await admin.hears("Đã tạo", timeout=PATIENCE)
        expected: list[str] = []

        async def hear(day: str, items: int) -> None:
            expected.append(f"Nhắc việc ngày {day}: {items} mục.")
            for owner in owners:
                await owner.hears(expected[-1], timeout=PATIENCE)
            await asyncio.sleep(SETTLED)
            for owner in owners:
                assert await told(town, owner) == expected, made.logs()

        await clock(made, 2026, 11, 17, 8, 0)
        await hear("17/11/2026", 2)  # both tasks are new
        for since, until, day, items in (
            (
                (2026, 11, 25, 7, 0),
                (2026, 11, 25, 10, 0),
                "25/11/2026",
                1,
            ),  # three hours: seven days before the deadline
            ((2026, 11, 30, 16, 0), (2026, 12, 3, 16, 0), "03/12/2026", 2),  # three days: two steps of one task missed
            (
                (2026, 12, 3, 16, 30),
                (2027, 1, 4, 9, 0),
                "04/01/2027",
                3,
            ),  # a month: overdue both, and a new period open
        ):
            await clock(made, *since)
            await asyncio.sleep(SETTLED)
            await off(made)
            await clock(made, *until)
            on(made)
            await hear(day, items)
        await clock(made, 2027, 1, 4, 8, 0)  # an hour back
        await asyncio.sleep(2 * SETTLED)
        await clock(made, 2027, 1, 4, 9, 5)
        await asyncio.sleep(SETTLED)
        for owner in owners:
            assert await told(town, owner) == expected, made.logs()
        ledger = [(one["chat"], one["text"]) for one in await town.ledger() if one["method"].startswith("send")]
        assert len(ledger) == len(set(ledger)), "a message was sent twice"
