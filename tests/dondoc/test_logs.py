"""What reaches standard error: no token, no password, also not by way of an error's own words."""

import logging
from collections.abc import Generator
from contextlib import contextmanager

import pytest
import structlog

from dondoc import logs

TOKEN = "123456789:AAE-invented_secret_part"
ADDRESSES = [
    f"https://api.telegram.org/bot{TOKEN}/sendMessage",
    f"https://bot-api.zaloplatforms.com/bot{TOKEN}/getMe",
    f"the token {TOKEN} is wrong",
    "cannot reach amqp://dondoc:invented_secret_part@queue:5672/",
]


@contextmanager
def _set_up() -> Generator[None]:
    """As a process of ours begins, without the handlers of pytest."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        logs.set_up()
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@pytest.mark.parametrize("text", ADDRESSES)
def test_secrets_are_blotted_out_of_messages_and_tracebacks(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with _set_up():
        structlog.get_logger().warning("not sent", error=text)
        logging.getLogger("library").warning("not sent: %s", text)
        try:
            raise ConnectionError(text)
        except ConnectionError:
            structlog.get_logger().exception("not sent")
            logging.getLogger("library").exception("not sent")

    said = capsys.readouterr().err
    assert said.count("Traceback") == 2
    assert said.count("…") >= 4
    assert "secret_part" not in said


def test_times_and_numbers_of_a_log_line_stay_readable() -> None:
    assert logs.without_secrets("12:30:59 count=123456 lane=telegram:123456789") == (
        "12:30:59 count=123456 lane=telegram:123456789"
    )
