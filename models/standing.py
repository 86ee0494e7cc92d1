"""Whether an issuer gives orders to a unit or asks its peers: tone and escalation follow (domain.md, trap 10)."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "ubnd tỉnh"
OFFICE = "văn phòng"
SUPERIOR_KINDS = frozenset({PROVINCE, OFFICE})
"""The province's committee, and its office which writes in its name ("thừa lệnh")."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the question needs to know of a unit."""

    id: int
    kind: str
    parent_id: int | None = None


def orders(issuer: Place | None, unit: Place) -> bool:
    """Whether the issuer stands above the unit. One that is not in the register is taken at its word."""
    if issuer is None or issuer.kind in SUPERIOR_KINDS:
        return True
    return issuer.id in (unit.id, unit.parent_id)


def has_chairman(unit: Place) -> bool:
    """Whether the unit's head is the Chairman of the province, to whom nothing escalates by itself."""
    return unit.kind == PROVINCE
