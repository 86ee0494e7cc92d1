"""How python-telegram-bot reaches Telegram: over aiohttp, and with what is known unsent told apart from what is unknown.

Its default httpx transport slows down with the size of its own pool; `BaseRequest` is its extension point.
"""

import json
from typing import Any

from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.http import ANSWER_SECONDS, Http, Lost, Unsent

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # Bot API: getFile serves up to 20 MB


class NotSent(NetworkError):
    """The request did not leave this machine."""


class Transport(BaseRequest):
    """The extension point, over our HTTP."""

    def __init__(self, http: Http) -> None:
        self._http = http

    @property
    def read_timeout(self) -> float | None:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        await self._http.start()

    async def shutdown(self) -> None:
        await self._http.stop()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As the library's own, which logs an answer it cannot read, whole: names and messages would stand in the log."""
        try:
            found = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(found, dict):
            raise TelegramError("Invalid server response")
        return found

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        seconds = read_timeout if isinstance(read_timeout, int | float) else ANSWER_SECONDS
        largest = LARGEST_DOWNLOAD if method == "GET" else None
        try:
            return await self._http.request(
                method, url, data=_form(request_data), answer_seconds=seconds, largest=largest
            )
        except Unsent as error:
            raise NotSent(str(error)) from None
        except Lost as error:
            raise TimedOut(str(error)) from None
        except ValueError as error:
            raise BadRequest(f"file is too big: {error}") from None


def _form(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    fields: dict[str, Any] = request_data.json_parameters
    if not request_data.contains_files:
        return fields
    from aiohttp import FormData

    form = FormData(fields)
    for name, value in request_data.multipart_data.items():
        filename, content, media_type = value
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
