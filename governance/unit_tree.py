"""The units as a tree: in lists to choose from, and as it is drawn; each below its parent, in Swedish order."""

from collections.abc import Iterable

from governance.models import Unit

INDENT = "\u2003"  # a wide space that a list to choose from does not swallow


def choices(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """Answer (number, name) of the units in the order of the tree, those below another one moved to the right."""
    return [(unit.pk, f"{INDENT * depth}{unit.name}") for unit, depth in ordered(units)]


def ordered(units: Iterable[Unit]) -> list[tuple[Unit, int]]:
    """Answer the units in the order of the tree, each with how far down it stands among these."""
    known = {unit.pk: unit for unit in units}
    ways = {unit.pk: _way(unit, known) for unit in known.values()}
    return [(unit, len(ways[unit.pk]) - 1) for unit in sorted(known.values(), key=lambda unit: ways[unit.pk])]


def with_those_above(units: Iterable[Unit]) -> set[int]:
    """Answer the numbers of the units and of everything above them."""
    return {int(part) for unit in units for part in unit.path.strip("/").split("/")}


def _way(unit: Unit, known: dict[int, Unit]) -> list[tuple[str, int]]:
    """Answer the way down to the unit, through those that are among the choices."""
    above = [int(part) for part in unit.path.strip("/").split("/")]
    return [(known[pk].sort_key, pk) for pk in above if pk in known]
