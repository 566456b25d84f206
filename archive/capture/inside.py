"""Which addresses lie outside: the one definition that both the form and the guard ask."""

from ipaddress import ip_address, ip_network

# The allocated public part of IPv6; everything else is local, reserved or a way of writing something else.
PUBLIC_IPV6 = ip_network("2000::/3")

# Said in full rather than left to the standard library, whose answer differs between versions.
REFUSED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier NAT, and the metadata address of one cloud
            "127.0.0.0/8",
            "168.63.129.16/32",  # the inside of another cloud, on an address that looks public
            "169.254.0.0/16",  # link-local and metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",  # Teredo, ORCHID and other special purposes
            "2001:db8::/32",
            "2002::/16",  # 6to4: carries an IPv4 address within
            "3fff::/20",
        ),
    )
)


def is_global(text: str) -> bool:
    """Tell whether this IP address is one that anybody on the internet may be asked for.

    Every form that wraps an IPv4 address in an IPv6 one (mapped, compatible, 6to4, NAT64, Teredo) is refused,
    whatever it wraps: no public page needs it.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if address.version == 6 and address not in PUBLIC_IPV6:
        return False
    if not address.is_global or address.is_multicast:
        return False
    return not any(address in network for network in REFUSED if network.version == address.version)
