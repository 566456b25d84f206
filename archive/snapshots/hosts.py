"""Which website an address belongs to, and until when it wants to be left alone."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F

from accounts.models import Platform
from archive.models import HostRest
from governance import clock

# The same website under another name: for computers, for phones, in a language.
PREFIXES = ("www.", "m.", "mobile.")
# A site that asks again and again to be left alone is left alone longer and longer; never for more than this.
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=6)


def of(platform: Platform, address: str) -> str:
    """Answer the website that an address is on: the platform's own domain where it is one, else the host."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    own = max((domain for domain in platform.domains if _is_under(host, domain)), key=len, default="")
    if own:
        return own
    prefix = next((prefix for prefix in PREFIXES if host.startswith(prefix)), "")
    return host.removeprefix(prefix)[:253]


def same(platform: Platform, link: str, address: str) -> bool:
    """Answer whether a link leads to the website that an account stands on; a platform may have several domains."""
    there = of(platform, link)
    return bool(there) and (there == of(platform, address) or there in platform.domains)


def rest(host: str, wait_seconds: int) -> datetime:
    """Let a website rest as long as it asked for, at least as long as its patience has shown; answer until when."""
    asked, now = timedelta(seconds=max(wait_seconds, 0)), clock.now()
    row, _created = HostRest.objects.select_for_update().get_or_create(host=host, defaults={"until": now})
    grown = min(SHORTEST * 2 ** min(row.times, 10), LONGEST) if row.times else SHORTEST
    row.until = max(row.until, now + min(max(asked, grown), LONGEST))
    row.times = min(row.times + 1, 1000)
    row.save()
    return row.until


def welcome(host: str) -> None:
    """Note that a website let us in again."""
    HostRest.objects.filter(host=host).delete()


def resting(now: datetime) -> dict[str, datetime]:
    """Answer the websites that are left alone now, each with its end."""
    return dict(HostRest.objects.filter(until__gt=now).order_by(F("until")).values_list("host", "until"))


def _is_under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
