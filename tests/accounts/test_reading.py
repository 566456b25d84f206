"""Guidelines read and platform known (R-PLAN-8): asked where the policy demands it, of whoever runs an account."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Account, Duty
from accounts.signatures import reading
from governance import acknowledging, clock, followups, policies_in_force, rules
from governance.models import Acknowledgement, AuditEvent, Finding
from governance.policy.reader import shipped
from governance.workflow import Refused
from tests.accounts import factories
from tests.accounts.factories import FIVE
from tests.factories import UserFactory, person
from tests.login import sign_in

# What each policy demands: guidelines read, skill in the platform; with the clause.
DEMANDS = {
    "gullspang": ("", "Gullspång avsnitt 9"),
    "lekeberg": ("Lekeberg 5; Lekeberg 5.1", ""),
    "lidingo": ("", "Lidingö, Så uppträder du på sociala medier"),
    "norsjo": ("", ""),
    "valdemarsvik": ("", ""),
}


def findings(account: Account) -> list[Finding]:
    rules.evaluate(account)
    return list(Finding.objects.filter(rule="PLAN-8", subject_id=account.pk).order_by("pk"))


def skill_url(account: Account, user) -> str:
    duty = Duty.objects.in_force().filter(account=account, person=user).first()
    return reverse("accounts:duty-skill", args=[duty.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("key", FIVE)
def test_each_policy_asks_for_what_it_demands_with_its_clause_and_no_other_does(key):
    town = factories.town(key)
    account = factories.opened(town)

    found = findings(account)

    read, skill = DEMANDS[key]
    clauses = {each.key.split("-")[0]: each.clause for each in found}
    assert set(clauses) == {name for name, clause in (("read", read), ("skill", skill)) if clause}
    assert all(clauses[name].startswith(clause) for name, clause in (("read", read), ("skill", skill)) if clause)
    held = {duty.person_id for duty in Duty.objects.in_force().filter(account=account)}
    assert len(found) == (len(held) if found else 0)


def test_who_has_read_is_asked_no_more(town):
    account = factories.opened(town)
    people = [each.responsible.get() for each in findings(account)]

    acknowledging.acknowledge(town.policy, by=people[0])
    followups.run_owed()

    assert {each.responsible.get() for each in Finding.objects.filter(rule="PLAN-8")} == set(people[1:])


def test_it_is_late_after_ten_working_days(town):
    account = factories.opened(town)
    found = findings(account)[0]

    assert found.due_at < clock.now() < found.breached_at
    assert "grundinställning" in found.clause


def test_another_policy_is_read_anew_and_the_same_text_adopted_again_is_not(town):
    account = factories.opened(town)
    for each in findings(account):
        acknowledging.acknowledge(town.policy, by=each.responsible.get())
    assert findings(account) == []

    again = policies_in_force.adopt(policies_in_force.readopt(town.policy), by=town.officer, decision="§ 2")
    assert again.pk != town.policy.pk
    assert findings(account) == []
    policies_in_force.adopt(policies_in_force.load(shipped()["lidingo"]), by=town.officer, decision="§ 3")

    assert {each.key.split("-")[0] for each in findings(account)} == {"skill"}


def test_the_button_on_the_policys_page_and_on_the_start_page(town):
    factories.opened(town)
    reader = Duty.objects.in_force().of_plan().first().person
    client = sign_in(Client(), reader)
    url = reverse("governance:policy-acknowledge", args=[town.policy.pk])

    start, page = client.get("/"), client.get(town.policy.get_absolute_url())
    response = client.post(url, {"start": "1"})
    again = client.get("/")

    assert "Jag har läst riktlinjerna" in start.content.decode()
    assert "Jag har läst riktlinjerna" in page.content.decode()
    assert response["Location"] == "/"
    assert "Jag har läst riktlinjerna" not in again.content.decode()
    assert "Du har läst riktlinjerna." in client.get(town.policy.get_absolute_url()).content.decode()
    assert AuditEvent.objects.filter(action="policyversion.acknowledge").count() == 1


def test_saying_it_twice_is_saying_it_once(town):
    acknowledging.acknowledge(town.policy, by=town.manager)
    acknowledging.acknowledge(town.policy, by=town.manager)

    assert Acknowledgement.objects.count() == AuditEvent.objects.filter(action="policyversion.acknowledge").count() == 1


def test_only_the_policy_in_force_is_acknowledged(town):
    other = policies_in_force.load(shipped()["norsjo"])

    with pytest.raises(Refused):
        acknowledging.acknowledge(other, by=town.manager)
    response = sign_in(Client(), town.manager).post(reverse("governance:policy-acknowledge", args=[other.pk]))
    assert "Bara den policy som gäller" in " ".join(map(str, get_messages(response.wsgi_request)))


def test_it_is_a_post_and_for_those_who_see_the_policy(town):
    url = reverse("governance:policy-acknowledge", args=[town.policy.pk])

    assert sign_in(Client(), town.manager).get(url).status_code == 405
    assert sign_in(Client(), UserFactory()).post(url).status_code == 404


def test_an_acknowledgement_is_kept(town):
    acknowledging.acknowledge(town.policy, by=town.manager)

    for change in (Acknowledgement.objects.all().delete, lambda: Acknowledgement.objects.update(at=clock.now())):
        with pytest.raises(InternalError), transaction.atomic():
            change()


# --- Skill -----------------------------------------------------------------------------------------------
def test_the_manager_vouches_on_the_accounts_page(gullspang):
    account = factories.opened(gullspang)
    user = findings(account)[0]
    named = Duty.objects.in_force().filter(account=account, person_id=int(user.key.split("-")[1])).first().person
    client = sign_in(Client(), gullspang.manager)

    before = client.get(account.get_absolute_url()).content.decode()
    client.post(skill_url(account, named))
    after = client.get(account.get_absolute_url()).content.decode()

    assert "Inte bekräftat" in before
    assert "bekräftat av Bibliotekschefen" in after
    assert f"skill-{named.pk}" not in [each.key for each in findings(account)]
    duties = Duty.objects.in_force().filter(account=account, person=named)
    assert {(duty.skill_on, duty.skill_by) for duty in duties} == {(clock.today(), gullspang.manager)}


def test_what_was_confirmed_by_mistake_is_taken_back(gullspang):
    account = factories.opened(gullspang)
    named = gullspang.staff[0]
    duty = Duty.objects.in_force().filter(account=account, person=named).first()
    reading.confirm_skill(duty, by=gullspang.officer)

    sign_in(Client(), gullspang.officer).post(skill_url(account, named), {"withdraw": "1"})

    assert f"skill-{named.pk}" in [each.key for each in findings(account)]


def test_nobody_vouches_for_oneself(gullspang):
    plan = factories.begun(gullspang)
    people = factories.team(plan, [gullspang.officer, *gullspang.staff])
    account = factories.opened(
        gullspang,
        factories.approved(
            gullspang, factories.submitted(gullspang, factories.written(gullspang, plan, people=people))
        ),
    )

    response = sign_in(Client(), gullspang.officer).post(skill_url(account, gullspang.officer))

    assert "Någon annan bekräftar" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert not Duty.objects.filter(person=gullspang.officer).exclude(skill_on=None).exists()


@pytest.mark.parametrize(
    ("role", "status"), [("manager", 302), ("officer", 302), ("auditor", 403), ("outsider", 404), ("named", 403)]
)
def test_who_vouches(gullspang, role, status):
    account = factories.opened(gullspang)
    user = gullspang.staff[1] if role == "named" else getattr(gullspang, role)

    assert sign_in(Client(), user).post(skill_url(account, gullspang.staff[0])).status_code == status


def test_a_duty_that_has_ended_is_vouched_for_no_more(gullspang):
    account = factories.opened(gullspang)
    duty = Duty.objects.in_force().filter(account=account).of_plan().first()
    Duty.objects.filter(pk=duty.pk).update(valid_to=clock.today())

    with pytest.raises(Refused, match="gäller inte längre"):
        reading.confirm_skill(duty, by=gullspang.manager)


def test_the_panel_asks_as_many_questions_for_many_people_as_for_few(gullspang):
    version = gullspang.policy
    account = factories.opened(gullspang)
    said = reading.rules_of(account, version)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reading.people(account, version, said)
        return len(queries)

    few = asked()
    for _number in range(20):
        Duty.objects.create(account=account, person=UserFactory(), kind="operator", valid_from=clock.today())

    assert asked() == few


def test_who_came_later_is_given_as_much_time(town):
    account = factories.opened(town)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        new = person("employee")
        Duty.objects.create(account=account, person=new, kind="editor", valid_from=clock.today())

        found = next(each for each in findings(account) if each.key == f"read-{new.pk}")

        assert found.breached_at > clock.now()


def test_a_duty_of_an_earlier_policy_is_called_by_its_general_word(town):
    account = factories.opened(town)
    policies_in_force.adopt(policies_in_force.load(shipped()["gullspang"]), by=town.officer, decision="§ 2")

    page = sign_in(Client(), town.officer).get(account.get_absolute_url()).content.decode()

    assert "page_owner" not in page
    assert "Sidansvarig" in page
