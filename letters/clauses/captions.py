"""Titles without a number that name who acts in the points below them: "Sở Nội vụ:" over dashes, "* * *" or "1.", "2."."""

from __future__ import annotations

import re

from letters.bodies.actors import lead
from letters.clauses.paragraphs import Body

DEPTH = {"over arabic": 0.5, "over letter": 2.5, "over dash": 5.5, "over text": 5.5}
"""What stands above which kind of points."""
_BELOW = {"arabic": "over arabic", "letter": "over letter", "dash": "over dash"}
_LONGEST = 160
"""Characters of such a title."""
_NEAR = 20
"""Characters before the name: "Đề nghị ", "Đối với "."""


def kinds(body: Body, below: int) -> list[str]:
    """What each paragraph is: a clause's sign, a title over points or over plain words, or "". No title stands above
    `below`; titles alone, and the first of all things, are none if no other comes."""
    found = [p.kind or (_kind(body, i) if i >= below else "") for i, p in enumerate(body.paragraphs)]
    if sum(kind == "over text" for kind in found) < 2:
        found = ["" if kind == "over text" else kind for kind in found]
    first = next((i for i, kind in enumerate(found) if kind), -1)
    if first >= 0 and found[first] in DEPTH and not (_mere(body, first) and sum(kind in DEPTH for kind in found) > 1):
        found[first] = ""
    return found


def _kind(body: Body, i: int) -> str:
    paragraphs = body.paragraphs
    if i + 1 >= len(paragraphs) or paragraphs[i].end - paragraphs[i].start > _LONGEST:
        return ""
    below = paragraphs[i + 1]
    if not below.kind:
        colon = body.s[paragraphs[i].start : paragraphs[i].end].rstrip().endswith(":")
        return "over text" if colon and _mere(body, i) else ""
    if below.kind not in _BELOW or (below.label and below.label not in ("1", "a")):
        return ""
    return _BELOW[below.kind] if _names(body, i) else ""


def _names(body: Body, i: int) -> bool:
    """Whether it names, up to its end or a colon, who is to act: "Sở Nội vụ:", "Giao Sở Nội vụ chủ trì, phối hợp với …:"."""
    start, end = body.paragraphs[i].start, body.paragraphs[i].end
    if _mere(body, i):
        return True
    found = lead(body, start, end)
    opened = found.how in ("order", "heading") and found.leads[0].start - start < _NEAR
    return opened and body.s[start:end].rstrip().endswith(":")


def _mere(body: Body, i: int) -> bool:
    """Whether it is nothing but a body's name."""
    start, end = body.paragraphs[i].start, body.paragraphs[i].end
    found = lead(body, start, end)
    if found.how not in ("heading", "order") or _SPEAKS.search(body.f, start, end):
        return False
    return not body.s[found.end : end].strip(" .:\n")


_SPEAKS = re.compile(r"\b(?:chi dao|yeu cau|chi thi|ket luan|nhu sau|sau day)\W*$")
