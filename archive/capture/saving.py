"""The page as one file that a browser can open again: MHTML, with its pictures and styles inside."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from archive.capture.bounds import Bounds

NAME = "sida.mhtml"
MEDIA_TYPE = "multipart/related"


def save(session: Any, folder: Path, bounds: Bounds, downloaded: int) -> str:
    """Write the file and return its name; an empty string where the browser cannot, or it would be too large.

    The whole of it passes through memory: what is too large to begin with is not asked for. Raises OSError of the disk.
    """
    if downloaded > bounds.mhtml_bytes:
        return ""
    try:
        data = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"].encode("utf-8", "replace")
    except Error as error:
        if "crashed" in str(error) or "closed" in str(error):
            raise
        return ""
    if not data or len(data) > bounds.mhtml_bytes:
        return ""
    (folder / NAME).write_bytes(data)
    return NAME
