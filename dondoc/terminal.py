"""What the command line shows: one console, sentences in the operator's language, failures without a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from dondoc.settings import Settings

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def language() -> Literal["vi", "en"]:
    """The terminal's language."""
    from dondoc.settings import terminal_language  # settings are slow to import, and `--help` needs none

    return "vi" if terminal_language() == "vi" else "en"


def say(vi: str, en: str) -> str:
    """The sentence in the terminal's language."""
    return vi if language() == "vi" else en


def tell(sentence: str, style: str | None = None) -> None:
    """Print one sentence as it is: brackets in names are no markup, long lines are the terminal's to wrap."""
    console.print(sentence, style=style, markup=False, soft_wrap=True)


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Print one sentence on standard error and end with `code`."""
    errors.print(sentence, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def settings_or_fail(**overrides: object) -> Settings:
    """The settings, or the list of what is wrong with them."""
    from dondoc.settings import SettingsError, load_settings

    try:
        return load_settings(**overrides)
    except SettingsError as error:
        fail(say("Cấu hình chưa đúng:", "These settings are wrong:") + f"\n{error}", 2)
