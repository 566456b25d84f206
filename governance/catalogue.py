"""The English catalogue: found in the sources, kept in a .po file, compiled without any system package."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCES = ("governance", "accounts", "archive", "moderation", "templates")
LANGUAGE = "en"
# function -> which of its arguments are texts (None: the first); "c" marks a context
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdrf]|\{\w*\}")
HEAD = {
    "header_comment": "# English texts of Uppsikt. The Swedish texts in the sources are the keys.",
    "project": "Uppsikt",
    "version": "1",
    "msgid_bugs_address": "none",
    "last_translator": "Uppsikt",
    "language_team": "English",
}


class CatalogueBroken(Exception):
    """A catalogue that must not be compiled; `problems` says why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, one per line in the message."""
        super().__init__("\n".join(problems))
        self.problems = problems


def path_of(language: str = LANGUAGE) -> Path:
    """Answer where the catalogue of a language lies."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def found() -> Catalog:
    """Answer every text that the sources mark, with the files it stands in."""
    catalogue = Catalog(fuzzy=False)
    for file in sources():
        for _line, texts, _comments, context in _texts(file):
            place = (file.relative_to(settings.BASE_DIR).as_posix(), 0)
            catalogue.add(texts, locations=[place], context=context)
    return catalogue


def sources() -> Iterator[Path]:
    """Answer the files that may mark texts, in a lasting order."""
    for folder in SOURCES:
        files = (Path(settings.BASE_DIR) / folder).rglob("*")
        yield from sorted(file for file in files if file.suffix in (".py", ".html", ".txt", ".svg"))


def update(path: Path) -> Catalog:
    """Write the catalogue with every text of the sources, translations kept, what is gone left out."""
    catalogue = load(path)
    catalogue.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, include_lineno=False)
    return catalogue


def load(path: Path) -> Catalog:
    """Answer the catalogue of a file, an empty one where there is none yet."""
    if not path.exists():
        return Catalog(LANGUAGE, fuzzy=False, **HEAD)
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def problems(path: Path) -> list[str]:
    """Answer what keeps the catalogue from being complete: untranslated, fuzzy, obsolete, broken placeholders."""
    kept, marked = load(path), found()
    missing = [f"untranslated: {shown(text)}" for text in marked if text.id and not is_translated(_same(kept, text))]
    gone = [f"no longer used: {shown(text)}" for text in kept if text.id and _same(marked, text) is None]
    gone += [f"no longer used: {shown(text)}" for text in kept.obsolete.values()]
    fuzzy = [f"fuzzy: {shown(text)}" for text in kept if text.id and text.fuzzy]
    return missing + gone + fuzzy + broken(kept)


def broken(catalogue: Catalog) -> list[str]:
    """Answer the translations whose placeholders are not those of the text."""
    return [f"other placeholders: {shown(text)}" for text in catalogue if text.id and not _fits(text)]


def compile_all() -> list[Path]:
    """Write the .mo file beside each .po file; raise `CatalogueBroken` and write nothing where one is broken."""
    files = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
    catalogues = {file: load(file) for file in files}
    wrong = [f"{file}: {problem}" for file, catalogue in catalogues.items() for problem in broken(catalogue)]
    if wrong:
        raise CatalogueBroken(wrong)
    return [_compile(file, catalogue) for file, catalogue in catalogues.items()]


def shown(text: Message) -> str:
    """Answer a text on one line, shortened."""
    words = " ".join(_forms(text.id)[0].split())
    return words if len(words) <= 90 else f"{words[:90]}…"


def is_translated(text: Message | None) -> bool:
    """Answer whether a text has a translation in every form."""
    return text is not None and all(_forms(text.string))


def _texts(file: Path) -> Iterator[tuple]:
    source = file.read_text(encoding="utf-8")
    code = source if file.suffix == ".py" else _as_python(source, file)
    return extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})


def _as_python(template: str, file: Path) -> str:
    """Answer a template's marked texts as Python calls, one under another: a template's indents mean nothing there."""
    return "\n".join(line.strip() for line in templatize(template, origin=str(file)).splitlines())


def _compile(file: Path, catalogue: Catalog) -> Path:
    compiled = file.with_suffix(".mo")
    # Written aside and renamed: a server that starts meanwhile reads the old file or the new one.
    aside = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with aside.open("wb") as target:
        write_mo(target, catalogue)
    aside.replace(compiled)
    return compiled


def _same(catalogue: Catalog, text: Message) -> Message | None:
    return catalogue.get(text.id, text.context)


def _fits(text: Message) -> bool:
    """Each form has the text's placeholders; a singular may leave out the number."""
    wanted = _placeholders(*_forms(text.id))
    forms = [form for form in _forms(text.string) if form]
    if len(_forms(text.id)) == 1:
        return all(_placeholders(form) == wanted for form in forms)
    return all(_placeholders(form) <= wanted for form in forms) and (not forms or _placeholders(*forms) == wanted)


def _placeholders(*texts: str) -> set[str]:
    return {match for text in texts for match in PLACEHOLDER.findall(text.replace("%%", ""))}


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text,)
