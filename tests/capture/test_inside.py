"""Which IP addresses lie outside."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.inside import is_global


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_outside(address):
    assert is_global(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.0.0.192",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::",
        "2001:0:808::",
        "ff0e::1",
        "100::1",
        "hej",
        "",
    ],
)
def test_everything_else_is_inside(address):
    assert not is_global(address)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_outside(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_global(str(address))


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_address_outside(address):
    wrapped = int(ipaddress.IPv6Address("::ffff:0:0")) + int(address)

    assert not is_global(str(ipaddress.IPv6Address(wrapped)))
