"""The PDF of a plan in force: made once, the same bytes ever after, and recognised by whoever holds it."""

import hashlib
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ActivityPlan, PrintedPlan
from accounts.plans import amendment
from accounts.signatures import checking, delegation, paper_signing, printing, signing
from accounts.signatures.paper_signing import ApprovalEntry
from archive.followups import keep_signed_plan
from archive.models import Record
from governance import followups, pdf
from governance.models import AuditEvent
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import REASON
from tests.accounts.papers import DAY, PDF, entry, scanned
from tests.login import sign_in

CHECK = "/kontrollera-plan/"


def print_of(plan: ActivityPlan, user) -> bytes:
    return sign_in(Client(), user).get(reverse("accounts:plan-print", args=[plan.pk])).content


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Draw a paper in no time, never the same twice; what it is made from is answered."""
    made: list[dict] = []

    def render(template, context, *, title):
        made.append(context)
        return PDF + str(len(made)).encode()

    monkeypatch.setattr(pdf, "render", render)
    return made


# --- Keeping ---------------------------------------------------------------------------------------------
def test_the_same_bytes_are_answered_ever_after(gullspang, drawn):
    plan = factories.approved(gullspang)

    first = print_of(plan, gullspang.manager)

    assert [print_of(plan, gullspang.officer), print_of(plan, gullspang.registrar)] == [first, first]
    assert len(drawn) == 1
    assert hashlib.sha256(first).hexdigest() == PrintedPlan.objects.get().sha256


def test_it_is_made_when_the_plan_is_approved_whoever_asks_first(gullspang, drawn):
    plan = factories.approved(gullspang)

    followups.run_owed()

    assert PrintedPlan.objects.get().sealed == plan.sealed
    assert AuditEvent.objects.filter(action="activityplan.print").count() == 1


def test_it_says_what_was_signed_and_where_to_check_it(gullspang, drawn):
    printing.kept(factories.approved(gullspang))

    assert drawn[0]["check_at"].endswith(CHECK)
    assert drawn[0]["document"].digest


def test_a_draft_and_a_plan_before_its_signers_are_drawn_as_they_are_and_not_kept(gullspang):
    for plan in (
        factories.written(gullspang),
        factories.submitted(gullspang, factories.written(gullspang, factories.begun(gullspang, name="Annat"))),
    ):
        assert print_of(plan, gullspang.manager).startswith(b"%PDF")
        with pytest.raises(ValueError, match="approved"):
            printing.kept(plan)
    assert not PrintedPlan.objects.exists()


def test_a_number_that_becomes_known_gives_a_new_edition_and_the_old_one_is_still_recognised(town):
    plan = factories.approved(town)
    first = printing.kept(plan)

    delegation.enter(plan, by=town.officer, numbers={"medium": "KS 2026/17"})
    followups.run_owed()
    second = printing.kept(plan)

    assert [first.edition, second.edition] == [1, 2]
    assert checking.check(first.sha256).newer_edition
    assert not checking.check(second.sha256).newer_edition
    assert checking.check(first.sha256).kind == checking.check(second.sha256).kind == checking.IN_FORCE


def test_somebody_whose_identity_became_protected_stands_by_function_in_a_new_edition(gullspang, drawn):
    plan = factories.approved(gullspang)
    printing.kept(plan)
    named = gullspang.staff[0]
    named.protected_identity = True
    named.title = "Bibliotekarie"
    named.save()

    assert printing.kept(ActivityPlan.objects.get(pk=plan.pk)).edition == 2

    names = [line.name for block in drawn[-1]["blocks"] for line in block.lines]
    assert "Utsedd 0" not in names
    assert "Bibliotekarie" in names


def test_what_is_kept_never_changes_and_what_no_longer_is_what_was_kept_is_not_answered(gullspang):
    printed = printing.kept(factories.approved(gullspang))

    with pytest.raises(InternalError), transaction.atomic():
        PrintedPlan.objects.update(sha256="0" * 64)
    default_storage.delete(printed.file)
    default_storage.save(printed.file, BytesIO(b"%PDF- annat"))
    with pytest.raises(ValueError, match="not what was kept"):
        printing.content(printed)


def test_the_archive_keeps_the_same_bytes(gullspang):
    plan = factories.approved(gullspang)
    followups.run_owed()

    record = Record.objects.get(kind="plan")

    assert record.files.get(name="aktivitetsplan.pdf").sha256 == PrintedPlan.objects.get().sha256
    assert hashlib.sha256(print_of(plan, gullspang.manager)).hexdigest() == PrintedPlan.objects.get().sha256


def test_the_archive_keeps_a_later_edition_too_and_each_only_once(town):
    plan = factories.approved(town)
    followups.run_owed()
    delegation.enter(plan, by=town.officer, numbers={"medium": "KS 2026/17"})
    followups.run_owed()

    for event in AuditEvent.objects.filter(action="activityplan.print"):
        keep_signed_plan(event)

    kept = [record.files.get(name="aktivitetsplan.pdf").sha256 for record in Record.objects.filter(kind="plan")]
    assert sorted(kept) == sorted(PrintedPlan.objects.values_list("sha256", flat=True))


# --- Checking --------------------------------------------------------------------------------------------
def asked(data, client=None):
    return (client or Client()).post(CHECK, data)


def test_anybody_who_holds_the_pdf_learns_whose_plan_it_is_and_that_it_is_in_force(gullspang):
    plan = factories.approved(gullspang)
    content = print_of(plan, gullspang.manager)

    page = asked({"file": SimpleUploadedFile("plan.pdf", content)}).content.decode()

    assert "Planen är äkta och gäller" in page
    assert "Biblioteket (Facebook)" in page
    assert "Version" in page


def test_no_person_is_named(gullspang):
    plan = factories.approved(gullspang)

    page = asked({"sha256": printing.kept(plan).sha256}).content.decode()

    assert "Utsedd" not in page
    assert "Bibliotekschefen" not in page
    assert "Förslagsställaren" not in page


def test_a_sum_is_taken_however_it_was_pasted(gullspang):
    printed = printing.kept(factories.approved(gullspang))
    pasted = f" {printed.sha256[:32].upper()}\n{printed.sha256[32:]} "

    assert "gäller" in asked({"sha256": pasted}).content.decode()


def test_the_sum_that_stands_on_the_paper_is_recognised_too(gullspang):
    plan = factories.approved(gullspang)

    answer = checking.check(plan.sealed.digest)

    assert (answer.kind, answer.is_print) == (checking.IN_FORCE, False)


def test_one_changed_byte_is_not_recognised(gullspang):
    content = print_of(factories.approved(gullspang), gullspang.manager)

    page = asked({"file": SimpleUploadedFile("plan.pdf", content + b" ")}).content.decode()

    assert "Vi känner inte igen det här" in page


def test_a_plan_that_was_never_approved_is_not_known(gullspang):
    plan = factories.signed(gullspang)

    assert checking.check(plan.sealed.digest).kind == checking.UNKNOWN


def test_a_version_that_gave_way_says_to_which_and_when(gullspang):
    account = factories.opened(gullspang)
    first = printing.kept(account.plans.get())
    plan = amendment.begin(account, by=gullspang.manager)
    plan = factories.written(gullspang, plan, purpose="Något helt annat för helt andra läsare")
    second = factories.approved(gullspang, perform(plan, "submit", by=gullspang.manager))

    answer = checking.check(first.sha256)

    assert (answer.kind, answer.version, answer.newer) == (checking.SUPERSEDED, 1, 2)
    assert answer.newer_at == second.approved_at
    assert "Version 2 har tagit dess plats" in asked({"sha256": first.sha256}).content.decode()


def test_a_plan_that_was_opened_for_change_is_no_longer_in_force(gullspang):
    plan = factories.approved(gullspang)
    printed = printing.kept(plan)
    perform(plan, "reopen", by=gullspang.officer, reason=REASON)

    assert checking.check(printed.sha256).kind == checking.NO_LONGER
    assert "gäller inte längre" in asked({"sha256": printed.sha256}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Välj planens PDF, eller klistra in"),
        ({"sha256": "abc"}, "Det är ingen SHA-256"),
        ({"sha256": "x" * 64}, "Det är ingen SHA-256"),
        ({"file": b""}, "Filen är tom"),
    ],
)
def test_what_cannot_be_checked_is_said(data, said):
    sent = {"file": SimpleUploadedFile("tom.pdf", data["file"])} if "file" in data else data

    assert said in asked(sent).content.decode()


@pytest.mark.django_db
def test_a_file_of_any_size_is_hashed_and_never_stored(monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("the upload reached a handler that keeps it")

    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", never)
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", never)
    large = SimpleUploadedFile("stor.pdf", b"%PDF-" + b"x" * (31 * 1024 * 1024))

    page = asked({"file": large}).content.decode()

    assert "Filen är för stor" in page


@pytest.mark.django_db
def test_what_is_typed_stands_when_it_was_wrong():
    assert 'value="abc"' in asked({"sha256": "abc"}).content.decode()


@pytest.mark.django_db
def test_too_many_questions_are_stopped_and_the_page_can_still_be_read():
    client = Client()
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
        answers = [asked({"sha256": "0" * 64}, client).status_code for _number in range(21)]

    assert answers == [200] * 20 + [429]
    assert client.get(CHECK).status_code == 200


@pytest.mark.django_db
def test_a_question_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)

    assert client.post(CHECK, {"sha256": "0" * 64}).status_code == 403


@pytest.mark.django_db
def test_checking_asks_a_bounded_number_of_questions():
    with CaptureQueriesContext(connection) as queries:
        checking.check("0" * 64)

    assert len(queries) == 2


def test_the_plans_page_shows_the_sum_and_where_to_check(gullspang):
    plan = factories.approved(gullspang)
    printed = printing.kept(plan)

    page = sign_in(Client(), gullspang.manager).get(plan.get_absolute_url()).content.decode()

    assert printed.sha256 in page
    assert CHECK in page


def test_a_paper_that_was_signed_with_ink_goes_into_the_record_as_it_came(gullspang):
    plan = factories.submitted(gullspang)
    scan = scanned(plan, gullspang)
    paper_signing.enter(
        plan,
        by=gullspang.officer,
        digest=plan.sealed.digest,
        scan=scan,
        entries=[entry(place) for place in signing.waiting(plan)],
        approval=ApprovalEntry(gullspang.manager, "Bibliotekschefen", "Närmaste chef", DAY),
    )
    followups.run_owed()

    record = Record.objects.get(kind="plan")
    file = record.files.get(name="original-underskrivet-papper-1.pdf")
    assert file.sha256 == scan.sha256
    assert file.is_foreign
    assert record.facts["signatures"][0]["on_paper"] == "2013-04-02"
