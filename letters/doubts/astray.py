"""Signs that the list of tasks itself is broken: words of another order inside a task, a title or a mark taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letters.clauses.drafts import Draft
from letters.clauses.findings import Findings
from letters.clauses.orders import courteous, order_in
from letters.clauses.paragraphs import Body
from letters.clauses.tree import Node, Outline
from letters.text.compare import fold

_SPEAKER = re.compile(r"(?:[.;]|\.?/\.|\))\s+(?=[A-ZĐ][^.;:()]{2,80}?\s(?:yêu cầu|đề nghị)\s)")
"""The end of a sentence after which a body, with a capital, asks something of somebody."""
_ORDER = "abcdeghiklmnopqrstuvxy"
"""Of lettered clauses; "đ" may stand behind "d"."""
_HOURS = re.compile(r"\d{1,2}(?:h|:)\d\d")
_ANY_BODY = re.compile(r"\b(?:yeu cau|de nghi) (?:cac )?(?:co quan|don vi|dia phuong)(?:, (?:don vi|dia phuong))* ")
_LEAST = 3
"""Words below which a task orders nothing."""


def astray(findings: Findings, outline: Outline, drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Ranges of the body where a task is no task by itself, holds an order to others than its own leads, or where a
    lettered clause or the first dashes are missing."""
    body = findings.body
    yield from _gaps(outline.nodes)
    yield from _first_dashes(outline.nodes, drafts)
    for draft in drafts:
        words = " ".join(body.s[a:b] for a, b in draft.parts)
        if _is_no_task(words, draft):
            yield draft.start, draft.end
            continue
        for a, b in draft.parts:
            yield from _other_orders(body, draft, a, b)


def _gaps(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """From a lettered clause to the next but one: "b)", then "d)"."""
    for node in nodes:
        yield from _gaps(node.children)
    for before, after in pairwise(node for node in nodes if node.kind == "letter"):
        a, b = (_ORDER.find(node.label.replace("đ", "d")) for node in (before, after))
        if 0 <= a < b - 1:
            yield before.start, after.start


def _first_dashes(nodes: Sequence[Node], drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """Dashes before the first that is a task, where the letter is made of dashes alone."""
    if not nodes or any(node.kind != "dash" for node in nodes):
        return
    first = min((draft.start for draft in drafts if draft.clause.startswith("-")), default=0)
    if first > nodes[0].end:
        yield nodes[0].start, first


def _is_no_task(words: str, draft: Draft) -> bool:
    """Nothing but the name of who leads, or a mark of a lost line ("_3.")."""
    plain = fold(words)
    names = fold(" ".join(name.text for name in draft.lead))
    timetable = any(_HOURS.search(name.text) for name in draft.lead)
    return timetable or len(re.findall(r"[^\W\d_]{2,}", words)) < _LEAST or plain == names


def _other_orders(body: Body, draft: Draft, start: int, end: int) -> Iterator[tuple[int, int]]:
    own = {fold(name.text) for name in draft.lead}
    for match in _SPEAKER.finditer(body.s, start, end):
        stop = body.s.find(". ", match.end(), end)
        found = order_in(body, match.end(), stop if stop > 0 else end)
        named = found.how and not {fold(text) for text in found.texts} & own
        general = not found.how and _ANY_BODY.search(body.f, match.end(), stop if stop > 0 else end)
        after = found.end if found.how else general.end() if general else end
        if (named or general) and not courteous(body.f[after:end]):
            yield match.end(), stop + 1 if stop > 0 else end
