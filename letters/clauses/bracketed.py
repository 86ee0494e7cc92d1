"""Acts led by the body in brackets behind them: "Bệnh án điện tử (Sở Y tế), Học bạ điện tử (Sở GD&ĐT)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.bodies.telling import acted, told
from letters.clauses.drafts import Draft
from letters.clauses.findings import Findings
from letters.clauses.paragraphs import Body

_BRACKET = re.compile(r"\(\s*")
_BY_THEN = re.compile(
    r"(?:\s*[,;:–-]\s*(?:(?:trước|trong|tháng|quý|năm|ngày|xong|hoàn thành|thời)\b|\d)[^();]{0,50})?\)"
)
""" "(Công an tỉnh)", "(Công an tỉnh, trong tháng 4/2026)"."""


def bracketed(findings: Findings, draft: Draft) -> list[Draft]:
    """ "Bệnh án điện tử (Sở Y tế), Học bạ điện tử (Sở GD&ĐT)": acts led by the body in brackets after each."""
    found = list(_brackets(findings, draft)) or _dashed(findings, draft)
    if len(found) == 1 and not draft.how and not findings.body.s[found[0][1] : draft.parts[-1][1]].strip(" .;/"):
        draft.lead, draft.how = [found[0][0]], "order"  # "Tiếp tục duy trì giám sát (Sở Y tế)."
        draft.doubts = [d for d in draft.doubts if d[1] not in ("lead_assumed", "lead_missing")]
        draft.doubt("lead", "lead_unsure")
        return [draft]
    if len(found) < 2 or draft.deadline:
        return [draft]
    groups: list[Draft] = []
    a = draft.start
    for name, end in found:
        part = Draft(draft.clause, [(a, end)], lead=[name], how="order")
        part.doubt("lead", "lead_unsure")
        groups.append(part)
        a = end
    return groups


_DASH = re.compile(r"(?<=\w)\s+[-–—]\s+(?=[A-ZĐ])")
_THEN_WHEN = re.compile(
    r"\s*(?:[,;:–-]\s*(?:(?:trước|trong|tháng|quý|năm|ngày|xong|hoàn thành|thời|chậm nhất)\b|\d)[^;]{0,50})?[\s./;]*"
)


def _dashed(findings: Findings, draft: Draft) -> list[tuple[Name, int]]:
    """ "Kiểm tra công tác chuẩn bị - Văn phòng UBND tỉnh, trước 25/4/2026.": the body behind a dash at the end of an act."""
    if draft.how or len(draft.parts) != 1:
        return []
    start, end = draft.parts[0]
    dash = _DASH.search(findings.body.s, start, end)
    found, after = names(findings.body, dash.end(), end) if dash else ([], end)
    whole = len(found) == 1 and _THEN_WHEN.fullmatch(findings.body.n, after, end)
    return [(found[0], end)] if whole else []


def _does(body: Body, start: int, end: int) -> bool:
    """ "Cấm biển từ 05 giờ (Bộ Chỉ huy Quân sự tỉnh thông báo và giám sát thực hiện)": what the one in brackets is to do."""
    tells = body.f.startswith("thong bao", start + 1) or (acted(body, start, end) and not told(body, start, end))
    return tells and bool(_DOES.search(body.f, start, end))


_DOES = re.compile(
    r"\b(?:thuc hien|giam sat|chu tri|phu trach|chiu trach nhiem|thong bao|theo doi|don doc|dam nhiem)\b"
)


def _brackets(findings: Findings, draft: Draft) -> Iterator[tuple[Name, int]]:
    body = findings.body
    named = {n.end for n in (*draft.lead, *draft.coordinate)}
    for start, end in draft.parts:
        for match in _BRACKET.finditer(body.s, start, end):
            if named & {match.start(), match.start() - 1}:
                continue  # "Giao Sở Tài chính (Phòng Quản lý ngân sách) …": which part of it
            found, after = names(body, match.end(), end)
            if len(found) != 1:
                continue
            by_then = _BY_THEN.match(body.n, after, end)
            close = by_then.end() if by_then else body.s.find(")", after, end) + 1
            if by_then or (close and not body.s[close:end].strip(" ./;\n") and _does(body, after, close - 1)):
                yield found[0], close
