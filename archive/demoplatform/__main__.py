"""`python -m archive.demoplatform --port 8765`: serves Torget until it is stopped."""

import argparse
import contextlib

from archive.demoplatform.server import Torget

parser = argparse.ArgumentParser(prog="python -m archive.demoplatform", description="Serve Torget on loopback.")
parser.add_argument("--port", type=int, default=8765)

with Torget(parser.parse_args().port) as server, contextlib.suppress(KeyboardInterrupt):
    print(f"Torget: http://{server.host}/", flush=True)
    server.serve_forever()
