"""Orders in paragraphs without a number: p1, p2 … in order of appearance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.receivers import reports
from letters.bodies.telling import acted
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.leaves import leaf
from letters.clauses.orders import ANSWERS, CONVENES, DATA, closing, courteous, delivers, exhorts
from letters.clauses.paragraphs import Paragraph
from letters.clauses.sentences import sentences
from letters.text.compare import fold

_TOLD = re.compile(
    r"\bđã (?:giao|yêu cầu|đề nghị|có (?:công văn|văn bản|thông báo|ý kiến)|ban hành|chỉ đạo)\b"
    r"|Ngày \d{1,2}[^,;.]{0,30},[^.;:]{3,90}?\s(?:có|ban hành|gửi)\s+(?:văn bản|công văn|thông báo|kế hoạch|chỉ thị)\b",
    re.IGNORECASE,
)

_SENDS = re.compile(
    r"\W{0,4}(?:sau khi [^.;,]{0,60}, )?(?:(?:de nghi |xin )?(?:bao cao|gui)"
    r"|(?:bao cao|ket qua|y kien|van ban|ho so|danh sach|bien ban)\b"
    r"[^.;]{0,120}?\b(?:gui|bao cao|chuyen|nop)) [^.;]{0,120}?\b(?:ve|den|toi|cho)\s"
)


_SPECIAL = re.compile(r"\W{0,8}(?:ngoai (?:viec|cac|nhung|noi dung|ra)|rieng)\b")
""" "Ngoài việc …, Bộ đề nghị các Tập đoàn …": an order to some; the day below it is for all."""


class Loose:
    """Reads the paragraphs of one body that belong to no clause; `ordered`: there are clauses that order."""

    def __init__(self, findings: Findings, *, ordered: bool = False) -> None:
        self._findings = findings
        self._body = findings.body
        self._ordered = ordered

    def read(self, paragraphs: Sequence[Paragraph], context: Context, count: int) -> list[Draft]:
        """Orders outside the clauses: p1, p2 … in order of appearance."""
        found: list[Draft] = []
        for paragraph in paragraphs:
            ranges = sentences(self._findings, paragraph.own, paragraph.end)
            kept = [r for r in ranges if self._sentence_orders(*r) and not self._convenes(*r, context)]
            drafts = leaf(self._findings, "p", kept, context, loose=True) if kept else []
            drafts = [d for d in drafts if d.how or d.deadline or self._sends(d.start, d.end)]
            if drafts and found and self._completes(found[-1], drafts[0]):
                found[-1].parts.extend(drafts[0].parts)
                found[-1].coordinates(drafts[0].coordinate)
                if drafts[0].deadline:
                    found[-1].time(drafts[0].deadline)
                drafts = drafts[1:]
            count += bool(drafts)
            for draft in drafts:
                draft.clause = draft.clause.replace("p", f"p{count}", 1)
            found.extend(drafts)
        return found

    def _convenes(self, start: int, end: int, context: Context) -> bool:
        """ "UBND tỉnh tổ chức Hội nghị …" in an invitation, whatever is left of the convener's name above it."""
        found = CONVENES.search(self._body.f, start, min(end, start + 160))
        return context.meeting and found is not None and self._findings.lead(start, end).how != "order"

    def _completes(self, before: Draft, draft: Draft) -> bool:
        """An order and its "gửi về … trước ngày …" in the next paragraph are one task."""
        if not draft.how and not draft.deadline:
            return not before.deadline
        if _SPECIAL.match(self._body.f, before.start, before.end) and not draft.how:
            return False
        if before.deadline or not draft.deadline or draft.deadline.deadline.kind == "recurring":
            return False
        return not draft.how or {fold(n.text) for n in before.lead} == {fold(n.text) for n in draft.lead}

    def _past(self, start: int, end: int) -> bool:
        """An earlier order told again with the day it missed: "Phó Thủ tướng đã giao Bộ A …, báo cáo trước ngày …"."""
        times = self._findings.times(start, end)
        missed = bool(times) and all("deadline_not_after_issue" in found.doubts for found in times)
        return missed and bool(_TOLD.search(self._body.n, start, end))

    def _sends(self, start: int, end: int) -> bool:
        """Whether a sentence that names neither actor nor day says where the result goes: "Kết quả gửi về Sở Nội vụ"."""
        return bool(_SENDS.match(self._body.f, start, end)) and reports(self._body, start, end)[0] is not None

    def _sentence_orders(self, start: int, end: int) -> bool:
        """Whether a sentence outside the clauses orders something, and is no courtesy, background or contact."""
        text = self._body.f[start:end]
        timed = bool(self._findings.times(start, end))
        if closing(text, timed) or self._past(start, end) or (DATA.match(text) and not (timed and delivers(text))):
            return False
        found = self._findings.lead_anywhere(start, end)
        if found.how == "heading" and acted(self._body, found.end + 1, end):
            return True  # "UBND các xã, phường: Tuyên truyền …"
        if not found.how or found.how == "heading":
            dated = timed and delivers(text) and not re.match(r"\W{0,8}ngay \d", text)
            return dated or self._sends(start, end)
        rest = self._body.f[found.end : end]
        if ANSWERS.match(rest) and not timed:
            more = self._body.f.find("; ", found.end, end)  # "… chịu trách nhiệm thi hành; giao Sở A đôn đốc …"
            return more > 0 and self._sentence_orders(more + 2, end)
        if self._ordered and not timed and exhorts(found.texts[0], rest):
            return False
        return timed or not (courteous(rest) or rest.rstrip().endswith(":"))
