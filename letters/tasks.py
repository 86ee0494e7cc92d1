"""From clauses to tasks (docs/domain.md, "Reading rules"): which clause orders something, how it is split, who and by when.

A clause stays one task unless its parts have different actors or one of them has a time limit of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from letters import actors
from letters.actors import Actors
from letters.clauses import Node, Outline
from letters.compare import fold
from letters.deadlines import Found, deadlines
from letters.names import Name, names
from letters.paragraphs import Body, Paragraph
from models.reading import ReadDeadline

NO_TASKS = re.compile(
    r"\W*(?:muc dich|muc tieu|yeu cau\b(?!\s+\w)|muc dich,? yeu cau|quan diem|can cu|danh gia|ket qua (?:dat duoc|thuc hien)|tinh hinh|thuc trang|ton tai|han che|nguyen nhan"
    r"|doi tuong|pham vi|co so phap ly|thanh phan|thoi gian,? dia diem|dia diem|su can thiet|nhan dinh|phan thu nhat|uu diem|bai hoc|dac diem|noi dung danh gia|co so)"
)
CONSENT = re.compile(
    r"\W*(?:dong y|thong nhat|ghi nhan|bieu duong|danh gia cao|co ban thong nhat|chap thuan|cho phep|nhat tri|hoan nghenh|cam on|khong dong y)\b"
)
COURTESY = re.compile(
    r"(?:nghiem tuc|nghiem chinh|kip thoi|khan truong|quan tam|phoi hop|dong bo|hieu qua|to chuc|chi dao|trien khai|,|va|thuc hien|chap hanh|tot|day du|dung|yeu cau|noi dung|chi thi|cong van|ke hoach"
    r"|van ban|cong dien|thong bao|nay|tren|neu|nhung|cac|nhiem vu|quy dinh|huong dan|tai|theo|dung thoi gian|tinh than|chat luong|tien do|cua|ket luan|noi tren|thoi gian|\s|biet|de|duoc|\(|\)|nhu|cho|ubnd tinh|can cu|hien)*\W*$"
)
CLOSING = re.compile(
    r"(?:trong qua trinh|qua trinh|neu co|neu gap|truong hop).{0,120}(?:vuong mac|kho khan|phat sinh|can thong tin|chua ro)|(?:moi|mọi) (?:vuong mac|thong tin|y kien|chi tiet|thac mac)|\b(?:xin|vui long|de nghi) lien he"
    r"|^\W*(?:thong tin (?:xin )?(?:chi tiet|lien he)|chi tiet xin|rat mong|tran trong|nhan duoc|xin cam on|kinh trinh|van phong \S+.{0,60}thong bao|dau moi (?:lien he|phoi hop)|thong bao nay|cong van nay|ke hoach nay|chi thi nay)"
)
_VERBLESS = re.compile(r"\W*(?:la\s|viec\s|nhu sau|gom|bao gom)")


@dataclass
class Draft:
    """A task being read: its ranges in the body, its people and its time."""

    clause: str
    parts: list[tuple[int, int]]
    lead: list[Name] = field(default_factory=list[Name])
    how: str = ""
    coordinate: list[Name] = field(default_factory=list[Name])
    deadline: Found | None = None
    doubts: list[tuple[str, str, tuple[int, int] | None]] = field(
        default_factory=list["tuple[str, str, tuple[int, int] | None]"]
    )

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)

    def doubt(self, field_name: str, code: str, span: tuple[int, int] | None = None) -> None:
        if (field_name, code) not in {(f, c) for f, c, _ in self.doubts}:
            self.doubts.append((field_name, code, span))


@dataclass(frozen=True)
class Context:
    """What a clause inherits: who leads, who coordinates, and whether the words above ordered anything."""

    lead: tuple[Name, ...] = ()
    coordinate: tuple[Name, ...] = ()
    own: bool = False
    ordering: bool = True
    strict: bool = False


class Tasks:
    """Reads the tasks of one body. `issued` gives deadlines their year; `speaker` is the body that orders."""

    def __init__(self, body: Body, issued: dt.date | None, speaker: str | None) -> None:
        self.body = body
        self.issued = issued
        self.speaker = fold(speaker or "")

    def read(self, outline: Outline, context: Context) -> list[Draft]:
        drafts: list[Draft] = []
        for node in outline.nodes:
            drafts.extend(self._clause(node, context, top=True))
        loose = _Counter()
        preamble = [] if drafts else list(self._paragraphs(outline.preamble, context, loose))
        if preamble:
            drafts[:0] = preamble
        drafts.extend(self._paragraphs(outline.closing, context, loose))
        return [d for d in drafts if d.parts]

    # Clauses ------------------------------------------------------------------------------------------------

    def _clause(self, node: Node, context: Context, *, top: bool = False) -> Iterator[Draft]:
        head = self.body.f[node.start : node.own.end]
        if CONSENT.match(head) or (len(head) < 120 and NO_TASKS.match(head)):
            return
        if node.kind == "roman" or (top and node.children and self._is_section(node)):
            yield from self._section(node, context)
            return
        mine = self._head(node, context)
        if node.children and self._must_split(node, mine):
            yield from self._split(node, mine)
            return
        yield from self._whole(node, mine)

    def _is_section(self, node: Node) -> bool:
        """A numbered title over numbered clauses ("1. Nhiệm vụ trọng tâm" over 1.1, 1.2)."""
        return (
            all(c.kind == "dotted" for c in node.children) and not actors.lead(self.body, node.start, node.own.end).how
        )

    def _section(self, node: Node, context: Context) -> Iterator[Draft]:
        """A section: its own words may name who acts in it; without clauses its paragraphs are read alone."""
        inner = context
        ends = [node.own, *node.tail]
        for paragraph in ends if node.kind == "roman" else []:
            found = actors.lead(self.body, paragraph.own, paragraph.end)
            if not found.how:
                found = lead_in(self.body, [paragraph])
            if found.how and self._not_speaker(found):
                inner = Context(
                    found.leads,
                    tuple(actors.coordinates(self.body, paragraph.start, paragraph.end)),
                    True,
                    True,
                    False,
                )
        if node.children:
            for child in node.children:
                yield from self._clause(child, inner)
            return
        paragraphs = node.tail or [node.own]
        for paragraph in paragraphs:
            for draft in self._leaf(node.path, [(paragraph.own, paragraph.end)], context):
                if draft.how or draft.deadline:
                    yield draft

    def _head(self, node: Node, context: Context) -> Context:
        """What the parts of this clause inherit from its first words."""
        found = actors.lead(self.body, node.start, node.own.end)
        if not found.how and node.tail:
            found = actors.lead(self.body, node.tail[0].start, node.tail[0].end)
        if not found.how or not self._not_speaker(found):
            return context
        coordinate = actors.coordinates(self.body, found.end, node.head_end) if node.children else []
        return Context(found.leads, tuple(coordinate), True, True, context.strict)

    def _not_speaker(self, found: Actors) -> bool:
        return not (
            self.speaker
            and len(found.leads) == 1
            and found.how == "subject"
            and fold(found.leads[0].text) in self.speaker
            and len(self.speaker) > 5
        )

    def _must_split(self, node: Node, mine: Context) -> bool:
        for child in node.children:
            for inner in child.walk():
                start, end = inner.start, inner.head_end
                if any(f.deadline.kind != "none" for f in deadlines(self.body, start, end, self.issued)):
                    return True
            found = actors.lead(self.body, child.start, child.own.end)
            if found.how and self._not_speaker(found) and not self._part(found, mine):
                return True
        return False

    def _part(self, found: Actors, mine: Context) -> bool:
        """Whether these are the clause's own actors, or only a part of them."""
        if not mine.own:
            return {fold(t) for t in found.texts} <= {fold(n.text) for n in mine.lead}
        own = [fold(n.text) for n in mine.lead]
        for text in map(fold, found.texts):
            if not any(text in o or o in text or _kin(text, o) for o in own):
                return found.how == "subject" and not any(" " in o for o in own)
        return True

    def _split(self, node: Node, mine: Context) -> Iterator[Draft]:
        head_end = node.head_end
        timed = deadlines(self.body, node.start, head_end, self.issued)
        if timed and mine.own and self.body.s[node.own.end - 1] not in ":":
            yield from self._leaf(node.path, [(node.start, head_end)], mine)
        for child in node.children:
            yield from self._clause(child, mine)

    def _whole(self, node: Node, mine: Context) -> Iterator[Draft]:
        parts = [(node.start, node.own.end), *((p.start, p.end) for p in node.tail)]
        if node.children:
            draft = self._draft(node.path, parts + [(c.start, c.end) for c in node.children], mine, None)
            found = deadlines(self.body, node.start, node.head_end, self.issued)
            self._time(draft, found[:1])
            if self._is_order(draft, mine):
                yield draft
            return
        for draft in self._leaf(node.path, parts, mine):
            if self._is_order(draft, mine):
                yield draft

    def _is_order(self, draft: Draft, context: Context) -> bool:
        if draft.how in ("order", "subject", "heading") or draft.deadline:
            return True
        if context.own:
            return True
        if not context.ordering or context.strict:
            return False
        text = self.body.s[draft.start : draft.end]
        if not context.lead:
            draft.doubt("lead", "lead_missing")
            return self.body.s[draft.end - 1] in ".;/" and len(text) > 60 and " là " not in text
        return len(text) > 12

    # Leaves -------------------------------------------------------------------------------------------------

    def _leaf(self, clause: str, parts: list[tuple[int, int]], context: Context) -> Iterator[Draft]:
        """The tasks of a clause without parts: one, unless actors or time limits part it (#1, #2)."""
        groups: list[Draft] = []
        for part_start, part_end in parts:
            found = deadlines(self.body, part_start, part_end, self.issued)
            topic = _topic_end(self.body, part_start, part_end)
            found = [f for f in found if f.start >= topic]
            for start, end in _segments(self.body, part_start, part_end):
                mine = [f for f in found if start <= f.start < end]
                self._segment(groups, clause, start, end, mine, context)
        kept = [g for g in groups if g.parts]
        if len(kept) > 1:
            for i, draft in enumerate(kept, 1):
                draft.clause = f"{clause}#{i}"
        yield from kept

    def _segment(
        self, groups: list[Draft], clause: str, start: int, end: int, found: list[Found], context: Context
    ) -> None:
        """Adds one sentence to the last task, or begins another."""
        who = actors.lead(self.body, start, end) if not groups or self._may_turn(start, end) else Actors()
        if who.how and not self._not_speaker(who):
            who = Actors()
        current = groups[-1] if groups else None
        pieces = _pieces(found, start, end)
        for i, (a, b, item) in enumerate(pieces):
            fresh = current is None or (i == 0 and who.how and self._other(who, current, context, bool(item)))
            again = (
                current is not None
                and item is not None
                and current.deadline is not None
                and not _same(item, current.deadline)
            )
            late = (
                current is not None
                and item is not None
                and current.deadline is None
                and item.deadline.kind == "recurring"
                and i == 0
            )
            if fresh or again or (late and not fresh and a > current.start):  # type: ignore[union-attr]
                inherited = context
                if current is not None and not (i == 0 and who.how):
                    inherited = Context(
                        tuple(current.lead),
                        tuple(self._with_lead(current)),
                        context.own or bool(current.how),
                        context.ordering,
                        context.strict,
                    )
                draft = self._draft(clause, [(a, b)], inherited, who if i == 0 and who.how else None)
                if current is not None and not draft.how:
                    draft.how = current.how
                groups.append(draft)
                current = draft
            else:
                assert current is not None
                current.parts.append((a, b))
                self._add_coordinates(current, a, b)
            if item is not None and current.deadline is None:
                self._time(current, [item])

    def _may_turn(self, start: int, end: int) -> bool:
        return end - start > 20

    def _with_lead(self, current: Draft) -> list[Name]:
        """Coordinators named together with the lead ("X chủ trì, phối hợp với Y") serve the whole clause."""
        if not current.lead:
            return []
        last = max(n.end for n in current.lead)
        return [n for n in current.coordinate if n.start < last + 90 or n.start < current.start]

    def _other(self, who: Actors, current: Draft, context: Context, timed: bool) -> bool:
        if {fold(t) for t in who.texts} == {fold(n.text) for n in current.lead}:
            return False
        own = [fold(n.text) for n in current.lead]
        related = all(any(_kin(fold(t), o) or fold(t) in o for o in own) for t in who.texts)
        return timed or not related

    def _draft(self, clause: str, parts: list[tuple[int, int]], context: Context, who: Actors | None) -> Draft:
        start = parts[0][0]
        who = who or actors.lead(self.body, start, parts[0][1])
        if who.how and not self._not_speaker(who):
            who = Actors()
        draft = Draft(clause, list(parts))
        draft.lead = list(who.leads if who.how and not (context.own and self._under(who, context)) else context.lead)
        draft.how = who.how or ("inherited" if context.own else "")
        if context.own:
            draft.coordinate = list(context.coordinate)
        for a, b in parts:
            self._add_coordinates(draft, a, b)
        if not draft.how:
            draft.doubt("lead", "lead_assumed" if draft.lead else "lead_missing")
        if who.how and not who.sure:
            draft.doubt("lead", "lead_unsure")
        return draft

    def _under(self, who: Actors, context: Context) -> bool:
        return who.how == "subject" and all(any(fold(t) == fold(n.text) for n in context.lead) for t in who.texts)

    def _add_coordinates(self, draft: Draft, start: int, end: int) -> None:
        leads = {fold(n.text) for n in draft.lead}
        known = {fold(n.text) for n in draft.coordinate}
        for name in actors.coordinates(self.body, start, end):
            key = fold(name.text)
            if key not in leads and key not in known:
                draft.coordinate.append(name)
                known.add(key)
                if not name.sure:
                    draft.doubt("coordinate", "coordinate_unsure")

    def _time(self, draft: Draft, found: list[Found]) -> None:
        if found:
            draft.deadline = found[0]
            for code in found[0].doubts:
                draft.doubt("deadline", code, found[0].deadline.span)

    # Unnumbered paragraphs ----------------------------------------------------------------------------------

    def _paragraphs(self, paragraphs: list[Paragraph], context: Context, count: _Counter) -> Iterator[Draft]:
        """Orders outside the clauses: p1, p2 … in order of appearance."""
        for paragraph in paragraphs:
            kept = [
                (a, b) for a, b in _sentences(self.body, paragraph.start, paragraph.end) if self._sentence_orders(a, b)
            ]
            if not kept:
                continue
            drafts = [d for d in self._leaf("p", kept, context) if d.how or d.deadline]
            if drafts:
                number = count.next()
                for draft in drafts:
                    draft.clause = draft.clause.replace("p", f"p{number}", 1)
                yield from drafts

    def _sentence_orders(self, start: int, end: int) -> bool:
        """Whether a sentence outside the clauses orders something, and is no courtesy, background or contact."""
        text = self.body.f[start:end]
        timed = [f for f in deadlines(self.body, start, end, self.issued) if f.deadline.kind != "none"]
        if CLOSING.search(text) and not (timed and re.search(r"\b(?:yeu cau|de nghi|giao)\b", text[:200])):
            return False
        found = actors.lead(self.body, start, end)
        if not found.how:
            found = order_in(self.body, start, end)
        if found.how and found.how != "heading" and self._not_speaker(found):
            rest = self.body.f[found.end : end]
            if COURTESY.match(rest) and not timed:
                return False
            return not rest.rstrip().endswith(":") or bool(timed)
        return bool(timed) and bool(re.search(r"\b(?:gui|bao cao|nop|hoan thanh|dang ky|tong hop|xong)\b", text))


class _Counter:
    def __init__(self) -> None:
        self.value = 0

    def next(self) -> int:
        self.value += 1
        return self.value


_LEAD_IN = re.compile(
    r"\b(?:yeu cau|de nghi|giao(?:\s+nhiem vu)?(?:\s+cho)?|chi dao|luu y|thong bao den|phan cong|chi thi(?:\s+cho)?|huong dan)\s+"
)


def lead_in(body: Body, paragraphs: list[Paragraph]) -> Actors:
    """Whom the words before the clauses order: the last "yêu cầu X" of the preamble."""
    for paragraph in reversed(paragraphs):
        best = order_in(body, paragraph.start, paragraph.end, last=True)
        if best.how:
            return best
    return Actors()


def order_in(body: Body, start: int, end: int, *, last: bool = False) -> Actors:
    """The first (or last) "yêu cầu X", "giao X" in a stretch of text."""
    best = Actors()
    for match in _LEAD_IN.finditer(body.f, start, end):
        if body.n.startswith(("giáo", "giào"), match.start()) or body.n.startswith(
            ("yêu cầu của", "đề nghị của"), match.start()
        ):
            continue
        found, after = names(body, match.end(), end)
        if not found or re.match(r"\s*(?:tai|o)\s+(?:cong van|van ban|to trinh)", body.f[after : after + 30]):
            continue
        best = Actors(tuple(found), "order", after)
        if not last:
            return best
    return best


def _kin(a: str, b: str) -> bool:
    """Whether one name only narrows a plural other: "doanh nghiep vien thong" under "cac doanh nghiep cong nghe so"."""
    if not b.startswith(
        (
            "cac ",
            "chu tich uy ban nhan dan cac",
            "uy ban nhan dan cac",
            "ubnd cac",
            "ubnd ",
            "uy ban nhan dan ",
        )
    ):
        return False
    first = " ".join(re.sub(r"^(?:cac|nhung) ", "", a).split()[:2])
    return first in b or (a.startswith(("ubnd", "uy ban nhan dan")) and ("ubnd" in b or "uy ban nhan dan" in b))


def _topic_end(body: Body, start: int, end: int) -> int:
    """Where a topic ("Về …:") ends: its dates are no deadlines."""
    if re.match(r"\W*(?:ve|doi voi|lien quan)\s", body.f[start : start + 20]):
        colon = body.f.find(": ", start, end)
        return colon if colon > 0 else start
    return start


_END = re.compile(r"(?:[;]|\.(?=\s+[^\s\da-zà-ỹđ])|\./\.)\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|ThS|TS|BS|PGS|GS|Đ/c|KT|TM|TL|P|Q|H|TX|Tr|ĐT|St|Mr|Ms|CN|Sở Y|v\.v)|\b[A-ZĐ])$"
)


def _segments(body: Body, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences and their parts between semicolons; brackets stay whole."""
    found: list[tuple[int, int]] = []
    a = start
    for match in _END.finditer(body.s, start, end):
        if body.s[match.start()] == "." and _ABBREVIATION.search(body.s, max(start, match.start() - 8), match.start()):
            continue
        inside = body.s[a : match.start()]
        if inside.count("(") > inside.count(")") and match.end() - a < 1500:
            continue
        found.append((a, match.start() + 1))
        a = match.end()
    if a < end:
        found.append((a, end))
    return found


def _sentences(body: Body, start: int, end: int) -> list[tuple[int, int]]:
    """Whole sentences: what stands between semicolons stays together."""
    found: list[tuple[int, int]] = []
    for a, b in _segments(body, start, end):
        if found and body.s[found[-1][1] - 1] == ";":
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _pieces(found: list[Found], start: int, end: int) -> list[tuple[int, int, Found | None]]:
    """A segment cut after each of its different time limits."""
    distinct: list[Found] = []
    for item in found:
        if item.deadline.kind != "none" and not any(_same(item, other) for other in distinct):
            distinct.append(item)
    if len(distinct) < 2:
        return [(start, end, distinct[0] if distinct else None)]
    cut: list[tuple[int, int, Found | None]] = []
    a = start
    for i, item in enumerate(distinct):
        b = end if i == len(distinct) - 1 else item.end
        cut.append((a, b, item))
        a = b
    return cut


def _same(one: Found, other: Found) -> bool:
    a, b = one.deadline, other.deadline
    return (a.kind, a.due, a.rrule, a.relative_days) == (b.kind, b.due, b.rrule, b.relative_days)


NONE = ReadDeadline()
