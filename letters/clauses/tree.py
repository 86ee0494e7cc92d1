"""The tree of clauses: sections, numbers, letters, dashes; preamble before them and closing words after.

Labels are as in the corpus' rules: "2.a", "3 -1" (first dash under 3), "2 -2 +1"; a part (A, B) or a roman section is
written only where its numbers come again in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from letters.bodies.names import names
from letters.clauses import captions
from letters.clauses.labelled import labels
from letters.clauses.orders import BASES
from letters.clauses.paragraphs import Body, Paragraph
from letters.text.marks import SECTIONS

DEPTH = {
    "part": -1,
    "roman": 0,
    "arabic": 1,
    "dotted": 2,
    "letter": 3,
    "sub": 4,
    "star": 5,
    "dash": 6,
    "plus": 7,
} | captions.DEPTH
CLOSERS = re.compile(
    r"\W{0,8}(?:yeu cau|giao |de nghi|kinh de nghi|tran trong|tren day|thong tin|moi (?:y kien|thong tin|vuong mac|chi tiet|thac mac)|rat mong|nhan duoc"
    r"|trong qua trinh|qua trinh|ket thuc|sau (?:khi|tuan le|dot|hoi (?:nghi|thi|thao)|chien dich|dien tap)|dinh ky|khi nhan|noi nhan|can cu (?:noi dung|chi thi|cong van|ke hoach)|truong hop|chi thi nay|cong van nay|van ban nay|ke hoach nay|thong bao nay"
    r"|chi tiet|dau moi|lien he|de (?:kip thoi|dam bao|tong hop)|(?:cac )?(?:ket qua|bao cao)|thoi gian|nhu vay|vay|kinh gui|van phong [^.]{0,60}?(?:thong bao|tran trong))"
)


_DIFFICULTIES = re.compile(
    r"\W{0,8}(?:trong )?qua trinh (?:(?:to chuc|trien khai),? )*(?:thuc hien|trien khai)\b.{0,400}"
    r"\b(?:vuong mac|kho khan|thao go|phat sinh|vuot tham quyen)\b"
)
"""Between two clauses, whom to turn to in case of difficulty."""


@dataclass
class Node:
    """A clause: its own paragraph, the unmarked paragraphs after it, and the clauses under it."""

    kind: str
    label: str
    own: Paragraph
    tail: list[Paragraph] = field(default_factory=list[Paragraph])
    children: list[Node] = field(default_factory=list["Node"])
    path: str = ""

    @property
    def start(self) -> int:
        return self.own.own

    @property
    def head_end(self) -> int:
        """End of the clause's words before the clauses under it."""
        return self.tail[-1].end if self.tail else self.own.end

    @property
    def end(self) -> int:
        return max([self.head_end, *(child.end for child in self.children)])

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Outline:
    """Preamble, clauses, closing paragraphs."""

    preamble: list[Paragraph]
    nodes: list[Node]
    closing: list[Paragraph]


def outline(body: Body) -> Outline:
    """The clauses of a body as a tree."""
    below = _below_bases(body) or _below_story(body)
    kinds = captions.kinds(body, below)
    marked = [i for i, kind in enumerate(kinds) if kind and i >= below]
    if not marked:
        return Outline(list(body.paragraphs), [], [])
    first, last = marked[0], marked[-1]
    roots: list[Node] = []
    stack: list[Node] = []
    for paragraph, kind in zip(body.paragraphs[first : last + 1], kinds[first : last + 1], strict=True):
        if kind:
            _attach(roots, stack, Node(kind, paragraph.label, paragraph))
        elif not _DIFFICULTIES.match(body.f, paragraph.start, paragraph.end):
            _home(stack, paragraph).tail.append(paragraph)
    after = body.paragraphs[last + 1 :]
    inside = _inside(body, stack[-1], after)
    for paragraph in after[:inside]:
        stack[-1].tail.append(paragraph)
    _label(roots)
    return Outline(body.paragraphs[:first], roots, after[inside:])


def _below_bases(body: Body) -> int:
    """How many paragraphs a run of dashes takes that names what the letter rests on and has words of its own below it:
    "- Căn cứ Luật …; - Căn cứ Nghị định …;", then "Sở Y tế đề nghị:"."""
    first = next((i for i, p in enumerate(body.paragraphs) if p.kind), -1)
    if first < 0 or body.paragraphs[first].kind != "dash":
        return 0
    if not BASES.match(body.f, body.paragraphs[first].own, body.paragraphs[first].end):
        return 0
    last = first
    while last < len(body.paragraphs) and body.paragraphs[last].kind == "dash":
        last += 1
    return last if last < len(body.paragraphs) and not body.paragraphs[last].kind else 0


def _below_story(body: Body) -> int:
    """How many paragraphs stand before the numbered clauses where dashes tell of the matter first: "+ Đối tượng tiêm: …",
    then "Các đơn vị thực hiện những việc sau:" and "1."."""
    first = next((i for i, p in enumerate(body.paragraphs) if p.kind), -1)
    if first < 0 or body.paragraphs[first].kind not in ("dash", "plus"):
        return 0
    if first and _ORDERS.search(body.f, body.paragraphs[first - 1].start, body.paragraphs[first - 1].end):
        return 0
    last = first
    while last < len(body.paragraphs) and body.paragraphs[last].kind in ("dash", "plus"):
        last += 1
    if last + 1 >= len(body.paragraphs) or body.paragraphs[last].kind:
        return 0
    opens = _OPENS_LIST.search(body.f, body.paragraphs[last].start, body.paragraphs[last].end)
    return last if opens and body.paragraphs[last + 1].kind in ("arabic", "roman") else 0


_ORDERS = re.compile(
    r"\b(?:yeu cau|de nghi|giao|chi dao|thuc hien(?! (?:cong|ke hoach|chi thi|nghi|quyet|van ban)))\b[^.;]*:\s*$"
)
_OPENS_LIST = re.compile(
    r"\b(?:(?:nhu|cu the nhu) sau|sau day|(?:viec|nhiem vu|noi dung|cong viec|giai phap|yeu cau|bien phap|cong tac) sau)\s*:\s*$"
)


def _attach(roots: list[Node], stack: list[Node], node: Node) -> None:
    while stack and (DEPTH[stack[-1].kind] >= DEPTH[node.kind] or _elsewhere(stack[-1], node)):
        stack.pop()
    (stack[-1].children if stack else roots).append(node)
    stack.append(node)


def _elsewhere(above: Node, node: Node) -> bool:
    """ "8.1" does not belong under clause 7."""
    return node.kind == "dotted" and above.kind == "arabic" and node.label.split(".")[0] != above.label


def _home(stack: list[Node], paragraph: Paragraph) -> Node:
    """Where an unmarked paragraph belongs: the numbered clause above, not the dash before it, unless that ends open."""
    return stack[-1]


def _inside(body: Body, node: Node, after: list[Paragraph]) -> int:
    """How many of the paragraphs after the last sign still belong to that clause."""
    count = 0
    beside = False
    for paragraph in after:
        heading = count == 0 and not node.children and _is_heading(body, node)
        closes = (
            CLOSERS.match(body.f, paragraph.start, paragraph.end)
            or names(body, paragraph.start, paragraph.end)[0]
            or _appeals(body, paragraph)
        )
        column = labels(body.f, paragraph.start, paragraph.end)
        if closes and not heading and not (column and beside) and body.s[paragraph.own] != "(":
            break
        beside = column  # "Chủ trì: Thanh tra Sở", and under it "Thời gian hoàn thành: tháng 11/2025"
        count += 1
    return count


def _appeals(body: Body, paragraph: Paragraph) -> bool:
    """Whether a paragraph asks some body for something, wherever in its sentence: "Danh sách …, đề nghị Hội A gửi về …"."""
    asked = _ASKS.finditer(body.f, paragraph.start, paragraph.end)
    return any(names(body, match.end(), paragraph.end)[0] for match in asked)


_ASKS = re.compile(r"\b(?:yeu cau|de nghi)\s+(?=\w)")


def _is_heading(body: Body, node: Node) -> bool:
    """A clause that is only a title: short, without a full stop."""
    text = body.s[node.start : node.own.end].rstrip()
    return len(text) < 160 and not text.endswith((".", ";", ","))


def _label(roots: list[Node]) -> None:
    sections = [node for root in roots for node in root.walk() if node.kind in SECTIONS]
    _label_below(roots, "", {kind for kind in SECTIONS if _repeated(s for s in sections if s.kind == kind)})


def _label_below(nodes: list[Node], base: str, written: set[str]) -> None:
    """`written`: the kinds of sections whose labels those below them carry."""
    above = [node for node in nodes if node.kind in captions.DEPTH]
    for i, caption in enumerate(above, 1):
        caption.path = f"{base} p{i}".strip()
    if _repeated(above):
        for caption in above:
            _label_below(caption.children, caption.path, written)
        above = []
    level = [n for node in nodes for n in (node.children if node in above else [node]) if n.kind not in captions.DEPTH]
    for node, path in zip(level, _paths(level, base), strict=True):
        node.path = path
        bare = node.kind in SECTIONS and node.kind not in written and any(c.kind in _COUNTED for c in node.children)
        _label_below(node.children, base if bare else path, written)


_COUNTED = ("roman", "arabic", "dotted")


def _repeated(sections: Iterable[Node]) -> bool:
    """Whether a number comes again directly under another of these sections."""
    numbers = [c.label for section in sections for c in section.children if c.kind in ("roman", "arabic")]
    return len(numbers) != len(set(numbers))


def _paths(nodes: list[Node], base: str) -> list[str]:
    dashes = plusses = 0
    found: list[str] = []
    for node in nodes:
        if node.kind in ("dash", "star"):
            dashes += 1
            found.append(f"{base} -{dashes}".strip())
        elif node.kind == "plus":
            plusses += 1
            found.append(f"{base} +{plusses}".strip())
        elif node.kind == "dotted":
            sections = [label for label in base.split(".") if re.fullmatch(r"[A-HĐ]|[IVX]+", label)]
            found.append(".".join([*sections, node.label]))
        elif node.kind == "sub" and base.endswith(node.label[0]):
            found.append(f"{base}.{node.label[2:]}")  # "e.1" under "e", "2.a.1" under "2.a"
        else:
            found.append(f"{base}.{node.label}" if base else node.label)
    return found
