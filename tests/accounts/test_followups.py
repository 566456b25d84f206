"""Who is told what, once, in Swedish, and nothing about other people."""

import pytest

from accounts import actions, followups
from governance import people
from governance.models import AuditEvent, FollowUp, Notice, RoleAssignment
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import FIVE, REASON, SAID, digest_of
from tests.factories import UserFactory
from tests.login import sign_in

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Do what the register owes, and answer who was told what since last time."""
    known = set(Notice.objects.values_list("pk", flat=True))
    for owed in FollowUp.objects.filter(subscriber="accounts.tell", state=FollowUp.State.OWED).order_by("event_id"):
        followups.tell(AuditEvent.objects.get(pk=owed.event_id))
        FollowUp.objects.filter(pk=owed.pk).update(state=FollowUp.State.DONE)
    new = Notice.objects.exclude(pk__in=known).order_by("user__sort_key", "pk").select_related("user")
    return [(notice.user.name, notice.subject) for notice in new]


def test_a_new_manager_is_told_of_each_plan_that_waits_and_is_told_once(gullspang):
    RoleAssignment.objects.filter(user=gullspang.manager).delete()
    plan = factories.signed(gullspang)
    told()
    new = UserFactory(name="Ny chef")

    people.give_role(new, role="manager", unit=gullspang.library, by=None)
    first = told()
    people.give_role(new, role="manager", unit=gullspang.department, by=None)

    assert first == [("Ny chef", "Godkänn planen för Biblioteket (Facebook)")]
    assert Notice.objects.get(user=new).url == f"/planer/{plan.pk}/godkann/"
    assert told() == []


def test_a_new_manager_is_not_told_of_a_plan_that_others_have_yet_to_sign(gullspang):
    factories.submitted(gullspang)
    told()

    people.give_role(UserFactory(), role="manager", unit=gullspang.library, by=None)

    assert told() == []


def test_each_signer_is_told_when_the_plan_is_submitted(gullspang):
    factories.submitted(gullspang)

    subject = "Underteckna planen för Biblioteket (Facebook)"
    assert told() == [("Utsedd 0", subject), ("Utsedd 1", subject)]


def test_the_manager_is_told_when_all_have_signed_and_not_before(gullspang):
    plan = factories.submitted(gullspang)
    told()
    actions.sign_plan(plan, by=gullspang.staff[0], digest=digest_of(plan))
    assert told() == []

    actions.sign_plan(plan, by=gullspang.staff[1], digest=digest_of(plan))

    assert told() == [("Bibliotekschefen", "Godkänn planen för Biblioteket (Facebook)")]


def test_where_nobody_signs_first_the_manager_is_told_at_once(town):
    factories.submitted(town)

    assert told() == [("Bibliotekschefen", "Godkänn planen för Biblioteket (Facebook)")]


def test_the_communications_officer_gets_a_copy_and_the_author_is_told(gullspang):
    plan = factories.signed(gullspang)
    told()

    actions.approve_plan(plan, by=gullspang.manager, digest=digest_of(plan))

    subject = "Planen för Biblioteket (Facebook) är godkänd"
    assert {("Förslagsställaren", subject), ("Kommunikatören", subject)} <= set(told())
    copy = Notice.objects.get(user=gullspang.officer, subject=subject)
    assert "din kopia" in copy.body
    assert copy.url == plan.get_absolute_url()


@pytest.mark.parametrize("key", FIVE)
def test_communications_is_told_of_address_and_responsible_person_under_every_policy(client, key):
    town = factories.town(key)
    plan = factories.signed(town)
    told()

    actions.approve_plan(plan, by=town.manager, digest=digest_of(plan))

    assert ("Kommunikatören", "Planen för Biblioteket (Facebook) är godkänd") in told()
    copy = Notice.objects.get(user=town.officer, subject__endswith="är godkänd")
    page = sign_in(client, town.officer).get(copy.url).content.decode()
    assert SAID["address_planned"] in page
    assert town.staff[0].name in page


@pytest.mark.parametrize(("verb", "by"), [("send_back", "manager"), ("decline", "named"), ("recall", "officer")])
def test_the_author_is_told_when_the_plan_comes_back(gullspang, verb, by):
    plan = factories.submitted(gullspang)
    told()
    user = {"manager": gullspang.manager, "named": gullspang.staff[0], "officer": gullspang.officer}[by]

    perform(plan, verb, by=user, reason="Anna Andersson vill inte")

    assert told() == [("Förslagsställaren", "Planen för Biblioteket (Facebook) behöver ändras")]
    assert "Anna" not in Notice.objects.latest("pk").body


def test_who_takes_the_plan_back_is_not_told_of_it(gullspang):
    plan = factories.submitted(gullspang)
    told()

    perform(plan, "recall", by=gullspang.proposer, reason=REASON)

    assert told() == []


def test_everyone_with_a_duty_is_told_that_the_account_is_open(gullspang):
    plan = factories.approved(gullspang)
    told()

    factories.opened(gullspang, plan)

    names = {name for name, subject in told() if subject == "Kontot Biblioteket (Facebook) är öppnat"}
    assert names == {"Utsedd 0", "Utsedd 1", "Utsedd 3"}


def test_a_new_round_of_signing_is_told_anew(gullspang):
    plan = factories.submitted(gullspang)
    told()
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)
    factories.submitted(gullspang, plan)

    assert len(told()) == 2


def test_an_event_that_is_handled_twice_tells_once(gullspang):
    factories.opened(gullspang)
    told()
    before = Notice.objects.count()

    for event in AuditEvent.objects.filter(action__in=followups._TELLERS):
        followups.tell(event)

    assert Notice.objects.count() == before


def test_a_plan_that_was_taken_back_meanwhile_asks_nobody_to_sign(gullspang):
    plan = factories.submitted(gullspang)
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)

    assert [subject for _name, subject in told() if subject.startswith("Underteckna")] == []


def test_no_notice_names_other_people(gullspang):
    factories.opened(gullspang)
    told()
    names = [user.name for user in (*gullspang.staff, gullspang.manager, gullspang.proposer)]

    for notice in Notice.objects.select_related("user"):
        assert not any(name in f"{notice.subject} {notice.body}" for name in names if name != notice.user.name)


def test_a_link_leads_only_where_the_reader_may_go(gullspang):
    factories.approved(gullspang)
    told()

    notice = Notice.objects.get(user=gullspang.proposer, subject__endswith="är godkänd")

    assert notice.url == "/"
