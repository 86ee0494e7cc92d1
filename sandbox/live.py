"""What the open pages need: the page itself, a stream of changes, and a road to the product's own controls."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.asking import guarded, json_answer
from sandbox.keys import CONTROL, HTTP, TOWN
from sandbox.town import Town

Json = dict[str, Any]
STATIC = Path(__file__).parent / "static"
MOST_EVENTS = 500  # waiting for one page
HEARTBEAT = 15.0  # seconds; keeps proxies from closing a quiet stream
CONTROL_PATIENCE = aiohttp.ClientTimeout(total=120)
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def add_routes(app: web.Application) -> None:
    app.router.add_get("/", page)
    app.router.add_get("/events", guarded(events))
    app.router.add_get("/config", guarded(config))
    app.router.add_route("*", "/control/{path:.*}", guarded(control))
    app.router.add_static("/static", STATIC)


async def page(request: web.Request) -> web.StreamResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return web.FileResponse(STATIC / "index.html", headers=headers)


async def config(request: web.Request) -> web.StreamResponse:
    town = request.app[TOWN]
    return json_answer({"control": bool(request.app[CONTROL]), "clock_offset": town.clock_offset, "town": town.born})


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: {"type": message | deleted | typing | notice | answered | people | bots | lost | …}."""
    town = request.app[TOWN]
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await stream.prepare(request)
    queue: asyncio.Queue[Json] = asyncio.Queue(MOST_EVENTS)
    town.listeners.add(queue)
    try:
        await stream.write(b": hello\n\n")
        while True:
            await stream.write(await _next(queue))
    except ConnectionError:
        return stream
    finally:
        town.listeners.discard(queue)


async def control(request: web.Request) -> web.StreamResponse:
    """Pass a request on to the product's own controls (clock, letters, picture, people)."""
    base = request.app[CONTROL]
    if not base:
        return json_answer({"error": "this town runs without the product's controls"}, 404)
    url = f"{base}/{request.match_info['path']}"
    if request.query_string:
        url = f"{url}?{request.query_string}"
    headers = {"Content-Type": request.content_type} if request.body_exists else {}
    try:
        async with request.app[HTTP].request(
            request.method, url, data=await request.read(), headers=headers, timeout=CONTROL_PATIENCE
        ) as answer:
            body = await answer.read()
            if request.match_info["path"] == "clock" and answer.ok:
                _follow_clock(request.app[TOWN], body)
            return web.Response(
                body=body, status=answer.status, content_type=answer.content_type, charset=answer.charset
            )
    except (aiohttp.ClientError, TimeoutError, OSError):
        return json_answer({"error": "dondoc does not answer"}, 502)


def _follow_clock(town: Town, body: bytes) -> None:
    """The town's messages show the product's simulated time."""
    offset = float(json.loads(body).get("offset_seconds", 0))
    if abs(offset - town.clock_offset) >= 1:
        town.clock_offset = offset
        town.publish({"type": "clock", "offset_seconds": offset})


async def _next(queue: asyncio.Queue[Json]) -> bytes:
    try:
        async with asyncio.timeout(HEARTBEAT):
            event = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
