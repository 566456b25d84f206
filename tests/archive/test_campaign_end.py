"""A campaign until its last account: how each ends, who answers, what happens to an account meanwhile, and the end."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import Account, Duty
from archive.models import Snapshot, SnapshotCampaign
from archive.rules import campaign_to_the_last_account, snapshot_in_every_period
from archive.snapshots import campaigns, completeness, runs
from governance import clock, followups, rules
from governance.models import AuditEvent, Finding, Notice
from governance.workflow import perform
from tests.archive.captures import close, in_state
from tests.archive.factories import FACTS, AccountFactory, SnapshotFactory
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
Status = Snapshot.Status


class TestEnds:
    """Each account ends with its picture, an upload, or a decision that none is needed."""

    def test_it_is_finished_when_every_account_has_ended_and_says_so_once(self, opened):
        registrar = person("registrar")
        first, second, third = opened.snapshots.order_by("pk")
        in_state(first, Status.DONE)
        in_state(second, Status.FAILED)
        perform(second, "replace", by=registrar, data={"files": 1})
        Snapshot.objects.filter(pk=second.pk).update(origin="uploaded")
        followups.run_owed()
        [going] = completeness.of([opened], registrar)
        assert (going.ended, going.is_finished, going.finished_at) == (2, False, None)
        assert not Notice.objects.filter(kind="campaign_finished").exists()

        perform(third, "waive", by=registrar, reason="Kontot öppnas först i november.")
        followups.run_owed()
        campaigns.follow(opened)

        [row] = completeness.of([opened], registrar)
        assert (row.done, row.uploaded, row.not_needed, row.percent, row.is_finished) == (2, 1, 1, 100, True)
        assert row.finished_at == Snapshot.objects.get(pk=third.pk).finished_at
        assert AuditEvent.objects.get(action="snapshotcampaign.finish").data == {"count": 3}
        notice = Notice.objects.get(kind="campaign_finished")
        assert (notice.user, notice.url) == (registrar, opened.get_absolute_url())

    def test_trying_an_account_again_opens_it_again_without_a_second_word(self, opened):
        registrar = person("registrar")
        for snapshot in opened.snapshots.order_by("pk"):
            perform(snapshot, "waive", by=registrar, reason="Behövs inte.")
        followups.run_owed()
        last = opened.snapshots.order_by("pk").last()

        perform(last, "retry", by=registrar)
        followups.run_owed()
        assert not completeness.of([opened], registrar)[0].is_finished
        in_state(last, Status.DONE)
        followups.run_owed()

        assert completeness.of([opened], registrar)[0].is_finished
        assert Notice.objects.filter(kind="campaign_finished").count() == 1

    def test_what_needs_no_picture_is_no_breach_and_what_was_only_called_off_is(self, opened):
        account = opened.snapshots.order_by("pk").first().account
        with time_machine.travel(datetime(2026, 10, 2, 12, tzinfo=UTC), tick=False):
            perform(account.snapshots.get(), "waive", by=person("registrar"), reason="Kontot är nytt.")

        [verdict] = snapshot_in_every_period(account, clock.now())

        assert clock.local(verdict.due_at).date() == date(2027, 4, 1)


class TestFinding:
    """An open campaign is somebody's to finish, and a breach when its time is over."""

    def test_it_is_the_registrars_with_the_clause_and_the_day(self, opened):
        registrar = person("registrar")
        person("communications_officer")

        [verdict] = campaign_to_the_last_account(opened, clock.now())

        assert (verdict.who, verdict.clause, verdict.basis) == ([registrar], "Lekeberg 7", "policy")
        assert "3 av 3 konton" in verdict.text
        assert verdict.url == opened.get_absolute_url()
        assert verdict.due_at == opened.opened_at + timedelta(days=1)
        assert clock.local(verdict.breached_at).date() == date(2027, 4, 1)

    def test_without_a_registrar_it_is_the_communications_officers(self, opened):
        [verdict] = campaign_to_the_last_account(opened, clock.now())

        assert {someone.roles.get().role for someone in verdict.who} == {"communications_officer"}

    def test_one_that_somebody_started_between_the_periods_breaks_no_promise(self, opened):
        extra = SnapshotCampaign.objects.create(
            period="2026-11",
            starts_on=date(2026, 11, 1),
            policy_version=opened.policy_version,
            opened_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        SnapshotFactory(campaign=extra)

        [verdict] = campaign_to_the_last_account(extra, clock.now())

        assert verdict.breached_at is None

    def test_it_goes_away_by_itself(self, opened):
        rules.evaluate(opened)
        assert Finding.objects.filter(rule="ARCH-1", subject_type="archive.snapshotcampaign").exists()

        for snapshot in opened.snapshots.all():
            in_state(snapshot, Status.DONE)
        followups.run_owed()

        assert not Finding.objects.filter(rule="ARCH-1", subject_type="archive.snapshotcampaign").exists()

    def test_a_page_to_look_at_is_the_responsible_persons(self, opened):
        account = opened.snapshots.order_by("pk").first().account
        owner = UserFactory()
        Duty.objects.create(account=account, person=owner, kind="page_owner", valid_from=date(2025, 1, 1))
        run = runs.claim(account.snapshots.get().pk)
        runs.question(run, FACTS, ["login_wall"], [])

        verdict = {each.key: each for each in snapshot_in_every_period(account, clock.now())}["attention"]

        assert (verdict.who, verdict.clause) == ([owner], "Lekeberg 7")
        assert verdict.url == account.snapshots.get().get_absolute_url()

    def test_a_failed_item_is_somebodys_beside_the_page(self, opened):
        account = opened.snapshots.order_by("pk").first().account
        in_state(account.snapshots.get(), Status.DONE)
        item = SnapshotFactory(account=account, failed=True, subject="item")

        keys = {each.key: each.url for each in snapshot_in_every_period(account, clock.now())}

        assert keys[f"failed-{item.pk}"] == item.get_absolute_url()
        assert "failed" not in keys


class TestMeanwhile:
    """What happens to an account while the campaign goes on is handled, and said."""

    def test_an_account_that_was_closed_needs_none_and_that_is_said(self, opened):
        waiting, failed, _third = opened.snapshots.order_by("pk")
        in_state(failed, Status.FAILED)
        for snapshot in (waiting, failed):
            close(snapshot.account)
            event = AuditEvent(action="account.close", account_id=snapshot.account_id)
            followups.subscribers["archive.closed_account"].handler(event)

        assert {each.status for each in opened.snapshots.order_by("pk")[:2]} == {"not_needed"}
        assert "avslutat" in AuditEvent.objects.filter(action="snapshot.lapse").first().data["why"]

    def test_one_that_is_closed_while_its_picture_is_taken_ends_with_the_run(self, opened):
        snapshot = opened.snapshots.order_by("pk").first()
        run = runs.claim(snapshot.pk)
        close(snapshot.account)
        campaigns.lapse(snapshot)
        runs.fail(run, "timeout", "", retry=False)

        followups.run_owed()

        snapshot.refresh_from_db()
        assert snapshot.status == Status.NOT_NEEDED

    def test_a_page_that_waits_to_be_looked_at_is_looked_at_though_the_account_was_closed(self, opened):
        snapshot = opened.snapshots.order_by("pk").first()
        runs.question(runs.claim(snapshot.pk), FACTS, ["blank"], [])
        close(snapshot.account)

        event = AuditEvent(action="account.close", account_id=snapshot.account_id)
        followups.subscribers["archive.closed_account"].handler(event)

        snapshot.refresh_from_db()
        assert snapshot.status == Status.ATTENTION

    @pytest.mark.parametrize(("status", "said"), [("paused", "Pausat"), ("lost", "Förlorat eller kapat")])
    def test_one_that_is_paused_or_lost_keeps_its_place_and_is_said_to_be(self, opened, signed_in, status, said):
        snapshot = opened.snapshots.order_by("pk").first()
        Account.objects.filter(pk=snapshot.account_id).update(status=status)

        page = signed_in(person("registrar")).get(opened.get_absolute_url()).content.decode()

        assert f"Kontots läge: {said}" in page
        assert runs.claim(snapshot.pk) is not None

    def test_one_that_was_opened_later_is_named_with_the_reason(self, opened, signed_in):
        late = AccountFactory(active=True, name="Nya badet", opened_at=datetime(2026, 10, 5, tzinfo=UTC))

        page = signed_in(person("registrar")).get(opened.get_absolute_url())

        assert page.context["outside"] == [late]
        assert "deras första bild togs när de öppnades" in page.content.decode()
