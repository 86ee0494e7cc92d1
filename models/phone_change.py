"""An officer has another phone number: the register follows, the chats stay."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models import audit
from models.errors import Refused
from models.people import Person
from models.phones import to_e164
from models.rights import is_admin


def change_phone(session: Session, now: datetime, admin_id: int, person_id: int, written: str) -> Person:
    """Keep the new number, by which Telegram's shared contact is known from now on. The trail keeps that, not which.

    Raises Refused: not_admin, person_gone, phone_wrong, phone_taken.
    """
    if not is_admin(session, now, admin_id):
        raise Refused("not_admin")
    person = session.get(Person, person_id, populate_existing=True)
    if person is None or person.erased_at is not None:
        raise Refused("person_gone")
    phone = to_e164(written)
    if phone is None:
        raise Refused("phone_wrong")
    taken = select(Person.id).where(Person.phone == phone, Person.id != person_id, col(Person.erased_at).is_(None))
    if session.exec(taken).first() is not None:
        raise Refused("phone_taken")
    if person.phone != phone:
        person.phone = phone
        session.add(person)
        session.flush()
        audit.record(session, now, actor_id=admin_id, action="phone_changed", subject="person", subject_id=person_id)
    return person
