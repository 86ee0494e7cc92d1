"""Real processes: of two consumers one sends; the other takes over when it is killed, and when it is frozen."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import pytest

from models.database import Database
from tests import road


@contextmanager
def consumer(database: Database, ledger: Path) -> Iterator[subprocess.Popen[str]]:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.consumers.standin", url, str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(15)


def lines(ledger: Path) -> list[list[str]]:
    return [line.split() for line in ledger.read_text().splitlines()] if ledger.exists() else []


@pytest.mark.servers
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
async def test_the_standby_takes_over_and_never_do_two_send(postgresql: Database, tmp_path: Path, how: int) -> None:
    with postgresql.transaction() as session:
        persons = road.people(session, 120)
        road.raise_for(session, persons)
    ledger = tmp_path / "ledger"
    with ExitStack() as stack:
        pair = [stack.enter_context(consumer(postgresql, ledger)) for _ in range(2)]
        await road.until(lambda: len(lines(ledger)) >= 8, 40)
        first = next(p for p in pair if str(p.pid) == lines(ledger)[0][0])
        second = next(p for p in pair if p is not first)
        assert {pid for pid, _, _ in lines(ledger)} == {str(first.pid)}
        first.send_signal(how)
        await road.until(lambda: lines(ledger)[-1][0] == str(second.pid), 60)
        if how == signal.SIGSTOP:
            first.send_signal(signal.SIGCONT)
            await road.until(road.all_done(postgresql), 60)
        else:
            await road.until(lambda: len({chat for _, chat, _ in lines(ledger)}) >= 116, 60)
        if how == signal.SIGKILL:
            first.wait(5)
    # What stood in the frozen one's socket is out already: only a send that began after the take-over would be a second.
    senders = [pid for pid, _ in groupby(pid for pid, _, _ in lines(ledger))]
    assert senders == [str(first.pid), str(second.pid)]
    chats = [chat for _, chat, _ in lines(ledger)]
    assert len(chats) == len(set(chats))
