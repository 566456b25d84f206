"""A world of our own inside the page: its scripts cannot change what ours see, and ours cannot run for ever."""

import json
from typing import Any

from playwright.sync_api import Error

from archive.capture.failures import CaptureFailed

NAME = "uppsikt"
SECONDS = 10.0
# What the browser says of a world whose page has gone elsewhere.
GONE = (
    "Cannot find context",
    "navigated or closed",
    "No frame for given id",
    "uniqueContextId not found",
    "Promise was collected",
)
STOPPED = ("terminated", "Script execution was interrupted")


class Moved(Exception):
    """The page has gone on to another one; what was read of it so far is of no use."""


class World:
    """Runs scripts in the page's main frame, apart from the page's own, each for a bounded time.

    Where a function waits, its waiting does not count. A page that never lets anybody in holds up even this; that is
    what the parent's `silent_seconds` is for.
    """

    def __init__(self, session: Any) -> None:
        self._session = session
        self._context = 0

    def ask(self, script: str, arg: Any = None, seconds: float = SECONDS) -> Any:
        """Call a function written in JavaScript and return what it answers, as JSON can hold it.

        Raises Moved, CaptureFailed("timeout") after `seconds`, or Error of the browser.
        """
        try:
            answer = self._session.send("Runtime.evaluate", self._order(script, arg, seconds))
        except Error as error:
            self._context = 0
            if any(text in str(error) for text in GONE):
                raise Moved from error
            raise
        if fault := answer.get("exceptionDetails"):
            raise _failure(fault)
        return answer["result"].get("value")

    def _order(self, script: str, arg: Any, seconds: float) -> dict[str, Any]:
        self._context = self._context or self._open()
        return {
            "expression": f"({script})({json.dumps(arg)})",
            "contextId": self._context,
            "returnByValue": True,
            "awaitPromise": True,
            "timeout": seconds * 1000,
        }

    def _open(self) -> int:
        frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        return int(
            self._session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": NAME})["executionContextId"]
        )


def _failure(fault: dict[str, Any]) -> CaptureFailed:
    said = f"{fault.get('text', '')} {fault.get('exception', {}).get('description', '')}"
    if any(text in said for text in STOPPED):
        return CaptureFailed("timeout", "a script in the page")
    return CaptureFailed("internal", f"a script in the page, line {fault.get('lineNumber', 0)}")
