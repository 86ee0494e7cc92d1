"""Telegram through python-telegram-bot's `Bot`, over aiohttp. Only the files `telegram*` know Telegram's words."""

import hmac
import json
from collections.abc import AsyncGenerator, Awaitable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.base import Button, ChannelError, Incoming, Limits, Outgoing, Profile
from bot.channels.http import Http
from bot.channels.split import split_utf16
from bot.channels.telegram_transport import NotSent, Transport
from bot.channels.telegram_updates import incoming

T = TypeVar("T")

API_URL = "https://api.telegram.org"
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
CAPTION_UNITS = 1024
LIMITS = Limits(
    per_second=25,
    seconds_per_chat=1.05,
    per_group_minute=20,
    text_length=4096,
    buttons=True,
    edits=True,
    files=True,
    pictures=True,
)


class TelegramChannel:
    """One bot token. Raises only ChannelError."""

    name = "telegram"
    limits = LIMITS

    def __init__(
        self, token: str, *, api_url: str = API_URL, proxy: str | None = None, webhook_secret: str = ""
    ) -> None:
        self.token_id = token.split(":", 1)[0]
        self._webhook_secret = webhook_secret
        self._transport = Transport(Http(proxy))
        self._polling = Transport(Http(proxy, connections=2))
        self._bot = Bot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self._transport,
            get_updates_request=self._polling,
        )

    @property
    def lane(self) -> str:
        """The lane this token serves."""
        return f"telegram:{self.token_id}"

    async def start(self) -> None:
        """Open the HTTP sessions; the token is first tried by `me`, so a vendor that is down stops no start."""
        await self._transport.initialize()

    async def stop(self) -> None:
        """Close the HTTP sessions."""
        await self._transport.shutdown()  # Bot.shutdown() skips them when get_me has not run
        await self._polling.shutdown()

    async def me(self) -> Profile:
        """The bot's id, name and username."""
        user = await _answered(self._bot.get_me())
        return Profile(str(user.id), user.full_name, user.username or "")

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        """Text in parts of 4,096 UTF-16 units, buttons under the last; a picture carries a short text as caption."""
        to: dict[str, Any] = {"chat_id": chat_id}
        if thread_id:
            to["message_thread_id"] = int(thread_id)
        parts = split_utf16(message.text, LIMITS.text_length) if message.text else []
        keyboard = _keyboard(message.buttons) if message.picture is not None else None
        ids: list[str] = []
        if message.picture is not None:
            caption = parts.pop() if len(parts) == 1 and fits_caption(parts[0]) else None
            photo = await _answered(
                self._bot.send_photo(
                    photo=InputFile(message.picture.content, message.picture.name),
                    caption=caption,
                    reply_markup=None if parts else keyboard,
                    **to,
                )
            )
            ids.append(str(photo.message_id))
        for index, part in enumerate(parts, 1):
            ids.append(await self._say(to, part, message.buttons if index == len(parts) else ()))
        for file in message.files:
            document = InputFile(file.content, file.name)
            sent = await _answered(self._bot.send_document(document=document, **to))
            ids.append(str(sent.message_id))
        buttons_at = max(0, len(ids) - len(message.files) - 1)
        return [*ids[buttons_at : buttons_at + 1], *ids[:buttons_at], *ids[buttons_at + 1 :]]

    async def _say(self, to: dict[str, Any], text: str, buttons: tuple[tuple[Button, ...], ...]) -> str:
        """Post a text and return its id.

        The one call that is made thousands of times an hour goes to the library's request layer, which judges the
        answer as ever, without its objects around what is sent and what comes back: they are half the call's CPU.
        """
        fields = {name: str(value) for name, value in to.items()} | {"text": text}
        if buttons:
            rows = [[{"text": one.label, "callback_data": one.data} for one in row] for row in buttons]
            fields["reply_markup"] = json.dumps({"inline_keyboard": rows})
        answer = await _answered(self._transport.call(f"{self._bot.base_url}/sendMessage", fields))
        try:
            return str(answer["message_id"])
        except (KeyError, TypeError):
            raise ChannelError("vendor", permanent=False, unknown=True) from None

    async def edit(self, chat_id: str, message_id: str, message: Outgoing) -> None:
        """Replace text and buttons (or the caption, where the message is a picture)."""
        keyboard = _keyboard(message.buttons)
        target: dict[str, Any] = {"chat_id": chat_id, "message_id": int(message_id), "reply_markup": keyboard}
        text = split_utf16(message.text, LIMITS.text_length)[0]
        try:
            await self._bot.edit_message_text(text=text, **target)
        except BadRequest as error:
            if "not modified" in error.message:
                return
            if "no text in the message" not in error.message:
                raise channel_error(error) from error
            await _answered(self._bot.edit_message_caption(caption=text[:CAPTION_UNITS], **target))
        except TelegramError as error:
            raise channel_error(error) from error

    async def typing(self, chat_id: str) -> None:
        """Show "typing …"; a failure is of no consequence."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(chat_id, "typing")

    async def set_menu(
        self, commands: list[tuple[str, str]], *, chat_id: str = "", language: str = "", groups: bool = False
    ) -> None:
        """The command menu of one chat, of all groups, or of everybody."""
        everybody = BotCommandScopeAllGroupChats() if groups else None
        scope = BotCommandScopeChat(chat_id) if chat_id else everybody
        menu = [BotCommand(name, description) for name, description in commands]
        await _answered(self._bot.set_my_commands(menu, scope=scope, language_code=language or None))

    async def acknowledge(self, incoming: Incoming, notice: str = "") -> None:
        """Stop the button's spinner. A query too old to answer is no fault."""
        if incoming.button_query_id:
            with suppress(TelegramError):
                await self._bot.answer_callback_query(incoming.button_query_id, text=notice[:200] or None)

    async def use_webhook(self, url: str) -> None:
        """Ask for updates at `url`; "" goes back to polling (and keeps what waits)."""
        if url:
            hook = self._bot.set_webhook(url, secret_token=self._webhook_secret, allowed_updates=UPDATES)
        else:
            hook = self._bot.delete_webhook(drop_pending_updates=False)
        await _answered(hook)

    async def updates(self, position: str) -> AsyncGenerator[tuple[str, list[Incoming]]]:
        """Long-poll; asking for the next batch confirms the one before."""
        offset = int(position or 0)
        while True:
            batch = await _answered(
                self._bot.get_updates(
                    offset=offset, timeout=POLL_SECONDS, read_timeout=POLL_SECONDS + 10, allowed_updates=UPDATES
                )
            )
            if batch:
                offset = batch[-1].update_id + 1
            yield str(offset), [one for update in batch if (one := self._incoming(update)) is not None]

    def parse_webhook(self, headers: dict[str, str], body: bytes) -> list[Incoming]:
        """One update. Raises PermissionError without our secret, ValueError on a broken body."""
        given = headers.get("x-telegram-bot-api-secret-token", "")
        if not self._webhook_secret or not hmac.compare_digest(given.encode(), self._webhook_secret.encode()):
            raise PermissionError("wrong webhook secret")
        incoming = self.read_again(body)
        return [incoming] if incoming else []

    def read_again(self, raw: str | bytes) -> Incoming | None:
        """One update. Raises ValueError for what is none."""
        try:
            return self._incoming(Update.de_json(json.loads(raw), self._bot))
        except (LookupError, TypeError, AttributeError, OverflowError, OSError) as error:
            raise ValueError("not an update") from error

    def _incoming(self, update: Update) -> Incoming | None:
        found = incoming(self.lane, update, self._download)
        return replace(found, raw=update.to_json) if found else None

    async def _download(self, file_id: str) -> bytes:
        file = await _answered(self._bot.get_file(file_id))
        return bytes(await _answered(file.download_as_bytearray()))


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.data) for b in row] for row in rows])


def fits_caption(text: str) -> bool:
    """Whether the text is within Telegram's 1,024 UTF-16 units of a caption."""
    return len(text.encode("utf-16-le")) // 2 <= CAPTION_UNITS


async def _answered(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        raise channel_error(error) from error


def channel_error(error: TelegramError) -> ChannelError:
    """What a failure means for the message; the class follows the HTTP status (BadRequest is a NetworkError)."""
    match error:
        case RetryAfter():
            return ChannelError("rate", permanent=False, retry_after=_seconds(error))
        case ChatMigrated():
            return ChannelError("migrated", permanent=False, migrated_to=str(error.new_chat_id))
        case Forbidden():
            return ChannelError("gone" if "deactivated" in error.message else "blocked", permanent=True)
        case BadRequest():
            return ChannelError("gone" if "chat not found" in error.message.lower() else "bad_request", permanent=True)
        case InvalidToken():
            return ChannelError("token", permanent=False)
        case Conflict():
            return ChannelError("conflict", permanent=False)
        case TimedOut():
            return ChannelError("network", permanent=False, unknown=True)
        case NotSent():
            return ChannelError("network", permanent=False)
        case NetworkError():
            return ChannelError("rate" if "429" in error.message else "vendor", permanent=False)
        case _:
            return ChannelError("vendor", permanent=False)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after  # a timedelta one day
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
