"""The log tells which constraint refused, and never whose address, name or note it was."""

import logging
import logging.config
import traceback

import psycopg2
import pytest
from django.db import DataError, IntegrityError, connection, transaction

from governance.logs import HarmlessFormatter
from tests.factories import UserFactory

ANNA = "anna.hemlig@kommun.example"


def line(message: str = "it failed", *args, error: BaseException | None = None) -> str:
    """One record as the formatter writes it."""
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, raised)
    return HarmlessFormatter("%(levelname)s %(message)s").format(record)


@pytest.fixture
def refused(db) -> IntegrityError:
    """What the real database says of an address that is taken."""
    UserFactory(email=ANNA)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        UserFactory(email=ANNA)
    assert ANNA in str(caught.value)
    return caught.value


def test_a_traceback_tells_type_state_and_constraint_of_a_database_error(refused):
    written = line(error=refused)

    assert ANNA not in written
    assert "DETAIL" not in written
    assert "psycopg2.errors.UniqueViolation: SQLSTATE 23505, constraint governance_user_email_key" in written
    assert "django.db.utils.IntegrityError: SQLSTATE 23505, constraint governance_user_email_key" in written
    assert "test_logs.py" in written


def test_an_error_given_as_an_argument_or_quoted_in_another_is_harmless_too(refused):
    wrapped = RuntimeError(f"the import stopped: {refused}")
    wrapped.__cause__ = refused
    context = {"name": "a.task", "exc": repr(refused)}

    for written in (
        line("could not: %s", refused),
        line("could not: %r", refused),
        line("Task %(name)s raised unexpected: %(exc)s", context, error=refused),
        line(error=wrapped),
        line(f"could not: {refused}"),
        line(f"could not: {refused!r}"),
        line(error=ExceptionGroup("several", [refused, ValueError("plain")])),
    ):
        assert ANNA not in written, written


def test_a_value_that_a_column_refuses_is_not_quoted(db):
    with pytest.raises(DataError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select %s::integer", [ANNA])

    assert ANNA not in line(error=caught.value)
    assert "SQLSTATE 22P02" in line(error=caught.value)


def test_a_database_error_without_a_state_says_that_something_is_left_out():
    assert line(error=psycopg2.OperationalError(f"no role {ANNA}")).endswith("OperationalError: message left out")


def test_another_error_is_written_as_python_writes_it():
    try:
        try:
            int("x")
        except ValueError as error:
            raise KeyError("b") from error
    except KeyError as error:
        assert line(error=error) == "ERROR it failed\n" + "".join(traceback.format_exception(error)).rstrip("\n")


def test_what_another_handler_made_of_the_record_is_not_reused(refused):
    record = logging.LogRecord("x", 40, __file__, 1, "m", (), (type(refused), refused, refused.__traceback__))
    assert ANNA in logging.Formatter().format(record)

    assert ANNA not in HarmlessFormatter().format(record)


def test_it_is_set_up_as_the_settings_name_it():
    formatters = {"line": {"class": "governance.logs.HarmlessFormatter", "format": "%(name)s %(message)s"}}
    configured = logging.config.DictConfigurator({"version": 1}).configure_formatter(formatters["line"])

    assert isinstance(configured, HarmlessFormatter)
