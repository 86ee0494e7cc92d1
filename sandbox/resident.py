"""One person at one phone, for tests: says, presses, hears. Made by `sandbox.client.Town.person`."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import aiohttp

if TYPE_CHECKING:
    from sandbox.client import Town

Json = dict[str, Any]


class NotHeard(AssertionError):
    """What was expected did not come (or something came that was not expected); the text says what did."""


class Refused(Exception):
    """The town refused an act; the text is its sentence."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as a person sees it. `raw` is the whole view (see sandbox/views.py)."""

    id: int
    text: str
    buttons: list[str]
    files: list[Json]
    edited: bool
    raw: Json

    @classmethod
    def of(cls, raw: Json) -> Self:
        rows: list[list[Json]] = raw.get("buttons", [])
        return cls(
            id=raw.get("id", 0),
            text=raw.get("text", ""),
            buttons=[one["text"] for row in rows for one in row],
            files=raw.get("files", []),
            edited=raw.get("edited", False),
            raw=raw,
        )


class Person:
    """One person at one phone. What was said to them waits until `hears` takes it, in any order."""

    def __init__(self, town: Town, raw: Json) -> None:
        self.town = town
        self.raw = raw
        self.id: int = raw["id"]
        self.name: str = raw["name"]
        self.chat_id: str = raw["chat_id"]
        self.inbox: list[Heard] = []
        self._after = 0

    async def says(self, text: str, *, reply_to: Heard | None = None, **more: Any) -> Heard:
        """Say something to the bot (or `talk=group.key`); returns the own message."""
        return await self._said("say", {"text": text, "reply_to": reply_to.id if reply_to else 0, **more})

    async def presses(self, button: str, on: Heard | None = None) -> None:
        """Press a button by its words or data, on this message or the newest that has it."""
        await self._fetch()
        await self._act("press", {"button": button, "message_id": on.id if on else 0})

    async def forges(self, on: Heard, data: str) -> None:
        """Send callback data that no button carries."""
        await self._act("forge", {"message_id": on.id, "data": data})

    async def edits(self, own: Heard, text: str) -> None:
        await self._act("edit", {"message_id": own.id, "text": text})

    async def sends_file(self, name: str, data: bytes, caption: str = "", **more: Any) -> Heard:
        return await self._sends([(name, data)], {"caption": caption, **more})

    async def sends_photo(self, *photos: bytes, caption: str = "", **more: Any) -> Heard:
        """One photo, or several as an album; returns the first message."""
        named = [(f"photo{n}.jpg", photo) for n, photo in enumerate(photos)]
        return await self._sends(named, {"caption": caption, "photo": "true", **more})

    async def shares_contact(self, phone: str = "", *, own: bool = True, **more: Any) -> None:
        """The own card, or somebody else's (own=False, perhaps with user_id=…)."""
        await self._act("contact", {"phone": phone, "own": own, **more})

    async def blocks(self, **more: Any) -> None:
        await self._act("block", more)

    async def unblocks(self, **more: Any) -> None:
        await self._act("unblock", more)

    async def deactivates(self) -> None:
        """Close the account."""
        await self._act("deactivate", {})

    async def hears(
        self,
        text: str = "",
        *,
        timeout: float = 5,  # noqa: ASYNC109 - the deadline is part of what a test expects
        edited: bool | None = None,
    ) -> Heard:
        """The oldest unheard message that contains `text`, within `timeout` seconds; else NotHeard.

        `edited`: True waits for a changed message, False for a new one, None for either.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            for heard in self.inbox:
                if text in heard.text and edited in (None, heard.edited):
                    self.inbox.remove(heard)
                    return heard
            left = end - loop.time()
            if left <= 0:
                raise NotHeard(f"{self.name} did not hear {text!r} in {timeout} s, but: {self._unheard()}")
            await self._fetch(left)

    async def hears_nothing(self, seconds: float = 0.5) -> None:
        """NotHeard when anything unheard is there or comes within `seconds`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.inbox and (left := end - loop.time()) > 0:
            await self._fetch(left)
        if self.inbox:
            raise NotHeard(f"{self.name} heard: {self._unheard()}")

    async def forgets(self) -> None:
        """Take everything said so far as heard."""
        await self._fetch()
        self.inbox.clear()

    async def history(self) -> list[Heard]:
        """Everything in the person's talks, the own messages too."""
        found = await self.town.get(f"/people/{self.id}/messages")
        return [Heard.of(raw) for raw in found["messages"]]

    async def commands(self) -> list[Json]:
        """The command menu of the private talk."""
        return (await self.town.get(f"/people/{self.id}/commands"))["commands"]

    async def reads(self, file: Json) -> bytes:
        """The bytes of a file that was heard."""
        return await self.town.get(file["url"])

    def _unheard(self) -> str:
        return " | ".join(heard.text for heard in self.inbox) or "nothing"

    async def _fetch(self, wait: float = 0) -> None:
        path = f"/people/{self.id}/messages?after={self._after}&wait={wait:.3f}"
        found = await self.town.get(path)
        self._after = found["last"]
        mine = [raw for raw in found["messages"] if raw["from"] in ("bot", "notice") or raw.get("person") != self.id]
        changed = {raw.get("id") for raw in mine} - {None}
        self.inbox = [heard for heard in self.inbox if heard.id not in changed or heard.raw["from"] == "notice"]
        self.inbox += [Heard.of(raw) for raw in mine]

    async def _act(self, act: str, body: Json) -> Json:
        return await self.town.post(f"/people/{self.id}/{act}", body)

    async def _said(self, act: str, body: Json) -> Heard:
        return Heard.of((await self._act(act, body))["messages"][0])

    async def _sends(self, files: list[tuple[str, bytes]], fields: Json) -> Heard:
        form = aiohttp.FormData()
        for name, value in fields.items():
            form.add_field(name, str(value))
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
        made = await self.town.call("POST", f"/people/{self.id}/file", data=form)
        return Heard.of(made["messages"][0])
