"""What may be typed as an account's address."""

import socket
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.address import MAX_LENGTH, REFUSALS, AddressRefused, check
from archive.capture.names import resolve_within

OUTSIDE = "93.184.215.14"
ALLOWED = "localhost:8765"


def outside(host: str) -> tuple[str, ...]:
    return (OUTSIDE,)


def unknown(host: str) -> tuple[str, ...]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


def refusal(address: str, allowed_host: str | None = None, ask=outside) -> str:
    with pytest.raises(AddressRefused) as caught:
        check(address, allowed_host, ask=ask)
    assert caught.value.text == REFUSALS[caught.value.code]
    return caught.value.code


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("https://www.facebook.com/lekebergskommun", "https://www.facebook.com/lekebergskommun"),
        ("  HTTPS://WWW.Exempel.SE  ", "https://www.exempel.se/"),
        ("http://exempel.se:80/a", "http://exempel.se/a"),
        ("https://exempel.se:443", "https://exempel.se/"),
        ("http://exempel.se:443/", "http://exempel.se:443/"),
        ("https://exempel.se./a", "https://exempel.se/a"),
        ("https://åmål.se/", "https://xn--ml-xiab.se/"),
        ("https://exempel.se/lejonet_östra?q=å#del", "https://exempel.se/lejonet_östra?q=å#del"),
        ("https://exempel.se/två ord", "https://exempel.se/två%20ord"),
        ("https://exempel.se/@kommunen", "https://exempel.se/@kommunen"),
        ("https://exempel.se/😀", "https://exempel.se/😀"),
        (f"http://{OUTSIDE}/", f"http://{OUTSIDE}/"),
        ("https://[2606:2800:21F:CB07:6820:80DA:AF6B:8B2C]/", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"),
    ],
)
def test_public_address_is_returned_in_its_normal_form(address, normal):
    assert check(address, None, ask=outside) == normal


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("lekebergskommun", "scheme"),
        ("ftp://exempel.se/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,hej", "scheme"),
        ("//exempel.se/", "scheme"),
        ("view-source:https://exempel.se/", "scheme"),
        ("https://kalle:hemligt@exempel.se/", "login"),
        ("https://kalle@exempel.se/", "login"),
        ("https://@exempel.se/", "login"),
        ("https://", "no_host"),
        ("https:exempel.se", "no_host"),
        ("https:///exempel.se", "no_host"),
        ("http://exempel.se:8080/", "port"),
        ("http://exempel.se:22/", "port"),
        ("http://exempel.se:0/", "port"),
        ("http://exempel.se:99999/", "port"),
        ("http://exempel.se:åtta/", "port"),
        ("https://exem\x00pel.se/", "control_characters"),
        ("https://exem\npel.se/", "control_characters"),
        ("https://exempel.se/\u202egpj.exe", "control_characters"),
        ("https://exempel.se/\u200b", "control_characters"),
        ("https://exempel.se/\ud800", "control_characters"),
        ("https://exempel.se\\@127.0.0.1/", "malformed"),
        ("https://[::1", "malformed"),
        ("https://[hej]/", "malformed"),
        ("https://exem pel.se/", "malformed"),
        ("https://exem%70el.se/", "malformed"),
        ("https://exempel..se/", "malformed"),
        ("https://-exempel.se/", "malformed"),
        ("https://1.2.3.4.5/", "malformed"),
        ("https://256.1.1.1/", "malformed"),
        ("https://08.8.8.8/", "malformed"),
        ("https://" + "a" * 64 + ".se/", "malformed"),
        ("https://exempel.se/" + "a" * MAX_LENGTH, "too_long"),
        ("https://exempel.se/" + " |" * (MAX_LENGTH // 3), "too_long"),
    ],
)
def test_address_that_is_no_web_address_is_refused(address, code):
    assert refusal(address) == code


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "www.localhost",
        "intranet",
        "server.local",
        "server.internal",
        "server.home.arpa",
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "0x7F.1",
        "017700000001",
        "0177.0.0.1",
        "2130706433",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.168.257",
        "3232235777",
        "100.64.0.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "１２７.０.０.１",
        "127。0。0。1",
        "ⓛocalhost",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:93.184.215.14]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fec0::1]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001::1]",
        "[2001:db8::1]",
        "[3fff::1]",
    ],
)
def test_host_that_lies_inside_is_refused_however_it_is_written(host):
    assert refusal(f"http://{host}/") == "inside"


@pytest.mark.parametrize("answers", [("127.0.0.1",), ("10.1.2.3",), (OUTSIDE, "192.168.0.1"), (OUTSIDE, "::1")])
def test_name_that_resolves_inside_is_refused(answers):
    assert refusal("https://www.exempel.se/", ask=lambda host: answers) == "inside"


def test_name_that_nobody_knows_passes_and_is_left_to_the_capture():
    assert check("https://www.exempel.se/", None, ask=unknown) == "https://www.exempel.se/"


def test_name_service_that_never_answers_is_given_up():
    released = Event()

    with pytest.raises(TimeoutError):
        resolve_within("www.exempel.se", 0.01, lambda host: (str(released.wait(5)),))

    released.set()


def test_allowed_host_passes_though_it_is_inside():
    assert check("http://LOCALHOST:8765/lejonet_östra", ALLOWED, ask=unknown) == "http://localhost:8765/lejonet_östra"


@pytest.mark.parametrize(
    "address", ["http://localhost:8766/", "http://localhost/", "http://127.0.0.1:8765/", "http://a.localhost:8765/"]
)
def test_only_exactly_the_allowed_host_passes(address):
    assert refusal(address, ALLOWED) == "inside"


hosts = st.one_of(
    st.text(max_size=40),
    st.ip_addresses().map(str),
    st.ip_addresses(v=6).map("[{}]".format),
    st.lists(st.integers(0, 2**33).map(hex) | st.integers(0, 300).map(str), min_size=1, max_size=5).map(".".join),
    st.sampled_from(["exempel.se", "localhost:8765", "åäö.se", "xn--.se", "İ.se", "ß.se", "a" * 70]),
)
addresses = st.one_of(
    st.text(max_size=80),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["http://", "https://", "HTTP:", "http:\\\\", "ws://"]),
        hosts,
        st.sampled_from(["", ":80", ":443", ":8765", ":x", ":"]),
        st.text(max_size=40).map("/{}".format),
    ),
)


@given(addresses)
def test_no_text_raises_anything_but_a_refusal_and_the_normal_form_is_final(text):
    for allowed in (None, ALLOWED):
        try:
            normal = check(text, allowed, ask=outside)
        except AddressRefused:
            continue
        assert check(normal, allowed, ask=outside) == normal
