"""Brings database, demo data (where there is to be any), English catalogue and static files up to date, in one process.

Run by the supervisor before the app starts; each step may be repeated at will.
"""

import argparse
import sys

import django
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policy", help="the municipality whose policy the demo follows")
    parser.add_argument("--empty", action="store_true", help="no demo data; refused where there is some")
    options = parser.parse_args()
    django.setup()
    # Signs of life of an earlier run would let this one seem ready too early.
    cache.clear()
    call_command("compile_catalogue")
    call_command("migrate", interactive=False)
    call_command("load_platforms")
    call_command("load_document_kinds")
    if options.empty:
        refuse_demo()
    else:
        call_command("load_demo", *(["--policy", options.policy] if options.policy else []))
    call_command("collectstatic", interactive=False, verbosity=0)


def refuse_demo() -> None:
    """A municipality's own register never grows among invented people."""
    people = get_user_model().objects.filter(email__endswith="@kommun.example")
    if people.exists():
        sys.exit("The database holds demo data. Name another one, or another folder with --data.")


if __name__ == "__main__":
    main()
