"""A request for public documents: who takes which step when, and what promptness and silence about names demand."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from archive.disclosing import choosing, handing, letters, promptness, requesting
from archive.models import Disclosure, DisclosurePage
from archive.models.disclosure import ENDED, LIFECYCLE, OPEN
from archive.shielding import marking
from governance import access, audit, clock, rules
from governance.models import AuditEvent, AuditPersonal, Finding, Notice
from governance.permissions import ROLES
from governance.workflow import Refused, perform
from tests.archive.disclosures import PROVISION, asked, in_state, page_record, pages_of, review, with_pages
from tests.factories import UnitFactory, adopted, person

pytestmark = pytest.mark.django_db

REGISTRAR, BOTH, PRODUCT = {"registrar"}, {"registrar", "manager"}, set()
# step: (from which states it goes, who takes it)
TABLE = {
    "package": ({"handling"}, REGISTRAR),
    "finish": ({"packing"}, PRODUCT),
    "fail": ({"packing"}, PRODUCT),
    "review_again": ({"packing", "ready"}, REGISTRAR),
    "hand_out": ({"ready"}, REGISTRAR),
    "refuse": ({"handling"}, REGISTRAR),
    "find_nothing": ({"handling"}, REGISTRAR),
    "ask_decision": ({"refused", "handed_out"}, REGISTRAR),
    "decide": ({"decision"}, BOTH),
    "grant": ({"decision"}, BOTH),
    "withdraw": ({"handling", "packing", "ready", "decision"}, REGISTRAR),
    "take_up_again": ({"handed_out", "refused", "decided", "withdrawn", "nothing_found"}, REGISTRAR),
}


def ready_for(step: str, request: Disclosure, by) -> None:
    """Let the request be as the step's guard wants it."""
    if step == "package":
        review(pages_of(request)[0], "mask", by)
    if step == "find_nothing":
        choosing.remove(request.chosen.get(), by=by)


def test_the_table_names_every_step_and_every_state():
    assert set(TABLE) == set(LIFECYCLE.steps)
    assert {str(state) for state in (*OPEN, *ENDED)} == set(Disclosure.Status.values)


@pytest.mark.parametrize("state", sorted(Disclosure.Status.values))
def test_who_is_refused_which_step_in_which_state(state):
    request = in_state(state, person("registrar"))
    people = {role: person(role) for role in sorted(ROLES)} | {"": None}

    for step, (sources, roles) in TABLE.items():
        for role, somebody in people.items():
            if role not in (roles or {""}):
                with pytest.raises(access.PermissionDenied):
                    perform(request, step, by=somebody, reason="skäl")
            elif state not in sources:
                with pytest.raises(Refused):
                    perform(request, step, by=somebody, reason="skäl")


@pytest.mark.parametrize(
    ("step", "state"), [(step, state) for step in sorted(TABLE) for state in sorted(TABLE[step][0])]
)
def test_who_takes_which_step_in_which_state(step, state):
    roles = sorted(TABLE[step][1]) or [""]
    request = in_state(state, handler := person("registrar"))
    ready_for(step, request, handler)

    for role in roles:
        taker = person(role) if role else None
        with transaction.atomic():
            taken = perform(request, step, by=taker, reason="skäl")
            assert taken.status == LIFECYCLE.steps[step].target
            transaction.set_rollback(True)
        request.refresh_from_db()


def test_the_database_refuses_an_edge_that_is_not_in_the_table():
    request = asked()

    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=request.pk).update(status="handed_out", ended_at=clock.now())


def test_nothing_is_packed_before_each_page_is_reviewed():
    request = with_pages(2)
    review(pages_of(request)[0], "hand_out")

    with pytest.raises(Refused, match="1 sida är inte prövad"):
        handing.order_package(request, by=request.handler)


def test_what_is_held_back_is_never_packed_without_reasons():
    request = with_pages()
    review(pages_of(request)[0], "mask")

    with pytest.raises(Refused, match="skälen"):
        handing.order_package(request, by=request.handler, reasons=" ")


def test_a_package_in_which_nothing_is_handed_out_is_an_answer_instead():
    request = with_pages()
    review(pages_of(request)[0], "withhold")

    with pytest.raises(Refused, match="Ingen sida lämnas ut"):
        handing.order_package(request, by=request.handler, reasons="Sekretess")


def test_nothing_was_found_only_while_nothing_is_chosen():
    request = with_pages()

    with pytest.raises(Refused, match="valda handlingar"):
        perform(request, "find_nothing", by=request.handler, reason="Sökt på maj")


def test_there_is_no_decision_where_everything_was_handed_out():
    request = with_pages()
    review(pages_of(request)[0], "hand_out")
    for status in ("packing", "ready"):
        Disclosure.objects.filter(pk=request.pk).update(status=status)
    Disclosure.objects.filter(pk=request.pk).update(status="handed_out", ended_at=clock.now())

    with pytest.raises(Refused, match="inget att besluta"):
        perform(request, "ask_decision", by=request.handler)


def test_the_handler_does_not_decide_unless_the_delegation_lets_it_be_so():
    handler = person("registrar")
    request = in_state("decision", handler)
    facts = {"reasons": "Sekretess", "reference": "D 1", "delegation": "4.2", "court": letters.COURTS[0], "appeal": "x"}

    with pytest.raises(Refused, match="Någon annan beslutar"):
        letters.decide(request, by=handler, **facts)
    assert letters.decide(request, by=handler, own_case=True, **facts).record.kind == "decision"


class TestWhoAsked:
    def test_nobody_has_to_say_who_or_why(self):
        request = asked()

        assert (request.name, request.contact, request.purpose) == ("", "", "")

    def test_who_and_why_is_never_noted_without_the_reason_for_asking(self):
        request = asked()

        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=request.pk).update(purpose="till en uppsats")

    def test_the_name_stands_in_no_lasting_part_of_the_log(self):
        request = asked(name="Kalle Kula", contact="kalle@example.org")
        requesting.ask_identity(request, by=request.handler, asked_because="21 kap. 7 §", purpose="Kalle Kulas lista")

        for event in AuditEvent.objects.all():
            assert "Kula" not in f"{event.data}{event.object_label}"

    def test_it_is_not_forgotten_too_early(self):
        request = in_state("withdrawn", by := person("registrar"))

        with pytest.raises(Refused):
            requesting.forget(request, by=by)

    @pytest.mark.parametrize("by_itself", [True, False])
    def test_it_is_forgotten_in_the_row_and_in_the_log(self, by_itself):
        request = asked(by := person("registrar"), name="Kalle Kula", contact="kalle@example.org")
        perform(request, "withdraw", by=by, reason="Kalle Kula ringde och ångrade sig")
        Disclosure.objects.filter(pk=request.pk).update(ended_at=clock.now() - timedelta(days=366))

        if by_itself:
            assert requesting.forget_before(clock.now() - timedelta(days=365)) == 1
        else:
            requesting.forget(request, by=by)

        request.refresh_from_db()
        assert (request.name, request.contact, request.asked_for) == ("", "", "")
        assert not AuditPersonal.objects.filter(payload__contains="Kula").exists()
        audit.seal()
        assert list(audit.verify()) == []

    def test_a_forgotten_request_is_not_taken_up_again(self):
        request = in_state("withdrawn", by := person("registrar"))
        Disclosure.objects.filter(pk=request.pk).update(asked_for="", forgotten_at=clock.now())

        with pytest.raises(Refused, match="borttagna"):
            perform(request, "take_up_again", by=by, reason="Fel")


class TestPromptness:
    def late(self, request, at):
        with time_machine.travel(at, tick=False):
            rules.evaluate(request)
        return {finding.key: finding for finding in Finding.objects.filter(rule="ARCH-4", subject_id=request.pk)}

    @pytest.mark.parametrize(
        ("came", "due"),
        [
            ("2026-05-20T10:00+02:00", "2026-05-21T17:00+02:00"),  # Wednesday
            ("2026-05-22T16:30+02:00", "2026-05-25T17:00+02:00"),  # Friday afternoon
            ("2026-06-18T15:00+02:00", "2026-06-22T17:00+02:00"),  # the day before Midsummer Eve
            ("2026-12-30T09:00+01:00", "2027-01-04T17:00+01:00"),
        ],
    )
    def test_an_answer_is_due_on_the_next_working_day(self, came, due):
        with time_machine.travel(datetime.fromisoformat(came), tick=False):
            request = asked()

        assert request.due_at == datetime.fromisoformat(due)

    def test_a_message_moves_it_by_some_working_days(self):
        with time_machine.travel(datetime.fromisoformat("2026-05-20T10:00+02:00"), tick=False) as clock_hand:
            request = asked()
            clock_hand.move_to(datetime.fromisoformat("2026-05-21T09:00+02:00"))
            told = requesting.tell(request, by=request.handler, note="Svar på onsdag")

        assert told.due_at == datetime.fromisoformat("2026-05-26T17:00+02:00")

    def test_it_is_the_handlers_and_the_registrars_and_then_goes_one_step_up(self):
        registrar, manager = person("registrar"), person("manager")
        with time_machine.travel(datetime.fromisoformat("2026-05-20T10:00+02:00"), tick=False):
            request = asked(registrar)

        found = self.late(request, datetime.fromisoformat("2026-05-22T09:00+02:00"))

        at = datetime.fromisoformat("2026-05-22T09:00+02:00")
        assert found["answer"].state(at) == Finding.State.BREACHED
        assert list(found["answer"].responsible.all()) == [registrar]
        assert found["late"].state(at) == Finding.State.DUE
        assert found["late"].state(at + timedelta(days=10)) == Finding.State.BREACHED
        assert list(found["late"].responsible.all()) == [manager]

    @pytest.mark.parametrize(
        ("policy", "clause"), [("lekeberg", "Lekeberg 9"), ("norsjo", "Uppsikts grundinställning")]
    )
    def test_it_says_whether_the_policy_or_the_product_says_so(self, policy, clause):
        adopted(policy)
        request = asked()

        rules.evaluate(request)

        assert Finding.objects.get(rule="ARCH-4", key="answer").clause == clause
        assert bool(promptness.promised().words) == (policy == "lekeberg")

    def test_what_is_answered_is_nobodys_to_do(self):
        request = asked(by := person("registrar"))
        rules.evaluate(request)

        perform(request, "find_nothing", by=by, reason="Sökt på konto och tid")
        rules.evaluate(request)

        assert not Finding.objects.filter(rule="ARCH-4", subject_id=request.pk).exists()
        assert request.answered_at is not None


class TestChoosing:
    def test_the_pictures_are_chosen_and_nothing_else(self):
        request = with_pages(2)

        assert [page.name for page in pages_of(request)] == ["bild-001.jpg", "bild-002.jpg"]

    def test_twice_is_once(self):
        request, record = asked(), page_record()

        assert choosing.add(request, record, by=request.handler) == choosing.add(request, record, by=request.handler)

    def test_what_the_handler_may_not_see_is_not_added(self):
        request, record = asked(), page_record()
        marking.mark(record, by=request.handler, provision=PROVISION, authority=record.authority)
        record.refresh_from_db()

        with pytest.raises(access.PermissionDenied):
            choosing.add(request, record, by=request.handler)

    def test_a_marked_record_is_added_and_reviewed_with_secrecy(self):
        record = page_record()
        marking.mark(record, by=person("registrar"), provision=PROVISION, authority=record.authority)
        trusted = person("registrar")
        trusted.roles.update(secrecy=True)
        request = asked(trusted)

        choosing.add(request, record, by=trusted)

        with pytest.raises(access.PermissionDenied):
            review(pages_of(request)[0], "hand_out", person("registrar"))
        assert review(pages_of(request)[0], "hand_out", trusted).verdict == "hand_out"

    def test_a_record_of_another_unit_is_not_added(self):
        own, other = UnitFactory(), page_record()
        request = asked(person("registrar", own), unit=own)

        with pytest.raises(access.PermissionDenied):
            choosing.add(request, other, by=request.handler)

    def test_what_was_reviewed_stands_when_more_is_chosen(self):
        request = with_pages(2)
        review(pages_of(request)[0], "hand_out")

        choosing.choose(request.chosen.get(), ["bild-001.jpg", "text.txt"], by=request.handler)

        assert [(page.name, page.verdict) for page in pages_of(request)] == [
            ("bild-001.jpg", "hand_out"),
            ("text.txt", ""),
        ]

    def test_the_review_stands_still_once_it_is_packed(self):
        request = with_pages()
        page = review(pages_of(request)[0], "hand_out")
        handing.order_package(request, by=request.handler)

        with pytest.raises(Refused):
            review(page, "withhold")
        with pytest.raises(DatabaseError), transaction.atomic():
            DisclosurePage.objects.filter(pk=page.pk).update(verdict="withhold", provision="x")


def test_whoever_is_given_a_request_is_told():
    request, colleague = asked(), person("registrar")

    requesting.assign(request, by=request.handler, handler=colleague)

    assert Notice.objects.get(user=colleague).url == request.get_absolute_url()


def test_nobody_is_given_a_request_who_may_not_hand_out():
    request = asked()

    with pytest.raises(Refused, match="får inte lämna ut"):
        requesting.assign(request, by=request.handler, handler=person("manager"))
