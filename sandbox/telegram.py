"""Telegram's Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

A call goes: token → fault before → limits → method → fault after → answer. HTTP status = `error_code`.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from yarl import URL

from sandbox import faulty, telegram_about, telegram_edit, telegram_send, telegram_updates
from sandbox.calls import Call, as_strings
from sandbox.errors import FILE_TOO_BIG, NOT_FOUND, UNAUTHORIZED, Refusal, bad
from sandbox.files import UPLOAD_LIMIT, Upload, by_path
from sandbox.keys import TOWN
from sandbox.registry import telegram_bot
from sandbox.town import Town

Json = dict[str, Any]
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")

METHODS: dict[str, Callable[[Call], Any]] = {
    **telegram_send.METHODS,
    **telegram_edit.METHODS,
    **telegram_about.METHODS,
}
WAITING: dict[str, Callable[[Call], Awaitable[Any]]] = telegram_updates.METHODS
NAMES = {name.lower(): name for name in [*METHODS, *WAITING]}  # names are case-insensitive


def add_routes(app: web.Application) -> None:
    app.router.add_route("*", "/bot{token}/{method}", call)
    app.router.add_get("/file/bot{token}/{path:.+}", download)


async def call(request: web.Request) -> web.StreamResponse:
    """Any method of any bot."""
    town = request.app[TOWN]
    token, method = request.match_info["token"], request.match_info["method"].lower()
    try:
        bot = _bot(town, token)
        params, files = await _read(request)
        fault = town.faults.strike("telegram", method, params.get("chat_id", ""), token) if town.faults.rules else None
        if fault is not None and (spoiled := await faulty.before(request, fault, "telegram")) is not None:
            return spoiled
        result = await _perform(town, Call(town, bot, NAMES.get(method, method), params, files))
        if town.latency:
            await asyncio.sleep(town.latency)
        if fault is not None and (spoiled := await faulty.after(request, fault)) is not None:
            return spoiled
    except Refusal as refusal:
        return _json(refusal.body(), refusal.code)
    return _json({"ok": True, "result": result})


async def _perform(town: Town, called: Call) -> Any:
    if town.limits.on and called.method in telegram_send.LIMITED:
        town.limits.telegram(called.bot.token, called.params.get("chat_id", ""))
    method = METHODS.get(called.method)
    if method is not None:
        return method(called)
    waiting = WAITING.get(called.method)
    if waiting is None:
        raise Refusal(404, "Not Found: method not found")
    return await waiting(called)


async def download(request: web.Request) -> web.StreamResponse:
    """The bytes of a file whose path getFile gave."""
    town = request.app[TOWN]
    try:
        _bot(town, request.match_info["token"])
        fault = town.faults.strike("telegram", "download", "", request.match_info["token"])
        if fault is not None and (spoiled := await faulty.before(request, fault, "telegram")) is not None:
            return spoiled
        file = by_path(town, request.match_info["path"])
        if file is None:
            raise NOT_FOUND
    except Refusal as refusal:
        return _json(refusal.body(), refusal.code)
    return web.Response(body=file.data, content_type="application/octet-stream")


def _bot(town: Town, token: str) -> Any:
    if not TOKEN.fullmatch(token):
        raise NOT_FOUND
    bot = telegram_bot(town, token)
    if bot is None:
        raise UNAUTHORIZED
    return bot


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Parameters as strings, whatever the encoding (query, form, multipart, JSON), and the files."""
    params: dict[str, str] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, params)
    body = await request.read() if request.body_exists else b""
    if not body:
        return params, {}
    if kind == "application/json":
        try:
            given = json.loads(body)
        except ValueError as error:
            raise bad("can't parse JSON object") from error
        params.update(as_strings(given))
    else:
        params.update(URL.build(query_string=body.decode(errors="replace"), encoded=True).query)  # decodes in C
    return params, {}


async def _read_multipart(request: web.Request, params: dict[str, str]) -> tuple[dict[str, str], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise bad(FILE_TOO_BIG) from error
    for name, value in form.items():
        if isinstance(value, web.FileField):
            data = value.file.read()
            if len(data) > UPLOAD_LIMIT:
                raise bad(FILE_TOO_BIG)
            files[name] = Upload(value.filename, value.content_type, data)
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return params, files


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=ENCODE(body).encode(), status=status, content_type="application/json")
