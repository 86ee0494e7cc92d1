"""When little speaks for how a clause was parted, or left whole: its tasks then carry a doubt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from letters.clauses.drafts import Draft
from letters.clauses.findings import Findings
from letters.clauses.tree import Node
from letters.text import words
from letters.text.marks import SECTIONS

_DASH_INSIDE = re.compile(r"[.;:,]\s+[-–—+]\s+(?=[^\W\d_])")


def thin(node: Node, timed: int, named: int, *, nobody: bool) -> bool:
    """Whether little speaks for parting a clause at its dashes: `timed` of them have a time limit, `named` an actor of
    their own. No time and an actor in few of them ("Công ty …" once among six), or a single time limit where `nobody`
    is named at all."""
    if any(child.kind != "dash" for child in node.children):
        return False
    return (not timed and named * 2 <= len(node.children)) or (timed == 1 and not named and nobody)


def joined(findings: Findings, node: Node) -> bool:
    """Whether a clause left whole may hold more than one task: two of its paragraphs order and one of them has a time
    limit, two name different actors, or a dash runs on inside a line."""
    body = findings.body
    if node.children:
        return False
    named = [findings.lead(p.own, p.end) for p in node.tail]
    if len({found.texts for found in named if found.how == "subject"}) > 1:
        return True
    orders = [p for p in node.tail if " ".join(t.f for t in body.words(p.start, p.end, 2)) in words.ENDS_2]
    if len(orders) > 1 and any(findings.times(p.start, p.end) for p in node.tail):
        return True
    return bool(_DASH_INSIDE.search(body.s, node.start, node.head_end))


def doubt_gaps(nodes: Sequence[Node], drafts: Sequence[Draft]) -> None:
    """A doubt on the tasks of a clause after which a number is missing ("7.", then "10."): the lost clauses may have
    run into it."""
    for node in nodes:
        doubt_gaps(node.children, drafts)
    for before, after in pairwise(node for node in nodes if node.kind == "arabic"):
        if not (before.label.isdecimal() and after.label.isdecimal() and int(after.label) > int(before.label) + 1):
            continue
        for draft in drafts:
            if before.start <= draft.start < before.end:
                draft.doubt("", "split_unsure")


def in_range(drafts: Sequence[Draft], start: int, end: int) -> Sequence[Draft]:
    """The tasks that begin in a range; they stand in the order of the letter."""
    return drafts[bisect_left(drafts, start, key=_begins) : bisect_left(drafts, end, key=_begins)]


def _begins(draft: Draft) -> int:
    return draft.start


def doubt_nameless(nodes: Sequence[Node], drafts: Sequence[Draft]) -> None:
    """A doubt on a clause that names nobody where nearly all beside it do: its actor may have been overlooked."""
    for node in nodes:
        if node.kind in SECTIONS:
            doubt_nameless(node.children, drafts)
    numbered = [node for node in nodes if node.kind in ("arabic", "letter")]
    own = {id(n): in_range(drafts, n.start, n.end) for n in numbered}
    told = [n for n in numbered if own[id(n)]]
    nameless = [n for n in told if all(not d.how for d in own[id(n)])]
    if len(told) < _FEW or not nameless or len(nameless) * 4 > len(told):
        return
    for node in nameless:
        for draft in own[id(node)]:
            draft.doubt("lead", "lead_from_above")


_FEW = 3
"""Clauses below which nothing is usual."""
