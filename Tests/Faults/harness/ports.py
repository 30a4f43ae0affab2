"""Ports for the servers of one test."""

import random
import socket

# Below the range that Linux takes outgoing connections from, so that a hub that was killed finds its port free again.
RANGE = range(20_000, 32_000)
_given: set[int] = set()


def free_port() -> int:
    """A port of loopback that nobody listens on, never given out twice by this process."""
    for port in random.SystemRandom().sample(RANGE, 500):
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise RuntimeError("no free port on loopback")
