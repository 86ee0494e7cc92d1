"""What a document is: a letter that orders, or something else. Decided on evidence, before and after the tasks are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.frame.titles import TITLES
from letters.frame.zones import Zones
from letters.text.compare import flat
from letters.text.lines import Page

LONGEST = 3_000_000
"""Characters; a longer text is no letter (200 pages are about 600,000)."""


@dataclass(frozen=True)
class Evidence:
    """What was found: tasks, those naming an actor, those with a time limit, clauses; whether the letter goes up to a
    superior, whether it addresses many; `prepares`: bodies are given something to send or prepare (an invitation's only order);
    `downward`: a government writes to its own offices, which it orders even to answer somebody; `asked`: an order asks
    those addressed to report or send something; `invites`: the paper is an invitation."""

    tasks: int
    named: int
    timed: int
    clauses: int
    upward: bool
    collective: bool
    subject: str | None
    prepares: bool = False
    downward: bool = False
    asked: bool = False
    invites: bool = False


_VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
_COMMON = re.compile(
    r"\b(?:cua|cac|va|cho|theo|thuc hien|nhan dan|ngay|thang|nam|don vi|co quan|uy ban|truoc|bao cao|kinh gui|nhiem vu|cong van|giao|de nghi)\b"
)
_SYMBOLS = {
    "ttr": "reply", "bc": "reply", "gm": "invitation", "nq": "law", "qd": "law", "tt": "law", "nd": "law", "l": "law", "bb": "form", "hd": "order", "qh": "law",
    "bc-": "reply", "gd": "form", "gt": "form",
}  # fmt: skip
_ARTICLE = re.compile(
    r"anh minh hoa|\(anh\s*:|hinh tu internet|tai ve\b|theo do,|nguon\s*:|ban doc|phong vien|\bpv\b\s*$|vua (?:ky|ban hanh|co van ban|co cong van)|cho biet|\bra sao\s*\?|nhu the nao\s*\?|quy khach|bao nhieu\s*\?|luu y\s*:|"
    r"cau hoi|hoi dap|theo thong tin|chia se tai|cap nhat luc|luot xem|https?://|\\((?:bnews|ttxvn|chinhphu\\.vn|vov|vtv|bao)[^)]{0,20}\\)|nhan manh|phat bieu tai|cho hay"
    r"|(?:sang|chieu|toi|trua) (?:ngay )?\\d{1,2}[/-]\\d{1,2}|tai (?:cuoc hop|buoi lam viec|hoi nghi),"
)
_ANSWER_SUBJECT = re.compile(
    r"\W{0,8}(?:v/v\s+|ve viec\s+)?(?:tra loi|phuc dap|giai dap|trao doi ve|tham gia (?:y kien|gop y)|gop y|bao cao|giai trinh|cung cap (?:thong tin|so lieu))\b"
)
_TOLD_SUBJECT = re.compile(
    r"\W{0,8}(?:v/v\s+|ve viec\s+)?(?:tra loi|giai dap|phuc dap|giai trinh)\s+(?:(?:cac|mot so|nhung|noi dung)\s+)*"
    r"(?:y kien|kien nghi|chat van|cau hoi|phan anh|cu tri|don\b|bao chi|thac mac)"
)
"""Subjects of answers to people who ask: what was ordered meanwhile, and by when, is told to them."""
_TO_ANYBODY = re.compile(
    r"\W{0,8}(?:v/v\s+|ve (?:viec\s+)?)?(?:(?:ke hoach|to chuc)\s+)?(?:tuyen (?:dung|sinh|chon)|moi (?:thau|chao|tham gia|bao gia)|chao (?:gia|hang)"
    r"|(?:ban )?dau gia|thanh ly|lua chon (?:nha thau|to chuc|don vi)|thi tuyen|xet tuyen|tiep nhan ho so|cho thue)\b"
)
"""Subjects of notices to whoever may answer: days in them bind no office."""
_REPORT_SUBJECT = re.compile(r"\W{0,8}(?:bao cao|cung cap|tham gia|gop y|giai trinh)\b")
"""Subjects of those who report, and of those who tell others to: "V/v báo cáo tình hình …"."""
_ANSWER = re.compile(
    r"\b(?:tra loi|phuc dap)\b.{0,90}?\b(?:cong van|van ban|kien nghi|don|cau hoi|de nghi|phieu|cu tri|to trinh)|(?<!ke tu khi )(?<!ke tu ngay )(?<!tu khi )(?<!tu ngay )\bnhan duoc\b(?! (?:cong van|van ban|chi thi|thong bao|ke hoach) nay).{0,40}?\b(?:cong van|van ban|don|phieu chuyen|ho so)\b"
    r"|\b(?:co y kien|xin)\s+(?:tham gia|gop y|bao cao|tra loi)"
)
_VISITS = re.compile(
    r"\b(?:de nghi|yeu cau)\s[^.;]{3,160}\b(?:chuan bi (?:day du )?(?:ho so|tai lieu|noi dung|so lieu)|cu (?:nguoi|can bo|dai dien|thanh phan))\b"
)
"""What an answer that only explains does not ask: papers and people made ready."""
_ASKS_UP = re.compile(
    r"\bkinh (?:trinh|de nghi|mong|bao cao)[^.;]{0,120}(?:xem xet|phe duyet|quyet dinh|cho y kien|chap thuan|chi dao)|\b(?:trinh|de nghi|bao cao)\s[^.;]{0,80}xem xet,?\s*(?:quyet dinh|phe duyet|chap thuan|cho phep|cho y kien)"
)
_INVITES = re.compile(r"\b(?:tran trong\s+)?kinh moi\b[^.]{0,160}\b(?:du|tham du|tham gia|den du)\b")
_BLANKS = re.compile(r"\.{6,}|_{5,}|…{3,}")
_LAW = re.compile(r"(?m)^\W{0,8}dieu\s+\d{1,3}\s*[.:]|^\W{0,8}chuong\s+[ivx]+\b")


_STRANGE = re.compile("[^\\s\u0000-\u024f\u1e00-\u1eff\u2010-\u202f\u2500-\u25ff]")
"""Signs that no Vietnamese letter has, nor what a scan makes of one."""


def unreadable(page: Page) -> str | None:
    """Why a text cannot be read, by code, or None."""
    sample = page.s[:20000]
    letters = sum(map(str.isalpha, sample))
    if letters < 25:
        return "empty" if not page.s.strip() or letters == 0 else "garbled"
    strange = len(_STRANGE.findall(sample))
    if strange * 5 > len(sample.strip()):
        return "garbled"
    words = re.findall(r"[^\W\d_]+", page.f[:20000])
    marked = len(_VIETNAMESE.findall(page.n[:20000]))
    common = len(_COMMON.findall(page.f[:20000]))
    if marked * 25 < letters and common * 18 < len(words):
        return "foreign" if words and sum(len(w) for w in words) / len(words) < 9 and _latin(words) else "garbled"
    vowelless = sum(1 for w in words if len(w) > 3 and not re.search(r"[aeiouy]", w))
    return "garbled" if words and vowelless * 4 > len(words) else None


def _latin(words: list[str]) -> bool:
    return sum(1 for w in words if re.search(r"[aeiouy]", w)) * 3 > len(words) * 2


def announced(page: Page, zones: Zones, number: str | None) -> str | None:
    """What the paper says it is, when that is not a letter that orders: "law", "reply", "invitation", "form"."""
    if zones.title and zones.title not in ("order", "invitation"):
        return zones.title
    if number and zones.title != "order":
        symbol = flat(re.split(r"[-/]", number.lstrip("/-"), maxsplit=2)[1]) if re.search(r"\d[-/]", number) else ""
        found = _SYMBOLS.get(symbol)
        if found and found not in ("order", "invitation"):
            return found
    head = page.f[:6000]
    if len(_LAW.findall(page.f)) >= 3 and not zones.recipients:
        return "law"
    if not zones.formal and any(
        line_name in TITLES and TITLES[line_name] in ("law", "form") for line_name in [zones.title_name]
    ):
        return TITLES[zones.title_name]
    return "form" if len(_BLANKS.findall(page.s)) > 12 and len(_BLANKS.findall(head)) > 5 and not zones.foot else None


def invites(zones: Zones, number: str | None) -> bool:
    """Whether the paper is an invitation, by its title or, where a scan lost that, by the symbol in its number."""
    return zones.title == "invitation" or bool(re.search(r"[/-]gmh?\b", flat(number or "")))


def denied(page: Page, zones: Zones, found: Evidence) -> str | None:
    """Why the tasks found make no directive after all, or None."""
    if found.invites and not found.prepares:
        return "invitation"
    if found.tasks == 0:
        if _INVITES.search(page.f):
            return "invitation"
        return "reply" if _answers(page, zones, found) or _ASKS_UP.search(page.f) else "no_order"
    if found.named == 0 and not found.collective and _TO_ANYBODY.match(flat(found.subject or "")):
        return "no_order"
    if not zones.formal:
        return None if _excerpt(page, zones, found) else "article"
    if _INVITES.search(page.f) and not found.timed:
        return "invitation"
    if found.upward and (_ASKS_UP.search(page.f) or not found.timed):
        return "reply"
    told = not found.downward and bool(_TOLD_SUBJECT.match(flat(found.subject or "")))
    return "reply" if _answers(page, zones, found) and (told or not found.timed) else None


def _answers(page: Page, zones: Zones, found: Evidence) -> bool:
    """A letter that answers one: by its subject, or "nhận được Công văn … của X … có ý kiến như sau" sent to X."""
    if found.downward:
        return False
    subject = flat(found.subject or "")
    if _ANSWER_SUBJECT.match(subject):
        if found.collective and not found.upward and _REPORT_SUBJECT.match(subject) and (found.named or found.timed):
            return False  # many are written to: they are to report
        return not (found.asked and not found.upward and _REPORT_SUBJECT.match(subject))
    opening = page.f[zones.body[0].start : zones.body[0].start + 1500] if zones.body else ""
    return bool(_ANSWER.search(opening)) and not found.collective and not (found.tasks and _VISITS.search(page.f))


def _excerpt(page: Page, zones: Zones, found: Evidence) -> bool:
    """A letter's body without its heading: clauses with actors of their own, told by no reporter."""
    hints = len(_ARTICLE.findall(page.f[:60000])) + page.s[:30000].count("?") // 2
    if zones.foot and found.named:
        return hints < 4
    return hints < 2 and found.clauses > 0 and found.named * 3 >= found.tasks and bool(found.named or found.timed)


def asks(words: str) -> bool:
    """Whether an order asks for a report or an answer, and is no courtesy at the end of one."""
    return bool(_ASKED.search(words)) and not _COLLECTED.fullmatch(words)


_ASKED = re.compile(r"\b(?:bao cao|gui|cung cap|tong hop|tham gia y kien|gop y|giai trinh)\b")
_COLLECTED = re.compile(
    r"\W{0,8}(?:tran trong\s+)?kinh (?:de nghi|gui|bao cao) [^.;:]{3,90}\b(?:tong hop|xem xet|theo doi)\b[^.;:]{0,40}\W*"
)
"""The end of a letter that sends what it was asked for: "Kính đề nghị Cục Thống kê tổng hợp"."""
