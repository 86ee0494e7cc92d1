"""One call of a bot: what it asks, with the checks every method shares."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast

from sandbox import errors
from sandbox.errors import bad, forbidden
from sandbox.files import Upload
from sandbox.town import Bot, Message, Talk, Town

Json = dict[str, Any]


def as_strings(given: Any) -> dict[str, str]:
    """The fields of a JSON body in the form in which a form would bring them. Refusal 400 when it is no object."""
    if not isinstance(given, dict):
        raise bad("can't parse JSON object")
    fields = cast(Json, given)
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in fields.items()
        if value is not None
    }


@dataclass(slots=True)
class Call:
    """`params` are strings, as they come over HTTP; nested values are JSON inside a string."""

    town: Town
    bot: Bot
    method: str
    params: dict[str, str]
    files: dict[str, Upload] = field(default_factory=dict[str, Upload])

    def text(self, name: str) -> str:
        return self.params.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.params.get(name) or default)
        except ValueError:
            return default

    def truth(self, name: str) -> bool:
        return self.params.get(name, "").lower() in ("true", "1", "yes")

    def parsed(self, name: str) -> Any:
        """A nested value, None when it is absent. Refusal 400 when it is no JSON."""
        raw = self.params.get(name)
        if not raw:
            return None
        try:
            return json.loads(raw)
        except ValueError as error:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def talk(self) -> Talk:
        """The talk of `chat_id`, whether or not the bot may write there."""
        chat_id = self.text("chat_id")
        if not chat_id:
            raise bad("chat_id is empty")
        talk = self.town.talk_of(self.bot, chat_id)
        if talk is None:
            if (self.bot.messenger, chat_id) in self.town.by_chat:
                raise forbidden(errors.NOT_STARTED)
            raise bad(errors.CHAT_NOT_FOUND)
        if talk.migrated_to:
            raise errors.migrated(int(talk.migrated_to))
        return talk

    def open_talk(self) -> Talk:
        """The talk of `chat_id` if the bot may write there, else the refusal that says why not."""
        talk = self.talk()
        standing = talk.bots.get(self.bot.id)
        if talk.kind == "private":
            if not self.town.by_chat[self.bot.messenger, talk.chat_id].active:
                raise forbidden(errors.DEACTIVATED)
            if standing == "kicked":
                raise forbidden(errors.BLOCKED)
        elif standing == "kicked":
            raise forbidden(f"bot was kicked from the {talk.kind} chat")
        elif standing not in ("member", "administrator"):
            raise forbidden(f"bot is not a member of the {talk.kind} chat")
        return talk

    def message(self, talk: Talk, missing: str) -> Message:
        """The message of `message_id`; Refusal 400 with `missing` when it is not there."""
        found = talk.messages.get(self.number("message_id"))
        if found is None:
            raise bad(missing)
        return found
