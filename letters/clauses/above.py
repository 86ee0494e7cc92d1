"""Orders in paragraphs between the words that open the orders and the first sign: "kết luận như sau:", then "Sở A …" under a
title without a number, and only further on dashes."""

from __future__ import annotations

from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.loose import Loose
from letters.clauses.orders import OPENS, lead_in
from letters.clauses.paragraphs import Paragraph
from letters.clauses.tree import Outline


def above(findings: Findings, outline: Outline, context: Context) -> list[Draft]:
    """The tasks above the first sign, p1, p2 …; only what names who is to act."""
    body, paragraphs = findings.body, outline.preamble

    def opens(paragraph: Paragraph) -> bool:
        return body.s[paragraph.start : paragraph.end].rstrip().endswith(":")

    at = next((i for i, p in enumerate(paragraphs) if opens(p) and lead_in(body, [p]).how), None)
    if at is None:
        told = (i for i, p in enumerate(paragraphs) if opens(p) and OPENS.search(body.f, p.start, p.end))
        at = next(told, len(paragraphs))
    below = [p for p in paragraphs[at + 1 :] if not opens(p)]
    drafts = Loose(findings, ordered=True).read(below, context, 0)
    return [draft for draft in drafts if draft.how in ("order", "subject")]
