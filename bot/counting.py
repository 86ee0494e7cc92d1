"""Which of a person's numbers a message names: "1,3-5", "số 3 và 5", "tất cả trừ 2"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.words import Word, begins

LONGEST_RANGE = 500

BEFORE = (
    "nhiệm vụ", "việc", "số", "mục", "các", "những", "nv", "task", "tasks", "number", "numbers", "no", "item", "items",
    "nos", "và", "từ", "cho", "của", "#",
)  # fmt: skip
JOINERS = (",", ";", "&", "+", "và", "với", "and", "cùng", "lẫn")
RANGES = ("-", "–", "—", "đến", "tới", "to", "~")
EVERY = ("tất cả", "toàn bộ", "hết", "hết cả", "tất", "all", "everything", "mọi việc", "cả")
EXCEPT = ("trừ", "trừ ra", "ngoại trừ", "ngoài trừ", "except", "but")
NOT_A_TASK = (
    "thứ", "ngày", "tháng", "năm", "quý", "lần", "khoản", "điều", "đợt", "kỳ", "phường", "tổ", "khu", "cv", "hơn",
    "khoảng", "gần", "còn", "thêm", "được", "chương", "phần", "page", "room",
)  # fmt: skip
"""A number right after one of these is no task's number."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was named and where the rest begins. `loose`: some numbers were joined only by spaces."""

    numbers: tuple[int, ...] = ()
    every: bool = False
    excluded: tuple[int, ...] = ()
    excluding: bool = False
    end: int = 0
    loose: bool = False
    odd: bool = False


def count(words: list[Word], at: int, *, many: bool) -> Counted:
    """The list of numbers that starts at word `at`; `many` allows lists joined by spaces and "tất cả"."""
    at = skip(words, at, BEFORE)
    if many and (covered := _first(words, at, EVERY)):
        return _every(words, at + covered)
    numbers, end, loose, odd = _list(words, at, many=many)
    return Counted(tuple(numbers), end=end, loose=loose, odd=odd)


def skip(words: list[Word], at: int, phrases: tuple[str, ...]) -> int:
    """The first place from `at` on where none of `phrases` stands."""
    while covered := _first(words, at, phrases):
        at += covered
    return at


def is_number(words: list[Word], at: int) -> bool:
    """Whether a bare number of at most four digits stands there: no date, document number, hour or percentage."""
    if at >= len(words) or not _digits(words[at]):
        return False
    before, after = words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None
    if before and before.text in ("/", "%") and before.end == words[at].start:
        return False
    if before and before.text == "." and before.end == words[at].start and at > 1 and _digits(words[at - 2]):
        return False
    if not after or after.start != words[at].end:
        return True
    if after.text == "." and at + 2 < len(words) and _digits(words[at + 2]) and words[at + 2].start == after.end:
        return False
    return after.text not in ("/", "%", "_")


def _every(words: list[Word], at: int) -> Counted:
    at = skip(words, at, (*EVERY, *BEFORE))
    if _digit_at(words, at):  # "cả 3 việc": three tasks, or task 3?
        numbers, end, loose, _ = _list(words, at, many=True)
        return Counted(tuple(numbers), end=end, loose=loose, odd=len(numbers) < 2)
    past_comma = at + 1 if at < len(words) and words[at].text == "," else at
    covered = _first(words, past_comma, EXCEPT)
    if not covered:
        return Counted(every=True, end=at, odd=any(_first(words, i, EXCEPT) for i in range(at, len(words))))
    at = past_comma
    at = skip(words, at + covered, (*BEFORE, *EXCEPT))
    numbers, end, _, odd = _list(words, at, many=True)
    return Counted(every=True, excluded=tuple(numbers), excluding=True, end=end, odd=odd)


def _list(words: list[Word], at: int, *, many: bool) -> tuple[list[int], int, bool, bool]:
    """Numbers, where they end, whether only spaces joined some, whether a range makes no sense."""
    numbers: list[int] = []
    loose = odd = False
    while is_number(words, at):
        first = last = int(words[at].text)
        at += 1
        covered = _first(words, at, RANGES)
        if covered and is_number(words, at + covered):
            last = int(words[at + covered].text)
            at += covered + 1
        odd = odd or not 0 <= last - first <= LONGEST_RANGE
        named = (first, last) if last < first else range(first, min(last, first + LONGEST_RANGE) + 1)
        numbers += [n for n in named if n not in numbers]
        following = skip(words, at, JOINERS)
        following = skip(words, following, BEFORE) if following > at or many else following
        if following > at and is_number(words, following):
            at = following
        elif many and is_number(words, at):
            loose = True
        else:
            break
    return numbers, at, loose, odd


def _digit_at(words: list[Word], at: int) -> bool:
    return at < len(words) and _digits(words[at])


def _digits(word: Word) -> bool:
    return word.text.isdecimal() and word.text.isascii() and len(word.text) <= 4


def _first(words: list[Word], at: int, phrases: tuple[str, ...]) -> int:
    """Words covered by the longest of `phrases` that stands at `at`."""
    return max((begins(words, at, wanted) for wanted in phrases), default=0)
