"""`dondoc run`: everything in one process. Without a messenger's token it opens the sandbox, a town to try it in."""

import asyncio
import fcntl
import socket
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from dondoc import logs, roles, town
from dondoc.feed import follow
from dondoc.settings import Settings
from dondoc.simulation import LETTERS
from dondoc.story import Story, StoryFailed
from dondoc.terminal import console, say
from dondoc.transcript import Transcript
from dondoc.wiring import House, build
from models.schema import migrate
from sandbox.app import Running, start
from sandbox.client import Town

PAGE_PORT = 8081
PARTS = (roles.scheduler, roles.consumer, roles.bot)
NAMES = ("scheduler", "forwarder", "consumer", "bot")


async def run(settings: Settings) -> None:
    """Serve until stopped. Raises StoryFailed when the first start's story does not happen."""
    if settings.has_channel:
        await _serve_people(settings)
    else:
        await _serve_town(settings, settings.data_dir / "town")


async def demo(settings: Settings) -> None:
    """Walk the story alone, in a town that is thrown away afterwards. Raises StoryFailed."""
    with tempfile.TemporaryDirectory(prefix="dondoc-demo-") as folder:
        await _serve_town(settings, Path(folder), only_story=True)


async def _serve_people(settings: Settings) -> None:
    logs.set_up()
    house = build(settings)
    await asyncio.to_thread(prepare, house)
    lanes = ", ".join(channel.lane for channel in house.channels)
    console.print(say(f"dondoc đang chạy: {lanes}", f"dondoc is running: {lanes}"))
    await roles.work(house, PARTS, names=NAMES)


def prepare(house: House) -> None:
    """Bring the schema up and the register in, so that the first start needs no other command."""
    from models.register import seed_register

    migrate(house.database)
    with house.database.transaction() as session:
        seed_register(session)


async def _serve_town(settings: Settings, folder: Path, *, only_story: bool = False) -> None:
    logs.set_up("WARNING")  # the terminal tells the story; what goes wrong still shows
    with alone(folder):
        await _open_and_serve(settings, folder, only_story=only_story)


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """One town to a folder: a second one would overwrite the state of the first. Raises OSError while one is open."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "open.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OSError(
                say(
                    f"dondoc đang chạy với thư mục {folder}; dừng nó trước, hoặc đặt DONDOC_DATA_DIR khác",
                    f"dondoc is already running with {folder}; stop it first, or set another DONDOC_DATA_DIR",
                )
            ) from None
        yield


async def _open_and_serve(settings: Settings, folder: Path, *, only_story: bool) -> None:
    page = await open_town(settings, folder, any_port=only_story)
    house = build(page.settings)
    await asyncio.to_thread(migrate, house.database)
    is_new = not (folder / "told").exists()
    codes = await house.database.write(town.settle, house.now()) if is_new else {}
    stop = asyncio.Event()
    roles.stop_on_signals(stop)
    try:
        async with roles.working(house, PARTS, NAMES, stop) as running:
            if is_new:
                await _tell(page, codes, stop)
                (folder / "told").touch()
            if not only_story:
                await _stay_open(page, running, stop)
    finally:
        await page.running.stop()


@dataclass(frozen=True)
class Page:
    """The served sandbox and the settings that point dondoc at it."""

    running: Running
    settings: Settings

    @property
    def url(self) -> str:
        """Address of the chat page."""
        return self.running.url


async def open_town(settings: Settings, folder: Path, *, any_port: bool) -> Page:
    """Serve the sandbox and point the settings at it; taken ports give way to free ones."""
    host, wanted = settings.http_host_port
    http_port = free_port(host, 0 if any_port else wanted)
    page_port = free_port(host, 0 if any_port else PAGE_PORT)
    running = await start(host, page_port, data_dir=folder / "sandbox", control_url=f"http://{host}:{http_port}/sim")
    chosen = settings.model_copy(
        update={
            "data_dir": folder,
            "telegram_token": SecretStr(town.TELEGRAM_TOKEN),
            "telegram_api_url": running.telegram_url,
            "zalo_tokens": (SecretStr(town.ZALO_TOKEN),),
            "zalo_api_url": running.zalo_url,
            "http_addr": f"{host}:{http_port}",
            "public_url": f"http://{host}:{http_port}",
            "simulated_clock": True,
        }
    )
    return Page(running, chosen)


def free_port(host: str, wanted: int) -> int:
    """`wanted` when nobody listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as trial, suppress(OSError):
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            return trial.getsockname()[1]
    raise OSError(f"no free port on {host}")


async def _tell(page: Page, codes: dict[str, str], stop: asyncio.Event) -> None:
    """Tell the story, or stop telling it when asked to end."""
    letter = await asyncio.to_thread((LETTERS / f"{town.STORY_LETTER}.txt").read_bytes)
    transcript = Transcript(console)
    async with Town(page.url) as people:
        telling = asyncio.create_task(Story(people, codes, letter, transcript.show).tell())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({telling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not telling.done():
            telling.cancel()
            raise StoryFailed(say("đã dừng giữa chừng", "stopped half-way"))
        telling.result()
    transcript.end()


async def _stay_open(page: Page, running: list[asyncio.Task[None]], stop: asyncio.Event) -> None:
    port = urlsplit(page.url).port
    console.print()
    console.print(
        say(
            f"Trang trò chuyện: [bold]http://127.0.0.1:{port}/[/]   (Ctrl+C để dừng)",
            f"Chat page: [bold]http://127.0.0.1:{port}/[/]   (Ctrl+C stops)",
        )
    )
    console.print(say("Diễn biến:", "As it happens:"), style="dim")
    feed = asyncio.create_task(follow(page.running.town, lambda line: console.print(line, markup=False)))
    try:
        await roles.until_stopped(running, stop)
    finally:
        feed.cancel()
