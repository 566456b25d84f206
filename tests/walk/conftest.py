"""The whole product as a newcomer starts it: every process real, a data folder of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 180
STOP_SECONDS = 60
WAIT_MS = 30_000
LOOKS, LOOK_MS = 60, 1_000
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Site:
    """A running Uppsikt with demo data; `pictures` is where a picture of each step is wanted, if anywhere."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.url = url
        self.browser = browser
        wanted = os.environ.get("UPPSIKT_PICTURES")
        self.pictures = Path(wanted) if wanted else None

    def sign_in(self, login: str | None, size: dict[str, int] | None = None) -> Page:
        """Answer a page of a fresh browser, signed in as one of the demo's people (None: nobody)."""
        context = self.browser.new_context(viewport=size or DESKTOP, locale="sv-SE", timezone_id="Europe/Stockholm")
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        if login:
            page.goto(f"{self.url}/logga-in/login/")
            page.locator(f"button[value='{login}@kommun.example']").click()
            page.wait_for_url(f"{self.url}/")
        return page

    def appears(self, page: Page, locator: Locator) -> Locator:
        """Answer the locator once the page shows it, looking anew until it does: workers take their time."""
        for _ in range(LOOKS):
            if locator.count():
                return locator
            page.wait_for_timeout(LOOK_MS)
            page.reload()
        raise AssertionError(f"{page.url} never showed {locator}")

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of the page as it is, where pictures are wanted."""
        if self.pictures:
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, for these tests only: its loop must not run in the thread of tests of the database.

    As root it runs without its sandbox, on pages of our own.
    """
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=args)


@pytest.fixture(scope="package")
def site(browser: Browser) -> Iterator[Site]:
    """Start everything as `script/server` does; stop it as Ctrl-C does."""
    with tempfile.TemporaryDirectory(prefix="uppsikt-walk-") as data:
        command = [
            sys.executable,
            ROOT / "script" / "supervise.py",
            "--data",
            data,
            "--port",
            "8100",
        ]
        own = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "CACHE_URL")}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own, cwd=ROOT)
        try:
            yield Site(_ready(process), browser)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)
            process.stdout.close()


def _ready(process: subprocess.Popen[str]) -> str:
    deadline = threading.Timer(READY_SECONDS, process.kill)
    deadline.start()
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith("ready "):
                url = line.split()[1]
                assert urllib.request.urlopen(f"{url}/healthz", timeout=30).status == 200
                return url
    finally:
        deadline.cancel()
    raise AssertionError("the product did not start:\n" + "".join(said))
