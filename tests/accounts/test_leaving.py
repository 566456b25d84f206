"""When somebody leaves, all that he or she held is on one page, taken over there, and a finding until it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts import actions, duties
from accounts.models import Account, ActivityPlan, Duty
from accounts.plans import amendment
from governance import clock, holdings, people, rules
from governance.models import Finding, RoleAssignment, User
from governance.tasks import let_leavers_go
from tests.accounts import factories
from tests.factories import RoleFactory, UserFactory, person

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
Status = ActivityPlan.Status


@pytest.fixture
def monday(time_machine):
    """A moment that stands still."""
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def account(town):
    """An account that is run under a plan, by one who owns the page and another who edits it."""
    plan = factories.begun(town)
    named = factories.team(plan, town.staff)
    named["editor"] = [(town.staff[1], "", "")]
    return factories.opened(
        town, factories.approved(town, factories.submitted(town, factories.written(town, plan, people=named)))
    )


def holder(account: Account, kind: str = "editor") -> User:
    return Duty.objects.in_force().filter(account=account, kind=kind).first().person


def found(obj, name: str = "LEAVE-1") -> list[Finding]:
    rules.evaluate(obj)
    subject = {"subject_type": obj._meta.label_lower, "subject_id": obj.pk}
    return list(Finding.objects.filter(rule=name, **subject).order_by("key"))


def address(user: User) -> str:
    return reverse("accounts:leaving-show", args=[user.pk])


def named(user: User) -> str:
    return f"{user.name} ({user.email})"


def choose(client, leaver: User, **to: str):
    """Post the page with a successor (or "ingen") for the kinds of duty and roles that are named."""
    data = {}
    for duty in Duty.objects.filter(person=leaver, valid_to=None, valid_from__isnull=False):
        if duty.kind in to:
            data |= _line(f"duty-{duty.pk}", to[duty.kind])
    for role in leaver.roles.all():
        if role.role in to:
            data |= _line(f"role-{role.pk}", to[role.role])
    return client.post(address(leaver), data, follow=True)


def _line(name: str, who: str) -> dict[str, str]:
    return {f"{name}-nobody": "on"} if who == "ingen" else {f"{name}-to": who}


def test_the_page_lists_everything_a_person_holds(client, town, account):
    leaver = holder(account)
    RoleFactory(user=leaver, role="registrar", unit=town.library)
    draft = factories.begun(town, name="Ungdomens hus")
    ActivityPlan.objects.filter(pk=draft.pk).update(drafted_by=leaver)
    other = factories.written(town, factories.begun(town, name="Museet"))
    Duty.objects.filter(plan=other, kind="editor").update(person=leaver)
    client.force_login(town.officer)

    text = client.get(address(leaver)).content.decode()

    for said in ("Redaktör på Biblioteket", "Namngiven som Redaktör: Museet", "Skriver på planen för Ungdomens hus"):
        assert said in text
    assert "Registrator, Biblioteket" in text


def test_a_plan_that_only_the_leaver_may_approve_is_listed(town):
    factories.signed(town)
    for role in (town.head, town.director):
        people.deactivate(role, by=None)

    labels = [row.label for row in holdings.of(town.manager)]

    assert "Ska godkänna planen för Biblioteket (Facebook)" in labels


def test_the_page_is_for_those_who_keep_the_organisation_or_write_the_plans(client, town, account):
    leaver = holder(account)
    expected = {
        town.officer: 200,
        person("system_administrator"): 200,
        town.manager: 200,
        town.outsider: 403,
        town.auditor: 403,
        leaver: 403,
    }

    for user, status in expected.items():
        client.force_login(user)
        assert client.get(address(leaver)).status_code == status, user
    client.force_login(town.officer)
    assert client.get(reverse("accounts:leaving-show", args=[0])).status_code == 404


def test_the_system_administrator_sees_how_many_but_not_which_accounts(client, town, account):
    leaver = holder(account)
    client.force_login(person("system_administrator"))

    for url in (address(leaver), reverse("governance:person-show", args=[leaver.pk])):
        text = client.get(url).content.decode()
        assert "på ett konto som du inte ser" in text or "på konton som du inte ser" in text
        assert "Biblioteket (Facebook)" not in text


def test_a_manager_hands_over_duties_and_no_roles(client, town, account):
    leaver = holder(account)
    RoleFactory(user=leaver, role="registrar", unit=town.library)
    client.force_login(town.manager)

    choose(client, leaver, registrar="ingen", editor="ingen")

    assert leaver.roles.get().valid_to is None


def test_a_successor_is_named_in_a_new_version_that_is_submitted_and_the_old_one_stays_in_force(client, town, account):
    leaver, successor = holder(account), UserFactory(name="Ny Redaktör")
    client.force_login(town.officer)

    page = choose(client, leaver, editor=named(successor)).content.decode()

    new = account.plans.get(version=2)
    assert new.status == Status.SIGNING
    assert [duty.person for duty in new.duties.filter(kind="editor")] == [successor]
    assert amendment.who_signs(new) == {successor.pk}
    assert amendment.in_force(account).version == 1
    assert "1 ny version av en plan är lämnad för underskrift" in page
    plan = factories.signed(town, new)
    actions.approve_plan(plan, by=town.manager, digest=factories.digest_of(plan))
    assert {duty.person for duty in Duty.objects.in_force().filter(account=account, kind="editor")} == {successor}


def test_where_too_few_are_left_the_new_version_stays_a_draft_and_says_why(client, town, account):
    leaver = holder(account)
    client.force_login(town.officer)

    page = choose(client, leaver, editor="ingen").content.decode()

    assert account.plans.get(version=2).status == Status.DRAFT
    assert "Minst 1 person behövs som redaktör" in page


def test_a_draft_that_somebody_else_is_writing_gets_the_names_and_is_not_submitted(client, town, account):
    leaver, successor = holder(account), UserFactory()
    draft = amendment.begin(account, by=town.manager)
    client.force_login(town.officer)

    page = choose(client, leaver, editor=named(successor)).content.decode()

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.duties.get(kind="editor").person == successor
    assert "Någon skriver redan på en ny version" in page


def test_a_version_before_its_signers_is_taken_back_and_submitted_anew(client, town, account):
    first, second = holder(account), holder(account, "page_owner")
    client.force_login(town.officer)
    choose(client, first, editor=named(UserFactory()))

    choose(client, second, page_owner=named(UserFactory()))

    plan = account.plans.get(version=2)
    assert (plan.status, plan.seals.count()) == (Status.SIGNING, 2)
    assert not plan.duties.filter(person__in=[first, second]).exists()


def test_an_inherited_duty_without_a_plan_goes_over_at_once(client, town, account):
    leaver, successor = UserFactory(), UserFactory()
    account.duties.update(valid_to=clock.today())
    Duty.objects.create(account=account, person=leaver, kind="editor", valid_from=clock.today())
    duties.project(account)
    client.force_login(town.officer)

    choose(client, leaver, editor=named(successor))

    assert [duty.person for duty in Duty.objects.in_force().filter(account=account)] == [successor]
    assert duties.differences() == (set(), set())


def test_a_role_goes_to_the_successor_without_secrecy_and_ends_for_the_leaver(client, town):
    leaver, successor = UserFactory(), UserFactory()
    RoleFactory(user=leaver, role="registrar", unit=town.library, secrecy=True)
    client.force_login(town.officer)

    choose(client, leaver, registrar=named(successor))

    given = successor.roles.get()
    assert (given.role, given.unit, given.secrecy) == ("registrar", town.library, False)
    assert leaver.roles.get().valid_to < clock.today()


def test_what_is_wrong_is_said_and_nothing_is_handed_over(client, town, account):
    leaver, other = holder(account), UserFactory()
    Duty.objects.create(account=account, person=other, kind="editor", valid_from=clock.today())
    client.force_login(town.officer)
    duty = Duty.objects.in_force().get(account=account, kind="editor", person=leaver)
    both = {f"duty-{duty.pk}-to": named(UserFactory()), f"duty-{duty.pk}-nobody": "on"}

    assert "inte båda" in client.post(address(leaver), both).content.decode()
    assert "har redan det ansvaret" in choose(client, leaver, editor=named(other)).content.decode()
    assert "Välj efterträdare på minst en rad" in client.post(address(leaver), {}).content.decode()
    assert account.plans.count() == 1


class TestFindings:
    """Findings name who must act until each thing is taken over."""

    def test_a_duty_of_somebody_who_has_left_waits_for_the_manager(self, town, account, monday):
        leaver = holder(account)
        people.deactivate(leaver, by=None)

        [finding] = found(account)

        assert finding.text == f"Biblioteket (Facebook): {leaver} har slutat men står kvar som redaktör. " + (
            "Utse en efterträdare."
        )
        assert (finding.basis, finding.url) == ("default", address(leaver))
        assert finding.breached_at == clock.now()
        assert set(finding.responsible.all()) == {town.manager}
        monday.shift(timedelta(days=2))
        assert found(account)[0].breached_at == MONDAY

    def test_it_says_when_only_the_approval_is_left_and_is_gone_when_that_is_given(self, client, town, account):
        leaver, successor = holder(account), UserFactory()
        people.deactivate(leaver, by=None)
        client.force_login(town.officer)
        choose(client, leaver, editor=named(successor))
        plan = account.plans.get(version=2)

        [finding] = found(account)
        assert "den nya planen utan" in finding.text
        assert finding.url == plan.get_absolute_url()

        plan = factories.signed(town, plan)
        actions.approve_plan(plan, by=town.manager, digest=factories.digest_of(plan))
        assert found(account) == []
        assert holdings.of(leaver) == []

    def test_a_coming_last_day_is_to_be_done_a_month_before_and_late_the_day_after(self, town, account, monday):
        leaver = holder(account)
        last = clock.today() + timedelta(days=60)
        people.correct(leaver, by=town.officer, leaves_on=last)

        [finding] = found(account)

        assert clock.local(finding.due_at).date() == last - timedelta(days=30)
        assert clock.local(finding.breached_at).date() == last + timedelta(days=1)

    def test_a_role_of_somebody_who_has_left_waits_for_those_who_keep_the_organisation(self, town):
        people.deactivate(town.manager, by=None)

        [finding] = found(town.library)

        assert "Bibliotekschefen har slutat men står kvar som närmaste chef, Biblioteket." in finding.text
        assert town.officer in finding.responsible.all()
        people.end_role(town.manager.roles.get(), by=None)
        assert found(town.library) == []

    def test_a_closed_or_withdrawn_account_asks_for_nobody(self, town):
        plan = factories.withdrawn(town)

        assert found(plan.account) == []


def test_whoever_has_a_last_day_is_let_go_the_day_after_by_itself(db, town, monday):
    today = clock.today()
    gone = UserFactory(leaves_on=today - timedelta(days=1))
    stays = UserFactory(leaves_on=today)

    let_leavers_go()
    let_leavers_go()

    assert not User.objects.get(pk=gone.pk).is_active
    assert User.objects.get(pk=stays.pk).is_active


def test_the_last_one_who_keeps_the_organisation_is_not_let_go_by_itself(db, monday):
    last = person("communications_officer", leaves_on=clock.today() - timedelta(days=1))

    let_leavers_go()

    assert User.objects.get(pk=last.pk).is_active


def test_nobody_hands_over_to_nobody_the_last_lasting_role_that_keeps_the_organisation(client, town):
    role = town.officer.roles.get(role="communications_officer")
    RoleAssignment.objects.giving("manage_organisation").exclude(pk=role.pk).delete()
    until = clock.today() + timedelta(days=30)
    client.force_login(RoleFactory(role="system_administrator", valid_to=until).user)

    response = choose(client, town.officer, communications_officer="ingen")

    role.refresh_from_db()
    assert "sköter ingen längre enheter" in response.content.decode()
    assert role.valid_to is None
