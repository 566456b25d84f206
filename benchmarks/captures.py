"""Snapshots per minute of the engine, two at a time, against a bare loop that makes the same files of the same pages.

The bare loop has one browser for all pages and nothing else: no guard, no process of its own for each page, nobody who
looks at what came out. Both scroll alike, so that pictures that wait to be seen are there.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from archive.capture import browser, processes
from archive.capture.bounds import Bounds
from archive.capture.engine import capture
from archive.capture.scroll import STEP_MS
from archive.capture.tiles import QUALITY
from archive.demoplatform.people import WRITTEN

AT_ONCE, PAGES = 2, 20
# As the engine answers for them: pictures at desktop width, the text, the page as MHTML.
DOWN = """step => {
  window.scrollBy({top: step, behavior: 'instant'});
  return [scrollY + innerHeight, document.body.scrollHeight];
}"""
EAGER = "() => document.querySelectorAll('img[loading=lazy]').forEach(image => image.loading = 'eager')"
LOADED = "() => [...document.images].every(image => image.complete)"
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Rate:
    """One way of taking the pages: seconds for all of them, and the highest memory on the way in bytes."""

    seconds: float
    memory: int

    @property
    def per_minute(self) -> float:
        """Answer how many pages a minute that is."""
        return PAGES * 60 / self.seconds


def main() -> None:
    """Print both, the share that the engine reaches of the bare loop, and what the telephone's pictures add."""
    with _torget() as host:
        ours, bare = _engine(host, phone=False), _bare(host)
        with_phone = _engine(host, phone=True)
    print(f"\n{'snapshots, two at a time':<36}{'per minute':>12}{'ratio':>8}{'peak, MiB':>12}")
    for words, rate in (("bare loop", bare), ("engine", ours), ("engine, with telephone", with_phone)):
        ratio = rate.per_minute / bare.per_minute
        print(f"{words:<36}{rate.per_minute:>12.1f}{ratio:>8.2f}{rate.memory / 2**20:>12.0f}", flush=True)


def _addresses(host: str) -> list[str]:
    names = [*WRITTEN, *(f"kommun{number}kommun" for number in range(PAGES))]
    return [f"http://{host}/{name}" for name in names[:PAGES]]


@contextmanager
def _torget() -> Iterator[str]:
    """Serve the demo platform in a process of its own; answer its host."""
    command = [sys.executable, "-m", "archive.demoplatform", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield server.stdout.readline().split("/")[2]
        finally:
            server.terminate()


def _engine(host: str, *, phone: bool) -> Rate:
    def take(numbered: tuple[int, str]) -> None:
        number, address = numbered
        capture(
            address, Path(folder) / str(number), allowed_host=host, progress=lambda percent, phase: None, phone=phone
        )

    with tempfile.TemporaryDirectory() as folder, _weighed() as peak, ThreadPoolExecutor(AT_ONCE) as pool:
        start = time.monotonic()
        list(pool.map(take, enumerate(_addresses(host))))
        seconds = time.monotonic() - start
    return Rate(seconds, peak[0])


def _bare(host: str) -> Rate:
    with tempfile.TemporaryDirectory() as folder, _weighed() as peak:
        seconds = asyncio.run(_bare_loop(_addresses(host), Path(folder)))
    return Rate(seconds, peak[0])


async def _bare_loop(addresses: list[str], folder: Path) -> float:
    start = time.monotonic()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        turn = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            *(_bare_page(chromium, turn, address, folder / str(n)) for n, address in enumerate(addresses))
        )
        await chromium.close()
    return time.monotonic() - start


async def _bare_page(chromium: Browser, turn: asyncio.Semaphore, address: str, folder: Path) -> None:
    bounds = Bounds()
    async with turn:
        context = await chromium.new_context(viewport={"width": bounds.width, "height": bounds.view_height})
        page = await context.new_page()
        await page.goto(address, wait_until="networkidle")
        await page.evaluate(EAGER)
        bottom, height = 0, 1
        while bottom < height:
            bottom, height = await page.evaluate(DOWN, bounds.view_height)
            await page.wait_for_timeout(STEP_MS)
        await page.wait_for_function(LOADED)
        folder.mkdir()
        await page.screenshot(path=folder / "bild.jpg", type="jpeg", quality=QUALITY, full_page=True)
        (folder / "text.txt").write_text(await page.inner_text("body"), encoding="utf-8")
        session = await context.new_cdp_session(page)
        saved = await session.send("Page.captureSnapshot", {"format": "mhtml"})
        (folder / "sida.mhtml").write_text(saved["data"], encoding="utf-8")
        await context.close()


@contextmanager
def _weighed() -> Iterator[list[int]]:
    """Weigh every process below this one, as the engine weighs its own, until the block ends; answer the peak."""
    peak, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            below = processes.family(os.getpid(), f"{processes.MARK}=nobody")
            peak[0] = max(peak[0], processes.shared_once(below))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


if __name__ == "__main__":
    main()
