"""Following snapshots and campaigns on their pages, and on pages that are not the archive's."""

import pytest
from django.urls import reverse

from archive.models import Record, Snapshot, SnapshotCampaign
from archive.snapshots import runs
from tests.archive.factories import AccountFactory, SnapshotFactory, holder, kept
from tests.factories import adopted, person

pytestmark = pytest.mark.django_db


class TestSnapshots:
    """Following a snapshot."""

    @pytest.fixture
    def officer(self, unit):
        """Somebody who may order snapshots of the unit's accounts."""
        return person("communications_officer", unit)

    def test_ordering_leads_to_its_page(self, signed_in, unit, officer):
        account = AccountFactory(active=True, unit=unit)

        page = signed_in(officer).post(reverse("archive:snapshot-order", args=[account.pk]), follow=True)

        snapshot = Snapshot.objects.get()
        assert page.request["PATH_INFO"] == snapshot.get_absolute_url()
        assert "Ögonblicksbilden är beställd" in page.content.decode()
        assert snapshot.requested_by == officer

    def test_ordering_again_leads_to_the_one_on_its_way(self, signed_in, unit, officer):
        snapshot = SnapshotFactory(account__unit=unit)

        page = signed_in(officer).post(reverse("archive:snapshot-order", args=[snapshot.account.pk]), follow=True)

        assert page.request["PATH_INFO"] == snapshot.get_absolute_url()
        assert "redan på väg" in page.content.decode()

    def test_an_account_that_is_not_open_is_refused_in_words(self, signed_in, unit, officer):
        account = AccountFactory(unit=unit)

        page = signed_in(officer).post(reverse("archive:snapshot-order", args=[account.pk]), follow=True)

        assert "Kontot är inte öppnat" in page.content.decode()

    def test_progress_is_asked_for_until_it_ends(self, signed_in, unit, officer):
        run = runs.claim(SnapshotFactory(account__unit=unit).pk)
        run.tell(42, "scroll")
        client, address = signed_in(officer), reverse("archive:snapshot-progress", args=[run.snapshot.pk])

        going = client.get(address)
        runs.fail(run, "timeout", "", retry=False)
        over = client.get(address, headers={"HX-Request": "true"})

        assert 'hx-trigger="every 2s"' in going.content.decode()
        assert "42 %" in going.content.decode()
        assert "Läser in bilder och inlägg" in going.content.decode()
        assert "hx-trigger" not in over.content.decode()
        assert "HX-Refresh" not in over

    def test_the_page_itself_is_shown_anew_at_the_end(self, signed_in, unit, officer):
        snapshot = SnapshotFactory(failed=True, account__unit=unit)
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{snapshot.get_absolute_url()}"}

        answer = signed_in(officer).get(reverse("archive:snapshot-progress", args=[snapshot.pk]), headers=headers)

        assert answer["HX-Refresh"] == "true"

    def test_without_javascript_the_page_is_read_anew_by_itself_while_something_happens(self, signed_in, unit, officer):
        waiting, failed = SnapshotFactory(account__unit=unit), SnapshotFactory(failed=True, account__unit=unit)
        client = signed_in(officer)

        assert 'http-equiv="refresh"' in client.get(waiting.get_absolute_url()).content.decode()
        assert 'http-equiv="refresh"' not in client.get(failed.get_absolute_url()).content.decode()

    def test_a_failure_says_why_and_what_to_do(self, signed_in, unit, officer):
        snapshot = SnapshotFactory(failed=True, account__unit=unit)
        client = signed_in(officer)

        page = client.get(snapshot.get_absolute_url()).content.decode()
        rows = client.get(reverse("archive:snapshot-list")).content.decode()

        for shown in (page, rows):
            assert "Sidan blev inte klar i tid." in shown
            assert "Försök igen" in shown

    def test_trying_again_is_one_press(self, signed_in, unit, officer, rung, django_capture_on_commit_callbacks):
        snapshot = SnapshotFactory(failed=True, account__unit=unit)
        address = reverse("governance:step-perform", args=["archive.snapshot", snapshot.pk, "retry"])

        with django_capture_on_commit_callbacks(execute=True):
            signed_in(officer).post(address)

        snapshot.refresh_from_db()
        assert snapshot.status == "ordered"
        assert snapshot.pk in rung

    def test_the_list_is_narrowed_by_state_and_campaign(self, signed_in, campaign, unit, officer):
        SnapshotFactory(failed=True, account__unit=unit)
        client = signed_in(officer)

        def count(**query) -> int:
            return client.get(reverse("archive:snapshot-list"), query).context["page"].paginator.count

        assert count() == 2
        assert count(lage="oavslutad") == 1
        assert count(lage="failed") == 1
        assert count(omgang=campaign.pk) == 1
        assert count(q="finns inte") == 0

    def test_the_number_of_queries_does_not_grow_with_the_list(self, signed_in, django_assert_max_num_queries):
        client = signed_in(person("registrar"))
        SnapshotFactory.create_batch(3, failed=True)
        with django_assert_max_num_queries(40) as few:
            client.get(reverse("archive:snapshot-list"))
        SnapshotFactory.create_batch(12, failed=True)
        for snapshot in SnapshotFactory.create_batch(10, done=True):
            kept(snapshot)

        with django_assert_max_num_queries(len(few) + 1):  # the records of those that are done
            client.get(reverse("archive:snapshot-list"))


class TestCampaigns:
    """Following a campaign to its last account."""

    def test_its_numbers_lead_to_the_rows_they_count(self, signed_in, campaign):
        client = signed_in(person("registrar"))
        page = client.get(campaign.get_absolute_url())

        url = page.context["row"].urls["waiting"]
        assert url.replace("&", "&amp;") in page.content.decode()
        assert client.get(url).context["page"].paginator.count == page.context["row"].waiting == 1

    def test_starting_by_hand_leads_to_the_campaign(self, signed_in):
        adopted("lekeberg")
        AccountFactory(active=True)

        page = signed_in(person("communications_officer")).post(reverse("archive:campaign-start"), follow=True)

        campaign = SnapshotCampaign.objects.get()
        assert page.request["PATH_INFO"] == campaign.get_absolute_url()
        assert "är startad" in page.content.decode()

    def test_what_cannot_be_started_is_said_in_words(self, signed_in):
        page = signed_in(person("communications_officer")).post(reverse("archive:campaign-start"), follow=True)

        assert "Ingen policy är antagen än" in page.content.decode()

    def test_only_those_who_may_start_one_see_the_button(self, signed_in):
        url = reverse("archive:campaign-start")

        assert url in signed_in(person("communications_officer")).get(reverse("archive:campaign-list")).content.decode()
        assert url not in signed_in(person("registrar")).get(reverse("archive:campaign-list")).content.decode()

    def test_the_number_of_queries_does_not_grow_with_the_lists(
        self, signed_in, campaign, django_assert_max_num_queries
    ):
        client = signed_in(person("registrar"))
        SnapshotFactory.create_batch(2, campaign=campaign)
        with django_assert_max_num_queries(45) as few:
            client.get(campaign.get_absolute_url())
        SnapshotFactory.create_batch(20, campaign=campaign)

        with django_assert_max_num_queries(len(few)):
            client.get(campaign.get_absolute_url())


class TestElsewhere:
    """What the archive shows on pages that are not its own."""

    def test_snapshots_under_way_stand_on_the_start_page(self, signed_in, unit):
        SnapshotFactory(account__unit=unit, account__name="Biblioteket")

        page = signed_in(person("manager", unit)).get(reverse("governance:start-show")).content.decode()

        assert "Ögonblicksbilder på väg" in page
        assert "Biblioteket" in page

    def test_an_accounts_page_shows_its_pictures_and_the_button(self, signed_in, record, unit):
        page = signed_in(person("communications_officer", unit)).get(record.account.get_absolute_url()).content.decode()

        assert reverse("archive:snapshot-order", args=[record.account.pk]) in page
        assert record.get_absolute_url() in page

    def test_an_accounts_page_hides_the_pictures_from_who_may_not_see_them(self, signed_in, record):
        page = signed_in(holder(record, "editor")).get(record.account.get_absolute_url()).content.decode()

        assert reverse("archive:snapshot-order", args=[record.account.pk]) not in page
        assert record.get_absolute_url() not in page

    def test_every_record_of_this_test_is_reachable_by_its_own_address(self, record):
        assert Record.objects.get(pk=record.pk).get_absolute_url() == f"/arkiv/{record.pk}/"
