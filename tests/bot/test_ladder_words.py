"""The ladder as people type it, and as it stands on the screen."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.commands.settings import ladder_lines
from bot.ladder_words import hours_of, steps_of
from bot.texts import say_for
from models.errors import Refused
from models.ladder import DEFAULT_LADDER, ladder_from_json
from models.upkeep import Setting
from tests.bot.conftest import Folk

NOW = DEFAULT_LADDER.to_json()


def days(text: str) -> dict[int, list[str]]:
    return {step["days"]: step["audience"] for step in steps_of(text, NOW)["steps"]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_screens_own_lines_read_back_as_they_stand(language: str) -> None:
    shown = "\n".join(ladder_lines(say_for(language), DEFAULT_LADDER))  # type: ignore[arg-type]
    assert ladder_from_json(steps_of(shown, NOW)) == DEFAULT_LADDER


@pytest.mark.parametrize(
    "text",
    [
        "trước 5 ngày: đầu mối, thủ trưởng; đúng hạn: đầu mối; quá hạn 2: đầu mối và thủ trưởng",
        "truoc 5: dau moi, thu truong\ndung ngay: dau moi\nsau 2 ngay lam viec: dau moi, thu truong",
        "Trước hạn 5 ngày làm việc: Đầu mối + Thủ trưởng; ngày hạn: đầu mối; 2 ngày sau: đầu mối, thủ trưởng.",
        "-5: owner, head; 0: owner; +2: owner, head",
    ],
)
def test_as_people_type_it(text: str) -> None:
    assert days(text) == {-5: ["owner", "head"], 0: ["owner"], 2: ["owner", "head"]}


def test_one_step_alone_changes_that_step_and_is_taken_out_by_not_reminding() -> None:
    before = {step["days"]: step["audience"] for step in NOW["steps"]}
    assert days("trước 7: đầu mối, thủ trưởng") == before | {-7: ["owner", "head"]}
    assert -7 not in days("truoc 7: khong nhac")
    assert len(days("trước 7: không nhắc")) == len(before) - 1
    assert steps_of("tuần: không nhắc", NOW)["weekly"] == []
    assert days("tuần: không nhắc") == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hôm nào cũng được", "steps_unclear"),
        ("trước: đầu mối", "steps_unclear"),
        ("sau 2: lãnh đạo to nhất", "steps_who"),
        ("trước 2: đầu mối; trước hạn 2 ngày: thủ trưởng", "steps_twice"),
        ("   ", "steps_unclear"),
    ],
)
def test_what_is_not_plain_changes_nothing(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        steps_of(text, NOW)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["08:00-11:30, 13:30-17:00", "8h đến 11h30; 13h30 - 17h", "8 - 11g30 và 13:30–17:00"])
def test_hours_as_people_type_them(text: str) -> None:
    assert hours_of(text) == [["08:00", "11:30"], ["13:30", "17:00"]]


@pytest.mark.parametrize("text", ["cả ngày", "17:00-08:00", "13:30-17:00, 08:00-11:30", "25:00-26:00"])
def test_hours_that_cannot_be(text: str) -> None:
    with pytest.raises(Refused):
        hours_of(text)


async def test_an_admin_changes_the_ladder_in_plain_words(folk: Folk) -> None:
    town = folk.town
    [own] = await town.says("10", "/caidat")
    await town.presses(own, "Thang nhắc việc")
    [ask] = await town.presses(own, "Sửa các bước")
    assert "đúng hạn: đầu mối" in ask.text
    [wrong] = await town.says("10", "sau 2: giám sát viên")
    assert "chọn trong đầu mối" in wrong.text
    [changed] = await town.says("10", "truoc 5 ngay: dau moi, thu truong\ndung han: dau moi\nqua han 2 ngay: dau moi")
    assert (
        "• trước hạn 5 ngày làm việc: đầu mối, thủ trưởng\n• đúng ngày hạn: đầu mối\n• quá hạn 2 ngày" in changed.text
    )
    with town.read() as session:
        kept = {row.name: row.value for row in session.exec(select(Setting))}
    assert [step["days"] for step in kept["ladder"]["steps"]] == [-5, 0, 2]
