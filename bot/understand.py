"""What a person means by a message: a command and the numbers it is about, or a doubt to ask about. Pure.

A doubt never acts. Negated, future and questioning sentences never report; only numbers of the person's own list
count; a number followed by words that may be what it counts ("xong 3 119 đơn vị đã gửi") is asked back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from bot import hints, more_time
from bot.counting import EXCEPT, NOT_A_TASK, Counted, count, is_number, skip
from bot.moods import mood, opens_asking
from bot.names import ACTS, BY_KEY, MANY, NAMES, ONE, slash_names
from bot.notes import BEFORE_NUMBERS, POLITE, note_is_clear, only_polite
from bot.words import Word, begins, fold, tidy, words_of

Doubt = Literal["", "negated", "question", "future", "words", "unknown", "odd", "guess", "which"]
Kind = Literal["order", "digits", "yes", "no", "enough", "cancel", "unknown", "empty"]

SHORT_ANSWERS: dict[Kind, tuple[str, ...]] = {
    "yes": ("có", "đúng", "đúng rồi", "đúng vậy", "vâng", "dạ", "dạ vâng", "ừ", "chính xác", "oki", "okie", "ok", "okay",
    "oke", "đồng ý", "phải",
            "yes", "y", "correct", "agree", "dạ đúng", "vâng đúng"),
    "no": ("không", "ko", "không phải", "không đồng ý", "sai", "chưa", "chưa phải", "no", "n", "not agree", "disagree"),
    "enough": ("đủ", "đủ rồi", "đã đủ", "hết", "hết rồi", "enough", "that is all", "that's all"),
    "cancel": ("hủy", "huỷ", "thôi", "bỏ qua", "hủy bỏ", "cancel", "never mind", "stop"),
}  # fmt: skip

CONNECTING = ("việc", "nhiệm vụ", "số", "mục", "task", "và", ",", "and", "is", "are", "number")
ALL_OF_THEM = ("tất cả", "tất cả các", "toàn bộ", "mọi việc", "everything", "đều")
NEAR_ENOUGH = 72
LOOKED_AT = 4096
"""Characters: a messenger's longest message. More can only come by the upload page, as a letter or a note."""
LONGEST_SENTENCE = 60
"""Words. What is longer and does not begin with a command is no report, whatever words are in it."""
SLASHES = slash_names()


@dataclass(frozen=True, slots=True)
class Intent:
    """`name`: a key of bot.names. `numbers`: of the person's own list. `rest`: the sender's own words after them.

    `every`/`excluding`: "tất cả (trừ …)" was said; what it covers is the command's to know unless `numbers` are
    given. `named` holds what was named but is not on the list. `doubt`: "" acts; else the bot asks first.
    """

    kind: Kind
    name: str = ""
    numbers: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    rest: str = ""
    every: bool = False
    excluding: bool = False
    excluded: tuple[int, ...] = ()
    slash: bool = False
    doubt: Doubt = ""


def understand(message: str, own: frozenset[int] = frozenset(), quoted: tuple[int, ...] = ()) -> Intent:
    """`own`: numbers on this person's list; `quoted`: numbers the message replied to is about."""
    text = tidy(message)
    words = words_of(text[:LOOKED_AT])
    if not words:
        return Intent("unknown" if text else "empty")  # an emoji says something, but nothing to act on
    if words[0].text in ("/", "／") and (slashed := _slashed(text, words, own, quoted)):
        return slashed
    if plain := _short(words):
        return plain
    spoken = 0
    name, covered = _name_at(words, spoken)
    if name in ("", "tasks") and (asked := more_time.request(text[:LOOKED_AT])):
        found, rest = Counted(asked[0] or (quoted if len(quoted) == 1 else ())), asked[1]
        doubt = "question" if mood(words) == "question" else _of_list(found, own)
        return _settled("extend", found, own, quoted, rest, doubt, slash=False)
    if not name:
        spoken = skip(words, 0, POLITE)
        name, covered = _name_at(words, spoken)
    if (not name or name == "tasks") and (other := _other_way_round(text, words, own, quoted)):
        return other
    if name and (BY_KEY[name].plain or spoken + covered == len(words) or _numbered(name, words, spoken + covered)):
        return _order(name, text, words, spoken + covered, own, quoted, slash=False)
    return _inside(text, words, own, quoted) or Intent("unknown", name=_nearest(text))


def _other_way_round(text: str, words: list[Word], own: frozenset[int], quoted: tuple[int, ...]) -> Intent | None:
    """The number first ("việc 3 xin gia hạn …"), the doing last, or only what sounds like it."""
    if len(words) > LONGEST_SENTENCE:
        return None
    at = hints.past_number(words)
    found = count(words, at, many=True) if at < len(words) else Counted()
    name, rest_at = hints.asked_of(words, found.end)
    if name and found.numbers:
        doubt = "question" if mood(words[rest_at:]) == "question" else _of_list(found, own)
        return _settled(name, found, own, quoted, _rest(text, words, rest_at), doubt, slash=False)
    if name and not found.numbers and rest_at > skip(words, 0, POLITE):
        return _order(name, text, words, rest_at, own, quoted, slash=False)
    return _inside(text, words, own, quoted) or _sounds_sent(text, words, own, quoted)


def _of_list(found: Counted, own: frozenset[int]) -> Doubt:
    return "odd" if found.odd else "unknown" if any(n not in own for n in found.numbers) else ""


def _sounds_sent(text: str, words: list[Word], own: frozenset[int], quoted: tuple[int, ...]) -> Intent | None:
    numbers = hints.own_numbers(words, own)
    if not hints.sounds_sent(words, has_number=bool(numbers)):
        return None
    numbers = numbers or (quoted if len(quoted) == 1 else ())
    return Intent("order", "done", numbers, rest=text, doubt=_mood_of_all(words) or "guess")


def _slashed(text: str, words: list[Word], own: frozenset[int], quoted: tuple[int, ...]) -> Intent | None:
    """ "/xong 3", "/XONG@dondoc_bot 3", "/việc"; an unknown name gives the nearest one."""
    if len(words) < 2 or words[1].start != words[0].end:
        return None
    name = SLASHES.get(words[1].bare)
    if name is None:
        return Intent("unknown", name=_nearest(text[words[1].start : words[1].end]), slash=True)
    at = 2
    if len(words) > at + 1 and words[at].text == "@":
        end = next((i for i in range(at, len(words) - 1) if words[i].end != words[i + 1].start), len(words) - 1)
        at = end + 1
    return _order(name, text, words, at, own, quoted, slash=True)


def _order(
    name: str, text: str, words: list[Word], at: int, own: frozenset[int], quoted: tuple[int, ...], *, slash: bool
) -> Intent:
    if name not in MANY | ONE:
        return Intent("order", name, rest=_rest(text, words, at), slash=slash)
    many = name in MANY
    started = skip(words, at, (*BEFORE_NUMBERS, *(BY_KEY[name].phrases if many else ()))) if not slash or many else at
    found = count(words, started, many=many)
    if not found.numbers and not found.every:
        turned = many and not slash and name != "confirm"  # after "xác nhận" stand the names of units
        if turned and (inside := _inside(text, words, own, quoted)) and inside.name == name:
            return inside
        return _without_number(name, text, words, at if name in ONE else started, own, quoted, slash=slash)
    if name == "done" and hints.only_ends(words, found.end):
        found = replace(found, end=len(words))
    misplaced = found.numbers and started > 0 and words[started - 1].is_(*NOT_A_TASK)
    doubt = "guess" if misplaced else _doubt(name, words, at, found, own, slash=slash)
    return _settled(name, found, own, quoted, _rest(text, words, found.end), doubt, slash=slash)


def _doubt(name: str, words: list[Word], at: int, found: Counted, own: frozenset[int], *, slash: bool) -> Doubt:
    """Why this should be asked before it is done; the gravest first."""
    said = mood(words[at:]) if name in ACTS else ""
    if name in ACTS and not slash and opens_asking(words):
        said = "question"
    if said:
        return said
    named = (*found.numbers, *found.excluded)
    if found.odd:
        return "odd"
    if name in MANY and not note_is_clear(words, found, slash=slash):
        return "words"
    if any(n not in own for n in named):
        return "unknown"
    return ""


def _settled(
    name: str, found: Counted, own: frozenset[int], quoted: tuple[int, ...], rest: str, doubt: Doubt, *, slash: bool
) -> Intent:
    named = tuple(n for n in (*found.numbers, *found.excluded) if n not in own)
    if found.every:
        among = quoted or tuple(sorted(own))
        numbers = tuple(n for n in among if n not in found.excluded)
    else:
        numbers = tuple(n for n in found.numbers if n in own)
    return Intent(
        "order", name, numbers, named, rest, found.every, found.excluding, found.excluded, slash=slash, doubt=doubt
    )


def _without_number(
    name: str, text: str, words: list[Word], at: int, own: frozenset[int], quoted: tuple[int, ...], *, slash: bool
) -> Intent:
    """The number is what was quoted, when that is one thing; else the command asks which."""
    said = mood(words[at:]) if name in ACTS else ""
    clear = (
        slash
        or name in ONE
        or only_polite(words, at)
        or bool(quoted and note_is_clear(words, Counted(end=at), slash=True))
    )
    doubt: Doubt = said or ("" if clear else "words")
    numbers = quoted if len(quoted) == 1 else ()
    return Intent(
        "order", name, numbers, rest=_rest(text, words, at), slash=slash, doubt=doubt or ("" if numbers else "which")
    )


def _inside(text: str, words: list[Word], own: frozenset[int], quoted: tuple[int, ...]) -> Intent | None:
    """A report said the other way round ("việc số 3 em làm xong rồi ạ"): clear only when nothing else is said."""
    if len(words) > LONGEST_SENTENCE:
        return None
    for name in ("done", "confirm", "received"):
        spots = [(at, n) for at in range(len(words)) if (n := _covers(name, words, at))]
        if not spots:
            continue
        numbers = [int(words[i].text) for i in range(len(words)) if is_number(words, i) and not _misplaced(words, i)]
        own_ones = tuple(dict.fromkeys(n for n in numbers if n in own))
        others = tuple(n for n in numbers if n not in own)
        clear = _nothing_else(name, words) and not others
        doubt: Doubt = _mood_of_all(words) or ("" if clear else "guess")
        if any(begins(words, at, wanted) for at in range(len(words)) for wanted in EXCEPT):
            own_ones, doubt = (), doubt or "guess"  # "all done except 3": the number is the one that is not
        elif clear and not numbers and name == "done" and _says_all(words):
            return Intent("order", name, quoted or tuple(sorted(own)), every=True, doubt=doubt)
        if not own_ones and len(quoted) == 1 and not others:
            own_ones = quoted
        rest = text if doubt == "guess" else ""
        return Intent("order", name, own_ones, others, rest, doubt=doubt or ("" if own_ones else "which"))
    return None


def _says_all(words: list[Word]) -> bool:
    return any(begins(words, at, wanted) for at in range(len(words)) for wanted in ALL_OF_THEM)


def _mood_of_all(words: list[Word]) -> Doubt:
    return "question" if opens_asking(words) else mood(words)


def _nothing_else(name: str, words: list[Word]) -> bool:
    at = skip(words, 0, (*POLITE, *hints.SUBJECTS, *ALL_OF_THEM))
    while at < len(words):
        covered = _covers(name, words, at)
        moved = at + covered if covered else skip(words, at, POLITE)
        if moved == at:
            found = count(words, at, many=True)
            moved = found.end if found.numbers and not found.odd else skip(words, at, CONNECTING)
        if moved == at:
            return False
        at = moved
    return True


def _misplaced(words: list[Word], at: int) -> bool:
    return at > 0 and words[at - 1].is_(*NOT_A_TASK)


def _covers(name: str, words: list[Word], at: int) -> int:
    return max(begins(words, at, wanted) for wanted in BY_KEY[name].phrases)


def _name_at(words: list[Word], at: int) -> tuple[str, int]:
    """The command whose phrase covers most words from `at`."""
    best, covered = "", 0
    for name in NAMES:
        for wanted in (*name.phrases, name.vi):
            if (length := begins(words, at, wanted)) > covered:
                best, covered = name.key, length
    return best, covered


def _numbered(name: str, words: list[Word], at: int) -> bool:
    return name in ONE and is_number(words, at)


def _short(words: list[Word]) -> Intent | None:
    if all(is_number(words, i) or words[i].text in ",;-–.&" or words[i].is_("và") for i in range(len(words))):
        found = count(words, 0, many=True)
        if found.numbers and not found.odd and found.end >= len(words) - 1:
            return Intent("digits", numbers=found.numbers)
    said = [word for word in words if word.text not in ".!,"]
    while len(said) > 1 and said[-1].is_("ạ", "nhé", "em", "anh", "chị", "a"):
        said = said[:-1]
    tails = [said[at:] for at in range(len(said)) if skip(said, 0, ("thưa", "dạ", "vâng", "em")) >= at]
    for kind, phrases in SHORT_ANSWERS.items():
        if any(begins(tail, 0, wanted) == len(tail) for tail in tails for wanted in phrases):
            return Intent(kind)
    return None


def _rest(text: str, words: list[Word], at: int) -> str:
    return text[words[at].start :].strip(" \n,;:.-–") if at < len(words) else ""


def _nearest(text: str) -> str:
    """The command whose words are most like the beginning of the message; "" when nothing is near."""
    start = " ".join(fold(text).lstrip("/").split()[:3])
    best, score = "", 0.0
    for name in NAMES:
        for wanted in (*name.phrases, name.vi, name.key):
            told = fold(wanted)
            here = max(fuzz.ratio(told, start), fuzz.ratio(told, " ".join(start.split()[: len(told.split())])))
            if here > score:
                best, score = name.key, here
    return best if score >= NEAR_ENOUGH else ""
