"""Units from a spreadsheet: a unit is known by its name and the way down to it."""

from collections import defaultdict
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import clock, organisation
from governance.imports import values
from governance.imports.kinds import Column, Importer, Line, State
from governance.imports.tree import Node, Tree, plain, steps
from governance.models.organisation import Authority, Unit
from governance.models.people import User

NAME, EMAIL = Unit._meta.get_field("name"), Unit._meta.get_field("email")
COLUMNS = (
    Column(
        "name",
        gettext_lazy("Enhet"),
        ("enhetsnamn", "namn", "enhetens namn", "verksamhet", "avdelning", "organisation", "unit", "name"),
        gettext_lazy("Enhetens namn, så som det ska stå i Uppsikt."),
        "Biblioteket",
        required=True,
    ),
    Column(
        "parent",
        gettext_lazy("Överordnad enhet"),
        ("ingår i", "under", "tillhör", "förälder", "överordnad", "förvaltning", "parent"),
        gettext_lazy("Enheten närmast över. Tomt betyder direkt under kommunen. Finns flera med samma namn: A > B."),
        "Kulturförvaltningen",
    ),
    Column(
        "authority",
        gettext_lazy("Myndighet"),
        ("nämnd", "bolag", "nämnd eller bolag", "authority"),
        gettext_lazy("Nämnd eller kommunalt bolag. Tomt betyder samma som enheten över."),
        "Kommunstyrelsen",
    ),
    Column(
        "email",
        gettext_lazy("Funktionsadress"),
        ("e-post", "epost", "mejl", "mail", "e-mail", "email", "funktionsbrevlåda", "brevlåda"),
        gettext_lazy("Enhetens gemensamma e-postadress."),
        "biblioteket@kommunen.se",
    ),
    Column(
        "valid_from",
        gettext_lazy("Finns från och med"),
        ("från och med", "från", "startdatum", "datum", "valid from"),
        gettext_lazy("Datum, till exempel 2026-01-01. Tomt betyder i dag."),
        "2026-01-01",
    ),
)


def columns() -> tuple[Column, ...]:
    """Answer the columns of a unit."""
    return COLUMNS


def check(lines: list[Line], by: User) -> None:
    """Say of each line which unit it is, or what is wrong with it; units above may stand anywhere in the file."""
    tree, authorities = Tree(), _authorities()
    for line in lines:
        values.needed(line, "name", _("Skriv enhetens namn."))
        line.found["name"] = values.fitting(line, "name", NAME)
        line.found["email"] = values.fitting(line, "email", EMAIL).lower()
        line.found["valid_from"] = values.day(line, "valid_from")
        line.found["authority"] = _authority(line, authorities)
    seen: dict[Node, int] = {}
    for line in _from_the_top(lines):
        _settle(line, tree, seen)
    for line in lines:
        line.standing(known=line.found.get("known", False))


def carry_out(lines: list[Line], by: User) -> None:
    """Make or correct the units, those above first."""
    for line in sorted(lines, key=lambda each: len(each.found["node"].way())):
        node, found = line.found["node"], line.found
        if line.state == State.CHANGED:
            organisation.correct_unit(node.unit, by=by, **found["fields"])
            continue
        node.unit = organisation.add_unit(
            by=by,
            name=found["name"],
            parent=node.parent.unit,
            authority=node.authority,
            email=found["email"],
            since=found["valid_from"],
        )


def _settle(line: Line, tree: Tree, seen: dict[Node, int]) -> None:
    """Find where the unit hangs and whether it is there already."""
    above = tree.node(line, "parent", missing=_missing(line)) if line.get("parent") else tree.root
    if above is None or not line.found["name"]:
        return
    is_root = not line.get("parent") and plain(line.found["name"]) == plain(tree.root.name)
    node = tree.root if is_root else tree.below(above, line.found["name"])
    if node is None:
        node = tree.keep(Node(line.found["name"], above, line.found["authority"] or above.authority))
    elif node in seen:
        line.wrong("name", _("Samma enhet står redan på rad %(row)d.") % {"row": seen[node]})
    seen.setdefault(node, line.number)
    line.found |= {"node": node, "known": node.unit is not None}
    if node.unit is not None:
        line.found["fields"] = _changed(line, node.unit)


def _missing(line: Line) -> str:
    """Answer what to say where the unit above is not there."""
    if plain(line.get("parent")) == plain(line.get("name")):
        return _("En enhet kan inte ligga under sig själv.")
    return _("Enheten ”%(typed)s” finns varken i Uppsikt eller i filen. Rätta namnet.")


def _changed(line: Line, unit: Unit) -> dict[str, object]:
    """Answer what the line says otherwise than the unit; an empty cell says nothing."""
    said = {"email": line.found["email"], "authority": line.found["authority"]}
    fields = {name: value for name, value in said.items() if value and value != getattr(unit, name)}
    labels = {column.key: column.label for column in COLUMNS}
    line.changes = [f"{labels[name]}: {getattr(unit, name) or '–'} → {value}" for name, value in fields.items()]
    return fields


def _from_the_top(lines: list[Line]) -> list[Line]:
    """Answer the lines so that one that others hang below comes before them, without those in a ring."""
    named: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        named[plain(line.get("name"))].append(line)
    numbered = {line.number: line for line in lines}
    sorter = TopologicalSorter({line.number: _named_above(line, named) for line in lines})
    with suppress(CycleError):  # what does not hang in the ring is answered all the same
        sorter.prepare()
    ordered: list[int] = []
    while ready := sorted(sorter.get_ready()):
        ordered += ready
        sorter.done(*ready)
    for number in numbered.keys() - set(ordered):
        numbered[number].wrong("parent", _("Enheterna ligger under varandra i en ring. Rätta vilken som är överst."))
    return [numbered[number] for number in ordered]


def _named_above(line: Line, named: dict[str, list[Line]]) -> list[int]:
    typed = line.get("parent")
    found = named.get(plain(typed), []) or named.get(steps(typed)[-1], []) if typed else []
    return [each.number for each in found if each is not line]


def _authorities() -> dict[str, Authority]:
    return {plain(authority.name): authority for authority in Authority.objects.all()}


def _authority(line: Line, known: dict[str, Authority]) -> Authority | None:
    typed = line.get("authority")
    found = known.get(plain(typed))
    if typed and found is None:
        offered = ", ".join(authority.name for authority in known.values())
        words = _("Myndigheten ”%(typed)s” finns inte. De som finns: %(known)s. Nya läggs till på sidan Myndigheter.")
        line.wrong("authority", words % {"typed": typed, "known": offered})
    return found


IMPORTER = Importer(
    key="enheter",
    label=gettext_lazy("Enheter"),
    lead=gettext_lazy("Förvaltningar, avdelningar, skolor och andra enheter, och vilken som ligger under vilken."),
    order=10,
    columns=columns,
    check=check,
    carry_out=carry_out,
    count=lambda: Unit.objects.current(clock.today()).exclude(parent=None).count(),
)
