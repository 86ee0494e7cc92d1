"""Orders below a point that orders nothing itself: in brackets under an agenda, sent by a day under a form."""

from __future__ import annotations

from collections.abc import Iterator

from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.leaves import leaf
from letters.clauses.loose import Loose
from letters.clauses.tree import Node


def asides(findings: Findings, node: Node, context: Context) -> Iterator[Draft]:
    """An outright order in brackets under a point of an agenda: "(Giao Sở Nội vụ chuẩn bị …)"."""
    for paragraph in node.tail:
        if findings.body.s[paragraph.own] == "(":
            drafts = leaf(findings, node.path, [(paragraph.own, paragraph.end)], context)
            yield from (d for d in drafts if d.how == "order")


def sent_below(findings: Findings, node: Node, context: Context) -> Iterator[Draft]:
    """What is to be sent by a day, in a paragraph below a point that is no order: "Bản đăng ký gửi về … trước ngày …"."""
    for i, paragraph in enumerate(node.tail, 1):
        if findings.times(paragraph.own, paragraph.end):
            for draft in Loose(findings, ordered=True).read([paragraph], context, 0):
                if draft.deadline and draft.deadline.deadline.kind == "date":
                    draft.clause = f"{node.path} p{i}"
                    draft.doubt("", "order_unsure")
                    yield draft
