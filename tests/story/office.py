"""A whole office for stories: real processes on real or embedded servers, the sandbox as both messengers."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from dondoc import town
from models.clock import utcnow
from models.database import Database
from models.schema import migrate
from sandbox.app import Running, start

SECRETS = {
    "DONDOC_TELEGRAM_WEBHOOK_SECRET": "story-telegram-secret",
    "DONDOC_ZALO_WEBHOOK_SECRET": "story-zalo-secret",
}
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Office:
    """The processes of one office. `roles`: "run" alone, or scheduler, consumer and bot, several of each."""

    database_url: str
    broker_url: str
    folder: Path
    roles: tuple[str, ...]
    page: Running
    http_ports: list[int]
    webhook: bool = False
    mail: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict[str, "subprocess.Popen[bytes]"])

    def open(self) -> dict[str, str]:
        """Settle the invented people and start every role; gives the link codes by name."""
        database = Database(self.database_url)
        migrate(database)
        with database.transaction() as session:
            codes = town.settle(session, utcnow())
        database.close()
        for number, role in enumerate(self.roles):
            self.begin(role, number)
        return codes

    def begin(self, role: str, number: int) -> None:
        """Start one process; its log stands in the folder."""
        name = f"{role}-{number}"
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "dondoc", role],
                cwd=ROOT,
                env=self._environment(number),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """kill -9."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes.pop(name).wait()

    def end(self) -> list[int]:
        """SIGTERM to all; their exit codes."""
        for process in self.processes.values():
            process.terminate()
        return [process.wait(timeout=15) for process in self.processes.values()]

    def logs(self, longest: int | None = 3000) -> str:
        """What the processes said last, each at most `longest` characters."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"== {path.name}\n{path.read_text()[-longest if longest else None :]}" for path in files)

    def _environment(self, number: int) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "MPLCONFIGDIR": str(Path.home() / ".cache" / "matplotlib"),  # else every story looks through the fonts anew
            "DONDOC_DATA_DIR": str(self.folder / "data"),
            "DONDOC_DATABASE_URL": self.database_url,
            "DONDOC_BROKER_URL": self.broker_url,
            "DONDOC_TELEGRAM_TOKEN": town.TELEGRAM_TOKEN,
            "DONDOC_TELEGRAM_API_URL": self.page.telegram_url,
            "DONDOC_ZALO_TOKENS": town.ZALO_TOKEN,
            "DONDOC_ZALO_API_URL": self.page.zalo_url,
            "DONDOC_HTTP_ADDR": f"127.0.0.1:{self.http_ports[number]}",
            "DONDOC_SIMULATED_CLOCK": "1",
            "DONDOC_PUBLIC_URL": f"http://127.0.0.1:{self.public_port}",
            **(SECRETS if self.webhook else {}),
            **({"DONDOC_SMTP_URL": self.mail, "DONDOC_MAIL_FROM": "dondoc@bacninh.example"} if self.mail else {}),
        }

    @property
    def public_port(self) -> int:
        """Where vendors and people's browsers come in: the first process that listens to people."""
        return self.http_ports[_speaking(self.roles)]


def _speaking(roles: tuple[str, ...]) -> int:
    return next(number for number, role in enumerate(roles) if role in ("run", "bot"))


@asynccontextmanager
async def office(
    database_url: str, broker_url: str, folder: Path, roles: tuple[str, ...], *, webhook: bool = False, mail: str = ""
) -> AsyncGenerator[tuple[Office, dict[str, str]]]:
    """Open it, and end every process and the town at the end."""
    ports = [free_port() for _ in roles]
    page = await start(control_url=f"http://127.0.0.1:{ports[_speaking(roles)]}/sim")
    made = Office(database_url, broker_url, folder, roles, page, ports, webhook, mail)
    try:
        with ended(made):
            codes = made.open()
            await _answers(made.public_port)
            yield made, codes
    finally:
        await page.stop()


@contextmanager
def ended(made: Office) -> Generator[None]:
    """Whatever happens, no process is left behind."""
    try:
        yield
    finally:
        for process in made.processes.values():
            if process.poll() is None:
                process.kill()
            process.wait()


async def _answers(port: int) -> None:
    import asyncio

    async with asyncio.timeout(60), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/sim/clock") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
