"""The ladder: which steps remind whom, as data an issuer can change (domain.md "Following up").

Kept as JSON in the settings. What follows from it for one assignment is decided in `models.steps`. Nobody in it is
the Chairman of the province: the chain ends at the contact and the issuing office, and no setting leads further.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, cast

from models.assignments import Audience
from models.workdays import OFFICE_HOURS, Calendar, Hours

CHOICES = (Audience.OWNER, Audience.COORDINATOR, Audience.HEAD, Audience.CONTACT, Audience.ISSUER)
"""Who a step can be for, in the order of escalation."""

FARTHEST = 60
"""Working days before or after the deadline."""

Told = tuple[Audience, ...]


class LadderError(ValueError):
    """Thang nhắc việc có chỗ chưa đúng · The ladder has mistakes. One line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Rung:
    """A step `days` working days from the deadline: before it when negative, on the day when 0."""

    days: int
    audience: Told

    @property
    def name(self) -> str:
        """ "d-7", "d0", "d+1": kept with the reminder."""
        return f"d{self.days:+d}" if self.days else "d0"


@dataclass(frozen=True, slots=True)
class Ladder:
    """An issuer's policy. An empty audience means that step is not taken.

    `new`: the next morning's digest (urgent marks: at once); `weekly`: every seven days after the last rung;
    `review`: untimed tasks, at the report cut-off; `hours`: outside them nothing is sent, but urgent first notices;
    `urgent`: the marks that make a letter urgent.
    """

    rungs: tuple[Rung, ...] = (
        Rung(-7, (Audience.OWNER,)),
        Rung(-3, (Audience.OWNER,)),
        Rung(-1, (Audience.OWNER,)),
        Rung(0, (Audience.OWNER,)),
        Rung(1, (Audience.OWNER, Audience.HEAD)),
        Rung(3, (Audience.CONTACT, Audience.ISSUER)),
    )
    new: Told = (Audience.OWNER, Audience.COORDINATOR)
    weekly: Told = (Audience.OWNER, Audience.HEAD, Audience.CONTACT)
    review: Told = (Audience.OWNER,)
    hours: Hours = OFFICE_HOURS
    urgent: frozenset[str] = frozenset({"khẩn", "thượng khẩn", "hỏa tốc"})

    def is_urgent(self, mark: str | None) -> bool:
        """Whether a letter with that urgency mark is told at once."""
        return mark is not None and _plain(mark) in self.urgent

    def office(self, calendar: Calendar) -> Calendar:
        """The calendar with this ladder's hours."""
        return calendar if calendar.hours == self.hours else replace(calendar, hours=self.hours)

    def to_json(self) -> dict[str, Any]:
        """As kept in the settings and shown to admins; `ladder_from_json` reads it back."""
        return {
            "steps": [{"days": rung.days, "audience": _names(rung.audience)} for rung in self.rungs],
            "new": _names(self.new),
            "weekly": _names(self.weekly),
            "review": _names(self.review),
            "hours": [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in self.hours],
            "urgent": sorted(self.urgent),
        }


DEFAULT_LADDER = Ladder()


def ladder_from_json(value: object) -> Ladder:
    """The ladder of a setting; what is left out is the default. Raises LadderError naming every mistake."""
    if not isinstance(value, dict):
        raise LadderError(["Thang nhắc việc phải là một đối tượng JSON · The ladder must be a JSON object"])
    given = cast("dict[str, object]", value)
    reader = _Reader()
    known = {"steps", "new", "weekly", "review", "hours", "urgent"}
    for name in sorted(given.keys() - known):
        reader.problem(name, "không có mục này", "there is no such entry")
    default = DEFAULT_LADDER
    ladder = Ladder(
        rungs=reader.rungs(given["steps"]) if "steps" in given else default.rungs,
        new=reader.audience("new", given["new"]) if "new" in given else default.new,
        weekly=reader.audience("weekly", given["weekly"]) if "weekly" in given else default.weekly,
        review=reader.audience("review", given["review"]) if "review" in given else default.review,
        hours=reader.hours(given["hours"]) if "hours" in given else default.hours,
        urgent=reader.marks(given["urgent"]) if "urgent" in given else default.urgent,
    )
    if reader.problems:
        raise LadderError(reader.problems)
    return ladder


class _Reader:
    """Reads the parts and gathers what is wrong with them, so that an admin sees all of it at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def problem(self, place: str, vi: str, en: str) -> None:
        self.problems.append(f"{place}: {vi} · {en}")

    def rungs(self, value: object) -> tuple[Rung, ...]:
        rungs: dict[int, Rung] = {}
        for number, item in enumerate(self.items("steps", value), start=1):
            place = f"steps {number}"
            step = cast("dict[str, object]", item) if isinstance(item, dict) else {}
            days = step.get("days")
            if step.keys() != {"days", "audience"} or not isinstance(days, int) or isinstance(days, bool):
                self.problem(place, "phải có days (số nguyên) và audience", "needs days (a whole number) and audience")
            elif abs(days) > FARTHEST:
                self.problem(place, f"days phải từ -{FARTHEST} đến {FARTHEST}", f"days must be within ±{FARTHEST}")
            elif days in rungs:
                self.problem(place, f"bước {days} có hai lần", f"step {days} is there twice")
            else:
                rungs[days] = Rung(days, self.audience(place, step["audience"], needed=True))
        return tuple(rungs[days] for days in sorted(rungs))

    def audience(self, place: str, value: object, *, needed: bool = False) -> Told:
        items = self.items(place, value)
        if unknown := [str(item) for item in items if item not in CHOICES]:
            vi = f"không nhắc được {', '.join(unknown)}; chỉ chọn trong {', '.join(CHOICES)}"
            self.problem(place, vi, f"cannot remind {', '.join(unknown)}; choose from {', '.join(CHOICES)}")
        if needed and not items:
            self.problem(place, "phải có người được nhắc", "somebody must be reminded")
        return tuple(choice for choice in CHOICES if choice in items)

    def hours(self, value: object) -> Hours:
        spans: list[tuple[time, time]] = []
        try:
            for item in self.items("hours", value):
                start, end = cast("list[str]", item)
                spans.append((time.fromisoformat(start), time.fromisoformat(end)))
            return Calendar(hours=tuple(spans)).hours
        except (ValueError, TypeError):
            example = '[["08:00", "11:30"], ["13:30", "17:00"]]'
            self.problem("hours", f"phải như {example}, tăng dần", f"must look like {example}, in order")
            return OFFICE_HOURS

    def marks(self, value: object) -> frozenset[str]:
        items = self.items("urgent", value)
        if not all(isinstance(item, str) and item.strip() for item in items):
            self.problem("urgent", "phải là danh sách dấu độ khẩn", "must be a list of urgency marks")
        return frozenset(_plain(str(item)) for item in items)

    def items(self, place: str, value: object) -> list[object]:
        if isinstance(value, list):
            return cast("list[object]", value)
        self.problem(place, "phải là một danh sách", "must be a list")
        return []


def _names(audience: Told) -> list[str]:
    return [str(one) for one in audience]


def _plain(mark: str) -> str:
    return " ".join(unicodedata.normalize("NFC", mark).lower().replace("hoả", "hỏa").split())
