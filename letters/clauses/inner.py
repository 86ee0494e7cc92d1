"""Orders in paragraphs without a mark under a clause: "2 p1", and a title that is one task with the order below it."""

from __future__ import annotations

import re

from letters.clauses.drafts import Draft
from letters.clauses.paragraphs import Body
from letters.clauses.tree import Node
from letters.text.compare import fold


def inner_paragraphs(body: Body, node: Node, drafts: list[Draft]) -> list[Draft]:
    """An order in an unnumbered paragraph under a clause is "2 p1"; the rest keeps the clause's label."""
    starts = {p.own for p in node.tail}
    if len(drafts) > 1 and drafts[1].start in starts and _titles(body, drafts[0], drafts[1]):
        asked = [fold(n.text) for n in drafts[1].lead]
        drafts = [_titled(body, *drafts[:2]), *drafts[2:]]
        for draft in drafts[1:]:  # "…; tổng hợp, báo cáo định kỳ hằng quý" is of those in the title, too
            if draft.start not in starts and [fold(n.text) for n in draft.lead] == asked:
                draft.lead = list(drafts[0].lead)
                draft.doubt("lead", "lead_unsure")
    if len(drafts) == 1 and drafts[0].how == "heading" and _requires(body, node):
        drafts[0].doubt("lead", "lead_unsure")  # "3. Sở Y tế" over "Yêu cầu các cơ sở …"
    apart = [d for d in drafts[1:] if d.start in starts and d.how in ("order", "subject")]
    kept = [d for d in drafts if d not in apart]
    for i, draft in enumerate(apart, 1):
        draft.clause = f"{node.path} p{i}"
    for i, draft in enumerate(kept, 1):
        draft.clause = node.path if len(kept) == 1 else f"{node.path}#{i}"
    return drafts


def _requires(body: Body, node: Node) -> bool:
    return bool(node.tail) and _REQUIRES.match(body.f, node.tail[0].own, node.tail[0].end) is not None


def _titles(body: Body, head: Draft, order: Draft) -> bool:
    """Whether a task is but the title of the order below it: "3. Sở Y tế" over "Yêu cầu các bệnh viện …"."""
    if head.how != "heading" or order.how != "order" or len(head.parts) > 1 or not head.lead:
        return False
    return not body.s[max(n.end for n in head.lead) : head.end].strip(" .:\n")


def _titled(body: Body, head: Draft, order: Draft) -> Draft:
    """The two as one task: who is named in the title is to require it of the others, unless the title only names
    their kind ("7. Các tổ chức chính trị - xã hội" over "Đề nghị Hội Nông dân tỉnh …"). A doubt either way."""
    requires = _REQUIRES.match(body.f, order.start, order.end) is not None
    if not requires or fold(head.lead[0].text).startswith(("cac ", "nhung ")):
        head.lead = list(order.lead)
    head.parts.extend(order.parts)
    head.coordinates(order.coordinate)
    if order.deadline:
        head.time(order.deadline)
    head.how = "order"
    head.doubt("lead", "lead_unsure")
    return head


_REQUIRES = re.compile(r"\W{0,8}(?:yeu cau|chi dao|don doc)\s")
