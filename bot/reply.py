"""What a command answers: no channel's words, and JSON, so that it can be kept until it is sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.channels.base import Button

Rows = tuple[tuple[Button, ...], ...]

SHARE_CONTACT = "!contact"
"""Data of the one button that asks the messenger for the sender's own phone number, where it can."""

ANSWER_MINUTES = 15
"""How long a bare answer belongs to the question before it (domain.md, "Language")."""


@dataclass(frozen=True, slots=True)
class FileOrder:
    """A file to be made when the answer is sent (bot.outfiles): never bytes in the database."""

    kind: str
    args: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot waits to hear: the next plain text goes to the asker named `kind` with `data`."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    minutes: int = ANSWER_MINUTES


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `replace`: put it in place of the message whose button was pressed, where the channel can edit.

    `touched`: assignments whose state changed; messages that speak of them are rewritten. `quiet`: when such a
    rewritten message was the pressed one, its new text is the answer and only `notice` is shown.
    `menu`: the person's commands may have changed. `mails`: persons who are written an invitation with a new code.
    `about`: kept in Sent, so that a reply to this message finds its matter.
    """

    text: str = ""
    buttons: Rows = ()
    files: tuple[FileOrder, ...] = ()
    picture: FileOrder | None = None
    question: Question | None = None
    about: str = ""
    about_id: int = 0
    about_data: dict[str, Any] = field(default_factory=dict[str, Any])
    notice: str = ""
    replace: bool = False
    touched: tuple[int, ...] = ()
    quiet: bool = False
    menu: bool = False
    mails: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As kept in Seen.answer."""
        return asdict(self)


def from_json(kept: dict[str, Any]) -> Reply:
    """The Reply that `to_json` wrote."""
    question, picture = kept["question"], kept["picture"]
    parts: dict[str, Any] = {
        **kept,
        "buttons": tuple(tuple(Button(**button) for button in row) for row in kept["buttons"]),
        "files": tuple(FileOrder(**file) for file in kept["files"]),
        "picture": FileOrder(**picture) if picture else None,
        "question": Question(**question) if question else None,
        "touched": tuple(kept["touched"]),
        "mails": tuple(kept["mails"]),
    }
    return Reply(**parts)


def rows(*buttons: Button, wide: int = 2) -> Rows:
    """Buttons in rows of `wide`."""
    return tuple(tuple(buttons[i : i + wide]) for i in range(0, len(buttons), wide))


def choices(buttons: Rows) -> list[Button]:
    """The buttons in reading order: how they are numbered where a channel has none."""
    return [button for row in buttons for button in row if button.data != SHARE_CONTACT]


def numbered(text: str, buttons: Rows, ask: str) -> str:
    """The same choices as text: "1. …", and the line that says to answer with a number."""
    listed = [f"{n}. {button.label}" for n, button in enumerate(choices(buttons), 1)]
    return "\n".join([text, "", *listed, ask]) if listed else text
