"""The demo's mail server: `python -m governance.demo.smtpsink --port P --maildir DIR`.

Takes mail on loopback only, sends nothing on, and keeps it in a Maildir that the mailbox page reads.
"""

import argparse
import asyncio
import signal
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

LOOPBACK = "127.0.0.1"
LARGEST_MAIL = 5 * 1024 * 1024


async def serve(port: int, maildir: Path) -> None:
    """Take mail until asked to stop."""
    maildir.parent.mkdir(parents=True, exist_ok=True)
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, stopped.set)
    handler = Mailbox(str(maildir))
    server = await loop.create_server(
        lambda: SMTP(handler, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True), LOOPBACK, port
    )
    print(f"mail server on {LOOPBACK}:{server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await stopped.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--maildir", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.maildir))


if __name__ == "__main__":
    main()
