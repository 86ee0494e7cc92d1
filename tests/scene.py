"""One letter with a contact and a deputy, one dated task, one unit with owner, colleague and head."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models import life
from models.answers import Report
from models.assignments import Assignment
from models.errors import Refused
from models.events import Event, EventKind
from models.units import Role
from tests.town import MONDAY, Town

DUE = MONDAY + timedelta(days=11)  # Friday of next week


@dataclass
class Scene:
    """A letter with a contact and a deputy, one dated task of one unit with owner and head."""

    session: Session
    town: Town
    admin: int
    contact: int
    deputy: int
    unit: int
    owner: int
    colleague: int
    head: int
    letter: int
    assignment: int

    def events(self, kind: EventKind) -> list[Event]:
        return list(self.session.exec(select(Event).where(Event.kind == kind).order_by(col(Event.id))))

    def now_is(self) -> Assignment:
        found = self.session.get(Assignment, self.assignment, populate_existing=True)
        assert found
        return found

    def report(self, **more: Any) -> Report:
        return life.report(self.session, self.town.now, self.owner, self.assignment, **more)


def build(session: Session, **letter: Any) -> Scene:
    town = Town(session)
    office, unit = town.unit("Văn phòng", "văn phòng"), town.unit("Sở Xây dựng")
    admin = town.person("Văn thư", office, Role.ADMIN)
    contact, deputy = town.person("Đầu mối", office, Role.OWNER), town.person("Phó đầu mối", office)
    owner, head = town.person("Chuyên viên", unit, Role.OWNER), town.person("Giám đốc", unit, Role.HEAD)
    colleague = town.person("Đồng nghiệp", unit, Role.DEPUTY)
    letter_id = town.letter(admin, contact_id=contact, contact_deputy_id=deputy, **letter)
    made = town.opened(letter_id, [unit], due_on=DUE)[0]
    return Scene(session, town, admin, contact, deputy, unit, owner, colleague, head, letter_id, made.id or 0)


def refused(code: str, call: Callable[..., object], *args: Any, **kwargs: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    return caught.value
