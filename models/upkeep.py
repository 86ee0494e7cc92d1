"""Settings, leases, the agency's calendar, one-time links and the audit chain."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import json_field


class Setting(SQLModel, table=True):
    """A setting by name and scope: "" for the whole house, "unit:12" for an issuer."""

    __table_args__ = (UniqueConstraint("scope", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    scope: str = Field(default="", max_length=40)
    name: str = Field(max_length=60)
    value: Any = json_field(lambda: None)


class CalendarDay(SQLModel, table=True):
    """A day off, or a working day that is an exception, loaded by an agency on top of the shipped calendar."""

    day: date = Field(primary_key=True)
    kind: str = Field(max_length=4, description="off or work")
    note: str = Field(default="", max_length=200)


class Lease(SQLModel, table=True):
    """Who may do what only one may do at a time: poll a token, send on a lane. Real time, renewed while held."""

    name: str = Field(primary_key=True, max_length=80)
    holder: str = Field(max_length=80)
    until: datetime
    data: dict[str, Any] = json_field(dict)


class OneTimeLink(SQLModel, table=True):
    """A link that carries what a channel cannot: a file out, an upload in. Only the hash of its token is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str = Field(max_length=20, description="download, upload")
    data: dict[str, Any] = json_field(dict)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class Heartbeat(SQLModel, table=True):
    """A working part and when it last did its work (real time): health fails when one stops."""

    name: str = Field(primary_key=True, max_length=120)
    at: datetime
    data: dict[str, Any] = json_field(dict)


class AuditEntry(SQLModel, table=True):
    """Who did what when. Append-only; each holds the hash of the one before, so a change in the past shows."""

    __table_args__ = (Index("ix_auditentry_subject", "subject", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor_id: int | None = Field(default=None, description="person; null for the system itself")
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=40)
    subject_id: int | None = None
    detail: dict[str, Any] = json_field(dict)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)
