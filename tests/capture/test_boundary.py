"""Nothing that a page does in the browser reaches the inside of the network."""

import socket

import pytest

from archive.capture.engine import CaptureFailed
from tests.capture.conftest import canary, visited


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]"])
def test_page_that_asks_in_every_way_reaches_nothing_inside(shoot, host):
    with canary() as listening:
        port = listening.getsockname()[1]

        facts = shoot(f"/_prov/reaching?to=http://{host}:{port}/x").facts

        assert not visited(listening)
        assert any(place.endswith(f":{port}") for place in facts.refused)


@pytest.mark.parametrize("way", ["redirect", "redirect-script"])
def test_page_that_sends_on_to_the_inside_fails_without_reaching_it(failing, way):
    with canary() as listening:
        failure = failing(f"/_prov/{way}?to=http://127.0.0.1:{listening.getsockname()[1]}/")

        assert failure.code == "refused_redirect"
        assert not visited(listening)


def test_page_cannot_speak_udp_with_the_inside(shoot):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)

        shoot(f"/_prov/webrtc?to=127.0.0.1:{listening.getsockname()[1]}")

        with pytest.raises(BlockingIOError):
            listening.recv(100)


def test_address_itself_that_is_not_the_allowed_one_is_refused(torget, tmp_path):
    from archive.capture.engine import capture

    with pytest.raises(CaptureFailed) as caught:
        capture(f"http://{torget.host}/", tmp_path, allowed_host="localhost:1", progress=lambda percent, phase: None)

    assert caught.value.code == "refused_address"
