"""Log lines without what the database says of the rows it refuses: that quotes addresses, names and notes."""

import copy
import logging
import re
import traceback
from collections.abc import Iterator

import psycopg2
from django.db import Error

DATABASE_ERRORS = (Error, psycopg2.Error)
BECAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
MEANWHILE = "\nDuring handling of the above exception, another exception occurred:\n\n"
# How PostgreSQL quotes a row, wherever somebody passed its words on: to the end of the line, written out or not.
QUOTED = re.compile(r"(DETAIL:|CONTEXT:|LINE \d+:|Failing row contains).*?(?=\\n|\n|$)")


class HarmlessFormatter(logging.Formatter):
    """Formats as usual, but tells of a database error its type, SQLSTATE and constraint, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy: what another handler has made of the record, or will, is not touched."""
        own = copy.copy(record)
        own.exc_text = None
        text = super().format(own)
        for error in _database_errors(own):
            text = _without(text, error)
        return QUOTED.sub(r"\1 left out", text)

    def formatException(self, ei) -> str:
        """Write the traceback as Python does, each database error as what it is called."""
        return "".join(_written(ei[1], set())).rstrip("\n") if ei[1] else ""


def told(error: BaseException) -> str:
    """Answer what a log may hold of a database error."""
    cause = error.__cause__ if isinstance(error.__cause__, psycopg2.Error) else error
    diagnostics = getattr(cause, "diag", None)
    state = getattr(cause, "pgcode", None)
    constraint = getattr(diagnostics, "constraint_name", None)
    facts = [f"SQLSTATE {state}" if state else "", f"constraint {constraint}" if constraint else ""]
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}: {', '.join(filter(None, facts)) or 'message left out'}"


def _database_errors(record: logging.LogRecord) -> list[BaseException]:
    """The errors that the line could quote: raised, or given as arguments, with all that they came of."""
    given = record.args.values() if isinstance(record.args, dict) else record.args or ()
    raised = record.exc_info[1] if record.exc_info else None
    starts = [error for error in (raised, record.msg, *given) if isinstance(error, BaseException)]
    known: dict[int, BaseException] = {}
    while starts:
        error = starts.pop()
        if id(error) not in known:
            known[id(error)] = error
            starts += filter(None, [error.__cause__, error.__context__, *getattr(error, "exceptions", ())])
    return [error for error in known.values() if isinstance(error, DATABASE_ERRORS)]


def _without(text: str, error: BaseException) -> str:
    """The text with the error's own words replaced, as they stand or as `repr` writes them."""
    said = str(error).strip()
    for words in filter(None, (repr(error), said, repr(said)[1:-1])):
        text = text.replace(words, told(error))
    return text


def _written(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _written(before, seen)
        yield BECAUSE if error.__cause__ else MEANWHILE
    if error.__traceback__:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
    if isinstance(error, DATABASE_ERRORS):
        yield told(error) + "\n"
    else:
        yield from traceback.format_exception_only(error)
    for part in getattr(error, "exceptions", ()):
        if id(part) not in seen:
            yield from _written(part, seen)
