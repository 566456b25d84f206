"""A lost or hijacked account: warned of at once, worked on in a log, recovered or closed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.credentials import lost as access_lost
from accounts.life import closing, lost
from accounts.models import Account, Closing, Credential, Loss, LossEntry, PlatformAccess
from governance import clock, followups
from governance.models import Finding, Notice
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import Town
from tests.accounts.test_closing import begun
from tests.accounts.test_pages import as_user, said
from tests.factories import person

WHAT = "Någon annan har bytt lösenordet"


def url(name: str, account: Account) -> str:
    return reverse(f"accounts:{name}", args=[account.pk])


def reported(town: Town, account: Account | None = None) -> Account:
    """A lost account."""
    return perform(account or factories.opened(town), "report_lost", by=town.staff[0], reason=WHAT)


def worked_on(account: Account, by) -> Account:
    """A lost account whose login is changed and whose accesses are gone through, each by its own way."""
    now = clock.now()
    facts = {"account": account, "unit": account.unit, "checked_at": now, "checked_by": by}
    PlatformAccess.objects.filter(account=account).update(checked_at=now, checked_by=by)
    for each in access_lost.unchecked(account):
        PlatformAccess.objects.create(**facts, person=each, way="own", expected_at=now)
    changed = {"changed_at": now, "changed_by": by, "change_due_since": None, "change_due_reason": ""}
    Credential.objects.update_or_create(
        account=account, defaults={**facts, **changed, "way": "reference", "kept_in": "Valvet"}
    )
    return account


def test_a_duty_holder_reports_in_one_step_and_everybody_concerned_is_told_at_once(town):
    account, coordinator = factories.opened(town), person("security_coordinator", name="Säkerhetssamordnaren")
    step = reverse("governance:step-perform", args=["accounts.account", account.pk, "report_lost"])

    as_user(town.staff[0]).post(step, {"reason": WHAT})
    followups.run_owed()

    account.refresh_from_db()
    assert account.status == "lost"
    told = set(Notice.objects.filter(subject__startswith="Kapat").values_list("user", flat=True))
    assert {coordinator.pk, town.officer.pk, town.manager.pk} <= told
    finding = Finding.objects.get(rule="LOST-1")
    assert finding.state(clock.now()) == "breached"
    assert coordinator in finding.responsible.all()
    page = as_user(town.manager).get(account.get_absolute_url()).content.decode()
    assert "Kontot är förlorat eller kapat" in page


def test_a_report_says_what_has_happened(town):
    with pytest.raises(Refused, match="motivering"):
        perform(factories.opened(town), "report_lost", by=town.staff[0])


def test_what_is_done_stands_in_the_log_with_who_and_when(town):
    account, client = reported(town), as_user(town.officer)

    client.post(url("loss-note", account), {"key": "police", "text": "Anmält"})
    client.post(url("loss-note", account), {"key": "", "text": "Ringde plattformen"})

    assert [(e.key, e.text, e.by) for e in LossEntry.objects.all()] == [
        ("police", "Anmält", town.officer),
        ("", "Ringde plattformen", town.officer),
    ]
    page = client.get(url("loss-show", account)).content.decode()
    assert all(text in page for text in (WHAT, "Anmält", "Ringde plattformen"))


@pytest.mark.parametrize(
    ("data", "text"),
    [({"text": " "}, "Skriv vad som är gjort."), ({"key": "nonsense"}, "giltig"), ({"text": "x" * 2001}, "2000")],
)
def test_a_wrong_entry_says_what_is_wrong_and_writes_nothing(town, data, text):
    account = reported(town)

    assert text in said(as_user(town.officer).post(url("loss-note", account), data))
    assert not LossEntry.objects.exists()


def test_a_point_is_ticked_once_and_nothing_is_ever_taken_back(town):
    account = reported(town)
    lost.note(lost.current(account), by=town.officer, key="police", text="")
    with pytest.raises(Refused, match="redan"):
        lost.note(lost.current(account), by=town.manager, key="police", text="")

    for change in (lambda: LossEntry.objects.all().delete(), lambda: LossEntry.objects.update(text="x")):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_an_account_is_not_called_back_before_its_accesses_are_done(town):
    account = reported(town)

    page = as_user(town.officer).post(url("loss-recover", account), {"how": "Plattformen hjälpte oss"}).content.decode()

    account.refresh_from_db()
    assert "Gå först igenom vad dessa når" in page
    assert "Plattformen hjälpte oss" in page
    assert account.status == "lost"


def test_a_recovered_account_is_active_and_its_log_stays_to_be_read(town):
    account = worked_on(reported(town), town.officer)

    as_user(town.officer).post(url("loss-recover", account), {"how": "Plattformen hjälpte oss"})
    followups.run_owed()

    account.refresh_from_db()
    loss = Loss.objects.get()
    assert account.status == "active"
    assert (loss.outcome, loss.how, loss.ended_by) == ("recovered", "Plattformen hjälpte oss", town.officer)
    assert not Finding.objects.filter(rule="LOST-1").exists()
    page = as_user(town.officer).get(url("loss-show", account)).content.decode()
    assert "Plattformen hjälpte oss" in page
    with pytest.raises(Refused):
        lost.note(loss, by=town.officer, key="privacy", text="")
    with pytest.raises(InternalError), transaction.atomic():
        Loss.objects.update(how="Annat")


@pytest.mark.parametrize("before", ["paused", "closing"])
def test_whatever_it_was_before_a_recovered_account_is_active(town, before):
    account = factories.opened(town)
    if before == "paused":
        Account.objects.filter(pk=account.pk).update(paused_until=clock.today())
        perform(account, "pause", by=town.officer, reason="Paus", data={"until": ""})
    else:
        account = begun(town, account).account

    account = lost.recover(worked_on(reported(town, account), town.officer), by=town.officer, how="Åter")

    assert (account.status, account.paused_until) == ("active", None)
    assert not Closing.objects.filter(ended_at=None).exists()


def test_a_lost_account_can_be_closed_instead(town):
    account = reported(town)

    begun(town, account)

    account.refresh_from_db()
    assert account.status == "closing"
    assert Loss.objects.get().outcome == "closing"
    assert closing.current(account) is not None


@pytest.mark.parametrize(
    ("role", "page", "note", "recover"),
    [("officer", 200, 302, 200), ("manager", 200, 302, 403), ("auditor", 200, 403, 403), ("outsider", 404, 404, 404)],
)
def test_who_reads_the_log_who_writes_in_it_and_who_decides(town, role, page, note, recover):
    account, client = reported(town), as_user(getattr(town, role))

    assert client.get(url("loss-show", account)).status_code == page
    assert client.post(url("loss-note", account), {"text": "Gjort"}).status_code == note
    assert client.get(url("loss-recover", account)).status_code == recover


def test_an_account_that_was_never_lost_has_no_such_page(town):
    assert as_user(town.officer).get(url("loss-show", factories.opened(town))).status_code == 404


def test_who_may_not_report_does_not(town):
    with pytest.raises(PermissionDenied):
        perform(factories.opened(town), "report_lost", by=town.auditor, reason=WHAT)
