"""Stretches of a clause: sentences, their parts between semicolons, pieces with a time limit each."""

from __future__ import annotations

import re

from letters.bodies.partners import listed_to
from letters.clauses.findings import Findings
from letters.clauses.paragraphs import Body
from letters.times.periods import Found

_END = re.compile(r"(?:;|\.|\./\.)\s+")
_STOP = re.compile(r"\.\s")
_NEAR = 1500
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|ThS|TS|BS|PGS|GS|Đ/c|KT|TM|TL|P|Q|H|TX|Tr|ĐT|St|Mr|Ms|CN|Sở Y|v\.v)|\b[A-ZĐ])$"
)


def segments(findings: Findings, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences and their parts between semicolons. Brackets and lists of names ("Giao A; B; C …") stay whole."""
    body = findings.body
    found: list[tuple[int, int]] = []
    a, held = start, _held(findings, start, end)
    for match in _END.finditer(body.s, start, end):
        if match.start() < held or not _parts(body, a, match, end):
            continue
        found.append((a, match.start() + 1))
        a = match.end()
        held = _held(findings, a, end) if a < end else a
    if a < end:
        found.append((a, end))
    return _items(body, found)


_ITEM = re.compile(r"\s*\((?:i{1,3}|iv|vi{0,3}|ix|x|[1-9]|[a-eđ])\)\s+(?:(?:Riêng|Đối với|riêng)\s+)?(?=[A-ZĐ])")
_FIRST = re.compile(r":\s+(?=\((?:i|1|a)\)\s+[A-ZĐ])")


def _items(body: Body, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Các sở được giao: (i) Sở A …. (ii) Riêng Sở B …": points counted inside a paragraph, without their signs."""
    marked = [m.end() if m else None for m in (_ITEM.match(body.s, a, b) for a, b in found)]
    if not any(marked[1:]):
        return found
    parts: list[tuple[int, int]] = []
    for (a, b), after in zip(found, marked, strict=True):
        opens = None if parts or after else _FIRST.search(body.s, a, b)
        sign = _ITEM.match(body.s, opens.end(), b) if opens else None
        if opens and sign:
            parts += [(a, opens.start() + 1), (sign.end(), b)]
        else:
            parts.append((after or a, b))
    return parts


def _held(findings: Findings, start: int, end: int) -> int:
    """Where the list of those ordered, or of partners, ends that begins before the first sign: no sentence ends inside it."""
    found = findings.lead(start, end) if start < end else None
    first = _END.search(findings.body.s, start, end)
    stop = _STOP.search(findings.body.s, start, min(end, start + _NEAR))
    partners = listed_to(findings.body, start, stop.start() if stop else min(end, start + _NEAR), end)
    if not found or not found.leads or (first and found.leads[0].start > first.start()):
        return partners
    return max(found.end, partners)


def _parts(body: Body, a: int, match: re.Match[str], end: int) -> bool:
    """Whether a sentence, or a part of one, really ends at this sign."""
    following = body.s[match.end()] if match.end() < end else "A"
    if match[0].startswith(".") and (following.islower() or following.isdecimal()):
        return False
    if match[0][0] == "." and body.s[match.start() - 1] in "-–":
        return False  # a scan's "Lao động -. TB&XH"
    if match[0][0] == "." and _ABBREVIATION.search(body.s, max(a, match.start() - 8), match.start()):
        return False
    open_brackets = body.s.count("(", a, match.start()) > body.s.count(")", a, match.start())
    if not open_brackets or match.end() - a >= _NEAR:
        return True
    lost = body.s.find(")", match.start(), min(end, a + _NEAR)) < 0  # a scan may lose a bracket's end
    return lost and body.s[body.s.rfind("(", a, match.start()) - 1].isspace()


def sentences(findings: Findings, start: int, end: int) -> list[tuple[int, int]]:
    """Whole sentences: what stands between semicolons stays together."""
    found: list[tuple[int, int]] = []
    for a, b in segments(findings, start, end):
        if found and findings.body.s[found[-1][1] - 1] == ";":
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def pieces(found: list[Found], start: int, end: int) -> list[tuple[int, int, Found | None]]:
    """A segment cut after each of its different time limits."""
    distinct: list[Found] = []
    for item in found:
        if not any(same(item, other) for other in distinct):
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


def mere_title(body: Body, start: int, end: int) -> bool:
    """Whether these words only head what stands under them: short, without a sign that ends a sentence."""
    text = body.s[start:end].rstrip()
    return len(text) < 160 and bool(text) and text[-1] not in ".;"


def same(one: Found, other: Found) -> bool:
    a, b = one.deadline, other.deadline
    return (a.kind, a.due, a.rrule, a.relative_days) == (b.kind, b.due, b.rrule, b.relative_days)


def topic_end(body: Body, start: int, end: int) -> int:
    """Where a topic ("Về …:") ends: its dates are no deadlines."""
    if re.match(r"\W{0,8}(?:ve|doi voi|lien quan)\s", body.f[start : start + 20]):
        colon = body.f.find(": ", start, end)
        return colon if colon > 0 else start
    return start
