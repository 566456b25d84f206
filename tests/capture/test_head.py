"""Reading what a browser sends to its proxy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.head import BadHead, parse


def test_tunnel_names_its_host_and_port():
    head = parse(b"CONNECT WWW.Exempel.se:443 HTTP/1.1\r\nHost: annan.se\r\n\r\n")

    assert (head.tunnel, head.host, head.port) == (True, "www.exempel.se", 443)


def test_plain_request_is_sent_on_with_the_host_of_its_address():
    head = parse(
        b"GET http://exempel.se/a?b=1 HTTP/1.1\r\nHost: inne.lan\r\nAccept: */*\r\nProxy-Connection: keep-alive\r\n"
        b"Connection: keep-alive, x\r\nUpgrade: h2c\r\nProxy-Authorization: Basic x\r\n\r\n"
    )

    assert head.forwarded == (b"GET /a?b=1 HTTP/1.1\r\nHost: exempel.se\r\nAccept: */*\r\nConnection: close\r\n\r\n")
    assert (head.tunnel, head.host, head.port, head.body_length) == (False, "exempel.se", 80, 0)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"\r\n\r\n", 400),
        (b"hej\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET https://exempel.se/ HTTP/1.1\r\n\r\n", 400),
        (b"GET ftp://exempel.se/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http://kalle:x@exempel.se/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http://exempel.se:0/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http://exempel.se:/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http://exempel.se%2f@inne/ HTTP/1.1\r\n\r\n", 400),
        (b"GET http:///a HTTP/1.1\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/2.0\r\n\r\n", 400),
        (b"CONNECT exempel.se HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT exempel.se:70000 HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT exempel.se:443/a HTTP/1.1\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/1.1\r\nA: b\nC: d\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/1.1\r\nA : b\r\n\r\n", 400),
        (b"GET http://exempel.se/ HTTP/1.1\r\nA: \0\r\n\r\n", 400),
        (b"POST http://exempel.se/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (b"POST http://exempel.se/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST http://exempel.se/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST http://exempel.se/ HTTP/1.1\r\nContent-Length: 1e9\r\n\r\n", 400),
    ],
)
def test_request_that_can_be_read_in_two_ways_is_refused(raw, status):
    with pytest.raises(BadHead) as caught:
        parse(raw)

    assert caught.value.status == status


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"GET http://{text} HTTP/1.1\r\n\r\n".encode()))
def test_no_bytes_raise_anything_but_a_refusal(raw):
    try:
        head = parse(raw)
    except BadHead:
        return
    assert head.forwarded.count(b"\r\n\r\n") == (0 if head.tunnel else 1)
