"""Whether a sentence says that something is done, or denies, foresees, wishes or asks it."""

from __future__ import annotations

from functools import cache
from typing import Literal

from bot.words import Word, begins, phrase

QUESTIONS = (
    "bao giờ", "khi nào", "lúc nào", "chừng nào", "thế nào", "như nào", "ra sao", "làm sao", "tại sao", "sao", "ai", "gì",
    "nào", "đâu", "hả", "nhỉ", "mấy", "phải không", "được không", "hay chưa", "bao lâu", "bao nhiêu", "when", "what", "how",
    "why", "who", "where", "which", "should", "can i", "could", "may i", "is it", "are we", "?", "？",
)  # fmt: skip
OPENINGS = ("is", "are", "was", "were", "do", "does", "did", "has", "have we", "have you", "have they", "can")
"""English words that ask when they open the sentence."""
NEGATIONS = (
    "chưa", "không", "chẳng", "ko", "k", "kg", "khg", "hông", "hổng", "chửa", "chx", "đừng", "chớ", "chả", "thiếu", "not",
    "never", "haven't", "hasn't", "isn't", "didn't", "don't", "doesn't", "can't", "cannot", "won't", "wasn't", "nothing",
    "dở dang", "vướng", "nhầm", "undo", "ý em là", "ý tôi là", "ý mình là", "i mean",
)  # fmt: skip
FUTURES = (
    "sắp", "gần", "đang", "sẽ", "định", "chuẩn bị", "dự kiến", "mai", "ngày mai", "tuần sau", "tháng sau", "phải", "cần",
    "nếu", "cố", "cố gắng", "hứa", "một phần", "một nửa", "nửa", "cơ bản", "phần lớn", "hầu hết", "còn", "mong", "muốn",
    "đợi", "trước khi", "sau khi", "lát nữa", "tí nữa", "tối nay", "chiều nay", "hầu như", "tạm", "kịp", "almost", "nearly",
    "soon", "will", "going to", "about to", "tomorrow", "if", "need", "must", "partly", "half", "once", "before", "trying",
    "try", "would", "mostly", "until", "still", "%",
    "hình như", "có lẽ", "lẽ ra", "đáng lẽ", "đáng ra", "suýt", "coi như", "xem như", "chắc là", "probably", "maybe",
    "perhaps", "might", "i think",
)  # fmt: skip

Mood = Literal["", "negated", "question", "future"]


def mood(words: list[Word]) -> Mood:
    """ "" for a plain statement; a question weighs more than a negation ("xong chưa?"), that more than a future."""
    if _says(words, QUESTIONS) or _ends_asking(words):
        return "question"
    if _says(words, NEGATIONS):
        return "negated"
    return "future" if _says(words, FUTURES) else ""


def opens_asking(words: list[Word]) -> bool:
    """Whether a whole message begins like an English question ("is 3 done")."""
    return any(begins(words, 0, opening) for opening in OPENINGS)


def _says(words: list[Word], phrases: tuple[str, ...]) -> bool:
    starts = _by_first_word(phrases)
    return any(begins(words, at, wanted) for at, word in enumerate(words) for wanted in starts.get(word.text, ()))


@cache
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    """Phrases by the forms of their first word: a long note costs one look-up a word."""
    found: dict[str, list[str]] = {}
    for wanted in phrases:
        for form in set(phrase(wanted)[0]):
            found.setdefault(form, []).append(wanted)
    return found


def _ends_asking(words: list[Word]) -> bool:
    """ "… chưa", "… không", "… à" at the end of a sentence ask, with or without a question mark."""
    said = [word for word in words if word.text not in ".!,"]
    while len(said) > 1 and said[-1].is_("ạ", "nhỉ", "em", "anh", "chị", "đồng", "chí", "bạn"):
        said = said[:-1]
    if len(said) < 2:
        return False
    return said[-1].is_("chưa", "không", "hả") or said[-1].text == EXACT_A


EXACT_A = phrase("à")[0][0]
"""Never matched without its accent: "a" is "ạ" in haste."""
