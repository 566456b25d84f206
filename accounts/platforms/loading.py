"""The platforms that come with the product, as rows; what a municipality changed about them stays."""

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from accounts.models import Platform, PlatformDetails
from accounts.platforms import page_parts

FILE = Path(__file__).with_name("platforms.toml")
TEXTS = ("name", "canonical", "example")
# What a file's entry may leave out, and what is said then.
DEFAULTS: dict[str, Any] = {
    "domains": [],
    "anywhere": False,
    "named": "",
    "ignored": "",
    **{fact: Platform.fact_field(fact).get_default() for fact in Platform.FACTS},
}


def load(*, demo: bool) -> list[Platform]:
    """Enter every platform of the file, or correct what the file says of it.

    When it is retired is the municipality's, and so is every fact that somebody there has tried, and how its pages are
    built where the municipality has written that. The demo's own platform comes only where `demo` is true.
    """
    kept = {platform.key: platform for platform in Platform.objects.whole()}
    entries = [entry for entry in _entries() if demo or not entry.get("demo")]
    with transaction.atomic():
        return [_entered(entry, kept.get(entry["key"]) or built(entry)) for entry in entries]


def built(entry: dict[str, Any]) -> Platform:
    """Answer an entry of the file as a platform that is not saved yet."""
    platform = Platform(key=entry["key"], retired_on=entry.get("retired_on"))
    platform.details = PlatformDetails()
    return _written(entry, platform)


def said(key: str, fact: str) -> tuple[Any, str]:
    """Answer what the product says of a fact on a platform, and its note."""
    entry: dict[str, Any] = next((each for each in _entries() if each["key"] == key), {})
    return entry.get(fact, DEFAULTS[fact]), entry.get("notes", {}).get(fact, "")


def said_of_pages(key: str) -> dict[str, list[str]]:
    """Answer what the product says of how a platform's pages are built."""
    entry: dict[str, Any] = next((each for each in _entries() if each["key"] == key), {})
    return page_parts.written(entry.get("page", {}))


def _entered(entry: dict[str, Any], platform: Platform) -> Platform:
    _written(entry, platform).save()
    platform.details.platform = platform
    platform.details.save()
    return platform


def _written(entry: dict[str, Any], platform: Platform) -> Platform:
    """Write what the file says over what the row said, but for the facts that somebody has tried."""
    details, tried = platform.details, platform.details.tried
    columns = {name: entry[name] for name in TEXTS} | {name: entry.get(name, DEFAULTS[name]) for name in DEFAULTS}
    for name in columns.keys() - tried.keys():
        setattr(platform, name, columns[name])
    details.notes = {**entry.get("notes", {}), **{fact: details.notes.get(fact, "") for fact in tried}}
    details.patterns = [_whole(pattern, entry) for pattern in entry["patterns"]]
    parts = details.page_parts if details.page_own else page_parts.written(entry.get("page", {}))
    if parts != details.page_parts:
        # What somebody tried was not this.
        details.page_parts, details.page_trial = parts, {}
    details.others = [[kind, _whole(pattern, entry)] for kind, pattern in entry.get("others", [])]
    return platform


def _whole(pattern: str, entry: dict[str, Any]) -> str:
    """Answer a pattern with its host, its reserved names and its sections in place of their marks."""
    marks = {
        "{host}": entry.get("host", ""),
        "{free}": f"(?!(?:{entry.get('reserved', '')})(?:[/?#]|$))",
        "{section}": f"(?:/(?:{entry.get('sections', '')}))?",
    }
    for mark, text in marks.items():
        pattern = pattern.replace(mark, text)
    return pattern


def _entries() -> list[dict[str, Any]]:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["platform"]
    return [_on_loopback(entry) if entry.get("demo") else entry for entry in entries]


def _on_loopback(entry: dict[str, Any]) -> dict[str, Any]:
    """Put the demo platform's own site into its addresses."""
    site = settings.DEMO_PLATFORM_URL.rstrip("/")
    parts = urlsplit(site)
    texts = {name: entry[name].format(site=site) for name in ("example", "canonical", "named")}
    return {**entry, **texts, "domains": [parts.hostname or ""], "host": re.escape(parts.netloc)}
