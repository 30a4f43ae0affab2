"""The token endpoint of an OpenID provider that signed everything beforehand: `python -m load.provider PORT`.

`PUT /_documents` takes `{path: document}`, its metadata and keys; `PUT /_codes` takes `{code: reply}`, each given out
once. `GET /` tells `{"exchanged", "unknown"}`: the codes that were taken, and those that nobody was given.
"""

import json
import re
import sys

from load import server

CODE = re.compile(rb"(?:^|&)code=([^&]+)")
REFUSED = server.respond("400 Bad Request", b'{"error":"invalid_grant"}')


class Provider:
    def __init__(self) -> None:
        self.documents: dict[bytes, bytes] = {}
        self.replies: dict[bytes, bytes] = {}
        self.exchanged = self.unknown = 0

    def answer(self, head: bytes, body: bytes) -> bytes:
        method, path, _ = head.split(b" ", 2)
        if method == b"POST":
            return self.exchange(body)
        if method == b"GET":
            return self.documents.get(path) or self.report()
        kept = self.documents if path == b"/_documents" else self.replies
        kept |= {name.encode(): server.respond_json(value) for name, value in json.loads(body).items()}
        return server.respond("204 No Content")

    def exchange(self, body: bytes) -> bytes:
        found = CODE.search(body)
        reply = self.replies.pop(found.group(1), None) if found else None
        self.exchanged += reply is not None
        self.unknown += reply is None
        return reply or REFUSED

    def report(self) -> bytes:
        return server.respond_json({"exchanged": self.exchanged, "unknown": self.unknown})


if __name__ == "__main__":
    server.serve(int(sys.argv[1]), Provider().answer)
