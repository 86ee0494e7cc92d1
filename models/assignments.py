"""One task for one unit and period: what is followed up."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.base import one_of
from models.directives import Part


class AssignmentState(StrEnum):
    """open → (received) → reported → confirmed, or returned to open. `informed`: a coordinator, never chased."""

    WAITING = "waiting"  # a relative deadline whose start is not known yet is open; waiting = period not yet open
    OPEN = "open"
    RECEIVED = "received"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    INFORMED = "informed"
    DISPUTED = "disputed"  # "not our competence": with the admin
    WITHDRAWN = "withdrawn"


class Assignment(SQLModel, table=True):
    """The only thing that can be overdue (when `part` is lead). Dates are local days, instants are UTC."""

    __table_args__ = (
        UniqueConstraint("task_id", "unit_id", "period", "sub"),
        CheckConstraint(one_of("state", AssignmentState), name="state"),
        CheckConstraint(one_of("part", Part), name="part"),
        Index("ix_assignment_next_reminder_at", "next_reminder_at", "owner_id"),
        Index("ix_assignment_owner_state", "owner_id", "state"),
        Index("ix_assignment_unit_state", "unit_id", "state"),
        # Few have one; an index of all would be written anew with every step told.
        Index(
            "ix_assignment_parent_id",
            "parent_id",
            sqlite_where=text("parent_id IS NOT NULL"),
            postgresql_where=text("parent_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    unit_id: int = Field(foreign_key="unit.id")
    part: str = Field(default=Part.LEAD, max_length=10)
    period: str = Field(default="", max_length=20, description='key of the period of a recurring task, "" otherwise')
    sub: int = Field(default=0, description="0 for the unit's own, 1… for what it gave on within the unit")
    owner_id: int | None = Field(
        default=None, foreign_key="person.id", description="null: nobody registered in the unit"
    )
    parent_id: int | None = Field(default=None, foreign_key="assignment.id")
    note: str = Field(default="", description="what a sub-assignment asks for")
    opened_on: date
    baseline_due_on: date | None = Field(default=None, description="the first deadline; never changed")
    due_on: date | None = Field(default=None, description="current deadline, last allowed day")
    due_time: str | None = Field(default=None, max_length=5)
    review_on: date | None = Field(default=None, description="untimed tasks: day of the next review line")
    state: str = Field(default=AssignmentState.OPEN, max_length=10)
    next_reminder_at: datetime | None = None
    last_step: str = Field(default="", max_length=20, description="the last ladder step told")
    last_step_on: date | None = None
    snoozed_until: date | None = None
    received_at: datetime | None = None
    reported_at: datetime | None = Field(default=None, description="time of the report that stands")
    confirmed_at: datetime | None = None
    opened_late: bool = Field(default=False, description="was past when loaded: history, not chased")


class NumberUse(StrEnum):
    ACT = "act"  # own task
    CONFIRM = "confirm"  # a report that waits for this contact
    ASSIGN = "assign"  # a task of the unit this head may give to somebody
    DECIDE = "decide"  # an extension that waits for this person's opinion or decision


class ShortNumber(SQLModel, table=True):
    """The number a person sees for an item until it is closed; not reused for 30 days after."""

    __table_args__ = (
        Index(
            "uq_shortnumber_open",
            "person_id",
            "n",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        UniqueConstraint("person_id", "assignment_id", "use"),
        CheckConstraint(one_of("use", NumberUse), name="use"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    n: int
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    use: str = Field(default=NumberUse.ACT, max_length=10)
    opened_at: datetime
    closed_at: datetime | None = None


class Audience(StrEnum):
    """As what somebody is told of an assignment."""

    OWNER = "owner"
    STAND_IN = "stand_in"  # told in the place of an owner who has no address
    COORDINATOR = "coordinator"
    HEAD = "head"  # head of the unit that is late
    CONTACT = "contact"
    ISSUER = "issuer"  # leader of the issuing office
    WITNESS = "witness"  # head: what was reported in the unit's name


class Reminder(SQLModel, table=True):
    """One line somebody is to be told, planned when its step comes due and tied to the Event that tells it.

    `event_id` is null until the person's digest is raised; both are written in one transaction. Unique by assignment,
    step, day and person: a step is told once.
    """

    __table_args__ = (
        UniqueConstraint("assignment_id", "step", "day", "person_id"),
        # What waits for its person's next digest.
        Index(
            "ix_reminder_untold",
            "person_id",
            "due_at",
            sqlite_where=text("event_id IS NULL"),
            postgresql_where=text("event_id IS NULL"),
        ),
        # Partial, so that no planner takes it for the few that wait.
        Index(
            "ix_reminder_told",
            "event_id",
            sqlite_where=text("event_id IS NOT NULL"),
            postgresql_where=text("event_id IS NOT NULL"),
        ),
        CheckConstraint(one_of("audience", Audience), name="audience"),
    )

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    step: str = Field(max_length=20)
    day: date
    person_id: int = Field(foreign_key="person.id")
    audience: str = Field(default=Audience.OWNER, max_length=12)
    due_at: datetime
    event_id: int | None = Field(default=None, foreign_key="event.id")
    created_at: datetime
