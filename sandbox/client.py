"""A person's side of the town for tests and demonstrations, as a conversation.

async with Town(url) as town:
    owner = await town.person("Nguyễn Thị Hoa", phone="+84900000001")
    await owner.says("/done 1")
    await owner.hears("Đã ghi nhận", timeout=5)
    await owner.presses("Xác nhận")
    await owner.hears_nothing()
"""

from __future__ import annotations

import asyncio
from typing import Any, Self

import aiohttp

from sandbox.resident import Heard, NotHeard, Person, Refused

__all__ = ["Group", "Heard", "NotHeard", "Person", "Refused", "Town"]

Json = dict[str, Any]


class Town:
    """A connection to a served town."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._http is not None:
            await self._http.close()
            await asyncio.sleep(0)  # its transports let go of their sockets in the loop's next round

    async def person(
        self,
        name: str,
        *,
        phone: str = "",
        messenger: str = "telegram",
        role: str = "",
        started: bool = False,
        bot: str = "",
    ) -> Person:
        """Somebody new. `started`: has opened the talk with the bot (id or token) already, without a word."""
        wish = {
            "name": name,
            "phone": phone,
            "messenger": messenger,
            "role": role,
            "started": started,
            "bot": bot,
        }
        return Person(self, await self.post("/people", wish))

    async def crowd(self, count: int, *, messenger: str = "telegram", bot: str = "") -> list[str]:
        """Many people who have started the bot; returns their chat ids."""
        made = await self.post("/people/crowd", {"count": count, "messenger": messenger, "bot": bot})
        return [one["chat_id"] for one in made["people"]]

    async def residents(self) -> list[Person]:
        """Everybody who lives here, as after a restart."""
        return [Person(self, one) for one in (await self.get("/people"))["people"]]

    async def group(self, title: str, founder: Person, *people: Person, **more: Any) -> Group:
        """A group; `more` as in POST /groups (topics, supergroup, admin, bots)."""
        wish = {"title": title, "founder": founder.id, "people": [one.id for one in people], **more}
        return Group(self, await self.post("/groups", wish))

    async def ledger(self, after: int = 0) -> list[Json]:
        """What the vendors accepted, oldest first."""
        return (await self.get(f"/ledger?after={after}"))["entries"]

    async def fault(self, kind: str, **more: Any) -> int:
        """Switch a fault on (fields in sandbox/faults.py); returns its number."""
        return (await self.post("/faults", {"kind": kind, **more}))["id"]

    async def no_fault(self, number: int | None = None) -> None:
        """Switch one fault off, or all."""
        await self.call("DELETE", "/faults" if number is None else f"/faults/{number}")

    async def limits(self, **wishes: Any) -> None:
        """limits(telegram={"overall": 30, …}); without arguments off."""
        await self.post("/limits", wishes)

    async def refused(self) -> int:
        """How many messages the limits refused."""
        return (await self.get("/limits"))["refused"]

    async def latency(self, ms: int) -> None:
        await self.post("/latency", {"ms": ms})

    async def clock(self, offset_seconds: float) -> None:
        """Move what the town's messages show as their time."""
        await self.post("/clock", {"offset_seconds": offset_seconds})

    async def opens(self, address: str) -> bytes:
        """What a link somebody was sent gives in their browser, its one button pressed. Refused when it gives nothing."""
        return await self._browse(address, None)

    async def uploads(self, address: str, *files: tuple[str, bytes], words: str = "") -> None:
        """Send files by the page a link leads to."""
        form = aiohttp.FormData({"words": words})
        for name, data in files:
            form.add_field("files", data, filename=name, content_type="application/octet-stream")
        await self._browse(address, form)

    async def _browse(self, address: str, form: aiohttp.FormData | None) -> bytes:
        if self._http is None:
            raise RuntimeError("use `async with Town(url)`")
        async with self._http.get(address) as page:
            if page.status != 200:
                raise Refused(f"{address}: {page.status}")
        async with self._http.post(address, data=form) as answer:
            if answer.status != 200:
                raise Refused(f"{address}: {answer.status}")
            return await answer.read()

    async def get(self, path: str) -> Any:
        return await self.call("GET", path)

    async def post(self, path: str, body: Json) -> Any:
        return await self.call("POST", path, json=body)

    async def call(self, method: str, path: str, **more: Any) -> Any:
        """Any request; Refused when the town says no."""
        if self._http is None:
            raise RuntimeError("use `async with Town(url)`")
        async with self._http.request(method, self.url + path, **more) as answer:
            if answer.content_type != "application/json":
                return await answer.read()
            body = await answer.json()
            if answer.status >= 400:
                raise Refused(body.get("error", str(answer.status)))
            return body


class Group:
    """A group chat."""

    def __init__(self, town: Town, raw: Json) -> None:
        self.town = town
        self.raw = raw
        self.key: str = raw["key"]
        self.chat_id: str = raw["chat_id"]

    async def hears_from(self, person: Person, text: str, **more: Any) -> None:
        """A member says something in the group (`thread` for a topic)."""
        await self.town.post(f"/groups/{self.key}/say", {"person": person.id, "text": text, **more})

    async def adds(self, person: Person) -> None:
        await self.town.post(f"/groups/{self.key}/people", {"person": person.id})

    async def bot_becomes(self, standing: str, bot: str = "") -> None:
        """member, administrator, left or kicked."""
        await self.town.post(f"/groups/{self.key}/bot", {"standing": standing, "bot": bot})

    async def migrates(self) -> Group:
        """The supergroup it becomes."""
        return Group(self.town, await self.town.post(f"/groups/{self.key}/migrate", {}))
