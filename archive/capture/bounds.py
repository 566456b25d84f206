"""How much one capture may take, in seconds, pixels and bytes."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """The limits of one capture.

    A feed that grows while it is read is stopped at a soft bound (`feed_*`, `scroll_seconds`): what has come
    is kept and `ended_by` says which bound it was. The hard bounds (`total_seconds`, `silent_seconds`,
    `max_height`, `max_bytes`, `max_memory`) end the capture as failed.
    """

    width: int = 1280
    view_height: int = 900
    tile_height: int = 4000
    # The page, once it has stopped growing. Higher than this is not a page that anybody reads.
    max_height: int = 120_000
    feed_height: int = 60_000
    feed_posts: int = 500
    feed_bytes: int = 200 * MEGABYTE
    # How long the bottom of the page is watched for more to come.
    feed_pause: float = 1.5
    max_bytes: int = 400 * MEGABYTE
    # Resident memory of the browser and all its helpers; what they share is counted more than once.
    max_memory: int = 4096 * MEGABYTE
    min_free_disk: int = 300 * MEGABYTE
    open_seconds: float = 30.0
    quiet_seconds: float = 5.0
    scroll_seconds: float = 90.0
    images_seconds: float = 15.0
    picture_seconds: float = 30.0
    # No sign of life for this long means that the page hangs the browser.
    silent_seconds: float = 45.0
    total_seconds: float = 240.0
