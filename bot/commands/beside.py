"""What a letter that waits is beside those already loaded, and beside what another admin has in hand: said before it is made."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.lines import clause_name, letter_name, person_name
from bot.texts import Say
from models.amendments import changes
from models.clock import local_date
from models.directives import Directive, DirectiveState, Draft, DraftState
from models.draft_changes import reading_of
from models.likeness import say_the_same
from models.load_plan import LoadPlan

LOOKED_AT = 20
"""Drafts of others, letters of the same day: the newest."""
NAMED = 8
"""Clauses of a kind."""


def beside(session: Session, say: Say, now: datetime, plan: LoadPlan, draft: Draft) -> list[str]:
    """When and by whom it was loaded; what its amendment keeps, changes and withdraws; who else is at it."""
    lines: list[str] = []
    loaded = session.get(Directive, plan.same.directive_id) if plan.same else None
    if loaded is not None and plan.same is not None:
        by = person_name(session, loaded.loaded_by) or "?"
        lines.append(say("draft.loaded_by", day=local_date(loaded.loaded_at), name=by))
        lines += _changes(session, say, plan, loaded) if plan.same.how == "amendment" else []
    if loaded is None and (twin := _twin(session, plan, draft)):
        day = local_date(twin.loaded_at)
        lines.append(say("draft.alike", letter=letter_name(say, twin), day=day))
    if loaded is None and (other := _in_hand(session, now, draft)):
        lines.append(say("draft.in_hand", name=person_name(session, other) or "?"))
    return lines


def _changes(session: Session, say: Say, plan: LoadPlan, loaded: Directive) -> list[str]:
    found = changes(session, loaded, plan)
    named = {"changed": found.changed, "new": found.new, "gone": found.gone}
    parts = [say("draft.amend_kept", n=found.kept)]
    parts += [say(f"draft.amend_{kind}", which=_listed(say, clauses)) for kind, clauses in named.items() if clauses]
    return [" ".join(parts)]


def _listed(say: Say, clauses: tuple[str, ...]) -> str:
    named = ", ".join(clause_name(say, clause) for clause in clauses[:NAMED])
    return named + (" …" if len(clauses) > NAMED else "")


def _twin(session: Session, plan: LoadPlan, draft: Draft) -> Directive | None:
    """A loaded letter of the same day in the same words under another number: one of the two may be misread or blank."""
    if plan.reading.issued is None:
        return None
    same_day = select(Directive).where(
        Directive.state == DirectiveState.ACTIVE, Directive.issued_on == plan.reading.issued
    )
    mine = _unnumbered(draft.text, plan.reading.number)
    for other in session.exec(same_day.order_by(col(Directive.id).desc()).limit(LOOKED_AT)):
        if say_the_same(mine, _unnumbered(other.text, other.number)):
            return other
    return None


def _unnumbered(text: str, number: str | None) -> str:
    """Without the serial in the heading, as it may be blank in one of two copies."""
    serial = (number or "").partition("/")[0].strip()
    return text.replace(serial, "", 1) if serial else text


def _in_hand(session: Session, now: datetime, draft: Draft) -> int | None:
    """Another admin whose draft holds the same letter, by its words or its number."""
    query = select(Draft).where(
        Draft.state == DraftState.PENDING, Draft.expires_at > now, Draft.person_id != draft.person_id
    )
    number = reading_of(draft).number or ""
    for other in session.exec(query.order_by(col(Draft.id).desc()).limit(LOOKED_AT)):
        same_number = number[:1].isdigit() and other.reading.get("number") == number
        if other.content_hash == draft.content_hash or same_number:
            return other.person_id
    return None
