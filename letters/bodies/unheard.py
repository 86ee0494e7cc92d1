"""Actors whose noun is in no list ("Cố vấn học tập tư vấn, duyệt …"): told by the order after them, always a doubt."""

from __future__ import annotations

from letters.bodies.actors import Actors
from letters.bodies.expansion import Name
from letters.bodies.openings import skip
from letters.text import words
from letters.text.views import Text
from letters.text.vocabulary import ENDS_2, pair_at


def unheard_of(text: Text, start: int, end: int) -> Actors:
    """What begins a stretch of text before a certain order, when it could name somebody."""
    tokens = text.words(skip(text, start, end), end, 10)
    if not tokens or tokens[0].lower or not tokens[0].word or tokens[0].n in (*words.THINGS, "cùng", "rất"):
        return Actors()
    if pair_at(tokens, 0) in ENDS_2 and tokens[0].n != "cố":
        return Actors()
    for i, token in enumerate(tokens[:-1]):
        if not token.word or (i and token.n in words.LINKS):
            return Actors()
        if i > 1 and pair_at(tokens, i) in words.CERTAIN:
            last = tokens[i - 1].end
            return Actors((Name(text.s[tokens[0].start : last], tokens[0].start, last, False),), "subject", last)
    return Actors()
