"""How much of a text is spelled as Vietnamese: the yardstick for guessing its encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
_RHYME = (
    "(?:iê|yê|uô|ươ|ia|ya|ua|ưa|oa|oă|oe|oo|uâ|uê|ue|uy|uya|uyê|uơ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu"
    "|iêu|yêu|oai|oao|oay|oeo|uai|uây|uôi|ươi|ươu|uyu|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?{_RHYME}")
_WORD = re.compile(r"[^\W\d_]+|[^\W\d_]*[\x80-\xff\u0300-\u0323\u1e00-\u1eff]+[^\s\d]*")
_TONES = {ord(tone): None for tone in "\u0300\u0301\u0303\u0309\u0323"}


def share_of_vietnamese(text: str) -> float:
    """Of the words that hold a letter outside ASCII, the share (0 to 1) that Vietnamese could spell; 1 if none."""
    marked = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    if not marked:
        return 1.0
    return sum(map(is_syllable, marked)) / len(marked)


def worn_share(text: str) -> float:
    """Of the words of two letters and more, the share (0 to 1) that hold a marked letter and that nobody would write.

    Abbreviations ("CĐS", "QĐ") are written so: a mark other than that of Đ makes a word. Below three it is 0: a name or a slip.
    """
    words = [word for word in _LETTERS.findall(text) if len(word) > 1]
    strange = sum(not is_syllable(word) for word in words if not word.replace("Đ", "D").isascii())
    return strange / len(words) if strange >= _FEW else 0.0


_FEW = 3


_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether the word is one possible Vietnamese syllable, with one tone at most and in one letter case."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(ord(sign) in _TONES for sign in parts) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", parts.translate(_TONES))) is not None
