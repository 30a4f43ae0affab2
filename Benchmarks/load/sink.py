"""A business system that does nothing but take events fast: `python -m load.sink PORT`.

`GET /` tells what came: `{"count", "first", "last"}` (Unix seconds), with `?arrivals` also `{wamid: time}`.
"""

import asyncio
import json
import re
import sys
import time

PROVIDER_ID = re.compile(rb'"provider_id": ?"([^"]+)"')
TAKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Sink:
    """What came, over all connections."""

    def __init__(self) -> None:
        self.arrivals: dict[str, float] = {}
        self.count = 0
        self.first = self.last = 0.0

    def take(self, body: bytes) -> None:
        self.last = time.time()
        self.first = self.first or self.last
        self.count += 1
        if found := PROVIDER_ID.search(body):
            # JSON may escape the slashes of base64.
            self.arrivals.setdefault(found.group(1).decode().replace("\\/", "/"), self.last)

    def report(self, with_arrivals: bool) -> bytes:
        told = {"count": self.count, "first": self.first, "last": self.last}
        body = json.dumps(told | ({"arrivals": self.arrivals} if with_arrivals else {})).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Connection(asyncio.Protocol):
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
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
            if head.startswith(b"GET"):
                self.transport.write(self.sink.report(b"?arrivals" in head))
            else:
                self.sink.take(body)
                self.transport.write(TAKEN)


async def main(port: int) -> None:
    sink = Sink()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(sink), "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
