"""What runs inside the page, in files of their own. Each answers at once; waiting is done outside, bounded."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "inpage"


def _read(name: str) -> str:
    """Return the function of a file, without the comment above it."""
    lines = (_FOLDER / f"{name}.js").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))


STRIDE = _read("stride")
IMAGES = _read("images")
CONTENT = _read("content")
LINES = _read("lines")
UNROLL = _read("unroll")
BOXES = _read("boxes")
ITEMS = _read("items")
TOP = "() => window.scrollTo({top: 0, behavior: 'instant'})"
GO_TO = "top => window.scrollTo({top, behavior: 'instant'})"
HEIGHT = "() => (document.scrollingElement || document.documentElement).scrollHeight"
