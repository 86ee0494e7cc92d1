"""Points counted inside a paragraph, each a clause of its own: "Giao Sở A: (a) rà soát …; (b) gửi … trước ngày …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from letters.bodies.names import names
from letters.clauses.paragraphs import Body, Paragraph
from letters.text import words
from letters.text.vocabulary import ENDS_1, ends, pair_at

_SIGN = re.compile(
    r"(?<=[:;.,]\s)(?:(?P<open>\()?(?P<sign>(?-i:i{1,3}|iv|vi{0,3}|ix|x|[a-hđ]|\d{1,2}))(?(open)\)|[)])"
    r"|(?P<dash>[-–•+])(?=\s+(?-i:[A-ZĐ]))"
    r"|(?P<word>một|hai|ba|bốn|năm|sáu|bảy|tám) là[,:]|thứ (?P<ordinal>nhất|hai|ba|tư|năm|sáu|bảy|tám)[,:])\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_ORDERS = (
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    tuple("abcdđeghik"),
    tuple(map(str, range(1, 13))),
)
"""The three ways to count, each from its first sign."""
_WORDS = ("một nhất", "hai", "ba", "bốn tư", "năm", "sáu", "bảy", "tám")
""" "Một là", "Thứ nhất" and so on."""
_SAYS = 3
"""Words behind a body's name that say what it is to do."""


def points(body: Body) -> Body:
    """The same body with a paragraph for each point. Only what orders is parted: a list of partners or of things is not."""
    paragraphs: list[Paragraph] = []
    breaks: list[int] = []
    parted = ("arabic", "dotted", "letter") if any(p.kind for p in body.paragraphs) else ("",)
    for paragraph in body.paragraphs:
        found = list(_points(body, paragraph)) if paragraph.kind in parted else []
        if not found:
            paragraphs.append(paragraph)
            continue
        starts = [point.start for point in found]
        breaks += [start - 1 for start in starts]
        paragraphs.append(replace(paragraph, end=starts[0] - 1))
        paragraphs += [
            replace(point, end=end)
            for point, end in zip(found, [*(s - 1 for s in starts[1:]), paragraph.end], strict=True)
        ]
    if not breaks:
        return body
    broken = tuple(_broken(view, breaks) for view in (body.s, body.n, body.f))
    return replace(body, s=broken[0], n=broken[1], f=broken[2], paragraphs=paragraphs)


def _broken(view: str, breaks: list[int]) -> str:
    letters = list(view)
    for at in breaks:
        letters[at] = "\n"
    return "".join(letters)


def _points(body: Body, paragraph: Paragraph) -> Iterator[Paragraph]:
    """The points of a paragraph, in turn from the first sign, which stands behind a colon; none where they do not order."""
    signs = list(_SIGN.finditer(body.s, paragraph.own, paragraph.end))
    first = next((i for i, m in enumerate(signs) if body.s[m.start() - 2] == ":"), len(signs))
    counted = _in_turn(signs[first:])
    if len(counted) < 2:
        return
    ends_at = [*(m.start() for m in counted[1:]), paragraph.end]
    acting = sum(_acts(body, m.end(), end) for m, end in zip(counted, ends_at, strict=True))
    if acting < len(counted):
        return
    for match in counted:
        sign = _sign(match)
        mark = match.end() - match.start()
        if sign is None:
            yield Paragraph(match.start(), paragraph.end, "dash", "", mark)
        elif paragraph.kind == "letter":
            yield Paragraph(match.start(), paragraph.end, "sub", f"{paragraph.label}.{sign}", mark)
        else:
            alone = not paragraph.kind and sign.isdecimal()
            yield Paragraph(match.start(), paragraph.end, "arabic" if alone else "letter", sign, mark)


def _in_turn(signs: list[re.Match[str]]) -> list[re.Match[str]]:
    """The signs that count on from the first."""
    if not signs:
        return []
    if signs[0]["dash"]:
        return [m for m in signs if m["dash"] == signs[0]["dash"]]
    order = next((order for order in _ORDERS if order[0] == _sign(signs[0])), ())
    found: list[re.Match[str]] = []
    last = -1
    for match in signs:
        sign = _sign(match)
        at = order.index(sign) if sign in order else -1
        if last < at <= last + _GAP:
            found.append(match)
            last = at
    return found


def _sign(match: re.Match[str]) -> str | None:
    """ "a", "ii", "3"; "1" of "Một là"; None of a dash."""
    word = (match["word"] or match["ordinal"] or "").lower()
    return str(next(i for i, w in enumerate(_WORDS, 1) if word in w.split())) if word else match["sign"]


_GAP = 2
"""A scan may lose a sign, and "d)" is left out as often as not before "đ)"."""


def _acts(body: Body, start: int, end: int) -> bool:
    """Whether a point begins as an order does, or names a body and says what it is to do."""
    tokens = body.words(start, end, 60)
    if not tokens:
        return False
    if pair_at(tokens, 0) in words.ENDS_2 or tokens[0].n in ENDS_1 or ends(tokens, 0, False):
        return True
    found, after = names(body, start, end)
    return bool(found) and sum(token.word for token in body.words(after, end, 12)) > _SAYS
