"""A slip of the finger reports nothing by itself, but one press says it right."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.answers import Report
from tests.bot.conftest import Folk


@pytest.mark.parametrize("said", ["xog 1", "xongg 1", "/xog 1", "hoan thnah 1"])
async def test_the_number_stands_in_what_is_proposed(folk: Folk, said: str) -> None:
    town = folk.town
    [asked] = await town.says("30", said)
    assert "/xong 1" in asked.text
    with town.db.reading() as session:
        assert session.exec(select(Report)).all() == []
    told = await town.presses(asked, "/xong 1")
    assert any("đã ghi nhận" in one.text for one in told)
    with town.db.reading() as session:
        session.exec(select(Report)).one()


@pytest.mark.parametrize("said", ["xog 1 chưa?", "xog 77", "mai xog 1"])
async def test_no_number_that_was_not_meant_or_is_not_theirs(folk: Folk, said: str) -> None:
    for told in await folk.town.says("30", said):
        assert not any(f"/xong {n}" in told.text for n in (1, 77))
