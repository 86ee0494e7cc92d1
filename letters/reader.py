"""A letter's text → `models.reading.Reading`: line repair, zones, heading, clauses, tasks, doubts. No clock, no database."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest

from letters.bodies import rank
from letters.bodies.expansion import Name
from letters.bodies.receivers import reports
from letters.clauses import labelled, tables
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.orders import BASES, GUIDES, MEETING, lead_in
from letters.clauses.paragraphs import Body, join
from letters.clauses.points import points
from letters.clauses.tasks import Tasks
from letters.clauses.tree import Outline, outline
from letters.doubts.astray import astray
from letters.doubts.guessed import guess
from letters.doubts.missing import missing
from letters.doubts.unread import beyond, passages, table
from letters.doubts.weighing import hardly_orders, weigh
from letters.frame import kind, secrecy
from letters.frame.bases import bases
from letters.frame.contacts import read_contact
from letters.frame.foot import read_notify, read_signer
from letters.frame.heading import Heading, read_heading
from letters.frame.phones import international
from letters.frame.recipients import read_recipients
from letters.frame.speaker import speaking
from letters.frame.standing import standing
from letters.frame.zones import Zones, divide
from letters.text.compare import flat
from letters.text.lines import Page, repair
from letters.text.syllables import worn_share
from models.reading import Contact, Doubt, ReadDeadline, Reading, ReadTask, Signer, Span
from models.reading_reasons import ORDERING


def read(text: str, *, today: dt.date | None = None, anyway: bool = False) -> Reading:
    """What this text says. Secrecy marks are looked for first; then nothing of a marked text is kept.

    `today` only serves the doubt that a deadline has passed. `anyway`: what looks like no directive but
    orders all the same is read as one, with that doubt. Never raises on any text; time grows with its length.
    """
    if secrecy.is_classified(text):
        return Reading(kind="classified", reason_code="classified")
    if len(text) > kind.LONGEST:
        return Reading(kind="unreadable", reason_code="too_long")
    page = repair(text)
    unreadable = kind.unreadable(page)
    if unreadable:
        return Reading(kind="not_directive" if unreadable == "foreign" else "unreadable", reason_code=unreadable)
    return _Letter(page, text, today).read(anyway)


class _Letter:
    """One letter on its way to a Reading."""

    def __init__(self, page: Page, source: str, today: dt.date | None) -> None:
        self.page, self.source, self.today = page, source, today
        self.tables: list[tables.Table] = tables.find(page)
        self.zones: Zones = self._divided(page)
        self.heading: Heading = read_heading(page, self.zones)
        self.recipients = read_recipients(page, self.zones.recipients)
        own = standing(page, self.zones, [text for text, _ in self.recipients])
        self.body: Body = replace(points(join(page, self.zones.body)), own=own)
        self.outline: Outline = outline(self.body)
        self.doubts: list[Doubt] = list(self.heading.doubts)
        self.spans: dict[str, Span] = dict(self.heading.spans)

    def _divided(self, page: Page) -> Zones:
        """The zones without the tables of tasks, wherever they stand."""
        zones = divide(page)
        body, foot = (tables.without(lines, page, self.tables) for lines in (zones.body, zones.foot))
        self.columnless = list(labelled.unread(page, body))
        return replace(zones, body=[line for line in body if not labelled.is_head(page, line)], foot=foot)

    def read(self, anyway: bool) -> Reading:
        recipients = self.recipients
        for i, (_, span) in enumerate(recipients):
            self.spans[f"recipients[{i}]"] = span
        self._addressed = tuple(text for text, _ in recipients)
        heading = self.heading
        context = self._context([text for text, _ in recipients])
        findings = Findings(self.body, self._issued(), self._speaker)
        drafts = tables.unannounced(Tasks(findings).read(self.outline, context), self.body, self.tables)
        self.unread = passages(findings, self.outline, drafts)
        self.astray = list(astray(findings, self.outline, drafts))
        rows = sum(len(found.rows) for found in self.tables)
        evidence = kind.Evidence(
            tasks=len(drafts) + rows,
            named=sum(bool(d.how) for d in drafts) + rows,
            timed=sum(d.deadline is not None for d in drafts),
            clauses=len(self.outline.nodes),
            upward=rank.upward(self._speaker, heading.parent, [text for text, _ in recipients]),
            downward=rank.downward(self._speaker, [text for text, _ in recipients]),
            collective=len(recipients) > 1 or any(flat(text).startswith("cac ") for text, _ in recipients),
            subject=heading.subject,
            prepares=any(d.how in ("order", "subject") and self._delivers(d) for d in drafts),
            invites=kind.invites(self.zones, heading.number),
            asked=any(d.how == "order" and self._reports(d) for d in drafts),
        )
        denied = kind.announced(self.page, self.zones, heading.number) or kind.denied(self.page, self.zones, evidence)
        if denied:
            ordered = any(d.how in ("order", "subject") for d in drafts)
            ordered &= denied != "article" or bool(evidence.timed)  # who only reports on an order seldom says by when
            if not (ordered and anyway):
                return Reading(kind="not_directive", reason_code=denied + ORDERING if ordered else denied)
            self.doubts.append(Doubt(field="kind", code="kind_anyway"))
        if evidence.invites and not evidence.timed:
            self.doubts.append(Doubt(field="kind", code="kind_invitation"))
        return self._reading(drafts, [text for text, _ in recipients])

    def _delivers(self, draft: Draft) -> bool:
        words = " ".join(self.body.f[a:b] for a, b in draft.parts)
        return bool(re.search(r"\b(?:chuan bi|bao cao|gui|xay dung|bao dam|dam bao|tham muu)\b", words))

    def _reports(self, draft: Draft) -> bool:
        words = " ".join(self.body.f[a:b] for a, b in draft.parts)
        return kind.asks(words)

    def _reading(self, drafts: list[Draft], recipients: list[str]) -> Reading:
        heading = self.heading
        tasks = [self._task(i, *pair) for i, pair in enumerate(zip_longest(drafts, drafts[1:]))]
        for found in self.tables:
            for task, doubts in tables.tasks(self.page, found, self._issued(), len(tasks)):
                tasks.append(task)
                self.doubts += doubts
        if hardly_orders(drafts):
            self.doubts.append(Doubt(field="kind", code="kind_unsure"))
        for start, end in self.unread:
            self.doubts.append(Doubt(field="tasks", code="passage_unread", span=self.body.span(start, end)))
        for start, end in self.columnless:
            self.doubts.append(Doubt(field="tasks", code="passage_unread", span=self.page.span(start, end)))
        for start, end in self.astray:
            self.doubts.append(Doubt(field="tasks", code="task_astray", span=self.body.span(start, end)))
        if worn_share(self.page.s[:_SAMPLE]) > _WORN:
            self.doubts.append(Doubt(field="tasks", code="text_worn"))
        annex = table(self.page, self.zones.foot) or beyond(self.page, self.zones.foot)
        if annex:
            self.doubts.append(Doubt(field="tasks", code="annex_unread", span=self.page.span(*annex)))
        contact = self._contact()
        signer = self._signer()
        issuer = heading.issuer or self._speaker
        doubted = {doubt.field for doubt in self.doubts}
        self.doubts += missing(
            heading, issuer, recipients, signer, doubted, titled=bool(self.zones.title), spans=self.spans
        )
        return Reading(
            kind="directive",
            number=heading.number,
            date=heading.date,
            issuer=issuer,
            parent=heading.parent,
            subject=heading.subject,
            urgency=heading.urgency,
            recipients=tuple(recipients),
            based_on=tuple(bases(self.body, 0, self._first_order(), itself=heading.number is None)),
            contact=contact,
            signer=signer,
            tasks=tuple(tasks),
            doubts=tuple(self.doubts),
            notify=read_notify(self.page, self.zones.foot),
            spans=self.spans,
            text=self.source,
        )

    def _issued(self) -> dt.date | None:
        """The issue day, or the first day of the month or year that is known of it: it gives deadlines their year."""
        date = self.heading.date
        if not date:
            return None
        parts = [int(p) for p in date.split("-")]
        return dt.date(*parts) if len(parts) == 3 else dt.date(parts[0], parts[1] if len(parts) == 2 else 1, 1)

    @cached_property
    def _speaker(self) -> str | None:
        """The body that speaks: of the letterhead, else of the lead-in ("UBND tỉnh có ý kiến như sau")."""
        if self.heading.issuer:
            return self.heading.issuer
        opening = " ".join(self.page.text(line) for line in self.zones.recipients[:3])
        dispatch = re.match(r"\W{0,8}([^:;]{4,120}?)\s+điện\s*:", opening)
        if dispatch:
            return dispatch[1]
        for paragraph in reversed(self.outline.preamble):
            found = speaking(self.body, paragraph.start, paragraph.end)
            if found:
                return found
        return None

    def _context(self, recipients: list[str]) -> Context:
        """Whom the letter addresses as a whole, and whether its preamble orders at all."""
        found = lead_in(self.body, self.outline.preamble)
        last = self.outline.preamble[-1] if self.outline.preamble else None
        words = self.body.f[last.start : last.end] if last else ""
        guidance = bool(GUIDES.search(words)) and not found.how
        plan = self.zones.title_name in ("ke hoach", "chuong trinh", "phuong an") and not found.how
        leads = found.leads or tuple(Name(text, 0, 0, False) for text in recipients)
        strict = guidance or plan or (not self.zones.formal and not found.how and not self.outline.preamble)
        meeting = kind.invites(self.zones, self.heading.number) or bool(
            MEETING.search(flat(self.heading.subject or ""))
        )
        return Context(leads, assumed=not found.how, guidance=guidance, strict=strict or meeting, meeting=meeting)

    def _runs_on(self, draft: Draft, after: Draft) -> bool:
        """ "… trước ngày 03 hằng tháng | và trước 15 giờ thứ Năm hằng tuần gửi báo cáo về Sở A": one sentence, two days."""
        joined = draft.parts[-1][1] == after.start and draft.deadline is not None and after.deadline is not None
        joined = joined and after.deadline is not None and after.deadline.start - after.start < _DAY_NEXT
        return joined and not re.search(r"[.;:]\s*$", self.body.s[draft.start : draft.end])

    def _task(self, index: int, draft: Draft, after: Draft | None = None) -> ReadTask:
        field = f"tasks[{index}]"
        text = " ".join(self.body.s[a:b].replace("\n", " ").strip() for a, b in draft.parts)
        deadline = draft.deadline.deadline if draft.deadline else ReadDeadline()
        if deadline.start and deadline.start == self._issued() and len(self.heading.date or "") < len("2026-11-20"):
            deadline = deadline.model_copy(update={"start": None, "due": None})  # the day of issue is blank
            draft.doubt("deadline", "relative_start", deadline.span)
        if self.today and deadline.due and deadline.due < self.today:
            draft.doubt("deadline", "deadline_past", deadline.span)
        weigh(draft, self.body)
        guess(draft, self.body)
        span = self.body.span(draft.start, draft.end)
        for name, code, where in draft.doubts:
            self.doubts.append(Doubt(field=f"{field}.{name}".rstrip("."), code=code, span=where or span))
        to = via = None
        for a, b in draft.parts:
            found = reports(self.body, a, b)
            to, via = to or found[0], via or found[1]
        if to is None and draft.sentence is not None and draft.end - draft.start < _SHORT:
            to, via = reports(self.body, draft.sentence, draft.end)
        if to is None and after is not None and self._runs_on(draft, after):
            to, via = reports(self.body, after.start, after.end)
        return ReadTask(
            clause=draft.clause,
            text=re.sub(r"\s+", " ", text),
            span=span,
            lead=tuple(dict.fromkeys(text for n in draft.lead for text in self._meant(n))),
            coordinate=tuple(n.text for n in draft.coordinate if n.text not in {m.text for m in draft.lead}),
            deadline=deadline,
            product=_product(text),
            report_to=to,
            report_via=via,
        )

    def _meant(self, name: Name) -> tuple[str, ...]:
        """ "Quý Sở" is the one addressee; of several nobody knows which."""
        return self._addressed if len(self._addressed) == 1 and _HONOURED.match(flat(name.text)) else (name.text,)

    def _contact(self) -> Contact | None:
        contact, span, sure = read_contact(self.body, 0, len(self.body.s))
        if contact is None:
            return None
        if span:
            self.spans["contact"] = span
        if not sure:
            self.doubts.append(Doubt(field="contact", code="contact_unsure", span=span))
        return contact.model_copy(update={"phone": international(contact.phone)})

    def _signer(self) -> Signer | None:
        signer, span = read_signer(self.page, self.zones.foot)
        if span:
            self.spans["signer"] = span
        if signer and (signer.name is None or signer.title is None):
            self.doubts.append(Doubt(field="signer", code="signer_unsure", span=span))
        return signer

    def _first_order(self) -> int:
        """Where the preamble ends."""
        ordering_node = next((n for n in self.outline.nodes if not BASES.match(self.body.f, n.start, n.own.end)), None)
        if ordering_node:
            return ordering_node.own.start
        ordering = [
            p
            for p in self.outline.preamble
            if re.match(r"\W{0,8}(?:giao|yeu cau|de nghi|kinh de nghi)\b", self.body.f[p.start : p.end])
        ]
        return ordering[0].start if ordering else len(self.body.s)


_DAY_NEXT = 45
"""Characters before the second day of a list of days."""
_SHORT = 90
"""Characters of a part of a sentence that only says when once more."""
_SAMPLE = 20_000
"""Characters by which a scan is judged."""
_WORN = 0.01
"""Share of impossible words from which a scan is poor: typed letters have a third of that at most."""
_HONOURED = re.compile(
    r"quy\s+(?:co quan|don vi|bo|so|ban|uy ban|ubnd|tinh|huyen|xa|phuong|phong|truong|hoi|nganh)\W*$"
)


def _product(text: str) -> str | None:
    match = re.search(r"(?:san pham|san pham dau ra|ket qua dau ra)\s*:\s*", flat(text))
    return re.split(r"[.;]", text[match.end() :])[0].strip() or None if match else None
