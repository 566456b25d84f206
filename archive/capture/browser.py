"""Chromium: found on this machine, started with no way out but the guard, one fresh context per capture."""

import os
import shutil
from typing import Any

from archive.capture.bounds import Bounds

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
LOCALE = "sv-SE"
TIMEZONE = "Europe/Stockholm"
SWITCHES = (
    # QUIC and WebRTC speak UDP, which no proxy sees.
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # The guard resolves names. The browser itself knows none, not even to fetch them ahead.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    # A script that eats memory ends its own page long before the machine suffers.
    "--js-flags=--max-old-space-size=1024",
    "--mute-audio",
    "--hide-scrollbars",
)


def find() -> str | None:
    """Return the path of the browser to use, or None when there is none."""
    return shutil.which(os.environ.get("CHROMIUM_PATH", "")) or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Any, executable: str, proxy: str) -> Any:
    """Start the browser behind the proxy, loopback included. The sandbox is on unless this is root."""
    return playwright.chromium.launch(
        executable_path=executable,
        chromium_sandbox=os.geteuid() != 0,
        # Chromium leaves loopback out of every proxy unless it is told not to.
        proxy={"server": proxy, "bypass": "<-loopback>"},
        args=list(SWITCHES),
        ignore_default_args=["--disable-popup-blocking"],
    )


def new_context(browser: Any, bounds: Bounds) -> Any:
    """Open a context that remembers nothing, may do nothing, and looks like an ordinary Swedish screen."""
    return browser.new_context(
        viewport={"width": bounds.width, "height": bounds.view_height},
        locale=LOCALE,
        timezone_id=TIMEZONE,
        color_scheme="light",
        reduced_motion="reduce",
        accept_downloads=False,
        service_workers="block",
        permissions=[],
    )
