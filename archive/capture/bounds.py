"""How much one capture may take, in seconds, pixels and bytes."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """The limits of one capture.

    A feed that grows while it is read is stopped at a soft bound (`feed_*`, `scroll_seconds`): what has come
    is kept and `ended_by` says which bound it was. The hard bounds (`total_seconds`, `silent_seconds`,
    `max_height`, `max_bytes`, `max_memory`) end the capture as failed. The last ones cut a part short, and say so.
    """

    width: int = 1280
    view_height: int = 900
    # Each tile costs as much as a third of its picture; taller ones are awkward to look at.
    tile_height: int = 8000
    # The page, once it has stopped growing. Higher than this is not a page that anybody reads.
    max_height: int = 120_000
    feed_height: int = 60_000
    feed_posts: int = 500
    feed_bytes: int = 200 * MEGABYTE
    # How long the bottom of the page is watched for more to come.
    feed_pause: float = 1.5
    # The shortest time it is watched, once nothing comes over the net either.
    calm_pause: float = 0.6
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
    # One script in the page. Longer than this is a page that wants to be waited for.
    script_seconds: float = 15.0
    # The page once more as a telephone shows it: its beginning, where it is longer than this.
    phone_width: int = 390
    phone_view_height: int = 844
    phone_tile_height: int = 8000
    phone_max_height: int = 120_000
    phone_seconds: float = 45.0
    mhtml_bytes: int = 150 * MEGABYTE
    max_text: int = 5_000_000
    max_lines: int = 60_000
    max_items: int = 2_000
