"""The town's state in a folder: `town.json` beside `files/`, so that phones and waiting updates survive a restart."""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from sandbox.inbox import Inbox
from sandbox.town import Bot, Message, Person, StoredFile, Talk, Town, Webhook

Json = dict[str, Any]
FORM = 1
EVERY = 1.0  # seconds between two looks whether something changed
COUNTERS = ("born", "clock_offset", "seq", "last_person", "last_group", "last_file")


class Keeper:
    """Writes the town to its folder when it changed."""

    def __init__(self, town: Town, folder: Path) -> None:
        self._town = town
        self._folder = folder
        self._last: object = None

    def load(self) -> None:
        """Take up what the folder keeps. Raises ValueError when it was written by another version."""
        kept = self._folder / "town.json"
        if kept.exists():
            restore(self._town, json.loads(kept.read_text(encoding="utf-8")), self._folder / "files")
            self._last = self._town.mark

    async def run(self) -> None:
        """Save again and again until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            self.save()

    def save(self) -> None:
        """Write what changed; a reader finds the old state or the new one, never half of it."""
        mark = self._town.mark
        if mark == self._last:
            return
        folder = self._folder / "files"
        folder.mkdir(parents=True, exist_ok=True)
        for file in self._town.files.values():
            if not (folder / file.id).exists():
                _write(folder / file.id, file.data)
        state = json.dumps(dump(self._town), ensure_ascii=False)
        _write(self._folder / "town.json", state.encode())
        self._last = mark


def dump(town: Town) -> Json:
    """Everything but the ledger, the faults and the limits: those belong to one run."""
    return {
        "form": FORM,
        "counters": {name: getattr(town, name) for name in COUNTERS},
        "bots": [_bot(bot) for bot in town.bots.values()],
        "people": [_plain(person, "talks", "waiters") for person in town.people.values()],
        "talks": [_talk(talk) for talk in [*town.private.values(), *town.groups.values()]],
        "files": [_plain(file, "data") for file in town.files.values()],
    }


def restore(town: Town, state: Json, folder: Path) -> None:
    """The opposite of `dump`, into an empty town."""
    if state.get("form") != FORM:
        raise ValueError("the sandbox's town.json is of another version: move it away to begin anew")
    for name, value in state["counters"].items():
        setattr(town, name, value)
    for raw in state["bots"]:
        bot = _restored_bot(raw)
        town.bots[bot.id] = bot
    for raw in state["people"]:
        person = Person(**raw)
        town.people[person.id] = person
        town.by_chat[person.messenger, person.chat_id] = person
    for raw in state["files"]:
        kept = folder / raw["id"]
        town.files[raw["id"]] = StoredFile(**raw, data=kept.read_bytes() if kept.exists() else b"")
    for raw in state["talks"]:
        _restore_talk(town, raw)


def _plain(thing: Any, *without: str) -> Json:
    return {one.name: getattr(thing, one.name) for one in fields(thing) if one.name not in without}


def _bot(bot: Bot) -> Json:
    made = _plain(bot, "inbox", "webhook")
    made["webhook"] = asdict(bot.webhook) if bot.webhook else None
    return made | {"next_update": bot.inbox.next_id, "waiting": list(bot.inbox.waiting)}


def _restored_bot(raw: Json) -> Bot:
    inbox = Inbox(raw.pop("next_update"))
    inbox.waiting = deque(raw.pop("waiting"))
    hook = raw.pop("webhook")
    return Bot(**raw, inbox=inbox, webhook=Webhook(**hook) if hook else None)


def _talk(talk: Talk) -> Json:
    made = _plain(talk, "messages", "log")
    return made | {"messages": [_plain(message) for message in talk.messages.values()]}


def _restore_talk(town: Town, raw: Json) -> None:
    messages = [Message(**one) for one in raw.pop("messages")]
    for names in ("people", "topics"):  # JSON made their numbers strings
        raw[names] = {int(number): value for number, value in raw[names].items()}
    talk = Talk(**raw, messages={message.id: message for message in messages})
    talk.log = sorted((message.seq, message.id) for message in messages)
    if talk.kind == "private":
        town.private[talk.bot_id, talk.chat_id] = talk
    else:
        town.groups[talk.chat_id] = talk
    if not talk.migrated_to:
        for number in talk.people:
            town.people[number].talks.append(talk)


def _write(path: Path, data: bytes) -> None:
    half = path.with_name(f"{path.name}.new")
    half.write_bytes(data)
    os.replace(half, path)
