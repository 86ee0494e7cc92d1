"""The web room: health, metrics, the messengers' webhooks and, with a simulated clock, its control."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.base import Channel, Incoming
from web import patience

Receive = Callable[[Channel, Incoming], Awaitable[bool]]
"""False: the update was not taken in, as its sender says too much at once."""

HealthCheck = Callable[[], Awaitable[dict[str, str]]]
LARGEST_WEBHOOK = 1 << 20  # bytes; updates of both vendors are a few KiB


def create_app(
    *,
    health: HealthCheck,
    metrics: Callable[[], tuple[str, bytes]],
    channels: Mapping[str, Channel],
    receive: Receive,
    more: Sequence[BaseRoute] = (),
) -> Starlette:
    """The application. `channels`: by lane; `receive` returns after the update's effects are committed."""

    async def healthy(_request: Request) -> Response:
        troubles = await health()
        return JSONResponse({"ok": not troubles, "troubles": troubles}, status_code=503 if troubles else 200)

    async def measured(_request: Request) -> Response:
        media_type, body = metrics()
        return Response(body, media_type=media_type)

    async def webhook(request: Request) -> Response:
        channel = channels.get(f"{request.path_params['name']}:{request.path_params['token_id']}")
        if channel is None:
            return PlainTextResponse("no such bot", status_code=404)
        try:
            async with asyncio.timeout(patience.BODY_SECONDS):
                body = await _limited_body(request)
        except TimeoutError:
            return PlainTextResponse("too slow", status_code=408, headers={"Connection": "close"})
        if body is None:
            return PlainTextResponse("too large", status_code=413, headers={"Connection": "close"})
        try:
            updates = channel.parse_webhook(dict(request.headers), body)
        except PermissionError:
            return PlainTextResponse("wrong secret", status_code=403)
        except ValueError:
            return PlainTextResponse("not an update", status_code=400)
        for update in updates:
            await receive(channel, update)
        return JSONResponse({"ok": True})

    return Starlette(
        routes=[
            Route("/health", healthy),
            Route("/metrics", measured),
            Route("/webhook/{name}/{token_id}", webhook, methods=["POST"]),
            *more,
        ]
    )


async def _limited_body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_WEBHOOK:
            return None
    return bytes(body)
