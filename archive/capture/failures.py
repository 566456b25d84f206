"""How a capture fails: a code, what was seen, and whether trying again may help."""

# Trying again may help: the cause lies in the network, the load or the browser, not in the page.
RETRIED = frozenset({"dns", "connect", "timeout", "crashed", "too_much_memory", "disk_full", "unstable", "internal"})
CODES = RETRIED | frozenset(
    {
        "refused_address",
        "refused_redirect",
        "tls",
        "redirects",
        "http_error",
        "not_a_page",
        "blank",
        "login_wall",
        "too_tall",
        "too_many_bytes",
        "no_browser",
    }
)
# Answers of a server that ask for patience, besides every 5xx.
PATIENT_STATUSES = frozenset({408, 425, 429})
DETAIL_LENGTH = 500


class CaptureFailed(Exception):
    """No snapshot came out of it. `code` is a key of reasons.REASONS, `detail` is for the technician."""

    def __init__(self, code: str, detail: str = "", retry: bool | None = None) -> None:
        super().__init__(code, detail)
        self.code = code if code in CODES else "internal"
        self.detail = detail[:DETAIL_LENGTH]
        self.retry = self.code in RETRIED if retry is None else retry


def http_failure(status: int) -> CaptureFailed:
    """The page itself answered with an error."""
    return CaptureFailed("http_error", str(status), retry=status >= 500 or status in PATIENT_STATUSES)
