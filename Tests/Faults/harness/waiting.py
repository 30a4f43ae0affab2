"""Waiting for something to become true, with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(check: Callable[[], T], what: str, within: float = 30.0, every: float = 0.05) -> T:
    """Calls `check` until it gives something true and returns that; says `what` did not happen after `within` seconds.

    An assertion or a refused connection inside `check` counts as "not yet", and the last one is shown at the end.
    """
    end = time.monotonic() + within
    last: object = None
    while True:
        try:
            last = check()
            if last:
                return last
        except (AssertionError, OSError) as problem:
            last = problem
        if time.monotonic() > end:
            raise AssertionError(f"not within {within:g} s: {what} (last seen: {last!r})")
        time.sleep(every)


def always(check: Callable[[], bool], what: str, during: float, every: float = 0.1) -> None:
    """Fails as soon as `check` is not true; for promises about what must *not* happen for a while."""
    end = time.monotonic() + during
    while time.monotonic() < end:
        assert check(), f"no longer true: {what}"
        time.sleep(every)
