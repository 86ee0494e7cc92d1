"""Who coordinates: the bodies after "phối hợp (với)", "chủ trì, cùng", "Đơn vị phối hợp:"."""

from __future__ import annotations

import re

from letters.compare import fold
from letters.expansion import Name
from letters.names import names
from letters.parts import organises
from letters.text import Text

COORDINATE = re.compile(
    r"(?:\b(?:don vi|co quan)\s+phoi hop(?:\s+thuc hien)?\s*:\s*"
    r"|\bphoi\s+hop\s*(?:chat che|dong bo|kip thoi|thuong xuyen|hieu qua|tot|nhip nhang|cong tac|thuc hien)?\s*,?\s*"
    r"(?:ho tro|trao doi|lam viec)?\s*(?:cung\s+voi|voi|cung)?\s*:?\s+|\bphoi hop(?:\s+thuc hien)?\s*:\s*"
    r"|\bhiep dong(?:\s+chat che)?\s+(?:cung\s+)?voi\s+"
    r"|\bchu tri\s*,?\s*cung(?:\s+voi)?\s+|\bsu\s+phoi hop(?:\s+chat che)?\s+cua\s+)"
)
_NOUN_BEFORE = re.compile(
    r"(?:giai phap|co che|quy che|su|quan he|tinh than|phuong an|chuong trinh|ke hoach|hoat dong|(?<!co )trach nhiem"
    r"|tang cuong hop tac|mong)\s*$"
)


def coordinates(text: Text, start: int, end: int) -> list[Name]:
    """Bodies after "phối hợp (với)", each once, in order."""
    found: list[Name] = []
    for match in COORDINATE.finditer(text.f, start, end):
        before = text.f[max(start, match.start() - 40) : match.start()]
        if _NOUN_BEFORE.search(before) and "don vi" not in match[0] and not match[0].startswith("su "):
            continue
        alone = not match[0].rstrip(" :").endswith(("voi", "cung", "cua")) and "don vi" not in match[0]
        if _PROVIDES.search(text.n, match.start(), match.end() + 3) or (alone and _acts_alone(text, match.end(), end)):
            continue
        named, _ = names(text, match.end(), end, loose=True)
        named = [m for n in named for m in _in_brackets(text, n, end) or [n]]
        found.extend(n for n in named if _acts(n.text) and fold(n.text) not in {fold(o.text) for o in found})
    return found


_PROVIDES = re.compile(r"\bcung\s+(?:cấp|ứng)")
""" "phối hợp cung cấp thông tin": no "cùng"."""


def _acts_alone(text: Text, at: int, end: int) -> bool:
    """ "phối hợp tổ chức các hoạt động": what they do together, no partner."""
    return organises(text.words(at, end, 4), 0)


_GENERAL = re.compile(
    r"(?:cac )?(?:so|co quan|don vi|to chuc|bo|ban|nganh|luc luong|dia phuong|phong|bo phan)(?: \w+){0,6}$"
)


def _in_brackets(text: Text, name: Name, end: int) -> list[Name]:
    """ "các cơ quan liên quan (Sở Tài chính, Sở Xây dựng)": those named after a general word are meant."""
    bracket = re.compile(
        r"\s*\(\s*(?:nhu|gom|bao gom|la|cu the(?: la)?|trong do co)?\s*:?\s*|\s*,?\s*(?:nhu|gom|bao gom)\s*:\s*"
    ).match(text.f, name.end, end)
    if not bracket or not _GENERAL.match(fold(name.text)):
        return []
    if "(" not in bracket[0]:
        return names(text, bracket.end(), end, loose=True)[0]
    close = text.s.find(")", bracket.end(), end)
    inner, after = names(text, bracket.end(), close if close > 0 else end, loose=True)
    return inner if len(inner) > 1 and after >= close - 6 else []


def _acts(name: str) -> bool:
    return len(fold(name)) > 1 and not re.fullmatch(
        r"(?:cac )?(?:nganh|cap|quy dinh|ben|noi dung|nhiem vu)|to chuc", fold(name)
    )
