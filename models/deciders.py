"""Who decides about more time: a setting of the issuer, its leader when one is set, else the contact (domain.md)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models.moves import Case
from models.rights import confirmers, people_with
from models.settings_store import extension_decider
from models.units import Role


def deciders(session: Session, now: datetime, case: Case, authors: Collection[int | None]) -> list[int]:
    """Who may decide at this moment, the first being asked; never one who asks."""
    issuer = case.directive.issuer_unit_id
    if case.assignment.parent_id is None and issuer is not None and extension_decider(session, issuer) == "leader":
        leaders = [p for p in people_with(session, now, Role.LEADER, issuer) if p not in authors]
        if leaders:
            return leaders
    return confirmers(session, now, case.assignment, case.directive, authors)
