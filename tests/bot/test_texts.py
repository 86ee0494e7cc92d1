"""The catalogue: nothing missing, nothing unfilled, nothing too long or out of tone, in either language."""

import re
from pathlib import Path

import pytest

from bot.names import NAMES
from bot.texts import catalogue, say_for
from models.answers import ExtensionState
from models.assignments import AssignmentState, Audience
from models.events import EventKind
from models.units import Role

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "models", "letters", "consumers", "scheduler", "web", "reports")
PLACE = re.compile(r"\{(\w+)(?::[^}]*)?\}")
COUNTED = re.compile(r"\{(\w+):([^}]*)\}")
LONGEST = 500
JOINED = frozenset({"draft.count", "draft.in_task", "digest.and_more"})
"""Put beside other words: their space is meant."""
DIGESTS_ARE_LISTS = frozenset({"help.head", "help.foot"})
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def sources(*rooms: str) -> str:
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def places(text: str) -> set[str]:
    return set(PLACE.findall(text)) - {"you", "You"}


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    vi, en = catalogue("vi"), catalogue("en")
    assert vi.keys() == en.keys()
    assert [key for key in vi if places(vi[key]) != places(en[key])] == []


def test_every_sentence_the_code_asks_for_is_there() -> None:
    code = sources("bot")
    asked = set(re.findall(r"""say\(\s*"([a-z_.]+)\"""", code))
    asked |= set(re.findall(r'button\("([a-z_.]+)"', code))
    assert sorted(key for key in asked if key not in catalogue("vi")) == []


def test_every_refusal_raised_anywhere_has_its_sentence() -> None:
    code = sources(*ROOMS)
    raised = set(re.findall(r'Refused\(\s*"([a-z_]+)"', code))
    raised |= set(re.findall(r"Refused\(\"([a-z_]+)\" if", code))
    raised |= set(re.findall(r'else "([a-z_]+)"\)', code)) & {"already_decided"}
    raised |= set(re.findall(r'AssignmentState\.\w+: "([a-z_]+)"', code))
    raised |= set(re.findall(r'Verdict\.\w+: "([a-z_]+)"', code))
    missing = sorted(code for code in raised if f"refused.{code}" not in catalogue("vi"))
    assert missing == []


def test_no_refusal_promises_a_value_its_raiser_does_not_give() -> None:
    code = sources(*ROOMS)
    for found in re.finditer(r'raise Refused\(\s*"(?P<code>[a-z_]+)"(?P<data>[^\n]*(?:\n[^\n]*){0,3}?)\)\n', code):
        wanted = places(catalogue("vi").get(f"refused.{found['code']}", ""))
        given = set(re.findall(r"(\w+)=", found["data"]))
        assert wanted <= given or "**" in found["data"], found.group()


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("state", list(AssignmentState)),
        ("role", list(Role)),
        ("help", [name.key for name in NAMES]),
        ("kinds", list(EventKind)),
        ("decided", list(ExtensionState)),
        ("extension.state", list(ExtensionState)),
        ("digest.as", list(Audience)),
        ("audience", list(Audience)),
    ],
)
def test_every_value_that_is_said_has_its_words(prefix: str, names: list[str]) -> None:
    join = "_" if prefix in ("digest.as", "extension.state") else "."
    keys = [f"{prefix}{join}{name}" for name in names]
    assert [key for key in keys if key not in catalogue("vi")] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sentences_keep_the_official_tone(language: str) -> None:
    for key, text in catalogue(language).items():  # type: ignore[arg-type]
        assert "!" not in text, key
        assert not EMOJI.search(text), key
        assert len(text) < LONGEST or key in DIGESTS_ARE_LISTS, key
        assert text == text.strip() or key in JOINED, key


@pytest.mark.parametrize("you", ["đồng chí", "Anh/Chị"])
def test_every_sentence_can_be_filled_and_addresses_the_listener(you: str) -> None:
    for language in ("vi", "en"):
        say = say_for(language, you)
        for key, text in catalogue(say.language).items():
            counted = {name for name, _words in COUNTED.findall(text)}
            filled = say(key, **{name: 2 if name in counted else "x" for name in places(text)})
            assert not PLACE.search(filled), key
            assert not (language == "vi" and you != "đồng chí" and "đồng chí" in filled.lower()), key


def test_every_sentence_is_used() -> None:
    code = sources("bot")
    code = code.replace("'", '"')
    built = re.findall(r'f"([a-z_.]*)\{', code)
    whole = {key for key in catalogue("vi") if f'"{key}"' in code}
    by_prefix = {key for key in catalogue("vi") if any(p and key.startswith(p) for p in built)}
    by_tone = {
        key for key in catalogue("vi") if key.endswith((".order", ".peer")) and f'"{key.partition(".")[0]}"' in code
    }
    assert sorted(catalogue("vi").keys() - whole - by_prefix - by_tone) == []


def test_a_number_takes_its_word_along() -> None:
    english = say_for("en")
    assert english("tasks.head", n=1) == "1 task:"
    assert english("tasks.head", n=12) == "12 tasks:"
    assert english("pending.head", n=1) == "1 report awaits confirmation:"
    assert say_for("vi")("tasks.head", n=1) == "1 nhiệm vụ:"


def test_every_counted_word_has_both_forms_and_numbers_are_counted_right() -> None:
    assert [key for key, text in catalogue("vi").items() if COUNTED.search(text)] == []
    for key, text in catalogue("en").items():
        for _name, words in COUNTED.findall(text):
            one, _, several = words.partition("/")
            assert one, key
            assert several, key
        uncounted = re.findall(r"(?<!task )(?<!tem )(?<!umber )\{n\} [a-z]+s\b", text)
        assert not uncounted, f"{key}: {uncounted} is wrong for one"


@pytest.mark.parametrize("reason", ["chờ số liệu", "chờ số liệu.", "chờ số liệu ; "])
def test_a_reason_that_ends_with_a_stop_gets_no_second_one(reason: str) -> None:
    told = say_for("vi")("decided.refused", title="709", by="Lê A", due="hạn 01/12/2026", reason=reason)
    assert told.endswith("Lý do: chờ số liệu.")
    disputed = {"n": 1, "unit": "Sở Y tế", "title": "709", "words": "Rà soát.", "reason": reason}
    assert "“Rà soát”. Lý do: chờ số liệu." in say_for("vi")("disputed.head", **disputed)
