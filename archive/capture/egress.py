"""The way out: a name is resolved once, every answer must be global, and only those answers are dialled."""

import asyncio
from collections.abc import Awaitable, Callable

from archive.capture import names
from archive.capture.inside import is_global

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[str, int], Awaitable[Connection]]

PORTS = frozenset({80, 443})
RESOLVE_SECONDS = 10.0
# Refusals that say where the page wanted to go, unlike failures of the network.
REFUSING = frozenset({"inside", "port"})


class NoWayOut(Exception):
    """The host is not dialled. `code`: inside, port, dns or connect."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def dial(ip: str, port: int) -> Connection:
    """Open a connection to exactly this IP address."""
    return await asyncio.open_connection(ip, port)


class Egress:
    """Opens connections to the outside, and to `allowed_host` ("localhost:8765")."""

    def __init__(
        self,
        allowed_host: str | None,
        *,
        ask: names.Resolve = names.resolve,
        dial: Dial = dial,
        connect_seconds: float = 5.0,
    ) -> None:
        self.allowed_host = (allowed_host or "").lower()
        self.dialled: dict[str, str] = {}
        self.failures: dict[str, str] = {}
        self._ask = ask
        self._dial = dial
        self._connect_seconds = connect_seconds
        self._answers: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def open(self, host: str, port: int) -> Connection:
        """Connect, remembering which IP address answered. Raises NoWayOut and remembers why."""
        place = f"{host}:{port}"
        try:
            connection = await self._open(place, host, port)
        except NoWayOut as failure:
            self.failures[place] = failure.code
            raise
        self.failures.pop(place, None)
        return connection

    async def _open(self, place: str, host: str, port: int) -> Connection:
        allowed = place == self.allowed_host
        if not allowed and port not in PORTS:
            raise NoWayOut("port")
        addresses = await self._resolve(host.strip("[]").removesuffix("."))
        if not allowed and not all(is_global(address) for address in addresses):
            raise NoWayOut("inside")
        # The one that answered before goes first: a dead one costs its time only once.
        for address in sorted(addresses, key=lambda address: address != self.dialled.get(place)):
            try:
                async with asyncio.timeout(self._connect_seconds):
                    connection = await self._dial(address, port)
            except OSError:
                continue
            self.dialled[place] = address
            return connection
        raise NoWayOut("connect")

    async def _resolve(self, name: str) -> tuple[str, ...]:
        # Kept for the whole capture: a second answer, whatever it says, is never heard.
        if name not in self._answers:
            self._answers[name] = asyncio.create_task(
                asyncio.to_thread(names.resolve_within, name, RESOLVE_SECONDS, self._ask)
            )
        try:
            addresses = await asyncio.shield(self._answers[name])
        except OSError:
            raise NoWayOut("dns") from None
        if not addresses:
            raise NoWayOut("dns")
        return addresses
