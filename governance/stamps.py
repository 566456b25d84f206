"""A text that changes whenever any of some rows does; asked for before a page is made.

PostgreSQL knows of each row which transaction wrote it (`xmin`) and where it lies (`ctid`, another place for each
writing): the sum over the rows tells of every change, by whichever way it came, in a few milliseconds and without a
column or a trigger of its own.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from governance import __version__, clock
from governance.models import Municipality, PolicyVersion, Unit

MADE_OF = ("templates", "locale")
SUM = "(SELECT count(*) || '-' || coalesce(sum(hashtidextended(ctid, xmin::text::bigint)), 0) FROM {} WHERE {})"
# What every public page hangs on: whose it is, and its policy.
EVERY_PAGE = (
    (Unit._meta.db_table, "true"),
    (PolicyVersion._meta.db_table, "status = 'adopted'"),
    (Municipality._meta.db_table, "true"),
)


def stamp_of(tables: Iterable[tuple[str, str]] = ()) -> str:
    """Answer the stamp of the rows of `tables`, each with a condition in SQL, and of what every public page hangs on.

    One query. The day is in it, for some of what is shown hangs on the date; so is the edition of the product.
    """
    return f"{_made()} {clock.today().isoformat()} {rows_stamp((*EVERY_PAGE, *tables))}"


def rows_stamp(tables: Iterable[tuple[str, str]]) -> str:
    """Answer the stamp of the rows alone; one query."""
    sums = ", ".join(SUM.format(table, condition) for table, condition in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sums}")
        return " ".join(cursor.fetchone())


@cache
def _made() -> str:
    """Answer which edition of the product this is: its version, and when its texts were last changed."""
    files = (file for folder in MADE_OF for file in Path(settings.BASE_DIR, folder).rglob("*") if file.is_file())
    return f"{__version__} {max(file.stat().st_mtime_ns for file in files)}"
