"""Pages that behave badly, under /_prov/: what a capture must survive. For the tests, and to show a failed capture."""

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from threading import Event

from archive.demoplatform.pages import document

SCRIPTS = {path.stem: path for path in (Path(__file__).parent / "scripts").glob("*.js")}
OVER = "position:fixed;inset:0;z-index:99;background:#fff;padding:40px"
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


def asking(box: str, words: str = PLAIN) -> bytes:
    """A page with something to read, and a box over it that asks for something."""
    more = "".join(f"<p>Stycke {number}: kommunen berättar om vägar, skolor och vatten.</p>" for number in range(40))
    return page(f"<main>{words}{more}</main>{box}")


def consent() -> bytes:
    """A strip about cookies, which goes when it is told no."""
    no = '<button onclick="this.parentElement.remove()">Endast nödvändiga</button>'
    return asking(f'<div class="ask" style="{OVER};top:auto;height:200px"><p>Vi använder kakor.</p>{no}</div>')


def consent_stubborn() -> bytes:
    """A question about cookies over everything, which takes no other answer than yes."""
    return asking(f'<div style="{OVER}"><p>Vi använder kakor.</p><button>Godkänn alla</button></div>')


def consent_wall() -> bytes:
    """Nothing but the question: what lies behind it comes with the answer."""
    words = "<p>Innan du fortsätter behöver vi ditt samtycke till kakor för statistik och annonser.</p>" * 8
    return page(f'<div style="{OVER}">{words}<button>Godkänn alla</button></div>')


def login_over() -> bytes:
    """A page behind a login that cannot be closed."""
    return asking(f'<div role="dialog" style="{OVER}"><h2>Logga in för att se mer</h2><button>Logga in</button></div>')


def login_close() -> bytes:
    """A page behind a login that can be put off."""
    no = '<button onclick="this.parentElement.remove()">Inte nu</button>'
    return asking(f'<div role="dialog" style="{OVER}"><h2>Logga in för att se mer</h2>{no}</div>')


def covered() -> bytes:
    """A page behind a box that nobody knows the meaning of."""
    return asking(f'<div style="{OVER}"><h2>Vinn en resa!</h2></div>')


def little() -> bytes:
    """A picture and next to nothing to read."""
    return b"<!doctype html><html lang=sv><title>Lite</title><body><p>Hej</p><img src='/bild/lake/1.svg'></body></html>"


def inside_out() -> bytes:
    """A page that lies in a frame of its own and scrolls there, not in the window."""
    rows = "".join(f"<p style='height:100px'>Rad {number} i en ruta som rullar.</p>" for number in range(60))
    style = "position:fixed;inset:0;overflow:auto;background:#fff"
    return f"<!doctype html><html lang=sv><title>Ruta</title><body><div style='{style}'>{rows}</div>".encode()


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


FIXED: dict[str, Callable[[], bytes]] = {
    "plain": plain,
    "blank": blank,
    "login": login,
    "login-over": login_over,
    "login-close": login_close,
    "consent": consent,
    "consent-stubborn": consent_stubborn,
    "consent-wall": consent_wall,
    "covered": covered,
    "little": little,
    "inside-out": inside_out,
    "missing": missing,
}
