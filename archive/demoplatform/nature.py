"""The parts that Torget's pictures are drawn from, as SVG."""

from math import sin

from archive.demoplatform.dice import Dice

WIDTH, HEIGHT = 1200, 800
SKIRTS = 3
FALUN = ("#a63a2a", "#dbe9f4", "#4b4b52", "#ffffff")


def tag(name: str, *inside: str, **attributes: object) -> str:
    """Return one SVG element; numbers are rounded, `stroke_width` becomes stroke-width."""
    pairs = (
        f'{key.replace("_", "-")}="{round(value, 1) if isinstance(value, float) else value}"'
        for key, value in attributes.items()
    )
    return f"<{name} {' '.join(pairs)}>{''.join(inside)}</{name}>"


def rect(x: float, y: float, width: float, height: float, fill: str, **more: object) -> str:
    """Return a rectangle."""
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def circle(x: float, y: float, r: float, fill: str, **more: object) -> str:
    """Return a circle."""
    return tag("circle", cx=x, cy=y, r=r, fill=fill, **more)


def polygon(*points: tuple[float, float], fill: str, **more: object) -> str:
    """Return a polygon."""
    return tag("polygon", points=" ".join(f"{x:.0f},{y:.0f}" for x, y in points), fill=fill, **more)


def backdrop(*colours: str) -> str:
    """A sky over the whole picture, with the colours from the top down."""
    share = 100 / (len(colours) - 1)
    stops = (tag("stop", offset=f"{share * i:.0f}%", stop_color=colour) for i, colour in enumerate(colours))
    fade = tag("linearGradient", *stops, id="sky", x1=0, y1=0, x2=0, y2=1)
    return f"<defs>{fade}</defs>" + rect(0, 0, WIDTH, HEIGHT, "url(#sky)")


def sun(dice: Dice, y: int, colour: str, radius: int = 60) -> str:
    """A sun or a moon with a halo."""
    x = dice.number(200, 1000)
    halo = "".join(circle(x, y, radius * times, colour, opacity=0.12) for times in (2, 3, 4))
    return halo + circle(x, y, radius, colour)


def ridge(dice: Dice, top: int, swing: int, colour: str, opacity: float = 1) -> str:
    """A line of hills that fills the picture below it."""
    phase, wave = dice.number(0, 628) / 100, dice.number(30, 70) / 10
    line = [
        (x, top + swing * (sin(phase + x / WIDTH * wave) + sin(phase * 2 + x / WIDTH * wave * 2.3) / 2))
        for x in range(0, WIDTH + 1, 40)
    ]
    return polygon((0, HEIGHT), *line, (WIDTH, HEIGHT), fill=colour, opacity=opacity)


def spruce(x: int, foot: int, tall: int, colour: str, snow: bool = False) -> str:
    """A tree in three skirts."""
    wide, top = tall * 0.42, foot - tall
    parts = [rect(x - 3, foot - tall * 0.12, 6, tall * 0.12, "#4a3728")]
    for i in range(SKIRTS):
        half, hem = wide * (0.5 + i * 0.25), foot - tall * (0.62 - i * 0.26)
        parts.append(polygon((x, top + tall * i * 0.2), (x - half, hem), (x + half, hem), fill=colour))
    if snow:
        cap = top + tall * 0.2
        parts.append(polygon((x, top), (x - wide * 0.22, cap), (x + wide * 0.22, cap), fill="#fff", opacity=0.85))
    return "".join(parts)


def birch(x: int, foot: int, tall: int, leaves: str) -> str:
    """A white trunk and a round crown."""
    puffs = ((-0.14, 0.72), (0.14, 0.74), (0, 0.88))
    crown = (circle(x + dx * tall, foot - tall * dy, tall * 0.19, leaves, opacity=0.9) for dx, dy in puffs)
    return rect(x - 4, foot - tall * 0.7, 8, tall * 0.7, "#f4f1ea") + "".join(crown)


def cottage(x: int, foot: int, wide: int, paint: tuple[str, str, str, str] = FALUN) -> str:
    """A house; paint for wall, window, roof and corners."""
    wall, window, roof, white = paint
    tall = wide * 0.55
    top, trim = foot - tall, {"stroke": white, "stroke_width": 3}
    corners = f"M{x} {top:.0f}V{foot}M{x + wide} {top:.0f}V{foot}"
    eaves = ((x - wide * 0.07, top), (x + wide / 2, top - tall * 0.62), (x + wide * 1.07, top))
    return (
        rect(x, top, wide, tall, wall)
        + polygon(*eaves, fill=roof)
        + tag("path", d=corners, stroke=white, stroke_width=max(3, wide // 26))
        + "".join(rect(x + wide * at, top + tall * 0.3, wide * 0.15, tall * 0.36, window, **trim) for at in (0.14, 0.7))
        + rect(x + wide * 0.42, top + tall * 0.36, wide * 0.17, tall * 0.64, "#3f5a4a", **trim)
    )


def church(x: int, foot: int, tall: int) -> str:
    """A white church with a spire, far away."""
    eaves, ridge_top, shoulder = foot - tall * 0.42, foot - tall * 0.6, foot - tall * 0.62
    return (
        rect(x, eaves, tall * 0.6, tall * 0.42, "#f6f2e9")
        + polygon(
            (x - 4, eaves),
            (x + tall * 0.08, ridge_top),
            (x + tall * 0.56, ridge_top),
            (x + tall * 0.62, eaves),
            fill="#6b5b4d",
        )
        + rect(x - tall * 0.16, shoulder, tall * 0.2, tall * 0.62, "#fffdf6")
        + polygon(
            (x - tall * 0.19, shoulder), (x - tall * 0.06, foot - tall), (x + tall * 0.07, shoulder), fill="#4b4b52"
        )
    )


def cloud(x: int, y: int, size: int) -> str:
    """Four puffs."""
    puffs = ((0, 0, 1), (0.9, 0.12, 0.8), (-0.9, 0.15, 0.7), (0.2, -0.35, 0.7))
    ovals = (tag("ellipse", cx=x + dx * size, cy=y + dy * size, rx=r * size, ry=r * size * 0.62) for dx, dy, r in puffs)
    return tag("g", *ovals, fill="#fff", opacity=0.85)


def specks(dice: Dice, count: int, span: tuple[int, int], colours: tuple[str, ...], size: int) -> str:
    """Stars, snow, flowers or confetti between two heights."""
    return "".join(
        circle(dice.number(0, WIDTH), dice.number(*span), dice.number(max(1, size // 2), size), dice.pick(colours))
        for _ in range(count)
    )
