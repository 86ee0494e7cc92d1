"""Points of a manual or a call that only describe: what the thing is about, and by what something is judged."""

from __future__ import annotations

import re

from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.orders import DESCRIBES, STATES
from letters.clauses.paragraphs import Body
from letters.clauses.tree import Node
from letters.text.compare import fold
from letters.text.vocabulary import ENDS_1, ENDS_2, pair_at

_SCORED = re.compile(
    r".{0,600}?(?:[:(–-]|\b(?:toi da|cong|tru|dat|duoc))\s*(?:\d{1,3}(?:[.,]\d{1,2})?\s*(?:-|–|den)\s*)?\d{1,3}(?:[.,]\d{1,2})?"
    r" diem(?:/[^\W\d]+)?\W*$"
    r"|.{0,60}:\s*(?:dat )?(?:tu|tren|duoi)\s+\d{1,3}(?:[.,]\d)?(?: diem)?\b.{0,200}\bdiem\b",
    re.DOTALL,
)
"""A criterion and what it is worth: "Treo Quốc kỳ ngày lễ: 05 điểm", "… (tối đa 20 điểm)", "Loại tốt: từ 90 điểm"."""
_CRITERIA = re.compile(
    r"\W{0,8}(?:cac |he thong |bo )?(?:tieu (?:chuan|chi)|thang diem|bang diem|cach (?:tinh|cham) diem|diem thuong|diem tru"
    r"|(?:nhung |cac )?truong hop (?:khong|chua)|xep (?:muc|loai|hang)|muc (?:diem|xep loai))\b[^.;:]{0,80}\W*$"
)
"""The title of a part of a manual that says by what something is judged."""


def describes(findings: Findings, node: Node) -> bool:
    """Whether a clause only says what the thing is about, and neither it nor what is under it names an actor or a day."""
    if not DESCRIBES.match(findings.body.f, node.start, node.own.end) or findings.times(node.start, node.end):
        return False
    parts = [p for n in node.walk() for p in (n.own, *n.tail)]
    return not any(findings.lead(p.own, p.end).how in ("order", "subject") for p in parts)


def judges(findings: Findings, node: Node, context: Context) -> bool:
    """Whether a clause says what something is worth in points, or is a part of a manual about what is judged."""
    if "diem" in findings.body.f[node.start : node.own.end] and _SCORED.match(
        findings.body.f, node.start, node.own.end
    ):
        return findings.lead(node.start, node.own.end).how != "order"
    return context.guidance and bool(node.children) and bool(_CRITERIA.match(findings.body.f, node.start, node.own.end))


_TITLED = frozenset(
    ("bao cao", "ket qua", "cu the", "du kien", "can cu", "quan ly", "huong dan", "to chuc", "tong hop", "hoan thanh")
)
"""Pairs that begin a title of a manual as often as an order."""


def imperative(body: Body, draft: Draft) -> bool:
    """Whether a clause of a manual begins with what is to be done, or not to be done."""
    tokens = body.words(draft.start, draft.end, 3)
    first = 1 if tokens and tokens[0].n in ("không", "phải", "cần") else 0
    return pair_at(tokens, first) in ENDS_2 and pair_at(tokens, first) not in _TITLED


def step(body: Body, draft: Draft) -> bool:
    """ "Bước 2/ Phòng Vật tư cử kỹ sư …" right under a letter's lead-in: its tasks."""
    sign = re.compile(r"\bbuoc \w{1,5}\s*[:./)-]\s*$").search(body.f, max(0, draft.start - 14), draft.start)
    return draft.clause.isdecimal() and sign is not None


def states(body: Body, start: int, end: int) -> bool:
    """Whether a clause that nobody is named in tells of a thing, and begins with no order."""
    tokens = body.words(start, end, 2)
    acts = pair_at(tokens, 0) in ENDS_2 or (bool(tokens) and tokens[0].n in ENDS_1)
    return not acts and bool(STATES.match(body.n, start, end))


def named_acts(body: Body, draft: Draft) -> bool:
    """ "2. Đối với các chi nhánh còn lại: rà soát …", "- Ban Kế hoạch cân đối …": somebody named, and right behind an order."""
    if any(_PERSON.match(fold(name.text)) for name in draft.lead):
        return False  # a procedure: "Trưởng thôn họp dân …"
    last = max((name.end for name in draft.lead), default=0)
    sign = re.compile(r"\s*:?\s*").match(body.s, last, draft.end) if draft.start < last < draft.end else None
    tokens = body.words(sign.end(), draft.end, 3) if sign else []
    return bool(tokens) and (pair_at(tokens, 0) in ENDS_2 or tokens[0].n in _SURE_ACTS)


_PERSON = re.compile(
    r"(?:truong|to truong|chu tich|ho|nguoi|can bo|cong chuc|giao vien|hoc sinh|sinh vien|giam doc|chu)\b"
)
_SURE_ACTS = ("nộp", "gửi", "lập", "trình", "cử", "ký", "lưu", "đối")
