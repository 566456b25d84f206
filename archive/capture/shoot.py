"""One capture, from the open page to the files. Runs in a process of its own: see child.py."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

from archive.capture import browser, scripts, tiles
from archive.capture.bounds import Bounds
from archive.capture.failures import CaptureFailed, kind_of
from archive.capture.guard import Guard, Limits
from archive.capture.results import Facts
from archive.capture.scroll import Images, check_height, read_through, settle
from archive.capture.verdict import check_answer, explain, looks_like_login, place
from archive.capture.watch import Watch

Progress = Callable[[int, str], None]
TEXT, FACTS = "text.txt", "fakta.json"
# A page that moves on by itself is read again from where it landed, but not for ever.
ATTEMPTS = 4
MOVED = ("Execution context was destroyed", "navigation")
STEADY_MS = 300
# As many refused places as a person will read.
PLACES = 100


def shoot(order: dict[str, Any], progress: Progress) -> list[str]:
    """Carry out the order; return the names of the files. Raises CaptureFailed, or OSError of the disk."""
    bounds = Bounds(**order["bounds"])
    # Neither is closed again: the process ends with its answer, and the parent ends what is left.
    guard = Guard(order["allowed_host"], limits=Limits(downloaded=bounds.max_bytes)).start()
    playwright = sync_playwright().start()
    try:
        chromium = browser.launch(playwright, order["chromium"], guard.address)
    except Error as error:
        raise CaptureFailed("no_browser", kind_of(error)) from error
    return Shoot(order, bounds, guard, chromium, progress).run()


class Shoot:
    """The steps of one capture and what they share."""

    def __init__(self, order: dict[str, Any], bounds: Bounds, guard: Guard, chromium: Any, progress: Progress) -> None:
        self.address: str = order["address"]
        self.folder = Path(order["folder"])
        self.bounds = bounds
        self.guard = guard
        self.progress = progress
        self.version = chromium.version
        self.started = datetime.now(UTC)
        self.context = browser.new_context(chromium, bounds)
        self.page = self.context.new_page()
        self.watch = Watch(self.context, self.page)

    def run(self) -> list[str]:
        """Open, read, picture, write."""
        try:
            self._open()
            ended_by, images = self._read()
            self._freeze()
            content = self.page.evaluate(scripts.PAGE)
            height = int(self.page.evaluate(scripts.HEIGHT))
            check_height(height, self.bounds)
            pictures = tiles.take(self.page, self.folder, height, self.bounds, self._share("picture", 55, 95))
            check_answer(self.page.url, self.watch, self.guard)
        except Error as error:
            raise explain(str(error), self.watch, self.guard) from error
        self._judge(content, images, pictures)
        self._write(content, self._facts(content, images, ended_by, height))
        return [*(path.name for path in pictures), TEXT, FACTS]

    def _share(self, phase: str, low: int, high: int) -> Callable[[float], None]:
        return lambda share: self.progress(low + int((high - low) * min(max(share, 0), 1)), phase)

    def _open(self) -> None:
        self.progress(5, "open")
        self.page.goto(self.address, wait_until="domcontentloaded", timeout=self.bounds.open_seconds * 1000)
        check_answer(self.page.url, self.watch, self.guard)
        self.progress(10, "open")
        self._wait_for("load")
        self._wait_for("networkidle")
        check_answer(self.page.url, self.watch, self.guard)
        self.progress(15, "open")

    def _wait_for(self, state: str) -> None:
        """Give the page a while to become quiet; many never do, and that is no fault."""
        try:
            self.page.wait_for_load_state(state, timeout=self.bounds.quiet_seconds * 1000)
        except Error as error:
            if "Timeout" not in str(error):
                raise

    def _read(self) -> tuple[str, Images]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                ended_by = read_through(self.page, self.bounds, self.guard, self._share("scroll", 15, 50))
                return ended_by, settle(self.page, self.bounds, self._share("scroll", 50, 55))
            except Error as error:
                if attempt == ATTEMPTS or not any(text in str(error) for text in MOVED):
                    raise
            self._wait_for("load")
            check_answer(self.page.url, self.watch, self.guard)
        raise CaptureFailed("unstable")

    def _freeze(self) -> None:
        """Stop the page's own scripts, so that it stays as it is while its picture is taken."""
        session = self.context.new_cdp_session(self.page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        self.page.wait_for_timeout(STEADY_MS)

    def _judge(self, content: dict[str, Any], images: Images, pictures: list[Path]) -> None:
        """Refuse what loaded well but is not the page that was meant."""
        text = content["text"].strip()
        shown = content["pictures"] - images.missing
        if (not text and shown <= 0) or tiles.is_one_colour(pictures):
            raise CaptureFailed("blank")
        if looks_like_login(self.page.url, text, content["password"]):
            raise CaptureFailed("login_wall", "password field")

    def _facts(self, content: dict[str, Any], images: Images, ended_by: str, height: int) -> Facts:
        watch, guard = self.watch, self.guard
        return Facts(
            asked=self.address,
            reached=self.page.url,
            redirects=watch.redirects,
            status=watch.status,
            title=content["title"],
            language=content["language"],
            started_at=self.started.isoformat(timespec="seconds"),
            finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
            browser=f"Chromium {self.version}",
            user_agent=content["agent"],
            viewport=(self.bounds.width, self.bounds.view_height),
            height=height,
            ended_by=ended_by,
            images_total=images.total,
            images_missing=images.missing,
            missing=images.addresses,
            ip=guard.ip(*place(self.page.url)),
            text_length=len(content["text"]),
            downloaded=guard.downloaded,
            refused=guard.refused[:PLACES],
            dialogs=watch.dialogs,
            popups=watch.popups,
            downloads=watch.downloads,
        )

    def _write(self, content: dict[str, Any], facts: Facts) -> None:
        self.progress(96, "write")
        # A page may hold halves of characters, which no encoding can.
        (self.folder / TEXT).write_bytes(content["text"].encode("utf-8", "replace"))
        data = json.dumps(facts.as_json(), ensure_ascii=True, indent=2)
        (self.folder / FACTS).write_text(data, encoding="utf-8")
