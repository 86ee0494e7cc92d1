"""What the terminal shows while the town is open: who says what to whom, as it happens."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from models.clock import local
from sandbox.town import Town

Show = Callable[[str], None]
LONGEST = 100


async def follow(town: Town, show: Show) -> None:
    """Show every message of the town from now on, until cancelled."""
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    town.listeners.add(queue)
    try:
        while True:
            event = await queue.get()
            if event.get("type") == "message" and (told := line(town, event)):
                show(told)
    finally:
        town.listeners.discard(queue)


def line(town: Town, event: dict[str, Any]) -> str:
    """ "08:00 21/11 → Lê Thị Hồng: 1. …", or "" when the message is gone or says nothing."""
    talk = town.talk_by_key(str(event["talk"]))
    message = talk.messages.get(int(event["message"])) if talk is not None else None
    if talk is None or message is None or message.service is not None:
        return ""
    when = f"{local(datetime.fromtimestamp(message.date, UTC)):%H:%M %d/%m}"
    people = [town.people[number].name for number in talk.people if number in town.people]
    text = brief(message.text) or f"[{len(message.files)} tệp]"
    changed = " (sửa)" if message.edited else ""
    if message.bot:
        return f"{when}  → {', '.join(people)}{changed}: {text}"
    return f"{when}  ← {town.people[message.person].name}{changed}: {text}"


def brief(text: str) -> str:
    """The first line, shortened."""
    first, _, rest = text.strip().partition("\n")
    more = " …" if rest.strip() else ""
    return (first if len(first) <= LONGEST else first[: LONGEST - 1] + "…") + more
