"""Every running account is confirmed once a year, and by each new manager; one button, on its page or in a list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from accounts.models import Account, Confirmation
from accounts.organisation import confirmations
from governance import clock, people, rules
from governance.models import AuditEvent, Finding
from governance.rules import evaluate
from tests.accounts import factories
from tests.factories import UserFactory, person

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
State = Finding.State


@pytest.fixture
def monday(time_machine):
    """A moment that stands still."""
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def account(town, monday):
    """An account that was opened now."""
    return factories.opened(town)


def found(account: Account, name: str) -> list[Finding]:
    evaluate(account)
    subject = {"subject_type": account._meta.label_lower, "subject_id": account.pk}
    return list(Finding.objects.filter(rule=name, **subject))


def owner(account: Account):
    return account.duties.get(kind="page_owner").person


def address(account: Account) -> str:
    return reverse("accounts:account-confirm", args=[account.pk])


def test_an_account_is_to_be_confirmed_a_year_after_it_was_opened_as_the_products_own_rule(town, account, monday):
    [finding] = found(account, "CONFIRM-1")

    assert finding.state(clock.now()) == State.OK
    assert finding.due_at == MONDAY + timedelta(days=365)
    assert (finding.clause, finding.basis) == ("Uppsikts grundinställning", "default")


def test_whoever_runs_it_is_asked_first_and_the_manager_when_it_is_late(town, account, monday):
    monday.shift(timedelta(days=366))
    [finding] = found(account, "CONFIRM-1")
    assert finding.state(clock.now()) == State.DUE
    assert set(finding.responsible.all()) == {owner(account)}

    monday.shift(timedelta(days=60))
    [finding] = found(account, "CONFIRM-1")
    assert finding.state(clock.now()) == State.BREACHED
    assert set(finding.responsible.all()) == {owner(account), town.manager}


def test_one_button_on_the_accounts_page_confirms_it_for_another_year(client, town, account, monday):
    monday.shift(timedelta(days=400))
    rules.evaluate(account)
    client.force_login(owner(account))
    assert "Det är dags att se över kontot" in client.get(account.get_absolute_url()).content.decode()

    page = client.post(address(account), {"note": "Ny beskrivning"}, follow=True).content.decode()

    confirmation = Confirmation.objects.get()
    assert (confirmation.by, confirmation.kind, confirmation.note) == (owner(account), "yearly", "Ny beskrivning")
    assert confirmation.unit == account.unit
    assert "Ny beskrivning" in page
    assert found(account, "CONFIRM-1")[0].due_at == clock.now() + timedelta(days=365)
    assert AuditEvent.objects.filter(action="account.confirm", account_id=account.pk).exists()


def test_the_button_is_for_those_who_answer_for_the_account(client, town, account):
    expected = {owner(account): 302, town.manager: 302, town.officer: 302, town.auditor: 403, town.outsider: 404}

    for user, status in expected.items():
        client.force_login(user)
        assert client.post(address(account)).status_code == status, user
    assert client.get(address(account)).status_code == 405


def test_only_an_account_that_is_run_is_confirmed(client, town):
    plan = factories.approved(town)
    client.force_login(town.manager)

    client.post(address(plan.account))

    assert not Confirmation.objects.exists()


def test_a_new_manager_confirms_and_the_one_who_approved_does_not(client, town, account, monday):
    assert found(account, "PLAN-11") == []
    monday.shift(timedelta(days=30))
    new = UserFactory(name="Ny Chef")
    people.give_role(new, role="manager", unit=town.library, by=town.officer)

    [finding] = found(account, "PLAN-11")
    assert set(finding.responsible.all()) == {new}
    assert finding.state(clock.now()) == State.DUE
    client.force_login(new)
    assert "Du är ny chef för kontot" in client.get(account.get_absolute_url()).content.decode()
    client.post(address(account))

    assert Confirmation.objects.get().kind == "manager"
    assert found(account, "PLAN-11") == []


def test_a_manager_of_the_same_day_is_new_only_when_the_role_was_given_after_the_approval(town, account):
    people.give_role(UserFactory(), role="manager", unit=town.library, by=town.officer)

    assert confirmations.new_managers(account) == []  # the clock stands still: not after


def test_a_manager_further_up_and_a_stand_in_confirm_nothing(town, account, monday):
    monday.shift(timedelta(days=30))
    people.give_role(UserFactory(), role="manager", unit=town.department, by=town.officer)

    assert found(account, "PLAN-11") == []


def test_the_list_holds_what_waits_for_me_with_a_button_each(client, town, account, monday):
    monday.shift(timedelta(days=400))
    rules.evaluate(account)
    client.force_login(owner(account))
    url = reverse("accounts:confirmation-list")

    assert address(account) in client.get(url).content.decode()
    assert "konto väntar på att du bekräftar" in client.get(reverse("governance:start-show")).content.decode()
    page = client.post(address(account), {"tillbaka": "lista"}, follow=True)
    assert page.request["PATH_INFO"] == url
    rules.evaluate(account)
    assert "Inget väntar på dig" in client.get(url).content.decode()


def test_the_list_asks_as_little_for_many_as_for_few(client, town, monday, django_assert_max_num_queries):
    for number in range(5):
        plan = factories.written(town, factories.begun(town, name=f"Konto {number}"))
        factories.opened(town, factories.approved(town, factories.submitted(town, plan)), handle=f"konto{number}")
    monday.shift(timedelta(days=430))
    accounts = list(Account.objects.all())
    rules.evaluate(accounts[0])
    client.force_login(person("employee"))
    client.force_login(town.manager)
    url = reverse("accounts:confirmation-list")
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for account in accounts:
        rules.evaluate(account)

    with assertNumQueries(len(few)):
        assert client.get(url).content.decode().count("Ja, det stämmer") == 5
