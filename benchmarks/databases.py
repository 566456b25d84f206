"""Two databases of one municipality, a small one and a large one, between which one process goes to and fro."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection


class Databases:
    """The databases by the number of accounts in them; questions go to one at a time, and both stay connected."""

    def __init__(self, names: dict[int, str]) -> None:
        self._names, self._open = names, dict[str, Any]()

    def use(self, size: int) -> None:
        """Let every question from now on go to the database of that size."""
        self._open[connection.settings_dict["NAME"]] = connection.connection
        name = connection.settings_dict["NAME"] = self._names[size]
        connection.connection = self._open.get(name)

    def close(self) -> None:
        """Leave both."""
        for size in self._names:
            self.use(size)
            connection.close()


@contextmanager
def two_databases(few: int, many: int, begin: Callable[[], object]) -> Iterator[Databases]:
    """Make a database, let `begin` fill it, and copy it; both are thrown away at the end."""
    given = settings.DATABASES["default"]["NAME"]
    first = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        begin()
        connection.close()
        connection.creation.clone_test_db(str(many), verbosity=0, autoclobber=True)
        second = connection.creation.get_test_db_clone_settings(str(many))["NAME"]
        databases = Databases({few: first, many: second})
        try:
            yield databases
        finally:
            databases.close()
            connection.settings_dict["NAME"] = first
            connection.creation.destroy_test_db(first, verbosity=0, suffix=str(many))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = first
        connection.creation.destroy_test_db(given, verbosity=0)
