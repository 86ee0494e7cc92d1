"""Faults to switch on: what goes wrong between a bot and its vendor, how often and for whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from sandbox.errors import Misuse

Json = dict[str, Any]

Kind = Literal[
    "400", "401", "403", "404", "409", "429", "500", "502",  # answers; 502 carries an HTML body
    "drop_before", "drop_after",  # the connection is cut before / after the message is stored
    "late", "silence",  # stored and answered after `seconds`; nothing stored and no answer for `seconds`
    "down",  # the whole messenger: every connection is cut at once
    "webhook_twice", "webhook_bare", "webhook_lost",  # doubled; Zalo's inner object alone; one attempt fails
    "callbacks_reversed",  # the next `times` button presses arrive in reverse order
    "lose_unpolled",  # Zalo: what is said while nobody polls is lost
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
ABOUT_UPDATES = {"webhook_twice", "webhook_bare", "webhook_lost", "callbacks_reversed", "lose_unpolled"}
SENDING = ("send", "edit")


@dataclass(slots=True)
class Fault:
    """One rule. Empty fields match everything; an empty `method` the sending methods, "*" all of them.

    `times`: how often (None: until removed). `seconds`: for late and silence. `retry_after`: for 429.
    """

    id: int
    kind: str
    messenger: str = ""
    method: str = ""
    chat: str = ""
    token: str = ""
    times: int | None = None
    retry_after: int = 3
    seconds: float = 30
    description: str = ""

    def hits(self, messenger: str, method: str, chat: str, token: str) -> bool:
        return (
            (not self.messenger or self.messenger == messenger)
            and (not self.chat or self.chat == chat)
            and (not self.token or self.token == token)
            and (self.kind == "down" or self._method_hits(method.lower()))
        )

    def _method_hits(self, method: str) -> bool:
        if not self.method:
            return method.startswith(SENDING) and method != "sendchataction"
        return self.method == "*" or self.method.lower() == method


class Faults:
    """The rules that are on, first match first."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self._last = 0

    def add(self, wish: Json) -> Fault:
        """Raises Misuse for an unknown kind or field."""
        if wish.get("kind") not in KINDS:
            raise Misuse(f"kind must be one of {', '.join(KINDS)}")
        self._last += 1
        try:
            fault = Fault(id=self._last, **wish)
        except TypeError as error:
            raise Misuse(f"a fault has no such field: {error}") from error
        fault.chat = str(fault.chat)
        self.rules.append(fault)
        return fault

    def remove(self, fault_id: int | None = None) -> None:
        """One rule, or all of them."""
        self.rules = [] if fault_id is None else [rule for rule in self.rules if rule.id != fault_id]

    def strike(self, messenger: str, method: str, chat: str, token: str) -> Fault | None:
        """The rule that hits this call, counted down; None when the call may pass."""
        for rule in self.rules:
            if rule.kind not in ABOUT_UPDATES and rule.hits(messenger, method, chat, token):
                self._count(rule)
                return rule
        return None

    def take(self, kind: str, messenger: str) -> Fault | None:
        """The rule of this kind about updates, counted down."""
        for rule in self.rules:
            if rule.kind == kind and rule.messenger in ("", messenger):
                self._count(rule)
                return rule
        return None

    def down(self, messenger: str) -> bool:
        """Whether the messenger is cut off from its bots altogether."""
        return any(rule.kind == "down" and rule.messenger in ("", messenger) for rule in self.rules)

    def view(self) -> list[Json]:
        return [asdict(rule) for rule in self.rules]

    def _count(self, rule: Fault) -> None:
        if rule.times is not None:
            rule.times -= 1
            if rule.times <= 0:
                self.rules.remove(rule)
