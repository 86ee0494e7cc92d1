"""Tasks whose very shape says that little vouches for them: among letters never seen, every third to second was wrong."""

from __future__ import annotations

import re

from letters.clauses.drafts import Draft
from letters.clauses.paragraphs import Body
from letters.text import words
from letters.text.vocabulary import ENDS_1, ends, pair_at

_LOOSE = re.compile(r"(?:^|[ .])p\d+(?:#\d+)?$")
""" "p1", "2 p1", "VI p2#1": a paragraph without a number."""


def guess(draft: Draft, body: Body) -> None:
    """Doubts by shape: a clause that names nobody and does not begin as an order does; a paragraph without a number that
    names nobody, or has no time limit and no word of ordering before its actor; a part of a sentence without a limit."""
    named = draft.how not in ("", "inherited")
    loose = bool(_LOOSE.search(draft.clause))
    if not named and (loose or not begins_order(draft, body)):
        draft.doubt("lead", "lead_unsure")
    if (
        draft.deadline is None
        and loose
        and (draft.how == "subject" or (draft.how == "heading" and len(draft.parts) == 1))
    ):
        draft.doubt("", "order_unsure")
    if draft.deadline is None and "#" in draft.clause:
        draft.doubt("", "split_unsure")


def begins_order(draft: Draft, body: Body) -> bool:
    """Whether its first words are those an order begins with: "Rà soát …", "Chủ động …"."""
    tokens = body.words(draft.start, draft.end, 12)
    while tokens and not tokens[0].word:
        tokens = tokens[1:]
    return bool(tokens) and (pair_at(tokens, 0) in words.ENDS_2 or tokens[0].n in ENDS_1 or ends(tokens, 0, False))
