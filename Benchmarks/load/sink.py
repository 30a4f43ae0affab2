"""A business system that does nothing but take events fast: `python -m load.sink PORT`.

`GET /` tells what came: `{"count", "first", "last"}` (Unix seconds), with `?arrivals` also `{wamid: time}`.
"""

import re
import sys
import time

from load import server

PROVIDER_ID = re.compile(rb'"provider_id": ?"([^"]+)"')
TAKEN = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Sink:
    """What came, over all connections."""

    def __init__(self) -> None:
        self.arrivals: dict[str, float] = {}
        self.count = 0
        self.first = self.last = 0.0

    def answer(self, head: bytes, body: bytes) -> bytes:
        if head.startswith(b"GET"):
            return self.report(b"?arrivals" in head)
        self.take(body)
        return TAKEN

    def take(self, body: bytes) -> None:
        self.last = time.time()
        self.first = self.first or self.last
        self.count += 1
        if found := PROVIDER_ID.search(body):
            # JSON may escape the slashes of base64.
            self.arrivals.setdefault(found.group(1).decode().replace("\\/", "/"), self.last)

    def report(self, with_arrivals: bool) -> bytes:
        told = {"count": self.count, "first": self.first, "last": self.last}
        return server.respond_json(told | ({"arrivals": self.arrivals} if with_arrivals else {}))


if __name__ == "__main__":
    server.serve(int(sys.argv[1]), Sink().answer)
