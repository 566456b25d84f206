"""One decision moves many accounts to another unit; what was made before stays where it was made (R-PLAN-11)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from accounts.models import Account, ActivityPlan, Move, Reorganisation
from accounts.organisation import confirmations, reorganising
from governance import access, clock, people
from governance.models import AuditEvent
from governance.workflow import Refused
from tests.accounts import factories
from tests.factories import AuthorityFactory, UnitFactory, UserFactory, person

Status = ActivityPlan.Status


@pytest.fixture
def culture(town):
    """The unit to which the accounts go, with a manager, under another authority."""
    unit = UnitFactory(name="Kulturhuset", authority=AuthorityFactory(name="Kulturnämnden"))
    person("manager", unit, name="Kulturhuschefen")
    return unit


def said(to, **changed) -> dict:
    return {"to": to.pk, "decision": "KS 2026 § 7", "day": clock.today().isoformat(), "note": "Ny nämnd", **changed}


def decide(client, **data):
    """Look at what the decision means, then take it."""
    url = reverse("accounts:reorganisation-new")
    preview = client.post(url, data)
    mark = preview.context.get("mark", "")
    return preview, client.post(url, {**data, "looked_at": mark, "confirm": "1"}, follow=True)


def test_a_whole_unit_is_moved_after_a_preview_by_one_decision_with_one_event_and_one_for_each(client, town, culture):
    first = factories.opened(town)
    second = factories.begun(town, name="Filialen").account
    client.force_login(town.officer)

    preview, done = decide(client, **said(culture, from_unit=town.library.pk))

    text = preview.content.decode()
    assert "2 konton flyttas till Kulturhuset" in text
    assert "Kulturhuschefen" in text
    assert "Ny myndighet: Kulturnämnden" in text
    accounts = Account.objects.filter(pk__in=[first.pk, second.pk])
    assert {(account.unit, account.authority) for account in accounts} == {(culture, culture.authority)}
    assert AuditEvent.objects.filter(action="reorganisation.decide").count() == 1
    assert AuditEvent.objects.filter(action="account.move").count() == 2
    made = Reorganisation.objects.get()
    assert (made.decision, made.note, made.by, made.unit) == ("KS 2026 § 7", "Ny nämnd", town.officer, culture)
    shown = done.content.decode()
    for words in ("KS 2026 § 7", "Ny nämnd", "Biblioteket (Facebook)", "Filialen (Facebook)"):
        assert words in shown


def test_the_preview_moves_nothing_and_the_decision_holds_for_what_was_looked_at(client, town, culture):
    account = factories.opened(town)
    client.force_login(town.officer)
    data = said(culture, accounts=[account.pk])

    client.post(reverse("accounts:reorganisation-new"), data)
    client.post(reverse("accounts:reorganisation-new"), {**data, "confirm": "1", "looked_at": "något annat"})

    assert not Move.objects.exists()


def test_a_plan_in_force_stays_where_it_was_made_and_the_new_manager_reads_it_and_confirms(town, culture, time_machine):
    account = factories.opened(town)
    time_machine.move_to(clock.now() + timedelta(days=3), tick=False)
    reorganising.decide([account], to=culture, decision="§ 7", day=clock.today(), note="", by=town.officer)
    account.refresh_from_db()

    plan = account.plans.get()
    assert (plan.status, plan.unit) == (Status.APPROVED, town.library)
    manager = culture.roles.get().user
    assert access.can(manager, "see_plan", plan)
    assert [each.manager for each in confirmations.new_managers(account)] == [manager]
    time_machine.shift(timedelta(days=1))
    confirmations.confirm(account, by=manager)
    assert confirmations.new_managers(account) == []


def test_a_plan_before_its_signers_is_taken_back_with_the_reason_and_goes_along(client, town, culture):
    plan = factories.submitted(town)
    client.force_login(town.officer)

    preview, _done = decide(client, **said(culture, accounts=[plan.account.pk]))

    assert "Planen som väntar på underskrift tas tillbaka" in preview.content.decode()
    plan.refresh_from_db()
    assert (plan.status, plan.unit) == (Status.DRAFT, culture)
    event = AuditEvent.objects.get(action="activityplan.recall")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert event.object_id == plan.pk
    assert "Kontot flyttas till Kulturhuset genom beslutet KS 2026 § 7" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decision": ""}, "Ange beslutet."),
        ({"to": ""}, "Välj den nya enheten."),
        ({"day": ""}, "Ange beslutets dag."),
        ({"day": "2999-01-01"}, "Dagen har inte varit än"),
        ({"from_unit": ""}, "Välj minst ett konto"),
    ],
)
def test_what_is_missing_is_said_in_the_form(client, town, culture, changed, words):
    factories.opened(town)
    client.force_login(town.officer)

    page = client.post(reverse("accounts:reorganisation-new"), {**said(culture, from_unit=town.library.pk), **changed})

    assert words in page.content.decode()
    assert "Det här händer" not in page.content.decode()


def test_a_unit_that_has_ended_and_accounts_that_are_there_already_are_refused(town, culture):
    account = factories.opened(town)
    facts = {"decision": "§ 7", "day": clock.today(), "note": "", "by": town.officer}
    with pytest.raises(Refused, match="behöver flyttas"):
        reorganising.decide([account], to=town.library, **facts)
    culture.valid_to, culture.successor = clock.today() - timedelta(days=1), town.library
    culture.save()

    with pytest.raises(Refused, match="avslutad"):
        reorganising.decide([account], to=culture, **facts)


def test_only_communications_for_the_whole_municipality_reorganise(client, town, culture):
    made = reorganising.decide(
        [factories.opened(town)], to=culture, decision="§ 7", day=clock.today(), note="", by=town.officer
    )
    pages = [
        reverse("accounts:reorganisation-list"),
        reverse("accounts:reorganisation-new"),
        made.get_absolute_url(),
    ]
    people.give_role(town.outsider, role="communications_officer", unit=town.department, by=None)

    for user in (town.manager, town.auditor, town.outsider, person("system_administrator"), UserFactory()):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {403}, user
    client.force_login(town.officer)
    assert {client.get(page).status_code for page in pages} == {200}


def test_nothing_of_a_decision_is_changed_afterwards(town, culture):
    made = reorganising.decide(
        [factories.opened(town)], to=culture, decision="§ 7", day=clock.today(), note="", by=town.officer
    )

    with pytest.raises(Exception, match="Cannot update"):
        Reorganisation.objects.filter(pk=made.pk).update(decision="Annat")


def test_the_list_and_a_decision_ask_as_little_for_many_as_for_few(client, town, django_assert_max_num_queries):
    client.force_login(town.officer)
    list_url = reverse("accounts:reorganisation-list")

    def decided(number: int, accounts: int) -> Reorganisation:
        moving = [factories.begun(town, name=f"Konto {number}-{each}").account for each in range(accounts)]
        return reorganising.decide(
            moving, to=UnitFactory(), decision=f"§ {number}", day=clock.today(), note="", by=town.officer
        )

    one = decided(0, 1)
    with django_assert_max_num_queries(40) as few:
        client.get(list_url)
    with django_assert_max_num_queries(40) as few_moves:
        client.get(one.get_absolute_url())
    for number in range(1, 8):
        many = decided(number, 4)

    with assertNumQueries(len(few)):
        page = client.get(list_url)
    with assertNumQueries(len(few_moves)):
        client.get(many.get_absolute_url())
    assert page.context["page"].paginator.count == 8
