"""A campaign's list for the registrar: who answers, narrowed, sorted, taken along, and tried again in one press."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Duty
from archive.models import Snapshot
from archive.snapshots import completeness, following
from governance import clock
from governance.workflow import perform
from tests.archive.captures import close, in_state
from tests.archive.factories import SnapshotFactory, read
from tests.factories import UserFactory, adopted, person

pytestmark = pytest.mark.django_db
Status = Snapshot.Status


class TestTheList:
    """The registrar's list: who answers, narrowed, sorted and taken along."""

    def test_each_row_says_who_answers(self, opened, signed_in):
        account = opened.snapshots.order_by("pk").first().account
        owner = UserFactory(name="Siv Ägare")
        Duty.objects.create(account=account, person=owner, kind="page_owner", valid_from=date(2025, 1, 1))

        page = signed_in(person("registrar")).get(opened.get_absolute_url())

        who = {row.snapshot.account: row.who for row in page.context["rows"]}
        assert who[account] == [owner]
        assert "Siv Ägare" in page.content.decode()
        assert "Sidansvarig" in page.content.decode()
        assert "Lekeberg 7" in page.content.decode()

    def test_it_is_narrowed_and_sorted(self, opened, signed_in):
        failed, done, _waiting = opened.snapshots.order_by("pk")
        in_state(failed, Status.FAILED)
        in_state(done, Status.DONE)
        client = signed_in(person("registrar"))

        def shown(**query) -> list[Snapshot]:
            return [row.snapshot for row in client.get(opened.get_absolute_url(), query).context["rows"]]

        assert shown(lage="atgard") == shown(lage="failed") == [failed]
        assert shown(lage="oavslutad", q="finns inte") == []
        assert shown(enhet=done.unit.pk) == [done]
        assert shown(plattform=done.account.platform.pk, ordning="-konto") == list(reversed(shown(ordning="konto")))
        assert len(shown()) == 3

    def test_it_is_taken_along_with_how_each_ended_why_and_who_answers(self, opened, signed_in):
        registrar = person("registrar")
        first, second, _third = opened.snapshots.order_by("account__sort_key", "pk")
        in_state(first, Status.FAILED)
        perform(second, "waive", by=registrar, reason="Kontot är nytt.")
        Duty.objects.create(
            account=first.account, person=UserFactory(name="Siv"), kind="page_owner", valid_from=date(2025, 1, 1)
        )
        client = signed_in(registrar)

        book = load_workbook(io.BytesIO(read(client.get(opened.get_absolute_url(), {"format": "xlsx"})).whole))
        text = read(client.get(opened.get_absolute_url(), {"format": "csv", "lage": "failed"})).whole.decode(
            "utf-8-sig"
        )

        heading, *rows = book.active.iter_rows(values_only=True)
        table = [dict(zip(heading, row, strict=True)) for row in rows]
        assert [row["Läge"] for row in table] == ["Misslyckades", "Behövs inte", "Väntar"]
        assert table[0]["Anmärkning eller skäl"] == "Sidan blev inte klar i tid."
        assert table[0]["Svarar för bilden"] == "Siv"
        assert "Kontot är nytt." in table[1]["Anmärkning eller skäl"]
        assert text.count("\r\n") == 2

    def test_its_reader_sees_only_what_he_or_she_may(self, opened, signed_in):
        mine = opened.snapshots.order_by("pk").first()
        client = signed_in(person("registrar", mine.unit))

        page = client.get(opened.get_absolute_url())
        text = read(client.get(opened.get_absolute_url(), {"format": "csv"})).whole.decode()

        assert [row.snapshot for row in page.context["rows"]] == [mine]
        assert text.count("\r\n") == 2

    def test_the_number_of_queries_does_not_grow(self, opened, signed_in, django_assert_max_num_queries):
        client = signed_in(person("registrar"))
        first = opened.snapshots.order_by("pk").first()
        perform(first, "waive", by=person("registrar"), reason="Nytt.")
        with django_assert_max_num_queries(70) as few:
            client.get(opened.get_absolute_url())
        for snapshot in SnapshotFactory.create_batch(15, campaign=opened):
            Duty.objects.create(
                account=snapshot.account, person=UserFactory(), kind="page_owner", valid_from=date(2025, 1, 1)
            )
            if snapshot.pk % 2:
                perform(snapshot, "waive", by=person("registrar"), reason="Nytt.")

        with django_assert_max_num_queries(len(few)):
            client.get(opened.get_absolute_url())

    def test_all_that_failed_is_tried_again_in_one_press(self, opened, signed_in):
        failed, cancelled, _waiting = opened.snapshots.order_by("pk")
        in_state(failed, Status.FAILED)
        perform(cancelled, "cancel", by=person("registrar"))
        close(cancelled.account)

        page = signed_in(person("registrar")).post(reverse("archive:campaign-retry", args=[opened.pk]), follow=True)

        states = [each.status for each in opened.snapshots.order_by("pk")]
        assert states == ["ordered", "cancelled", "ordered"]
        assert "1 nytt försök är beställt." in page.content.decode()
        assert "1 konto gick inte att försöka igen med" in page.content.decode()

    @pytest.mark.parametrize(("role", "answer"), [("registrar", 302), ("manager", 302), ("auditor", 403)])
    def test_who_may_try_again(self, opened, signed_in, role, answer):
        address = reverse("archive:campaign-retry", args=[opened.pk])

        assert signed_in(person(role)).post(address).status_code == answer
        assert signed_in(person(role)).get(address).status_code == 405

    def test_the_remaining_time_is_judged_by_the_busiest_website(self, opened, settings):
        settings.CAPTURE_WORKERS = 2
        now = clock.now()
        SnapshotFactory(done=True, started_at=now - timedelta(seconds=30), finished_at=now)
        assert completeness.time_left(opened) == timedelta(seconds=90)
        Snapshot.objects.filter(campaign=opened).update(host="")

        assert completeness.time_left(opened) == timedelta(seconds=60)


@pytest.mark.parametrize(
    ("key", "word"),
    [("lekeberg", "sidansvarig"), ("lidingo", "kommunikationsenheten"), ("valdemarsvik", "webmaster")],
)
def test_whom_the_policy_names_is_said_in_its_own_word(key, word):
    version = adopted(key)

    answers = following.who_answers()

    assert answers.word == version.policy.word(version.policy.rule("snapshot").responsible.who)
    assert word in answers.word.lower()


@pytest.mark.parametrize("key", ["gullspang", "norsjo"])
def test_a_policy_that_names_nobody_is_given_no_word(key):
    adopted(key)

    assert following.who_answers() is None
