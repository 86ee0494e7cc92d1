"""The ladder as data: what an admin may change, and what no setting can do."""

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assignments import Audience
from models.ladder import CHOICES, DEFAULT_LADDER, Ladder, LadderError, Rung, ladder_from_json
from models.workdays import default_calendar

audiences = st.sets(st.sampled_from(CHOICES)).map(lambda chosen: tuple(one for one in CHOICES if one in chosen))
rungs = st.dictionaries(st.integers(-60, 60), audiences.filter(bool)).map(
    lambda steps: tuple(Rung(days, steps[days]) for days in sorted(steps))
)
hours = st.sampled_from([((time(7, 30), time(12)),), ((time(8), time(11, 30)), (time(13, 30), time(17)))])
marks = st.frozensets(st.sampled_from(["khẩn", "thượng khẩn", "hỏa tốc", "hẹn giờ"]))
ladders = st.builds(Ladder, rungs, audiences, audiences, audiences, hours, marks)


def test_the_default_is_the_one_of_the_domain() -> None:
    steps = {rung.name: [str(one) for one in rung.audience] for rung in DEFAULT_LADDER.rungs}
    assert steps == {
        "d-7": ["owner"],
        "d-3": ["owner"],
        "d-1": ["owner"],
        "d0": ["owner"],
        "d+1": ["owner", "head"],
        "d+3": ["contact", "issuer"],
    }
    assert ladder_from_json({}) == DEFAULT_LADDER


@given(ladders)
def test_a_ladder_comes_back_from_its_json(ladder: Ladder) -> None:
    assert ladder_from_json(json.loads(json.dumps(ladder.to_json()))) == ladder


def test_an_admin_changes_one_part_and_keeps_the_rest() -> None:
    ladder = ladder_from_json({"steps": [{"days": -5, "audience": ["owner"]}], "weekly": []})
    assert ladder.rungs == (Rung(-5, (Audience.OWNER,)),)
    assert ladder.weekly == ()
    assert ladder.review == DEFAULT_LADDER.review


@pytest.mark.parametrize("person", ["leader", "chairman", "chủ tịch", "witness", "stand_in", 3, ["owner"]])
@pytest.mark.parametrize("place", ["weekly", "new", "review", "steps"])
def test_nothing_escalates_by_itself_past_the_issuing_office(place: str, person: object) -> None:
    told = [{"days": 5, "audience": [person]}] if place == "steps" else [person]
    with pytest.raises(LadderError, match="không nhắc được"):
        ladder_from_json({place: told})


def test_every_mistake_is_told_in_both_languages() -> None:
    wrong = {
        "steps": [
            {"days": -3, "audience": ["owner"]},
            {"days": -3, "audience": ["owner"]},
            {"days": 99, "audience": []},
        ],
        "hours": [["17:00", "08:00"]],
        "urgent": ["", 5],
        "chain": [],
    }
    with pytest.raises(LadderError) as refused:
        ladder_from_json(wrong)
    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        "chain",
        "steps 2",
        "steps 3",
        "hours",
        "urgent",
    ]
    assert all(" · " in problem for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "đối tượng JSON"),
        ({"steps": 3}, "phải là một danh sách"),
        ({"steps": [{"days": "3", "audience": ["owner"]}]}, "days (số nguyên)"),
        ({"steps": [{"days": True, "audience": ["owner"]}]}, "days (số nguyên)"),
        ({"steps": [{"days": 3}]}, "audience"),
        ({"steps": ["mai"]}, "audience"),
        ({"steps": [{"days": 3, "audience": []}]}, "phải có người được nhắc"),
        ({"hours": [["8h", "9h"]]}, "phải như"),
        ({"hours": ["08:00"]}, "phải như"),
        ({"hours": []}, "phải như"),
        ({"urgent": "khẩn"}, "phải là một danh sách"),
    ],
)
def test_what_is_no_ladder_is_refused(value: object, said: str) -> None:
    with pytest.raises(LadderError) as refused:
        ladder_from_json(value)
    assert said in str(refused.value)


def test_urgency_marks_are_known_however_they_are_written() -> None:
    assert all(DEFAULT_LADDER.is_urgent(mark) for mark in ("KHẨN", "Thượng khẩn", "HOẢ TỐC", "Hỏa tốc"))
    assert not DEFAULT_LADDER.is_urgent(None)
    assert not DEFAULT_LADDER.is_urgent("thường")


def test_the_hours_of_an_issuer_replace_those_of_the_calendar() -> None:
    early = Ladder(hours=((time(7), time(11)),))
    assert early.office(default_calendar()).hours == early.hours
    assert DEFAULT_LADDER.office(default_calendar()) is default_calendar()
