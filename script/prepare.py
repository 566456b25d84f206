"""Brings the database, the demo data, the English catalogue and the static files up to date, in one process.

Run by the supervisor before the app starts; each step may be repeated at will.
"""

import argparse

import django
from django.core.cache import cache
from django.core.management import call_command


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policy", help="the municipality whose policy the demo follows")
    policy = parser.parse_args().policy
    django.setup()
    # Signs of life of an earlier run would let this one seem ready too early.
    cache.clear()
    call_command("compile_catalogue")
    call_command("migrate", interactive=False)
    call_command("load_platforms")
    call_command("load_demo", *(["--policy", policy] if policy else []))
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
