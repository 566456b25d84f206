"""From what the browser, the guard and the page say to one failure code."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from archive.capture.failures import BUSY_STATUSES, CaptureFailed, busy, fault
from archive.capture.guard import Guard
from archive.capture.watch import Watch

PORTS = {"http": 80, "https": 443}
GUARD_CODES = {"dns": "dns", "connect": "connect"}
# First match wins; what matches nothing is a connection that did not work.
MESSAGES = (
    ("crashed", "crashed"),
    ("has been closed", "crashed"),
    ("Connection closed", "crashed"),
    ("ERR_CERT", "tls"),
    ("ERR_SSL", "tls"),
    ("ERR_BAD_SSL", "tls"),
    ("ERR_TOO_MANY_REDIRECTS", "redirects"),
    ("Download is starting", "not_a_page"),
    ("ERR_ABORTED", "not_a_page"),
    ("ERR_UNSAFE_PORT", "refused_redirect"),
    ("ERR_UNSAFE_REDIRECT", "refused_redirect"),
    ("ERR_UNKNOWN_URL_SCHEME", "refused_redirect"),
    ("ERR_TIMED_OUT", "timeout"),
    ("Timeout", "timeout"),
    ("Execution context was destroyed", "unstable"),
    ("interrupted by another navigation", "unstable"),
)
# What a page between the site and us says may be gone in a minute; every other answer is the site's own.
PASSING = frozenset({408, 425, 502, 504})


def explain(message: str, watch: Watch, guard: Guard) -> CaptureFailed:
    """Tell why an action in the browser raised."""
    detail = fault(message)
    if guard.overrun:
        return CaptureFailed("too_many_bytes", f"{guard.downloaded} bytes")
    last = watch.navigations[-1] if watch.navigations else ""
    if code := _guard_code(last, watch, guard):
        return CaptureFailed(code, guard.failure(*place(last)))
    if "ERR_HTTP_RESPONSE_CODE_FAILURE" in message or (watch.status >= 400 and "chrome-error" in message):
        return CaptureFailed("http_error", str(watch.status), retry=watch.status >= 500)
    return CaptureFailed(next((code for text, code in MESSAGES if text in message), "connect"), detail)


def check_answer(url: str, watch: Watch, guard: Guard) -> None:
    """Raise CaptureFailed unless what stands in the browser is a good answer from outside."""
    if guard.overrun:
        raise CaptureFailed("too_many_bytes", f"{guard.downloaded} bytes")
    if watch.lost or url.startswith("chrome-error:"):
        raise explain(watch.lost or url, watch, guard)
    if urlsplit(url).scheme not in PORTS:
        raise CaptureFailed("blank", f"{urlsplit(url).scheme} is no page")
    if watch.status >= 400 and (code := _guard_code(watch.reached, watch, guard)):
        raise CaptureFailed(code, guard.failure(*place(watch.reached)))
    if watch.status in PASSING:
        raise CaptureFailed("http_error", str(watch.status), retry=True)
    if watch.status in BUSY_STATUSES:
        raise busy(watch.status, watch.headers.get("retry-after", ""), datetime.now(UTC))


def place(url: str) -> tuple[str, int]:
    """Return host and port of an address as the guard names them."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return (f"[{host}]" if ":" in host else host), parts.port or PORTS.get(parts.scheme, 0)


def _guard_code(url: str, watch: Watch, guard: Guard) -> str:
    failure = guard.failure(*place(url))
    if failure in GUARD_CODES or not failure:
        return GUARD_CODES.get(failure, "")
    return "refused_redirect" if watch.redirects else "refused_address"
