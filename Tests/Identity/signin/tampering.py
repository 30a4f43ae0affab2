"""Changes of what a browser carries back."""

from collections.abc import Callable

from signin.browser import Callback
from signin.scene import Attempt


def callback(change: Callable[[Callback], Callback]) -> Callable[[Attempt], None]:
    """Changes what the browser carries back."""

    def tamper(tried: Attempt) -> None:
        assert tried.callback is not None
        tried.callback = change(tried.callback)

    return tamper
