"""Whether the parts of a clause are tasks of their own by whom they name."""

from __future__ import annotations

from collections.abc import Sequence

from letters.clauses.findings import Findings
from letters.clauses.tree import Node
from letters.text.compare import fold


def each_another(findings: Findings, parts: Sequence[Node]) -> bool:
    """Whether each part names another actor: "- Sở Y tế: …", "- Sở Công Thương: …" under "2. Các sở, ngành"."""
    found = [findings.lead(part.start, part.own.end) for part in parts]
    named = {tuple(map(fold, f.texts)) for f in found if f.how in ("subject", "heading", "order")}
    return len(found) > 1 and len(named) == len(found)
