"""Asking the name service, within a time, without another exception than OSError."""

import socket
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

Resolve = Callable[[str], tuple[str, ...]]


def resolve(host: str) -> tuple[str, ...]:
    """Return every address of the name, in the system's order. Raises OSError when there is none."""
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))


def resolve_within(host: str, seconds: float, ask: Resolve = resolve) -> tuple[str, ...]:
    """Resolve, but give up after the time: the system's own limit can be half a minute. Raises OSError."""
    answers: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(ask(host))
        except OSError as error:
            answers.put(error)

    # A daemon, so that a name service that hangs never holds up the end of a process.
    Thread(target=work, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer for {host}") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
