"""Whether an issuer orders a unit or asks a peer (domain.md: a sở that "đề nghị" its peers orders nobody)."""

from __future__ import annotations

from sqlmodel import Session

from bot.lines import Entry
from models.standing import Place
from models.standing import orders as stands_above
from models.units import Unit


def orders(session: Session, one: Entry) -> bool:
    """True when the issuing body stands above the unit."""
    issuer_id = one.directive.issuer_unit_id
    issuer = session.get(Unit, issuer_id) if issuer_id is not None else None
    above = Place(issuer.id, issuer.kind, issuer.parent_id) if issuer is not None and issuer.id is not None else None
    assert one.unit.id is not None
    return stands_above(above, Place(one.unit.id, one.unit.kind, one.unit.parent_id))
