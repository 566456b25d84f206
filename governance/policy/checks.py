"""What must hold between parts of a file: seen on the file as it is, so that all is told at once.

The schema says of each value by itself whether it can be; these look at values together and bear any other damage.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from governance.policy.base import NOT_STATED, Headed, basis_of
from governance.policy.document import SECTIONS
from governance.policy.problems import KeyPath, shown

Found = Iterator[tuple[KeyPath, str, str]]
CLAUSE_KEYS = frozenset({"clause", "clause_staffing"})
SEPARATOR = "; "


def tables(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """Every table in the file, with where it stands."""
    if isinstance(value, Mapping):
        yield path, value
        for key, inner in value.items():
            yield from tables(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, (*path, index))


def stated(value: Any) -> bool:
    return value not in (None, NOT_STATED)


def clauses_cite_this_municipality(raw: Mapping[str, Any]) -> Found:
    """A clause is the municipality's own; the product's defaults and the law never stand in a file."""
    municipality = raw.get("municipality")
    short = municipality.get("short") if isinstance(municipality, Mapping) else None
    if not isinstance(short, str) or not short:
        return
    for path, table in tables(raw):
        for key in CLAUSE_KEYS & table.keys():
            value = table[key]
            if isinstance(value, str) and stated(value) and not _cites(value, short):
                yield (*path, key), f'en hänvisning som börjar med "{short}" och säger var', shown(value)


def _cites(clause: str, short: str) -> bool:
    return all(
        part.startswith((f"{short} ", f"{short}, ")) and part[len(short) :].strip(", ") and basis_of(part) == "policy"
        for part in clause.split(SEPARATOR)
    )


def figures_have_a_clause(raw: Mapping[str, Any]) -> Found:
    """A chapter that states its figures says where and how strongly; one without figures cites nothing."""
    for path, name, table in _chapters(raw):
        section = SECTIONS[name]
        if not issubclass(section, Headed):
            continue
        spoken = [key for key in section.headline if stated(table.get(key))]
        for key in ("clause", "strength"):
            if spoken and table.get(key) == NOT_STATED:
                yield (*path, key), f'ett värde, eftersom "{spoken[0]}" är angivet', f'"{NOT_STATED}"'
            if section.cites_figures and not spoken and stated(table.get(key)):
                figures = ", ".join(section.headline)
                yield (
                    (*path, key),
                    f'"{NOT_STATED}", eftersom inget av {figures} är angivet',
                    shown(table[key]),
                )


def plans_hang_together(raw: Mapping[str, Any]) -> Found:
    """Whoever signs or is stood in for is named in the plan, and no duty has a minimum above its maximum."""
    for path, name, table in _chapters(raw):
        if name != "plan":
            continue
        duties = _rows(table.get("duties"))
        kinds = {duty.get("kind") for duty in duties.values() if isinstance(duty.get("kind"), str)}
        for index, signer in _rows(table.get("signers")).items():
            yield from _named((*path, "signers", index, "duty"), signer.get("duty"), kinds)
        for index, duty in duties.items():
            yield from _named((*path, "duties", index, "stands_in_for"), duty.get("stands_in_for"), kinds)
            least, most = duty.get("minimum"), duty.get("maximum")
            if isinstance(least, int) and isinstance(most, int) and least > most:
                yield (*path, "duties", index, "minimum"), f"högst maximum ({most})", shown(least)


def checklists_hang_together(raw: Mapping[str, Any]) -> Found:
    """The ready text and the exemptions speak of items that the checklist has."""
    for path, name, table in _chapters(raw):
        if name != "information":
            continue
        keys = {row.get("key") for row in _rows(table.get("items")).values() if isinstance(row.get("key"), str)}
        text = table.get("text")
        parts = _rows(text.get("parts")) if isinstance(text, Mapping) else {}
        places: list[tuple[KeyPath, Any]] = [
            ((*path, "exemptions", index, "items"), row.get("items"))
            for index, row in _rows(table.get("exemptions")).items()
        ]
        places += [((*path, "text", "parts", index, "covers"), row.get("covers")) for index, row in parts.items()]
        for place, wanted in places:
            for key in wanted if isinstance(wanted, list) else []:
                if isinstance(key, str) and key not in keys:
                    yield place, "nycklar som finns i information.items", shown(key)


def _named(path: KeyPath, kind: Any, kinds: set[Any]) -> Found:
    if isinstance(kind, str) and stated(kind) and kind not in kinds:
        yield path, f"ett ansvar som planen har ({', '.join(sorted(kinds)) or 'inget'})", shown(kind)


def nothing_stands_twice(raw: Mapping[str, Any]) -> Found:
    """Keys of a list, duties of a plan and exceptions for the same accounts are told apart."""
    for path, table in tables(raw):
        for key, value in table.items():
            for index, row in _repeated(_rows(value), _identity):
                identity = row.get("key", row.get("kind"))
                yield (*path, key, index), "något som inte redan står i listan", shown(identity)
    seen: list[tuple[Any, str]] = []
    for index, exception in _rows(raw.get("exceptions")).items():
        for name in exception.keys() & SECTIONS.keys():
            if (exception.get("for"), name) in seen:
                yield (
                    ("exceptions", index, name),
                    "ett undantag som inte redan finns för dessa konton",
                    "det igen",
                )
            seen.append((exception.get("for"), name))


def _identity(row: Mapping[str, Any]) -> str | None:
    key = row.get("key", row.get("kind"))
    # Several points may stand under one number; everything else in a list is told apart by its key.
    return key if isinstance(key, str) else None


def _repeated(rows: dict[int, Mapping[str, Any]], identity: Callable[[Any], Any]) -> Iterator[tuple[int, Any]]:
    seen = set()
    for index, row in rows.items():
        key = identity(row)
        if key is not None and key in seen:
            yield index, row
        seen.add(key)


def _rows(value: Any) -> dict[int, Mapping[str, Any]]:
    """The tables of a list by place; nothing where it is no list."""
    if not isinstance(value, list):
        return {}
    return {index: row for index, row in enumerate(value) if isinstance(row, Mapping)}


def _chapters(raw: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, Mapping[str, Any]]]:
    """Every chapter, in general and in each exception."""
    places: list[tuple[KeyPath, Mapping[str, Any]]] = [((), raw)]
    places += [(("exceptions", index), row) for index, row in _rows(raw.get("exceptions")).items()]
    for path, place in places:
        for name in SECTIONS:
            if isinstance(place.get(name), Mapping):
                yield (*path, name), name, place[name]


CHECKS: tuple[Callable[[Mapping[str, Any]], Found], ...] = (
    clauses_cite_this_municipality,
    figures_have_a_clause,
    plans_hang_together,
    checklists_hang_together,
    nothing_stands_twice,
)
