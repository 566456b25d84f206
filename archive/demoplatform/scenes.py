"""Torget's photographs of the outdoors, drawn as SVG from a seed."""

from collections.abc import Callable
from functools import partial

from archive.demoplatform import nature
from archive.demoplatform.dice import Dice
from archive.demoplatform.nature import FALUN, WIDTH, polygon, rect, tag

SKIES = (("#8fc7ee", "#dff1fb", "#fdf6e3"), ("#5fa8dc", "#bfe0f2", "#f3fafd"), ("#f6b98a", "#fbdcb6", "#fdf3e2"))
NIGHTS = (("#1d2347", "#4b3f72", "#e9876a"), ("#0f2a43", "#2d5d7b", "#f2a65a"), ("#2b1b44", "#7a3e6a", "#f3b07c"))
LEAVES = ("#7fae4d", "#94b85a", "#d9a441", "#5f9a55")
FLOWERS = ("#ffffff", "#ffd75e", "#e86a6a", "#8e7cc3", "#5aa9e6")
WALLS = ("#a63a2a", "#c98f3c", "#8d9aa5")
MISTS = (("#a9c4b7", 430), ("#7ba491", 520), ("#4d7f6c", 630), ("#2b5a4a", 760))
WINDOWS = ("#ffd27a", "#ffe2a6", "#3a3250")


def _row(dice: Dice, count: int, low: int, high: int, draw: Callable[[int, int, int], str]) -> str:
    """Trees in a row, the far ones first."""
    feet = sorted(dice.number(low, high) for _ in range(count))
    return "".join(draw(dice.number(-20, WIDTH + 20), foot, dice.number(70, 130) + foot - low) for foot in feet)


def _boat(x: int, y: int) -> str:
    hull = tag("path", d="M0 0h150l-24 34H22Z", fill="#b5402f")
    sails = tag("path", d="M70 0v-120l66 104Z", fill="#fffdf6") + tag("path", d="M62 0v-104L12-14Z", fill="#f1e7d0")
    return tag("g", hull, sails, transform=f"translate({x} {y})")


def lake(dice: Dice) -> str:
    """Water, far hills, a boat and a jetty."""
    ripples = (
        rect(dice.number(0, 1100), y, dice.number(60, 260), 3, "#fff", opacity=0.35, rx=2) for y in range(500, 780, 14)
    )
    return (
        nature.backdrop(*dice.pick(SKIES))
        + nature.sun(dice, 170, "#fff3c4")
        + nature.cloud(dice.number(100, 1000), 130, 70)
        + nature.ridge(dice, 400, 40, "#8db0b8", 0.8)
        + nature.ridge(dice, 445, 26, "#5d8a86")
        + _row(dice, 14, 470, 490, lambda x, foot, tall: nature.spruce(x, foot, tall // 2, "#2f5d50"))
        + rect(0, 480, WIDTH, 320, "#6fb0cf")
        + rect(0, 480, WIDTH, 90, "#a9d3e2", opacity=0.6)
        + "".join(ripples)
        + _boat(dice.number(200, 900), dice.number(560, 660))
        + polygon((0, 790), (360, 690), (410, 700), (120, 800), fill="#8a6f52")
    )


def winter(dice: Dice) -> str:
    """Snow on spruces and a red cottage."""
    return (
        nature.backdrop("#9fc3df", "#dbe9f3", "#f7ecec")
        + nature.sun(dice, 210, "#fff6e0", 46)
        + nature.ridge(dice, 420, 34, "#c5d8e6")
        + nature.ridge(dice, 480, 28, "#dce8f1")
        + _row(dice, 22, 470, 600, lambda x, foot, tall: nature.spruce(x, foot, tall, "#45665f", snow=True))
        + nature.ridge(dice, 600, 22, "#f4f8fb")
        + nature.cottage(dice.number(250, 700), 640, 210, ("#a63a2a", "#ffd98a", "#f2f6fa", "#ffffff"))
        + nature.ridge(dice, 690, 16, "#ffffff")
        + nature.specks(dice, 90, (0, 760), ("#ffffff",), 5)
    )


def _tall_spruce(colour: str, x: int, foot: int, tall: int) -> str:
    return nature.spruce(x, foot, tall * 2, colour)


def forest(dice: Dice) -> str:
    """Spruces behind spruces in the mist."""
    rows = (
        nature.ridge(dice, low, 20, colour) + _row(dice, 16, low, low + 40, partial(_tall_spruce, colour))
        for colour, low in MISTS
    )
    sky = nature.backdrop("#cfe3e6", "#e8f1ea", "#f7f3df") + nature.sun(dice, 200, "#fff4cf", 50)
    return sky + "".join(rows)


def village(dice: Dice) -> str:
    """Houses round a church on green hills."""
    homes = (
        nature.cottage(x, 600 + dice.number(-20, 30), dice.number(120, 170), (dice.pick(WALLS), *FALUN[1:]))
        for x in range(60, 1100, 240)
    )
    return (
        nature.backdrop(*dice.pick(SKIES))
        + nature.cloud(dice.number(100, 500), 150, 80)
        + nature.cloud(dice.number(600, 1100), 220, 55)
        + nature.ridge(dice, 420, 40, "#a8c686")
        + nature.church(dice.number(350, 800), 520, 260)
        + nature.ridge(dice, 520, 24, "#8fb56a")
        + "".join(homes)
        + nature.ridge(dice, 660, 18, "#78a356")
        + _row(dice, 9, 610, 700, lambda x, foot, tall: nature.birch(x, foot, tall, dice.pick(LEAVES)))
    )


def evening(dice: Dice) -> str:
    """Lit windows under the first stars."""
    homes = (
        nature.cottage(x, 640, dice.number(120, 200), ("#241c33", dice.pick(WINDOWS), "#17112a", "#3a3052"))
        for x in range(20, 1150, 210)
    )
    return (
        nature.backdrop(*dice.pick(NIGHTS))
        + nature.specks(dice, 60, (0, 300), ("#ffffff", "#ffeec2"), 3)
        + nature.sun(dice, 150, "#fff1d0", 40)
        + nature.ridge(dice, 470, 36, "#3b2f5c", 0.8)
        + nature.ridge(dice, 540, 24, "#2a2146")
        + "".join(homes)
        + nature.ridge(dice, 660, 12, "#140f24")
    )


def meadow(dice: Dice) -> str:
    """Flowers in front, birches behind."""
    return (
        nature.backdrop("#79b8e6", "#cfe8f6", "#fdfbe9")
        + nature.cloud(dice.number(100, 500), 140, 90)
        + nature.cloud(dice.number(650, 1100), 200, 70)
        + nature.ridge(dice, 430, 34, "#b7d49a")
        + nature.ridge(dice, 500, 26, "#9bc47a")
        + _row(dice, 8, 510, 560, lambda x, foot, tall: nature.birch(x, foot, tall + 60, dice.pick(LEAVES)))
        + nature.ridge(dice, 590, 18, "#7fb35c")
        + nature.specks(dice, 160, (620, 800), FLOWERS, 9)
    )
