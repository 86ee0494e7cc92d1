"""What the reader understood of one letter: frozen values, kept in the database as JSON.

The shape follows `docs/reading.schema.json` (what `dondoc read --json` prints); a few keys more are kept for
the product's own use: spans of the heading, start and length of relative deadlines, whom a copy informs.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.reading_reasons import DOUBT_REASONS, KIND_REASONS, ORDERING

Kind = Literal["directive", "not_directive", "classified", "unreadable"]
DeadlineKind = Literal["date", "recurring", "relative", "none"]
Urgency = Literal["khẩn", "thượng khẩn", "hỏa tốc"]
Language = Literal["vi", "en"]
Span = tuple[int, int]
"""Half-open character offsets in `Reading.text`."""


class Value(BaseModel):
    """Frozen, and strict about unknown keys: a stored reading of another version fails loudly."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Doubt(Value):
    """One thing to look at. `field` is a path in the JSON ("tasks[2].deadline"), `code` is stable."""

    field: str
    code: str
    span: Span | None = None

    def reason(self, language: Language = "vi") -> str:
        """One sentence for a person."""
        return DOUBT_REASONS[self.code][0 if language == "vi" else 1]


class ReadDeadline(Value):
    """When a task is due, and in which words. The last day allowed, never the day after it.

    `relative_days` counts from `start` (None: unknown, ask), the first day not counted, in working days where
    `working_days`. `due` is filled when the start is a date in the letter and the days are calendar days.
    """

    kind: DeadlineKind = "none"
    due: dt.date | None = None
    time: str | None = None
    rrule: str | None = None
    phrase: str | None = None
    relative_days: int | None = None
    working_days: bool = False
    start: dt.date | None = None
    span: Span | None = None


class ReadTask(Value):
    """One order. `clause` is its path as in the letter ("2.a", "3 -1", "1#2"); `text` NFC, on one line.

    `lead` and `coordinate` are names as written.
    """

    clause: str
    text: str
    span: Span
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: ReadDeadline = ReadDeadline()
    product: str | None = None
    report_to: str | None = None
    report_via: str | None = None


class BaseDocument(Value):
    """A document this one rests on. `date` is ISO, perhaps partial ("2025-02"), or None."""

    number: str
    date: str | None = None


class Contact(Value):
    """Whom to ask: name without titles; phone in E.164 where it is a valid number, else as written."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


class Signer(Value):
    """Who signed: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" and the name."""

    title: str | None = None
    name: str | None = None


class Reading(Value):
    """Everything understood of one letter; only `kind` and `reason_code` are set unless a directive.

    `spans` gives the place of heading fields by name ("number", "date", "recipients[0]"); `notify` lists the
    "Nơi nhận" lines that are only informed ("(b/c)"); `text` is the text that all spans point into.
    """

    kind: Kind
    reason_code: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    parent: str | None = None
    subject: str | None = None
    urgency: Urgency | None = None
    recipients: tuple[str, ...] = ()
    based_on: tuple[BaseDocument, ...] = ()
    contact: Contact | None = None
    signer: Signer | None = None
    tasks: tuple[ReadTask, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notify: tuple[str, ...] = ()
    spans: dict[str, Span] = Field(default_factory=dict[str, Span])
    text: str = ""

    @property
    def issued(self) -> dt.date | None:
        """The issue day when it is known whole."""
        return dt.date.fromisoformat(self.date) if self.date and len(self.date) == len("2025-02-24") else None

    def reason(self, language: Language = "vi") -> str | None:
        """Why this is not a letter to act on; None for a directive."""
        if self.reason_code is None:
            return None
        return KIND_REASONS[self.reason_code][0 if language == "vi" else 1]

    @property
    def may_order(self) -> bool:
        """Refused, but a person may have it loaded all the same: a reply, say, in which something is ordered."""
        return (self.reason_code or "").endswith(ORDERING)

    def doubts_by_task(self) -> dict[int, list[Doubt]]:
        """Doubts about each task, by its index: one look at all of them, as a long plan may have thousands."""
        found: dict[int, list[Doubt]] = {}
        for doubt in self.doubts:
            if (
                doubt.field.startswith("tasks[")
                and (index := doubt.field[len("tasks[") :].partition("]")[0]).isdecimal()
            ):
                found.setdefault(int(index), []).append(doubt)
        return found

    def doubts_of(self, field: str) -> tuple[Doubt, ...]:
        """Doubts about this field or anything inside it."""
        return tuple(d for d in self.doubts if d.field == field or d.field.startswith((field + ".", field + "[")))


def to_json(reading: Reading) -> str:
    """The whole reading as kept in the database; `from_json` gives it back equal."""
    return reading.model_dump_json(exclude_defaults=True)


def from_json(text: str) -> Reading:
    """Raises pydantic's ValidationError when the text was not written by `to_json`."""
    return Reading.model_validate_json(text)


def to_schema(reading: Reading, file: str, language: Language = "vi") -> dict[str, Any]:
    """One object of `dondoc read --json`, exactly as docs/reading.schema.json describes it."""
    head: dict[str, Any] = {"file": file, "kind": reading.kind, "reason": reading.reason(language)}
    if reading.kind != "directive":
        return head
    contact, signer = reading.contact, reading.signer
    return head | {
        "number": reading.number,
        "date": reading.date,
        "issuer": reading.issuer,
        "subject": reading.subject,
        "urgency": reading.urgency,
        "recipients": list(reading.recipients),
        "based_on": [base.model_dump() for base in reading.based_on],
        "contact": contact.model_dump() if contact else None,
        "signer": signer.model_dump() if signer else None,
        "tasks": [_task_schema(task) for task in reading.tasks],
        "doubts": [_doubt_schema(doubt, language) for doubt in reading.doubts],
    }


def _task_schema(task: ReadTask) -> dict[str, Any]:
    deadline = task.deadline
    return {
        "clause": task.clause,
        "text": task.text,
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "deadline": {
            "kind": deadline.kind,
            "due": deadline.due.isoformat() if deadline.due else None,
            "time": deadline.time,
            "rrule": deadline.rrule,
            "phrase": deadline.phrase,
        },
        "product": task.product,
        "report_to": task.report_to or task.report_via,
        "span": list(task.span),
    }


def _doubt_schema(doubt: Doubt, language: Language) -> dict[str, Any]:
    span = list(doubt.span) if doubt.span else None
    return {"field": doubt.field, "reason": doubt.reason(language), "span": span}
