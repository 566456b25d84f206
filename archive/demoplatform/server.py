"""Torget's web server: one process, loopback only."""

import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from archive.demoplatform import icons, pages, pictures, trials, wall
from archive.demoplatform.people import CITIZENS, account

HOST = "127.0.0.1"
FILES = {"/torget.css": "text/css; charset=utf-8", "/torget.js": "text/javascript; charset=utf-8"}
HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"
BATCH = 8
# Where these lead; the first is told in ?to=.
REDIRECTS = {"redirect": "", "redirect-inside": "http://127.0.0.1/", "redirect-loop": "/_prov/redirect-loop"}
TALL_PATH = re.compile(r"tall(?:/(\d{1,7}))?")
POST_PATH = re.compile(r"/([^/]+)/inlagg/(\d{1,6})")
FEED_PATH = re.compile(r"/([^/]+)/flode/(\d{1,6})")


class Torget(ThreadingHTTPServer):
    """The server; `closing` is set when it stops, so that pages that hang are let go."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int = 0) -> None:
        self.closing = Event()
        super().__init__((HOST, port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that broke: browsers hang up all the time."""
        if not isinstance(sys.exception(), OSError):
            traceback.print_exc()

    @property
    def host(self) -> str:
        """Return "127.0.0.1:port"."""
        return f"{HOST}:{self.server_port}"


@contextmanager
def running(port: int = 0) -> Iterator[Torget]:
    """Serve in a thread until the block ends; port 0 takes a free one."""
    server = Torget(port)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True, name="torget")
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Torget
    server_version = "Torget"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, and take it calmly when the other end has gone."""
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), {key: values[-1] for key, values in parse_qs(parts.query).items()}
        try:
            if path.startswith("/_prov/"):
                self._trial(path.removeprefix("/_prov/"), query)
            else:
                self._page(path)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    do_POST = do_GET

    def _page(self, path: str) -> None:
        if path == "/":
            return self._send(pages.start().encode())
        if kind := FILES.get(path):
            return self._send((Path(__file__).parent / path[1:]).read_bytes(), kind)
        if drawing := _drawing(path):
            return self._send(drawing.encode(), SVG)
        if page := _wall(path):
            return self._send(page.encode())
        return self._error(404)

    def _trial(self, name: str, query: dict[str, str]) -> None:
        target = query.get("to", f"http://{self.server.host}/_prov/plain")
        if name.isdigit() and 400 <= int(name) < 600:
            self._error(int(name), query.get("wait", ""))
        elif name in trials.FIXED:
            self._send(trials.FIXED[name]())
        elif name in trials.SCRIPTS:
            self._send(trials.scripted(name, target))
        elif tall := TALL_PATH.fullmatch(name):
            self._send(trials.tall(int(tall[1] or 200_000)))
        elif name == "broken.png":
            self._send(b"not a picture", "image/png")
        elif name in REDIRECTS:
            self._redirect(REDIRECTS[name] or target)
        else:
            self._trial_without_end(name)

    def _trial_without_end(self, name: str) -> None:
        if name == "never":
            self._hang()
        elif name == "drip":
            self._stream(trials.drip(), HTML)
            self._hang()
        elif name == "endless-bytes":
            self._stream(trials.endless_bytes(), HTML)
        elif name == "endless-file":
            self._stream(trials.endless_file(self.server.closing), "application/octet-stream")
        else:
            self._error(404)

    def _hang(self) -> None:
        self.server.closing.wait()
        self.close_connection = True

    def _stream(self, chunks: Iterator[bytes], kind: str) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        for chunk in chunks:
            if self.server.closing.is_set():
                return
            self.wfile.write(chunk)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _error(self, status: int, wait: str = "") -> None:
        phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
        body = f"<main class=notice><h1>{status}</h1><p>Något gick fel på Torget: {phrase}.</p></main>"
        self._send(pages.document(f"{status} | Torget", body, script=False).encode(), status=status, wait=wait)

    def _send(self, body: bytes, kind: str = HTML, status: int = 200, wait: str = "") -> None:
        self.send_response(status)
        # What a site says of itself; no archive may keep the cookie.
        self.send_header("Set-Cookie", "torget=hemligt; Path=/; HttpOnly")
        if wait:
            self.send_header("Retry-After", wait.replace("\r", "").replace("\n", ""))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a page of forty posts is two hundred requests."""


def _wall(path: str) -> str:
    """Return an account's page, one of its posts or more of its feed; an empty string when there is no such account."""
    handle, _, rest = path.strip("/").partition("/")
    owner = account(handle)
    if owner is None:
        return ""
    if rest in {"", "flode"}:
        posts = wall.posts(owner, 0, BATCH if rest else wall.length(owner), date.today())
        return pages.profile(owner, posts, endless=bool(rest))
    if one := POST_PATH.fullmatch(path):
        return pages.profile(owner, wall.posts(owner, int(one[2]), 1, date.today()), endless=False)
    more = FEED_PATH.fullmatch(path)
    return pages.articles(owner, wall.posts(owner, int(more[2]), BATCH, date.today())) if more else ""


def _drawing(path: str) -> str:
    """Return the picture of the path, or an empty string when there is none."""
    folder, _, name = path.removesuffix(".svg").strip("/").partition("/")
    kind, _, seed = name.partition("/")
    if path == "/torget.svg":
        return icons.MARK
    if folder == "bild" and kind in pictures.SCENES:
        return pictures.scene(kind, seed)
    if folder == "emblem" and kind in pictures.EMBLEMS:
        return pictures.emblem(kind, seed)
    if folder == "ansikte" and name.isdigit() and int(name) < len(CITIZENS):
        return pictures.initials(CITIZENS[int(name)])
    return ""
