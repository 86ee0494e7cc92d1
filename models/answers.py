"""What owners answer: reports with their evidence, and requests for more time."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.base import one_of


class Verdict(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Report(SQLModel, table=True):
    """An owner's "done". Complete only when the contact confirms. `recorded_by`: entered for the unit (ghi nhận thay)."""

    __table_args__ = (
        CheckConstraint(one_of("verdict", Verdict), name="verdict"),
        Index("ix_report_assignment_verdict", "assignment_id", "verdict"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    author_id: int = Field(foreign_key="person.id")
    text: str = ""
    document_number: str = Field(default="", max_length=100)
    document_date: date | None = None
    reported_at: datetime
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    verdict: str = Field(default=Verdict.PENDING, max_length=10)
    verdict_by: int | None = Field(default=None, foreign_key="person.id")
    verdict_at: datetime | None = None
    verdict_reason: str = ""


class StoredFile(SQLModel, table=True):
    """A file somebody sent: kept under the data folder by its hash; name and type are only what was claimed and sniffed."""

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(max_length=64, index=True)
    size: int = Field(description="bytes")
    name: str = Field(default="", max_length=255)
    media_type: str = Field(default="application/octet-stream", max_length=120)
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class Evidence(SQLModel, table=True):
    """One piece of evidence of a report."""

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    file_id: int = Field(foreign_key="storedfile.id")
    caption: str = ""
    created_at: datetime


class ExtensionState(StrEnum):
    ASKED = "asked"
    COUNTERED = "countered"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Extension(SQLModel, table=True):
    """A request for more time. One open at a time per assignment; the baseline deadline stays beside the new one."""

    __table_args__ = (
        CheckConstraint(one_of("state", ExtensionState), name="state"),
        Index("ix_extension_assignment_state", "assignment_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    ordinal: int = Field(description="1 for the first of this assignment; the third is flagged")
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    wanted_on: date
    reason: str
    opinion: str = Field(default="", max_length=10, description="agree, disagree or empty")
    opinion_by: int | None = Field(default=None, foreign_key="person.id")
    opinion_at: datetime | None = None
    opinion_reason: str = ""
    decider_id: int | None = Field(
        default=None, foreign_key="person.id", index=True, description="whose decision is awaited"
    )
    state: str = Field(default=ExtensionState.ASKED, max_length=10)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    decided_on: date | None = Field(default=None, description="the deadline granted or proposed")
    decision_reason: str = ""
    decision_document: str = Field(default="", max_length=100)
