"""Whether two texts say the same, one of them perhaps read from a photo."""

from __future__ import annotations

import re

from models.names import fold

ALIKE = 97.0
"""Of 100: a scan's slips change a letter in a hundred at most."""
ALIKE_EDGES = 90.0
"""The same of letterhead and signature, whose two columns each format puts into another order: words without order."""
WORD, SLIPS = 4, 60.0
"""Letters: a shorter word is not looked at by itself. Of 100: a word with slips of OCR is so far itself."""
SIGNATURE = 900
"""Characters from "Nơi nhận" on, at most, where nothing follows the signature."""
LONGEST = 300_000
"""Characters, a hundred pages: comparing takes time by the square."""
ADDRESSED, COPIES = "kinh gui", "noi nhan"


def say_the_same(one: str, other: str) -> bool:
    """The same numbers in the same order, and nearly the same letters: a changed day is a change, a slip is none."""
    first, second = fold(one), fold(other)
    if first == second or max(len(first), len(second)) > LONGEST:
        return first == second
    (head, body, foot), others = _parted(first), _parted(second)
    if (bool(head), bool(foot)) != (bool(others[0]), bool(others[2])):
        return _alike(first, second)
    return _alike(body, others[1]) and _edge_alike(head, others[0]) and _edge_alike(foot, others[2])


def _parted(folded: str) -> tuple[str, str, str]:
    """Letterhead, body and signature of a letter that is addressed to somebody; anything else is body."""
    begins, ends = folded.find(ADDRESSED), folded.rfind(COPIES)
    if not 0 < begins < ends:
        return "", folded, ""
    if len(folded) - ends > SIGNATURE:
        ends = len(folded)  # an annex stands behind it, where order matters
    return folded[:begins], folded[begins:ends], folded[ends:]


def _alike(first: str, second: str) -> bool:
    from rapidfuzz import fuzz

    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    letters, others = (re.sub(r"\W+", "", part) for part in (first, second))
    return fuzz.ratio(letters, others) >= ALIKE and not _has_other_word(first, second)


def _has_other_word(first: str, second: str) -> bool:
    """Whether somewhere a word is another: in a long letter that is a small part of it, and yet another unit."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    words, others = re.findall(r"\w+", first), re.findall(r"\w+", second)
    same = [step for step in Levenshtein.opcodes(words, others) if step.tag == "equal"]
    ends = [(0, 0), *((step.src_end, step.dest_end) for step in same)]
    begins = [*((step.src_start, step.dest_start) for step in same), (len(words), len(others))]
    for end, begin in zip(ends, begins, strict=True):
        was, now = "".join(words[end[0] : begin[0]]), "".join(others[end[1] : begin[1]])
        if max(len(was), len(now)) >= WORD and fuzz.ratio(was, now) < SLIPS:
            return True
    return False


def _edge_alike(first: str, second: str) -> bool:
    from rapidfuzz import fuzz

    if sorted(re.findall(r"\d+", first)) != sorted(re.findall(r"\d+", second)):
        return False
    words, others = (" ".join(sorted(re.findall(r"\w+", part))) for part in (first, second))
    return fuzz.ratio(words, others) >= ALIKE_EDGES
