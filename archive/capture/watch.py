"""What happens around the page while it is captured: navigations, dialogs, popups, downloads, a crash."""

import contextlib
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error

ABORTED = "net::ERR_ABORTED"
MOVES = 50
# Secrets of a session have no place in an archive, whatever the header is called.
SECRET = re.compile(r"cookie|auth|token|session|secret|nonce|csrf|xsrf|report-to|^nel$")
HEADERS, HEADER_LENGTH = 60, 500


class Watch:
    """Listens from before the first request; says no to dialogs, popups and downloads, and counts them."""

    def __init__(self, context: Any, page: Any, crashed: Callable[[], None]) -> None:
        self.navigations: list[str] = []
        self.status = 0
        self.reached = ""
        self.headers: dict[str, str] = {}
        self.hops: list[dict[str, Any]] = []
        self.lost = ""
        self.dialogs = 0
        self.popups = 0
        self.downloads = 0
        self._page = page
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_request_failed)
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        page.on("crash", lambda _page: crashed())
        context.on("page", self._on_page)

    @property
    def redirects(self) -> tuple[str, ...]:
        """Every address the page was sent on to, by the server or by a script, each once."""
        return tuple(dict.fromkeys(url for url in self.navigations if url != self.navigations[0]))

    def _is_main(self, request: Any) -> bool:
        # A request of a worker has no frame, and asking for it raises.
        with contextlib.suppress(Error):
            return bool(request.is_navigation_request() and request.frame == self._page.main_frame)
        return False

    def _on_request(self, request: Any) -> None:
        if self._is_main(request):
            # The first and the last are what matters on a page that never stops moving.
            del self.navigations[MOVES:]
            self.navigations.append(request.url)

    def _on_response(self, response: Any) -> None:
        if self._is_main(response.request):
            self.status, self.reached, self.lost = response.status, response.url, ""
            self.headers = kept(response.headers)
            by = "server" if response.request.redirected_from else "page" if self.hops else ""
            del self.hops[MOVES:]
            self.hops.append({"address": response.url, "status": response.status, "by": by})

    def _on_request_failed(self, request: Any) -> None:
        if self._is_main(request) and request.failure != ABORTED:
            self.lost = request.failure or "failed"

    def _on_dialog(self, dialog: Any) -> None:
        self.dialogs += 1
        with contextlib.suppress(Error):
            dialog.dismiss()

    def _on_download(self, download: Any) -> None:
        self.downloads += 1
        with contextlib.suppress(Error):
            download.cancel()

    def _on_page(self, popup: Any) -> None:
        if popup != self._page:
            self.popups += 1
            with contextlib.suppress(Error):
                popup.close()


def kept(headers: dict[str, str]) -> dict[str, str]:
    """Return what may be kept of a page's headers: no cookies and nothing else that lets anybody in."""
    shown = [(name.lower(), value) for name, value in headers.items() if not SECRET.search(name.lower())]
    return {name: value[:HEADER_LENGTH] for name, value in sorted(shown)[:HEADERS]}
