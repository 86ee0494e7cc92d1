"""Whether two texts say the same, one of them perhaps read from a photo."""

from __future__ import annotations

import re

from models.names import fold

ALIKE = 97.0
"""Of 100: a scan's slips change a letter in a hundred at most."""


def say_the_same(one: str, other: str) -> bool:
    """The same numbers in the same order, and nearly the same letters: a changed day is a change, a slip is none."""
    from rapidfuzz import fuzz

    first, second = fold(one), fold(other)
    if first == second:
        return True
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    return fuzz.ratio(re.sub(r"\W+", "", first), re.sub(r"\W+", "", second)) >= ALIKE
