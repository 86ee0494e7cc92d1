"""What did not arrive, and sending it again."""

from __future__ import annotations

import re

from bot.channels.base import Button
from bot.reasons import reason_words
from bot.reply import Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models import dead_letters
from models.errors import Refused
from models.people import Person
from models.units import Unit

SHOWN = 10


def deliveries(turn: Turn) -> Reply:
    """Messages that were given up, the newest first, with their numbers for /guilai."""
    failures = dead_letters.failed(turn.session)
    unsure = dead_letters.deliveries(turn.session, ambiguous=True, limit=50)
    if not failures:
        return Reply(turn.say("road.none", unsure=len(unsure)))
    shown = failures[-SHOWN:][::-1]
    lines = [
        turn.say(
            "road.line",
            id=row.id,
            kind=_kind(turn, row.kind),
            whom=_whom(turn, row.person_id, row.unit_id),
            reason=reason_words(turn.say, row.reason),
            at=row.at or "",
        )
        for row in shown
    ]
    text = "\n".join([turn.say("road.head", n=len(failures), unsure=len(unsure)), *lines])
    return Reply(text, rows(Button(turn.say("button.replay_all"), "replay:all")))


def replay(turn: Turn) -> Reply:
    """By number, or all; each is looked at anew when it goes, so what is done or withdrawn is not sent."""
    words = fold(turn.intent.rest)
    named = [int(n) for n in re.findall(r"\b\d{1,9}\b", words)]
    if not named and not any(word in words for word in ("tat ca", "all", "het")):
        raise Refused("replay_how")
    return replay_these(turn, named or None)


def replay_these(turn: Turn, ids: list[int] | None) -> Reply:
    """None: all."""
    sent = dead_letters.replay(turn.session, turn.now, ids)
    if not sent:
        raise Refused("nothing_to_replay")
    text = turn.say("road.replayed", n=sent)
    return Reply(text, notice=text)


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The button "send all again"."""
    from models.rights import is_admin

    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    return replay_these(turn, None if args[0] == "all" else [int(args[0])])


def _kind(turn: Turn, kind: str) -> str:
    key = f"kinds.{kind}"
    return turn.say(key) if turn.say.has(key) else kind


def _whom(turn: Turn, person_id: int | None, unit_id: int | None) -> str:
    if person_id is not None:
        person = turn.session.get(Person, person_id)
        return line(person.name, 60) if person else "?"
    unit = turn.session.get(Unit, unit_id) if unit_id else None
    return line(unit.name, 60) if unit else "?"
