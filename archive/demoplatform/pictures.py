"""Every picture on Torget: scenes, avatars and the place's own mark."""

from archive.demoplatform import scenes, things
from archive.demoplatform.dice import Dice
from archive.demoplatform.nature import HEIGHT, WIDTH, circle, tag

SCENES = {
    scene.__name__: scene
    for scene in (
        scenes.lake,
        scenes.winter,
        scenes.forest,
        scenes.village,
        scenes.evening,
        scenes.meadow,
        things.party,
        things.info,
        things.books,
        things.children,
    )
}
COLOURS = ("#1f6f8b", "#a23b52", "#3f7d4e", "#8a5a2b", "#5c4d9e", "#0f766e", "#b4531f", "#44546a", "#9d3f86")
SHIELDS = (("#0b4f8a", "#f6c945"), ("#7b1e3b", "#f4d58d"), ("#1e5c43", "#f2e8c9"), ("#27408b", "#e8eef7"))
# What stands on an official avatar, by kind of account; drawn on a field of 100 by 100.
EMBLEMS = {
    "municipality": "M50 16L80 26V52Q80 76 50 88Q20 76 20 52V26Z",
    "library": "M16 28Q34 20 49 30V80Q34 70 16 78ZM84 28Q66 20 51 30V80Q66 70 84 78Z",
    "school": "M50 20L90 38L50 56L10 38ZM26 50V68Q50 84 74 68V50L50 61Z",
    "preschool": "M50 14L61 38L87 41L68 59L73 86L50 73L27 86L32 59L13 41L39 38Z",
}


def _document(body: str, width: int, height: int) -> str:
    size = {"width": width, "height": height, "viewBox": f"0 0 {width} {height}"}
    return tag("svg", body, xmlns="http://www.w3.org/2000/svg", preserveAspectRatio="xMidYMid slice", **size)


def scene(kind: str, seed: str) -> str:
    """Return a photograph, 1200 by 800. Raises KeyError for an unknown kind."""
    return _document(SCENES[kind](Dice(kind, seed)), WIDTH, HEIGHT)


def emblem(kind: str, seed: str) -> str:
    """Return the avatar of an official account, 100 by 100. Raises KeyError for an unknown kind."""
    dice = Dice(kind, seed)
    dark, light = dice.pick(SHIELDS)
    field = tag("rect", width=100, height=100, fill=dark)
    drawn = tag("path", d=EMBLEMS[kind], fill=light)
    if kind == "municipality":
        wave = "M20 58q10-8 20 0t20 0t20 0V64Q70 82 50 88Q24 80 20 58Z"
        drawn += tag("path", d=wave, fill=dark, opacity=0.85) + circle(50, 40, 10, dark)
    return _document(field + drawn, 100, 100)


def initials(name: str) -> str:
    """Return the avatar of a citizen, 100 by 100."""
    letters = "".join(word[0] for word in name.split()[:2]).upper()
    field = tag("rect", width=100, height=100, fill=Dice(name).pick(COLOURS))
    font = {"font_family": "Noto Sans, DejaVu Sans, sans-serif", "font_size": 40, "font_weight": 600}
    text = tag("text", letters, x=50, y=64, text_anchor="middle", fill="#fff", **font)
    return _document(field + text, 100, 100)
