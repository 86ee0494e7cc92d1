"""The log: one line an event on standard error, without personal data, letter text or tokens.

Tracebacks are printed without the values of local variables (letters and phones would be among them); SQLAlchemy hides
parameters by the engine's setting.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from io import StringIO
from typing import Any, TextIO

import structlog

# A bot token: digits, a colon, a long secret. In vendors' addresses "bot" stands right before the digits.
TOKEN = re.compile(r"(?<!\d)(\d{5,}):[A-Za-z0-9_-]{12,}")
PASSWORD = re.compile(r"(://[^:/@\s]*):[^@/\s]+@")
QUIET = ("httpx", "httpcore", "aiohttp", "telegram", "matplotlib", "pdfminer", "fontTools")


def set_up(level: str = "INFO") -> None:
    """Send structlog and the standard library's log to standard error at `level` and above."""
    number = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_Formatter("%(levelname)s %(name)s %(message)s"))
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A pass still running when the next comes due is said at WARNING; it looks for what is due at its end.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("pika").setLevel(logging.CRITICAL)  # nine lines a failed try; ours says it in one
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            _hide,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def without_secrets(text: str) -> str:
    """The text with tokens and passwords of addresses blotted out."""
    return PASSWORD.sub(r"\1:…@", TOKEN.sub(r"\1:…", text))


def _hide(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in entry.items():
        if isinstance(value, str):
            entry[name] = without_secrets(value)
    return entry


def _traceback(stream: TextIO, error: Any) -> None:
    """An error's own words may hold the address that was called."""
    plain = StringIO()
    structlog.dev.plain_traceback(plain, error)
    stream.write(without_secrets(plain.getvalue()))


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
