"""Pages that behave badly, under /_prov/: what a capture must survive. For the tests, and to show a failed capture."""

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from threading import Event

from archive.demoplatform.pages import document

SCRIPTS = {path.stem: path for path in (Path(__file__).parent / "scripts").glob("*.js")}
CHUNK = b"0" * 65536
PLAIN = "<main class=notice><h1>Provsida 🧪</h1><p>Här står lite text som syns.</p></main>"
# Every tag that fetches something by itself.
REACHING = """<iframe src="{to}"></iframe><iframe name="hidden"></iframe><iframe src="/_prov/redirect?to={to}"></iframe>
<img src="{to}" srcset="{to} 2x" alt=""><video src="{to}" poster="{to}"></video><audio src="{to}"></audio>
<script src="{to}"></script><link rel="stylesheet" href="{to}"><link rel="preconnect" href="{to}">
<link rel="prefetch" href="{to}"><link rel="preload" as="image" href="{to}"><link rel="manifest" href="{to}">
<link rel="modulepreload" href="{to}"><object data="{to}"></object><embed src="{to}">
<input type="image" src="{to}" alt="">
<svg><image href="{to}"/></svg><div style="background: url('{to}')">Bakgrund</div>"""


def page(body: str, script: str = "", target: str = "") -> bytes:
    """Return a small page with a script of its own, in which TARGET is the target."""
    code = f"<script>const TARGET = {json.dumps(target)};\n{script}</script>" if script else ""
    return document("Provsida", body + code, script=False).encode()


def scripted(name: str, target: str) -> bytes:
    """Return a page with one of SCRIPTS. Raises KeyError for an unknown name."""
    tags = REACHING.format(to=escape(target, quote=True)) if name == "reaching" else ""
    return page(PLAIN + tags, SCRIPTS[name].read_text(encoding="utf-8"), target.replace("<", "%3C"))


def plain() -> bytes:
    """A page that does nothing wrong."""
    return page(PLAIN)


def blank() -> bytes:
    """A page with nothing on it."""
    return b"<!doctype html><html lang=sv><title>Tom</title><body></body></html>"


def tall(height: int) -> bytes:
    """A page of exactly this height, with a line of text every thousand pixels."""
    lines = "".join(f"<p style='position:absolute;top:{y}px'>Rad vid {y} px</p>" for y in range(0, height - 40, 1000))
    style = f"margin:0;height:{height}px;background:linear-gradient(#dff,#fdd)"
    return f"<!doctype html><html lang=sv><title>Hög</title><body style='{style}'>{lines}".encode()


def login() -> bytes:
    """A wall: log in to see."""
    fields = '<input name="user" placeholder="E-post"><input type="password" placeholder="Lösenord">'
    form = f"<form>{fields}<button>Logga in</button></form>"
    return page(f"<main class=notice><h1>Logga in för att fortsätta</h1>{form}</main>")


def missing() -> bytes:
    """Ten pictures, of which one is not found, one is broken and one never comes."""
    paths = [f"/bild/lake/{i}.svg" for i in range(7)] + ["/bild/finns-inte.svg", "/_prov/broken.png", "/_prov/never"]
    shown = "".join(f"<img src='{path}' width=300 height=200 alt=''>" for path in paths)
    return page(f"<main class=notice><h1>Bilder</h1>{shown}</main>")


def endless_bytes() -> Iterator[bytes]:
    """A page that never stops growing in bytes, though not in height."""
    yield page(PLAIN) + b"<!--"
    while True:
        yield CHUNK


def endless_file(closing: Event) -> Iterator[bytes]:
    """A file without an end, at the pace of a slow line."""
    while not closing.wait(0.05):
        yield CHUNK[:4096]


def drip() -> Iterator[bytes]:
    """The beginning of a page."""
    yield page(PLAIN)[:200]


FIXED: dict[str, Callable[[], bytes]] = {"plain": plain, "blank": blank, "login": login, "missing": missing}
