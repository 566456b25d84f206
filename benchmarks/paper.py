"""`python -m benchmarks.paper`: what the PDF/A of a tall page costs beside bare ways from the same pictures to a PDF.

The page is drawn here: 40,000 rows in tiles as the engine takes them, with lines of text and photographs. The bare ways
know no text, no tags, no cover and no place to cut. Seconds are of the processor, so that others' work does not count.
The figures stand in docs/performance.md; nothing here passes or fails.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
django.setup()

import json  # noqa: E402 - models need the settings
import random  # noqa: E402
import resource  # noqa: E402
import statistics  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import weasyprint  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from accounts.models import Account, Platform  # noqa: E402
from archive import lines, store  # noqa: E402
from archive.models import Snapshot  # noqa: E402
from archive.papers import material, paper, sheets, slices  # noqa: E402
from governance import clock  # noqa: E402
from governance.models import Authority, Unit  # noqa: E402

WIDTH, HEIGHT, TILE = 1280, 40_000, 4_000
LEFT, PITCH, LETTERS = 300, 30, 20
PHOTO = (680, 500)
WORDS = ["biblioteket", "öppnar", "klockan", "tio", "på", "måndag", "välkomna", "alla", "barn", "till", "sagostund"]
QUALITY = 85
ROUNDS = 7
MEBIBYTE = 1024 * 1024
BARE = "slices cut by Pillow, WeasyPrint"


def main() -> None:
    """Print the median of each way, as seconds and as a share of the bare one that cuts the same slices."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _draw(folder)
        ways = _ways(folder)
        spent: dict[str, list[float]] = {words: [] for words in ways}
        sizes = {words: len(way()) for words, way in ways.items()}
        for _round in range(ROUNDS):
            for words, way in ways.items():
                began = time.process_time()
                way()
                spent[words].append(time.process_time() - began)
    bare = statistics.median(spent[BARE])
    print(f"\n{f'PDF of {HEIGHT} rows, {count} lines of text':<46}{'s':>8}{'ratio':>8}{'MiB':>8}")
    for words, found in spent.items():
        middle = statistics.median(found)
        print(f"{words:<46}{middle:>8.2f}{middle / bare:>8.2f}{sizes[words] / MEBIBYTE:>8.1f}")
    print(f"\nhighest memory of the process, MiB: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _ways(folder: Path) -> dict[str, Callable[[], bytes]]:
    """Answer each way to a PDF: ours, and the bare ones with the pictures to be cut first, or cut already."""
    ready = _cut(folder)
    return {
        "ours: PDF/A-2a with cover, text and tags": lambda: _ours(folder),
        BARE: lambda: _woven(_cut(folder)),
        "slices cut by Pillow, Pillow": lambda: _saved(_cut(folder)),
        "slices ready, WeasyPrint": lambda: _woven(ready),
        "slices ready, Pillow": lambda: _saved(ready),
    }


def _ours(folder: Path) -> bytes:
    files = {path.name: path for path in sorted(folder.iterdir()) if material.is_used(path.name)}
    laid = material.of(files)
    said = [store.describe(store.Item(path.name, "image/jpeg", path.name, path)) for path in files.values()]
    context = {"snapshot": _snapshot(), "account": _snapshot().account, "files": said, "version": None}
    uploaded = {"by": "-", "at": clock.now(), "how": "-"}
    return paper.printed(
        _snapshot(), laid, [sheets.of_page(laid.desktop, laid.pages)], context | {"uploaded": uploaded}
    )


def _snapshot() -> Snapshot:
    account = Account(name="Biblioteket", platform=Platform(name="Torget"))
    unit, authority = Unit(name="Kultur"), Authority(name="Nämnden")
    return Snapshot(account=account, unit=unit, authority=authority, occasion="request", ordered_at=clock.now())


def _cut(folder: Path) -> list[Path]:
    """Cut the tiles into the slices of the sheets, as pictures of their own."""
    strip = slices.Strip(sorted(folder.glob("bild-*.jpg")))
    sheet = int(strip.width * slices.SHEET_RATIO)
    whole = Image.new("RGB", (strip.width, strip.height))
    for top, _bottom, path in strip.tops:
        with Image.open(path) as tile:
            whole.paste(tile, (0, top))
    paths = []
    for number, top in enumerate(range(0, strip.height, sheet), 1):
        paths.append(folder / f"blad-{number:03}.jpg")
        whole.crop((0, top, strip.width, min(top + sheet, strip.height))).save(paths[-1], quality=QUALITY)
    return paths


def _woven(paths: list[Path]) -> bytes:
    style = "@page{size:A4;margin:16mm 18mm}body{margin:0}img{display:block;width:174mm;break-after:page}"
    pictures = "".join(f'<img src="{path.name}">' for path in paths)
    html = weasyprint.HTML(string=f"<title>-</title>{pictures}", base_url=f"{paths[0].parent.as_uri()}/")
    return html.write_pdf(stylesheets=[weasyprint.CSS(string=style)])


def _saved(paths: list[Path]) -> bytes:
    target = paths[0].parent / "bare.pdf"
    first, *others = (Image.open(path) for path in paths)
    first.save(target, "PDF", save_all=True, append_images=others)
    return target.read_bytes()


def _draw(folder: Path) -> int:
    """Draw the page, with its lines and where they stand; answer how many they are."""
    dice, font = random.Random(4), ImageFont.load_default(LETTERS)  # noqa: S311 - not for secrets
    page, photo = Image.new("RGB", (WIDTH, HEIGHT), "#f0f2f5"), _photo()
    pen, found, y = ImageDraw.Draw(page), list[list[object]](), 40
    while y < HEIGHT - 2 * PHOTO[1]:
        for _line in range(dice.randint(8, 30)):
            text = " ".join(dice.choices(WORDS, k=dice.randint(4, 9)))
            pen.text((LEFT, y), text, font=font, fill="black")
            found.append([LEFT, y, int(pen.textlength(text, font=font)), 26, text])
            y += PITCH
        page.paste(photo, (LEFT, y))
        y += PHOTO[1] + 40
    pages = []
    for number, top in enumerate(range(0, HEIGHT, TILE), 1):
        name = f"bild-{number:03}.jpg"
        page.crop((0, top, WIDTH, min(top + TILE, HEIGHT))).save(folder / name, quality=QUALITY)
        own = [[x, at - top, w, h, text] for x, at, w, h, text in found if top <= at < top + TILE]  # type: ignore
        pages.append({"picture": name, "width": WIDTH, "height": min(TILE, HEIGHT - top), "lines": own})
    (folder / lines.NAME).write_text(json.dumps({"format": lines.FORMAT, "pages": pages}))
    return len(found)


def _photo() -> Image.Image:
    noise = Image.effect_noise(PHOTO, 60).convert("RGB")
    return Image.blend(noise, Image.linear_gradient("L").resize(PHOTO).convert("RGB"), 0.7)


if __name__ == "__main__":
    main()
