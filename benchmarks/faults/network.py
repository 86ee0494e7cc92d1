"""Three TCP proxies in a process of their own, between the roles and PostgreSQL, RabbitMQ and the vendor.

python -m benchmarks.faults.network NAME=PORT …, commands on standard input: NAME cut | freeze | flow | refuse | accept |
delay SECONDS. Prints NAME=PORT of each proxy first.
"""

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack

from tests.proxy import Proxy, proxied


class Network:
    """The process, as the run commands it. `ports`: where the roles find each server."""

    def __init__(self, **targets: int) -> None:
        command = [sys.executable, "-m", "benchmarks.faults.network"]
        self._process = subprocess.Popen(
            [*command, *(f"{name}={port}" for name, port in targets.items())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        pairs = self._process.stdout.readline().split()
        self.ports = {name: int(port) for name, port in (pair.split("=") for pair in pairs)}

    def tell(self, *words: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def obey(proxy: Proxy, what: str, seconds: str = "0") -> None:
    """One command."""
    if what == "cut":
        proxy.cut()
    elif what == "freeze":
        proxy.flows.clear()
    elif what == "flow":
        proxy.flows.set()
    elif what == "delay":
        proxy.delay = float(seconds)
    else:
        proxy.refuse = what == "refuse"


async def main(targets: list[str]) -> None:
    async with AsyncExitStack() as stack:
        proxies = {
            name: await stack.enter_async_context(proxied("127.0.0.1", int(port)))
            for name, port in (target.split("=") for target in targets)
        }
        print(*(f"{name}={proxy.port}" for name, proxy in proxies.items()), flush=True)
        commands = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(commands), sys.stdin.buffer
        )
        while line := (await commands.readline()).decode().split():
            obey(proxies[line[0]], *line[1:])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
