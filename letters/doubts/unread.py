"""What may be an order and became no task: each such passage is a doubt about the list of tasks, with its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from letters.clauses.drafts import Draft
from letters.clauses.findings import Findings
from letters.clauses.orders import ANSWERS, CONSENT, NARRATES, NO_TASKS, closing, courteous, delivers, order_in
from letters.clauses.paragraphs import Paragraph
from letters.clauses.sentences import sentences
from letters.clauses.tree import Node, Outline
from letters.text.lines import Line, Page

_CLAUSE = 80
"""Characters from which a clause says more than its title."""

_HELD = 30
"""Characters a passage must have to say who does what."""


def passages(findings: Findings, outline: Outline, drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """Ranges of the body, in order, that may order something and lie in no task. Neighbours are one."""
    taken = Ranges(part for draft in drafts for part in draft.parts)
    found: list[tuple[int, int]] = []
    for paragraph in _paragraphs(findings, outline, bool(drafts)):
        for start, end in sentences(findings, paragraph.own, paragraph.end):
            if taken.meet(start, end) or not _may_order(findings, start, end):
                continue
            if found and start - found[-1][1] < 4:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    told = Ranges(found)
    found += [(n.start, n.end) for n in _empty(findings, outline.nodes, taken) if not told.meet(n.start, n.end)]
    return sorted(found)


class Ranges:
    """Ranges of a text, to ask whether another meets any of them: in time that hardly grows with their number."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them begins before `end` and ends behind `start`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def _empty(findings: Findings, nodes: Sequence[Node], taken: Ranges) -> Iterator[Node]:
    """Numbered clauses without a task beside others that have some."""
    bare = {id(n) for n in nodes if not taken.meet(n.start, n.end)}
    for node in nodes:
        if id(node) not in bare:
            yield from _empty(findings, node.children, taken)
            continue
        head, length = findings.body.f[node.start : node.own.end], node.end - node.start
        numbered = len(bare) < len(nodes) and node.kind in ("arabic", "letter")
        if numbered and length > _CLAUSE and not _idle(findings, node.start, head):
            yield node


def _idle(findings: Findings, start: int, text: str) -> bool:
    """Words that order nobody: aims, consents, how things are, what the speaker does."""
    return bool(NO_TASKS.match(text) or CONSENT.match(text) or NARRATES.match(text)) or findings.told(start)


def _paragraphs(findings: Findings, outline: Outline, read: bool) -> Iterator[Paragraph]:
    for node in outline.nodes:
        yield from _of(findings, node)
    yield from outline.closing
    if not outline.nodes and read:
        yield from outline.preamble


def _of(findings: Findings, node: Node) -> Iterator[Paragraph]:
    """The paragraphs of a clause, without those of aims, background and the like."""
    head = findings.body.f[node.start : node.own.end]
    if len(head) < 120 and NO_TASKS.match(head):
        return
    if not (node.children and findings.body.s[: node.head_end].endswith(":")):
        yield node.own
        yield from node.tail
    for child in node.children:
        yield from _of(findings, child)


def _may_order(findings: Findings, start: int, end: int) -> bool:
    text = findings.body.f[start:end]
    timed = bool(findings.times(start, end))
    if len(text) < _HELD or closing(text, timed) or CONSENT.match(text) or NARRATES.match(text) or findings.told(start):
        return False
    found = findings.lead_anywhere(start, end)
    if findings.told(start):
        return False
    if found.how in ("order", "subject"):
        if ANSWERS.match(findings.body.f, found.end, end):
            return False
        rest = findings.body.f[found.end : end]
        return timed or not (courteous(rest) or rest.rstrip().endswith(":") or not re.search(r"\w{2}", rest))
    if found.how == "heading" and _HEADED.match(findings.body.s, found.end, end):
        return True  # "Trung tâm Công nghệ thông tin: Bảo đảm đường truyền …"
    return timed and delivers(text)


_HEADED = re.compile(r":\s+[^\W\d_]+\s+[^\W\d_]+\s+[^\W\d_]+")


def beyond(page: Page, lines: Sequence[Line]) -> tuple[int, int] | None:
    """An order to send or to do something before a day, behind the signature: from its line on, in the page."""
    for i, line in enumerate(lines):
        if not _ASKS.match(page.f, line.start, line.end):
            continue
        end = lines[min(i + _NEAR, len(lines) - 1)].end
        limit = _LIMIT.search(page.f, line.start, end)
        if limit and order_in(page, line.start, min(end, line.start + 500)).how:
            return line.start, page.f.find("\n", limit.end(), end) if "\n" in page.f[limit.end() : end] else end
    return None


_ASKS = re.compile(r"\W{0,8}(?:[^.;:]{0,60}\b)?(?:de nghi|yeu cau|giao)\s")
_LIMIT = re.compile(r"\b(?:truoc|cham nhat|den het)\s+(?:la |het )?(?:ngay\s+)?\d")
_NEAR = 40
"""Lines behind such an order within which its day stands: under the form of what is to be sent."""


_LEADERS = re.compile(r"\b(?:chu tri|(?:don vi|co quan|bo phan|nguoi) (?:thuc hien|phu trach|chiu trach nhiem))\b")
_WHEN = re.compile(r"\b(?:thoi gian|thoi han|tien do)(?: (?:thuc hien|hoan thanh|trinh))?\W*$|\bhoan thanh\W*$")
_ACTION = re.compile(r"\b(?:noi dung|nhiem vu|cong viec|hoat dong)\b")


def table(page: Page, lines: Sequence[Line]) -> tuple[int, int] | None:
    """A table behind the signature whose heads say what, who and when: its range in the page."""
    heads = [page.flat(line).strip() for line in lines]
    for i, head in enumerate(heads):
        near = heads[i : i + 12]
        if not _ACTION.search(head) or len(head) > 120:
            continue
        if any(len(h) < 120 and _LEADERS.search(h) for h in near) and any(
            len(h) < 120 and _WHEN.search(h) for h in near
        ):
            return lines[i].start, lines[-1].end
    return None
