"""What the archive does by itself: the first picture of an account, and the signed plan as a record."""

import hashlib
import json

import pytest

from accounts import demo as accounts_demo
from accounts.models import Account, ActivityPlan, SealedPlan
from archive import demo, integrity, store
from archive.followups import keep_signed_plan, order_first_snapshot
from archive.models import Record, Snapshot
from governance import followups
from governance.demo import organisation
from governance.models import AuditEvent, FollowUp
from tests.archive.factories import AccountFactory, SnapshotFactory
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality(request):
    """The demo of a municipality, with everything done that is owed to what happened there."""
    organisation.load(getattr(request, "param", "lekeberg"))
    accounts_demo.load()
    followups.run_owed()
    assert not FollowUp.objects.exclude(state="done").filter(subscriber__startswith="archive.").exists()


@pytest.mark.parametrize("municipality", ["lekeberg", "gullspang"], indirect=True)
def test_what_happens_to_accounts_and_plans_is_followed_in_the_archive_once(municipality):
    every_open_account_has_its_first_picture_ordered_by_who_opened_it()
    every_approved_plan_is_a_record_with_its_paper_and_exactly_what_was_signed()
    what_is_owed_twice_is_done_once()


def every_open_account_has_its_first_picture_ordered_by_who_opened_it():
    for account in Account.objects.running():
        [snapshot] = account.snapshots.all()
        opened = AuditEvent.objects.get(action__in=["account.open", "account.inherit"], object_id=account.pk)
        assert (snapshot.occasion, snapshot.requested_by_id) == ("opening", opened.actor_id)
    assert Snapshot.objects.count() == Account.objects.running().count() > 0


def every_approved_plan_is_a_record_with_its_paper_and_exactly_what_was_signed():
    plans = ActivityPlan.objects.filter(status="approved")
    for plan in plans:
        record = Record.objects.get(kind="plan", source_id=plan.pk)
        files = {file.name: file for file in record.files.all()}
        with store.read(files["innehall.json"]) as content:
            signed = content.read()
        with store.read(files["underskrifter.json"]) as content:
            signatures = json.load(content)
        sealed = SealedPlan.objects.get(plan=plan)
        assert hashlib.sha256(signed).hexdigest() == sealed.digest == record.facts["signed_sha256"]
        assert len(signatures) == sealed.signatures.count() > 0
        assert {signature["sha256"] for signature in signatures} == {sealed.digest}
        assert files["aktivitetsplan.pdf"].media_type == "application/pdf"
        assert (record.unit, record.account, record.authority) == (plan.unit, plan.account, plan.unit.authority)
        assert list(integrity.problems(record)) == []
    assert Record.objects.filter(kind="plan").count() == plans.count() > 0


def what_is_owed_twice_is_done_once():
    records, snapshots = Record.objects.count(), Snapshot.objects.count()

    for event in AuditEvent.objects.filter(action="activityplan.approve"):
        keep_signed_plan(event)
    for event in AuditEvent.objects.filter(action="account.open"):
        order_first_snapshot(event)

    assert (Record.objects.count(), Snapshot.objects.count()) == (records, snapshots)


def test_the_demo_has_an_account_that_ended_with_a_picture_and_is_ended_once(municipality):
    demo.load()
    demo.load()

    closed = Account.objects.get(status="closed")
    assert closed.snapshots.filter(closing__isnull=False, status="done", origin="uploaded").count() == 1
    assert not closed.duties.filter(valid_to=None).exists()


def test_the_demo_orders_a_first_picture_where_there_is_none_and_only_there():
    officer = person("communications_officer")
    with_one, without = SnapshotFactory().account, AccountFactory(active=True)
    AccountFactory()

    demo.load()
    demo.load()

    assert Snapshot.objects.exclude(account=with_one).get().account == without
    assert without.snapshots.get().requested_by == officer
