"""`python -m benchmarks.lists`: how list pages, the data stream and the check bear growth, as ratios within one run.

Databases of its own are made and thrown away. The figures stand in docs/performance.md; nothing here passes or fails.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
django.setup()

from urllib.parse import quote  # noqa: E402 - models need the settings

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from accounts.models import Account  # noqa: E402
from accounts.public import limits  # noqa: E402
from accounts.public.entries import slug_of  # noqa: E402
from benchmarks import measure, town  # noqa: E402
from benchmarks.databases import Databases, two_databases  # noqa: E402
from governance.models import User  # noqa: E402

FEW, SOME, MANY, VERY_MANY = 20, 200, 2_000, 20_000
JSON = "/oppna-data/konton.json"
DATA, PAGE = "/oppna-data/kontroll.json?q=", "/ar-kontot-akta/?q="


def main() -> None:
    """Run all of it in databases of its own."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    own = {
        "ROOT_URLCONF": "benchmarks.urls",
        "ALLOWED_HOSTS": ["testserver"],
        "STORAGES": {**settings.STORAGES, "staticfiles": static},
    }
    limits.BOUNDS["check"] = ((10**9, 60),)
    try:
        with two_databases(FEW, MANY, town.begin) as databases, override_settings(**own):
            _run(databases)
    finally:
        cache.clear()


def _run(databases: Databases) -> None:
    clients = {size: _grown(databases, size) for size in (FEW, MANY)}
    _print_lists(databases, clients)
    _print_check(Client())
    memory = {MANY: measure.peak_memory(Client(), JSON)}
    town.grow(VERY_MANY, _officer(), alone=True)
    memory[VERY_MANY] = measure.peak_memory(Client(), JSON)
    databases.use(FEW)
    town.grow(SOME, _officer(), alone=True)
    memory[SOME] = measure.peak_memory(Client(), JSON)
    _print_memory(memory)


def _grown(databases: Databases, size: int) -> Client:
    """Make the accounts of one database; answer a client that is signed in there."""
    databases.use(size)
    town.grow(size, _officer())
    client = Client()
    client.force_login(_officer())
    return client


def _officer() -> User:
    return User.objects.get(email=town.OFFICER)


def _print_lists(databases: Databases, clients: dict[int, Client]) -> None:
    print(f"\n{'page':<36}{'queries':>14}{f'{FEW}, ms':>10}{f'{MANY}, ms':>10}{'ratio':>8}")
    for path in measure.list_pages():
        timed = measure.compared(databases, clients, path)
        small, large = timed[FEW], timed[MANY]
        ratio = large.milliseconds / small.milliseconds
        queries = f"{small.queries} -> {large.queries}"
        print(f"{path:<36}{queries:>14}{small.milliseconds:>10.1f}{large.milliseconds:>10.1f}{ratio:>8.2f}", flush=True)


def _print_check(client: Client) -> None:
    """Compare each kind of answer with a look-up by primary key: as data with a bare one, as a page with a page."""
    account = Account.objects.filter(platform__key="facebook", status="active")[0]
    asked = {
        "official, by its link": account.address,
        "by a name": account.name,
        "not known, by a link": "https://www.facebook.com/qzxwvk",
        "like one of ours, by a link": f"{account.address}x",
    }
    _print_ratios(client, "as data", f"/uppslag/{account.pk}/", {words: DATA + quote(q) for words, q in asked.items()})
    page = f"/officiella-konton/{account.pk}-{slug_of(account.name)}/"
    _print_ratios(client, "as a page", page, {words: PAGE + quote(q) for words, q in asked.items()})


def _print_ratios(client: Client, how: str, least: str, pages: dict[str, str]) -> None:
    spent = measure.medians(client, [least, *pages.values()])
    print(
        f"\n{'answer ' + how:<36}{'ms':>10}{'ratio':>8}\n{'a look-up by primary key':<36}{spent[least]:>10.2f}{1:>8.2f}"
    )
    for words, path in pages.items():
        print(f"{words:<36}{spent[path]:>10.2f}{spent[path] / spent[least]:>8.2f}")


def _print_memory(memory: dict[int, tuple[float, int]]) -> None:
    print(f"\n{'accounts in the JSON':<36}{'peak, MiB':>10}{'bytes':>12}")
    for number, (peak, length) in sorted(memory.items()):
        print(f"{number:<36}{peak:>10.2f}{length:>12}")


if __name__ == "__main__":
    main()
