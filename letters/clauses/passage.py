"""Words that an admin says are a task: a passage the reader left out, or a sentence typed in. Who and by when as in a clause."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from letters.bodies.expansion import Name
from letters.bodies.receivers import reports
from letters.clauses.drafts import Context, Draft
from letters.clauses.findings import Findings
from letters.clauses.leaves import leaf
from letters.clauses.paragraphs import Body, join
from letters.text.lines import repair
from models.reading import ReadDeadline, ReadTask, Span

Codes = tuple[tuple[str, str], ...]
"""Doubts about a task: (field, code)."""


def as_tasks(
    words: str, span: Span, *, addressed: Sequence[str] = (), speaker: str | None = None, issued: dt.date | None = None
) -> list[tuple[ReadTask, Codes]]:
    """The tasks in these words, one unless they name several bodies or days; none when they hold no letter or digit.

    `span`: their place in the letter, (0, 0) for none; `addressed`: who acts where they name nobody; `speaker`: who
    orders and so never acts; `issued` gives days their year.
    """
    page = repair(words)
    body = join(page, page.lines)
    if not re.search(r"\w", body.s):
        return []
    findings = Findings(body, issued, speaker)
    context = Context(tuple(Name(text, 0, 0, False) for text in addressed), assumed=True)
    start = min((p.own for p in body.paragraphs), default=0)
    drafts = leaf(findings, "", [(start, len(body.s))], context, loose=True)
    return [_task(draft, body, span) for draft in drafts]


def _task(draft: Draft, body: Body, span: Span) -> tuple[ReadTask, Codes]:
    parts = draft.parts
    to, via = next((found for found in (reports(body, *part) for part in parts) if any(found)), (None, None))
    deadline = draft.deadline.deadline if draft.deadline else ReadDeadline()
    lead = tuple(name.text for name in draft.lead)
    task = ReadTask(
        clause="",
        text=re.sub(r"\s+", " ", " ".join(body.s[a:b] for a, b in parts)).strip(),
        span=span,
        lead=lead,
        coordinate=tuple(name.text for name in draft.coordinate if name.text not in lead),
        deadline=deadline.model_copy(update={"span": None}),
        report_to=to,
        report_via=via,
    )
    return task, tuple((name, code) for name, code, _ in draft.doubts if name)


__all__ = ["Codes", "as_tasks"]
