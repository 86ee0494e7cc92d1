"""A clause laid out as a sheet: "Nhiệm vụ: … Đơn vị chủ trì: … Đơn vị phối hợp: … Thời gian: …"."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name, clean
from letters.bodies.names import names
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.paragraphs import Body
from letters.clauses.tree import Node
from letters.text.views import Text

_ROLE = r"(?:(?:cac\s+)?(?:don vi|co quan|bo phan|phong)(?:,\s*(?:don vi|dia phuong))?\s+)?"
_LEADS = re.compile(
    rf"(?<![^\s\n(;.-])(?:{_ROLE}(?:chu tri|dau moi)(?:,?\s+(?:thuc hien|tham muu|chinh))*"
    rf"|(?:don vi|co quan|nguoi)\s+(?:thuc hien|phu trach))\s*:[^\S\n]*(?=[^\s;.])"
)
_HELPS = re.compile(
    rf"(?<![^\s\n(;.-]){_ROLE}(?:phoi hop(?:,?\s+(?:thuc hien|tham muu))*|cung thuc hien|tham gia(?: thuc hien)?)"
    r"(?:\s+(?:la|gom|bao gom))?\s*:[^\S\n]*(?=[^\s;.])"
)
_WHEN = re.compile(
    r"(?<![^\s\n(;.-])(?:thoi gian|thoi han|thoi diem|tien do|han|hoan thanh|san pham|ket qua|kinh phi)"
    r"(?:\s+(?:thuc hien|hoan thanh|trinh|dau ra|du kien))?\s*:"
)


def listed(text: Text, start: int, end: int) -> list[Name]:
    """The bodies of a line that holds nothing else: what looks like an order ("Trung tâm Xúc tiến đầu tư và phát triển
    doanh nghiệp") belongs to a name there, up to the next comma."""
    found: list[Name] = []
    asked = _ASKED.match(text.f, start, end)
    start = asked.end() if asked else start
    while start < end:
        some, after = names(text, start, end, loose=True)
        if not some:
            break
        if _ACTS.match(text.f, after, end):
            found += some  # "Đơn vị thực hiện: Sở A chủ trì, phối hợp với Sở B"
            break
        rest = _REST.match(text.s, after, end)
        if rest and rest[0].strip():
            last = some.pop()
            words = f"{text.s[last.start : last.end]}{text.s[last.end : rest.end()]}"
            some.append(Name(clean(words), last.start, rest.end(), last.sure))
            after = rest.end()
        found += some
        start = _SIGNS.match(text.s, after, end).end()  # pyright: ignore[reportOptionalMemberAccess]  may be empty
    return found


_ASKED = re.compile(r"\s*(?:(?:kinh )?de nghi|moi|giao)\s+")
""" "Cơ quan chủ trì: Đề nghị Trường Đại học A": what is asked of those the speaker does not command."""
_ACTS = re.compile(r"\s+(?:chu tri|phoi hop|lam dau moi|la dau moi)\b")
_REST = re.compile(r"\s+[^\W\d_][^,;.:()\n]*")
_SIGNS = re.compile(r"[\s,;]*(?:và\s+)?")


def _line_end(body: Body, start: int, end: int) -> int:
    """Where the line that names somebody ends: at a full stop, the next role or the paragraph's end."""
    stops = [m.start() for p in (_LEADS, _HELPS, _WHEN, _LINE) for m in [p.search(body.f, start, end)] if m]
    return min([*stops, end])


_LINE = re.compile(r"\n|[.](?=\s|$)")


def is_sheet(body: Body, node: Node) -> bool:
    """Whether one line of a clause, after others, names who leads."""
    roles = [m for m in _LEADS.finditer(body.f, node.start, node.end) if m.end() < node.end]
    first = roles[0] if roles else None
    return first is not None and len(roles) == 1 and first.start() > node.start


def read(findings: Findings, node: Node, context: Context) -> Draft:
    """One task: its lead, coordinators and time stand in lines of their own."""
    body = findings.body
    draft = Draft(node.path, [(n.start, n.head_end) for n in node.walk()], lead=list(context.lead))
    for pattern in (_LEADS, _HELPS):
        role = pattern.search(body.f, node.start, node.end)
        line_end = _line_end(body, role.end(), node.end) if role else 0
        found = listed(body, role.end(), line_end) if role else []
        if pattern is _LEADS and found:
            draft.lead, draft.how = found, "heading"
            draft.coordinates(findings.coordinates(found[-1].end, line_end))
        elif found:
            draft.coordinates(found)
    times = findings.times(node.start, node.end)
    when = _WHEN.search(body.f, node.start, node.end)
    set_apart = [t for t in times if when and t.start >= when.start()] or times
    for time in set_apart[:1]:
        draft.time(time)
    if not draft.how:
        draft.doubt("lead", "lead_unsure")
    return draft
