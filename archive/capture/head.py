"""Reading the head of a request that a browser sends to its proxy: exactly, or not at all."""

import re
from dataclasses import dataclass

HEAD_LIMIT = 64 * 1024
REQUEST_LINE = re.compile(r"([A-Z]{1,20}) ([\x21-\x7e]{1,16000}) HTTP/1\.[01]")
HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)")
AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
ABSOLUTE = re.compile(r"http://([^/?#]+)([^#]*)")
# Headers between the browser and this proxy; and an upgrade would turn one request into a channel.
HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "te",
        "trailer",
        "upgrade",
        "host",
    }
)


class BadHead(ValueError):
    """The request cannot be read in one way only. `status` is what to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Head:
    """One request: where it goes, and what to send there (empty for a tunnel)."""

    host: str
    port: int
    tunnel: bool
    forwarded: bytes
    body_length: int


def parse(raw: bytes) -> Head:
    """Read a whole head, with its empty line. Raises BadHead."""
    lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    request = REQUEST_LINE.fullmatch(lines[0])
    if not request:
        raise BadHead(400)
    headers = [_header(line) for line in lines[1:]]
    method, target = request.groups()
    if method == "CONNECT":
        return Head(*_authority(target, None), tunnel=True, forwarded=b"", body_length=0)
    return _plain(method, target, headers)


def _plain(method: str, target: str, headers: list[tuple[str, str]]) -> Head:
    absolute = ABSOLUTE.fullmatch(target)
    if not absolute:
        raise BadHead(400)
    host, port = _authority(absolute[1], 80)
    path = absolute[2] if absolute[2].startswith("/") else f"/{absolute[2]}"
    kept = [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP]
    # One request to a connection: what follows could be meant for another host.
    kept = [("Host", absolute[1]), *kept, ("Connection", "close")]
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in kept)]
    forwarded = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return Head(host, port, tunnel=False, forwarded=forwarded, body_length=_body_length(headers))


def _header(line: str) -> tuple[str, str]:
    match = HEADER.fullmatch(line)
    if not match:
        raise BadHead(400)
    return match[1], match[2].rstrip(" \t")


def _authority(text: str, default_port: int | None) -> tuple[str, int]:
    match = AUTHORITY.fullmatch(text)
    port = (int(match[2]) if match[2] else default_port) if match else None
    if not match or port is None or not 0 < port < 65536:
        raise BadHead(400)
    return match[1].lower(), port


def _body_length(headers: list[tuple[str, str]]) -> int:
    named = [(name.lower(), value) for name, value in headers]
    if any(name == "transfer-encoding" for name, _ in named):
        raise BadHead(411)
    lengths = {value for name, value in named if name == "content-length"}
    if not lengths:
        return 0
    value = lengths.pop()
    if lengths or not (value.isascii() and value.isdigit()) or len(value) > 12:
        raise BadHead(400)
    return int(value)
