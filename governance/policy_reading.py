"""A policy as people read it: chapters of lines, each with its words, its clause, and how strongly it is meant.

Built from the schema itself: a new key needs only its words in `policy_words` or `policy_keys`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from governance.policy.base import DEFAULT_CLAUSE, Deadline, Frozen, Headed, Origin, Section, Stated
from governance.policy.people import WORDS
from governance.policy.plan import DutyRule
from governance.policy.schema import Policy
from governance.policy_choices import in_words, listed
from governance.policy_keys import DOCUMENT, FIELDS
from governance.policy_words import CHAPTERS

# Which key names a rule in a list; the rest of its keys stand under it. Without one, its text stands alone.
NAMED_BY = ("label", "heading", "question", "what", "title", "kind", "duty", "way", "use", "account_kinds")
NAMED_BY_KEY = ("Measure",)
# Keys that only say something when they are true.
QUIET_WHEN_FALSE = frozenset({"where_possible", "counts_as_login", "delegated", "from_plan", "others_too"})
PLUMBING = frozenset({"clause", "strength", "key"})
# The text of a rule, said without the name of its key.
BODY = ("text", "help", "statement", "form", "names", "word", "value", "by")
SILENT_KIND = "kind"
# What somebody is called is neither demanded nor advised.
UNWEIGHED: Any = ""


@dataclass(frozen=True)
class Detail:
    """A small fact of a line: what it is called, and its words."""

    label: str
    words: str


@dataclass(frozen=True)
class Line:
    """One rule in words; `parts` are the rules it consists of."""

    label: str
    words: str = ""
    origin: Origin | None = None
    details: tuple[Detail, ...] = ()
    parts: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter: what it says, and on what it is silent."""

    key: str
    title: str
    lines: tuple[Line, ...]
    silent: tuple[str, ...] = ()
    lead: str = ""
    origin: Origin | None = field(default=None)


@dataclass(frozen=True)
class Change:
    """A chapter that reads otherwise in another policy, and on what."""

    title: str
    labels: tuple[str, ...]


def read(policy: Policy) -> list[Chapter]:
    """Answer the whole policy: every chapter, every exception, and what people are called."""
    chapters = [chapter(policy, key, getattr(policy, key)) for key in CHAPTERS]
    return [*chapters, *_exceptions(policy), _titles(policy)]


def about(policy: Policy) -> list[Detail]:
    """Answer whose document it is, who adopted it and when, silence said as such."""
    stated = [(name, getattr(policy.source, name)) for name in DOCUMENT]
    return [
        Detail(str(DOCUMENT[name]), _("Inte angivet") if value is None else in_words(name, value, policy))
        for name, value in stated
    ]


def changes(old: Policy, new: Policy) -> list[Change]:
    """Answer the chapters in which two policies differ, with what differs."""
    before = {each.title: each for each in read(old)}
    found = []
    for each in read(new):
        earlier = before.get(each.title, Chapter(each.key, each.title, ()))
        differing = set(each.lines) ^ set(earlier.lines)
        labels = [line.label for line in (*each.lines, *earlier.lines) if line in differing]
        if labels:
            found.append(Change(each.title, tuple(dict.fromkeys(labels))))
    return found


def chapter(policy: Policy, key: str, section: Section) -> Chapter:
    """Answer one chapter in words."""
    title, names = CHAPTERS[key]
    lines, silent = [], []
    for name in type(section).model_fields:
        value = getattr(section, name)
        if name in PLUMBING:
            continue
        if value is None or value == ():
            silent.append(str(names[name]))
        else:
            lines.append(_line(policy, str(names[name]), name, value, _origin(section, name)))
    return Chapter(key, str(title), tuple(lines), tuple(silent))


def _origin(section: Section, name: str) -> Origin | None:
    if section.is_default(name):
        return Origin(DEFAULT_CLAUSE, "bör", "default")
    return section.origin(name) if isinstance(section, Headed) and section.clause else None


def _line(policy: Policy, label: str, name: str, value: Any, origin: Origin | None) -> Line:
    """Answer a key of a chapter, or of a rule, as a line."""
    if isinstance(value, Deadline):
        return Line(label, str(value), origin)
    if isinstance(value, Frozen):
        return _rule(policy, label, value)
    if isinstance(value, tuple) and isinstance(value[0], Frozen):
        return Line(label, parts=tuple(_item(policy, each) for each in value))
    return Line(label, in_words(name, value, policy), origin)


def _item(policy: Policy, model: Frozen) -> Line:
    """Answer a rule of a list, under its own name."""
    name = _name_of(model)
    label = in_words(name, _value(model, name), policy) if name else ""
    return _rule(policy, _capital(label), model, without=name)


def _rule(policy: Policy, label: str, model: Frozen, without: str = "") -> Line:
    origin = Origin(model.clause, model.strength, model.basis) if isinstance(model, Stated) else None
    words, details, parts = [], [], []
    for name, value in _said(model, without):
        if isinstance(value, Frozen) and not isinstance(value, Deadline):
            parts.append(_line(policy, str(FIELDS[name]), name, value, origin))
        elif isinstance(value, tuple) and isinstance(value[0], Frozen):
            parts += [_item(policy, each) for each in value]
        elif name in BODY or not FIELDS[name] or _lone(model):
            words.append(_plain(policy, name, value))
        else:
            details += _detail(label, str(FIELDS[name]), _plain(policy, name, value))
    shown = tuple(_without_echo(part, origin) for part in parts)
    return Line(label, " ".join(filter(None, words)), origin, tuple(details) + _defaults(model), shown)


def _detail(label: str, name: str, words: str) -> list[Detail]:
    """Answer a small fact, unless the line's own name says the same."""
    return [] if words.casefold() == label.casefold() else [Detail(name, words)]


def _lone(model: Frozen) -> bool:
    """Answer whether a rule says one thing only: then the thing needs no name of its own."""
    return len(type(model).model_fields.keys() - PLUMBING) == 1


def _said(model: Frozen, without: str) -> Iterator[tuple[str, Any]]:
    """Answer the keys of a rule that say something, by the names they have in a file."""
    for attribute, info in type(model).model_fields.items():
        name, value = info.alias or attribute, getattr(model, attribute)
        if name in PLUMBING or name == without or value is None or value == ():
            continue
        if isinstance(model, DutyRule) and name == SILENT_KIND:
            continue
        if value is False and name in QUIET_WHEN_FALSE:
            continue
        yield name, value


def _plain(policy: Policy, name: str, value: Any) -> str:
    return str(value) if isinstance(value, Deadline) else in_words(name, value, policy)


def _defaults(model: Frozen) -> tuple[Detail, ...]:
    """Answer what the product adds to a rule on which the policy gives no number."""
    if isinstance(model, DutyRule) and model.stated_minimum is None:
        words = _("minst %(n)d (%(source)s)") % {"n": model.minimum, "source": DEFAULT_CLAUSE}
        return (Detail(str(FIELDS["minimum"]), words),)
    return ()


def _without_echo(part: Line, origin: Origin | None) -> Line:
    """Leave out where a part stands when the rule around it says the same."""
    if part.origin != origin:
        return part
    return Line(part.label, part.words, None, part.details, part.parts)


def _name_of(model: Frozen) -> str:
    if type(model).__name__ in NAMED_BY_KEY:
        return "key"
    known = {info.alias or name for name, info in type(model).model_fields.items()}
    return next((name for name in NAMED_BY if name in known and _value(model, name) is not None), "")


def _value(model: Frozen, name: str) -> Any:
    return getattr(model, f"stated_{name}", None) or getattr(model, name)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _titles(policy: Policy) -> Chapter:
    titles = {key: getattr(policy.document.titles, key) for key in WORDS}
    lines = [
        Line(_capital(WORDS[key]), title.word, Origin(title.clause, UNWEIGHED, "policy"))
        for key, title in titles.items()
        if title
    ]
    silent = [_capital(WORDS[key]) for key, title in titles.items() if not title]
    return Chapter("titles", _("Vad roller och ansvar heter"), tuple(lines), tuple(silent))


def _exceptions(policy: Policy) -> Iterator[Chapter]:
    """Answer each chapter that reads otherwise for some accounts, with only what differs."""
    pairs = zip(policy.document.exceptions, policy.exceptions, strict=True)
    for number, (stated, (match, sections)) in enumerate(pairs):
        who = _("Gäller för: %(accounts)s") % {"accounts": _accounts(policy, match)}
        for key, section in sections.items():
            general = set(chapter(policy, key, getattr(policy, key)).lines)
            own = chapter(policy, key, section)
            lines = tuple(line for line in own.lines if line not in general)
            title = _("Undantag: %(chapter)s") % {"chapter": own.title}
            origin = Origin(stated.clause, stated.strength, "policy")
            yield Chapter(f"exception-{number}-{key}", title, lines, lead=who, origin=origin)


def _accounts(policy: Policy, match: Frozen) -> str:
    stated = {name: getattr(match, name) for name in type(match).model_fields}
    return listed(
        [f"{str(FIELDS[name]).lower()} {in_words(name, value, policy)}" for name, value in stated.items() if value]
    )
