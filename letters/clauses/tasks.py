"""From the tree of clauses to tasks (docs/domain.md, "Reading rules").

A clause stays one task unless its parts have different actors or one of them has a time limit of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile

from letters.bodies.actors import Actors
from letters.bodies.anyone import ANAPHORS, ANY_HEAD, ANYBODY
from letters.clauses import sheets
from letters.clauses.above import above
from letters.clauses.asides import asides, sent_below
from letters.clauses.beside import asks_too, orders_above
from letters.clauses.counting import counts
from letters.clauses.criteria import describes, imperative, judges, named_acts, states, step
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings, office_off
from letters.clauses.inner import inner_paragraphs
from letters.clauses.labelled import names_lead
from letters.clauses.leaves import draft_of, kin, leaf
from letters.clauses.loose import Loose
from letters.clauses.orders import (
    ACTS,
    AGENDA,
    ASK_US,
    BASES,
    CITES,
    CONSENT,
    DATA,
    DUTIES,
    EVENT,
    FORM,
    FUNDS,
    LABELS,
    NARRATES,
    NO_TASKS,
    ORDERED_TOO,
    STATE_OF_THINGS,
    lead_in,
)
from letters.clauses.parting import carried, each_another
from letters.clauses.sentences import mere_title
from letters.clauses.thin import doubt_gaps, doubt_nameless, joined, thin
from letters.clauses.tree import DEPTH, Node, Outline
from letters.text.compare import fold
from letters.text.marks import SECTIONS

_SENT = re.compile(r"\b(?:gui|bao cao|nop|chuyen) (?:ve|cho|den|toi)\b")
""" "Kết quả thực hiện gửi về Sở … trước ngày …": no title but an order."""
_TITLE = 120
_ASSESS = re.compile(r"\W{0,8}danh gia\b.*(?:;|\.\W*$)")
""" "Đánh giá kết quả đào tạo; nêu rõ khó khăn." is a sentence and an order, no title."""


class Tasks:
    """Reads the tasks of one body."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.body = findings.body

    def read(self, outline: Outline, context: Context) -> list[Draft]:
        """Clauses first in order, orders outside them as p1, p2 …; a preamble orders only where no clause does."""
        nodes = dropwhile(lambda n: n.kind == "dash" and BASES.match(self.body.f, n.start, n.own.end), outline.nodes)
        drafts = [d for node in nodes for d in self._timed(node, context)]
        doubt_gaps(outline.nodes, drafts)
        doubt_nameless(outline.nodes, drafts)
        drafts = drafts and [*above(self.findings, outline, context), *drafts]
        drafts = self._counted(outline, context) or drafts or Loose(self.findings).read(outline.preamble, context, 0)
        count = len({d.clause.split("#")[0] for d in drafts if d.clause.startswith("p")})
        return drafts + Loose(self.findings, ordered=bool(drafts)).read(outline.closing, context, count)

    def _counted(self, outline: Outline, context: Context) -> list[Draft]:
        """The order whose objects the dashes below it only count: "yêu cầu UBND các xã rà soát …, bao gồm: - Hộ nghèo; …"."""
        last = outline.preamble[-1] if outline.preamble else None
        if not last or not counts(self.findings, last.own, last.end, outline.nodes):
            return []
        drafts = leaf(self.findings, "p1", [(last.own, last.end)], context, loose=True)
        for draft in drafts[-1:]:
            draft.parts.extend((node.start, node.end) for node in outline.nodes)
        return [draft for draft in drafts if draft.how]

    # Clauses ------------------------------------------------------------------------------------------------

    def _timed(self, node: Node, context: Context) -> Iterator[Draft]:
        """The tasks of a clause; the time limit of the heading above stands for those without one of their own."""
        for draft in self._clause(node, context):
            if context.time and draft.deadline is None:
                draft.time(context.time)
            yield draft

    def _clause(self, node: Node, context: Context) -> Iterator[Draft]:
        head = self.body.f[node.start : node.own.end]
        if CONSENT.match(head) and not ORDERED_TOO.search(head) and not asks_too(self.findings, node):
            return
        if (
            len(head) < _TITLE
            and NO_TASKS.match(head)
            and not _ASSESS.match(head)
            and self.findings.lead(node.start, node.own.end).how != "subject"
            and not any(names_lead(self.body, p.own, p.end) for p in node.tail[:1])
            and not (_SENT.search(head) and self.findings.times(node.start, node.own.end))
        ):
            yield from asides(self.findings, node, context)
            return
        if len(head) < _TITLE and DUTIES.match(head):
            context = replace(context, guidance=False)
        if node.kind in SECTIONS and (FUNDS.match(head) or STATE_OF_THINGS.match(head)):
            context = replace(context, strict=True)
        if FORM.search(head) or describes(self.findings, node) or judges(self.findings, node, context):
            yield from sent_below(self.findings, node, context)
            return
        if LABELS.match(head) and not ACTS.search(head) and not node.children and not node.tail:
            return
        if CITES.match(head) or (DEPTH[node.kind] > DEPTH["dotted"] and DATA.match(head)):
            return
        if (context.meeting and node.kind not in SECTIONS and self._on_agenda(node, head)) or EVENT.match(head):
            yield from asides(self.findings, node, context)
            return
        if node.kind in (*SECTIONS, "over arabic") or (node.children and self._is_section(node)):
            yield from self._section(node, context)
            return
        if sheets.is_sheet(self.body, node):
            yield sheets.read(self.findings, node, context)
            return
        mine = self._head(node, context)
        if node.children and self._must_split(node, mine):
            yield from self._split(node, mine)
        else:
            yield from self._whole(node, mine)

    def _on_agenda(self, node: Node, head: str) -> bool:
        """A point of an agenda, or one of those invited: "- Lãnh đạo Sở Tài chính;"."""
        found = self.findings.lead(node.start, node.own.end)
        guest = found.how == "heading" and not self.body.s[found.end : node.end].strip(" .;")
        return guest or bool(AGENDA.match(head))

    def _is_section(self, node: Node) -> bool:
        """A numbered title over numbered clauses ("1. Nhiệm vụ trọng tâm" over 1.1, 1.2)."""
        return (
            node.kind == "arabic"
            and all(c.kind == "dotted" for c in node.children)
            and not self.findings.lead(node.start, node.own.end).how
        )

    def _section(self, node: Node, context: Context) -> Iterator[Draft]:
        """A section: its own words may name who acts in it; without clauses its paragraphs are read alone, but are one
        task where the title names its actor ("III. CÔNG AN TỈNH"), as its dashes are that name nobody and no day."""
        inner = context
        if node.kind in (*SECTIONS, "over arabic"):
            for paragraph in (node.own, *node.tail):
                found = self.findings.lead(paragraph.own, paragraph.end)
                opens = paragraph is node.own or self.body.s[paragraph.own : paragraph.end].rstrip().endswith(":")
                found = found if found.how or not opens else lead_in(self.body, [paragraph])
                if found.how:
                    coordinate = self.findings.coordinates(paragraph.own, paragraph.end)
                    inner = replace(
                        context, lead=found.leads, coordinate=tuple(coordinate), own=True, assumed=False, strict=False
                    )
        named = self.findings.lead(node.start, node.own.end)
        titled = named.how and not self.body.s[named.end : node.own.end].strip(" .:\n")
        listed = all(c.kind in ("dash", "plus", "star") for c in node.children)
        if titled and listed and (node.tail or node.children) and not self._must_split(node, inner):
            yield from self._whole(node, inner)
            return
        if node.children:
            inner = replace(inner, time=carried(self.findings, node) or context.time)
            for child in node.children:
                yield from self._timed(child, inner)
            return
        spoken = [] if mere_title(self.body, node.start, node.own.end) else [node.own]
        for paragraph in [*spoken, *node.tail] or [node.own]:
            drafts = leaf(self.findings, node.path, [(paragraph.own, paragraph.end)], context)
            yield from (d for d in drafts if d.how or d.deadline)

    def _head(self, node: Node, context: Context) -> Context:
        """What the parts of this clause inherit from its first words."""
        found = self.findings.lead(node.start, node.own.end, own=context.own and not node.children)
        if not found.how and node.tail:
            found = self.findings.lead(node.tail[0].start, node.tail[0].end, own=context.own)
        coordinate = self.findings.coordinates(found.end or node.start, node.head_end) if node.children else []
        if not found.how:
            return replace(context, coordinate=(*context.coordinate, *coordinate)) if coordinate else context
        return replace(context, lead=found.leads, coordinate=tuple(coordinate), own=True, assumed=False)

    def _must_split(self, node: Node, mine: Context) -> bool:
        if len(node.children) == 1 and not node.children[0].children:
            return orders_above(self.findings, node) and self._has_actor(node.children[0], mine)
        if counts(self.findings, node.start, node.head_end, node.children):
            return False
        below = [c for c in node.children if not FORM.search(self.body.f, c.start, c.own.end)]
        return any(self._has_time(child) or self._has_actor(child, mine) for child in below) or each_another(
            self.findings, below
        )

    def _part(self, found: Actors, mine: Context) -> bool:
        """Whether these are the clause's own actors, or only a part of them."""
        own = [office_off(fold(n.text)) for n in mine.lead]
        texts = [office_off(t) for t in map(fold, found.texts) if t not in ANAPHORS]
        if mine.own and all(ANY_HEAD.match(t) for t in texts):
            return True
        if not mine.own:
            return set(texts) <= set(own) or (len(own) == 1 and all(ANYBODY.match(t) for t in texts))
        return all(any(t in o or o in t or kin(t, o) for o in own) for t in texts)

    def _split(self, node: Node, mine: Context) -> Iterator[Draft]:
        head = [(node.start, node.own.end), *((p.start, p.end) for p in node.tail)]
        timed = bool(self.findings.times(node.start, node.head_end))
        if (timed and not self._heads(node)) or (not timed and orders_above(self.findings, node)):
            yield from inner_paragraphs(self.body, node, leaf(self.findings, node.path, head, mine))
        mine = replace(mine, time=carried(self.findings, node) or mine.time)
        timed, named = map(self._has_time, node.children), (self._has_actor(child, mine) for child in node.children)
        unsure = thin(node, sum(timed), sum(named), nobody=not mine.own)
        for child in node.children:
            for draft in self._timed(child, mine):
                if unsure:
                    draft.doubt("", "split_unsure")
                if mine.own and draft.how == "order" and not self._part(Actors(tuple(draft.lead)), mine):
                    draft.doubt("lead", "lead_unsure")  # the letter asks them, or those named above are to ask them
                yield draft

    def _has_time(self, child: Node) -> bool:
        return any(self.findings.times(inner.start, inner.head_end) for inner in child.walk())

    def _has_actor(self, child: Node, mine: Context) -> bool:
        """Whether a part of a clause names an actor of its own."""
        found = self.findings.lead(child.start, child.own.end, own=mine.own and not child.children)
        return bool(found.how) and not self._part(found, mine)

    def _heads(self, node: Node) -> bool:
        """Whether its first words only open the list, or name in a title the time limit that an item then gives."""
        if self.body.s[node.head_end - 1] == ":":
            return True
        below = [t.deadline.kind for c in node.children for t in self.findings.times(c.start, c.end)]
        own = [t.deadline.kind for t in self.findings.times(node.start, node.head_end)]
        return not node.tail and mere_title(self.body, node.start, node.own.end) and set(own) <= set(below)

    def _whole(self, node: Node, mine: Context) -> Iterator[Draft]:
        parts = [(node.start, node.own.end), *((p.start, p.end) for p in node.tail)]
        if node.children:
            who = self.findings.lead(node.start, node.own.end)
            children = [(c.start, c.end) for c in node.children]
            drafts = [draft_of(self.findings, node.path, parts + children, mine, who)]
            for time in self.findings.times(node.start, node.end)[:1]:
                drafts[0].time(time)
        elif self._listed(node):
            drafts = self._each(node, mine)
        else:
            drafts = inner_paragraphs(self.body, node, leaf(self.findings, node.path, parts, mine))
        if not self._listed(node) and joined(self.findings, node):
            for draft in drafts:
                draft.doubt("", "split_unsure")
        yield from (d for d in drafts if self._orders(d, mine))

    def _listed(self, node: Node) -> bool:
        """A title over unmarked paragraphs, of which one has a time limit of its own: they part as dashes would."""
        titled = len(node.tail) > 1 and mere_title(self.body, node.start, node.own.end)
        return titled and any(self.findings.times(p.start, p.end) for p in node.tail)

    def _each(self, node: Node, mine: Context) -> list[Draft]:
        found: list[Draft] = []
        for i, paragraph in enumerate(node.tail, 1):
            found += leaf(self.findings, f"{node.path} p{i}", [(paragraph.start, paragraph.end)], mine)
        return found

    def _orders(self, draft: Draft, context: Context) -> bool:
        """Whether a clause that names nobody orders all the same."""
        if context.guidance:
            if draft.how == "order" or draft.deadline is not None:
                return True
            acts = (draft.how == "subject" and step(self.body, draft)) or imperative(self.body, draft)
            acts = acts or (draft.how in ("subject", "heading") and named_acts(self.body, draft))
            if acts:
                draft.doubt("", "order_unsure")
            return acts
        if draft.how in ("", "inherited") and not draft.deadline and ASK_US.search(self.body.f, draft.start, draft.end):
            return False
        if draft.how or (draft.deadline and not self.findings.begins_promising(draft.start, draft.end)):
            return True
        titled = len(draft.parts) > 1 and mere_title(self.body, *draft.parts[0])
        if self.findings.promises(draft.start, draft.end) and (titled or not imperative(self.body, draft)):
            return False
        if self.findings.told(draft.start) or NARRATES.match(self.body.f, draft.start, draft.end):
            return False
        if not context.ordering or context.strict or states(self.body, draft.start, draft.end):
            return False
        text = self.body.s[draft.start : draft.end]
        if context.lead:
            return len(text) > 12
        return text.rstrip()[-1:] in (".", ";", "/") and len(text) > 60 and not re.search(r"\blà\b", text)
