"""Which loaded letters a letter builds on."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.directives import Directive, DirectiveState
from models.reading import Reading


def loaded_bases(session: Session, reading: Reading) -> tuple[str, ...]:
    """Numbers of the active letters that this one names as its base, in its order."""
    named = ["".join(base.number.split()) for base in reading.based_on]
    query = select(Directive.number).where(col(Directive.number).in_(named), Directive.state == DirectiveState.ACTIVE)
    loaded = set(session.exec(query)) if named else set[str | None]()
    return tuple(dict.fromkeys(number for number in named if number in loaded))
