"""Sentences that only sound like a command: "gửi rồi nhé chị", "việc 3 xin gia hạn …", "phường em xong việc 3". Pure."""

from __future__ import annotations

from bot.counting import BEFORE, NOT_A_TASK, is_number, skip
from bot.names import BY_KEY, ONE
from bot.notes import COUNTED, POLITE
from bot.words import Word, begins

SENT = (
    "gửi rồi", "đã gửi", "vừa gửi", "mới gửi", "nộp rồi", "đã nộp", "vừa nộp", "mới nộp", "trình rồi", "đã trình",
    "đã phát hành",
    "đã ban hành", "đã triển khai", "đã thực hiện", "làm rồi", "đã làm", "submitted", "sent it", "already sent", "have sent",
)  # fmt: skip
"""May mean that something is done: always asked, never taken for a report."""
FINE = ("ok", "oke", "ổn", "ổn rồi")
"""The same, but only beside a number of the person's own."""
REQUESTS = ("muốn", "cho em", "cho tôi", "cho mình", "cho bên em", "cho phép", "em xin phép", "nhờ anh", "nhờ chị")
SUBJECTS = (
    "phường em", "xã em", "sở em", "phường mình", "xã mình", "phường tôi", "xã tôi", "cơ quan em", "đơn vị",
    "ubnd phường", "ubnd xã",
    "kính gửi",
)  # fmt: skip
"""Who speaks, at the beginning of a sentence; behind a number the same words may be what it counts."""
ENDINGS = (
    "xong", "xong rồi", "đã xong", "làm xong", "đã làm xong", "hoàn thành", "đã hoàn thành", "hoàn tất", "đã hoàn tất",
    "done", "finished",
)  # fmt: skip


def own_numbers(words: list[Word], own: frozenset[int]) -> tuple[int, ...]:
    """Numbers of the person's list that nothing in the sentence says to be something else."""
    found = (int(words[at].text) for at in range(len(words)) if is_number(words, at) and not _counts(words, at))
    return tuple(dict.fromkeys(n for n in found if n in own))


def sounds_sent(words: list[Word], *, has_number: bool) -> bool:
    """Whether it may be meant as a report although no word for it is there."""
    phrases = (*SENT, *FINE) if has_number else SENT
    return any(begins(words, at, wanted) for at in range(len(words)) for wanted in phrases)


def asked_of(words: list[Word], at: int) -> tuple[str, int]:
    """A command about one item that stands at `at`, perhaps behind "em muốn": its key and where the words after it begin."""
    at = skip(words, at, (*POLITE, *REQUESTS))
    spots = [(begins(words, at, wanted), key) for key in ONE for wanted in BY_KEY[key].phrases]
    covered, key = max(spots, default=(0, ""))
    return (key, at + covered) if covered else ("", at)


def past_number(words: list[Word]) -> int:
    """Where the number stands in "dạ việc 3 …"; the length of the words when they do not begin so."""
    at = skip(words, 0, (*POLITE, *BEFORE))
    return at if is_number(words, at) else len(words)


def only_ends(words: list[Word], at: int) -> bool:
    """Whether behind the numbers only "xong rồi ạ" is said once more."""
    return at < len(words) and skip(words, at, (*ENDINGS, *POLITE)) >= len(words)


def _counts(words: list[Word], at: int) -> bool:
    before = at > 0 and words[at - 1].is_(*NOT_A_TASK)
    return before or any(begins(words, at + 1, noun) for noun in COUNTED)
