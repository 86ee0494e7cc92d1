"""Reading what the person's side is asked, and answering it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import Misuse, Refusal
from sandbox.keys import LOCAL
from sandbox.town import Messenger

Json = dict[str, Any]
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Asked:
    """The fields of a request, JSON or multipart, and the files that came along."""

    def __init__(self, fields: Json, files: list[web.FileField]) -> None:
        self.fields = fields
        self.files = files

    def text(self, name: str, required: bool = False) -> str:
        value = self.fields.get(name)
        if required and not value:
            raise Misuse(f"{name} is missing")
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        try:
            return int(self.fields.get(name) or 0)
        except (TypeError, ValueError) as error:
            raise Misuse(f"{name} must be a whole number") from error

    def truth(self, name: str, default: bool = False) -> bool:
        value = self.fields.get(name, default)
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1", "yes")

    def messenger(self) -> Messenger:
        value = self.text("messenger") or "telegram"
        if value not in get_args(Messenger):
            raise Misuse(f"messenger must be one of {', '.join(get_args(Messenger))}")
        return cast(Messenger, value)


async def asked(request: web.Request) -> Asked:
    """Raises Misuse when the body is neither a JSON object nor a form."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        files = [value for value in form.values() if isinstance(value, web.FileField)]
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return Asked(fields, files)
    body = await request.read() if request.body_exists else b""
    try:
        fields = json.loads(body) if body else {}
    except ValueError as error:
        raise Misuse("the body is no JSON") from error
    if not isinstance(fields, dict):
        raise Misuse("the body must be a JSON object")
    return Asked(cast(Json, fields), [])


def guarded(handler: Handler) -> Handler:
    """Misuse becomes a JSON answer; another site's page in the same browser gets nothing."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if _foreign(request):
            return json_answer({"error": "this town is not for other sites"}, 403)
        try:
            return await handler(request)
        except Misuse as misuse:
            return json_answer({"error": str(misuse)}, misuse.status)
        except ValueError as error:  # a number that is none
            return json_answer({"error": str(error)}, 400)
        except Refusal as refusal:
            return json_answer({"error": refusal.description}, 400)

    return handle


def _foreign(request: web.Request) -> bool:
    """Whether another site's page asks: by its Origin, or by a name of its own that points to this machine."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        return True
    return request.app[LOCAL] and urlsplit(f"//{request.host}").hostname not in LOCAL_NAMES


def json_answer(body: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(), status=status, content_type="application/json"
    )
