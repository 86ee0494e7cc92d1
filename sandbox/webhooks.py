"""Delivering updates to webhooks: in order within a chat, chats beside one another, again until accepted."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import aiohttp

from sandbox.town import Bot, Town, Webhook

Json = dict[str, Any]
PATIENCE = aiohttp.ClientTimeout(total=30)
LONGEST_PAUSE = 30.0
HEADER = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo": "X-Bot-Api-Secret-Token"}


class Deliverer:
    """One task per bot takes its updates; one per chat posts them."""

    def __init__(self, town: Town, http: aiohttp.ClientSession) -> None:
        self._town = town
        self._http = http
        self._tasks: set[asyncio.Task[None]] = set()

    def attach(self, bot: Bot) -> None:
        """Deliver this bot's updates whenever it has a webhook."""
        bell = asyncio.Event()
        bot.inbox.wake = bell.set
        self._start(self._watch(bot, bell))
        bell.set()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def probe(self, hook: Webhook, messenger: str) -> None:
        """Zalo tries a new webhook with an empty body; what it answers does not matter."""
        self._start(self._probe(hook, messenger))

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, bot: Bot, bell: asyncio.Event) -> None:
        lanes: dict[str, deque[Json]] = {}
        gate = asyncio.Semaphore(40)
        while True:
            await bell.wait()
            bell.clear()
            while bot.webhook is not None and bot.inbox.waiting:
                update = bot.inbox.waiting.popleft()
                lane = _chat(update)
                if lane in lanes:
                    lanes[lane].append(update)
                else:
                    lanes[lane] = deque([update])
                    self._start(self._drive(bot, lane, lanes, gate))

    async def _drive(self, bot: Bot, lane: str, lanes: dict[str, deque[Json]], gate: asyncio.Semaphore) -> None:
        updates = lanes[lane]
        pause = self._town.webhook_retry
        try:
            while updates and bot.webhook is not None:
                if await self._deliver(bot, bot.webhook, updates[0], gate):
                    updates.popleft()
                    pause = self._town.webhook_retry
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            del lanes[lane]
            bot.inbox.waiting.extendleft(reversed(updates))

    async def _deliver(self, bot: Bot, hook: Webhook, update: Json, gate: asyncio.Semaphore) -> bool:
        async with gate:
            faults = self._town.faults
            if faults.down(bot.messenger) or faults.take("webhook_lost", bot.messenger) is not None:
                return False
            accepted = await self._post(bot, hook, update)
            if accepted and faults.take("webhook_twice", bot.messenger) is not None:
                await self._post(bot, hook, update)
            return accepted

    async def _post(self, bot: Bot, hook: Webhook, update: Json) -> bool:
        body: Json = update
        if bot.messenger == "zalo":
            inner = {key: value for key, value in update.items() if key != "update_id"}
            bare = self._town.faults.take("webhook_bare", "zalo") is not None
            body = inner if bare else {"ok": True, "result": inner}
        try:
            async with self._http.post(
                hook.url, json=body, headers={HEADER[bot.messenger]: hook.secret}, timeout=PATIENCE
            ) as answer:
                if answer.ok:
                    return True
                hook.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError):
            hook.last_error = "Connection refused"
        hook.last_error_date = self._town.now()
        return False

    async def _probe(self, hook: Webhook, messenger: str) -> None:
        try:
            async with self._http.post(hook.url, headers={HEADER[messenger]: hook.secret}, timeout=PATIENCE):
                pass
        except (aiohttp.ClientError, TimeoutError, OSError):
            hook.last_error = "Connection refused"


def _chat(update: Json) -> str:
    for body in update.values():
        if isinstance(body, dict):
            return str(_nested(body, "chat") or _nested(_nested(body, "message"), "chat") or "")
    return ""


def _nested(body: Any, name: str) -> Any:
    return body.get(name) if isinstance(body, dict) else None
