"""Private PostgreSQL and RabbitMQ instances on free ports, for tests and benchmarks.

One of each is shared by all workers of a pytest-xdist run. A small watcher beside every server ends it and removes its
folder as soon as the process that asked for it is gone, however that one died.
"""

import atexit
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

POSTGRES_FOLDERS = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")
RABBITMQ_SERVERS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/local/sbin/rabbitmq-server")
HINT = "sudo apt-get install postgresql rabbitmq-server"
START_SECONDS = 90
RUNNING: list["Server"] = []  # a Popen that is forgotten while its process lives is a warning


@atexit.register
def _let_go() -> None:
    """At our end too: a shared server ends with its owner, not with the worker that happened to start it."""
    for server in RUNNING:
        if server.watcher is not None and server.watcher.poll() is None:
            server.watcher.returncode = 0


WATCH = """
trap '' HUP INT
"$@" >"$FOLDER/server.log" 2>&1 &
child=$!
echo "$child" >"$FOLDER/child.pid"
while kill -0 "$OWNER" 2>/dev/null && kill -0 "$child" 2>/dev/null && [ ! -e "$FOLDER/stop" ]; do sleep 0.3; done
kill -"$STOP" "$child" 2>/dev/null
wait "$child"
[ -n "$ERL_EPMD_PORT" ] && epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1
kill -0 "$OWNER" 2>/dev/null || rm -rf "$FOLDER"
"""


class Missing(Exception):
    """The server's program is not installed."""


class Server:
    """A server with a folder and a port of its own. `start` may follow `kill` or `stop`: the data stays."""

    stop_signal = "TERM"

    def __init__(self, name: str, owner: int | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"dondoc-{name}-"))
        self.port = free_port()
        self.owner = owner or os.getpid()
        self.watcher: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise RuntimeError("each server says its own command")

    def environment(self) -> dict[str, str]:
        return {}

    def ready(self) -> bool:
        raise RuntimeError("each server knows when it is ready")

    def start(self) -> None:
        """Start and wait until it answers. Raises RuntimeError with the log's end when it does not."""
        (self.folder / "stop").unlink(missing_ok=True)
        (self.folder / "child.pid").unlink(missing_ok=True)
        environment = os.environ | self.environment()
        environment |= {"FOLDER": str(self.folder), "OWNER": str(self.owner), "STOP": self.stop_signal}
        self.watcher = subprocess.Popen(
            ["sh", "-c", WATCH, "watch", *self.command()],
            env=environment,
            cwd=self.folder,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        RUNNING.append(self)
        wait_until(lambda: self.ready() or self._gone(), f"{self.folder.name} did not start")
        if self._gone():
            raise RuntimeError(f"{self.folder.name}: {self.log()[-2000:]}")

    def _gone(self) -> bool:
        return self.watcher is None or self.watcher.poll() is not None

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def pid(self) -> int:
        return int((self.folder / "child.pid").read_text())

    def kill(self) -> None:
        """As a crash: SIGKILL to the server and every process under it."""
        family = descendants(self.pid())
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        wait_until(lambda: not any(_lives(pid) for pid in family), "the killed server still runs", 30)
        if self.watcher:
            self.watcher.wait(30)

    def stop(self) -> None:
        (self.folder / "stop").touch()
        if self.watcher:
            self.watcher.wait(60)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """PostgreSQL; as another user when we are root, because it refuses root."""

    stop_signal = "INT"  # "fast": ends connections instead of waiting for them

    def __init__(self, owner: int | None = None, durable: bool = False) -> None:
        self.programs = next((Path(f) for f in POSTGRES_FOLDERS if Path(f, "initdb").exists()), None)
        if self.programs is None:
            raise Missing("postgresql")
        super().__init__("pg", owner)
        self.durable = durable
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
        self.as_user = as_postgres if os.getuid() == 0 else []
        self.user = "postgres"
        if self.as_user:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        subprocess.run(
            [
                *self.as_user,
                *(str(self.programs / "initdb"), "-D", str(self.folder / "data"), "-U", self.user),
                *("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"),
            ],
            check=True,
            capture_output=True,
            cwd="/",
        )

    def command(self) -> list[str]:
        options = ["max_connections=300", "listen_addresses=127.0.0.1", f"port={self.port}", "shared_buffers=128MB"]
        options += [f"unix_socket_directories={self.folder}", "log_min_messages=fatal"]
        if not self.durable:
            options += ["fsync=off", "full_page_writes=off"]
        flags = [part for option in options for part in ("-c", option)]
        return [*self.as_user, str((self.programs or Path()) / "postgres"), "-D", str(self.folder / "data"), *flags]

    def ready(self) -> bool:
        program = str((self.programs or Path()) / "pg_isready")
        found = subprocess.run([program, "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False)
        return found.returncode == 0

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{name}"


class RabbitMQ(Server):
    """RabbitMQ with its own node name, data, distribution port and port mapper."""

    def __init__(self, owner: int | None = None) -> None:
        self.program = next((p for p in RABBITMQ_SERVERS if Path(p).exists()), None)
        if self.program is None:
            raise Missing("rabbitmq-server")
        super().__init__("mq", owner)
        self.distribution, self.mapper = free_port(), free_port()
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\ndisk_free_limit.absolute = 1MB\nlog.console = true\n"
            "log.file = false\nlog.console.level = warning\n"
        )

    def command(self) -> list[str]:
        return [str(self.program)]

    def environment(self) -> dict[str, str]:
        folder = str(self.folder)
        return {
            "HOME": folder,
            "ERL_EPMD_PORT": str(self.mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_DIST_PORT": str(self.distribution),
            "RABBITMQ_MNESIA_BASE": f"{folder}/data",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_PID_FILE": f"{folder}/server.pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none",
        }

    @property
    def node(self) -> str:
        return f"dondoc{self.port}@localhost"

    def ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.settimeout(2)
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                return connection.recv(1) == b"\x01"
        except OSError:
            return False

    def control(self, *arguments: str) -> str:
        """Run rabbitmqctl against this node and return what it prints."""
        program = str(Path(str(self.program)).with_name("rabbitmqctl"))
        run = subprocess.run(
            [program, "-q", "-n", self.node, *arguments],
            env=os.environ | self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    def url(self, prefix: str = "dondoc") -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}/?queue_prefix={prefix}"


def shared(folder: Path, owner: int, kind: type[Postgres] | type[RabbitMQ]) -> str:
    """URL (with {name}) of this test run's one server of the kind, started by whoever comes first. Raises Missing."""
    note = folder / f"{kind.__name__}.url"
    with (folder / f"{kind.__name__}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            server = kind(owner)
            server.start()
            note.write_text(server.url("{name}"))
        return note.read_text()


def fresh_name(prefix: str = "t") -> str:
    return f"{prefix}_{secrets.token_hex(5)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(root: int) -> list[int]:
    """The process and all under it, children first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found: list[int] = []

    def walk(pid: int) -> None:
        for child in children.get(pid, []):
            walk(child)
        found.append(pid)

    walk(root)
    return found


def _lives(pid: int) -> bool:
    """Whether the process still runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(done: Callable[[], bool], failure: str, seconds: float = START_SECONDS) -> None:
    """Poll until `done`. Raises TimeoutError(failure)."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(failure)
        time.sleep(0.05)
