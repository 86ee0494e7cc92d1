"""A clause without parts → its tasks: one, unless actors or time limits part it ("1#1", "1#2")."""

from __future__ import annotations

import re
from dataclasses import replace

from letters.bodies.actors import Actors
from letters.bodies.anyone import shortened
from letters.bodies.expansion import Name
from letters.bodies.partners import LABELLED, LED, helpers, parted
from letters.bodies.receivers import reports
from letters.bodies.telling import asks_below
from letters.bodies.unheard import unheard_of
from letters.clauses.bracketed import bracketed
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.orders import ANSWERS, SOURCES, SPANS, VALUES
from letters.clauses.paragraphs import Body
from letters.clauses.sentences import mere_title, pieces, same, segments, topic_end
from letters.text.compare import fold
from letters.times.periods import Found

_IF = re.compile(
    r"\W{0,8}(?:khi (?:xay ra|co|phat sinh|phat hien|gap)|truong hop|neu|ngay (?:khi|sau khi) (?:xay ra|phat hien|co))\b"
)
"""What is due only if something happens is no task of its own: "Khi xảy ra sự cố phải báo cáo trong vòng 24 giờ"."""


def leaf(
    findings: Findings, clause: str, parts: list[tuple[int, int]], context: Context, *, loose: bool = False
) -> list[Draft]:
    """Tasks of the ranges of one clause. `loose`: an order may be addressed anywhere in a sentence (paragraphs)."""
    groups: list[Draft] = []
    for start, end in parts:
        topic = topic_end(findings.body, start, end)
        if SOURCES.match(findings.body.f, start, end) and not findings.times(start, end):
            continue
        for a, b in segments(findings, start, end):
            if SPANS.match(findings.body.f, a, b) and b != end:
                continue
            if VALUES.match(findings.body.f, a, b) and not groups and (b, end) != (parts[-1][1], parts[-1][1]):
                continue  # what the matter is worth, before what is to be done
            times = [f for f in findings.times(a, b) if f.start >= topic]
            if groups and _IF.match(findings.body.f, a, b):
                times = [f for f in times if f.deadline.kind != "relative"]
            _add(findings, groups, clause, (a, b), times, context, loose)
    if len(groups) == 1:
        groups = bracketed(findings, groups[0])
    if len(groups) > 1:
        for i, draft in enumerate(groups, 1):
            draft.clause = f"{clause}#{i}"
    return groups


def draft_of(findings: Findings, clause: str, parts: list[tuple[int, int]], context: Context, who: Actors) -> Draft:
    """A new task over these ranges."""
    leads, helps = parted(findings.body, who.leads)
    draft = Draft(clause, list(parts), lead=leads or list(context.lead))
    draft.how = who.how or ("inherited" if context.own else "")
    if context.own:
        draft.coordinates(list(context.coordinate))
    for a, b in parts:
        draft.coordinates([*helps, *findings.coordinates(a, b)])
    if not draft.how and (context.assumed or not draft.lead):
        draft.doubt("lead", "lead_assumed" if draft.lead else "lead_missing")
    if who.how and not who.sure:
        draft.doubt("lead", "lead_unsure")
    return draft


def _add(
    findings: Findings,
    groups: list[Draft],
    clause: str,
    segment: tuple[int, int],
    times: list[Found],
    context: Context,
    loose: bool,
) -> None:
    """Adds one segment to the last task, or begins another."""
    if groups and _helped(findings, groups[-1], segment, times):
        return
    if groups and not times and _asks_below(findings, groups[-1], segment):
        groups[-1].parts.append(segment)
        return
    who = findings.lead(*segment, own=context.own)
    if (loose or (not who.how and not context.own)) and not (groups and groups[-1].how):
        who = findings.lead_anywhere(*segment)
    if not who.how and not groups and not context.own and not loose:
        who = unheard_of(findings.body, *segment)
    if answers(findings, segment, who) and (groups or loose) and not times:
        if groups:
            groups[-1].parts.append(segment)
        return
    for i, (a, b, item) in enumerate(pieces(times, *segment)):
        if i and item and _PURPOSE.match(findings.body.f, a, b) and _collected(findings, groups, (a, b), item):
            continue
        named = who if i == 0 else Actors()
        current = groups[-1] if groups else None
        narrower = current and ((not current.how and _narrower(named, current)) or _mere_group(findings.body, current))
        if current and named.how and (narrower or _one_of(named, current)):
            _adopt(named, current)
        if current is None or (named.how and _other(named, current, timed=item is not None)):
            groups.append(draft_of(findings, clause, [(a, b)], context, named))
            if current and context.own and named.how == "order" and findings.body.s[a].islower():
                groups[-1].doubt("", "split_unsure")  # those above may ask them: "báo cáo …; đề nghị Sở A phối hợp"
            if current and current.how and all(_EACH.fullmatch(fold(t)) for t in named.texts):
                groups[-1].doubt("lead", "lead_unsure")  # "các đơn vị" may be those just named, or all addressed
        elif item and _again(findings.body, item, current, first=i == 0):
            groups.append(draft_of(findings, clause, [(a, b)], _inherit(current, context), Actors()))
            groups[-1].how = groups[-1].how or current.how
            part = i > 0 or findings.body.s[segment[0] - 2] == ";"  # "đợt 1 …; đợt 2 trước ngày …"
            groups[-1].sentence = (segment[0] if i else current.start) if part else None
        else:
            if named.how == "subject" and {fold(t) for t in named.texts} != {fold(n.text) for n in current.lead}:
                current.doubt("", "split_unsure")  # "… Ủy ban nhân dân xã A phối hợp …" under those of all communes
            current.parts.append((a, b))
            current.coordinates(findings.coordinates(a, b))
        if i == 0 and not named.how and asks_below(findings.body, a, b):
            groups[-1].doubt("lead", "lead_unsure")
        if item and groups[-1].deadline is None:
            groups[-1].time(item)


def _asks_below(findings: Findings, current: Draft, segment: tuple[int, int]) -> bool:
    """ "Sở A bàn giao học sinh …; yêu cầu giáo viên chủ nhiệm ký cam kết": the lead is to ask those below it."""
    behind = findings.body.s[segment[0] - 2] == ";" and findings.body.s[segment[0]].islower()
    return behind and current.how in ("subject", "heading", "inherited") and asks_below(findings.body, *segment)


def answers(findings: Findings, segment: tuple[int, int], who: Actors) -> bool:
    """Whether a sentence only says who answers for what is ordered."""
    return who.how == "subject" and ANSWERS.match(findings.body.f, who.end, segment[1]) is not None


_PURPOSE = re.compile(r"\W{0,4}de (?:kip thoi )?(?:tong hop|theo doi)\b[^.;]{0,60}?\b(?:bao cao|trinh|gui)\s")


def _collected(findings: Findings, groups: list[Draft], segment: tuple[int, int], item: Found) -> bool:
    """ "… gửi báo cáo về Sở Y tế trước ngày 10/12 để tổng hợp, trình UBND tỉnh trước ngày 20/12": the second day is that of
    whoever receives the first report: of an earlier task of theirs without a day, else of one of their own, in doubt."""
    last = groups[-1]
    to = reports(findings.body, *last.parts[-1])[0]
    if to is None:
        return False
    task = next((g for g in groups[:-1] if not g.deadline and [fold(n.text) for n in g.lead] == [fold(to)]), None)
    if task is None:
        task = Draft(last.clause, [], lead=[Name(to, 0, 0)], how="order")
        task.doubt("", "split_unsure")
        task.doubt("lead", "lead_unsure")
        groups.append(task)
    task.parts.append(segment)
    task.time(item)
    return True


_LED_NEAR = 2000
"""Characters: a task may have as many sentences as somebody pastes."""


def _helped(findings: Findings, current: Draft, segment: tuple[int, int], times: list[Found]) -> bool:
    """Whether a part of the clause only says who helps with the task so far; then they do."""
    if not current.how or (current.deadline and times):
        return False
    led = bool(LED.search(findings.body.f, max(current.start, current.end - _LED_NEAR), current.end))
    found = helpers(findings.body, *segment, led=led)
    if not found or (findings.body.s[segment[0] - 2] == "." and not LABELLED.match(findings.body.f, *segment)):
        return False
    current.parts.append(segment)
    current.coordinates(found)
    for time in times[:1]:
        current.time(time)
    return True


def _narrower(who: Actors, current: Draft) -> bool:
    """A clause whose first sentence is only its title names its actor now; or it names, in other words, those it
    addressed as a whole: "các Cục Thuế" of "Cục Thuế các tỉnh"."""
    own = [fold(n.text) for n in current.lead]
    named = [re.sub(r"^(?:cac|nhung) ", "", fold(t)) for t in who.texts]
    title = current.deadline is None and len(current.parts) == 1 and current.end - current.start < 160
    return title or not own or all(any(t in o for o in own) for t in named)


def _mere_group(body: Body, current: Draft) -> bool:
    """Whether a task is so far but a heading for many ("4. Các cơ quan, ban, ngành"), whom the words under it name."""
    if current.how != "heading" or len(current.parts) > 1 or not current.lead:
        return False
    if body.s[current.lead[-1].end : current.end].strip(" .:;\n"):
        return False
    title = current.lead[0].text
    if len(current.lead) > 1:
        return all(n.text[1:].islower() for n in current.lead)  # "2. Trường học, cơ sở y tế"
    return fold(title).startswith("cac ") or (", " in title and title[1:].islower())


def _one_of(who: Actors, current: Draft) -> bool:
    """Whether the words under a heading name one of its group: "8. Các Ban QLDA" – "Ban QLDA số 1 đẩy nhanh …"."""
    if current.how != "heading" or current.deadline or len(current.parts) > 1 or len(current.lead) != 1:
        return False
    group = re.match(r"cac (.+)$|(ubnd|uy ban nhan dan) cac ", fold(current.lead[0].text))
    noun = group and (group[1] or group[2])
    return bool(noun) and all(fold(t).startswith(f"{noun} ") and " cac " not in fold(t) for t in who.texts)


def _adopt(who: Actors, current: Draft) -> None:
    current.lead, current.how = list(who.leads), who.how
    current.doubts = [d for d in current.doubts if d[1] not in ("lead_assumed", "lead_missing")]


def _again(body: Body, item: Found, current: Draft, *, first: bool) -> bool:
    """Whether a time limit begins another task: a second one, or a recurring one after undated acts."""
    if current.deadline is not None:
        return not same(item, current.deadline)
    return first and item.deadline.kind == "recurring" and not mere_title(body, *current.parts[-1])


def _inherit(current: Draft, context: Context) -> Context:
    """Coordinators named together with the lead ("X chủ trì, phối hợp với Y") serve the clause's further tasks too."""
    last = max((n.end for n in current.lead), default=0)
    shared = [n for n in current.coordinate if n.start < last + 90 or n.start < current.start]
    own = context.own or bool(current.how)
    return replace(context, lead=tuple(current.lead), coordinate=tuple(shared), own=own)


def _other(who: Actors, current: Draft, *, timed: bool) -> bool:
    """Whether these actors begin another task: not the current ones, nor only a part of them."""
    own = [fold(n.text) for n in current.lead]
    many = len(own) > 1 or " cac " in f" {own[0] if own else ''} "
    again = (
        many or not timed or not all(t[:1].isupper() or fold(t).startswith("cac ") for t in who.texts)
    )  # "Các đơn vị báo cáo …": all, not this one
    if current.how and again and all(_EACH.fullmatch(fold(t)) for t in who.texts):
        return False
    if {fold(t) for t in who.texts} == set(own) or (len(own) == 1 and all(shortened(t, own[0]) for t in who.texts)):
        return False
    related = all(any(kin(fold(t), o) or fold(t) in o for o in own) for t in who.texts)
    return timed or not related


_EACH = re.compile(
    r"(?:moi|tung) [^\W\d]+(?: [^\W\d]+){0,3}"
    r"|cac (?:don vi|co quan|dia phuong|truong|phong|to|bo phan)(?: (?:nay|tren|neu tren))?"
)
"""Words for the bodies just named."""


def kin(part: str, whole: str) -> bool:
    """Whether one name only narrows a plural other: "doanh nghiep vien thong" under "cac doanh nghiep cong nghe so"."""
    if not re.match(r"cac |(?:chu tich )?(?:uy ban nhan dan|ubnd) ", whole):
        return False
    first = " ".join(re.sub(r"^(?:cac|nhung) ", "", part).split()[:2])
    governments = ("ubnd", "uy ban nhan dan")
    return first in whole or (part.startswith(governments) and any(g in whole for g in governments))
