"""Requests for public documents, and records with real pictures whose lines are known, for the tests about them."""

import io
import json

from PIL import Image, ImageDraw

from archive import keeping, store
from archive.disclosing import choosing, packing, requesting, reviewing
from archive.models import Disclosure, DisclosurePage, Record
from governance import clock
from tests.archive.factories import FACTS, SnapshotFactory
from tests.factories import person, root

SIZE = (640, 480)
# What stands on the first picture and where: x, y, width, height, words.
SECRET = "Anna Andersson har cancer"
LINES = [[40, 40, 300, 24, "Biblioteket har öppet"], [40, 120, 400, 24, SECRET], [40, 200, 300, 24, "Välkommen in"]]
SECRET_COLOUR = (255, 0, 0)
MASK = (36, 116, 408, 32)
PROVISION = "21 kap. 1 § OSL"


def picture(colour: tuple[int, int, int] = SECRET_COLOUR) -> bytes:
    """Answer a page with a coloured field where the secret stands."""
    image = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(image).rectangle((40, 120, 439, 143), fill=colour)
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    image.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def page_record(pictures: int = 1, **fields) -> Record:
    """Answer a record of a page with pictures, their lines, its text, and the page as a file."""
    snapshot = fields.pop("snapshot", None) or SnapshotFactory(done=True)
    names = [f"bild-{number:03}.jpg" for number in range(1, pictures + 1)]
    pages = [{"picture": name, "width": SIZE[0], "height": SIZE[1], "lines": LINES} for name in names]
    found = json.dumps({"format": "uppsikt-lines-1", "pages": pages}).encode()
    items = [
        *(store.Item(name, "image/jpeg", "Bild av sidan", picture()) for name in names),
        store.Item("miniatyr.jpg", "image/jpeg", "Miniatyr", picture()),
        store.Item("text.txt", "text/plain", "Sidans text", SECRET.encode()),
        store.Item("textrader.json", "application/json", "Raderna", found),
        store.Item("sida.mhtml", "multipart/related", "Sidan som MHTML", SECRET.encode()),
    ]
    given = {
        "kind": "snapshot",
        "title": str(snapshot),
        "source": snapshot,
        "account": snapshot.account,
        "unit": snapshot.unit,
        "authority": snapshot.authority,
        "origin": "drawn_up",
        "made_at": clock.now(),
        "facts": {**FACTS, "pictures": {name: list(SIZE) for name in names}},
    }
    return keeping.keep(**{**given, **fields}, files=store.put_all(items))


def asked(by=None, **fields) -> Disclosure:
    """Answer a request that somebody has registered and handles."""
    by = by or person("registrar")
    given = {
        "unit": root(),
        "received_at": clock.now(),
        "channel": "mail",
        "asked_for": "Bilden av biblioteket i maj",
        "handler": by,
    }
    return requesting.register(by=by, **{**given, **fields})


def pages_of(request: Disclosure) -> list[DisclosurePage]:
    """Answer the chosen pages in the order in which they are reviewed."""
    return list(reviewing.in_turn(request))


def with_pages(pictures: int = 1, **fields) -> Disclosure:
    """Answer a request with a record of so many pictures chosen."""
    request = asked(**fields)
    choosing.add(request, page_record(pictures), by=request.handler)
    return request


def review(page: DisclosurePage, verdict: str, by=None, **fields) -> DisclosurePage:
    """Review a page: masked over the secret, or withheld, under a provision."""
    held = {} if verdict == "hand_out" else {"provision": PROVISION}
    masks = {"rectangles": [MASK]} if verdict == "mask" else {}
    by = by or page.chosen.disclosure.handler
    return reviewing.review(page, by=by, verdict=verdict, **{**held, **masks, **fields})


def in_state(status: str, by) -> Disclosure:
    """Answer a request that has come so far, with one page that is held back."""
    request = asked(by)
    if status != "nothing_found":
        choosing.add(request, page_record(), by=by)
        withheld = status in ("handling", "refused", "decision", "decided")
        review(pages_of(request)[0], "withhold" if withheld else "mask", by)
    over = {"handed_out", "refused", "decided", "withdrawn", "nothing_found"}
    for step in WAYS[status]:
        ended = clock.now() if step in over else None
        Disclosure.objects.filter(pk=request.pk).update(status=step, ended_at=ended)
    request.refresh_from_db()
    return request


WAYS = {
    "handling": [],
    "packing": ["packing"],
    "ready": ["packing", "ready"],
    "handed_out": ["packing", "ready", "handed_out"],
    "refused": ["refused"],
    "decision": ["refused", "decision"],
    "decided": ["refused", "decision", "decided"],
    "withdrawn": ["withdrawn"],
    "nothing_found": ["nothing_found"],
}


def packed(request: Disclosure):
    """Answer the package, made as the worker makes it."""
    request.refresh_from_db()
    return packing.make(request, request.handler)
