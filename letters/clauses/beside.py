"""Orders that stand beside what a clause is about: over its dashes, behind a consent."""

from __future__ import annotations

from letters.clauses.findings import Findings
from letters.clauses.orders import CONSENT
from letters.clauses.sentences import sentences
from letters.clauses.tree import Node

_SAYS = 20
"""Characters behind a name that say what its body is to do."""


def asks_too(findings: Findings, node: Node) -> bool:
    """ "Thống nhất chủ trương …. Văn phòng Sở chuẩn bị …": an order in a later sentence of a consent."""
    later = sentences(findings, node.start, node.own.end)[1:]
    named = [(findings.lead(a, b), b) for a, b in later if not CONSENT.match(findings.body.f, a, b)]
    return any(found.how in ("order", "subject") and found.end < b - _SAYS for found, b in named)


def orders_above(findings: Findings, node: Node) -> bool:
    """Whether a paragraph above the dashes of a clause orders somebody by itself: "Giao Sở A …." over "- Sở B …"."""
    body = findings.body
    closed = [p for p in node.tail if body.s[p.start : p.end].rstrip()[-1:] not in (":", ",")]
    return any(findings.lead(p.own, p.end).how == "order" for p in closed)
