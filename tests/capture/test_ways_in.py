"""Every way into the network that we know of, against the guard: not one request gets in.

Most are tried as the browser's proxy hears them; what only a browser can do is tried in one.
"""

import socket

import pytest

from archive.capture.engine import CaptureFailed
from archive.capture.guard import Guard
from tests.capture.conftest import canary, visited
from tests.capture.test_guard import OUTSIDE, Line, Names
from tests.capture.web import ask, get, status

PORT = "{port}"
# Written as the host of an address; {port} is where somebody inside would answer.
HOSTS = {
    "loopback": "127.0.0.1",
    "loopback, another of its addresses": "127.8.8.8",
    "loopback, short": "127.1",
    "loopback, three parts": "127.0.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "hexadecimal parts": "0x7f.0x0.0x0.0x1",
    "octal": "017700000001",
    "octal parts": "0177.0.0.01",
    "mixed bases": "0x7f.0.0.01",
    "zero": "0",
    "unspecified": "0.0.0.0",
    "private ten": "10.0.0.1",
    "private twelve": "172.16.0.1",
    "private sixteen": "192.168.0.1",
    "carrier": "100.64.0.1",
    "metadata": "169.254.169.254",
    "metadata, decimal": "2852039166",
    "metadata of another cloud": "100.100.100.200",
    "inside of a third cloud": "168.63.129.16",
    "multicast": "224.0.0.251",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "[::1]",
    "IPv6 loopback, in full": "[0:0:0:0:0:0:0:1]",
    "IPv6 unspecified": "[::]",
    "IPv6 mapped": "[::ffff:127.0.0.1]",
    "IPv6 mapped, hexadecimal": "[::ffff:7f00:1]",
    "IPv6 compatible": "[::127.0.0.1]",
    "IPv6 translated": "[64:ff9b::7f00:1]",
    "IPv6 6to4": "[2002:7f00:1::]",
    "IPv6 Teredo": "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "IPv6 link-local": "[fe80::1]",
    "IPv6 unique local": "[fd00:ec2::254]",
    "name of this machine": "localhost",
    "name with a dot": "localhost.",
    "name in capitals": "LOCALHOST",
    "name of the host": socket.gethostname(),
}
# Requests that say one thing and mean another.
REQUESTS = {
    "user-info": "GET http://www.exempel.se@127.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "user-info, the other way": "GET http://127.0.0.1:{port}@www.exempel.se:{port}/ HTTP/1.1\r\n\r\n",
    "another host in the header": "GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: www.exempel.se\r\n\r\n",
    "path alone": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n",
    "backslash": "GET http://www.exempel.se\\@127.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "wide digits": "GET http://１２７.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "ideographic dot": "GET http://127。0。0。1:{port}/ HTTP/1.1\r\n\r\n",
    "escaped host": "GET http://%31%32%37.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "zone": "GET http://[fe80::1%25lo]:{port}/ HTTP/1.1\r\n\r\n",
    "file": "GET file:///etc/passwd HTTP/1.1\r\n\r\n",
    "ftp": "GET ftp://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "https without a tunnel": "GET https://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "upgrade": "GET http://127.0.0.1:{port}/ HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "smuggled": "GET http://www.exempel.se/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n",
    "folded header": "GET http://www.exempel.se/ HTTP/1.1\r\nX: y\r\n Host: 127.0.0.1:{port}\r\n\r\n",
    "tunnel without a port": "CONNECT 127.0.0.1 HTTP/1.1\r\n\r\n",
    "tunnel to mail": "CONNECT www.exempel.se:25 HTTP/1.1\r\n\r\n",
    "tunnel with user-info": "CONNECT www.exempel.se@127.0.0.1:{port} HTTP/1.1\r\n\r\n",
    "port too large": "CONNECT 127.0.0.1:6{port} HTTP/1.1\r\n\r\n",
}
# What a name service that is not on our side answers, time after time.
ANSWERS = {
    "name that leads inside": [("127.0.0.1",)],
    "name that leads to metadata": [("169.254.169.254",)],
    "name that leads inside among others": [(OUTSIDE, "10.0.0.1")],
    "name that leads to IPv6 inside": [("::1",)],
    "name that leads to a mapped address": [("::ffff:127.0.0.1",)],
    "name that leads to a zone": [("fe80::1%lo",)],
    "rebinding": [("127.0.0.1",), (OUTSIDE,)],
    "nonsense for an answer": [("",)],
}


def test_the_list_is_as_long_as_it_should_be():
    assert len(HOSTS) + len(REQUESTS) + len(ANSWERS) >= 60


@pytest.mark.parametrize("way", HOSTS)
def test_no_host_leads_in(way):
    with canary() as listening, Guard() as guard:
        port = listening.getsockname()[1]
        for address in (f"{HOSTS[way]}:{port}", HOSTS[way], f"{HOSTS[way]}:443"):
            tunnel = f"CONNECT {address if ':' in address.rpartition(']')[2] else address + ':80'} HTTP/1.1\r\n\r\n"
            assert status(ask(guard.port, get(f"http://{address}/"))) in {400, 403, 502}
            assert status(ask(guard.port, tunnel.encode())) in {400, 403, 502}

        assert not guard.downloaded
        assert not visited(listening)


@pytest.mark.parametrize("way", REQUESTS)
def test_no_request_leads_in(way):
    with canary() as listening:
        raw = REQUESTS[way].replace(PORT, str(listening.getsockname()[1]))
        with Guard(ask=Names((OUTSIDE,)), dial=(line := Line(1))) as guard:
            assert status(ask(guard.port, raw.encode())) in {0, 400, 403, 411}
            assert not line.dialled

        assert not visited(listening)


@pytest.mark.parametrize("way", ANSWERS)
@pytest.mark.parametrize("port", [80, 443])
def test_no_name_leads_in(way, port):
    with Guard(ask=Names(*ANSWERS[way]), dial=(line := Line(1))) as guard:
        for _time in range(3):
            assert status(ask(guard.port, get(f"http://www.exempel.se:{port}/"))) in {403, 502}
            assert status(ask(guard.port, f"CONNECT www.exempel.se:{port} HTTP/1.1\r\n\r\n".encode())) in {403, 502}

        assert not line.dialled


def test_name_that_changes_its_answer_is_held_to_the_first():
    """The address that was looked at is the address that is dialled, however often the name is asked for."""
    with Guard(ask=(names := Names((OUTSIDE,), ("127.0.0.1",))), dial=(line := Line(1, dead=(OUTSIDE,)))) as guard:
        for _time in range(3):
            ask(guard.port, get("http://www.exempel.se/"))

        assert names.asked == ["www.exempel.se"]
        assert {ip for ip, _port in line.dialled} == {OUTSIDE}


def test_no_way_of_writing_the_inside_leads_in_from_a_page(shoot):
    with canary() as listening:
        port = listening.getsockname()[1]
        written = [f"http://{host}:{port}/x" for host in HOSTS.values()]
        written += [
            f"http://anna:hemligt@127.0.0.1:{port}/",
            f"http://１２７.0.0.1:{port}/",
            f"http://127。0。0。1:{port}/",
        ]

        facts = shoot(f"/_prov/spread?to={'%20'.join(written)}").facts

        assert not visited(listening)
        assert any(place.endswith(f":{port}") for place in facts.refused)


@pytest.mark.parametrize(
    "target",
    ["data:text/html,<h1>hemligt</h1>", "file:///etc/passwd", "chrome://version/", "view-source:file:///etc/passwd"],
)
def test_page_cannot_move_to_what_is_no_page_of_the_web(shoot, target):
    try:
        shot = shoot(f"/_prov/redirect-script?to={target}")
    except CaptureFailed as failure:
        assert failure.code in {"blank", "refused_redirect", "not_a_page", "connect"}
        return
    kept = b"".join(file.path.read_bytes() for file in shot.files if file.name in {"text.txt", "sida.mhtml"})
    assert shot.facts.reached.endswith(f"/_prov/redirect-script?to={target}") or "/_prov/" in shot.facts.reached
    assert b"root:" not in kept
    assert b"<h1>hemligt" not in kept
