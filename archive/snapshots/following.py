"""A campaign account by account: how each ended or what it waits for, why, and who answers for it (R-ARCH-3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from archive import presenting
from archive.models import Snapshot
from archive.snapshots import responsible
from governance import audit
from governance.exporting import Column, Prepare
from governance.models import AuditEvent, PolicyVersion, User

# What is worth saying of an account whose picture is waited for.
SAID = (Account.Status.PAUSED, Account.Status.CLOSING, Account.Status.CLOSED, Account.Status.LOST)
DECISIONS = ("snapshot.waive", "snapshot.accept", "snapshot.lapse")


@dataclass(frozen=True)
class Row:
    """One account of a campaign."""

    shown: presenting.SnapshotRow
    who: list[User]
    decision: str

    @property
    def snapshot(self) -> Snapshot:
        """Answer the account's snapshot in the campaign."""
        return self.shown.snapshot

    @property
    def standing(self) -> str:
        """Answer how it ended, or where it stands."""
        if self.snapshot.status == Snapshot.Status.DONE and self.snapshot.origin == Snapshot.Origin.UPLOADED:
            return _("Klar, uppladdad")
        return str(self.snapshot.get_status_display())

    @property
    def account_said(self) -> str:
        """Answer what happened to the account meanwhile: paused, being closed, closed or lost; or nothing."""
        account = self.snapshot.account
        return str(account.get_status_display()) if account.status in SAID else ""

    @property
    def why(self) -> str:
        """Answer what went wrong, what was remarked, or why nothing is needed."""
        if self.shown.closed:
            return ""
        remarks = self.shown.remarks if self.snapshot.status == Snapshot.Status.DONE else []
        return " ".join([each for each in (self.shown.why, *remarks, self.decision) if each])


@dataclass(frozen=True)
class Answering:
    """Whom the policy names for snapshots, in its own word, and where."""

    word: str
    clause: str


def rows(found: list[Snapshot], user: User) -> list[Row]:
    """Answer a page of a campaign, in a number of queries that does not grow with it."""
    people = responsible.of([snapshot.account for snapshot in found])
    decided = _decisions([snapshot.pk for snapshot in found], user)
    return [
        Row(shown, people[shown.snapshot.account_id], decided.get(shown.snapshot.pk, ""))
        for shown in presenting.snapshots(found, user)
    ]


def prepare(user: User) -> Prepare:
    """Answer what turns a chunk of snapshots into rows for the exported list."""

    def prepared(chunk: list[Any]) -> Iterable[Row]:
        return rows(chunk, user)

    return prepared


def who_answers() -> Answering | None:
    """Answer whom the policy's general rule names; None where it names nobody."""
    version = PolicyVersion.objects.current()
    named = version.policy.rule("snapshot").responsible if version else None
    return Answering(version.policy.word(named.who), named.clause) if version and named else None


COLUMNS = (
    Column(gettext_lazy("Konto"), lambda row: row.snapshot.account.name),
    Column(gettext_lazy("Plattform"), lambda row: row.snapshot.account.platform),
    Column(gettext_lazy("Enhet"), lambda row: row.snapshot.unit),
    Column(gettext_lazy("Läge"), lambda row: row.standing),
    Column(gettext_lazy("Anmärkning eller skäl"), lambda row: row.why),
    Column(gettext_lazy("Kontots läge"), lambda row: row.account_said),
    Column(gettext_lazy("Svarar för bilden"), lambda row: [person.name for person in row.who]),
    Column(gettext_lazy("Beställd"), lambda row: row.snapshot.ordered_at),
    Column(gettext_lazy("Avslutad"), lambda row: row.snapshot.finished_at),
    Column(gettext_lazy("Försök"), lambda row: row.snapshot.attempts),
    Column(gettext_lazy("Handling"), lambda row: row.shown.record.pk if row.shown.record else ""),
)


def _decisions(pks: list[int], reader: User) -> dict[int, str]:
    """Answer the latest decision that somebody took about each, as a sentence with its reason."""
    events = AuditEvent.objects.filter(object_type="archive.snapshot", object_id__in=pks, action__in=DECISIONS)
    said = audit.with_sentences(list(events.order_by("pk")), reader)
    return {event.object_id or 0: sentence for event, sentence in said}
