"""Drawn pages of the demo: what somebody's screen showed, when nobody had Uppsikt yet."""

import io

from PIL import Image, ImageDraw, ImageFont

WIDTH, MARGIN, LARGE, SMALL, LEAST = 1280, 80, 48, 28, 900
# Pillow's own font has no å, ä and ö; this one comes with the packages that the snapshots need.
FONT = "DejaVuSans.ttf"


def page(name: str, address: str, posts: list[str]) -> bytes:
    """Answer a PNG of a page with its name, its address and its posts, one below the other."""
    height = max(LEAST, 5 * MARGIN + sum(_height(post) for post in posts))
    sheet = Image.new("RGB", (WIDTH, height), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, WIDTH, MARGIN), fill="#2f5d50")
    draw.text((MARGIN, 2 * MARGIN), name, "black", _font(LARGE))
    draw.text((MARGIN, 3 * MARGIN), address, "#333333", _font(SMALL))
    top = 4 * MARGIN
    for post in posts:
        draw.rounded_rectangle((MARGIN, top, WIDTH - MARGIN, top + _height(post) - 20), 16, outline="#c9cfcd", width=2)
        draw.multiline_text((MARGIN + 30, top + 24), post, "#222222", _font(SMALL), spacing=14)
        top += _height(post)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def text(name: str, posts: list[str]) -> bytes:
    """Answer the same page as a saved web page, whose text can be searched."""
    lines = "".join(f"<article><p>{post}</p></article>" for post in posts)
    return f'<!doctype html><html lang="sv"><title>{name}</title><h1>{name}</h1>{lines}</html>'.encode()


def _height(post: str) -> int:
    return 90 + 46 * (post.count("\n") + 1)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return ImageFont.load_default(size)
