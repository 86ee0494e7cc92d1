"""Who receives a result: after "báo cáo", "gửi về", "trình", "nộp tại"; and through whom it goes ("qua", in brackets)."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.given import receiving
from letters.bodies.names import names
from letters.text.compare import fold
from letters.text.views import Text
from letters.text.vocabulary import DETERMINERS

_SENDS = re.compile(
    r"\b(?:bao cao,?\s+xin\s+y\s+kien(?:\s+chi\s+dao)?(?:\s+cua)?"
    r"|bao cao|gui|goi|trinh|nop|phan anh|cung cap|ban giao|dang ky|thong bao|chuyen|tra loi|phuc dap|bao(?! cao))\s+"
    r"(?:(?:voi|len|lai|tra|ngay|nhanh|kip thoi|truc tiep|bo sung)\s+)?"
)
_AGAIN = re.compile(r"\b(?:bao cao|gui|trinh)\s+(?:ve|[A-Z])|[.;]\s")
_TOWARD = re.compile(
    r"\b(?:ve|cho|den|toi|tai|(?<!phoi hop )(?<!hop tac )(?<!doi )(?<!so )voi)\s+(?:ve\s+)?(?:dia chi\s*:?\s*)?(?=[^\W\d])"
)
_HOME = re.compile(r"\bve\s+(?=[^\W\d])")
_TIME_NEXT = re.compile(
    r"\W{0,6}(?:truoc|cham nhat|de (?:tong hop|theo doi|bao cao)|tong hop|muon nhat|trong (?:ngay|thang))\b"
)
_VIA = re.compile(r"\b(?:qua|thong qua)\s+(?=[^\W\d])")
_BRACKET_VIA = re.compile(r"\s*\(\s*(?:qua\s+|thong qua\s+)?")
_LOWLY = re.compile(
    r"(?:chu dau tu|lanh dao|tro ly|bo phan|giao vu|hieu truong|giam doc|chu tich|thu truong|ban to chuc|ban giam"
    r"|truong (?:phong|ban|khoa)|don vi (?:chu tri|dau moi|to chuc|dao tao)|co quan (?:chu tri|dau moi|thuong truc))\b"
)
"""Receivers that letters also write without a capital."""
_ORGAN = re.compile(r"(?:phòng|ban|khoa|tổ|văn phòng|trung tâm|chi cục|đội|thường trực|đồng chí|đ/c)\s+[A-ZĐ]")
""" "phòng Nội vụ": a body all the same, told by the capital behind its noun."""
_PRESENTER = re.compile(r"\b(?:tham muu|de xuat)\b(?P<words>[^.;]{0,60})$")


def reports(text: Text, start: int, end: int) -> tuple[str | None, str | None]:
    """(who receives the result, through whom)."""
    to, via = _receiver(text, start, end), None
    for match in _VIA.finditer(text.f, start, end):
        found, after = _bodies(text, match.end(), end)
        if (
            found
            and _receives(text, found[0])
            and re.match(r"\W{0,8}(?:de|tong hop|truoc|\)|theo|,|cham nhat|dia chi)|\W*$", text.f[after : after + 30])
        ):
            via = _joined(text, found)
            collects = re.match(r"[^.;]{0,12}(?:de\s+)?(?:tong hop|theo doi)", text.f[after : after + 40])
            if to is None and not collects and match[0].startswith("thong"):
                continue  # "giám sát (thông qua Ban Thanh tra nhân dân)": nothing is sent
            return (via, None) if to is None or collects else (to[0], via)
    if to is None:
        return None, None
    bracket = _BRACKET_VIA.match(text.f, to[1], end)
    inner = _bodies(text, bracket.end(), end)[0] if bracket else []
    collector = _COLLECTED.search(text.f, to[1], end)
    collects = _bodies(text, collector.end(), end) if collector else ([], 0)
    if collects[0] and _COLLECTS.match(text.f, collects[1], end):
        return _joined(text, collects[0]), to[0]  # "nộp tại Bộ phận Một cửa để Sở Nội vụ tổng hợp"
    return to[0], _joined(text, inner) if inner else None


_COLLECTED = re.compile(r"\bde\s+(?=\w)")
_COLLECTS = re.compile(r"\s*(?:xem xet,?\s*)?(?:tong hop|theo doi)")


def _bodies(text: Text, start: int, end: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """Names of those who may receive, "phòng Nội vụ" and "lãnh đạo Sở" too."""
    lowly = bool(_LOWLY.match(text.f, start, end)) or bool(_ORGAN.match(text.s, start, end))
    return names(text, start, end, loose=loose or lowly)


def _receiver(text: Text, start: int, end: int) -> tuple[str, int] | None:
    """The first body that a report, a proposal, a file is sent to, and where its name ends."""
    for match in _SENDS.finditer(text.f, start, end):
        if _no_sending(text, match, start):
            continue
        direct = match[0].startswith(("bao cao", "gui", "goi", "trinh", "nop")) or (
            match[0].startswith("chuyen")
            and bool(_PAPER.search(text.f, max(start, match.start() - 80), match.end() + 40))
        )
        told = match[0].startswith(("bao ", "chuyen", "tra loi", "phuc dap"))  # "cung cấp số liệu cho X" helps X
        found, after = _bodies(text, match.end(), end) if direct else names(text, match.end(), end)
        found, after = receiving(text, found, after, end)
        if found and direct and _receives(text, found[0]):
            return _joined(text, found), after
        goal = _TOWARD.search(text.f, match.end(), min(end, match.end() + 190))
        stop = _AGAIN.search(text.f, match.end(), goal.start() if goal else match.end())
        while goal and not stop:
            found, after = _bodies(text, goal.end(), end)
            near = direct or goal[0].startswith("ve") or (told and bool(_TIME_NEXT.match(text.f, after, end)))
            near &= not goal[0].startswith("voi") or match[0].startswith("bao cao")
            if found and _receives(text, found[0]) and near:
                return _joined(text, found), after
            goal = _TOWARD.search(text.f, goal.end(), min(end, match.end() + 190))
            stop = _AGAIN.search(text.f, match.end(), goal.start() if goal else match.end())
    for home in _HOME.finditer(text.f, start, end):
        found, after = names(text, home.end(), end)
        if found and text.n.startswith("về", home.start()) and _TIME_NEXT.match(text.f, after, end):
            return _joined(text, found), after
    return None


def _no_sending(text: Text, match: re.Match[str], start: int) -> bool:
    """ "gói thầu" is no "gởi"; "tham mưu UBND tỉnh trình HĐND tỉnh" is sent by another; "quy trình", "báo cáo này" are things."""
    if match[0].startswith("goi") and not text.n.startswith("gởi", match.start()):
        return True
    if match[0].startswith(("bao ", "chuyen")) and not match[0].startswith("bao cao"):
        return not text.n.startswith(("báo ", "chuyển"), match.start()) or bool(_OTHER_NEWS.match(text.f, match.end()))
    if text.s.startswith(("Để ", "Nhằm "), start) and _PURPOSE.fullmatch(text.f, start, match.start()):
        return True
    before = text.f[max(start, match.start() - 80) : match.start()]
    if match[0].startswith("trinh"):
        if re.search(r"(?:chuong|qua|quy|lo|cong|tien|giao|to|tu|lam co so(?: de)?|lam can cu(?: de)?)\s+$", before):
            return True
        presenter = _PRESENTER.search(before)
        words = presenter["words"] if presenter else ""
        at = match.start() - len(words.lstrip())
        named, after = names(text, at, match.start())
        return bool(presenter) and bool(named) and not text.s[after : match.start()].strip()
    if match[0].startswith("bao cao") and _STUDY.match(text.f, match.end()):
        return True
    thing = text.f.startswith("nay", match.end()) and _THING.search(before[-26:])
    return match[0].startswith("bao cao") and bool(thing)


_PURPOSE = re.compile(r"(?:(?!\b(?:de nghi|yeu cau|giao)\b)[^.;:]){0,90}")
""" "Để có cơ sở tổng hợp, báo cáo Bộ Nội vụ, UBND tỉnh đề nghị …": what the speaker itself will do with it."""
_PAPER = re.compile(r"\b(?:van ban|y kien|ho so|bao cao|ket qua|danh sach|so lieu|tai lieu|bien ban)\b")
_OTHER_NEWS = re.compile(r"(?:chi|dai|va|doi|giao|cap|nganh|de)\b")
_STUDY = re.compile(r"(?:nghien cuu|kinh te|tai chinh|danh gia tac dong|de xuat|quyet toan)\b")
""" "Lập báo cáo nghiên cứu khả thi … tại Khu …": a document, sent to nobody."""
_THING = re.compile(r"(?:che do|noi dung|so|don vi|mau)\W*(?:\w+\W+){0,4}$")


def _receives(text: Text, name: Name) -> bool:
    """Whether a body is one to report to: not "cấp có thẩm quyền", and no group that is only consulted."""
    folded = fold(name.text)
    if re.match(r"(?:cac )?(?:cap co tham quyen|co quan co tham quyen|cap tren|co quan chuc nang|cap )", folded):
        return False
    tokens = text.words(name.start, name.end, 3)
    return not tokens[0].lower or not DETERMINERS.match(tokens, 0)


def _joined(text: Text, found: list[Name]) -> str:
    joined = re.sub(r"\s+", " ", text.s[found[0].start : found[-1].end]).strip(" ,;.")
    return re.sub(r"\s(?:đề|dé|dê)$", "", joined)  # a worn "để"
