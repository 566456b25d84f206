"""Days and times as people write them in Swedish."""

from datetime import datetime

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def long(moment: datetime) -> str:
    """Return "3 maj 2025 kl. 09.05"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year} kl. {moment:%H.%M}"
