"""Telegram: how a bot learns what happened: long polling or a webhook."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from sandbox import errors
from sandbox.asking import LOCAL_NAMES
from sandbox.calls import Call
from sandbox.errors import bad, conflict
from sandbox.town import Webhook

Json = dict[str, Any]
LONGEST_POLL = 50  # seconds
LONGEST_SECRET = 256
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(call: Call) -> list[Json]:
    if call.bot.webhook is not None:
        raise conflict(errors.WEBHOOK_ACTIVE)
    if call.text("allowed_updates"):
        call.bot.allowed = cast("list[str]", call.parsed("allowed_updates"))
    limit = min(max(call.number("limit", 100), 1), 100)
    return await call.bot.inbox.poll(call.number("offset"), limit, min(call.number("timeout"), LONGEST_POLL))


async def set_webhook(call: Call) -> bool:
    url = call.text("url")
    if not url:
        return await delete_webhook(call)
    check_address(url)
    if (secret := call.text("secret_token")) and not SECRET.fullmatch(secret):
        raise bad(
            "secret token contains unallowed characters"
            if len(secret) <= LONGEST_SECRET
            else "secret token is too long"
        )
    if call.truth("drop_pending_updates"):
        call.bot.inbox.waiting.clear()
    allowed = cast("list[str]", call.parsed("allowed_updates") or call.bot.allowed)
    call.bot.allowed = allowed
    call.bot.webhook = Webhook(
        url, call.text("secret_token"), allowed, min(max(call.number("max_connections", 40), 1), 100)
    )
    call.bot.inbox.interrupt(conflict(errors.WEBHOOK_SET_MEANWHILE))
    if call.bot.inbox.wake is not None:
        call.bot.inbox.wake()
    return True


async def delete_webhook(call: Call) -> bool:
    call.bot.webhook = None
    if call.truth("drop_pending_updates"):
        call.bot.inbox.waiting.clear()
    return True


async def get_webhook_info(call: Call) -> Json:
    hook = call.bot.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.inbox.waiting),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.allowed:
            info["allowed_updates"] = hook.allowed
        if hook.last_error:
            info["last_error_date"] = int(hook.last_error_date)
            info["last_error_message"] = hook.last_error
    return info


def check_address(url: str) -> None:
    """Vendors take https only; a stand-in for one machine also takes http to that machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL_NAMES):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")


METHODS: dict[str, Callable[[Call], Awaitable[Any]]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
