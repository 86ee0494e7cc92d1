"""What a fault does to the answer of a call."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from sandbox.errors import OTHER_POLLER, Refusal, too_many
from sandbox.faults import Fault

HTML_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
HTML_429 = "<html><head><title>429 Too Many Requests</title></head><body><h1>429</h1></body></html>"
TEXTS = {
    "400": "Bad Request: chat not found",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "404": "Not Found",
    "409": f"Conflict: {OTHER_POLLER}",
    "500": "Internal Server Error",
}


async def before(request: web.Request, fault: Fault, messenger: str) -> web.StreamResponse | None:
    """The spoiled answer when nothing is to be stored; None lets the call go on."""
    if fault.kind in ("down", "drop_before"):
        return cut(request)
    if fault.kind == "silence":
        await asyncio.sleep(fault.seconds)
        return cut(request)
    if fault.kind == "502":
        return web.Response(status=502, text=HTML_502, content_type="text/html")
    if fault.kind in TEXTS or fault.kind == "429":
        return _refused(fault, messenger)
    return None


async def after(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """What happens to the answer of a call that was carried out."""
    if fault.kind == "drop_after":
        return cut(request)
    if fault.kind == "late":
        await asyncio.sleep(fault.seconds)
    return None


def cut(request: web.Request) -> web.Response:
    """Cut the connection; the answer returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _refused(fault: Fault, messenger: str) -> web.Response:
    if fault.kind == "429":
        refusal = too_many(fault.retry_after)
    else:
        refusal = Refusal(int(fault.kind), fault.description or TEXTS[fault.kind])
    if messenger == "zalo" and fault.kind == "429" and not fault.description:
        return web.Response(status=429, text=HTML_429, content_type="text/html")
    status = 200 if messenger == "zalo" and fault.kind != "500" else refusal.code
    return web.Response(status=status, body=json.dumps(refusal.body()).encode(), content_type="application/json")
