"""What the command line shows: one console, sentences in the operator's language, failures without a traceback."""

from typing import NoReturn

import typer
from rich.console import Console

from dondoc.settings import Settings, SettingsError, load_settings, terminal_language

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def say(vi: str, en: str) -> str:
    """The sentence in the terminal's language."""
    return vi if terminal_language() == "vi" else en


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Print one sentence on standard error and end with `code`."""
    errors.print(sentence, style="bold red", markup=False)
    raise typer.Exit(code)


def settings_or_fail(**overrides: object) -> Settings:
    """The settings, or the list of what is wrong with them."""
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        fail(say("Cấu hình chưa đúng:", "These settings are wrong:") + f"\n{error}", 2)
