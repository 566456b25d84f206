"""The units as a tree in lists to choose from: each below its parent, in Swedish order."""

from collections.abc import Iterable

from governance.models import Unit

INDENT = "\u2003"  # a wide space that a list to choose from does not swallow


def choices(units: Iterable[Unit]) -> list[tuple[int, str]]:
    """Answer (number, name) of the units in the order of the tree, those below another one moved to the right."""
    known = {unit.pk: unit for unit in units}
    ordered = sorted(known.values(), key=lambda unit: _way(unit, known))
    return [(unit.pk, f"{INDENT * (len(_way(unit, known)) - 1)}{unit.name}") for unit in ordered]


def _way(unit: Unit, known: dict[int, Unit]) -> list[tuple[str, int]]:
    """Answer the way down to the unit, through those that are among the choices."""
    above = [int(part) for part in unit.path.strip("/").split("/")]
    return [(known[pk].sort_key, pk) for pk in above if pk in known]
