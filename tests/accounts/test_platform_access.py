"""Who gets into an account on its platform, from the duty that begins to the way in that has ended."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.credentials import entries, keeping, logins, lost, ways
from accounts.models import Account, Credential, Platform, PlatformAccess
from accounts.tasks import refresh_access
from governance import clock, holdings, people
from governance.followups import run_owed
from governance.models import AuditEvent, Finding
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON
from tests.factories import person
from tests.login import sign_in

SEEN = {"role": "Administratör", "way": "own", "two_factor_on": None}


def url(account, name: str = "list") -> str:
    return reverse(f"accounts:access-{name}", args=[account.pk])


def running(town) -> Account:
    """An open account that two people run, with what follows from that."""
    plan = factories.begun(town)
    named = factories.team(plan, town.staff)
    if "editor" in named:
        named["editor"] = [(town.staff[1], "", "")]
    plan = factories.submitted(town, factories.written(town, plan, people=named))
    account = factories.opened(town, factories.approved(town, plan))
    run_owed()
    return account


def confirmed(account: Account, by, **changed) -> None:
    """Everybody on the list seen to be there."""
    for row in PlatformAccess.objects.standing().filter(account=account):
        entries.confirm(row, by=by, **{**SEEN, **changed})
    run_owed()


def finding(account: Account, rule: str, key: str = "") -> Finding | None:
    return Finding.objects.filter(rule=rule, key=key, account_id=account.pk).first()


def names(account: Account) -> set:
    return {row.person for row in PlatformAccess.objects.standing().filter(account=account)}


def test_whoever_has_a_duty_when_the_account_opens_is_expected_to_get_in(town):
    account = running(town)

    rows = PlatformAccess.objects.filter(account=account)

    assert names(account) == {duty.person for duty in account.duties.in_force().of_plan()}
    assert {(row.ground, row.way, row.confirmed_at) for row in rows} == {("duty", "own", None)}
    found = finding(account, "CRED-4", "confirm")
    assert found.breached_at == found.due_at + timedelta(days=14)


@pytest.mark.parametrize(
    ("key", "platform", "way"),
    [
        ("lidingo", "facebook", "own"),
        ("lidingo", "instagram", "shared"),
        ("gullspang", "facebook", "shared"),
        ("lekeberg", "facebook", "own"),
        ("lekeberg", "instagram", "shared"),
    ],
)
def test_the_way_in_is_the_policys_or_the_platforms(db, key, platform, way):
    town = factories.town(key)
    account = factories.begun(town, platform=Platform.objects.get(key=platform)).account

    assert ways.way_in(account) == way


def test_it_is_safe_to_do_it_again(town):
    account = running(town)
    before = PlatformAccess.objects.count(), AuditEvent.objects.count()

    keeping.refresh(account)
    keeping.refresh_all()

    assert (PlatformAccess.objects.count(), AuditEvent.objects.count()) == before


def test_whoever_leaves_is_to_be_put_out(town):
    account = running(town)
    confirmed(account, town.staff[0])

    people.deactivate(town.staff[1], by=town.officer)
    run_owed()

    row = PlatformAccess.objects.get(person=town.staff[1])
    assert row.is_to_be_ended
    found = finding(account, "REG-9")
    assert found.breached_at > found.due_at == row.end_due_since
    assert {town.officer, town.staff[0]} <= set(found.responsible.all())
    entries.end(row, by=town.officer)
    run_owed()
    assert finding(account, "REG-9") is None


def test_lidingos_clause_is_cited_when_somebody_leaves(db):
    town = factories.town("lidingo")
    account = running(town)

    people.deactivate(town.staff[0], by=town.officer)
    run_owed()

    assert finding(account, "REG-9").clause.startswith("Lidingö, Så kommer du igång")


def test_whoever_leaves_takes_a_list_along(town):
    account = running(town)

    held = [holding for holding in holdings.of(town.staff[0]) if holding.url == url(account)]

    assert [holding.account_id for holding in held] == [account.pk]


def test_lekeberg_wants_two_factors_of_everybody(town):
    account = running(town)

    found = finding(account, "REG-10")
    assert found.clause.startswith("Lekeberg 6.1 Redaktörer/användare")
    assert found.strength == "ska"
    confirmed(account, town.staff[0], two_factor_on=clock.today())

    assert finding(account, "REG-10") is None
    again = finding(account, "REG-10", "again")
    assert again.due_at > clock.now() + timedelta(days=360)
    assert again.basis == "default"


@pytest.mark.parametrize("key", ["gullspang", "lidingo", "norsjo", "valdemarsvik"])
def test_no_other_policy_demands_two_factors(db, key):
    account = running(factories.town(key))

    assert finding(account, "REG-10") is None


def test_the_registrar_gets_in_where_the_policy_says_so(db):
    town = factories.town("lidingo")
    account = running(town)

    row = PlatformAccess.objects.get(account=account, person=town.registrar)
    assert row.ground == "registrar"
    found = finding(account, "CRED-2")
    assert found.clause.startswith("Lidingö, Vem får använda sociala medier")
    assert found.due_at is not None
    entries.confirm(row, by=town.staff[0], **SEEN)
    run_owed()
    assert finding(account, "CRED-2").due_at is None


def test_a_registrar_who_is_none_any_more_is_to_be_put_out(db):
    town = factories.town("lidingo")
    account = running(town)

    people.end_role(town.registrar.roles.get(), by=town.officer)
    run_owed()

    assert PlatformAccess.objects.get(account=account, person=town.registrar).is_to_be_ended


def test_the_night_finds_a_role_whose_last_day_has_been(db):
    town = factories.town("lidingo")
    account = running(town)
    town.registrar.roles.update(valid_to=clock.today() - timedelta(days=1))

    refresh_access()

    assert PlatformAccess.objects.get(account=account, person=town.registrar).is_to_be_ended


def test_the_list_is_looked_at_again_after_a_year(town):
    account = running(town)
    confirmed(account, town.staff[0])

    found = finding(account, "CRED-4", "again")

    assert found.due_at > clock.now() + timedelta(days=364)


def test_what_was_seen_makes_a_round_trip(client, town):
    account = running(town)
    row = PlatformAccess.objects.get(person=town.staff[0])
    sign_in(client, town.staff[0])
    page = reverse("accounts:access-confirm", args=[row.pk])
    data = {"role": "Redaktör", "way": "shared", "two_factor_on": clock.today().isoformat()}

    assert client.post(page, data).status_code == 302

    row.refresh_from_db()
    assert (row.role, row.way, row.two_factor_on) == ("Redaktör", "shared", clock.today())
    assert row.two_factor_by == row.checked_by == town.staff[0]
    form = client.get(page).context["form"]
    assert [form[name].value() for name in data] == ["Redaktör", "shared", clock.today()]
    shown = client.get(url(account)).content.decode()
    assert "Redaktör" in shown
    assert "Bekräftad" in shown


def test_a_person_is_entered_and_stands_on_the_list_once(client, town):
    account = running(town)
    sign_in(client, town.officer)
    data = {"person": town.registrar.email, "role": "Läsare", "way": "own"}

    assert client.post(url(account, "enter"), data).status_code == 302
    again = client.post(url(account, "enter"), data)

    row = PlatformAccess.objects.get(person=town.registrar)
    assert (row.ground, row.role, row.way) == ("other", "Läsare", "own")
    assert "Personen står redan på listan." in again.content.decode()
    assert again.context["form"]["role"].value() == "Läsare"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"person": "", "way": "own"}, "Välj en person."),
        ({"person": "ingen@kommun.example", "way": "own"}, "Ingen person i Uppsikt stämmer"),
        ({"person": "registrator", "way": ""}, "Välj hur personen loggar in."),
        ({"way": "own", "two_factor_on": "2999-01-01"}, "framåt i tiden"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_as_typed(client, town, data, told):
    account = running(town)

    page = sign_in(client, town.officer).post(url(account, "enter"), {"role": "Läsare", **data})

    assert told in page.content.decode()
    assert "Läsare" in page.content.decode()


def test_one_button_says_that_it_is_still_so(client, town):
    running(town)
    row = PlatformAccess.objects.get(person=town.staff[0])
    page = reverse("accounts:access-check", args=[row.pk])
    sign_in(client, town.officer)
    first = client.post(page, follow=True).content.decode()
    entries.confirm(row, by=town.staff[0], **SEEN)

    client.post(page)

    row.refresh_from_db()
    assert "Ange först vilken roll" in first
    assert row.checked_by == town.officer


def test_a_shared_login_is_changed_before_somebody_is_out_of_it(town):
    account = running(town)
    logins.refer(account, by=town.officer, kept_in="Valvet", entry="", put_there_by=town.officer, changed=False)
    row = PlatformAccess.objects.get(person=town.staff[1])
    entries.confirm(row, by=town.officer, **{**SEEN, "way": "shared"})

    with pytest.raises(Refused, match="Byt lösenordet först"):
        entries.end(row, by=town.officer)


def test_what_has_ended_stays_as_it_was(town):
    running(town)
    row = PlatformAccess.objects.get(person=town.staff[0])
    ended = entries.end(row, by=town.officer)

    with pytest.raises(Refused):
        entries.end(row, by=town.officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlatformAccess.objects.filter(pk=ended.pk).update(role="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        ended.delete()


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        ("page_owner", 200, 302),
        ("editor", 200, 403),
        ("officer", 200, 302),
        ("manager", 200, 302),
        ("auditor", 200, 403),
        ("registrar", 200, 403),
        ("coordinator", 200, 403),
        ("outsider", 404, 404),
        ("it", 404, 404),
    ],
)
def test_who_reads_the_list_and_who_keeps_it(client, town, role, reads, keeps):
    account = running(town)
    users = {
        "page_owner": town.staff[0],
        "editor": town.staff[1],
        "officer": town.officer,
        "manager": town.manager,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "outsider": town.outsider,
    }
    roles = {"coordinator": "security_coordinator", "it": "system_administrator"}
    user = users.get(role) or person(roles[role])
    sign_in(client, user)
    row = PlatformAccess.objects.filter(account=account).first()

    assert client.get(url(account)).status_code == reads
    for name in ("check", "end"):
        assert client.post(reverse(f"accounts:access-{name}", args=[row.pk])).status_code == keeps
    entered = client.get(url(account, "enter")).status_code
    assert entered == (200 if keeps == 302 else keeps)


# --- A lost account --------------------------------------------------------------------------------------


def hijacked(town) -> Account:
    """An account that somebody has reported lost a while after all was well."""
    account = running(town)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        confirmed(account, town.staff[0])
        logins.refer(account, by=town.officer, kept_in="Valvet", entry="", put_there_by=town.officer, changed=True)
    return account


def test_after_a_loss_everybody_is_gone_through_and_the_login_changed_before_it_is_taken_back(town):
    account = hijacked(town)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        perform(account, "report_lost", by=town.officer, reason=REASON)
        run_owed()
        assert Credential.objects.get().change_due_reason == "lost"
        assert finding(account, "CRED-4", "lost").breached_at is not None
        assert set(lost.unchecked(account)) == names(account)
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        with pytest.raises(Refused, match="Gå först igenom"):
            lost.all_is_gone_through(account, town.officer)
        for row in PlatformAccess.objects.standing().filter(account=account):
            entries.check(row, by=town.officer)
        with pytest.raises(Refused, match="Byt först inloggningen"):
            lost.all_is_gone_through(account, town.officer)
        logins.change(account.credential, by=town.officer)
        lost.all_is_gone_through(account, town.officer)


def test_the_guard_stands_on_the_step(town):
    account = hijacked(town)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        perform(account, "report_lost", by=town.officer, reason=REASON)
        with pytest.raises(Refused):
            perform(account, "recover", by=town.officer, reason=REASON)


def test_somebody_who_was_never_entered_counts_as_not_gone_through(town):
    account = factories.opened(town)
    perform(account, "report_lost", by=town.officer, reason=REASON)

    assert set(lost.unchecked(account)) == {duty.person for duty in account.duties.in_force().of_plan()}


# --- The list of all -------------------------------------------------------------------------------------


def accounts(town, count: int) -> list[Account]:
    found = []
    for number in range(count):
        plan = factories.submitted(town, factories.written(town, factories.begun(town, name=f"Konto {number}")))
        found.append(factories.opened(town, factories.approved(town, plan), handle=f"konto{number}"))
    run_owed()
    return found


def test_the_list_of_logins_takes_as_many_questions_for_many_accounts_as_for_few(client, town):
    few, many = accounts(town, 2), []
    sign_in(client, town.officer)
    client.get("/inloggningar/")
    with CaptureQueriesContext(connection) as first:
        client.get("/inloggningar/")
    for number in range(3):
        plan = factories.submitted(town, factories.written(town, factories.begun(town, name=f"Fler {number}")))
        many.append(factories.opened(town, factories.approved(town, plan), handle=f"fler{number}"))
    run_owed()

    with CaptureQueriesContext(connection) as second:
        page = client.get("/inloggningar/")

    assert len(second) == len(first)
    assert page.context["page"].paginator.count == len(few) + len(many)


def test_the_list_of_logins_is_narrowed_by_what_is_due(client, town):
    first, second = accounts(town, 2)
    confirmed(second, town.staff[0], two_factor_on=clock.today())
    logins.refer(second, by=town.officer, kept_in="Valvet", entry="", put_there_by=town.officer, changed=False)
    sign_in(client, town.officer)

    def shown(query: str) -> list:
        return list(client.get(f"/inloggningar/?{query}").context["page"].object_list)

    assert shown("behov=tvafaktor") == shown("behov=bekrafta") == shown("behov=saknas") == [first]
    assert shown("vag=reference") == [second]
    assert shown("vag=ingen") == [first]
    assert shown("behov=byt") == shown("behov=avsluta") == shown("behov=kontrollera") == shown("vag=vault") == []
    assert shown("q=Konto 1") == [second]
    assert shown("ordning=-namn") == [second, first]
    for order in ("plattform", "enhet", "kontrollerad", "byt", "tvafaktor", "personer", "-kontrollerad"):
        assert len(shown(f"ordning={order}")) == 2


def test_the_list_of_logins_is_fetched_as_it_is_filtered_without_places_or_names(client, town):
    first, second = accounts(town, 2)
    logins.refer(second, by=town.officer, kept_in="Pärmen", entry="Nyckeln", put_there_by=town.officer, changed=False)
    sign_in(client, town.officer)

    whole = b"".join(client.get("/inloggningar/?format=csv").streaming_content).decode("utf-8-sig")
    narrowed = b"".join(client.get("/inloggningar/?format=csv&vag=reference").streaming_content).decode("utf-8-sig")

    assert first.name in whole
    assert second.name in narrowed
    assert first.name not in narrowed
    assert not any(word in whole for word in ("Pärmen", "Nyckeln", town.staff[0].name, town.officer.name))


def test_the_list_of_logins_is_for_those_who_keep_them(client, town):
    running(town)

    statuses = {
        user.name: sign_in(client, user).get("/inloggningar/").status_code
        for user in (town.officer, town.manager, town.staff[0], town.auditor, town.outsider)
    }

    assert list(statuses.values()) == [200, 200, 200, 403, 403]


def test_the_accounts_page_tells_of_ways_in_without_names_or_places(client, town):
    account = running(town)
    logins.refer(account, by=town.officer, kept_in="Hemliga pärmen", entry="", put_there_by=town.officer, changed=False)

    page = sign_in(client, town.auditor).get(account.get_absolute_url()).content.decode()

    assert "Åtkomst och inloggning" in page
    assert "Hemliga pärmen" not in page
    assert f"/konton/{account.pk}/atkomst/" in page
