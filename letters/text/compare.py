"""Vietnamese text compared with care: composed forms, tone placement, accents.

Three views of one text, all of the same length, so an offset in one is an offset in all:
the text itself (NFC), `tone(text)` (lower case, one placement of tones), `flat(text)` (no marks at all).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = "a-z" + _MARKED
UPPER = "A-Z" + _MARKED.upper()
"""For character classes: a range such as à-ỹ would hold capitals and small letters alike."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The key names and values are compared by: "Sở KH&CN," → "so kh cn"."""
    return _NOT_WORD.sub(" ", flat(unicodedata.normalize("NFC", text))).strip()


def flat(text: str) -> str:
    """Lower case without marks, character by character: `len(flat(t)) == len(t)` for NFC text."""
    return text.translate(_FLAT)


def tone(text: str) -> str:
    """Lower case with the tone on the vowel where the old spelling puts it: "hoà" and "hòa" → "hòa"."""
    lowered = text.translate(_LOWER)
    return _MOVED.sub(_move, lowered) if _MOVED.search(lowered) else lowered


class _Table(dict[int, str]):
    """A translation table that works out a character when it is first met."""

    def __init__(self, make: str) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = char.lower()
        lower = lower if len(lower) == 1 else char
        if self._make == "flat":
            base = unicodedata.normalize("NFD", lower)[0]
            lower = {"đ": "d", "ð": "d", "ł": "l"}.get(base, base.lower()[:1] or base)
        if len(self) < 5000:
            self[code] = lower
        return lower


_FLAT = _Table("flat")
_LOWER = _Table("lower")


def _pairs() -> dict[str, str]:
    """Both spellings of oa, oe, uy with a tone: {"oà": "òa", …}."""
    found: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in _TONES:
            new = first + unicodedata.normalize("NFC", second + mark)
            found[new] = unicodedata.normalize("NFC", first + mark) + second
    return found


_PLACEMENT = _pairs()
# "quý", "quỹ" carry the tone on y in both spellings; "hoàn", "khoản" end in a consonant: one spelling.
_MOVED = re.compile("(?<!q)(" + "|".join(_PLACEMENT) + r")(?![a-zà-ỹđ])")


def _move(match: re.Match[str]) -> str:
    return _PLACEMENT[match[1]]


@lru_cache(maxsize=4096)
def worn(word: str) -> frozenset[str]:
    """A lower-case word and what OCR leaves of it when it loses one mark: "sở" → {"sở", "sơ", "so"}."""
    forms = {word, flat(word)}
    for i, char in enumerate(word):
        parts = unicodedata.normalize("NFD", char)
        for cut in range(1, len(parts)):
            kept = unicodedata.normalize("NFC", parts[:cut] + parts[cut + 1 :])
            forms.add(word[:i] + kept + word[i + 1 :])
        forms.add(word[:i] + flat(char) + word[i + 1 :])
    return frozenset(forms)
