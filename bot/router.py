"""From an update to the command, button or question it answers; who may do what is looked up when it acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from bot import dialogues, picking, seen
from bot.channels.base import Channel, Incoming
from bot.commands import attachments, events, given_up, groups, joining, letter, table
from bot.commands.command import Plan
from bot.commands.sheet import Sheet, loaded
from bot.commands.unclear import unclear
from bot.context import Context
from bot.quoting import quoted_by
from bot.refusals import refusal
from bot.reply import Reply
from bot.turn import Turn
from bot.understand import Intent, understand
from bot.uploads import with_link
from bot.who import person_at, say_to, standing_of
from models import addresses
from models.errors import Refused
from models.numbers import listing
from models.people import Address, Person
from models.talk import Dialogue

ASKS_ITSELF = frozenset({"done", "confirm"})
"""Commands that say themselves what is doubtful about the message."""
LISTS = frozenset({"tasks", "pending", "help", "directives", "overdue", "report", "people", "settings"})
LARGEST_ID = 2**31 - 1
CLEAR_ENOUGH = frozenset({"", "which", "unknown"})


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of an update before anything is done about it."""

    seen: bool = False
    known: bool = False
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the slow part brought; `refused`: why it could not be done."""

    made: Any = None
    refused: Refused | None = None
    files: list[Any] = field(default_factory=list[Any])


def look(session: Session, context: Context, channel: Channel, incoming: Incoming) -> Look:
    """Read only: is it new, who is it, which slow part does it need."""
    if seen.seen(session, incoming) is not None:
        return Look(seen=True)
    found = person_at(session, incoming.lane, incoming.sender_id or incoming.chat_id)
    if found is None:
        return Look()
    person, address = found
    turn, dialogue = _turn(session, context, channel, incoming, person, address)
    plan = Plan(
        turn.me,
        turn.intent.name if turn.intent.kind == "order" and _may(turn) else "",
        dialogue.kind if dialogue else "",
        person.language,
        turn.standing.may(table.ADMINS),
        turn.intent.rest,
        dialogue.data if dialogue else None,
        bool(turn.items),
    )
    return Look(known=True, plan=plan)


def _may(turn: Turn) -> bool:
    return turn.standing.may(table.COMMANDS[turn.intent.name].who)


async def prepare(db: Any, channel: Channel, context: Context, incoming: Incoming, looked: Look) -> Prepared:
    """Fetch, read and draw what the command needs; what a person can meet there is kept as a refusal."""
    plan = looked.plan
    if plan is None or incoming.is_group or incoming.kind not in ("message", "button"):
        return Prepared()
    try:
        if incoming.kind == "message" and attachments.is_sheet(incoming, plan):
            return Prepared(await attachments.read_sheet(db, channel, context, incoming, plan))
        if incoming.kind == "message" and attachments.is_letter(incoming, plan):
            return Prepared(await attachments.read_letter(db, channel, context, incoming, plan))
        if incoming.attachments:
            return Prepared(files=await attachments.keep(db, channel, context, incoming, plan))
        if incoming.kind == "button":
            slow = table.PRESS_PREPARES.get(incoming.button_data.partition(":")[0])
            return Prepared(await slow(db, channel, context, incoming, plan)) if slow else Prepared()
        command = table.COMMANDS.get(plan.command)
        if command and command.prepare:
            return Prepared(await command.prepare(db, channel, context, incoming, plan))
    except Refused as why:
        return Prepared(refused=why)
    return Prepared()


def act(session: Session, context: Context, channel: Channel, incoming: Incoming, prepared: Prepared) -> list[Reply]:
    """Everything an update does, inside the transaction of its mark."""
    if incoming.kind in ("blocked", "unblocked", "migrated", "joined"):
        return events.happened(session, context, incoming)
    found = person_at(session, incoming.lane, incoming.sender_id or incoming.chat_id)
    if found is None:
        return joining.stranger(session, context, channel, incoming)
    person, address = found
    if address.blocked_at is not None:
        addresses.mark_unblocked(session, context.now(), incoming.lane, incoming.chat_id)
    turn, dialogue = _turn(session, context, channel, incoming, person, address)
    turn.prepared = prepared
    try:
        with session.begin_nested():
            replies = _answer(turn, dialogue, prepared)
    except Refused as why:
        replies = [refusal(turn, why)]
    if not incoming.is_group:
        dialogues.ask(session, turn.me, incoming.lane, incoming.chat_id, replies, buttons=channel.limits.buttons)
    return replies


def _turn(
    session: Session, context: Context, channel: Channel, incoming: Incoming, person: Person, address: Address
) -> tuple[Turn, Dialogue | None]:
    assert person.id is not None
    now = context.now()
    items = [] if incoming.is_group else listing(session, now, person.id)
    quoted = quoted_by(session, incoming)
    numbers = [item.n for item in items if quoted and item.assignment_id in quoted.assignments]
    intent = understand(incoming.text, frozenset(item.n for item in items), tuple(numbers))
    dialogue = None if incoming.is_group else dialogues.waiting(session, person.id, incoming.lane, incoming.chat_id)
    turn = Turn(
        session,
        now,
        incoming,
        person,
        address,
        standing_of(session, now, person.id),
        say_to(session, now, person),
        context,
        intent,
        quoted,
        has_buttons=channel.limits.buttons,
        text_length=channel.limits.text_length,
        items=items,
    )
    return turn, dialogue


def _answer(turn: Turn, dialogue: Dialogue | None, prepared: Prepared) -> list[Reply]:
    """In order: consent first, then a button, a group, the answer to a question, a command, a file, a polite question."""
    incoming = turn.incoming
    if incoming.kind == "edited":
        return [Reply(turn.say("edited"))] if turn.intent.kind == "order" and not incoming.is_group else []
    if incoming.is_group:
        return groups.said(turn)
    if turn.person.consent_at is None:
        return joining.before_consent(turn)
    if prepared.refused is not None:
        if prepared.refused.code == "classified" and dialogue is not None and dialogue.kind == letter.GATHER:
            return [given_up.secret(turn, dialogue)]
        raise prepared.refused
    if incoming.kind == "button":
        return [press(turn, incoming.button_data)]
    if incoming.kind == "contact":
        return [joining.own_contact(turn)]
    if incoming.kind == "unsupported":
        return [Reply(with_link(turn, turn.say("unsupported")))]
    return [_message(turn, dialogue, prepared)]


def _message(turn: Turn, dialogue: Dialogue | None, prepared: Prepared) -> Reply:
    if prepared.made is not None and attachments.is_part(prepared.made):
        return attachments.letter_part(turn, dialogue)
    if isinstance(prepared.made, Sheet):
        return loaded(turn, prepared.made)
    if dialogue is not None and (answer := _heard(turn, dialogue)) is not None:
        return answer
    if turn.intent.kind == "order" and (turn.intent.name in ASKS_ITSELF or turn.intent.doubt in CLEAR_ENOUGH):
        return order(turn)
    if prepared.files:
        return attachments.without_words(turn)
    return (picking.again(turn, dialogue) if dialogue else None) or unclear(turn)


def order(turn: Turn) -> Reply:
    """Carry out the command of the turn's intent, if this person may."""
    if not _may(turn):
        raise Refused("not_for_you", command=turn.intent.name)
    return table.COMMANDS[turn.intent.name].run(turn)


def press(turn: Turn, data: str) -> Reply:
    """A button's data is what anybody may forge: an unknown one is told so, a known one is checked by its verb."""
    name, *args = data.split(":")
    if any(arg.isdigit() and (not arg.isascii() or int(arg) > LARGEST_ID) for arg in args):
        raise Refused("button_old")
    if name == "say":  # a button that only says a sentence
        turn.intent = understand(":".join(args), frozenset(item.n for item in turn.items))
        return order(turn) if turn.intent.kind == "order" else unclear(turn)
    pressed = table.PRESSES.get(name)
    if pressed is None:
        raise Refused("button_old")
    try:
        return pressed(turn, args)
    except (ValueError, IndexError) as wrong:
        raise Refused("button_old") from wrong


def _heard(turn: Turn, dialogue: Dialogue) -> Reply | None:
    """The answer to the bot's last question; None when the message is something else."""
    intent, slashed = turn.intent, turn.incoming.text.lstrip().startswith("/")
    if not slashed and (n := picking.picked(turn, dialogue)) is not None:
        return _picked(turn, dialogue, n)
    if not slashed and (task := picking.task_of_draft(turn, dialogue)):
        dialogues.close(turn.session, dialogue)
        return press(turn, task)
    if intent.kind == "cancel" or (slashed and understand(turn.incoming.text.lstrip(" /")).kind == "cancel"):
        dialogues.close(turn.session, dialogue)
        back = table.BACK.get(dialogue.kind)
        return back(turn, dialogue.data) if back else Reply(turn.say("cancelled"))
    if _plainly_a_command(intent) or (intent.kind != "order" and slashed):
        return None  # "/viecc": a slip of a command answers no question
    heard = table.ANSWERS.get(dialogue.kind)
    return heard(turn, dialogue.data, turn.incoming.text) if heard else None


def _plainly_a_command(intent: Intent) -> bool:
    """A slash, "xong 3" or "việc" alone is meant as a command although a question is open; other words are its answer."""
    if intent.kind != "order" or (intent.doubt and not intent.slash):
        return False
    return intent.slash or (not intent.rest and (bool(intent.numbers) or intent.name in LISTS))


def _picked(turn: Turn, dialogue: Dialogue, n: int) -> Reply:
    dialogues.close(turn.session, dialogue)
    if picking.may_mean_a_task(turn, dialogue, n):
        return picking.which_of_the_two(turn, dialogue, n)
    return press(turn, picking.picks_of(dialogue)[n - 1])
