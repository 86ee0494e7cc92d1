"""Zalo's Bot API over HTTP: `POST /zalo/bot<token>/<method>` with JSON; errors come with HTTP 200.

Method names are case-sensitive. What Zalo cannot do (buttons, edits, files) has no method here either.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from sandbox import errors, faulty
from sandbox.calls import Call, as_strings
from sandbox.errors import UNAUTHORIZED, Refusal, bad
from sandbox.files import Upload, store_photo
from sandbox.keys import DELIVERER, HTTP, TOWN
from sandbox.registry import zalo_bot
from sandbox.telegram_updates import check_address
from sandbox.town import Message, Talk, Webhook
from sandbox.updates import zalo_message_id

Json = dict[str, Any]
TOKEN = re.compile(r"[A-Za-z0-9]+:[A-Za-z0-9_-]+")
TEXT_LIMIT = 2000  # characters
LONGEST_POLL = 60


def add_routes(app: web.Application) -> None:
    app.router.add_route("*", "/zalo/bot{token}/{method}", call)
    app.router.add_get("/zalo/photo/{unique}/{until}", photo)


async def call(request: web.Request) -> web.StreamResponse:
    """Any method of any bot."""
    town = request.app[TOWN]
    token, method = request.match_info["token"], request.match_info["method"]
    try:
        bot = zalo_bot(town, token) if TOKEN.fullmatch(token) else None
        if bot is None:
            raise UNAUTHORIZED
        called = Call(town, bot, method, await _read(request))
        fault = town.faults.strike("zalo", method, called.text("chat_id"), token) if town.faults.rules else None
        if fault is not None and (spoiled := await faulty.before(request, fault, "zalo")) is not None:
            return spoiled
        result = await _perform(request, called)
        if town.latency:
            await asyncio.sleep(town.latency)
        if fault is not None and (spoiled := await faulty.after(request, fault)) is not None:
            return spoiled
    except Refusal as refusal:
        return _json(refusal.body())
    return _json({"ok": True, "result": result})


async def photo(request: web.Request) -> web.StreamResponse:
    """A photo somebody sent to a bot, while its address lives."""
    town = request.app[TOWN]
    unique, until = request.match_info["unique"], request.match_info["until"]
    found = [file for file in town.files.values() if file.unique_id == unique]
    if not found or not until.isdigit() or int(until) < town.now():
        raise web.HTTPNotFound
    return web.Response(body=found[0].data, content_type=found[0].mime)


async def _perform(request: web.Request, called: Call) -> Any:
    method = METHODS.get(called.method)
    if method is None:
        raise Refusal(404, "Not Found")
    if called.method in ("sendMessage", "sendPhoto") and called.town.limits.on:
        called.town.limits.zalo(called.bot.token, called.text("chat_id"))
    return await method(request, called)


async def _get_me(request: web.Request, call: Call) -> Json:
    return {
        "id": call.bot.id.removeprefix("z"),
        "account_name": call.bot.username,
        "account_type": "BASIC",
        "can_join_groups": True,
    }


async def _get_updates(request: web.Request, call: Call) -> Json:
    if call.bot.webhook is not None:
        raise bad("can't use getUpdates while webhook is active")
    update = await call.bot.inbox.take(min(call.number("timeout", 30), LONGEST_POLL))
    if update is None:
        raise Refusal(408, "Request timeout")
    return {name: value for name, value in update.items() if name != "update_id"}


async def _set_webhook(request: web.Request, call: Call) -> Json:
    check_address(call.text("url"))
    if not 8 <= len(call.text("secret_token")) <= 256:
        raise bad("secret_token must be 8-256 characters")
    call.bot.webhook = hook = Webhook(call.text("url"), call.text("secret_token"))
    call.bot.inbox.interrupt(bad("can't use getUpdates while webhook is active"))
    request.app[DELIVERER].probe(hook, "zalo")
    if call.bot.inbox.wake is not None:
        call.bot.inbox.wake()
    return {"url": hook.url, "updated_at": int(time.time() * 1000)}


async def _delete_webhook(request: web.Request, call: Call) -> Json:
    call.bot.webhook = None
    return {"url": "", "updated_at": int(time.time() * 1000)}


async def _webhook_info(request: web.Request, call: Call) -> Json:
    return {"url": call.bot.webhook.url if call.bot.webhook else "", "updated_at": int(time.time() * 1000)}


async def _send_message(request: web.Request, call: Call) -> Json:
    text = call.text("text").strip()
    if not text:
        raise bad(errors.TEXT_EMPTY)
    if len(text) > TEXT_LIMIT:
        raise bad("text must be 1-2000 characters")
    if call.text("parse_mode") not in ("", "markdown", "html"):
        raise bad("invalid parse_mode")
    return _post(call, call.open_talk(), Message(0, 0, 0, text), text)


async def _send_photo(request: web.Request, call: Call) -> Json:
    talk = call.open_talk()
    if urlsplit(call.text("photo")).scheme not in ("http", "https"):
        raise bad("photo must be a public URL")
    caption = call.text("caption")
    if len(caption) > TEXT_LIMIT:
        raise bad("caption must be at most 2000 characters")
    files = store_photo(call.town, await _fetch(request, call.text("photo")))
    text = f"{caption}\n{call.town.files[files[-1]].unique_id}".strip()
    return _post(call, talk, Message(0, 0, 0, caption, files=files), text)


async def _send_chat_action(request: web.Request, call: Call) -> bool:
    talk = call.open_talk()
    call.town.publish({"type": "typing", "talk": talk.key, "bot": call.bot.id})
    return True


async def _fetch(request: web.Request, url: str) -> Upload:
    try:
        async with request.app[HTTP].get(url, timeout=aiohttp.ClientTimeout(total=10)) as answer:
            answer.raise_for_status()
            return Upload("photo.jpg", answer.content_type, await answer.read())
    except (aiohttp.ClientError, TimeoutError) as error:
        raise bad("photo cannot be fetched") from error


def _post(call: Call, talk: Talk, message: Message, booked: str) -> Json:
    message.bot, message.date = call.bot.id, call.town.now()
    call.town.post(talk, message)
    vendor_id = zalo_message_id(talk, message.id)
    call.town.ledger.record(time.time(), "zalo", call.bot.token, talk.chat_id, call.method, booked, vendor_id)
    return {"message_id": vendor_id, "date": int(message.date * 1000)}


async def _read(request: web.Request) -> dict[str, str]:
    body = await request.read() if request.body_exists else b""
    try:
        return as_strings(json.loads(body)) if body else {}
    except ValueError as error:
        raise bad("can't parse JSON object") from error


def _json(body: Json) -> web.Response:
    return web.Response(body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json")


METHODS: dict[str, Callable[[web.Request, Call], Awaitable[Any]]] = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendChatAction": _send_chat_action,
}
