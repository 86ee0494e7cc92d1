"""One stranger's flood, felt by an officer: python -m benchmarks.stranger [SECONDS] [MESSAGES A SECOND].

`dondoc run` as a process (SQLite, embedded queue), the sandbox as Telegram or Zalo over HTTP. A linked officer asks
/viec again and again, first alone, then while a stranger sends a thousand messages a second (codes guessed, commands,
nonsense). Printed: how long the officer waited for the answer, by polling and by webhook, and that nothing was answered
to the stranger beyond the first few.
"""

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dondoc.story import Story
from dondoc.town import OWNER
from sandbox import acts
from sandbox.client import NotHeard, Person, Town
from tests.story.office import Office, office

WAYS = (("telegram", True), ("telegram", False), ("zalo", True))
SAID = ("/start ABCD-2345", "/viec", "xong 1", "/nap", "…", "/start", "x" * 4000, "/ketnoi tất cả")
BETWEEN = 0.6  # seconds: a linked person may say two things a second for hours
PATIENCE = 20.0
STEP = 0.01


@dataclass
class Figures:
    """What an officer waited, in milliseconds; unanswered ones are counted apart."""

    waits: list[float]
    unanswered: int

    def __str__(self) -> str:
        if not self.waits:
            return f"– | – | – | {self.unanswered}"
        worst = sorted(self.waits)
        p95 = worst[min(len(worst) - 1, round(len(worst) * 0.95))]
        return f"{statistics.median(worst):.0f} | {p95:.0f} | {worst[-1]:.0f} | {self.unanswered}"


async def main(seconds: float, rate: int) -> None:
    """Every way one after the other."""
    print(f"{seconds:.0f} s each; milliseconds from /viec to its answer (sandbox and dondoc share the machine)\n")
    print("| messenger, listening | | sent/s | median | p95 | worst | unanswered |\n|---|---|---|---|---|---|---|")
    for messenger, webhook in WAYS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            database = f"sqlite:///{folder / 'data' / 'dondoc.sqlite3'}"
            async with office(database, "", folder, ("run",), webhook=webhook) as (made, codes):
                await measured(made, codes, messenger, "webhook" if webhook else "polling", seconds, rate)


async def measured(
    made: Office, codes: dict[str, str], messenger: str, listening: str, seconds: float, rate: int
) -> None:
    """Before, during and after; then what the stranger was told."""
    async with Town(made.page.url) as town:
        officer = await linked(town, codes, messenger)
        stranger = await town.person("Người lạ", messenger=messenger, started=True)
        quiet = await asked(officer, seconds)
        said = itertools.count()
        flooding = asyncio.create_task(flood(made, stranger, rate, said))
        during = await asked(officer, seconds)
        flooding.cancel()
        sent = next(said)
        after = await asked(officer, seconds / 2)
        told = len([one for one in await town.ledger() if one["chat"] == stranger.chat_id])
    who = f"{messenger}, {listening}"
    print(
        f"| {who} | before | 0 | {quiet} |\n| | during | {sent / seconds:.0f} | {during} |\n| | after | 0 | {after} |"
    )
    print(f"| | the stranger: {sent} said, {told} answered | | | | | |", flush=True)


async def linked(town: Town, codes: dict[str, str], messenger: str) -> Person:
    """The owner of the story, connected and agreed."""
    return await Story(town, codes, b"", lambda _kind, _line: None, {OWNER.name: messenger}).join(OWNER)


async def asked(officer: Person, seconds: float) -> Figures:
    """/viec until the time is over."""
    figures = Figures([], 0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await officer.forgets()
        begun = time.monotonic()
        await officer.says("/viec")
        try:
            await officer.hears("nhiệm vụ", timeout=PATIENCE)
            figures.waits.append((time.monotonic() - begun) * 1000)
        except NotHeard:
            figures.unanswered += 1
        await asyncio.sleep(BETWEEN)
    return figures


async def flood(made: Office, stranger: Person, rate: int, said: "itertools.count[int]") -> None:
    """`rate` messages a second, evenly, straight into the town."""
    town = made.page.town
    person = town.people[stranger.id]
    talk = acts.talk_of(town, person)
    words = itertools.cycle(SAID)
    begun, sent = time.monotonic(), 0
    while True:
        while sent < (time.monotonic() - begun) * rate:
            acts.say(town, person, talk, next(words))
            sent = next(said) + 1
        await asyncio.sleep(STEP)


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(main(float(given[0]) if given else 20.0, int(given[1]) if len(given) > 1 else 1000))
