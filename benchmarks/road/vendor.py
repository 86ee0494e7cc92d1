"""An instant vendor: answers every sendMessage, keeps a ledger, and takes as long as it is told to.

python -m benchmarks.road.vendor PORT DELAY_SECONDS. GET /ledger gives [[chat, text, seconds], …]; /reset clears it.
"""

import asyncio
import json
import sys
import time
from urllib.parse import parse_qs

ANSWER = b'{"ok":true,"result":{"message_id":%d,"date":1764640000,"chat":{"id":%d,"type":"private"},"text":"x"}}'
ME = b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"bot","username":"bot"}}'


class Vendor(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as little of it as clients need."""

    delay = 0.0
    ledger: list[tuple[str, str, float]] = []
    faults: list[str] = []
    """What the next messages meet: lose (accepted, the answer lost), error (500), refuse (cut before), rate (429)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].decode("latin-1")
            length = next(
                (int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length")), 0
            )
            if len(self.buffer) < end + 4 + length:
                return
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            self.answer(head.split(" ", 2)[1], head, body)

    def answer(self, path: str, head: str, body: bytes) -> None:
        if path == "/ledger":
            return self.write(json.dumps(self.ledger).encode())
        if path.startswith("/fault/"):
            _, _, kind, times = path.split("/")
            self.faults[:] = [] if kind == "none" else [kind] * int(times)
            return self.write(b"{}")
        if path == "/reset":
            self.ledger.clear()
            return self.write(b"{}")
        if path.lower().endswith("getme"):
            return self.write(ME)
        fields = json.loads(body) if "json" in head.lower() else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        kind = self.faults.pop() if self.faults else ""
        if kind and kind != "lose":
            return self.fail(kind)
        self.ledger.append((str(fields["chat_id"]), fields["text"][:40], time.time()))
        if kind == "lose":
            return self.transport.close()
        answer = ANSWER % (len(self.ledger), abs(hash(fields["chat_id"])) % 10**9)
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.write, answer)
            return None
        return self.write(answer)

    def fail(self, kind: str) -> None:
        if kind == "refuse":
            self.transport.close()
        elif kind == "rate":
            self.write(b'{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":1}}', b"429 No")
        else:
            self.write(b"<html>bad gateway</html>", b"502 Bad Gateway")

    def write(self, body: bytes, status: bytes = b"200 OK") -> None:
        head = b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self.transport.write(head + body)  # type: ignore[attr-defined]


async def main(port: int, delay: float) -> None:
    Vendor.delay = delay
    server = await asyncio.get_running_loop().create_server(Vendor, "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
