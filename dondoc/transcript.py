"""The story on the terminal: who says what to whom, step by step."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dondoc.terminal import say
from models.clock import monotonic

LOOKS = {"says": ("›", "cyan"), "hears": ("‹", "default"), "clock": ("⏱", "dim")}


class Transcript:
    """Prints each step with a number, each message under its speaker."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._steps = 0
        self._since = monotonic()

    def show(self, kind: str, line: str) -> None:
        """One thing that happened: a step begun, something said or heard, the clock moved."""
        if kind == "step":
            self._steps += 1
            self._console.print()
            self._console.print(Text(f"{self._steps}. {line}", style="bold green"))
            return
        sign, style = LOOKS[kind]
        name, colon, text = line.partition(": ") if kind != "clock" else ("", "", line)
        head = Text(f"{sign} {name}", style=f"bold {style}" if colon else style)
        first, *rest = text.splitlines() or [""]
        head.append(f"{colon}{first}", style=style)
        self._console.print(Padding(head, (0, 0, 0, 2)))
        if rest:
            self._console.print(Padding(Text("\n".join(rest), style=style), (0, 0, 0, 4)))

    def end(self) -> None:
        """The closing line."""
        seconds = monotonic() - self._since
        self._console.print()
        self._console.print(
            say(
                f"Câu chuyện đã trọn vẹn: {self._steps} bước trong {seconds:.0f} giây.",
                f"The story came to its end: {self._steps} steps in {seconds:.0f} seconds.",
            ),
            style="bold green",
        )
