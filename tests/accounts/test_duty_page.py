"""The page of who has had which duty on an account: from when to when, by whose mission (R-PLAN-9)."""

import re
from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from accounts.organisation import history
from accounts.plans import amendment, drafts
from governance import people
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import Town
from tests.factories import UserFactory, person
from tests.login import sign_in

BEGUN, CHANGED = date(2026, 11, 16), date(2027, 2, 1)


def address(account) -> str:
    return reverse("accounts:duty-list", args=[account.pk])


def rows(client, account) -> list[str]:
    """What each row of the page says, as words."""
    text = client.get(address(account)).content.decode()
    body = re.search(r"<tbody>(.*?)</tbody>", text, flags=re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", body[1], flags=re.DOTALL) if body else []
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]


def next_version(town: Town, account, by, **people_of) -> None:
    """A version in which others have the duties, approved by this manager."""
    plan = drafts.save(amendment.begin(account, by=town.officer), by=town.officer, fields={}, people=people_of)
    plan = factories.signed(town, perform(plan, "submit", by=town.officer))
    factories.actions.approve_plan(plan, by=by, digest=factories.digest_of(plan))


def run_by(town: Town, name: str, count: int):
    """An open account that as many people answer for."""
    named = {"responsible": [(UserFactory(), "", "") for _number in range(count)]}
    plan = factories.written(town, factories.begun(town, name=name), people=named)
    plan = factories.approved(town, factories.submitted(town, plan))
    return factories.opened(town, plan, handle=f"konto{count}")


@pytest.fixture
def account(town, time_machine):
    """An account whose editor was another from a day on, under a manager who was new."""
    time_machine.move_to(f"{BEGUN} 10:00", tick=False)
    account = factories.opened(town)
    time_machine.move_to(f"{CHANGED} 10:00", tick=False)
    people.end_role(town.manager.roles.get(), by=town.officer)
    time_machine.move_to("2027-02-02 10:00", tick=False)
    new = person("manager", town.library, name="Nya chefen")
    editor = UserFactory(name="Ny redaktör")
    owner = account.duties.get(kind="page_owner").person
    next_version(town, account, new, page_owner=[(owner, "", "")], editor=[(editor, "", "")])
    return account


def test_who_went_on_through_several_versions_has_one_term_with_the_mission_it_began_with(town, account):
    [term] = [term for term in history.of(account) if term.kind == "page_owner"]

    assert (term.person, term.valid_from, term.valid_to) == (town.staff[0], BEGUN, None)
    assert term.mission_by == town.manager


def test_who_goes_on_stands_first_and_then_who_left_each_with_days_and_whose_mission_it_was(client, town, account):
    shown = rows(sign_in(client, town.officer), account)

    assert shown == [
        "Utsedd 0 Sidansvarig från 2026-11-16 Bibliotekschefen",
        "Ny redaktör Redaktör från 2027-02-02 Nya chefen",
        "Utsedd 0 Redaktör 2026-11-16 – 2027-02-02 Bibliotekschefen",
    ]


def test_who_came_back_has_a_term_of_each_time(town, account, time_machine):
    first = town.staff[0]
    time_machine.move_to("2027-05-03 10:00", tick=False)
    manager = town.library.roles.get(user__real_name="Nya chefen").user
    next_version(town, account, manager, page_owner=[(first, "", "")], editor=[(first, "", "")])

    terms = [term for term in history.of(account) if (term.person, term.kind) == (first, "editor")]

    assert [(term.valid_from, term.valid_to) for term in terms] == [
        (date(2027, 5, 3), None),
        (BEGUN, date(2027, 2, 2)),
    ]


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("manager", 200), ("auditor", 200), ("outsider", 404)])
def test_who_sees_the_account_sees_the_page(client, town, who, status):
    account = factories.opened(town)

    assert sign_in(client, getattr(town, who)).get(address(account)).status_code == status


def test_before_a_plan_is_in_force_nobody_has_had_a_duty(client, town):
    account = factories.submitted(town).account

    assert "Ingen har haft ansvar än" in sign_in(client, town.officer).get(address(account)).content.decode()


def test_the_page_asks_as_little_for_many_as_for_few(client, db, django_assert_max_num_queries):
    town = factories.town("norsjo")
    few, many = (run_by(town, f"Konto {count}", count) for count in (1, 16))
    sign_in(client, town.officer)
    with django_assert_max_num_queries(40) as asked:
        client.get(address(few))

    with assertNumQueries(len(asked)):
        shown = rows(client, many)

    assert len(shown) == 16
