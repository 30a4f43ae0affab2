"""Requests at a fixed rate, whatever the server does: latency counts from when a request was due, not from when it went out."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass

CONNECTIONS = 64
# As fast as answers come; latency then counts from a request's sending.
FULL_SPEED = float("inf")


@dataclass
class Paced:
    """One run. Latencies in seconds, one for each answered request, in the order of the answers."""

    offered: float
    latencies: list[float]
    refused: int
    seconds: float
    sent_at: dict[str, float]

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] * 1000


class _Connection(asyncio.Protocol):
    """One request at a time; an answer ends with its headers and as many bytes as they say."""

    def __init__(self, run: "_Run") -> None:
        self.run = run
        self.transport: asyncio.Transport | None = None
        self.due = 0.0
        self.received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, due: float, request: bytes) -> None:
        assert self.transport is not None
        self.due = due
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self.received[:end]).lower()
        mark = head.find(b"content-length:")
        length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
        if len(self.received) < end + 4 + length:
            return
        self.received.clear()
        self.run.answered(self, head[9:10] == b"2")

    def connection_lost(self, problem: Exception | None) -> None:
        self.run.lost(self)


class _Run:
    def __init__(self, requests: list[tuple[str, bytes]], rate: float) -> None:
        self.requests = requests
        self.rate = rate
        self.idle: deque[_Connection] = deque()
        self.waiting: deque[tuple[float, str, bytes]] = deque()
        self.latencies: list[float] = []
        self.sent_at: dict[str, float] = {}
        self.refused = 0
        self.finished = asyncio.Event()
        self.problem: str | None = None
        self.closing = False

    async def measure(self, host: str, port: int) -> Paced:
        loop = asyncio.get_running_loop()
        connections = [
            (await loop.create_connection(lambda: _Connection(self), host, port))[1] for _ in range(CONNECTIONS)
        ]
        self.idle.extend(connections)
        began = time.perf_counter()
        for number, (id, request) in enumerate(self.requests):
            due = began + number / self.rate
            # Never early: what the timer is late by counts against the server.
            while (pause := due - time.perf_counter()) > 0:
                await asyncio.sleep(pause)
            self.waiting.append((due, id, request))
            self.pump()
            if number % 32 == 0:
                await asyncio.sleep(0)
        await asyncio.wait_for(self.finished.wait(), timeout=60)
        seconds = time.perf_counter() - began
        self.closing = True
        for connection in connections:
            if connection.transport is not None:
                connection.transport.close()
        if self.problem:
            raise RuntimeError(self.problem)
        return Paced(self.rate, self.latencies, self.refused, seconds, self.sent_at)

    def pump(self) -> None:
        while self.waiting and self.idle:
            due, id, request = self.waiting.popleft()
            self.sent_at[id] = time.time()
            self.idle.popleft().send(due if self.rate != FULL_SPEED else time.perf_counter(), request)

    def answered(self, connection: _Connection, is_good: bool) -> None:
        self.latencies.append(time.perf_counter() - connection.due)
        self.refused += not is_good
        self.idle.append(connection)
        self.pump()
        if len(self.latencies) == len(self.requests):
            self.finished.set()

    def lost(self, connection: _Connection) -> None:
        if not self.closing:
            self.problem = "the server closed a connection"
            self.finished.set()


def run(host: str, port: int, requests: list[tuple[str, bytes]], rate: float) -> Paced:
    """Sends all requests at `rate` a second over 64 connections."""

    async def measure() -> Paced:
        return await _Run(requests, rate).measure(host, port)

    return asyncio.run(measure())
