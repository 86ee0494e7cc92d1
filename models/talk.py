"""What has been answered already, and what the bot is waiting to hear."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import json_field


class Seen(SQLModel, table=True):
    """An update whose effects are committed. Written in the same transaction: inbound is at-least-once, effects once.

    `answer` is the reply (a Reply as JSON) until `answered_at`, so a bot killed in between answers on its return.
    """

    __table_args__ = (
        UniqueConstraint("lane", "update_id"),
        Index("ix_seen_seen_at", "seen_at"),
        Index(
            "ix_seen_unanswered",
            "lane",
            "seen_at",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    lane: str = Field(max_length=60)
    update_id: str = Field(max_length=120)
    seen_at: datetime
    chat_id: str = Field(default="", max_length=200)
    answer: dict[str, Any] | None = json_field(lambda: None)
    answered_at: datetime | None = None
    messages: int = Field(default=0, description="what the vendor was given in answer; parts of a long text count each")


class InHand(SQLModel, table=True):
    """An update that takes long to carry out, as the vendor gave it: here it is safe, so the vendor may hand out the next.

    Gone as soon as it is done. Never a text that may be a letter: that is looked through for secrecy marks first.
    """

    __table_args__ = (UniqueConstraint("lane", "update_id"),)

    id: int | None = Field(default=None, primary_key=True)
    lane: str = Field(max_length=60)
    update_id: str = Field(max_length=120)
    raw: str
    kept_at: datetime


class Sent(SQLModel, table=True):
    """A message of the bot in a chat and what it is about, so that a reply to it or a press under it finds its matter."""

    __table_args__ = (
        UniqueConstraint("lane", "chat_id", "message_id"),
        Index("ix_sent_subject", "subject", "subject_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lane: str = Field(max_length=60)
    chat_id: str = Field(max_length=200)
    message_id: str = Field(max_length=80)
    subject: str = Field(max_length=20, description="event, draft, list, question …")
    subject_id: int = 0
    data: dict[str, Any] = json_field(dict)
    sent_at: datetime


class Dialogue(SQLModel, table=True):
    """A question the bot has asked somebody; a bare answer within 15 minutes answers the last one."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    lane: str = Field(default="", max_length=60)
    chat_id: str = Field(default="", max_length=200)
    kind: str = Field(max_length=40)
    data: dict[str, Any] = json_field(dict)
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
