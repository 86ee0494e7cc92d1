"""Why a message did not arrive, in words."""

from __future__ import annotations

import re

from bot.shorten import line
from bot.texts import Say


def reason_words(say: Say, told: str) -> str:
    """The catalogue's words where the reason is a known code, else the reason itself, shortened."""
    code = re.split(r"[:\s]", told.strip(), maxsplit=1)[0]
    key = f"reasons.{code}"
    return say(key) if say.has(key) else line(told, 40) or say("nobody")
