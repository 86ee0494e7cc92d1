"""Letters that were loaded, and those still waiting for an admin's yes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import json_field, one_of


class DirectiveState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


class Directive(SQLModel, table=True):
    """A letter whose tasks are followed up. `history`: it was past when loaded, so nothing is reminded for what had passed."""

    __table_args__ = (
        Index("ix_directive_number_issuer", "number", "issuer"),
        CheckConstraint(one_of("state", DirectiveState), name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str | None = Field(default=None, max_length=100)
    issued_on: date | None = None
    issuer: str = Field(default="", max_length=300, description="as written")
    issuer_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    subject: str = ""
    urgency: str | None = Field(default=None, max_length=20, description="khẩn, thượng khẩn, hỏa tốc")
    signer_title: str = ""
    signer_name: str = ""
    recipients: list[str] = json_field(list)
    text: str = Field(description="as extracted; spans of tasks count characters in it")
    content_hash: str = Field(max_length=64, index=True, description="SHA-256 of the folded text, hex")
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    contact_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    contact_deputy_id: int | None = Field(default=None, foreign_key="person.id")
    contact_written: str = Field(default="", description="the contact as the letter names them")
    loaded_by: int = Field(foreign_key="person.id")
    loaded_at: datetime
    history: bool = False
    amends_id: int | None = Field(default=None, foreign_key="directive.id")
    state: str = Field(default=DirectiveState.ACTIVE, max_length=10)


class DirectiveBase(SQLModel, table=True):
    """A document the letter is based on; `base_id` when that one is loaded too."""

    __table_args__ = (UniqueConstraint("directive_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    directive_id: int = Field(foreign_key="directive.id", index=True)
    number: str = Field(max_length=100, index=True)
    issued_on: date | None = None
    base_id: int | None = Field(default=None, foreign_key="directive.id", index=True)


class TaskState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Task(SQLModel, table=True):
    """One clause that orders something. `due_on` is the last allowed day; the letter's own words stand in `phrase`."""

    __table_args__ = (
        UniqueConstraint("directive_id", "clause"),
        CheckConstraint("deadline_kind IN ('date', 'recurring', 'relative', 'none')", name="deadline_kind"),
        CheckConstraint(one_of("state", TaskState), name="state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    directive_id: int = Field(foreign_key="directive.id", index=True)
    position: int = Field(description="order in the letter, from 0")
    clause: str = Field(max_length=60, description='path in the letter: "1", "2.a", "5#2"')
    text: str
    product: str = ""
    report_to: str = ""
    span_start: int = 0
    span_end: int = 0
    deadline_kind: str = Field(default="none", max_length=10)
    due_on: date | None = None
    due_time: str | None = Field(default=None, max_length=5, description="HH:MM local")
    rrule: str | None = Field(default=None, max_length=120)
    relative_days: int | None = None
    relative_working: bool = False
    starts_on: date | None = Field(default=None, description="start of a relative deadline; null until known")
    phrase: str = Field(default="", description="the exact words of the deadline")
    state: str = Field(default=TaskState.ACTIVE, max_length=10)
    next_opening_at: datetime | None = Field(
        default=None, index=True, description="when the next period of a recurring task opens"
    )
    deferred_until: date | None = None


class Part(StrEnum):
    LEAD = "lead"
    COORDINATE = "coordinate"


class TaskUnit(SQLModel, table=True):
    """A unit that leads or coordinates a task: what each new period of a recurring task is opened for."""

    __table_args__ = (
        UniqueConstraint("task_id", "unit_id"),
        CheckConstraint(one_of("part", Part), name="part"),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    part: str = Field(default=Part.LEAD, max_length=10)
    named_as: str = Field(default="", description="as the letter writes it, when that was a group or a former name")


class DraftState(StrEnum):
    PENDING = "pending"
    CREATED = "created"
    CANCELLED = "cancelled"


class Draft(SQLModel, table=True):
    """A reading that waits for its admin. `reading` is models.reading.Reading as JSON; corrections replace it."""

    __table_args__ = (CheckConstraint(one_of("state", DraftState), name="state"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reading: dict[str, Any] = json_field(dict)
    choices: dict[str, Any] = json_field(dict)
    text: str
    content_hash: str = Field(max_length=64)
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    created_at: datetime
    expires_at: datetime
    state: str = Field(default=DraftState.PENDING, max_length=10)
    directive_id: int | None = Field(default=None, foreign_key="directive.id")
