"""What people send besides words: fetched and read before the transaction, so that nothing waits for it.

A letter is read before anything of it is kept: a classified one leaves no trace (domain.md, "Reading rules" 7).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.base import Attachment, Channel, ChannelError, Incoming, Outgoing
from bot.commands.command import Plan
from bot.commands.evidence import Kept, without_words
from bot.commands.letter import GATHER, Part, letter_part
from bot.commands.sheet import Sheet
from bot.context import Context
from bot.shorten import line
from bot.texts import Say, say_for
from models import files, imports
from models.clock import local_date
from models.errors import Refused
from models.reading import Reading
from models.sheets import SheetError

PASTED = 400
"""Characters. A message of an admin at least so long, of several lines, is a pasted letter."""
PROGRESS_SECONDS = 2.0


def is_letter(incoming: Incoming, plan: Plan) -> bool:
    """Whether this message is (part of) a letter an admin loads, and not evidence or talk."""
    pasted = len(incoming.text) >= PASTED and incoming.text.count("\n") >= 4 and not incoming.text.startswith("/")
    if not plan.is_admin:
        return False
    if pasted and not incoming.attachments:
        return (plan.dialogue_data or {}).get("what") not in ("add", "split")  # a long task asked for is no letter
    if plan.command in ("done", "confirm", "return", "extend"):
        return False
    if plan.dialogue == GATHER and not plan.command:
        return bool(incoming.attachments) or len(incoming.text) > 40 or "\n" in incoming.text
    if plan.command == "load":
        return bool(incoming.attachments) or len(plan.rest) > 80
    if plan.dialogue in ("evidence", "file_for") and incoming.attachments:
        return False
    if not plan.has_numbers and not plan.command and incoming.attachments:
        return True  # a photo of an admin who has nothing to report on is a page of a letter
    return any(attachment.kind == "file" for attachment in incoming.attachments)


def is_sheet(incoming: Incoming, plan: Plan) -> bool:
    """Whether an admin sends a filled list of people."""
    names = [attachment.name.casefold() for attachment in incoming.attachments]
    return plan.is_admin and len(names) == 1 and names[0].endswith((".xlsx", ".csv")) and plan.command != "done"


async def read_sheet(db: Any, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> Sheet:
    """Its rows, parsed before the transaction. Raises Refused."""
    say = say_for(plan.language)
    content = await fetch(say, incoming.attachments[0])
    try:
        return Sheet(await asyncio.to_thread(imports.people_rows, content))
    except SheetError as wrong:
        told = "; ".join(problem.sentence("en" if say.language == "en" else "vi") for problem in wrong.problems[:5])
        raise Refused("sheet_wrong", why=line(told, 300)) from wrong


async def read_letter(db: Any, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> Part:
    """Fetch and extract; the text is looked at for secrecy marks before it goes anywhere. Raises Refused."""
    say = say_for(plan.language)
    before: list[str] = (plan.dialogue_data or {}).get("parts", []) if plan.dialogue == GATHER else []
    if not incoming.attachments:
        text = await asyncio.to_thread(_clean, plan.rest if plan.command == "load" else incoming.text)
        return Part(text, await _read(context, [*before, text]))
    fetched = [await fetch(say, attachment) for attachment in incoming.attachments]
    pairs = [
        (content, attachment.name or "letter")
        for content, attachment in zip(fetched, incoming.attachments, strict=True)
    ]
    async with told(channel, incoming, say) as progress:
        text, pages, warnings = await context.extracting.run(_extract, pairs, progress, say)
    reading = await _read(context, [*before, text])
    whole = all(attachment.kind == "file" for attachment in incoming.attachments) and not before
    if reading.kind == "classified" or (whole and reading.kind != "directive" and not reading.may_order):
        return Part(text, reading, pages, warnings, whole=whole)  # nothing of it is kept
    kept = tuple([await _kept(context, content, name) for content, name in pairs])
    return Part(text, reading, pages, warnings, kept, whole)


async def keep(db: Any, channel: Channel, context: Context, incoming: Incoming, plan: Plan) -> list[Kept]:
    """Evidence: bytes to disk under their hash; nothing is opened. Raises Refused."""
    say = say_for(plan.language)
    fetched = [
        (await fetch(say, attachment), attachment.name or attachment.kind) for attachment in incoming.attachments
    ]
    return [await _kept(context, content, name) for content, name in fetched]


async def _kept(context: Context, content: bytes, name: str) -> Kept:
    digest = await asyncio.to_thread(files.put, context.data_dir, content)
    return Kept(digest, len(content), files.sniffed_type(content), files.safe_name(name))


def _clean(text: str) -> str:
    """A paste as every extracted text is: composed, and out of the old fonts TCVN3 and VNI."""
    from letters.formats.plain import clean

    return clean(text)


async def _read(context: Context, texts: list[str]) -> Reading:
    from letters import read

    return await asyncio.to_thread(read, "\n".join(texts), today=local_date(context.now()))


async def fetch(say: Say, attachment: Attachment) -> bytes:
    """The bytes. Raises Refused: file_too_big before fetching when the size is known, file_expired, vendor_away."""
    if attachment.size is not None and attachment.size > files.LARGEST:
        raise Refused("file_too_big", limit=files.LARGEST // 2**20)
    try:
        content = await attachment.fetch()
    except ChannelError as error:
        if error.permanent:
            raise Refused("file_expired") from error
        raise Refused("vendor_away") from error
    if len(content) > files.LARGEST:
        raise Refused("file_too_big", limit=files.LARGEST // 2**20)
    return content


@asynccontextmanager
async def told(channel: Channel, incoming: Incoming, say: Say) -> AsyncGenerator[Callable[[int, int], None]]:
    """While a scan is read: "đang đọc trang 2/6", one message rewritten, which says at last that it is over.

    Progress is a courtesy: what the vendor does not take of it is dropped, and where messages are counted by the month
    it is only shown that somebody types.
    """
    loop = asyncio.get_running_loop()
    state: dict[str, Any] = {"page": 0, "of": 0}
    said, over = {"id": ""}, asyncio.Event()

    def progress(page: int, of: int) -> None:
        loop.call_soon_threadsafe(state.update, {"page": page, "of": of})

    async def show() -> None:
        shown = -1
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), PROGRESS_SECONDS)
                return
            if channel.limits.monthly is not None:
                with contextlib.suppress(ChannelError):
                    await channel.typing(incoming.chat_id)
                continue
            if state["page"] == shown or not state["of"]:
                continue
            shown = state["page"]
            text = Outgoing(say("load.page", page=min(shown + 1, state["of"]), of=state["of"]))
            with contextlib.suppress(ChannelError):
                if said["id"] and channel.limits.edits:
                    await channel.edit(incoming.chat_id, said["id"], text)
                elif not said["id"]:
                    said["id"] = (await channel.send(incoming.chat_id, text, thread_id=incoming.thread_id))[0]

    with contextlib.suppress(ChannelError):
        await channel.typing(incoming.chat_id)
    task = asyncio.create_task(show())
    ended = "load.pages_stopped"
    try:
        yield progress
        ended = "load.pages_read"
    finally:
        over.set()
        await asyncio.wait([task], timeout=PROGRESS_SECONDS)  # what is just being said has its id in a moment
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        if said["id"] and channel.limits.edits:
            with contextlib.suppress(ChannelError):
                await channel.edit(incoming.chat_id, said["id"], Outgoing(say(ended, n=state["of"])))


def _extract(
    pairs: list[tuple[bytes, str]], progress: Callable[[int, int], None], say: Say
) -> tuple[str, int, tuple[str, ...]]:
    from letters.extract import ClassifiedLetter, ExtractionError, extract_many

    try:
        found = extract_many(pairs, progress=progress)
    except ClassifiedLetter as secret:
        raise Refused("classified") from secret
    except ExtractionError as why:
        raise Refused("unreadable", why=why.en if say.language == "en" else why.vi) from why
    return found.text, found.pages, tuple(found.warnings)


__all__ = ["is_letter", "is_part", "is_sheet", "keep", "letter_part", "read_letter", "read_sheet", "without_words"]


def is_part(made: Any) -> bool:
    """Whether the slow part brought a letter's text."""
    return isinstance(made, Part)
