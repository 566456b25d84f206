"""Logins: where they lie, who may see them, how briefly, and that they are nowhere else (R-CRED-1, R-CRED-3)."""

import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.credentials import keeping, logins, refusals, vault
from accounts.models import Credential, PlatformAccess, Reveal, Secret
from governance import audit, notices, people
from governance.followups import run_owed
from governance.models import AuditEvent, AuditPersonal, Finding, Notice
from tests.accounts import factories
from tests.accounts.vaults import CODES, NAME, PASSWORD, TELLTALES, deposited, key
from tests.factories import adopted, person
from tests.login import sign_in

FORM = {"name": NAME, "password": PASSWORD, "recovery_codes": CODES}
PLACE = {"kept_in": "Kommunens lösenordshanterare", "entry": "Biblioteket Instagram"}
REASON = {"reason": "Ska logga in på ny telefon"}


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.CREDENTIAL_KEYS = [key()]


def url(account, name: str = "show") -> str:
    return reverse(f"accounts:credential-{name}", args=[account.pk])


def referred(account, by) -> Credential:
    return logins.refer(account, by=by, **PLACE, put_there_by=by, changed=False)


def everybody(town) -> dict:
    return {
        "administrator": town.staff[0],
        "deputy": town.staff[-1],
        "officer": town.officer,
        "manager": town.manager,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "coordinator": person("security_coordinator"),
        "outsider": town.outsider,
        "it": person("system_administrator"),
    }


def test_the_policy_chooses_the_way(town, gullspang):
    assert gullspang.policy.policy.credentials.store.value == "vault"
    assert gullspang.policy.policy.credentials.store.basis == "policy"
    assert town.policy.policy.credentials.store.value == "reference"
    assert town.policy.policy.credentials.store.basis == "default"


def test_where_the_login_lies_makes_a_round_trip(client, town):
    account = factories.opened(town)
    run_owed()
    sign_in(client, town.officer)

    response = client.post(url(account, "edit"), {**PLACE, "put_there_by": town.staff[0].pk, "changed": "on"})

    assert response.status_code == 302
    kept = Credential.objects.get(account=account)
    assert (kept.way, kept.kept_in, kept.entry) == ("reference", PLACE["kept_in"], PLACE["entry"])
    assert (kept.put_there_by, kept.checked_by, kept.changed_by) == (town.staff[0], town.officer, town.officer)
    page = client.get(url(account)).content.decode()
    assert PLACE["kept_in"] in page
    assert PLACE["entry"] in page
    form = client.get(url(account, "edit")).context["form"]
    assert {name: form[name].value() for name in PLACE} == PLACE
    assert form["put_there_by"].value() == town.staff[0].pk


@pytest.mark.parametrize(
    "typed",
    [
        "lösenord: grodlarv",
        "Lösenord=grodlarv",
        "losenord : x",
        "Bitwarden, pwd: x",
        "password is x",
        "lösenordet är grodlarv",
        "PIN: 1234",
        "kod: 1234",
        "otpauth://totp/x?secret=ABC",
        "totp: JBSWY3DP",
    ],
)
@pytest.mark.parametrize("field", PLACE)
def test_a_note_that_tells_a_password_is_refused_with_a_warning(client, town, field, typed):
    account = factories.opened(town)

    page = sign_in(client, town.officer).post(
        url(account, "edit"), {**PLACE, "put_there_by": town.officer.pk, field: typed}
    )

    assert "Det här ser ut som" in page.content.decode()
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "typed", ["Kommunens lösenordshanterare, mappen Lösenord", "Pärmen i kassaskåpet", "Kodrummet"]
)
def test_a_place_is_not_taken_for_a_password(typed):
    refusals.no_password(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "otpauth://totp/Kommunen:bibliotek?secret=JBSWY3DPEHPK3PXP",
        "JBSWY3DPEHPK3PXP",
        "1111 2222\njbsw y3dp ehpk 3pxp",
        "TOTP-nyckel: abc",
        "tvåfaktorsnyckel: abc",
    ],
)
def test_the_secret_of_a_second_factor_is_refused_and_explained(client, gullspang, typed):
    account = factories.opened(gullspang)

    page = sign_in(client, gullspang.officer).post(url(account, "edit"), {**FORM, "recovery_codes": typed})

    said = page.content.decode()
    assert "båda faktorerna på samma ställe är en faktor" in said
    assert not any(word in said for word in (PASSWORD, "JBSWY3DPEHPK3PXP"))
    assert not Secret.objects.exists()


@pytest.mark.parametrize("codes", ["1234 5678\n8765 4321", "abcde-fghij\nklmno-pqrst", "x9k2m4p7q1w8", ""])
def test_recovery_codes_are_not_taken_for_a_second_factor(codes):
    refusals.no_written_out_factor(codes)


def test_what_is_put_in_the_vault_comes_out_for_a_reason(client, gullspang):
    account = factories.opened(gullspang)
    sign_in(client, gullspang.staff[0])
    assert client.post(url(account, "edit"), FORM).status_code == 302

    page = client.post(url(account, "reveal"), REASON)

    said = page.content.decode()
    assert all(word in said for word in (NAME, PASSWORD, "8841-ankstjart"))
    assert "no-store" in page["Cache-Control"]
    assert page["Refresh"] == f"30; url={url(account)}"
    assert "js/brief" in said
    assert Reveal.objects.get().person == gullspang.staff[0]


def test_a_secret_that_was_typed_is_not_shown_again_beside_an_error(client, gullspang):
    account = factories.opened(gullspang)

    page = sign_in(client, gullspang.officer).post(url(account, "edit"), {**FORM, "name": ""})
    again = client.post(url(account, "edit"), {**FORM, "password": "", "recovery_codes": CODES})

    for said in (page.content.decode(), again.content.decode()):
        assert PASSWORD not in said
        assert "ankstjart" not in said
    assert NAME in again.content.decode()
    assert "Inget är sparat." in page.content.decode()


def test_a_reason_is_demanded(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)

    page = sign_in(client, gullspang.officer).post(url(account, "reveal"), {"reason": "  "})

    assert "Skriv varför du behöver inloggningen." in page.content.decode()
    assert PASSWORD not in page.content.decode()
    assert not Reveal.objects.exists()


def test_a_fresh_login_is_demanded_and_the_reason_waits(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    sign_in(client, gullspang.officer, fresh=False)

    asked = client.get(url(account, "reveal"))
    posted = client.post(url(account, "reveal"), REASON)

    assert asked.status_code == posted.status_code == 302
    assert "reauthenticate" in asked["Location"]
    assert not Reveal.objects.exists()
    again = sign_in(client, gullspang.officer).get(url(account, "reveal"))
    assert PASSWORD not in again.content.decode()


# What each role is answered to: the page, the form, showing the login.
ROLES = {
    "administrator": (200, 200, 200),
    "deputy": (200, 403, 200),
    "officer": (200, 200, 200),
    "manager": (403, 403, 403),
    "auditor": (403, 403, 403),
    "registrar": (403, 403, 403),
    "coordinator": (403, 403, 403),
    "outsider": (404, 404, 404),
    "it": (404, 404, 404),
}


def test_who_may_see_and_who_may_change_a_login(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)

    answered, told = {}, {}
    for role, user in everybody(gullspang).items():
        sign_in(client, user)
        pages = [
            client.get(url(account)),
            client.get(url(account, "edit")),
            client.post(url(account, "reveal"), REASON),
        ]
        answered[role] = tuple(page.status_code for page in pages)
        told[role] = PASSWORD in pages[-1].content.decode()

    assert answered == ROLES
    assert {role for role, knows in told.items() if knows} == {"administrator", "deputy", "officer"}


@pytest.mark.parametrize("name", ["edit", "check", "change"])
def test_only_those_who_keep_a_login_change_it(client, gullspang, name):
    account = factories.opened(gullspang)
    before = deposited(account, gullspang.officer)

    for role, user in everybody(gullspang).items():
        status = sign_in(client, user).post(url(account, name), {**FORM, "password": "annat"}).status_code
        assert status == (302 if role in ("administrator", "officer") else ROLES[role][1]), role

    assert Credential.objects.get().pk == before.pk


def test_an_administrator_of_another_account_sees_nothing(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    people_there = [person("employee", gullspang.library) for _one in range(4)]
    plan = factories.written(gullspang, factories.begun(gullspang, name="Annat"), people=None)
    assert people_there
    assert plan.account_id != account.pk

    assert sign_in(client, people_there[0]).post(url(account, "reveal"), REASON).status_code == 404


def test_a_login_that_cannot_be_opened_is_said_to_be_and_asking_stays_in_the_log(client, gullspang, settings):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    settings.CREDENTIAL_KEYS = [key()]

    page = sign_in(client, gullspang.officer).post(url(account, "reveal"), REASON)

    assert "Inloggningen kan inte öppnas" in page.content.decode()
    assert AuditEvent.objects.filter(action="credential.reveal").count() == 1


def test_without_a_key_nothing_is_kept_and_that_is_said(client, gullspang, settings):
    account = factories.opened(gullspang)
    settings.CREDENTIAL_KEYS = []

    page = sign_in(client, gullspang.officer).post(url(account, "edit"), FORM)

    assert "CREDENTIAL_KEYS" in page.content.decode()
    assert PASSWORD not in page.content.decode()
    assert not Credential.objects.exists()


def test_each_look_is_in_the_log_with_its_reason_among_the_personal_data(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    sign_in(client, gullspang.staff[0]).post(url(account, "reveal"), REASON)

    event = AuditEvent.objects.get(action="credential.reveal")
    personal = AuditPersonal.objects.get(event_id=event.pk)

    assert event.data == {}
    assert REASON["reason"] in personal.payload
    assert "tog fram inloggningsuppgifterna" in audit.sentence(event, personal)
    page = sign_in(client, gullspang.officer).get(url(account)).content.decode()
    assert gullspang.staff[0].name in page


def test_the_secret_is_nowhere_but_in_the_vault(client, gullspang, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    account = factories.opened(gullspang)
    sign_in(client, gullspang.officer)
    client.post(url(account, "edit"), FORM)
    client.post(url(account, "reveal"), REASON)
    client.post(url(account, "edit"), {**FORM, "name": ""})
    run_owed()
    notices.deliver()

    dumped = tmp_path / "allt.json"
    call_command("dumpdata", "governance", "accounts", "archive", "moderation", output=str(dumped), verbosity=0)
    pages = [
        client.get(page).content.decode()
        for page in ("/", "/logg/", "/inloggningar/", url(account), account.get_absolute_url())
    ]
    rows = [str(value) for model in (AuditEvent, AuditPersonal, Notice, Finding) for value in model.objects.values()]

    for word in TELLTALES:
        assert word not in caplog.text
        assert word not in dumped.read_text(encoding="utf-8")
        assert not [row for row in rows if word in row]
        assert not [page for page in pages if word in page]


def test_no_table_holds_the_secret_in_clear(gullspang):
    deposited(factories.opened(gullspang), gullspang.officer)
    found = []

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'select count(*) from "{table}" t where t::text ~ %s', ["|".join(map(re.escape, TELLTALES))]
            )
            found += [table] if cursor.fetchone()[0] else []

    assert found == []


def test_an_error_page_or_log_holds_nothing_of_what_was_typed(client, gullspang, caplog, monkeypatch, settings):
    account = factories.opened(gullspang)
    sign_in(client, gullspang.officer)
    client.raise_request_exception = False
    settings.ADMINS = [("Drift", "drift@kommun.example")]

    def broken(*args, **kwargs):
        raise RuntimeError("sönder")

    monkeypatch.setattr(vault, "_encrypt", broken)
    page = client.post(url(account, "edit"), FORM)

    assert page.status_code == 500
    assert not any(word in page.content.decode() + caplog.text for word in TELLTALES)


def test_djangos_own_report_of_an_error_hides_the_secret(gullspang, monkeypatch, rf):
    from django.views.debug import ExceptionReporter

    account = factories.opened(gullspang)
    monkeypatch.setattr(vault.os, "urandom", lambda size: 1 // 0)
    request = rf.post("/", FORM)
    request.user = gullspang.officer
    from accounts.views import credentials

    try:
        credentials.edit(request, account.pk)
    except ZeroDivisionError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        told = reporter.get_traceback_text() + reporter.get_traceback_html()

    assert not any(word in told for word in TELLTALES)


def test_no_command_tells_a_login(gullspang, capsys):
    deposited(factories.opened(gullspang), gullspang.officer)

    call_command("rotate_credential_keys")
    call_command("check")

    said = capsys.readouterr()
    assert not any(word in said.out + said.err for word in TELLTALES)


# --- A change that is due --------------------------------------------------------------------------------


def due(account) -> str:
    run_owed()
    return Credential.objects.get(account=account).change_due_reason


@pytest.mark.parametrize("way", ["vault", "reference"])
def test_a_change_is_due_when_somebody_who_shares_the_login_leaves(town, gullspang, way):
    place = gullspang if way == "vault" else town
    account = factories.opened(place)
    run_owed()
    PlatformAccess.objects.update(way="shared")
    deposited(account, place.officer) if way == "vault" else referred(account, place.officer)
    assert due(account) == ""

    people.deactivate(place.staff[0], by=place.officer)

    assert due(account) == "left"
    found = Finding.objects.get(rule="CRED-3", account_id=account.pk)
    assert place.officer in found.responsible.all()
    assert found.breached_at is not None


@pytest.mark.parametrize(
    ("policy", "clause", "basis"),
    [
        ("lidingo", "Lidingö, Så kommer du igång; tidsgränsen: Uppsikts grundinställning", "policy"),
        ("gullspang", "Uppsikts grundinställning", "default"),
        ("lekeberg", "Uppsikts grundinställning", "default"),
        ("norsjo", "Uppsikts grundinställning", "default"),
        ("valdemarsvik", "Uppsikts grundinställning", "default"),
    ],
)
def test_the_finding_says_whose_rule_it_is_that_the_login_changes(db, policy, clause, basis):
    place = factories.town(policy)
    account = factories.opened(place)
    run_owed()
    PlatformAccess.objects.update(way="shared")
    referred(account, place.officer)

    people.deactivate(place.staff[0], by=place.officer)
    run_owed()

    found = Finding.objects.get(rule="CRED-3", account_id=account.pk)
    assert (found.clause, found.basis, found.strength) == (clause, basis, "ska")


def test_a_change_is_due_when_somebody_who_has_been_shown_the_login_may_no_longer_see_it(gullspang):
    account = factories.opened(gullspang)
    run_owed()
    PlatformAccess.objects.update(way="own")
    second = person("communications_officer")
    credential = deposited(account, gullspang.officer)
    logins.reveal(credential, by=second, reason="x")
    assert due(account) == ""

    people.end_role(second.roles.get(), by=gullspang.officer)

    assert due(account) == "ended"


def test_whoever_only_has_a_role_of_their_own_makes_no_change_due(gullspang):
    account = factories.opened(gullspang)
    run_owed()
    PlatformAccess.objects.update(way="own")
    deposited(account, gullspang.officer)

    people.deactivate(gullspang.staff[0], by=gullspang.officer)

    assert due(account) == ""


def test_another_password_clears_what_was_due_and_ends_the_leavers_way_in(gullspang):
    account = factories.opened(gullspang)
    run_owed()
    PlatformAccess.objects.update(way="shared")
    deposited(account, gullspang.officer)
    people.deactivate(gullspang.staff[0], by=gullspang.officer)
    assert due(account) == "left"

    deposited(account, gullspang.officer, PASSWORD)
    assert due(account) == "left"
    deposited(account, gullspang.officer, "nytt-lösenord")

    assert due(account) == ""
    kept = Credential.objects.get()
    assert kept.changed_by == gullspang.officer
    assert PlatformAccess.objects.get(person=gullspang.staff[0]).ended_by == gullspang.officer
    keeping.refresh(account)
    assert due(account) == ""


def test_the_reference_way_says_by_a_button_that_it_is_changed(client, town):
    account = factories.opened(town)
    run_owed()
    PlatformAccess.objects.update(way="shared")
    referred(account, town.officer)
    people.deactivate(town.staff[0], by=town.officer)
    assert due(account) == "left"
    page = sign_in(client, town.officer).get(url(account)).content.decode()
    assert "Lösenordet ska bytas" in page

    client.post(url(account, "change"))

    assert due(account) == ""
    assert Credential.objects.get().changed_by == town.officer
    assert "Lösenordet ska bytas" not in client.get(url(account)).content.decode()


def test_the_vaults_way_is_changed_by_the_password_alone(client, gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    before = Credential.objects.get().changed_at

    page = sign_in(client, gullspang.officer).post(url(account, "change"), follow=True)

    assert "Skriv in det nya lösenordet i valvet." in page.content.decode()
    assert Credential.objects.get().changed_at == before


def test_a_look_that_all_is_well_is_kept_with_who_and_when(client, town):
    account = factories.opened(town)
    referred(account, town.officer)

    sign_in(client, town.staff[0]).post(url(account, "check"))

    assert Credential.objects.get().checked_by == town.staff[0]


def test_what_the_vault_held_is_thrown_away_when_the_login_lies_elsewhere(gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)

    referred(account, gullspang.officer)

    assert not Secret.objects.exists()


def test_a_login_left_in_the_vault_by_another_policy_is_found_until_it_is_moved(gullspang):
    account = factories.opened(gullspang)
    deposited(account, gullspang.officer)
    adopted("lekeberg")
    run_owed()

    assert "försvinner den ur valvet" in Finding.objects.get(rule="CRED-1", key="vault").text
    referred(account, gullspang.officer)
    run_owed()
    assert not Finding.objects.filter(rule="CRED-1", key="vault").exists()
    assert not Secret.objects.exists()


def test_a_login_that_is_not_handed_in_is_found(gullspang):
    account = factories.opened(gullspang)
    run_owed()

    found = Finding.objects.get(rule="CRED-1", account_id=account.pk)

    assert found.clause.startswith("Gullspång avsnitt 3; Gullspång Bilaga 1 punkt 5")
    assert found.key == "handed"
    deposited(account, gullspang.officer)
    run_owed()
    assert Finding.objects.get(rule="CRED-1", account_id=account.pk).key == "again"
