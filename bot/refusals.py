"""What a person reads when a verb was not carried out: `refused.<code>` of the catalogue."""

from __future__ import annotations

import logging

from bot.reply import Reply
from bot.shorten import line
from bot.texts import Say
from bot.turn import Turn
from models.errors import Refused

log = logging.getLogger(__name__)


def refusal(turn: Turn, why: Refused) -> Reply:
    """One clear sentence; on a pressed button also as its notice."""
    text = sentence(turn.say, why)
    return Reply(text, notice=text)


def sentence(say: Say, why: Refused) -> str:
    """The code's sentence, filled; a plain one, and a log line, should a code or a value be missing."""
    data = {name: line(value, 200) if isinstance(value, str) else value for name, value in why.data.items()}
    try:
        return say(f"refused.{why.code}", **data)
    except KeyError:
        log.error("no sentence for refusal %s with %s", why.code, sorted(why.data))
        return say("refused.other")
