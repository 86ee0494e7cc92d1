"""The register: names as letters write them → units, with what is not sure said as a doubt.

Rules: domain.md, "Units change". The work on words is in `models.names`; looking one name up in
`models.register_index`; how a phrase falls into names in `models.register_phrases`; where the units come from
in `models.register_file`.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from models.register_answers import Resolution, ResolvedUnit, UnitDoubt, Via
from models.register_file import import_units, seed_register
from models.register_index import Register
from models.register_phrases import resolve_phrase

__all__ = ["Register", "Resolution", "ResolvedUnit", "UnitDoubt", "Via", "import_units", "resolve", "seed_register"]


def resolve(
    session: Session, name: str, *, on: date, issuer_unit_id: int | None = None, register: Register | None = None
) -> Resolution:
    """What `name` (a body, a list of bodies, a group, a head) means in a letter of the day `on`.

    `issuer_unit_id`: whose own divisions "các phòng, ban" are. Pass `register` when many names are resolved
    in one piece of work.
    """
    return resolve_phrase(register or Register.load(session), name, on, issuer_unit_id)
