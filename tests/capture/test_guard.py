"""The guard lets a browser out, and nowhere in."""

import asyncio
import socket

import pytest

from archive.capture import egress
from archive.capture.guard import Guard, Limits
from tests.capture.web import ask, get, status, web

OUTSIDE, OTHER_OUTSIDE = "93.184.215.14", "2606:4700:4700::1111"


class Names:
    """A name service that gives its answers in turn, and counts the questions."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str) -> tuple[str, ...]:
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if not answer:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return answer


class Line:
    """Dials a local port whatever address it is given, and remembers the address."""

    def __init__(self, port: int, dead: tuple[str, ...] = ()) -> None:
        self.port = port
        self.dead = dead
        self.dialled: list[tuple[str, int]] = []

    async def __call__(self, ip: str, port: int) -> egress.Connection:
        self.dialled.append((ip, port))
        if ip in self.dead:
            raise ConnectionRefusedError
        return await asyncio.open_connection("127.0.0.1", self.port)


def test_public_name_is_dialled_at_the_address_it_resolved_to():
    with web() as server, Guard(ask=Names((OUTSIDE,)), dial=(line := Line(server.port))) as guard:
        reply = ask(guard.port, get("http://www.exempel.se/a"))

        assert reply.endswith(b"hej")
        assert line.dialled == [(OUTSIDE, 80)]
        assert guard.ip("www.exempel.se", 80) == OUTSIDE
        assert guard.downloaded == len(server.answer)
        assert server.asked == [b"GET /a HTTP/1.1\r\nHost: www.exempel.se\r\nConnection: close\r\n\r\n"]


def test_tunnel_carries_bytes_both_ways():
    with web(b"svar") as server, Guard(ask=Names((OUTSIDE,)), dial=(line := Line(server.port))) as guard:
        reply = ask(guard.port, b"CONNECT www.exempel.se:443 HTTP/1.1\r\n\r\n", b"fraga")

        assert reply == b"HTTP/1.1 200 Connection established\r\n\r\nsvar"
        assert server.asked == [b"fraga"]
        assert line.dialled == [(OUTSIDE, 443)]


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("192.168.1.1",),
        ("169.254.169.254",),
        ("0.0.0.0",),
        ("::1",),
        ("fd00::1",),
        ("fe80::1%2",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        (OUTSIDE, "127.0.0.1"),
        ("10.0.0.1", OUTSIDE),
    ],
)
@pytest.mark.parametrize("request_for", ["GET http://{}/ HTTP/1.1\r\n\r\n", "CONNECT {}:443 HTTP/1.1\r\n\r\n"])
def test_name_that_resolves_inside_is_never_dialled(answers, request_for):
    with Guard(ask=Names(answers), dial=(line := Line(1))) as guard:
        reply = ask(guard.port, request_for.format("www.exempel.se").encode())

        assert status(reply) == 403
        assert reply.endswith(b"\r\n\r\n")
        assert not line.dialled
        assert guard.refused in {("www.exempel.se:80",), ("www.exempel.se:443",)}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "127.1",
        "0x7f000001",
        "017700000001",
        "2130706433",
        "0",
        "169.254.169.254",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_inside_is_refused_however_it_is_written(host):
    with Guard(dial=(line := Line(1))) as guard:
        for raw in (get(f"http://{host}/"), f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode()):
            assert status(ask(guard.port, raw)) in {403, 502}

        assert not line.dialled


@pytest.mark.parametrize("first", [(OUTSIDE,), ("127.0.0.1",)])
def test_second_answer_of_the_name_service_is_never_heard(first):
    second = ("127.0.0.1",) if first == (OUTSIDE,) else (OUTSIDE,)
    with web() as server, Guard(ask=(names := Names(first, second)), dial=(line := Line(server.port))) as guard:
        replies = [status(ask(guard.port, get("http://www.exempel.se/"))) for _ in range(3)]

        assert replies == [200 if first == (OUTSIDE,) else 403] * 3
        assert names.asked == ["www.exempel.se"]
        assert {ip for ip, _ in line.dialled} <= {OUTSIDE}


@pytest.mark.parametrize("port", [1, 22, 25, 5432, 6379, 8080, 8443])
def test_other_ports_than_those_of_the_web_are_refused(port):
    with Guard(ask=(names := Names((OUTSIDE,))), dial=(line := Line(1))) as guard:
        assert status(ask(guard.port, get(f"http://www.exempel.se:{port}/"))) == 403
        assert guard.failure("www.exempel.se", port) == "port"
        assert not line.dialled
        assert not names.asked


def test_allowed_host_passes_and_nothing_beside_it():
    with web() as server, web() as neighbour, Guard(f"LOCALHOST:{server.port}") as guard:
        assert status(ask(guard.port, get(f"http://localhost:{server.port}/"))) == 200
        assert guard.ip("localhost", server.port) == "127.0.0.1"
        for place in (f"localhost:{neighbour.port}", f"127.0.0.1:{server.port}", "localhost"):
            assert status(ask(guard.port, get(f"http://{place}/"))) == 403
        assert not neighbour.asked
        assert len(server.asked) == 1


def test_next_address_of_the_answer_is_tried_when_the_first_is_dead():
    names = Names((OTHER_OUTSIDE, OUTSIDE))
    with web() as server, Guard(ask=names, dial=(line := Line(server.port, dead=(OTHER_OUTSIDE,)))) as guard:
        replies = [status(ask(guard.port, get("http://www.exempel.se/"))) for _ in range(2)]

        assert replies == [200, 200]
        assert line.dialled == [(OTHER_OUTSIDE, 80), (OUTSIDE, 80), (OUTSIDE, 80)]
        assert guard.ip("www.exempel.se", 80) == OUTSIDE


@pytest.mark.parametrize(("answer", "code"), [((), "dns"), ((OUTSIDE,), "connect")])
def test_host_that_cannot_be_reached_is_told_apart_from_one_that_is_refused(answer, code):
    with Guard(ask=Names(answer), dial=Line(1, dead=(OUTSIDE,))) as guard:
        assert status(ask(guard.port, get("http://www.exempel.se/"))) == 502
        assert guard.failure("www.exempel.se", 80) == code
        assert not guard.refused


def test_second_request_on_a_connection_is_not_sent_on():
    smuggled = get("http://annan.se/hemligt")
    with web() as server, Guard(ask=Names((OUTSIDE,)), dial=Line(server.port)) as guard:
        ask(guard.port, get("http://www.exempel.se/") + smuggled)

        assert not any(b"hemligt" in asked for asked in server.asked)


def test_body_is_sent_on_to_its_last_byte_and_no_further():
    raw = b"POST http://www.exempel.se/ HTTP/1.1\r\nContent-Length: 5\r\n\r\nkropp"
    with web() as server, Guard(ask=Names((OUTSIDE,)), dial=Line(server.port)) as guard:
        ask(guard.port, raw)

        assert b"".join(server.asked).startswith(b"POST / HTTP/1.1\r\n")
        assert guard.uploaded in {0, 5}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\x16\x03\x01\x02\x00" + b"\0" * 200 + b"\r\n\r\n", 400),
        (b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"HEJ\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/1.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", 431),
        (b"GET http://exempel.se/" + b"a" * 200_000, 431),
        (b"CONNECT exempel.se:443 HTTP/1.1\r\nbroken\r\n\r\n", 400),
        (b"POST http://exempel.se/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ],
)
def test_hostile_client_is_refused_and_the_guard_goes_on(raw, expected):
    with web() as server, Guard(ask=Names((OUTSIDE,)), dial=(line := Line(server.port))) as guard:
        # A refusal before all was read may reach the client as a reset instead.
        assert status(ask(guard.port, raw)) in {expected, 0}
        assert not line.dialled
        assert status(ask(guard.port, get("http://www.exempel.se/"))) == 200


def test_client_that_never_finishes_its_request_is_let_go():
    with Guard(limits=Limits(head_seconds=0.05)) as guard:
        assert ask(guard.port, b"GET http://exem") == b""


def test_server_that_never_answers_is_let_go():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        line = Line(silent.getsockname()[1])
        with Guard(ask=Names((OUTSIDE,)), dial=line, limits=Limits(idle_seconds=0.05)) as guard:
            assert ask(guard.port, get("http://www.exempel.se/")) == b""


def test_downloads_stop_at_their_bound_and_nothing_is_fetched_after():
    large = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 4_000_000
    with web(large) as server, Guard(ask=Names((OUTSIDE,)), dial=Line(server.port), limits=Limits(100_000)) as guard:
        reply = ask(guard.port, get("http://www.exempel.se/"))

        assert guard.overrun
        assert len(reply) < 500_000
        assert status(ask(guard.port, get("http://www.exempel.se/"))) == 503


def test_connections_are_bounded_at_once_and_in_all():
    with Guard(limits=Limits(at_once=0)) as guard:
        assert status(ask(guard.port, get("http://www.exempel.se/"))) == 503
    with Guard(limits=Limits(connections=1)) as guard:
        assert [status(ask(guard.port, b"HEJ\r\n\r\n")) for _ in range(3)] == [400, 503, 503]


def test_stopping_lets_go_of_open_connections():
    guard = Guard().start()
    with socket.create_connection(("127.0.0.1", guard.port), 5) as waiting:
        waiting.sendall(b"GET ")
        assert status(ask(guard.port, b"HEJ\r\n\r\n")) == 400
        guard.stop()

        assert waiting.recv(10) == b""
