"""Whether the parts of a clause are tasks of their own by whom they name, and the time limit its title gives them all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.clauses.findings import Findings
from letters.clauses.tree import Node
from letters.text.compare import fold
from letters.text.marks import SECTIONS
from letters.times.periods import Found


def each_another(findings: Findings, parts: Sequence[Node]) -> bool:
    """Whether each part names another actor: "- Sở Y tế: …", "- Sở Công Thương: …" under "2. Các sở, ngành"."""
    found = [findings.lead(part.start, part.own.end) for part in parts]
    named = {tuple(map(fold, f.texts)) for f in found if f.how in ("subject", "heading", "order")}
    return len(found) > 1 and len(named) == len(found)


def carried(findings: Findings, node: Node) -> Found | None:
    """The time limit in a heading: "II. Các nhiệm vụ hoàn thành trước ngày 30/9:"."""
    head = findings.body.f[node.start : node.own.end]
    open_end = node.kind in SECTIONS or head.rstrip().endswith(":")
    found = findings.times(node.start, node.own.end)
    if found and open_end and found[0].start - node.start < 3 and node.own.end - found[0].end < 3:
        return found[0]  # "1. Trước ngày 20/3/2026:"
    return found[0] if found and open_end and re.search(r"\b(?:hoan thanh|xong|thoi han|thoi gian)\b", head) else None
