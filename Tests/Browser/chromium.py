"""A Chromium without a window, spoken to over its debugging pipe: no driver and no package needed.

The protocol is JSON with a NUL after each message, in on descriptor 3 and out on 4 (Chrome DevTools Protocol).
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from pathlib import Path
from typing import Any, Self

START = 60
ANSWER = 60
# What a wait in the page may take; the machine may be busy.
PATIENCE = float(os.environ.get("BROWSER_PATIENCE", "60"))


def executable() -> str | None:
    """The browser of this machine, or None."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


def _moved_up(end: int) -> int:
    """The same end of a pipe under a number of 10 or more."""
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return moved


class PageError(AssertionError):
    """The page did not do what was asked of it."""


class Chromium:
    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def __enter__(self) -> Self:
        # Far from 3 and 4, which the browser's ends are about to get.
        to_browser, self._input = (_moved_up(end) for end in os.pipe())
        self._output, from_browser = (_moved_up(end) for end in os.pipe())
        command = [
            executable() or "chromium",
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--autoplay-policy=no-user-gesture-required",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--user-data-dir={self._profile}",
            "about:blank",
        ]
        nothing = [(os.POSIX_SPAWN_OPEN, end, os.devnull, os.O_RDWR, 0) for end in (0, 1, 2)]
        pipes = [(os.POSIX_SPAWN_DUP2, to_browser, 3), (os.POSIX_SPAWN_DUP2, from_browser, 4)]
        self._process = os.posix_spawn(command[0], command, os.environ, file_actions=[*nothing, *pipes])
        os.close(to_browser)
        os.close(from_browser)
        self._unread = b""
        self._count = 0
        self.events: list[dict[str, Any]] = []
        self.call("Browser.getVersion", within=START)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.call("Browser.close", within=10)
        except (PageError, OSError):
            pass
        os.close(self._input)
        os.close(self._output)
        deadline = time.monotonic() + 10
        while os.waitpid(self._process, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
                return
            time.sleep(0.05)

    def call(self, method: str, session: str | None = None, within: float = ANSWER, **params: Any) -> dict[str, Any]:
        """Sends a command and returns its result; events that come meanwhile are kept."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._input, rest) :]
        deadline = time.monotonic() + within
        while True:
            answer = self._next(deadline, method)
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _next(self, deadline: float, method: str) -> dict[str, Any]:
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._output], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise PageError(f"{method}: no answer in time")
            if not (data := os.read(self._output, 1 << 20)):
                raise PageError(f"{method}: the browser has ended")
            self._unread += data
        message, self._unread = self._unread.split(b"\0", 1)
        return json.loads(message)

    def page(self, url: str, width: int = 390, height: int = 844, dark: bool = False) -> "Page":
        """Opens a page of that size and waits until it has loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        for domain in ("Page", "Runtime", "Log", "DOM"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        # Nothing moves, so that what is clicked stays where it was seen.
        features = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
        page.call(
            "Emulation.setEmulatedMedia", features=[{"name": name, "value": value} for name, value in features.items()]
        )
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        page.call("Page.navigate", url=url)
        page.wait("document.readyState === 'complete' && location.href !== 'about:blank'")
        return page


class Page:
    def __init__(self, browser: Chromium, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **params)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; a promise is awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise PageError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression: str, within: float = PATIENCE) -> Any:
        """Waits until an expression is true, and returns its value."""
        deadline = time.monotonic() + within
        while True:
            try:
                if value := self.evaluate(expression):
                    return value
                problem = ""
            except PageError as error:
                # What it asks about may not be on the page yet.
                problem = str(error)
            if time.monotonic() > deadline:
                shown = self.evaluate("document.body.innerText")
                raise PageError(f"never true: {expression}\n{problem}\n{shown}\n{self.errors}")
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Clicks the middle of the last element that matches, as a person would: it has to be there and on top."""
        find = f"[...document.querySelectorAll({json.dumps(selector)})].filter((e) => e.offsetParent !== null).at(-1)"
        self.wait(f"{find} !== undefined")
        self.evaluate(f"{find}.scrollIntoView({{ block: 'nearest', behavior: 'instant' }})")
        place = self.evaluate(
            f"(() => {{ const b = {find}.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] }})()"
        )
        self.wait(f"{find}.contains(document.elementFromPoint({place[0]}, {place[1]}))")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def write(self, selector: str, text: str) -> None:
        """Puts a text in place of what a field holds."""
        self.wait(f"document.querySelector({json.dumps(selector)}) !== null")
        self.evaluate(
            f"(() => {{ const f = document.querySelector({json.dumps(selector)}); f.focus(); f.select?.() }})()"
        )
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40}
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key], **text)

    def choose_files(self, selector: str, *files: Path) -> None:
        """Hands files to a file field, as its dialogue would."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(file) for file in files], nodeId=node)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)

    @property
    def errors(self) -> list[str]:
        """What the console complained of: scripts that threw, content that the policy refused, files not found."""
        found = []
        for event in self._browser.events:
            if event.get("sessionId") != self._session:
                continue
            if event["method"] == "Runtime.exceptionThrown":
                found.append(json.dumps(event["params"]["exceptionDetails"])[:2000])
            elif event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
                entry = event["params"]["entry"]
                found.append(f"{entry['text']} {entry.get('url', '')}")
        return found
