"""Two people at the same instant: one wins, the other is told, and nothing is lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts import actions
from accounts.life import changes
from accounts.models import ActivityPlan, PrintedPlan, Signature
from accounts.organisation import reorganising
from accounts.signatures import paper_signing, printing, signing
from governance import clock, pdf
from governance.models import AuditEvent
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, digest_of
from tests.accounts.papers import PDF, entry, scanned
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)

DRAFT, SIGNING, APPROVED = ActivityPlan.Status.DRAFT, ActivityPlan.Status.SIGNING, ActivityPlan.Status.APPROVED


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of them at the same instant, each with a connection of its own; answer what each was told, "" if done."""
    start, told = Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait(10)
        try:
            act()
        except Refused as refused:
            told[number] = str(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


def sign(plan, user, digest):
    return lambda: actions.sign_plan(ActivityPlan.objects.get(pk=plan.pk), by=user, digest=digest)


def step(plan, name, user):
    return lambda: perform(ActivityPlan.objects.get(pk=plan.pk), name, by=user, reason=REASON)


@pytest.fixture
def gullspang(transactional_db):
    return factories.town("gullspang")


def test_two_signers_at_once_both_sign(gullspang):
    plan = factories.submitted(gullspang)
    digest = digest_of(plan)

    told = at_once(*(sign(plan, user, digest) for user in gullspang.staff[:2]))

    assert told == ["", ""]
    assert not signing.waiting(ActivityPlan.objects.get(pk=plan.pk))


def test_one_person_who_signs_twice_at_once_has_signed_once(gullspang):
    plan = factories.submitted(gullspang)
    digest = digest_of(plan)

    told = at_once(*(sign(plan, gullspang.staff[0], digest) for _number in range(3)))

    assert sorted(told)[0] == ""
    assert ["ingen plats" in each for each in sorted(told)[1:]] == [True, True]
    assert Signature.objects.count() == 1


def test_signing_while_it_is_recalled_one_wins_and_the_other_is_told(gullspang):
    plan = factories.submitted(gullspang)
    digest = digest_of(plan)

    signed, recalled = at_once(sign(plan, gullspang.staff[0], digest), step(plan, "recall", gullspang.proposer))

    plan = ActivityPlan.objects.get(pk=plan.pk)
    assert (plan.status, recalled) == (DRAFT, "")
    # Either the signature came first and stands in the round that was, or it was refused.
    assert Signature.objects.count() == (0 if signed else 1)
    assert not signed or "ligger inte för underskrift" in signed


def test_approving_while_a_signature_is_taken_back(gullspang):
    plan = factories.signed(gullspang)
    digest = digest_of(plan)

    def approve():
        actions.approve_plan(ActivityPlan.objects.get(pk=plan.pk), by=gullspang.manager, digest=digest)

    approved, withdrawn = at_once(approve, step(plan, "withdraw_signature", gullspang.staff[0]))

    plan = ActivityPlan.objects.get(pk=plan.pk)
    assert sorted([bool(approved), bool(withdrawn)]) == [False, True]
    assert plan.status == (DRAFT if approved else APPROVED)


def test_two_who_approve_at_once(gullspang):
    plan = factories.signed(gullspang)
    digest = digest_of(plan)

    def approve():
        actions.approve_plan(ActivityPlan.objects.get(pk=plan.pk), by=gullspang.manager, digest=digest)

    told = at_once(approve, approve)

    assert sorted(map(bool, told)) == [False, True]
    assert Signature.objects.filter(capacity_kind="manager").count() == 1
    assert AuditEvent.objects.filter(action="activityplan.approve").count() == 1


def test_signing_here_while_it_is_written_in_from_a_paper(gullspang):
    plan = factories.submitted(gullspang)
    digest, scan, place = digest_of(plan), scanned(plan, gullspang), signing.waiting(plan)[0]

    def write_in():
        paper_signing.enter(plan, by=gullspang.officer, digest=digest, scan=scan, entries=[entry(place)])

    told = at_once(sign(plan, place.user, digest), write_in)

    assert sorted(map(bool, told)) == [False, True]
    assert Signature.objects.count() == 1


def test_two_who_ask_for_the_pdf_at_once_get_the_same_one(gullspang, monkeypatch):
    plan = factories.approved(gullspang)
    made: list[int] = []

    def render(*args, **kwargs):
        made.append(1)
        return PDF + str(len(made)).encode()

    monkeypatch.setattr(pdf, "render", render)

    told = at_once(*(lambda: printing.kept(plan) for _number in range(3)))

    assert told == ["", "", ""]
    assert (len(made), PrintedPlan.objects.count()) == (1, 1)


def test_an_account_that_is_changed_or_moved_while_its_plan_is_submitted_waits_and_is_told(gullspang):
    plan = factories.written(gullspang)
    account, other = plan.account, UnitFactory(name="Museet")
    facts = changes.facts(account)

    def rename() -> object:
        return changes.edit(account, by=gullspang.officer, typed=facts | {"name": "Annat"}, shown=facts, stood=facts)

    def move() -> object:
        said = {"decision": "KS 7", "day": clock.today(), "note": ""}
        return reorganising.decide([account], to=other, by=gullspang.officer, **said)

    submitted, renamed, moved = at_once(step(plan, "submit", gullspang.officer), rename, move)

    account.refresh_from_db()
    plan.refresh_from_db()
    assert (submitted, moved) == ("", "")
    assert account.unit == other
    assert renamed == "" or "ligger för underskrift" in renamed
    assert account.name == ("Annat" if renamed == "" else facts["name"])
    assert plan.status == SIGNING or plan.seals.exists()
