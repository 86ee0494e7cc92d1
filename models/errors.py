"""What a verb answers when it cannot be done."""

from typing import Any


class Refused(Exception):
    """The verb was not carried out and nothing changed.

    `code` names the sentence in the bot's catalogue (`refused.<code>`), `data` fills it. Raised by verbs for
    things a person can meet (not theirs, already reported, unknown number …), never for programming errors.
    """

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data
