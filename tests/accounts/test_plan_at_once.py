"""Two people at the same instant, in real transactions: one wins, the other is told, and nothing is lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts import actions
from accounts.models import ActivityPlan
from accounts.plans import amendment, corrections, drafts
from governance.workflow import Refused, perform
from tests.accounts import factories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do each in a thread of its own, begun together; answer what each answered, or was refused with."""
    begin, answers = Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            begin.wait()
            answers[number] = act()
        except Refused as refused:
            answers[number] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refused(answers: list[object]) -> list[str]:
    return [str(answer) for answer in answers if isinstance(answer, Refused)]


@pytest.fixture
def gullspang() -> factories.Town:
    return factories.town("gullspang")


def test_of_two_who_save_the_same_draft_one_is_told_who_was_first(gullspang):
    plan = factories.begun(gullspang)

    def save(by, purpose):
        return lambda: drafts.save(plan, by=by, fields={"purpose": purpose}, people={}, revision=0)

    answers = at_once(save(gullspang.officer, "Hennes"), save(gullspang.proposer, "Hans"))

    plan.refresh_from_db()
    [told] = refused(answers)
    assert plan.revision == 1
    assert plan.purpose in ("Hennes", "Hans")
    assert str(plan.saved_by) in told


def test_what_is_sealed_is_either_with_or_without_what_is_saved_at_the_same_instant(gullspang):
    plan = factories.written(gullspang)

    answers = at_once(
        lambda: perform(plan, "submit", by=gullspang.officer),
        lambda: drafts.save(plan, by=gullspang.proposer, fields={"purpose": "Nytt syfte"}, people={}),
    )

    plan = ActivityPlan.objects.get(pk=plan.pk)
    assert plan.status == ActivityPlan.Status.SIGNING
    assert f'"purpose": "{plan.purpose}"' in plan.sealed.content
    assert refused(answers) == ([] if plan.purpose == "Nytt syfte" else refused(answers)[:1])


def test_of_two_who_submit_the_same_plan_one_is_told(gullspang):
    plan = factories.written(gullspang)

    answers = at_once(*[lambda: perform(plan, "submit", by=gullspang.officer)] * 2)

    assert len(refused(answers)) == 1
    assert plan.seals.count() == 1


def test_two_who_begin_the_next_version_get_the_same_one(gullspang):
    account = factories.opened(gullspang)

    answers = at_once(
        lambda: amendment.begin(account, by=gullspang.officer).pk,
        lambda: amendment.begin(account, by=gullspang.manager).pk,
    )

    assert answers[0] == answers[1]
    assert account.plans.count() == 2


def test_of_approving_and_rejecting_at_once_one_holds(gullspang):
    plan = factories.signed(gullspang)

    answers = at_once(
        lambda: actions.approve_plan(plan, by=gullspang.manager, digest=factories.digest_of(plan)),
        lambda: perform(plan, "reject", by=gullspang.manager, reason="Nej"),
    )

    assert len(refused(answers)) == 1
    assert ActivityPlan.objects.get(pk=plan.pk).status in ("approved", "rejected")


def test_of_two_corrections_published_at_once_one_comes_into_force(gullspang):
    plan = factories.corrected(gullspang)

    answers = at_once(*[lambda: corrections.publish(plan, by=gullspang.officer, reason="Stavning")] * 2)

    assert len(refused(answers)) == 1
    assert plan.account.plans.in_force().get() == plan
