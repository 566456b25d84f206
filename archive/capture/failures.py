"""How a capture fails: a code, what was seen, and whether trying again may help."""

import errno
import re
import traceback
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

# Trying again may help: the cause lies in the network, the load or the browser, not in the page.
RETRIED = frozenset(
    {"dns", "connect", "timeout", "busy", "crashed", "too_much_memory", "disk_full", "unstable", "internal"}
)
CODES = RETRIED | frozenset(
    {
        "refused_address",
        "refused_redirect",
        "tls",
        "redirects",
        "http_error",
        "not_a_page",
        "blank",  # not said any more, but kept of captures that were: pages like these are for a person to judge
        "login_wall",
        "too_tall",
        "too_many_bytes",
        "no_browser",
    }
)
# The only words of a browser that say nothing of the page: the name of the network's fault.
FAULT = re.compile(r"\bERR_[A-Z0-9_]+")
# A detail is shown on a page and kept: what a stranger's page, address or file name says cannot hide in it.
STRANGE = re.compile(r"[^\w .,:()%-]+")
# Answers of a server that asks to be left alone for a while.
BUSY_STATUSES = frozenset({429, 503})
LEAST_WAIT, LONGEST_WAIT = 60, 6 * 60 * 60
DETAIL_LENGTH = 100


class CaptureFailed(Exception):
    """No snapshot came out of it. `code` is a key of reasons.REASONS.

    `detail` is a short phrase of our own for the technician: a kind of error, a code, a number. It never quotes.
    `wait_seconds` is how long the site asked to be left alone, within bounds; 0 where it did not say.
    """

    def __init__(self, code: str, detail: str = "", retry: bool | None = None, wait_seconds: int = 0) -> None:
        super().__init__(code, detail)
        self.code = code if code in CODES else "internal"
        self.detail = " ".join(STRANGE.sub(" ", detail).split())[:DETAIL_LENGTH]
        self.retry = self.code in RETRIED if retry is None else retry
        self.wait_seconds = min(max(wait_seconds, 0), LONGEST_WAIT)


def fault(message: str) -> str:
    """Name the network's fault in what a browser said, or say only that it was the browser."""
    found = FAULT.search(message)
    return found[0] if found else "browser error"


def kind_of(error: BaseException) -> str:
    """Tell an unforeseen error by its type, its number and the line it was raised at, without its words."""
    number = f" {errno.errorcode.get(error.errno or 0, '')}" if isinstance(error, OSError) else ""
    *_, last = traceback.extract_tb(error.__traceback__) or [None]
    place = f" at {Path(last.filename).name}:{last.lineno}" if last else ""
    return f"{type(error).__name__}{number.rstrip()}{place}"


def busy(status: int, retry_after: str, now: datetime) -> CaptureFailed:
    """The site asked to be left alone: for as many seconds, until a moment, or for a while."""
    return CaptureFailed("busy", str(status), wait_seconds=max(_seconds(retry_after, now), LEAST_WAIT))


def _seconds(retry_after: str, now: datetime) -> int:
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
        return round((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return 0
