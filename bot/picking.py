"""Choices where there are no buttons: which of the numbered ones a message means, and asking again for one that it does not."""

from __future__ import annotations

import re

from bot import dialogues
from bot.channels.base import Button
from bot.reply import Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold, tidy
from models.errors import Refused
from models.talk import Dialogue

NUMBERED = re.compile(
    r"(?:(?:em|toi|minh|da|i)\s+)?(?:(?:chon|lua chon|phuong an|cau|so|option|choose|number|no)\b[\s.:]*)*"
    r"(?P<n>\d{1,3})\s*[.)]?\s*(?:\b(?:a|nhe|nha|em|anh|chi|please)\b\s*)*"
)
"""A choice by its number: "2", "số 2", "em chọn 2 ạ", "2)". Never "nhiệm vụ 2", which may be a task of the screen above."""
TASK = re.compile(
    r"(?:(?:sua|chinh|fix|correct)\s+(?:(?:nhiem vu|viec|task)\s+)?|(?:nhiem vu|viec|task)\s+)(?:so\s+)?(?P<n>\d{1,3})"
)
"""A task of the draft on the screen: "sửa 5", "nhiệm vụ 5"."""
SHORTEST_LABEL = 3
"""Letters of a beginning that may stand for the whole label."""


def picks_of(dialogue: Dialogue) -> list[str]:
    """Data of the choices that stand numbered under the question; none where there were buttons."""
    return dialogue.data.get("picks", [])


def picked(turn: Turn, dialogue: Dialogue) -> int | None:
    """Which choice, counted from 1. Raises Refused("no_such_choice") for a number that is none."""
    picks, intent = picks_of(dialogue), turn.intent
    if not picks:
        return None
    if named := _by_label(dialogue, turn.incoming.text):
        return named
    if dialogue.kind == dialogues.CHOICE and intent.kind in ("yes", "no"):
        return 1 if intent.kind == "yes" else len(picks) if len(picks) == 2 else None
    found = NUMBERED.fullmatch(fold(tidy(turn.incoming.text)).strip())
    if found is None:
        return None
    if not 1 <= (n := int(found["n"])) <= len(picks):
        raise Refused("no_such_choice", n=n, most=len(picks))
    return n


def task_of_draft(turn: Turn, dialogue: Dialogue) -> str | None:
    """ "sửa 5" under a draft's screen: the data of that task's page."""
    drafts = {data.split(":")[1] for data in picks_of(dialogue) if data.startswith("d:")}
    found = TASK.fullmatch(" ".join(fold(tidy(turn.incoming.text)).split()))
    return f"d:{drafts.pop()}:t:{int(found['n']) - 1}" if found and len(drafts) == 1 else None


def _by_label(dialogue: Dialogue, text: str) -> int | None:
    """Its words instead of its number: "huỷ nạp", "sua phan dau"; a beginning will do when it is one choice's alone."""
    said = " ".join(fold(tidy(text)).strip(" .!").split())
    if not said or said.isdigit():
        return None
    labels = [" ".join(fold(label).split()) for label in dialogue.data.get("labels", [])]
    if said in labels:
        return labels.index(said) + 1
    begun = [n for n, label in enumerate(labels, 1) if re.match(rf"{re.escape(said)}(?!\w)(?! \()", label)]
    alone = dialogue.kind == dialogues.CHOICE and len(begun) == 1 and len(said) >= SHORTEST_LABEL
    return begun[0] if alone else None


def may_mean_a_task(turn: Turn, dialogue: Dialogue, n: int) -> bool:
    """A digit that is a choice of the question and a task of a reminder that came after it is asked back."""
    digits = turn.intent.kind == "digits"
    return digits and any(item.n == n for item in turn.items) and dialogues.overtaken(turn.session, dialogue)


def which_of_the_two(turn: Turn, dialogue: Dialogue, n: int) -> Reply:
    """Ask whether the choice or the task of that number is meant."""
    label, data = dialogue.data["labels"][n - 1], picks_of(dialogue)[n - 1]
    tasks = Button(turn.say("button.tasks"), "say:/tasks")
    offered = [Button(label, data), *([tasks] if label != tasks.label else [])]
    return Reply(turn.say("ask.overtaken", n=n, choice=label), rows(*offered))


def again(turn: Turn, dialogue: Dialogue) -> Reply | None:
    """Words that are no choice and mean nothing else: the choices stand, and are said once more.

    None where the choices were themselves only an offer of commands, or something else was said since.
    """
    picks, intent = picks_of(dialogue), turn.intent
    if not picks or intent.slash or intent.kind in ("order", "cancel", "empty"):
        return None
    if all(data.startswith("say:") for data in picks) or dialogues.overtaken(turn.session, dialogue):
        return None
    dialogues.keep(turn.session, dialogue, dialogue.data)
    listed = [f"{n}. {line(label, 80)}" for n, label in enumerate(dialogue.data["labels"], 1)]
    return Reply("\n".join([turn.say("ask.again"), *listed]))
