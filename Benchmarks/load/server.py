"""The HTTP server under the stand-ins: as little of one as is fast."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

Answer = Callable[[bytes, bytes], bytes]
"""From a request's head and body to all bytes of its answer."""


def respond(status: str, body: bytes = b"") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        len(body),
        body,
    )


def respond_json(value: Any) -> bytes:
    return respond("200 OK", json.dumps(value).encode())


class Connection(asyncio.Protocol):
    """Kept alive; requests are answered in the order in which they come."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.received[:end])
            mark = head.lower().find(b"content-length:")
            length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(self.received) < end + 4 + length:
                return
            body = bytes(self.received[end + 4 : end + 4 + length])
            del self.received[: end + 4 + length]
            self.transport.write(self.answer(head, body))


def serve(port: int, answer: Answer) -> None:
    """Until the process is ended."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Connection(answer), "127.0.0.1", port, backlog=512)
        await server.serve_forever()

    asyncio.run(main())
