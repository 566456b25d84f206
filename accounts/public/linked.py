"""The accounts as linked data (schema.org): the municipality, and which accounts are the same as it (`sameAs`)."""

import json
from typing import Any

from django.conf import settings
from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Account
from accounts.public.entries import listed, public_accounts
from accounts.public.place import Place, place
from governance.models import Unit

CONTEXT = "https://schema.org"
CHUNK = 500


def of_all() -> dict[str, Any]:
    """Answer the municipality with its own accounts, and each unit that has accounts with its own. No lost ones."""
    accounts = listed(public_accounts()).exclude(status=Account.Status.LOST).order_by("pk")
    addresses: dict[int, list[str]] = {}
    for unit, address in accounts.values_list("unit", "address").iterator(chunk_size=CHUNK):
        addresses.setdefault(unit, []).append(address)
    units = Unit.objects.in_bulk(addresses)
    root = next((pk for pk, unit in units.items() if unit.parent_id is None), None)
    parts = [
        {"@type": "GovernmentOrganization", "name": unit.name, "sameAs": addresses[pk]}
        for pk, unit in sorted(units.items(), key=lambda each: each[1].sort_key)
        if pk != root
    ]
    return {**_municipality(place(), addresses.get(root or 0, [])), "subOrganization": parts}


def of_account(account: Account) -> dict[str, Any]:
    """Answer whose one account is; it is the same as its unit only while it is the municipality's own and open."""
    same = [account.address] if account.status in ("active", "paused", "closing") else []
    whole = place()
    if account.unit.parent_id is None:
        return _municipality(whole, same)
    return {
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "name": account.unit.name,
        "sameAs": same,
        "parentOrganization": {key: value for key, value in _municipality(whole, []).items() if key != "@context"},
    }


def embedded(data: dict[str, Any]) -> SafeString:
    """Answer the data as it may stand within a page: nothing in it ends the element it stands in."""
    text = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped


def _municipality(whole: Place, same: list[str]) -> dict[str, Any]:
    said = {
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "@id": f"{settings.BASE_URL}/#organization",
        "name": whole.name,
        "url": whole.website,
        "email": whole.email,
        "sameAs": same,
    }
    return {key: value for key, value in said.items() if value}
