"""What a capture gives back."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class CapturedFile:
    """One file in the capture's folder. `name` is unique there; `caption` is Swedish, for the record."""

    name: str
    media_type: str
    path: Path
    caption: str


@dataclass(frozen=True)
class Facts:
    """What was asked for and what happened. Times are ISO 8601 in UTC, sizes are CSS pixels and bytes."""

    asked: str
    reached: str
    redirects: tuple[str, ...]
    status: int
    title: str
    language: str
    started_at: str
    finished_at: str
    browser: str
    user_agent: str
    viewport: tuple[int, int]
    height: int
    ended_by: str
    images_total: int
    images_missing: int
    missing: tuple[str, ...]
    ip: str
    text_length: int
    downloaded: int
    refused: tuple[str, ...]
    dialogs: int
    popups: int
    downloads: int

    def as_json(self) -> dict[str, Any]:
        """Return a dict that JSON can hold and from_json reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what as_json wrote; lists become tuples again."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**values)


@dataclass(frozen=True)
class Capture:
    """A finished capture: pictures from the top down, then the text, then the facts."""

    files: tuple[CapturedFile, ...]
    facts: Facts
