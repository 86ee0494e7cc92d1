"""The reading of chat sentences against the table of tried ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.help import EXAMPLES
from bot.texts import catalogue
from bot.understand import understand
from tests.bot.sentences import (
    CHAT_NEVER,
    CHAT_OTHERS,
    CHAT_REPORTS,
    NEVER_REPORTS,
    OTHERS,
    OWN,
    REPORTS,
    SHORT,
)  # fmt: skip


@pytest.mark.parametrize(("said", "numbers"), [*REPORTS, *CHAT_REPORTS])
def test_a_plain_statement_reports_exactly_its_numbers(said: str, numbers: tuple[int, ...]) -> None:
    intent = understand(said, OWN)
    assert (intent.kind, intent.name, intent.doubt) == ("order", "done", "")
    assert intent.numbers == numbers


@pytest.mark.parametrize(("said", "doubt"), [*NEVER_REPORTS, *CHAT_NEVER])
def test_what_denies_foresees_asks_or_counts_never_reports(said: str, doubt: str) -> None:
    intent = understand(said, OWN)
    assert (intent.kind, intent.name) == ("order", "done") or intent.kind in ("unknown", "no")
    if intent.kind == "order":
        assert intent.doubt == doubt


@pytest.mark.parametrize(("said", "name"), [*OTHERS, *CHAT_OTHERS])
def test_every_command_has_its_words_in_both_languages(said: str, name: str) -> None:
    intent = understand(said, OWN)
    assert (intent.kind, intent.name) == ("order", name)
    assert intent.doubt in ("", "which")


@pytest.mark.parametrize(("said", "kind"), SHORT)
def test_short_answers_are_told_from_commands(said: str, kind: str) -> None:
    assert understand(said, OWN).kind == kind


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_examples_of_the_help_are_understood_as_their_command(language: str) -> None:
    for key in set(EXAMPLES) - {"load"}:  # its example is a file beside the word
        for said in re.findall("“(.+?)”", catalogue(language)[f"example.{key}"]):
            intent = understand(said, OWN)
            assert (intent.kind, intent.name, intent.doubt) == ("order", key, ""), said


def test_more_than_two_hundred_sentences_are_tried() -> None:
    assert len({said for said, *_ in [*REPORTS, *NEVER_REPORTS, *OTHERS, *SHORT]}) >= 200
    assert len(CHAT_REPORTS) + len(CHAT_NEVER) + len(CHAT_OTHERS) >= 100


def test_ten_thousand_characters_are_understood_in_no_time() -> None:
    from time import process_time

    for said in ("xong 3: " + "đã gửi báo cáo " * 700, "giao " * 2000, "3 " * 5000, "a/" * 5000, "xong " * 2500):
        started = process_time()
        understand(said, OWN, (3,))
        assert process_time() - started < 0.5


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_read(said: str) -> None:
    intent = understand(said, OWN)
    assert set(intent.numbers) <= OWN or intent.kind == "digits"


def test_what_only_sounds_like_a_report_keeps_its_words_for_the_yes() -> None:
    intent = understand("việc 3 đã gửi báo cáo số 45/BC-UBND ạ", OWN)
    assert (intent.numbers, intent.rest) == ((3,), "việc 3 đã gửi báo cáo số 45/BC-UBND ạ")


@pytest.mark.parametrize("said", ["việc 3 không thuộc em à?", "việc 3 gia hạn được không ạ?", "3 từ chối được không"])
def test_a_question_about_one_item_is_no_order(said: str) -> None:
    assert understand(said, OWN).doubt == "question"


def test_the_number_of_what_is_not_done_is_never_proposed() -> None:
    assert understand("all done except 3", OWN).numbers == ()
