"""The outbox. An Event's row *is* the message; it stays until it is settled."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, FromClause, Index, Table, literal_column, text
from sqlmodel import Field, SQLModel

from models.base import json_field, one_of


class EventState(StrEnum):
    WAITING = "waiting"
    FORWARDED = "forwarded"
    CLAIMED = "claimed"
    SETTLED = "settled"
    SUPERSEDED = "superseded"
    FAILED = "failed"


class Priority:
    """Smaller goes first."""

    URGENT = 0
    ANSWER = 3  # something a person waits for: a report to confirm, a verdict
    DIGEST = 5
    BULK = 8


class EventKind(StrEnum):
    """What is told. The renderer of each stands in bot/render; `data` holds ids only, never names, phones or texts."""

    DIGEST = "digest"  # {"date", "part", "parts", "items": [{"assignment", "step", "as", "others"?: [id…]}]}
    URGENT = "urgent"  # {"assignments": [id…]} an urgent letter: alone and at once
    REPORTED = "reported"  # {"contact": person} reports that wait for this contact, bundled
    CONFIRMED = "confirmed"  # {"report": id}
    RETURNED = "returned"  # {"report": id}
    RECORDED = "recorded"  # {"report": id} an answer entered for the unit
    EXTENSION_ASKED = "extension_asked"  # {"extension": id} to contact (opinion) and decider
    EXTENSION_DECIDED = "extension_decided"  # {"extension": id} to the owner
    DISPUTED = "disputed"  # {"assignment": id, "reason_audit": id} to the admin
    ASSIGNED = "assigned"  # {"assignment": id, "by": person, "left"?: True to whom it was taken from}
    AMENDED = "amended"  # {"task": id, "audit": id}
    WITHDRAWN = "withdrawn"  # {"task": id, "audit": id}
    URGED = "urged"  # {"assignment": id, "by": person} /dondoc
    DEPUTED = "deputed"  # {"letters": [id…], "by": person, "begins": bool} who stands in for a contact, or no longer
    PERIOD = "period"  # {"period": "2026-Q4"} the leader's picture after a cut-off
    ALERT = "alert"  # {"code", …} something admins must know: failures, quota, circuit, unlinked
    GROUP_DIGEST = "group_digest"  # {"unit": id, "date"} to a unit's group chat


class Event(SQLModel, table=True):
    """One message to one recipient. Leases (`forwarded_until`, `claimed_until`) are real time; the rest is business time."""

    __table_args__ = (
        CheckConstraint(one_of("state", EventState), name="state"),
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="recipient"),
        # What is taken next from a lane.
        Index(
            "ix_event_waiting",
            "lane",
            "priority",
            "due_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        # When the next one comes due.
        Index(
            "ix_event_available",
            "available_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_event_failed",
            "settled_at",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
        # What is on the road, counted per lane. No lease in it: renewing one touches no index.
        Index(
            "ix_event_road",
            "lane",
            sqlite_where=text("state IN ('forwarded', 'claimed')"),
            postgresql_where=text("state IN ('forwarded', 'claimed')"),
        ),
        # One per recipient on the road, in their order.
        Index("ix_event_person", "person_id", "state", "priority", "due_at"),
        Index(
            "ix_event_unit",
            "unit_id",
            "state",
            "priority",
            "due_at",
            sqlite_where=text("unit_id IS NOT NULL"),
            postgresql_where=text("unit_id IS NOT NULL"),
        ),
        Index("ix_event_kind_date", "kind", "business_date"),
        {"postgresql_with": {"fillfactor": "50"}},  # room for its next version in the same page
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=200, description="e.g. digest:12:2026-12-02:1")
    kind: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", description="a unit's group chat")
    data: dict[str, Any] = json_field(dict)
    business_date: date
    lane: str = Field(default="", max_length=60, description='"channel:token"; "" while the recipient has no address')
    priority: int = Priority.DIGEST
    created_at: datetime
    due_at: datetime = Field(description="when it was first to go; keeps its place in the recipient's order")
    available_at: datetime = Field(description="not before; a failed try moves it forward")
    state: str = Field(default=EventState.WAITING, max_length=10)
    forwarded_until: datetime | None = None
    claimed_by: str = Field(default="", max_length=80)
    claimed_until: datetime | None = None
    attempts: int = 0
    settled_at: datetime | None = None
    last_error: str = Field(default="", max_length=300)


class DeliveryState(StrEnum):
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    SKIPPED = "skipped"


class Delivery(SQLModel, table=True):
    """An Event on its way to one address. Unique per event and address: known outcomes are never sent twice."""

    __table_args__ = (
        CheckConstraint(one_of("state", DeliveryState), name="state"),
        Index("uq_delivery_event_address", "event_id", "address_id", unique=True),
        Index("ix_delivery_lane_started", "lane", "started_at"),
        Index(
            "ix_delivery_ambiguous",
            "id",
            sqlite_where=text("ambiguous_times > 0"),
            postgresql_where=text("ambiguous_times > 0"),
        ),
        {"postgresql_with": {"fillfactor": "60"}},  # as above
    )

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    address_id: int = Field(foreign_key="address.id", index=True)
    lane: str = Field(max_length=60)
    chat_id: str = Field(default="", max_length=200)
    state: str = Field(default=DeliveryState.SENDING, max_length=10)
    tries: int = 1
    ambiguous_times: int = 0
    vendor_ids: list[str] = json_field(list)
    error: str = Field(default="", max_length=300)
    started_at: datetime = Field(description="real time")
    finished_at: datetime | None = None
    sent_text_hash: str = Field(default="", max_length=64)


EVENTS: Table = SQLModel.metadata.tables["event"]
DELIVERIES: Table = SQLModel.metadata.tables["delivery"]


def in_state(*states: EventState, table: FromClause = EVENTS) -> ColumnElement[bool]:
    """SQL with the states spelled out: a prepared statement with parameters in their place cannot use a partial index."""
    spelled = [literal_column(f"'{state}'") for state in states]
    return table.c.state == spelled[0] if len(spelled) == 1 else table.c.state.in_(spelled)
