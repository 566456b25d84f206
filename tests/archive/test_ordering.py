"""Asking for snapshots: with an occasion, of one item, of a whole unit; and calling off what waits."""

import pytest
from django.urls import reverse

from accounts.models import Account
from archive.models import Snapshot
from archive.snapshots import actions
from archive.snapshots.snapshot_forms import OrderForm
from governance import access
from governance.models import AuditEvent, AuditPersonal
from governance.workflow import Refused, perform
from tests.archive.factories import AccountFactory, SnapshotFactory
from tests.factories import UnitFactory, adopted, person

pytestmark = pytest.mark.django_db
LINK = "http://torget.example/biblioteket/inlagg/7"


@pytest.fixture
def account(unit) -> Account:
    """An open account of the unit."""
    return AccountFactory(active=True, unit=unit, name="Biblioteket", address="http://torget.example/biblioteket")


@pytest.fixture
def officer(unit):
    """Somebody who may order snapshots of the unit's accounts."""
    return person("communications_officer", unit)


@pytest.fixture
def post(signed_in, officer, account):
    """Answer a function that sends the account's form."""

    def send(**said):
        address = reverse("archive:snapshot-order", args=[account.pk])
        return signed_in(officer).post(address, {"subject": "page", "occasion": "request", **said}, follow=True)

    return send


class TestTheForm:
    """Ordering on the account's page."""

    def test_an_order_has_its_occasion(self, post, officer):
        post(occasion="change")

        snapshot = Snapshot.objects.get()
        assert (snapshot.occasion, snapshot.subject, snapshot.requested_by) == ("change", "page", officer)
        assert snapshot.host == "torget.example"

    def test_an_item_is_ordered_at_its_own_address_beside_the_page(self, post, account):
        SnapshotFactory(account=account)

        post(subject="item", link=f" {LINK} ")

        snapshot = Snapshot.objects.get(subject="item")
        assert (snapshot.address_asked, snapshot.account) == (LINK, account)

    def test_the_same_item_twice_is_one_order_and_another_is_another(self, post):
        for link in (LINK, LINK, f"{LINK}1"):
            post(subject="item", link=link)

        assert Snapshot.objects.count() == 2

    def test_a_link_must_be_given(self, post):
        page = post(subject="item").content.decode()

        assert "Klistra in länken" in page
        assert not Snapshot.objects.exists()

    @pytest.mark.parametrize(
        ("link", "said"),
        [
            ("http://127.0.0.1/", "slutet nät"),
            ("http://[fe80::1]/", "slutet nät"),
            ("javascript:alert(1)", "https:// eller http://"),
            ("http://anna:hemligt@torget.example/", "inloggning"),
        ],
    )
    def test_a_link_that_leads_nowhere_public_is_refused_and_kept_in_the_form(self, post, link, said):
        page = post(subject="item", link=link).content.decode()

        assert said in page
        assert link in page
        assert not Snapshot.objects.exists()

    def test_a_link_to_another_website_wants_a_reason(self, post):
        elsewhere = "http://annan.example/inlagg/7"

        refused = post(subject="item", link=elsewhere).content.decode()
        assert "Länken leder till annan.example" in refused
        assert not Snapshot.objects.exists()

        post(subject="item", link=elsewhere, elsewhere="Kontots egen blogg, länkad därifrån.")

        snapshot = Snapshot.objects.get()
        assert (snapshot.address_asked, snapshot.host) == (elsewhere, "annan.example")
        event = AuditEvent.objects.get(action="snapshot.order_item", object_id=snapshot.pk)
        assert "Kontots egen blogg" in AuditPersonal.objects.get(event_id=event.pk).payload
        assert event.data == {}

    def test_a_platform_may_have_several_websites(self, account):
        account.platform.domains = ["torget.example", "torg.example"]
        said = {"subject": "item", "occasion": "request", "link": "http://m.torg.example/p/7"}

        assert OrderForm(said, account).is_valid()

    @pytest.mark.parametrize(("key", "words"), [("norsjo", "innan kontot ändras"), ("gullspang", "när kontot ändras")])
    def test_what_the_policy_says_of_changes_is_said_with_its_clause(self, signed_in, officer, account, key, words):
        version = adopted(key)

        page = signed_in(officer).get(reverse("archive:snapshot-order", args=[account.pk])).content.decode()

        assert words in page
        assert version.policy.rule("snapshot").on_larger_change.clause in page

    def test_a_silent_policy_is_given_no_clause(self, signed_in, officer, account):
        adopted("lekeberg")

        page = signed_in(officer).get(reverse("archive:snapshot-order", args=[account.pk])).content.decode()

        assert "kontot ändras mycket" not in page

    @pytest.mark.parametrize(
        ("role", "answer"), [("manager", 200), ("registrar", 200), ("auditor", 403), ("employee", 404)]
    )
    def test_who_may(self, signed_in, unit, account, role, answer):
        client = signed_in(person(role, unit))

        assert client.get(reverse("archive:snapshot-order", args=[account.pk])).status_code == answer


def test_an_item_is_ordered_by_who_may_order_pictures_of_its_account(account, unit):
    with pytest.raises(access.PermissionDenied):
        actions.order_item(account, LINK, by=person("auditor", unit))


def test_trying_an_item_again_keeps_its_address(account, officer):
    snapshot = SnapshotFactory(account=account, failed=True, subject="item", address_asked=LINK)
    SnapshotFactory(account=account)

    perform(snapshot, "retry", by=officer)

    assert snapshot.address_asked == LINK


class TestUnit:
    """A whole unit and those below it, in one act."""

    @pytest.fixture
    def below(self, unit):
        """Three open accounts in the unit and below it, one that is not open, and one elsewhere."""
        child = UnitFactory(parent=unit)
        AccountFactory(unit=child)
        AccountFactory(active=True)
        return [AccountFactory(active=True, unit=each) for each in (unit, unit, child)]

    def test_each_account_has_its_order_and_its_line_in_the_log(self, below, unit, officer):
        SnapshotFactory(account=below[0])

        done = actions.order_unit(unit, by=officer, occasion="change")

        assert (done.new, done.waiting) == (2, 1)
        ordered = Snapshot.objects.filter(occasion="change")
        assert {snapshot.account for snapshot in ordered} == set(below[1:])
        lines = AuditEvent.objects.filter(action="snapshot.order", actor_id=officer.pk)
        assert {event.object_id for event in lines} == {snapshot.pk for snapshot in ordered}

    def test_the_page_leads_to_what_waits(self, signed_in, below, unit, officer):
        client = signed_in(officer)
        form = client.get(reverse("archive:snapshot-order-unit")).content.decode()

        page = client.post(
            reverse("archive:snapshot-order-unit"), {"unit": unit.pk, "occasion": "request"}, follow=True
        )

        assert "Biblioteket (3 konton)" in form
        assert "3 ögonblicksbilder är beställda." in page.content.decode()
        assert page.context["page"].paginator.count == 3

    def test_a_unit_that_one_does_not_reach_is_not_offered(self, signed_in, below, officer):
        other = UnitFactory()
        AccountFactory(active=True, unit=other)

        page = signed_in(officer).post(
            reverse("archive:snapshot-order-unit"), {"unit": other.pk, "occasion": "request"}
        )

        assert page.context["form"].errors["unit"]
        assert not Snapshot.objects.exists()

    def test_a_unit_without_open_accounts_is_refused(self, unit, officer):
        with pytest.raises(Refused, match="inga öppnade konton"):
            actions.order_unit(unit, by=officer, occasion="request")

    def test_who_may(self, signed_in, unit):
        address = reverse("archive:snapshot-order-unit")

        assert signed_in(person("auditor", unit)).get(address).status_code == 403
        assert signed_in(person("manager", unit)).get(address).status_code == 200


class TestCallingOff:
    """Calling off all that waits, of a unit or a campaign."""

    def test_all_of_a_unit_and_nothing_else(self, signed_in, unit, officer):
        mine = [SnapshotFactory(account__unit=unit) for _n in range(3)]
        done, other = SnapshotFactory(done=True, account__unit=unit), SnapshotFactory()
        client, query = signed_in(officer), f"?enhet={unit.pk}"

        listed = client.get(reverse("archive:snapshot-list") + query).content.decode()
        asked = client.get(reverse("archive:snapshot-cancel-many") + query).content.decode()
        client.post(reverse("archive:snapshot-cancel-many") + query)

        assert "Avbryt de 3 som väntar" in listed
        assert "3 beställningar väntar eller pågår" in asked
        states = dict(Snapshot.objects.values_list("pk", "status"))
        assert [states[snapshot.pk] for snapshot in [*mine, done, other]] == ["cancelled"] * 3 + ["done", "ordered"]
        assert AuditEvent.objects.filter(action="snapshot.cancel").count() == 3

    def test_all_of_a_campaign(self, signed_in, campaign):
        SnapshotFactory()

        signed_in(person("registrar")).post(f"{reverse('archive:snapshot-cancel-many')}?omgang={campaign.pk}")

        assert {snapshot.status for snapshot in campaign.snapshots.all()} == {"cancelled"}
        assert Snapshot.objects.filter(status="ordered").count() == 1

    def test_only_what_one_may_order_is_called_off(self, unit):
        mine, other = SnapshotFactory(account__unit=unit), SnapshotFactory()

        count = actions.cancel_all(Snapshot.objects.all(), by=person("manager", unit))

        mine.refresh_from_db()
        other.refresh_from_db()
        assert (count, mine.status, other.status) == (1, "cancelled", "ordered")

    def test_who_may(self, signed_in, unit):
        assert signed_in(person("auditor", unit)).get(reverse("archive:snapshot-cancel-many")).status_code == 403


class TestLive:
    """What a list says of its rows while they are under way."""

    def test_the_answer_holds_the_rows_asked_for_and_asks_on_while_something_happens(self, signed_in, unit, officer):
        going, done = SnapshotFactory(account__unit=unit), SnapshotFactory(done=True, account__unit=unit)
        other = SnapshotFactory()
        address = reverse("archive:snapshot-states")

        page = signed_in(officer).get(address, {"id": [going.pk, done.pk, other.pk, "x"]}).content.decode()

        assert f'id="rad-{going.pk}" hx-swap-oob="true"' in page
        assert f"rad-{done.pk}" in page
        assert f"rad-{other.pk}" not in page
        assert f"?id={going.pk}&amp;" in page
        assert "Plats 1 av 2 i kön." in page
        assert "hx-get" not in signed_in(officer).get(address, {"id": [done.pk]}).content.decode()

    def test_the_list_asks_only_while_something_happens(self, signed_in, unit, officer):
        SnapshotFactory(done=True, account__unit=unit)
        client = signed_in(officer)
        still = client.get(reverse("archive:snapshot-list")).content.decode()
        SnapshotFactory(account__unit=unit)

        assert reverse("archive:snapshot-states") not in still
        assert reverse("archive:snapshot-states") in client.get(reverse("archive:snapshot-list")).content.decode()

    def test_the_number_of_queries_does_not_grow(self, signed_in, unit, officer, django_assert_max_num_queries):
        client, address = signed_in(officer), reverse("archive:snapshot-states")
        first = [SnapshotFactory(account__unit=unit).pk for _n in range(2)]
        with django_assert_max_num_queries(40) as few:
            client.get(address, {"id": first})
        more = [SnapshotFactory(account__unit=unit).pk for _n in range(15)]

        with django_assert_max_num_queries(len(few)):
            client.get(address, {"id": [*first, *more]})
