"""Signs of life: workers and beat leave them, /healthz reads them."""

from django.core.cache import cache

LASTING_SECONDS = 60


def leave(part: str) -> None:
    """Note that `part` is alive; it counts for a minute."""
    cache.set(f"alive:{part}", True, LASTING_SECONDS)


def found(part: str) -> bool:
    """Answer whether `part` was alive within the last minute."""
    return bool(cache.get(f"alive:{part}"))
