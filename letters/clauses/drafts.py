"""A task while it is being read, and what a clause inherits from the words above it."""

from __future__ import annotations

from dataclasses import dataclass, field

from letters.bodies.expansion import Name
from letters.text.compare import fold
from letters.times.periods import Found

Mark = tuple[str, str, "tuple[int, int] | None"]
"""A doubt to be: field, code, place."""


@dataclass
class Draft:
    """Its ranges in the body, its people and its time. `how` says how the lead was named ("": taken from above);
    `sentence`: where the sentence begins of which this is a later part ("… và định kỳ vào ngày cuối quý")."""

    clause: str
    parts: list[tuple[int, int]]
    lead: list[Name] = field(default_factory=list[Name])
    how: str = ""
    coordinate: list[Name] = field(default_factory=list[Name])
    deadline: Found | None = None
    doubts: list[Mark] = field(default_factory=list[Mark])
    sentence: int | None = None

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return max(end for _, end in self.parts)

    def doubt(self, field_name: str, code: str, span: tuple[int, int] | None = None) -> None:
        """`field_name`: "lead", "coordinate", "deadline", or "" where the task as a whole is in doubt."""
        if (field_name, code) not in {(f, c) for f, c, _ in self.doubts}:
            self.doubts.append((field_name, code, span))

    def coordinates(self, found: list[Name]) -> None:
        """Adds coordinators, each once; a lead never coordinates with itself."""
        for name in found:
            if any(same_body(name.text, lead.text) for lead in self.lead):
                continue
            twin = next((i for i, c in enumerate(self.coordinate) if same_body(name.text, c.text)), -1)
            if twin >= 0:
                self.coordinate[twin] = max(self.coordinate[twin], name, key=lambda n: len(n.text))
                continue
            self.coordinate.append(name)
            if not name.sure:
                self.doubt("coordinate", "coordinate_unsure")

    def time(self, found: Found) -> None:
        self.deadline = found
        for code in found.doubts:
            self.doubt("deadline", code, found.deadline.span)


@dataclass(frozen=True)
class Context:
    """`own`: a clause above names these leads itself; `assumed`: nobody does, they are the addressees; `ordering`:
    the words above order at all; `guidance`: a manual, in which only an outright order or a time limit is a task;
    `strict`: only what names an actor or a time limit is one (plans); `meeting`: the letter invites, its agenda is no task;
    `time`: the time limit a heading gives to all that stands under it."""

    lead: tuple[Name, ...] = ()
    coordinate: tuple[Name, ...] = ()
    own: bool = False
    assumed: bool = False
    ordering: bool = True
    guidance: bool = False
    strict: bool = False
    meeting: bool = False
    time: Found | None = None


def same_body(one: str, other: str) -> bool:
    """One body under two names: "Sở KH&CN", "Sở Khoa học và Công nghệ"."""
    a, b = fold(one), fold(other)
    return a == b or initials(a) == b.replace(" ", "") or initials(b) == a.replace(" ", "")


def initials(folded: str) -> str:
    """ "so khoa hoc va cong nghe" → "sokhcn": the noun and the first letters after it."""
    first, *rest = folded.split() or [""]
    return first + "".join(word[0] for word in rest if word != "va")
