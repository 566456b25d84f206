"""A forward proxy in front of the browser: everything a page asks for passes here, or does not pass.

Asking the browser not to go somewhere is no boundary: redirects and WebSockets go round it. The browser is
given no other way out than this proxy and no name service, and the proxy opens no way in.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event, Thread
from typing import Self

from archive.capture import egress, names
from archive.capture.egress import REFUSING, Connection, Egress, NoWayOut
from archive.capture.head import HEAD_LIMIT, BadHead, Head, parse

ANSWERS = {"inside": 403, "port": 403, "dns": 502, "connect": 502}
CHUNK = 64 * 1024
START_SECONDS = 10.0


@dataclass(frozen=True)
class Limits:
    """What one guard lets through in its life."""

    downloaded: int = 400 * 1024 * 1024
    uploaded: int = 20 * 1024 * 1024
    at_once: int = 200
    connections: int = 10_000
    head_seconds: float = 10.0
    idle_seconds: float = 60.0


class Guard:
    """Listens on a free port of 127.0.0.1 between start and stop, in a thread of its own."""

    def __init__(
        self,
        allowed_host: str | None = None,
        *,
        limits: Limits = Limits(),
        ask: names.Resolve = names.resolve,
        dial: egress.Dial = egress.dial,
    ) -> None:
        self.limits = limits
        self.downloaded = 0
        self.uploaded = 0
        self.connections = 0
        self.overrun = False
        self.port = 0
        self._egress = Egress(allowed_host, ask=ask, dial=dial)
        self._open: set[asyncio.Task[None]] = set()
        self._ready = Event()
        self._stopping = asyncio.Event()
        self._thread = Thread(target=self._run, daemon=True, name="guard")
        self._loop = asyncio.new_event_loop()

    def start(self) -> Self:
        """Listen; return at once, with the port known."""
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise RuntimeError("the guard did not start")
        return self

    def stop(self) -> None:
        """Close every connection and the door."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """The proxy address to give to the browser."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def refused(self) -> tuple[str, ...]:
        """Every "host:port" that the page asked for and was refused, in order."""
        return tuple(place for place, code in self._egress.failures.items() if code in REFUSING)

    @property
    def passed(self) -> tuple[int, int, int]:
        """A value that changes as soon as anything goes through: connections, bytes out and bytes in."""
        return self.connections, self.uploaded, self.downloaded

    def failure(self, host: str, port: int) -> str:
        """Why there was no connection to the host (inside, port, dns, connect), or an empty string."""
        return self._egress.failures.get(f"{host}:{port}", "")

    def ip(self, host: str, port: int) -> str:
        """The IP address that was dialled for the host, or an empty string."""
        return self._egress.dialled.get(f"{host}:{port}", "")

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=HEAD_LIMIT)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        self._drop_all()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _drop_all(self) -> None:
        for task in self._open:
            task.cancel()

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._serve_one(reader, writer))
        self._open.add(task)

        def closed(_task: asyncio.Task[None]) -> None:
            # Even of a connection that was cancelled before it began.
            self._open.discard(task)
            writer.close()

        task.add_done_callback(closed)

    async def _serve_one(self, reader: StreamReader, writer: StreamWriter) -> None:
        # The other end went away, was too slow, or the guard is closing: there is nobody to tell.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._answer_one(reader, writer)

    async def _answer_one(self, reader: StreamReader, writer: StreamWriter) -> None:
        crowded = len(self._open) > self.limits.at_once or self.connections > self.limits.connections
        if crowded or self.overrun:
            return await self._answer(writer, 503)
        try:
            async with asyncio.timeout(self.limits.head_seconds):
                raw = await reader.readuntil(b"\r\n\r\n")
            head = parse(raw)
            far = await self._egress.open(head.host, head.port)
        except asyncio.LimitOverrunError:
            return await self._answer(writer, 431)
        except BadHead as error:
            return await self._answer(writer, error.status)
        except NoWayOut as error:
            return await self._answer(writer, ANSWERS[error.code])
        try:
            await self._relay(head, reader, writer, far)
        finally:
            far[1].close()
        return None

    async def _answer(self, writer: StreamWriter, status: int) -> None:
        """Refuse without a word: nothing of ours may end up in somebody's archive."""
        phrase = HTTPStatus(status).phrase
        head = f"HTTP/1.1 {status} {phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()

    async def _relay(self, head: Head, reader: StreamReader, writer: StreamWriter, far: Connection) -> None:
        if head.tunnel:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            far[1].write(head.forwarded)
        sender = asyncio.create_task(self._send(reader, far[1], None if head.tunnel else head.body_length))
        receiver = asyncio.create_task(self._receive(far[0], writer))
        try:
            # Whichever end closes first ends both; a browser does not speak through half a connection.
            await asyncio.wait({sender, receiver}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sender.cancel()
            receiver.cancel()
            await asyncio.gather(sender, receiver, return_exceptions=True)

    async def _send(self, reader: StreamReader, far_writer: StreamWriter, length: int | None) -> None:
        """Pass on the tunnel, or exactly the body; a second request on the connection ends it."""
        left = length
        while data := await reader.read(CHUNK):
            if left is not None:
                if len(data) > left:
                    return None
                left -= len(data)
            self.uploaded += len(data)
            if self.uploaded > self.limits.uploaded:
                return self._overrun()
            far_writer.write(data)
            await far_writer.drain()
        return None

    async def _receive(self, far: StreamReader, writer: StreamWriter) -> None:
        while True:
            async with asyncio.timeout(self.limits.idle_seconds):
                data = await far.read(CHUNK)
            if not data:
                return None
            self.downloaded += len(data)
            if self.downloaded > self.limits.downloaded:
                return self._overrun()
            writer.write(data)
            await writer.drain()

    def _overrun(self) -> None:
        self.overrun = True
        self._drop_all()
