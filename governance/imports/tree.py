"""The units as people write them in spreadsheets: by name where only one has it, else by the way down to it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance import clock
from governance.imports.kinds import Line
from governance.models.organisation import Authority, Unit

STEP = " > "
_STEPS = re.compile(r"\s*(?:>|»|/|\\)\s*")


@dataclass(eq=False)
class Node:
    """A unit that exists, or one that the file is about to make."""

    name: str
    parent: "Node | None"
    authority: Authority
    unit: Unit | None = None

    def way(self) -> list[str]:
        """Answer the names from below the municipality down to this one."""
        return [*self.parent.way(), self.name] if self.parent else []


class Tree:
    """The units of today, loaded once for a whole file, and those that the file adds."""

    def __init__(self) -> None:
        units = Unit.objects.current(clock.today()).select_related("authority").order_by("depth", "pk")
        self._named: dict[str, list[Node]] = defaultdict(list)
        self._below: dict[tuple[Node | None, str], Node] = {}
        nodes: dict[int, Node] = {}
        for unit in units:
            above = [nodes[pk] for pk in _above(unit) if pk in nodes]
            nodes[unit.pk] = self.keep(Node(unit.name, above[-1] if above else None, unit.authority, unit))
        self.root = nodes[Unit.objects.root().pk]

    def keep(self, node: Node) -> Node:
        """Let a unit be found from now on."""
        self._named[plain(node.name)].append(node)
        self._below[(node.parent, plain(node.name))] = node
        return node

    def below(self, parent: Node, name: str) -> Node | None:
        """Answer the unit of this name right below another."""
        return self._below.get((parent, plain(name)))

    def find(self, typed: str) -> list[Node]:
        """Answer every unit that could be meant."""
        named = self._named.get(plain(typed), [])
        parts = steps(typed)
        return named or [node for node in self._named.get(parts[-1], []) if _ends_with(node, parts)]

    def node(self, line: Line, key: str, *, missing: str = "") -> Node | None:
        """Answer the unit that a cell names; None, with the reason on the line, where there is none or several.

        `missing` is what to say of a unit that is not there, with `%(typed)s` for what was written.
        """
        typed = line.get(key)
        found = self.find(typed) if typed else []
        if len(found) == 1:
            return found[0]
        if found:
            ways = ", ".join(f"”{STEP.join(node.way())}”" for node in found)
            line.wrong(key, _("Flera enheter heter så. Skriv hela vägen: %(ways)s.") % {"ways": ways})
        elif typed:
            words = missing or _("Enheten ”%(typed)s” finns inte. Läs in enheterna först, eller rätta namnet.")
            line.wrong(key, words % {"typed": typed})
        return None


def plain(name: str) -> str:
    """Answer a name as it is compared: any case of letters, any white space."""
    return " ".join(name.casefold().split())


def steps(typed: str) -> list[str]:
    """Answer the names of a way, as they are compared; at least one."""
    return [plain(part) for part in _STEPS.split(typed) if plain(part)] or [""]


def _above(unit: Unit) -> Iterator[int]:
    return (int(part) for part in unit.path.strip("/").split("/")[:-1])


def _ends_with(node: Node, parts: list[str]) -> bool:
    names = [plain(name) for name in node.way()]
    return len(parts) > 1 and names[-len(parts) :] == parts
