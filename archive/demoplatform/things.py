"""Torget's pictures of things and signs, drawn as SVG from a seed."""

from archive.demoplatform import nature
from archive.demoplatform.dice import Dice
from archive.demoplatform.nature import HEIGHT, WIDTH, circle, polygon, rect, tag

CONFETTI = ("#e4572e", "#ffc914", "#17bebb", "#76b041", "#b07bac")
SPINES = ("#8c2f39", "#b8572f", "#d8a24a", "#5b7f5e", "#2f5d62", "#39507a", "#6a4c7d", "#c9b79c", "#33312e")
POSTERS = (("#0b3c5d", "#328cc1"), ("#5b2a86", "#9a77cf"), ("#0f5c4a", "#3ca684"), ("#7a2331", "#d1495b"))
TOWN = ("#c8553d", "#e0a458", "#588b8b", "#8fb8de")
RAINBOW = ("#e4572e", "#f6a01a", "#f7d046", "#6bb35f", "#3f8fd2", "#8a64b0")
RAYS = ((300, 150), (270, 240), (190, 290), (60, 280), (290, 60))


def _balloon(x: int, y: int, colour: str) -> str:
    string = tag("path", d="M0 50q14 60-6 130", stroke="#6b6b6b", fill="none", stroke_width=2)
    body = tag("ellipse", rx=40, ry=50, fill=colour)
    shine = tag("ellipse", cx=-12, cy=-16, rx=9, ry=14, fill="#fff", opacity=0.5)
    return tag("g", string, body, shine, transform=f"translate({x} {y})")


def party(dice: Dice) -> str:
    """Bunting, balloons and confetti over the square."""
    homes = (nature.cottage(x, 660, 200, (dice.pick(TOWN), *nature.FALUN[1:])) for x in range(-40, 1200, 230))
    flags = (
        polygon((x, y), (x + 50, y), (x + 25, y + 64), fill=dice.pick(CONFETTI))
        for x in range(0, WIDTH, 62)
        for y in (130 - abs(600 - x) // 9,)
    )
    balloons = (
        _balloon(x, dice.number(220, 340), dice.pick(CONFETTI)) for x in dice.shuffled(range(120, 1100, 150))[:5]
    )
    return (
        nature.backdrop("#bfe3f5", "#fef6dd", "#fde7cf")
        + "".join(homes)
        + rect(0, 655, WIDTH, 145, "#d9cbb4")
        + "".join(flags)
        + "".join(balloons)
        + nature.specks(dice, 130, (40, 780), (*CONFETTI, "#ffffff"), 7)
    )


def info(dice: Dice) -> str:
    """A plain sign with a pattern and the letter i."""
    dark, light = dice.pick(POSTERS)
    rings = (
        circle(
            dice.number(0, WIDTH),
            dice.number(0, HEIGHT),
            dice.number(60, 260),
            "none",
            stroke="#fff",
            stroke_width=dice.number(10, 50),
            opacity=0.08,
        )
        for _ in range(9)
    )
    return (
        nature.backdrop(dark, light)
        + "".join(rings)
        + circle(600, 360, 180, "#fff")
        + circle(600, 275, 30, dark)
        + rect(572, 325, 56, 145, dark, rx=26)
        + rect(430, 620, 340, 18, "#fff", rx=9, opacity=0.9)
        + rect(490, 660, 220, 18, "#fff", rx=9, opacity=0.6)
    )


def _shelf(dice: Dice, floor: int) -> str:
    parts, x = [], 24
    while x < WIDTH - 60:
        wide, tall = dice.number(26, 58), dice.number(130, 208)
        parts += [
            rect(x, floor - tall, wide, tall, dice.pick(SPINES), rx=3),
            rect(x + 5, floor - tall + 22, wide - 10, 10, "#fff", opacity=0.45),
            rect(x + 5, floor - 36, wide - 10, 5, "#fff", opacity=0.3),
        ]
        x += wide + (dice.number(30, 90) if dice.chance(9) else 2)
    board = rect(0, floor, WIDTH, 20, "#a47148") + rect(0, floor + 20, WIDTH, 8, "#000", opacity=0.18)
    return "".join(parts) + board


def books(dice: Dice) -> str:
    """Three shelves."""
    return nature.backdrop("#f3e3cc", "#e6cda8") + "".join(_shelf(dice, floor) for floor in (280, 530, 780))


def _friend(dice: Dice, x: int) -> str:
    face = circle(0, 0, 38, "#ffe0bd") + tag("path", d="M-14-4v2M14-4v2M-16 14q16 14 32 0")
    limbs = f"M0 40v78M-46 70L0 58L46 {dice.number(30, 90)}M0 118l-30 60M0 118l30 60"
    body = tag("path", d=limbs, stroke=dice.pick(CONFETTI))
    line = {"stroke": "#3a3a3a", "stroke_width": 9, "stroke_linecap": "round", "fill": "none"}
    return tag("g", face, body, transform=f"translate({x} {dice.number(560, 600)})", **line)


def children(dice: Dice) -> str:
    """A drawing by somebody who is five."""
    crayon = {"fill": "none", "stroke_linecap": "round"}
    bows = (
        tag("path", d=f"M{600 - r} 740A{r} {r} 0 0 1 {600 + r} 740", stroke=colour, stroke_width=24, **crayon)
        for r, colour in zip(range(520, 350, -28), RAINBOW, strict=False)
    )
    rays = (tag("path", d=f"M150 150L{x} {y}", stroke="#f7c948", stroke_width=12, **crayon) for x, y in RAYS)
    return (
        nature.backdrop("#fffdf5", "#fff8e6")
        + "".join(rays)
        + circle(150, 150, 72, "#f9d65c")
        + "".join(bows)
        + tag("path", d="M0 740q150-40 300 0t300 0t300 0t300 0V800H0Z", fill="#7cbf5a")
        + "".join(_friend(dice, x) for x in range(200, 1100, 210))
        + nature.specks(dice, 14, (745, 790), CONFETTI, 12)
    )
