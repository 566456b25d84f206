"""The database as it is copied: every table by COPY, from one moment, and back with its triggers at rest.

COPY goes through the driver: no program of PostgreSQL's own is needed, and whoever owns the tables may do it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from archive.store import BACKUP_LOCK

# What says how the tables are made stays as it is; sessions are nobody's to restore.
MIGRATIONS = "django_migrations"
LEFT_OUT = frozenset({MIGRATIONS, "django_session"})


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is at this moment, and let nothing be taken out of the archive's storage meanwhile."""
    _ask("select pg_advisory_lock(%s)", BACKUP_LOCK)
    try:
        with transaction.atomic():
            _ask("set transaction isolation level repeatable read read only")
            yield
    finally:
        _ask("select pg_advisory_unlock(%s)", BACKUP_LOCK)


def migrations() -> list[list[str]]:
    """Answer the migrations that made these tables, as [app, name]."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def tables() -> dict[str, list[str]]:
    """Answer the tables that are copied, each with its columns; those that the database works out are left out."""
    found = _ask(
        """
        select c.table_name, c.column_name from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
        order by c.table_name, c.ordinal_position
        """
    )
    columns: dict[str, list[str]] = {}
    for table, column in found:
        if table not in LEFT_OUT:
            columns.setdefault(table, []).append(column)
    return columns


def read(table: str, columns: list[str], into: IO[bytes]) -> None:
    """Write a table's rows to a file."""
    with connection.cursor() as cursor:
        cursor.copy_expert(f"copy {_table(table, columns)} to stdout", into)


def write(table: str, columns: list[str], source: IO[bytes]) -> None:
    """Add a table's rows from a file."""
    with connection.cursor() as cursor:
        cursor.copy_expert(f"copy {_table(table, columns)} from stdin", source)


@contextmanager
def emptied(names: list[str]) -> Iterator[None]:
    """Empty the tables, with their own triggers at rest until the block ends; all of it or nothing.

    Foreign keys are looked at when everything is there. Raises `IntegrityError` where one does not hold.
    """
    with transaction.atomic():
        for name in names:
            _ask(f"alter table {_quoted(name)} disable trigger user")
        _ask(f"truncate {', '.join(map(_quoted, [*names, 'django_session']))} restart identity")
        yield
        for table, column, sequence in _sequences(names):
            # From where the rows end, or from the beginning where there are none.
            _ask(
                f"select setval(%s, coalesce(max({_quoted(column)}), 1), max({_quoted(column)}) is not null) "  # noqa: S608
                f"from {_quoted(table)}",
                sequence,
            )
        _ask("set constraints all immediate")
        for name in names:
            _ask(f"alter table {_quoted(name)} enable trigger user")


def _sequences(names: list[str]) -> list[tuple[str, str, str]]:
    found = _ask(
        """
        select table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
        from information_schema.columns
        where table_schema = current_schema() and table_name = any(%s)
        and pg_get_serial_sequence(quote_ident(table_name), column_name) is not null
        """,
        names,
    )
    return [(table, column, sequence) for table, column, sequence in found]


def _table(table: str, columns: list[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _ask(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []
