"""The archive's things, whose traits are states of the domain."""

from datetime import date, datetime

import factory
import time_machine
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts import duties
from accounts.models import Account, Duty, Platform, PlatformDetails
from archive import keeping, store, tasks
from archive.models import Record, Snapshot
from governance import clock
from tests.factories import UnitFactory, UserFactory, person


class PlatformFactory(DjangoModelFactory):
    """Torget, the demo's own platform."""

    key = "torget"
    name = "Torget"
    canonical = "http://torget.example/{handle}"
    example = "http://torget.example/kommunen"

    class Meta:
        model = Platform
        django_get_or_create = ("key",)
        skip_postgeneration_save = True

    @factory.post_generation
    def details(platform, create, extracted, **kwargs):
        known = {"patterns": [r"https?://[^/]+/(?P<handle>[\w-]+)"]}
        PlatformDetails.objects.get_or_create(platform=platform, defaults=known)


class AccountFactory(DjangoModelFactory):
    """An account in the register; `active` is open at an address since this moment."""

    name = factory.Sequence(lambda n: f"Konto {n}")
    platform = factory.SubFactory(PlatformFactory)
    unit = factory.SubFactory(UnitFactory)
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Account

    class Params:
        active = factory.Trait(
            status="active",
            address=factory.Sequence(lambda n: f"http://torget.example/konto{n}"),
            opened_at=factory.LazyFunction(timezone.now),
        )


class SnapshotFactory(DjangoModelFactory):
    """A snapshot that somebody has ordered."""

    account = factory.SubFactory(AccountFactory, active=True)
    unit = factory.SelfAttribute("account.unit")
    authority = factory.SelfAttribute("account.unit.authority")
    occasion = "request"
    requested_by = factory.SubFactory(UserFactory)
    ordered_at = factory.LazyFunction(timezone.now)
    next_try_at = factory.LazyFunction(timezone.now)
    address_asked = factory.SelfAttribute("account.address")

    class Meta:
        model = Snapshot

    class Params:
        done = factory.Trait(status="done", finished_at=factory.LazyFunction(timezone.now), progress=100)
        failed = factory.Trait(
            status="failed", failure_code="timeout", finished_at=factory.LazyFunction(timezone.now), attempts=3
        )


FACTS = {
    "asked": "http://torget.example/konto",
    "reached": "http://torget.example/konto/",
    "redirects": [],
    "status": 200,
    "title": "Kontot på Torget",
    "language": "sv",
    "started_at": "2026-10-01T08:00:00+00:00",
    "finished_at": "2026-10-01T08:00:09+00:00",
    "browser": "Chromium 156",
    "user_agent": "Mozilla/5.0",
    "viewport": [1280, 900],
    "height": 4000,
    "ended_by": "end",
    "images_total": 3,
    "images_missing": 0,
    "missing": [],
    "ip": "192.0.2.1",
    "text_length": 10,
}


FILES = {
    "ogonblicksbild.pdf": b"%PDF-1.7",
    "bild-001.jpg": b"picture",
    "miniatyr.jpg": b"small picture",
    "text.txt": "Hej på er".encode(),
}


def kept(snapshot: Snapshot | None = None, files: dict[str, bytes] | None = None, **fields) -> Record:
    """Answer a record of a snapshot that is done, with its files in the archive."""
    snapshot = snapshot or SnapshotFactory(done=True)
    contents = files or FILES
    types = {"pdf": "application/pdf", "jpg": "image/jpeg", "txt": "text/plain", "son": "application/json"}
    items = [store.Item(name, types[name[-3:]], name, content) for name, content in contents.items()]
    given = {
        "kind": "snapshot",
        "title": str(snapshot),
        "source": snapshot,
        "account": snapshot.account,
        "unit": snapshot.unit,
        "authority": snapshot.authority,
        "origin": "drawn_up",
        "made_at": clock.now(),
        "facts": FACTS,
    }
    return keeping.keep(**{**given, **fields}, files=store.put_all(items))


def read(answer):
    """Answer an answer, read to its end as a browser does, in `whole`."""
    answer.whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def holder(of, kind: str):
    """Answer somebody with a duty on the account."""
    someone = person("employee")
    account = of.account
    Duty.objects.create(account=account, person=someone, kind=kind, valid_from=date(2020, 1, 1))
    duties.project(account)
    return someone


NIGHT = "04:10:00+02:00"


def run_at(day: str, time: str = NIGHT) -> None:
    """Run beat's job as if it were that night."""
    with time_machine.travel(datetime.fromisoformat(f"{day}T{time}"), tick=False):
        tasks.open_snapshot_campaign()
