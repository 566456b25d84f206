"""The register as open data: one account at a time, so that the memory it takes does not grow with the number."""

import csv
import json
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Account
from accounts.public.entries import Entry, entry, public_accounts, told
from accounts.public.place import Place
from governance.shared import ENGLISH, SWEDISH

CHUNK = 500
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
COLUMNS = (
    "id",
    "name",
    "platform",
    "handle",
    "address",
    "unit",
    "kind",
    "status",
    "access",
    "audience",
    "purpose_sv",
    "purpose_en",
    "opened",
    "closed",
    "paused_until",
    "page_sv",
    "page_en",
)
# What a spreadsheet would take for a formula; such a text gets an apostrophe before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DAYS = ("opened", "closed", "paused_until")


def rows() -> Iterator[dict[str, str | int | None]]:
    """Answer the accounts that the public lists show, fetched a few hundred at a time."""
    accounts: QuerySet[Account] = told(public_accounts()).order_by("pk")
    return (row(entry(account)) for account in accounts.iterator(chunk_size=CHUNK))


def row(account: Entry) -> dict[str, str | int | None]:
    """Answer one account under `COLUMNS`; days as ISO 8601 or None, everything else a text.

    The address of a lost account is left out: whoever follows data does not see the warning.
    """
    return {
        "id": account.pk,
        "name": account.name,
        "platform": account.platform_key,
        "handle": account.handle,
        "address": "" if account.lost else account.address,
        "unit": account.unit,
        "kind": account.kind,
        "status": account.status,
        "access": "locked" if account.locked else "open",
        "audience": account.audience,
        "purpose_sv": account.purpose_sv,
        "purpose_en": account.purpose_en,
        "opened": account.opened_on.isoformat() if account.opened_on else None,
        "closed": account.closed_on.isoformat() if account.closed_on else None,
        "paused_until": account.paused_until.isoformat() if account.paused_until else None,
        "page_sv": settings.BASE_URL + account.url_in(SWEDISH),
        "page_en": settings.BASE_URL + account.url_in(ENGLISH),
    }


def as_json(place: Place) -> Iterator[str]:
    """Answer the whole as JSON, piece by piece: whose it is, under which licence, then the accounts."""
    head = {"municipality": place.name, "website": place.website or None, "licence": LICENCE}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "accounts": ['
    for number, each in enumerate(rows()):
        yield (",\n" if number else "\n") + json.dumps(each, ensure_ascii=False)
    yield "\n]}\n"


def as_csv() -> Iterator[str]:
    """Answer the whole as CSV (RFC 4180, UTF-8, comma), line by line."""
    line = csv.writer(_Line())
    yield line.writerow(COLUMNS)
    for each in rows():
        yield line.writerow([_harmless(each[name]) for name in COLUMNS])


def _harmless(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Line:
    """What a csv writer writes to: it answers the line."""

    def write(self, text: str) -> str:
        return text
