"""One capture, from the open page to the files. Runs in a process of its own: see child.py."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from playwright.sync_api import Error, sync_playwright

from archive.capture import authors, browser, gate, lines, phone, saving, scripts, tiles
from archive.capture.bounds import Bounds
from archive.capture.boxes import Boxes, dismiss, unroll
from archive.capture.failures import CaptureFailed, kind_of
from archive.capture.guard import Guard, Limits
from archive.capture.known import Known
from archive.capture.results import Facts, Item, Verdict
from archive.capture.scroll import Images, check_height, read_through, settle
from archive.capture.verdict import check_answer, explain, place
from archive.capture.watch import Watch
from archive.capture.world import Moved, World

Progress = Callable[[int, str], None]
GiveUp = Callable[[CaptureFailed], NoReturn]
TEXT, LINES, FACTS = "text.txt", "textrader.json", "fakta.json"
# Changes with what a capture does, so that an old one can be told from a new one.
ENGINE = f"Uppsikt 2, Playwright {version('playwright')}"
# A page that moves on by itself is read again from where it landed, but not for ever.
ATTEMPTS = 4
MOVED = "Execution context was destroyed"
STEADY_MS = 150
LINES_MILLISECONDS = 8_000
# As many refused places as a person will read.
PLACES = 100


@dataclass(frozen=True)
class Taken:
    """The page in every form it was kept in."""

    ended_by: str
    images: Images
    content: dict[str, Any]
    height: int
    lines: dict[str, Any]
    items: tuple[Item, ...]
    pictures: list[tiles.Picture]
    mhtml: str
    phone: list[tiles.Picture] = field(default_factory=list)
    phone_height: int = 0
    phone_remark: str = ""


def shoot(order: dict[str, Any], progress: Progress, give_up: GiveUp) -> list[str]:
    """Carry out the order; return the names of the files. Raises CaptureFailed, or OSError of the disk.

    `give_up` ends everything at once, where the page has crashed: what it was asked by then is never answered.
    """
    bounds = Bounds(**order["bounds"])
    # Neither is closed again: the process ends with its answer, and the parent ends what is left.
    guard = Guard(order["allowed_host"], limits=Limits(downloaded=bounds.max_bytes)).start()
    playwright = sync_playwright().start()
    try:
        chromium = browser.launch(playwright, order["chromium"], guard.address)
    except Error as error:
        raise CaptureFailed("no_browser", kind_of(error)) from error
    return Shoot(order, guard, chromium, progress, give_up).run()


class Shoot:
    """The steps of one capture and what they share."""

    def __init__(self, order: dict[str, Any], guard: Guard, chromium: Any, progress: Progress, give_up: GiveUp) -> None:
        self.address: str = order["address"]
        self.folder = Path(order["folder"])
        self.known = Known.read(order.get("known"))
        self.with_phone: bool = order.get("phone", True)
        self.bounds = bounds = Bounds(**order["bounds"])
        self.guard = guard
        self.progress = progress
        self.version = chromium.version
        self.started = datetime.now(UTC)
        self.context = browser.new_context(chromium, bounds)
        self.page = self.context.new_page()
        self.session = self.context.new_cdp_session(self.page)
        self.world = World(self.session)
        self.watch = Watch(self.context, self.page, lambda: give_up(CaptureFailed("crashed", "the page")))
        self.boxes = Boxes()

    def run(self) -> list[str]:
        """Open, read, picture, judge, write."""
        try:
            self._open()
            taken = self._take(*self._read())
            check_answer(self.page.url, self.watch, self.guard)
        except (Error, Moved) as error:
            raise explain(str(error) or MOVED, self.watch, self.guard) from error
        return self._write(taken)

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
        for _attempt in range(ATTEMPTS):
            with suppress(Moved):
                self._dismiss()
                unroll(self.world, self.boxes)
                ended_by = read_through(self.page, self.world, self.bounds, self.guard, self._share("scroll", 15, 50))
                images = settle(self.page, self.world, self.bounds, self._share("scroll", 50, 55))
                self._dismiss()
                unroll(self.world, self.boxes)
                return ended_by, images
            self._wait_for("load")
            check_answer(self.page.url, self.watch, self.guard)
        raise CaptureFailed("unstable")

    def _dismiss(self) -> None:
        dismiss(self.page, self.world, self.known, self.bounds, self.boxes)

    def _take(self, ended_by: str, images: Images) -> Taken:
        """Stop the page's own scripts, so that it stays as it is, and keep it in every form."""
        world, bounds = self.world, self.bounds
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        self.page.wait_for_timeout(STEADY_MS)
        content = world.ask(scripts.CONTENT, bounds.max_text, bounds.script_seconds)
        height = int(world.ask(scripts.HEIGHT))
        check_height(height, bounds)
        most = {"longest": bounds.max_text, "most": bounds.max_lines, "milliseconds": LINES_MILLISECONDS}
        lines = world.ask(scripts.LINES, most, bounds.script_seconds)
        items = authors.read(world, self.known, bounds)
        camera = tiles.Camera("bild", bounds.width, bounds.tile_height, bounds.picture_seconds)
        pictures = tiles.take(self.page, self.folder, height, camera, self._share("picture", 55, 78))
        mhtml = saving.save(self.session, self.folder, bounds, self.guard.downloaded)
        self.progress(80, "picture")
        taken = Taken(ended_by, images, content, height, lines, items, pictures, mhtml)
        return self._on_phone(taken) if self.with_phone else taken

    def _on_phone(self, taken: Taken) -> Taken:
        beat = self._share("phone", 80, 95)
        pictures, height, remark = phone.shoot(self.page, self.world, self.folder, self.bounds, beat)
        return replace(taken, phone=pictures, phone_height=height, phone_remark=remark)

    def _write(self, taken: Taken) -> list[str]:
        """Judge what was taken, and write what is said of it. Raises OSError of the disk."""
        self.progress(96, "write")
        # A page may hold halves of characters, which no encoding can.
        (self.folder / TEXT).write_bytes(taken.content["text"].encode("utf-8", "replace"))
        shown = [(picture.path.name, picture.width, picture.height) for picture in taken.pictures]
        (self.folder / LINES).write_bytes(lines.document(taken.lines["lines"], shown))
        facts = self._facts(taken, gate.judge(self._found(taken), self.known))
        data = facts.as_json() | {"items": [asdict(item) for item in taken.items]}
        (self.folder / FACTS).write_text(json.dumps(data, ensure_ascii=True, indent=2), encoding="utf-8")
        pictures = [picture.path.name for picture in (*taken.pictures, *taken.phone)]
        return [*pictures, TEXT, LINES, *filter(None, [taken.mhtml]), FACTS]

    def _found(self, taken: Taken) -> gate.Found:
        content, images = taken.content, taken.images
        return gate.Found(
            asked=self.address,
            reached=self.page.url,
            status=self.watch.status,
            text=content["text"],
            password=content["password"],
            one_colour=tiles.is_one_colour(taken.pictures),
            pictures_shown=content["pictures"] - images.missing,
            images_missing=images.missing,
            ended_by=taken.ended_by,
            text_cut=content["text_cut"] or not taken.lines["whole"],
            boxes=self.boxes,
            phone=taken.phone_remark,
            mhtml=bool(taken.mhtml),
        )

    def _facts(self, taken: Taken, verdict: Verdict) -> Facts:
        watch, guard, content, images = self.watch, self.guard, taken.content, taken.images
        roles = Counter(item.role for item in taken.items)
        on_phone = (self.bounds.phone_width, self.bounds.phone_view_height)
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
            height=taken.height,
            ended_by=taken.ended_by,
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
            engine=ENGINE,
            hops=tuple(watch.hops),
            headers=watch.headers,
            phone_viewport=on_phone if taken.phone else (),
            phone_height=taken.phone_height,
            posts=content["posts"],
            dismissed=tuple(self.boxes.dismissed),
            platform=self.known.platform,
            tried_on=self.known.tried_on,
            authors=authors.summed(taken.items),
            official_items=roles["official"],
            citizen_items=roles["citizen"],
            unknown_items=roles[""],
            level=verdict.level,
            remarks=verdict.reasons,
        )
