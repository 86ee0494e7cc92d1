"""Persons, what they are in which unit, and where they can be reached."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import one_of
from models.units import Role


class Person(SQLModel, table=True):
    """Somebody who acts or is told. After erasure name, phone and e-mail are gone and `name` is the pseudonym."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    title: str = Field(default="", max_length=200)
    phone: str | None = Field(default=None, max_length=20, index=True, description="E.164")
    email: str | None = Field(default=None, max_length=200)
    language: str = Field(default="vi", max_length=2)
    consent_at: datetime | None = None
    created_at: datetime
    erased_at: datetime | None = None


class Membership(SQLModel, table=True):
    """Person, unit, role. `is_default`: of several owners the one who gets the unit's tasks."""

    __table_args__ = (
        UniqueConstraint("person_id", "unit_id", "role"),
        CheckConstraint(one_of("role", Role), name="role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: str = Field(max_length=10)
    is_default: bool = False
    until: datetime | None = Field(default=None, description="when the role ended; null while it holds")


class Address(SQLModel, table=True):
    """Where a person, or a unit's group chat, is reached on one channel.

    `token` is the public part of the bot's token (its id) or "" for e-mail; `channel:token` is the lane.
    """

    __table_args__ = (
        UniqueConstraint("channel", "token", "chat_id", "thread_id"),
        Index("ix_address_person_usable", "person_id", "position"),
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="owner"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    channel: str = Field(max_length=20, description="telegram, zalo, email")
    token: str = Field(default="", max_length=40)
    chat_id: str = Field(max_length=200, description="chat id, user id or mailbox")
    thread_id: str = Field(default="", max_length=40, description="topic of a Telegram group")
    position: int = Field(default=0, description="order of preference; 0 first")
    verified_at: datetime | None = None
    blocked_at: datetime | None = None
    blocked_reason: str = Field(default="", max_length=200)

    @property
    def lane(self) -> str:
        """Name of the sender's queue this address is served by, e.g. telegram:123456."""
        return f"{self.channel}:{self.token}"


class LinkCode(SQLModel, table=True):
    """A one-time code that ties a chat to a person or a group chat to a unit. Only its hash is kept."""

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True, max_length=64, description="SHA-256, hex")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    lane: str = Field(default="", max_length=60, description="the bot the invitation was assigned to; empty for any")
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime
    expires_at: datetime
    consumed_at: datetime | None = None


class LinkTry(SQLModel, table=True):
    """A wrong code somebody sent: guesses are counted per chat and over all chats."""

    __table_args__ = (Index("ix_linktry_chat", "lane", "chat_id", "tried_at"),)

    id: int | None = Field(default=None, primary_key=True)
    lane: str = Field(max_length=60)
    chat_id: str = Field(max_length=200)
    tried_at: datetime = Field(index=True)
