"""The figures of a report period: who had to do what, and where it stood at the cut-off.

Everything is computed from what has a time of its own (reports, verdicts, extensions), so the figures of a past period come
out the same whenever they are asked for. Buckets and columns: domain.md "Following up".
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from models.clock import TIMEZONE, end_of_day, local
from models.periods import Period
from reports.collation import alphabetical


class Bucket(StrEnum):
    """The five official buckets."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    UNTIMED = "untimed"


URGENCY_ORDER = (Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME, Bucket.UNTIMED, Bucket.DONE_LATE, Bucket.DONE_IN_TIME)
"""Worst first: a unit shows the worst bucket it has something in."""


class Note(StrEnum):
    """What the last column adds."""

    WAITING = "waiting"  # reported, waits for confirmation
    EXTENDED = "extended"
    RECORDED = "recorded"  # ghi nhận thay
    DISPUTED = "disputed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment of a lead unit at `Summary.as_of`. Dates are local last allowed days."""

    assignment_id: int
    task_id: int
    number: str
    issued_on: date | None
    clause: str
    text: str
    period: str
    unit_id: int
    unit: str
    unit_kind: str
    coordinators: tuple[str, ...]
    product: str
    baseline: date | None
    due: date | None
    bucket: Bucket
    reported_at: datetime | None
    confirmed_at: datetime | None
    result: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's counts by bucket, in the order of `Bucket`."""

    unit_id: int
    name: str
    kind: str
    counts: tuple[int, ...]
    unanswered: int = 0
    """Open assignments nothing has been reported for."""

    @property
    def awaits_verdict(self) -> bool:
        """Everything open is reported and waits for confirmation."""
        return not self.unanswered and self.worst in (Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME, Bucket.UNTIMED)

    @property
    def worst(self) -> Bucket:
        """The bucket the unit is shown in."""
        order = list(Bucket)
        return next(bucket for bucket in URGENCY_ORDER if self.counts[order.index(bucket)])


class TaskFigure(NamedTuple):
    """How many units have reported on a task; one for each period of a recurring one."""

    task_id: int
    number: str
    clause: str
    period: str
    reported: int
    units: int


@dataclass(frozen=True)
class Summary:
    """The rows one viewer may see. `as_of`: the cut-off's end, or now when that is earlier (UTC)."""

    period: Period
    as_of: datetime
    rows: tuple[Row, ...]

    @cached_property
    def counts(self) -> dict[Bucket, int]:
        """Assignments by bucket; every bucket is there."""
        found = Counter(row.bucket for row in self.rows)
        return {bucket: found[bucket] for bucket in Bucket}

    @cached_property
    def waiting(self) -> int:
        """Assignments reported and not yet judged."""
        return sum(Note.WAITING in row.notes for row in self.rows)

    @cached_property
    def by_unit(self) -> list[UnitLine]:
        """Units by name, in the order of the Vietnamese alphabet."""
        counted: dict[int, Counter[Bucket]] = {}
        unanswered = Counter[int]()
        names: dict[int, tuple[str, str]] = {}
        for row in self.rows:
            counted.setdefault(row.unit_id, Counter())[row.bucket] += 1
            names[row.unit_id] = (row.unit, row.unit_kind)
            unanswered[row.unit_id] += row.reported_at is None
        lines = [
            UnitLine(unit_id, *names[unit_id], tuple(counts[bucket] for bucket in Bucket), unanswered[unit_id])
            for unit_id, counts in counted.items()
        ]
        return sorted(lines, key=lambda line: alphabetical(line.name))

    @cached_property
    def by_task(self) -> list[TaskFigure]:
        """Per task and period."""
        done: dict[tuple[int, str], list[int]] = {}
        heads: dict[tuple[int, str], Row] = {}
        for row in self.rows:
            key = (row.task_id, row.period)
            heads.setdefault(key, row)
            pair = done.setdefault(key, [0, 0])
            pair[0] += row.reported_at is not None
            pair[1] += 1
        return [
            TaskFigure(key[0], heads[key].number, heads[key].clause, key[1], reported, units)
            for key, (reported, units) in done.items()
        ]


def as_of(period: Period, now: datetime) -> datetime:
    """The instant the figures of the period are taken at."""
    return min(now, end_of_day(period.end, TIMEZONE) - timedelta(microseconds=1))


def bucket_of(
    due: date | None, due_time: str | None, reported_at: datetime | None, *, confirmed: bool, at: datetime
) -> Bucket:
    """Lateness goes by the time of the report that stands (confirmed, or waiting), else by `at`."""
    if confirmed:
        late = due is not None and reported_at is not None and is_past(due, due_time, reported_at)
        return Bucket.DONE_LATE if late else Bucket.DONE_IN_TIME
    if due is None:
        return Bucket.UNTIMED
    return Bucket.OPEN_LATE if is_past(due, due_time, reported_at or at) else Bucket.OPEN_IN_TIME


def is_past(due: date, due_time: str | None, at: datetime) -> bool:
    """Whether `at` is after the last allowed day, or on it after its hour."""
    moment = local(at)
    if moment.date() != due:
        return moment.date() > due
    return due_time is not None and f"{moment:%H:%M}" > due_time
