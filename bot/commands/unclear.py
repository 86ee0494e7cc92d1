"""What is not understood gets a polite question with the nearest thing it could mean, never silence."""

from __future__ import annotations

from bot import hints
from bot.channels.base import Button
from bot.commands.letter import lapsed
from bot.moods import mood, opens_asking
from bot.names import BY_KEY, MANY, ONE
from bot.reply import Reply, rows
from bot.turn import Turn
from bot.understand import LOOKED_AT
from bot.words import tidy, words_of
from models.assignments import NumberUse


def unclear(turn: Turn) -> Reply:
    """Ask whether the nearest command was meant; a bare number names what it could be."""
    intent = turn.intent
    mine = intent.kind == "digits" and any(item.n == intent.numbers[0] for item in turn.items)
    if intent.kind in ("digits", "yes", "no", "enough", "cancel") and not mine and (waiting := lapsed(turn)):
        return waiting
    if intent.kind == "digits":
        return _bare_number(turn, intent.numbers)
    if intent.kind in ("yes", "no", "enough", "cancel"):
        return Reply(turn.say("unclear.no_question"))
    if intent.kind == "empty":
        return Reply(turn.say("unclear.empty"))
    if intent.kind == "order" and intent.doubt:
        return _doubtful(turn)
    from bot.commands.table import COMMANDS

    if not intent.name or not turn.standing.may(COMMANDS[intent.name].who):
        return Reply(turn.say("unclear.unknown"), rows(*_usual(turn)))
    word = (
        f"{_word(turn, intent.name)} {_numbers(turn)}".strip()
        if intent.name in MANY | ONE
        else _word(turn, intent.name)
    )
    return Reply(
        turn.say("unclear.nearest", what=turn.say(f"help.{intent.name}"), word=word),
        rows(Button(word, f"say:{word}"), Button(turn.say("button.help"), "say:/help")),
    )


def _numbers(turn: Turn) -> str:
    """ "3" of "xog 3", so that one press says it right; none where the sentence denies, asks or foresees."""
    words = words_of(tidy(turn.incoming.text)[:LOOKED_AT])
    if mood(words) or opens_asking(words):
        return ""
    return " ".join(map(str, hints.own_numbers(words, frozenset(item.n for item in turn.items))))


def _bare_number(turn: Turn, numbers: tuple[int, ...]) -> Reply:
    n = numbers[0]
    uses = [item.use for item in turn.items if item.n == n]
    if not uses or len(numbers) > 1 or uses[0] == NumberUse.ASSIGN:
        return Reply(turn.say("unclear.number", n=n))
    name = "done" if uses[0] == NumberUse.ACT else "confirm" if uses[0] == NumberUse.CONFIRM else "approve"
    word = f"{_word(turn, name)} {n}"
    return Reply(turn.say(f"unclear.number_{name}", n=n, word=word), rows(Button(word, f"say:{word}")))


def _doubtful(turn: Turn) -> Reply:
    """A verb in a sentence that denies, asks or foresees: nothing is done, the plain form is shown."""
    numbers = ", ".join(map(str, turn.intent.numbers)) or turn.say("unclear.n")
    return Reply(turn.say("unclear.doubtful", word=f"{_word(turn, turn.intent.name)} {numbers}"))


def _usual(turn: Turn) -> list[Button]:
    tasks = Button(turn.say("button.tasks"), "say:/tasks")
    return [tasks, Button(turn.say("button.help"), "say:/help")]


def _word(turn: Turn, name: str) -> str:
    return f"/{name if turn.say.language == 'en' else BY_KEY[name].vi}"
