"""The contact a letter names: found among the people, else made one."""

from __future__ import annotations

import re
from datetime import datetime

from sqlmodel import Session, col, select

from models.names import fold
from models.people import Person
from models.phones import to_e164
from models.reading import Contact


def known_contact(session: Session, contact: Contact | None) -> Person | None:
    """Whom the letter means: by phone, by mailbox, else by a name only one person has; None when not known."""
    if contact is None:
        return None
    living = select(Person).where(col(Person.erased_at).is_(None)).order_by(col(Person.id))
    phones = phones_of(contact)
    if phones and (same := session.exec(living.where(col(Person.phone).in_(phones))).all()):
        return next((p for p in same if fold(p.name) == fold(contact.name or "")), same[0])
    if contact.email and (person := session.exec(living.where(Person.email == contact.email)).first()):
        return person
    if not contact.name:
        return None
    named = [person for person in session.exec(living).all() if fold(person.name) == fold(contact.name)]
    return named[0] if len(named) == 1 and not (phones and named[0].phone) else None


def contact_for(session: Session, now: datetime, contact: Contact | None) -> int | None:
    """Id of the letter's contact, made from its words when nobody known is meant; None when it names no person."""
    if person := known_contact(session, contact):
        phones = phones_of(contact)
        if person.phone is None and phones:
            person.phone = phones[0]
            session.add(person)
        return person.id
    if contact is None or not contact.name:
        return None
    made = Person(
        name=contact.name[:200], phone=next(iter(phones_of(contact)), None), email=contact.email, created_at=now
    )
    session.add(made)
    session.flush()
    return made.id


def phones_of(contact: Contact | None) -> list[str]:
    """The valid numbers a letter gives for its contact (several are joined with ";" or "/"), E.164."""
    written = re.split(r"[;/,]", (contact and contact.phone) or "")
    return [number for part in written if (number := to_e164(part))]
