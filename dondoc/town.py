"""The invented people of the sandbox: an admin, a contact, a leader and two owners, ready to be given a phone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.linking import invite
from models.people import Address, LinkCode, Membership, Person
from models.register import seed_register
from models.units import Role, Unit

STORY_LETTER = "ke-hoach-chuyen-doi-so"
TELEGRAM_TOKEN = "7000000001:dondoc-sandbox-telegram"  # noqa: S105 - the stand-in takes any
ZALO_TOKEN = "7000000002:dondoc-sandbox-zalo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the town. `part`: what the page calls them; `role` in `unit` (a code of the register)."""

    name: str
    part: str
    phone: str
    unit: str
    role: Role
    title: str
    messenger: str = "telegram"


ADMIN = Resident("Trần Minh Đức", "admin", "+84900000001", "SKHCN", Role.ADMIN, "Văn thư Sở KH&CN")
CONTACT = Resident("Nguyễn Thị Hoa Mai", "contact", "+84900000002", "SKHCN", Role.OWNER, "Chuyên viên Phòng CĐS")
LEADER = Resident("Phạm Quốc Thịnh", "leader", "+84900000003", "SKHCN", Role.LEADER, "Phó Giám đốc Sở KH&CN")
OWNER = Resident("Lê Thị Hồng", "owner", "+84900000004", "Võ Cường", Role.OWNER, "Công chức phường Võ Cường")
OTHER = Resident("Vũ Văn Bình", "owner", "+84900000005", "Chi Lăng", Role.OWNER, "Công chức xã Chi Lăng", "zalo")
RESIDENTS = (ADMIN, CONTACT, OWNER, LEADER, OTHER)


def settle(session: Session, now: datetime) -> dict[str, str]:
    """Put the register and the residents into an empty house; gives each resident's link code by name."""
    seed_register(session)
    codes: dict[str, str] = {}
    for resident in RESIDENTS:
        person = session.exec(select(Person).where(Person.phone == resident.phone)).first()
        if person is None:
            person = _settle_one(session, now, resident)
        assert person.id is not None
        codes[resident.name] = invite(session, now, person_id=person.id)
    return codes


def _settle_one(session: Session, now: datetime, resident: Resident) -> Person:
    person = Person(name=resident.name, title=resident.title, phone=resident.phone, created_at=now)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(
        Membership(person_id=person.id, unit_id=_unit_id(session, resident.unit), role=resident.role, is_default=True)
    )
    return person


def _unit_id(session: Session, named: str) -> int:
    """By code, or a commune by the end of its name."""
    found = session.exec(select(Unit.id).where(Unit.code == named)).first()
    found = found or session.exec(select(Unit.id).where(col(Unit.name).endswith(named))).first()
    if found is None:
        raise LookupError(f"the register has no unit {named}")
    return found


def residents(session: Session, now: datetime) -> list[dict[str, Any]]:
    """For the chat page: who can be given a phone, with a fresh code for those who have no chat yet."""
    return [_card(session, now, resident) for resident in RESIDENTS]


def _card(session: Session, now: datetime, resident: Resident) -> dict[str, Any]:
    card: dict[str, Any] = {
        "name": resident.name,
        "role": resident.part,
        "phone": resident.phone,
        "unit": resident.title,
        "messenger": resident.messenger,
    }
    person_id = session.exec(select(Person.id).where(Person.phone == resident.phone)).first()
    if person_id is None:
        return card
    linked = session.exec(select(Address.id).where(Address.person_id == person_id)).first()
    if linked is None:
        open_codes = select(LinkCode).where(LinkCode.person_id == person_id, col(LinkCode.consumed_at).is_(None))
        for old in session.exec(open_codes).all():
            old.expires_at = now
        card["link_code"] = invite(session, now, person_id=person_id)
    return card
