"""Zalo Bot over its HTTP interface. The only file that knows Zalo's words.

Errors come with HTTP 200 and `"ok": false`; flooding comes as HTTP 429 with HTML. There are no buttons, edits, files or
quoted messages, so the bot's numbered texts stand in for them. Polling hands a message out once and for all: use the webhook.
"""

import hmac
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bot.channels.base import Attachment, ChannelError, Incoming, Limits, Outgoing, Profile
from bot.channels.http import ANSWER_SECONDS, Http, Lost, Unsent
from bot.channels.split import split_characters

API_URL = "https://bot-api.zaloplatforms.com"
POLL_SECONDS = 30
LARGEST_PHOTO = 10 * 1024 * 1024
TEXT_LENGTH = 2000
NOTHING_NEW = 408
REASONS = {400: "bad_request", 401: "token", 403: "blocked", 404: "bad_request", 408: "network", 429: "quota"}
PERMANENT = {400, 403, 404}


class ZaloChannel:
    """One bot token. Raises only ChannelError."""

    name = "zalo"

    def __init__(
        self,
        token: str,
        *,
        api_url: str = API_URL,
        proxy: str | None = None,
        webhook_secret: str = "",
        monthly: int = 3000,
    ) -> None:
        self.token_id = token.split(":", 1)[0]
        self.limits = Limits(
            per_second=10,
            seconds_per_chat=1.05,
            per_group_minute=20,
            text_length=TEXT_LENGTH,
            buttons=False,
            edits=False,
            files=False,
            pictures=False,
            monthly=monthly,
        )
        self._webhook_secret = webhook_secret
        self._url = f"{api_url.rstrip('/')}/bot{token}"
        self._http = Http(proxy)

    @property
    def lane(self) -> str:
        """The lane this token serves."""
        return f"zalo:{self.token_id}"

    async def start(self) -> None:
        """Open the HTTP session."""
        await self._http.start()

    async def stop(self) -> None:
        """Close the HTTP session."""
        await self._http.stop()

    async def me(self) -> Profile:
        """The bot's id and account name."""
        found = await self._call("getMe", {})
        return Profile(str(found.get("id", "")), str(found.get("account_name", "")))

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        """Plain text in parts of 2,000 characters."""
        ids: list[str] = []
        for part in split_characters(message.text, TEXT_LENGTH):
            sent = await self._call("sendMessage", {"chat_id": chat_id, "text": part})
            ids.append(str(sent.get("message_id", "")))
        return ids

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None:
        """Zalo cannot edit; what changed stands in the next message."""

    async def typing(self, chat_id: str) -> None:
        """Show "typing …"; a failure is of no consequence."""
        with suppress(ChannelError):
            await self._call("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    async def set_menu(
        self, commands: list[tuple[str, str]], *, chat_id: str = "", language: str = "", groups: bool = False
    ) -> None:
        """Zalo has no command menu."""

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None:
        """Zalo has no buttons to acknowledge."""

    async def use_webhook(self, url: str) -> None:
        """Ask for updates at `url` (https); "" goes back to polling."""
        if url:
            await self._call("setWebhook", {"url": url, "secret_token": self._webhook_secret})
        else:
            await self._call("deleteWebhook", {})

    async def updates(self, position: str) -> AsyncGenerator[tuple[str, list[Incoming]]]:
        """Long-poll. There is no offset: what was handed out is gone, so this is for trying out only."""
        while True:
            try:
                answer = await self._call(
                    "getUpdates", {"timeout": str(POLL_SECONDS)}, answer_seconds=POLL_SECONDS + 10
                )
            except ChannelError as error:
                if error.reason != "network" or not error.unknown:
                    raise
                answer = {}
            incoming = self._incoming(answer)
            yield position, [incoming] if incoming else []

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        """One message, wrapped in {"ok", "result"} or bare; an empty probe gives none."""
        given = headers.get("x-bot-api-secret-token", "")
        if not self._webhook_secret or not hmac.compare_digest(given.encode(), self._webhook_secret.encode()):
            raise PermissionError("wrong webhook secret")
        if not body.strip():
            return []
        try:
            found: Any = json.loads(body)
        except UnicodeDecodeError as error:
            raise ValueError("not UTF-8") from error
        if not isinstance(found, dict):
            raise ValueError("not an update")
        incoming = self._incoming(found.get("result", found))
        return [incoming] if incoming else []

    def read_again(self, raw: str) -> Incoming | None:
        """One message. Raises ValueError for what is none."""
        return self._incoming(json.loads(raw))

    def _incoming(self, update: Any) -> Incoming | None:
        match update:
            case {
                "event_name": str(event),
                "message": {"message_id": message_id, "from": dict(sender), "chat": dict(chat)},
            }:
                message: dict[str, Any] = update["message"]
            case _:
                return None
        photo = message.get("photo_url") or message.get("photo")
        known = event in ("message.text.received", "message.image.received")
        return Incoming(
            lane=self.lane,
            update_id=str(message_id),
            kind="message" if known else "unsupported",
            chat_id=str(chat.get("id", "")),
            sender_id=str(sender.get("id", "")),
            sender_name=str(sender.get("display_name", "")),
            text=str(message.get("text") or message.get("caption") or ""),
            message_id=str(message_id),
            attachments=(_photo(str(photo), self._download),) if photo else (),
            is_group=chat.get("chat_type") == "GROUP",
            sent_at=_when(message.get("date")),
            raw=lambda: json.dumps(update),
        )

    async def _download(self, url: str) -> bytes:
        if not url.startswith(("https://", "http://")):
            raise ChannelError("bad_request", permanent=True)
        try:
            status, body = await self._http.request("GET", url, largest=LARGEST_PHOTO)
        except ValueError as error:
            raise ChannelError("too_big", permanent=True) from error
        except (Unsent, Lost) as error:
            raise ChannelError("network", permanent=False) from error
        if status != 200:
            raise ChannelError("expired", permanent=True)
        return body

    async def _call(
        self, method: str, parameters: dict[str, Any], answer_seconds: float = ANSWER_SECONDS
    ) -> dict[str, Any]:
        try:
            status, body = await self._http.request(
                "POST", f"{self._url}/{method}", json=parameters, answer_seconds=answer_seconds
            )
        except Unsent:
            raise ChannelError("network", permanent=False) from None
        except Lost:
            raise ChannelError("network", permanent=False, unknown=True) from None
        if status == 429:
            raise ChannelError("rate", permanent=False)
        try:
            answer: Any = json.loads(body)
        except ValueError:
            raise ChannelError("vendor", permanent=False) from None
        if not isinstance(answer, dict):
            raise ChannelError("vendor", permanent=False)
        if answer.get("ok"):
            result = answer.get("result")
            return result if isinstance(result, dict) else {}
        return _refused(method, answer)


def _refused(method: str, answer: dict[str, Any]) -> dict[str, Any]:
    code = answer.get("error_code")
    code = code if isinstance(code, int) else 0
    if code == NOTHING_NEW and method == "getUpdates":
        return {}
    raise ChannelError(REASONS.get(code, "vendor"), permanent=code in PERMANENT)


def _photo(url: str, download: Callable[[str], Awaitable[bytes]]) -> Attachment:
    return Attachment("photo", "anh.jpg", "image/jpeg", None, lambda: download(url))


def _when(milliseconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if isinstance(milliseconds, int | float) else None
    except (OverflowError, ValueError, OSError):
        return None
