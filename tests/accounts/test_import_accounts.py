"""Accounts that were there before: taken over with their duties, public and watched at once, and owing a plan."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import amendment
from archive.models import Snapshot
from governance import access, clock, followups, rules
from governance.models import AuditEvent, Finding, Notice, User
from governance.workflow import perform
from moderation.models import Round
from tests.accounts import factories
from tests.factories import UnitFactory, UserFactory, adopted, person
from tests.governance.imports import let_in, received, states, told

HEAD = ["Webbadress", "Kontots namn", "Enhet", "Syfte", "Sidansvarig", "Redaktör", "Öppnat"]
ADDRESS = "https://m.facebook.com/Biblioteket/?ref=share"


def row(**changed: str) -> list[str]:
    facts = dict(
        zip(
            HEAD, [ADDRESS, "Biblioteket", "Biblioteket", "Boktips", "anna@k.se", "bo@k.se, anna@k.se", ""], strict=True
        )
    )
    return list((facts | changed).values())


@pytest.fixture
def library(town):
    UserFactory(email="anna@k.se", name="Anna")
    UserFactory(email="bo@k.se", name="Bo")
    return town


def held(account: Account) -> set[tuple[str, str]]:
    return {(duty.kind, duty.person.email) for duty in Duty.objects.in_force().filter(account=account)}


def taken_over(town, **changed: str) -> Account:
    let_in("konton", [HEAD, row(**changed)], town.officer)
    return Account.objects.get()


def test_a_live_account_is_active_at_its_canonical_address_with_its_duties(library):
    account = taken_over(library, Öppnat="2019-05-01")

    assert (account.status, account.address, account.handle) == (
        "active",
        "https://www.facebook.com/biblioteket",
        "biblioteket",
    )
    assert (account.name, account.unit, account.public_about) == ("Biblioteket", library.library, "Boktips")
    assert clock.local(account.opened_at).date() == date(2019, 5, 1)
    assert held(account) == {("page_owner", "anna@k.se"), ("editor", "bo@k.se"), ("editor", "anna@k.se")}
    assert access.can(Duty.objects.get(kind="page_owner", plan=None).person, "watch", account)
    assert Account.objects.official().filter(pk=account.pk).exists()


def test_the_first_version_of_its_plan_is_begun_with_the_same_people(library):
    account = taken_over(library)

    plan = account.plans.get()
    assert (plan.status, plan.version, plan.purpose) == ("draft", 1, "Boktips")
    assert {(duty.kind, duty.person.email) for duty in plan.duties.all()} == held(account)
    assert not plan.duties.filter(valid_from__isnull=False).exists()


def test_it_is_captured_and_watched_at_once_and_nobody_is_mailed(library, mailoutbox):
    account = taken_over(library)
    followups.run_owed()

    assert Snapshot.objects.filter(account=account).exists()
    assert Round.objects.filter(account=account).exists()
    assert not mailoutbox
    assert not Notice.objects.filter(user__email="anna@k.se").exists()


def test_its_plan_is_owed_by_a_day_and_late_after_it(library, time_machine):
    account = taken_over(library)
    followups.run_owed()

    finding = Finding.objects.get(rule="PLAN-1", subject_type="accounts.account")
    assert account.plan_due_on == clock.today() + timedelta(days=90)
    assert finding.state(clock.now()) == Finding.State.DUE
    assert finding.state(clock.now() + timedelta(days=92)) == Finding.State.BREACHED
    assert {user.email for user in finding.responsible.all()} == {"anna@k.se", library.manager.email}
    assert finding.basis == "default"


def test_the_policy_may_say_how_long(db, tmp_path):
    said = (
        'inherited = "not stated"',
        'inherited = { plan_within_days = 30, clause = "Lekeberg 5", strength = "ska" }',
    )
    town = factories.town(policy=factories.policy_with(tmp_path, "lekeberg", said=said))

    account = taken_over(town, Sidansvarig="", Redaktör="")
    followups.run_owed()

    assert account.plan_due_on == clock.today() + timedelta(days=30)
    assert Finding.objects.get(rule="PLAN-1", subject_type="accounts.account").clause == "Lekeberg 5"


def test_the_finding_ends_when_the_plan_is_in_force(library):
    account = taken_over(library)
    plan = factories.written(library, account.plans.get(), people=factories.team(account.plans.get(), library.staff))
    factories.approved(library, perform(plan, "submit", by=library.officer))
    followups.run_owed()

    assert not Finding.objects.filter(rule="PLAN-1", subject_type="accounts.account").exists()
    assert held(account) == {
        (duty.kind, duty.person.email) for duty in account.plans.get().duties.select_related("person")
    }


def test_the_same_file_again_changes_nothing_and_doubles_nothing(library):
    taken_over(library)
    followups.run_owed()
    before = [list(model.objects.order_by("pk").values()) for model in (Account, Duty, ActivityPlan)]

    file = let_in("konton", [HEAD, row(Webbadress="facebook.com/biblioteket")], library.officer)

    assert [list(model.objects.order_by("pk").values()) for model in (Account, Duty, ActivityPlan)] == before
    assert file.counts["same"] == 1


def test_another_file_corrects_what_it_says_and_nothing_else(library):
    account = taken_over(library)

    file = received("konton", [HEAD, row(Syfte="Sagor", Redaktör="bo@k.se", **{"Kontots namn": ""})], library.officer)
    assert states(file) == ["changed"]
    let_in("konton", [HEAD, row(Syfte="Sagor", Redaktör="bo@k.se", **{"Kontots namn": ""})], library.officer)

    account.refresh_from_db()
    assert (account.name, account.public_about) == ("Biblioteket", "Sagor")
    assert held(account) == {("page_owner", "anna@k.se"), ("editor", "bo@k.se")}
    assert {(duty.kind, duty.person.email) for duty in account.plans.get().duties.all()} == held(account)


def test_who_has_a_duty_is_the_plans_to_say_once_it_is_approved(library):
    account = factories.opened(library)

    file = received("konton", [HEAD, row(Webbadress=account.address, Syfte="", Redaktör="")], library.officer)

    assert states(file) == ["error"]
    assert "Ändra vem som har ansvaret i planen" in told(file)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"Webbadress": ""}, "Skriv kontots adress"),
        ({"Webbadress": "https://www.facebook.com/biblioteket/posts/1"}, "länk till ett inlägg"),
        ({"Webbadress": "@biblioteket"}, "vilken plattform"),
        ({"Webbadress": "inte en adress"}, "plattform"),
        ({"Webbadress": "https://"}, "ingen adress"),
        ({"Kontots namn": ""}, "Skriv kontots namn"),
        ({"Kontots namn": "x" * 121}, "120"),
        ({"Enhet": ""}, "vilken enhet"),
        ({"Enhet": "Slottet"}, "”Slottet” finns inte"),
        ({"Sidansvarig": "okand@k.se"}, "Ingen i Uppsikt har adressen okand@k.se"),
        ({"Sidansvarig": "Anna"}, "ingen e-postadress"),
        ({"Redaktör": "borta@k.se"}, "avslutad"),
        ({"Öppnat": "2099-01-01"}, "framåt i tiden"),
        ({"Öppnat": "i våras"}, "inget datum"),
        ({"Syfte": "x" * 1001}, "1000"),
    ],
)
def test_what_is_wrong_is_said_at_its_row_and_column(library, changed, said):
    UserFactory(email="borta@k.se", is_active=False)

    file = received("konton", [HEAD, row(**changed)], library.officer)

    assert states(file) == ["error"], told(file)
    assert said in told(file)


def test_the_same_account_twice_in_a_file_is_wrong_the_second_time(library):
    file = received("konton", [HEAD, row(), row(Webbadress="facebook.com/BIBLIOTEKET")], library.officer)

    assert states(file) == ["new", "error"]
    assert "rad 2" in told(file)


def test_a_name_is_enough_where_the_platform_stands_beside_it(library):
    rows = [
        ["Webbadress", "Kontots namn", "Enhet", "Plattform"],
        ["@biblioteket", "Biblioteket", "Biblioteket", "instagram"],
    ]

    let_in("konton", rows, library.officer)

    assert Account.objects.get().address == "https://www.instagram.com/biblioteket"


def test_a_locked_account_needs_its_reason_and_keeps_it(library):
    head = [*HEAD[:3], "Vem kan se kontot", "Skäl till att kontot inte är öppet", "Vilka ett låst konto är till för"]
    without, complete = [*row()[:3], "Låst", "", ""], [*row()[:3], "låst", "Barn", "Vårdnadshavare"]

    assert "Skriv varför" in told(received("konton", [head, without], library.officer))
    let_in("konton", [head, complete], library.officer)

    account = Account.objects.get()
    assert (account.visibility, account.visibility_reason, account.audience) == ("locked", "Barn", "Vårdnadshavare")


def test_an_account_that_is_lost_is_not_taken_over_again(library):
    account = taken_over(library)
    Account.objects.filter(pk=account.pk).update(status="lost")

    assert "inte i bruk" in told(received("konton", [HEAD, row()], library.officer))


def test_a_move_to_another_unit_is_a_decision_and_no_correction(library):
    taken_over(library)
    UnitFactory(name="Skolan")

    assert "omorganisation" in told(received("konton", [HEAD, row(Enhet="Skolan")], library.officer))


def test_the_duties_of_the_policy_are_the_columns_of_the_template(db, client):
    adopted("gullspang")
    client.force_login(person("communications_officer"))

    page = client.get(reverse("governance:import-new", args=["konton"])).content.decode()

    assert "Administratör" in page


def test_taking_over_is_in_the_log_with_its_address(library):
    taken_over(library)

    event = AuditEvent.objects.get(action="account.inherit")
    assert (event.actor_id, event.data["address"]) == (library.officer.pk, "https://www.facebook.com/biblioteket")


def test_the_number_of_questions_does_not_grow_with_the_file(library, django_assert_max_num_queries):
    rows = [row(Webbadress=f"https://www.facebook.com/konto{number}") for number in range(200)]

    with django_assert_max_num_queries(35):
        received("konton", [HEAD, rows[0]], library.officer)
    with django_assert_max_num_queries(35):
        file = received("konton", [HEAD, *rows], library.officer)

    assert set(states(file)) == {"new"}


def test_nothing_is_late_from_before_the_day_it_was_taken_over(library):
    account = taken_over(library, Öppnat="2019-05-01")

    rules.evaluate_all()

    late = Finding.objects.filter(account_id=account.pk, breached_at__lt=clock.now() - timedelta(days=1))
    assert list(late.values_list("text", flat=True)) == []


def test_each_person_stands_once_on_its_page(library, client):
    account = taken_over(library, Öppnat="2019-05-01")
    client.force_login(library.officer)

    page = client.get(account.get_absolute_url()).content.decode()

    assert "När planen godkänns" not in page
    assert "Infört i Uppsikt" in page


def test_whoever_was_taken_over_has_the_mission_of_the_one_who_approves_the_plan(library):
    account = taken_over(library)
    anna, bo = (User.objects.get(email=f"{name}@k.se") for name in ("anna", "bo"))
    people = {"page_owner": [(anna, "", "")], "editor": [(bo, "", ""), (anna, "", "")]}
    plan = factories.written(library, account.plans.get(), people=people)

    factories.approved(library, perform(plan, "submit", by=library.officer))

    assert {duty.mission_by for duty in Duty.objects.in_force().filter(account=account)} == {library.manager}


def test_a_draft_that_was_withdrawn_is_begun_again_from_what_is_known(library):
    account = taken_over(library)
    perform(account.plans.get(), "withdraw", by=library.officer, reason="Prövar")

    plan = amendment.begin(account, by=library.officer)

    assert (plan.purpose, plan.address_planned) == ("Boktips", account.address)
    assert {(duty.kind, duty.person.email) for duty in plan.duties.select_related("person")} == held(account)
