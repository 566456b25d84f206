"""Secrecy markings: set, lifted, several over time, and the record's files moved apart (OSL 5:5)."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from archive import store
from archive.models import Record, SecrecyMarking
from archive.shielding import marking
from governance import clock
from governance.models import AuditEvent, AuditPersonal, FollowUp
from governance.workflow import Refused
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import UnitFactory, person
from tests.login import sign_in

pytestmark = pytest.mark.django_db
PROVISION, NOTE, REASON = "21 kap. 7 § OSL", "Rör en enskilds adress", "Uppgiften är känd"


@pytest.fixture
def cleared(unit):
    """A registrar of the unit with secrecy."""
    return _with_secrecy(person("registrar", unit))


def _with_secrecy(user):
    user.roles.update(secrecy=True)
    return user


def marked(record, by, **fields) -> SecrecyMarking:
    """Answer the marking of a record."""
    return marking.mark(record, by=by, provision=PROVISION, authority=record.authority, note=NOTE, **fields)


def typed(record, **changed):
    """Answer what is typed into the form."""
    filled = {"provision": PROVISION, "day": clock.today().isoformat(), "authority": record.authority_id, "note": NOTE}
    return {**filled, **changed}


def _content(file) -> bytes:
    with store.read(file) as opened:
        return opened.read()


def _followed() -> None:
    """Do what is owed to the latest marking or lifting."""
    owed = FollowUp.objects.filter(subscriber="archive.secret_files").latest("pk")
    marking.move_files(AuditEvent.objects.get(pk=owed.event_id))


class TestForms:
    """Setting and lifting it on their pages."""

    def test_every_field_of_a_marking_is_kept(self, client, record, cleared):
        day = clock.today() - timedelta(days=3)
        sign_in(client, cleared)

        page = client.post(
            reverse("archive:secrecy-mark", args=[record.pk]), typed(record, day=day.isoformat()), follow=True
        ).content.decode()

        kept_marking = SecrecyMarking.objects.get()
        assert (kept_marking.provision, kept_marking.note) == (PROVISION, NOTE)
        assert (kept_marking.authority, kept_marking.made_by) == (record.authority, cleared)
        assert clock.local(kept_marking.made_at).date() == day
        assert Record.objects.get(pk=record.pk).secret
        assert PROVISION in page
        assert NOTE in page
        assert "inte ett beslut" in page

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"provision": " "}, "Ange den bestämmelse"),
            ({"day": "2999-01-01"}, "Datumet ligger i framtiden."),
            ({"day": ""}, "Ange dagen"),
            ({"authority": ""}, "Välj myndighet."),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client, record, cleared, changed, said):
        sign_in(client, cleared)

        page = client.post(reverse("archive:secrecy-mark", args=[record.pk]), typed(record, **changed)).content.decode()

        assert said in page
        assert NOTE in page
        assert not SecrecyMarking.objects.exists()

    def test_the_reason_of_a_lifting_is_kept_and_the_marking_stays_as_an_ended_one(self, client, record, cleared):
        marked(record, cleared)
        sign_in(client, cleared)

        page = client.post(
            reverse("archive:secrecy-lift", args=[record.pk]), {"reason": REASON}, follow=True
        ).content.decode()

        ended = SecrecyMarking.objects.get()
        assert (ended.end_reason, ended.ended_by) == (REASON, cleared)
        assert not Record.objects.get(pk=record.pk).secret
        assert "Tidigare markeringar" in page
        assert REASON in page

    def test_lifting_takes_a_fresh_login(self, client, record, cleared):
        marked(record, cleared)
        sign_in(client, cleared, fresh=False)

        answer = client.post(reverse("archive:secrecy-lift", args=[record.pk]), {"reason": REASON})

        assert answer.status_code == 302
        assert Record.objects.get(pk=record.pk).secret

    def test_lifting_takes_a_reason(self, client, record, cleared):
        marked(record, cleared)
        sign_in(client, cleared)

        page = client.post(reverse("archive:secrecy-lift", args=[record.pk]), {"reason": ""}).content.decode()

        assert "Skriv varför markeringen hävs." in page
        assert Record.objects.get(pk=record.pk).secret

    def test_whoever_will_not_see_it_afterwards_is_told(self, client, record, unit, cleared):
        address = reverse("archive:secrecy-mark", args=[record.pk])

        assert (
            "Du ser inte handlingen efteråt" in sign_in(client, person("registrar", unit)).get(address).content.decode()
        )
        assert "Du ser inte handlingen efteråt" not in sign_in(client, cleared).get(address).content.decode()


class TestRights:
    """Who sets, and who lifts."""

    @pytest.mark.parametrize(
        ("role", "status"),
        [("registrar", 200), ("communications_officer", 200), ("manager", 403), ("auditor", 403), ("employee", 404)],
    )
    def test_who_marks(self, client, record, unit, role, status):
        assert (
            sign_in(client, person(role, unit)).get(reverse("archive:secrecy-mark", args=[record.pk])).status_code
            == status
        )

    def test_whoever_does_not_see_it_does_not_lift_it(self, client, record, unit, cleared):
        marked(record, cleared)
        address = reverse("archive:secrecy-lift", args=[record.pk])
        elsewhere = _with_secrecy(person("registrar", UnitFactory()))
        auditor = _with_secrecy(person("auditor", unit))

        assert sign_in(client, person("registrar", unit)).get(address).status_code == 403
        assert sign_in(client, auditor).get(address).status_code == 403
        assert sign_in(client, elsewhere).get(address).status_code == 404

    def test_a_closed_record_says_that_it_is_marked_and_not_why(self, client, record, unit, cleared):
        marked(record, cleared)

        page = sign_in(client, person("registrar", unit)).get(record.get_absolute_url()).content.decode()

        assert "Sekretessmarkerad" in page
        assert PROVISION not in page
        assert NOTE not in page
        assert reverse("archive:secrecy-lift", args=[record.pk]) not in page


class TestOverTime:
    """One in force at a time, in the order of time."""

    def test_a_marked_record_is_not_marked_again_and_an_open_one_not_opened(self, record, cleared):
        with pytest.raises(Refused):
            marking.lift(record, by=cleared, reason=REASON)
        marked(record, cleared)
        with pytest.raises(Refused):
            marked(record, cleared)

        assert SecrecyMarking.objects.count() == 1

    def test_it_is_marked_again_after_a_lifting(self, record, cleared):
        marked(record, cleared)
        marking.lift(record, by=cleared, reason=REASON)
        marked(record, cleared)

        assert [each.ended_at is None for each in SecrecyMarking.objects.all()] == [True, False]
        assert marking.current(record) == SecrecyMarking.objects.first()

    @pytest.mark.parametrize("changed", [{"provision": "x"}, {"note": "x"}, {"made_at": clock.now()}])
    def test_what_a_marking_says_is_never_changed(self, record, cleared, changed):
        made = marked(record, cleared)

        with pytest.raises(DatabaseError), transaction.atomic():
            SecrecyMarking.objects.filter(pk=made.pk).update(**changed)

    def test_the_mark_on_the_record_and_its_markings_never_disagree(self, record, cleared):
        with pytest.raises(DatabaseError, match="uppsikt"), transaction.atomic():
            SecrecyMarking.objects.create(
                record=record, provision="x", authority=record.authority, made_at=clock.now(), made_by=cleared
            )
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")


class TestLog:
    """What the log says: that it was done, never of what."""

    def test_the_log_holds_nothing_of_the_record_or_of_the_marking(self, unit, cleared):
        record = kept(SnapshotFactory(done=True, account__unit=unit), title="Planterad titel")
        marked(record, cleared)
        before = AuditEvent.objects.filter(action="secrecymarking.set").get()

        marking.lift(record, by=cleared, reason=REASON)

        lifted = AuditEvent.objects.get(action="secrecymarking.lift")
        said = json.dumps([before.data, before.object_label, lifted.data])
        said += (
            AuditPersonal.objects.get(event_id=lifted.pk).payload
            + AuditPersonal.objects.get(event_id=before.pk).payload
        )
        assert "Planterad titel" not in said
        assert NOTE not in said
        assert REASON not in said
        assert before.data == {"provision": PROVISION}


class TestFiles:
    """Where the files of a marked record lie."""

    def test_they_move_apart_and_back_and_stay_readable(self, record, cleared):
        shared = kept(SnapshotFactory(done=True))
        apart = store.apart(record)
        marked(record, cleared)

        _followed()

        assert {file.prefix for file in record.files.all()} == {apart}
        assert {file.prefix for file in shared.files.all()} == {""}
        assert _content(record.files.get(name="bild-001.jpg")) == b"picture"

        marking.lift(record, by=cleared, reason=REASON)
        _followed()

        assert {file.prefix for file in record.files.all()} == {""}
        assert _content(record.files.get(name="bild-001.jpg")) == b"picture"

    def test_whatever_order_the_follow_ups_come_in_they_end_where_the_marking_says(self, record, cleared):
        marked(record, cleared)
        first = AuditEvent.objects.get(action="secrecymarking.set")
        marking.lift(record, by=cleared, reason=REASON)

        marking.move_files(AuditEvent.objects.get(action="secrecymarking.lift"))
        marking.move_files(first)

        assert {file.prefix for file in record.files.all()} == {""}
