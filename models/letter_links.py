"""Which loaded letters a letter builds on. Numbers begin anew each year, so the year counts where both are known."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from models.directives import Directive, DirectiveState
from models.reading import BaseDocument, Reading


def loaded_bases(session: Session, reading: Reading) -> tuple[str, ...]:
    """Numbers of the active letters that this one names as its base, in its order."""
    named = [base for base in reading.based_on if loaded_base(session, base) is not None]
    return tuple(dict.fromkeys(number_of(base) for base in named))


def loaded_base(session: Session, base: BaseDocument) -> int | None:
    """The newest active letter of that number and year."""
    query = select(Directive).where(Directive.number == number_of(base), Directive.state == DirectiveState.ACTIVE)
    day = day_of(base)
    for letter in session.exec(query.order_by(col(Directive.id).desc())):
        if day is None or letter.issued_on is None or letter.issued_on.year == day.year:
            return letter.id
    return None


def number_of(base: BaseDocument) -> str:
    """Without blanks, as letters are kept."""
    return "".join(base.number.split())[:100]


def day_of(base: BaseDocument) -> date | None:
    """Its day of issue where the letter gives it whole."""
    return date.fromisoformat(base.date) if base.date and len(base.date) == len("2025-02-24") else None
