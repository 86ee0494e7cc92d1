"""Every sentence the bot says, by key, in Vietnamese and English (vi.toml, en.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from models.clock import local

Language = Literal["vi", "en"]


BEFORE_A_STOP = re.compile(r"\{(\w+)\}”?\.(?!\S)")


class Count(int):
    """A number that takes the word that fits it along: "{n:task/tasks}" is "1 task" or "2 tasks"."""

    def __format__(self, words: str) -> str:
        one, slash, several = words.partition("/")
        return f"{int(self)} {one if self == 1 else several}" if slash else format(int(self), words)


@dataclass(frozen=True, slots=True)
class Say:
    """The catalogue bound to a language and to how the listener is addressed ("đồng chí", "Anh/Chị")."""

    language: Language = "vi"
    you: str = "đồng chí"

    def __call__(self, key: str, **data: Any) -> str:
        """The sentence of `key`, filled. Raises KeyError for a key or a value that is missing."""
        you = "you" if self.language == "en" else self.you
        sentence = catalogue(self.language)[key]
        filled = {name: written(value) for name, value in data.items()}
        for name in BEFORE_A_STOP.findall(sentence):  # people end a reason with a full stop themselves
            if isinstance(value := filled.get(name), str):
                filled[name] = value.rstrip(" .;,")
        return sentence.format(you=you, You=you[:1].upper() + you[1:], **filled)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in catalogue(self.language)


def say_for(language: str, address_as: str = "đồng chí") -> Say:
    """English for "en", else Vietnamese."""
    return Say("en" if language == "en" else "vi", address_as or "đồng chí")


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Every sentence of a language by dotted key."""
    text = (resources.files("bot.texts") / f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)))


def written(value: Any) -> Any:
    """Dates as people here write them; instants in the office's time; numbers ready to be counted with."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Count(value)
    if isinstance(value, datetime):
        return f"{local(value):%H:%M %d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def clock_time(instant: datetime) -> str:
    """ "14:05" on the office's wall."""
    return f"{local(instant):%H:%M}"


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in table.items():
        pairs += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(prefix + name, value.strip("\n"))]
    return pairs
