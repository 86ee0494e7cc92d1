"""Whether an issuer orders a unit or asks a peer (domain.md: a sở that "đề nghị" its peers orders nobody)."""

from __future__ import annotations

from sqlmodel import Session

from bot.lines import Entry
from models.units import Unit

DEEPEST = 8


def orders(session: Session, one: Entry) -> bool:
    """True when the issuing body stands above the unit; an unknown issuer is never taken for one that orders."""
    issuer = one.directive.issuer_unit_id
    if issuer is None:
        return False
    unit: Unit | None = one.unit
    for _ in range(DEEPEST):
        if unit is None or unit.parent_id is None:
            return unit is not None and unit.id == issuer and one.unit.id != issuer
        if unit.parent_id == issuer:
            return True
        unit = session.get(Unit, unit.parent_id)
    return False
