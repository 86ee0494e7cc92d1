"""The web room: health, metrics, the messengers' webhooks and, with a simulated clock, its control."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.base import Channel, Incoming
from models.clock import monotonic
from web import patience

log = structlog.get_logger()

Receive = Callable[[Channel, Incoming], Awaitable[bool]]
"""False: the update was not taken in, as its sender says too much at once."""

HealthCheck = Callable[[], Awaitable[dict[str, str]]]
QUIET_SECONDS = 60.0
LARGEST_WEBHOOK = 1 << 20  # bytes; updates of both vendors are a few KiB


def create_app(
    *,
    health: HealthCheck,
    metrics: Callable[[], tuple[str, bytes]],
    channels: Mapping[str, Channel] | None = None,
    receive: Receive | None = None,
    more: Sequence[BaseRoute] = (),
) -> Starlette:
    """The application. `channels`: by lane; `receive` returns after the update's effects are committed.

    Without them nobody listens in this process, and there is no webhook.
    """
    served = channels or {}

    async def healthy(_request: Request) -> Response:
        troubles = await health()
        return JSONResponse({"ok": not troubles, "troubles": troubles}, status_code=503 if troubles else 200)

    async def measured(_request: Request) -> Response:
        media_type, body = metrics()
        return Response(body, media_type=media_type)

    complaints = Complaints()

    def refused(why: str, status: int, channel: Channel | None = None) -> Response:
        """Said to the caller and, now and then, to the log: never what was sent, nor by whom."""
        complaints.tell(why, channel.lane if channel else "none")
        close = {"Connection": "close"} if status in (408, 413) else None
        return PlainTextResponse(why, status_code=status, headers=close)

    async def webhook(request: Request) -> Response:
        channel = served.get(f"{request.path_params['name']}:{request.path_params['token_id']}")
        if channel is None or receive is None:
            return refused("no such bot", 404)
        try:
            async with asyncio.timeout(patience.BODY_SECONDS):
                body = await _limited_body(request)
        except TimeoutError:
            return refused("too slow", 408, channel)
        if body is None:
            return refused("too large", 413, channel)
        try:
            updates = channel.parse_webhook(dict(request.headers), body)
        except PermissionError:
            return refused("wrong secret", 403, channel)
        except ValueError:
            return refused("not an update", 400, channel)
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


class Complaints:
    """One line a minute for each reason and lane, with how often: who knocks a thousand times a second fills no disk."""

    def __init__(self) -> None:
        self._times: Counter[tuple[str, str]] = Counter()
        self._told: dict[tuple[str, str], float] = {}

    def tell(self, why: str, lane: str) -> None:
        """Count it; write it down when the last line is a minute old."""
        key, now = (why, lane), monotonic()
        self._times[key] += 1
        if now - self._told.get(key, float("-inf")) >= QUIET_SECONDS:
            log.warning("webhook refused", why=why, lane=lane, times=self._times.pop(key))
            self._told[key] = now


async def _limited_body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_WEBHOOK:
            return None
    return bytes(body)
