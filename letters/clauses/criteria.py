"""Points of a manual or a call that only describe: what the thing is about, and by what something is judged."""

from __future__ import annotations

import re

from letters.clauses.drafts import Context
from letters.clauses.findings import Findings
from letters.clauses.orders import DESCRIBES
from letters.clauses.tree import Node

_SCORED = re.compile(
    r".{0,600}?(?:[:(–-]|\b(?:toi da|cong|tru|dat|duoc))\s*(?:\d{1,3}(?:[.,]\d{1,2})?\s*(?:-|–|den)\s*)?\d{1,3}(?:[.,]\d{1,2})?"
    r" diem(?:/[^\W\d]+)?\W*$"
    r"|.{0,60}:\s*(?:dat )?(?:tu|tren|duoi)\s+\d{1,3}(?:[.,]\d)?(?: diem)?\b.{0,200}\bdiem\b",
    re.DOTALL,
)
"""A criterion and what it is worth: "Treo Quốc kỳ ngày lễ: 05 điểm", "… (tối đa 20 điểm)", "Loại tốt: từ 90 điểm"."""
_CRITERIA = re.compile(
    r"\W{0,8}(?:cac |he thong |bo )?(?:tieu (?:chuan|chi)|thang diem|bang diem|cach (?:tinh|cham) diem|diem thuong|diem tru"
    r"|(?:nhung |cac )?truong hop (?:khong|chua)|xep (?:muc|loai|hang)|muc (?:diem|xep loai))\b[^.;:]{0,80}\W*$"
)
"""The title of a part of a manual that says by what something is judged."""


def describes(findings: Findings, node: Node) -> bool:
    """Whether a clause only says what the thing is about, and neither it nor what is under it names an actor or a day."""
    if not DESCRIBES.match(findings.body.f, node.start, node.own.end) or findings.times(node.start, node.end):
        return False
    parts = [p for n in node.walk() for p in (n.own, *n.tail)]
    return not any(findings.lead(p.own, p.end).how in ("order", "subject") for p in parts)


def judges(findings: Findings, node: Node, context: Context) -> bool:
    """Whether a clause says what something is worth in points, or is a part of a manual about what is judged."""
    if "diem" in findings.body.f[node.start : node.own.end] and _SCORED.match(
        findings.body.f, node.start, node.own.end
    ):
        return findings.lead(node.start, node.own.end).how != "order"
    return context.guidance and bool(node.children) and bool(_CRITERIA.match(findings.body.f, node.start, node.own.end))
