"""What a button promised counts for nothing: who presses it must have the right at that moment."""

from sqlmodel import col, select, update

from models.directives import Directive, Draft
from models.people import Membership
from tests.bot.conftest import Folk
from tests.bot.letters import WHOLE
from tests.bot.town import Town


def no_longer_admin(town: Town, person: int) -> None:
    with town.db.transaction() as session:
        ended = update(Membership).where(col(Membership.person_id) == person).values(until=town.now)
        session.exec(ended)


def letters(town: Town) -> list[str | None]:
    with town.db.reading() as session:
        return list(session.exec(select(Directive.number)))


async def test_a_letter_shown_to_an_admin_is_not_created_by_whoever_they_are_later(folk: Folk) -> None:
    town = folk.town
    [screen] = await town.says("10", WHOLE)
    [create] = [data for data in screen.data if data.endswith(":ok")]
    before = letters(town)
    no_longer_admin(town, folk.admin)
    [answer] = await town.presses(screen, create)
    assert "quản trị" in answer.text
    assert letters(town) == before


async def test_a_letter_gathered_by_an_admin_is_not_opened_by_whoever_they_are_later(folk: Folk) -> None:
    town = folk.town
    await town.says("10", "/nap")
    await town.says("10", WHOLE[: len(WHOLE) // 2])
    no_longer_admin(town, folk.admin)
    [answer] = await town.says("10", "đủ")
    assert "quản trị" in answer.text
    with town.db.reading() as session:
        assert session.exec(select(Draft)).all() == []
