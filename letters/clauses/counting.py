"""Lists under an order that only count its objects: "phân loại theo các nhóm:", "hồ sơ gồm:", "trong đó nêu rõ:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.clauses.findings import Findings
from letters.clauses.tree import Node
from letters.text.vocabulary import ENDS_1, ENDS_2, FIRM, pair_at

_THINGS = (
    r"(?:noi dung|thong tin|tai lieu|thanh phan|doi tuong|truong hop|nhom|loai|khoan|muc|giay to|so lieu|van de|chi tieu"
    r"|tieu chi|linh vuc|dia ban|khu vuc|nguon|dieu kien|yeu to|hinh thuc|danh muc|hang muc)"
)
_SAID_BELOW = r"(?: (?:chinh|chu yeu|co ban|cu the|sau|sau day|nhu sau|duoi day))*\W*$"
_COUNTS = re.compile(
    rf"\b(?:(?:bao )?gom(?: co)?(?: (?:cac |nhung |\d{{1,2}} |mot so )?{_THINGS})?"
    rf"|(?:theo|thanh|thuoc|doi voi|ve) (?:cac|nhung|tung|\d{{1,2}}|hai|ba|bon|nam) {_THINGS}(?: (?:doi tuong|doanh nghiep|ho))?"
    rf"|(?:neu|lam|ghi|the hien|xac dinh|danh gia|phan tich|thong ke|bao cao) (?:cu the,? )?ro"
    rf"(?: (?:cac |nhung |mot so |ve )*{_THINGS})?)" + _SAID_BELOW
)
"""The end of an order under which its objects are listed."""


def counts(findings: Findings, start: int, end: int, children: Sequence[Node]) -> bool:
    """Whether the words before a list end in "phân loại theo các nhóm:", "trong đó nêu rõ:", and the list does not order:
    no time limit, hardly a verb first, no body that is to lead or to help."""
    body = findings.body
    if (
        len(children) < 2
        or not _COUNTS.search(body.f, max(start, end - 90), end)
        or body.f[start:end].rstrip(".")[-1] != ":"
    ):
        return False
    acting = 0
    for child in children:
        tokens = body.words(child.start, child.own.end, 40)
        acting += not tokens or tokens[0].n in ENDS_1 or pair_at(tokens, 0) in _ACTS
        last = (
            child.own.end if child is children[-1] and len(child.tail) == 1 else child.end
        )  # "Danh sách gửi về …" below
        if findings.times(child.start, last) or any(pair_at(tokens, i) in _LEADS for i in range(2, len(tokens))):
            return False
    return acting * 3 <= len(children) if len(children) > 2 else not acting


_NOUNS = frozenset(
    (
        *(
            "bao cao",
            "ket qua",
            "cu the",
            "du kien",
            "can cu",
            "quan ly",
            "huong dan",
            "tong hop",
            "du toan",
            "tinh hinh",
        ),
        *("so lieu", "khai thac", "dau tu", "to chuc", "thi truong", "kinh doanh", "quy dinh", "de xuat", "kien nghi"),
        "giai phap",
    )
)
"""Pairs that begin a thing listed as often as an order."""
_ACTS = ENDS_2 - _NOUNS
_LEADS = FIRM & {"chu tri", "phoi hop", "co trach"}
