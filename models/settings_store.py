"""Settings kept in the database: for the whole house, or for one issuer on top of it.

What comes from the environment is no business of this file. The simulated clock's offset is kept by
`models.business_clock`, the circuit of a lane by `models.lanes`; both are rows of the same table.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlmodel import Session, col, select

from models.upkeep import Setting

HOUSE = ""
LADDER = "ladder"
DECIDER = "extension_decider"
ROLLS_FORWARD = "deadline_rolls_forward"
LANGUAGE = "language"

Decider = Literal["leader", "contact"]


def scope_of(issuer_unit_id: int | None) -> str:
    """Scope of an issuer's own settings; the house's for None."""
    return HOUSE if issuer_unit_id is None else f"unit:{issuer_unit_id}"


def read(session: Session, name: str, scope: str = HOUSE) -> Any:
    """The value kept at that scope, else the house's, else None."""
    query = select(Setting).where(Setting.name == name, col(Setting.scope).in_({scope, HOUSE}))
    values = {row.scope: row.value for row in session.exec(query)}
    return values.get(scope, values.get(HOUSE))


def write(session: Session, name: str, value: Any, scope: str = HOUSE) -> None:
    """Keep a value (anything JSON can hold); None takes it away."""
    row = session.exec(select(Setting).where(Setting.name == name, Setting.scope == scope)).first()
    if value is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or Setting(scope=scope, name=name)
        row.value = value
        session.add(row)
    session.flush()


def ladder_json(session: Session, issuer_unit_id: int | None) -> Any:
    """The issuer's ladder as JSON (`models.ladder.ladder_from_json`), else the house's, else None for the default."""
    return read(session, LADDER, scope_of(issuer_unit_id))


def extension_decider(session: Session, issuer_unit_id: int | None) -> Decider:
    """Who decides about more time: the issuer's leader when there is one (the default), or the contact."""
    return "contact" if read(session, DECIDER, scope_of(issuer_unit_id)) == "contact" else "leader"


def rolls_forward(session: Session, issuer_unit_id: int | None) -> bool:
    """Whether a deadline on a day off is moved to the next working day; off unless the issuer says so (domain.md)."""
    return read(session, ROLLS_FORWARD, scope_of(issuer_unit_id)) is True


def house_language(session: Session) -> Literal["vi", "en"]:
    """Language of what is written for nobody in particular."""
    return "en" if read(session, LANGUAGE) == "en" else "vi"
