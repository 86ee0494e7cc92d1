"""Words of a message, compared as people type them: with accents, without, in capitals, in NFD."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

JOINED = "xong|done|nv|số|so|việc|viec|mục|muc|task|nhận|nhan|xác nhận|hạn|han"
"""Words people type a number right behind: "xong3", "nv12"."""
WORD = re.compile(rf"(?i:{JOINED})(?=\d{{1,4}}(?!\w))|[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|_")
PICTURES = ("So", "Sk", "Mn")
"""Unicode categories of emoji and what colours them: they say nothing a report rests on."""
TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or sign: as compared (`text`), without accents (`bare`), and where it stands in the message."""

    text: str
    bare: str
    start: int
    end: int

    def is_(self, *words: str) -> bool:
        """Whether this is one of `words` (written with accents). Typed without accents it matches too."""
        return any(self.text == _compared(word) or self.text == fold(word) for word in words)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without accents; đ → d."""
    split = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


@lru_cache(maxsize=4096)
def _compared(text: str) -> str:
    """Lower case NFC with the tone at the end of its syllable, so that "hoà" and "hòa" are one."""
    split = unicodedata.normalize("NFD", text.casefold())
    tone = "".join(c for c in split if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in split if c not in TONES)) + tone


def tidy(text: str) -> str:
    """NFC, without invisible marks (zero width, direction), odd spaces as spaces."""
    kept = (
        c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) not in ("Cf", "Cc", "Cs") or c in "\n\t"
    )
    return re.sub(r"[^\S\n]+", " ", "".join(kept)).strip()


def words_of(text: str) -> list[Word]:
    """Words and signs in order, without emoji; `text` has been through `tidy`."""
    return [
        Word(_compared(m.group()), fold(m.group()), m.start(), m.end())
        for m in WORD.finditer(text)
        if not _is_picture(m.group())
    ]


def _is_picture(sign: str) -> bool:
    return len(sign) == 1 and unicodedata.category(sign) in PICTURES


@lru_cache(maxsize=2048)
def phrase(text: str) -> tuple[tuple[str, str], ...]:
    """A phrase as the forms its words match: exact and without accents."""
    return tuple((word.text, word.bare) for word in words_of(text))


def begins(words: list[Word], at: int, wanted: str) -> int:
    """How many words the phrase `wanted` covers from `at`; 0 when it is not there."""
    forms = phrase(wanted)
    if len(words) - at < len(forms):
        return 0
    same = all(word.text in form for word, form in zip(words[at:], forms, strict=False))
    return len(forms) if same else 0
