"""A web server and a bare client for the guard's tests: real sockets, one answer each."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

END = b"\r\n\r\n"


class Web:
    """Answers every connection with `answer` and closes it; keeps what it was asked."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.asked: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def serve(self) -> None:
        """Serve until the socket is closed."""
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            with client:
                client.settimeout(5)
                self.asked.append(client.recv(65536))
                try:
                    client.sendall(self.answer)
                except OSError:
                    continue


@contextmanager
def web(answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhej") -> Iterator[Web]:
    """Run a Web until the block ends."""
    server = Web(answer)
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.socket.shutdown(socket.SHUT_RDWR)
        server.socket.close()
        thread.join(5)


def ask(port: int, *sent: bytes) -> bytes:
    """Send to a local port, one piece after the other, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        received = b""
        try:
            for piece in sent:
                connection.sendall(piece)
            while data := connection.recv(65536):
                received += data
        except ConnectionError:
            pass
        return received


def get(url: str) -> bytes:
    """Return the head of a request for an address, as a browser sends it to its proxy."""
    return f"GET {url} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def status(reply: bytes) -> int:
    """Return the status of a reply, 0 when there was none."""
    return int(reply.split(b" ", 2)[1]) if reply else 0
