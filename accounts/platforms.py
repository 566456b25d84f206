"""The platforms that come with the product, as rows; what a municipality changed about them stays."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import Platform

FILE = Path(__file__).with_name("platforms.toml")
FACTS = ("name", "patterns", "canonical", "example")


def load(*, demo: bool) -> list[Platform]:
    """Enter every platform of the file, or correct its name and patterns; when it is retired is the municipality's.

    The demo's own platform comes only where `demo` is true.
    """
    entries = [entry for entry in _entries() if demo or not entry.get("demo")]
    return [
        Platform.objects.update_or_create(key=entry["key"], defaults={name: entry[name] for name in FACTS})[0]
        for entry in entries
    ]


def _entries() -> list[dict[str, Any]]:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["platform"]
    return [_on_loopback(entry) if entry.get("demo") else entry for entry in entries]


def _on_loopback(entry: dict[str, Any]) -> dict[str, Any]:
    """Put the demo platform's own host into its address."""
    host = settings.DEMO_PLATFORM_URL.rstrip("/")
    return {
        **entry,
        "example": entry["example"].format(host=host),
        "canonical": entry["canonical"].format(host=host),
        "patterns": [pattern.replace("{host}", re.escape(host)) for pattern in entry["patterns"]],
    }
