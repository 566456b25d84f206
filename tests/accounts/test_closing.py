"""Closing an account: step by step as the policy says, ended once, and never without a snapshot."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.life import changes, closing
from accounts.models import Account, AccountChange, Closing, ClosingTick
from governance import access, clock, followups
from governance.models import AuditEvent, Finding, Notice
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, Town
from tests.accounts.test_pages import as_user, said
from tests.archive.factories import SnapshotFactory

DAY = timedelta(days=1)


def url(name: str, account: Account) -> str:
    return reverse(f"accounts:{name}", args=[account.pk])


def begun(town: Town, account: Account | None = None, **changed) -> Closing:
    """A closing that has just begun."""
    facts = {"reason": "Verksamheten läggs ner", "closes_on": clock.today() + 14 * DAY, "successor": None, **changed}
    return closing.begin(account or factories.opened(town), by=town.officer, **facts)


def ticked(going_on: Closing, town: Town) -> Closing:
    """A closing in which every step is ticked."""
    for step in closing.missing(going_on):
        closing.tick(going_on, by=town.officer, key=step.key, done=True, note="")
    return going_on


def preserved(going_on: Closing) -> Closing:
    """A closing whose snapshot is taken."""
    SnapshotFactory(done=True, account=going_on.account, closing=going_on, occasion="closing")
    return going_on


@pytest.fixture
def lidingo(db) -> Town:
    """The one policy that says how an account is closed."""
    return factories.town("lidingo")


def test_the_page_asks_why_and_when_and_everybody_concerned_is_told(town):
    account, other = (
        factories.opened(town),
        factories.opened(
            town,
            factories.approved(
                town, factories.submitted(town, factories.written(town, factories.begun(town, name="Museet")))
            ),
            "museet",
        ),
    )
    day = clock.today() + 30 * DAY

    as_user(town.officer).post(
        url("closing-show", account), {"reason": "Läggs ner", "closes_on": day, "successor": other.pk}
    )
    followups.run_owed()

    account.refresh_from_db()
    going_on = Closing.objects.get()
    assert (account.status, account.successor) == ("closing", other)
    assert (going_on.reason, going_on.closes_on, going_on.begun_by) == ("Läggs ner", day, town.officer)
    told = set(Notice.objects.filter(subject__contains="ska avslutas").values_list("user__real_name", flat=True))
    assert {"Bibliotekschefen", "Utsedd 0"} <= told
    assert "Kommunikatören" not in told
    page = as_user(town.officer).get(url("closing-show", account)).content.decode()
    assert "Följ oss i stället på Facebook: https://www.facebook.com/museet" in page
    assert "Läggs ner" in page


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"reason": ""}, "Skriv varför kontot avslutas."),
        ({"closes_on": ""}, "Ange vilken dag kontot avslutas."),
        ({"closes_on": "2020-01-01"}, "Dagen har redan varit."),
        ({"closes_on": "2099-01-01"}, "för långt fram"),
        ({"successor": "999999"}, "giltigt"),
    ],
)
def test_a_closing_begun_wrongly_says_what_is_wrong_and_begins_nothing(town, wrong, text):
    account = factories.opened(town)
    data = {"reason": "Läggs ner", "closes_on": clock.today() + DAY, "successor": "", **wrong}

    page = as_user(town.officer).post(url("closing-show", account), data).content.decode()

    account.refresh_from_db()
    assert text in page
    assert account.status == "active"


def test_the_steps_are_the_policys_with_their_clauses(lidingo):
    going_on = begun(lidingo)

    page = as_user(lidingo.officer).get(url("closing-show", going_on.account)).content.decode()

    for words in (
        "Kontakta chefen och kommunikationsenheten",
        "Berätta på kontot att det avslutas",
        "Tacka för alla inlägg",
    ):
        assert words in page
    assert "Lidingö, Så avslutar du ditt konto" in page


@pytest.mark.parametrize("key", ["gullspang", "lekeberg", "norsjo", "valdemarsvik"])
def test_where_the_policy_is_silent_the_products_own_steps_are_shown_as_such(db, key):
    town = factories.town(key)
    going_on = begun(town)

    page = as_user(town.officer).get(url("closing-show", going_on.account)).content.decode()

    assert [step.key for step in closing.ticked(going_on)] == ["announce"]
    assert "Uppsikts grundinställning" in page


def test_ticking_contact_tells_those_whom_the_policy_names_and_keeps_who_and_when(lidingo):
    going_on = begun(lidingo)

    as_user(lidingo.officer).post(
        url("closing-tick", going_on.account), {"key": "contact", "done": "1", "note": "Ringt"}
    )
    followups.run_owed()

    made = ClosingTick.objects.get()
    assert (made.by, made.done, made.note) == (lidingo.officer, True, "Ringt")
    told = Notice.objects.filter(subject__contains="Om avslutet").values_list("user__real_name", flat=True)
    assert "Bibliotekschefen" in told
    assert "Ringt" in as_user(lidingo.officer).get(url("closing-show", going_on.account)).content.decode()


def test_what_the_policy_demands_is_never_left_out_and_the_rest_only_with_a_reason(lidingo):
    going_on = begun(lidingo)
    with pytest.raises(Refused):
        closing.tick(going_on, by=lidingo.officer, key="thank", done=False, note="Hinner inte")


def test_a_step_that_is_only_advised_is_left_out_with_its_reason(town):
    going_on = begun(town)
    with pytest.raises(Refused, match="skäl"):
        closing.tick(going_on, by=town.officer, key="announce", done=False, note=" ")

    as_user(town.officer).post(
        url("closing-tick", going_on.account), {"key": "announce", "done": "0", "note": "Ingen följer"}
    )

    assert closing.missing(going_on) == []
    assert "Ingen följer" in as_user(town.officer).get(url("closing-show", going_on.account)).content.decode()


@pytest.mark.parametrize("key", ["snapshot", "close", "nonsense"])
def test_what_is_no_step_to_tick_is_not_ticked(lidingo, key):
    going_on = begun(lidingo)

    response = as_user(lidingo.officer).post(
        url("closing-tick", going_on.account), {"key": key, "done": "1", "note": ""}
    )

    assert "hör inte till" in said(response)
    assert not ClosingTick.objects.exists()


def test_an_account_is_closed_when_all_is_done_and_everybodys_duty_ends(lidingo):
    account = preserved(ticked(begun(lidingo), lidingo)).account
    person = lidingo.staff[0]

    response = as_user(lidingo.officer).post(url("closing-finish", account))

    account.refresh_from_db()
    assert "Kontot är avslutat" in said(response)
    assert account.status == "closed"
    assert account.closed_at is not None
    assert Closing.objects.get().outcome == "closed"
    assert not account.duties.of_plan().filter(valid_to=None).exists()
    assert as_user(person).get(account.get_absolute_url()).status_code == 404
    assert as_user(lidingo.manager).get(account.get_absolute_url()).status_code == 200
    assert as_user(lidingo.manager).get(url("account-edit", account)).status_code == 302


@pytest.mark.parametrize("stands", ["draft", "signing"])
def test_what_is_not_decided_when_an_account_is_closed_never_comes_into_force(lidingo, stands):
    plan = factories.amended(lidingo, purpose="Annat") if stands == "draft" else factories.amendment_submitted(lidingo)
    account = plan.account
    facts = changes.facts(account)
    change = changes.edit(
        account, by=lidingo.manager, typed=facts | {"public_about": "Ny"}, shown=facts, stood=facts
    ).waiting

    closing.close(preserved(ticked(begun(lidingo, account), lidingo)).account, by=lidingo.officer)

    plan.refresh_from_db()
    change.refresh_from_db()
    account.refresh_from_db()
    assert (account.status, plan.status, change.status) == ("closed", "withdrawn", "withdrawn")
    assert not account.duties.of_plan().filter(valid_to=None).exists()
    assert not access.holders("see_credentials", account)


def test_a_closed_accounts_facts_are_not_published_over(lidingo):
    going_on = preserved(ticked(begun(lidingo), lidingo))
    account = closing.close(going_on.account, by=lidingo.officer)
    late = AccountChange.objects.create(
        account=account,
        unit=account.unit,
        before={},
        after={"name": "Nytt"},
        made_by=lidingo.manager,
        made_at=clock.now(),
    )

    with pytest.raises(Refused, match="kan inte ändras längre"):
        changes.publish(late, by=lidingo.officer, note="", seen=changes.standing(late))


@pytest.mark.parametrize("done", ["nothing", "ticks", "snapshot"])
def test_nothing_is_closed_while_something_is_left(lidingo, done):
    going_on = begun(lidingo)
    if done == "ticks":
        ticked(going_on, lidingo)
    if done == "snapshot":
        preserved(going_on)

    response = as_user(lidingo.officer).post(url("closing-finish", going_on.account))

    going_on.account.refresh_from_db()
    assert going_on.account.status == "closing"
    assert ("ögonblicksbild" if done == "ticks" else "kvar innan") in said(response)


@pytest.mark.parametrize("key", factories.FIVE)
def test_under_no_policy_is_an_account_closed_without_its_snapshot_and_with_it_under_every(db, key):
    town = factories.town(key)
    going_on = ticked(begun(town), town)

    with pytest.raises(Refused, match="ögonblicksbild"):
        closing.close(going_on.account, by=town.officer)

    assert closing.close(preserved(going_on).account, by=town.officer).status == "closed"


def test_a_snapshot_from_before_the_closing_is_not_enough(lidingo):
    account = factories.opened(lidingo)
    SnapshotFactory(done=True, account=account)
    going_on = ticked(begun(lidingo, account), lidingo)

    with pytest.raises(Refused, match="ögonblicksbild"):
        closing.close(going_on.account, by=lidingo.officer)


def test_the_database_refuses_to_close_around_the_archive(lidingo):
    going_on = ticked(begun(lidingo), lidingo)

    with pytest.raises(InternalError, match="no account closes without a snapshot"), transaction.atomic():
        Account.objects.filter(pk=going_on.account_id).update(status="closed", closed_at=clock.now())

    preserved(going_on)
    Account.objects.filter(pk=going_on.account_id).update(status="closed", closed_at=clock.now())


def test_an_account_that_is_kept_goes_on_and_the_next_closing_begins_anew(lidingo):
    going_on = preserved(ticked(begun(lidingo), lidingo))
    with pytest.raises(Refused, match="motivering"):
        perform(going_on.account, "keep", by=lidingo.officer)

    perform(going_on.account, "keep", by=lidingo.officer, reason="Vi fortsätter")
    again = begun(lidingo, going_on.account)

    assert Closing.objects.get(pk=going_on.pk).outcome == "kept"
    assert len(closing.missing(again)) == 3
    ticked(again, lidingo)
    with pytest.raises(Refused, match="ögonblicksbild"):
        closing.close(again.account, by=lidingo.officer)
    with pytest.raises(InternalError), transaction.atomic():
        Account.objects.filter(pk=again.account_id).update(status="closed", closed_at=clock.now())


def test_the_last_day_and_the_account_that_comes_instead_can_be_changed_while_it_goes_on(town):
    going_on = begun(town)
    day = clock.today() + 60 * DAY

    as_user(town.officer).post(url("closing-change", going_on.account), {"closes_on": day, "successor": ""})

    going_on.refresh_from_db()
    assert going_on.closes_on == day


def test_a_closing_is_a_finding_that_is_late_after_its_last_day(town):
    going_on = begun(town)
    followups.run_owed()

    finding = Finding.objects.get(rule="END-1")
    assert finding.state(clock.now()) == "due"
    assert finding.state(clock.now() + 16 * DAY) == "breached"
    assert list(finding.responsible.all()) == [town.officer]
    perform(going_on.account, "keep", by=town.officer, reason=REASON)
    followups.run_owed()
    assert not Finding.objects.filter(rule="END-1").exists()


@pytest.mark.parametrize(
    ("role", "page", "post"),
    [
        ("officer", 200, 302),
        ("manager", 200, 302),
        ("registrar", 200, 403),
        ("auditor", 200, 403),
        ("outsider", 404, 404),
    ],
)
def test_who_sees_a_closing_and_who_goes_through_it(town, role, page, post):
    account, client = begun(town).account, as_user(getattr(town, role))

    assert client.get(url("closing-show", account)).status_code == page
    assert client.post(url("closing-tick", account), {"key": "announce", "done": "1"}).status_code == post
    assert client.post(url("closing-finish", account)).status_code == post
    assert client.get(url("closing-finish", account)).status_code == 405


def test_who_may_not_close_does_not_begin(town):
    account = factories.opened(town)

    assert as_user(town.registrar).get(url("closing-show", account)).status_code == 403
    with pytest.raises(PermissionDenied):
        closing.begin(account, by=town.auditor, reason=REASON, closes_on=clock.today(), successor=None)


def test_the_page_of_a_closing_asks_as_many_questions_whatever_is_ticked(lidingo):
    going_on, client = begun(lidingo), as_user(lidingo.officer)
    client.get(url("closing-show", going_on.account))
    with CaptureQueriesContext(connection) as few:
        client.get(url("closing-show", going_on.account))
    ticked(going_on, lidingo)
    with CaptureQueriesContext(connection) as many:
        client.get(url("closing-show", going_on.account))

    assert len(many) <= len(few)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_the_same_instant_one_wins_and_the_other_is_told():
    town = factories.town("lidingo")
    account = preserved(ticked(begun(town), town)).account
    start, outcomes = threading.Barrier(2), []

    def close(by) -> None:
        close_old_connections()
        start.wait()
        try:
            closing.close(account, by=by)
            outcomes.append("closed")
        except Refused as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=(by,)) for by in (town.officer, town.manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes)[1] == "closed"
    assert "Avslutat" in sorted(outcomes)[0]
    assert AuditEvent.objects.filter(action="account.close").count() == 1
