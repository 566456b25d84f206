"""A plan signed with ink: its scan is kept by content, its signatures say who wrote them in, and nobody gains by it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import ActivityPlan, PaperScan, Signature
from accounts.signatures import paper_signing, signature_blocks, signing
from accounts.signatures.paper_signing import ApprovalEntry
from accounts.views import paper
from governance import followups, people, scans
from governance.models import AuditEvent, Notice
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, digest_of
from tests.accounts.papers import DAY, PDF, entry, picture, scanned, upload
from tests.factories import RoleFactory
from tests.login import sign_in

SIGNING, APPROVED = ActivityPlan.Status.SIGNING, ActivityPlan.Status.APPROVED


def url(name: str, *args: int) -> str:
    return reverse(f"accounts:paper-{name}", args=args)


def officer(town) -> Client:
    return sign_in(Client(), town.officer)


def entered(plan, town, places=None, approval=None, **changed):
    """Write in these places (all that wait), and the approval if there is one."""
    places = signing.waiting(plan) if places is None else places
    facts = {"by": town.officer, "digest": digest_of(plan), "scan": scanned(plan, town), **changed}
    return paper_signing.enter(plan, entries=[entry(place) for place in places], approval=approval, **facts)


def approved_by(user, name="", capacity="Närmaste chef, Biblioteket") -> ApprovalEntry:
    return ApprovalEntry(user, name or str(user), capacity, DAY)


def typed(plan, town, **changed) -> dict[str, str]:
    """What the form sends when every place and the approval are filled in."""
    scan = plan.scans.last() or scanned(plan, town)
    places = {f"{place.user.pk}-{place.statement_key}": place for place in signing.waiting(plan)}
    return {
        "digest": digest_of(plan),
        "scan": str(scan.pk),
        **{f"name-{key}": place.user.name for key, place in places.items()},
        **{f"day-{key}": "2013-04-02" for key in places},
        "approver": str(town.manager.pk),
        "approval_day": "2013-04-05",
        **changed,
    }


# --- Writing in ------------------------------------------------------------------------------------------
def test_all_places_and_the_approval_in_one_go_bring_the_plan_into_force(gullspang):
    plan = factories.submitted(gullspang)

    plan = entered(plan, gullspang, approval=approved_by(gullspang.manager))

    assert plan.status == APPROVED
    rows = plan.sealed.signatures.all()
    assert {row.paper_day for row in rows} == {DAY}
    assert {row.entered_by for row in rows} == {gullspang.officer}
    assert {row.user for row in rows} == {*gullspang.staff[:2], gullspang.manager}
    assert plan.duties.first().mission_by == gullspang.manager


def test_some_may_stand_on_paper_while_the_others_sign_here(gullspang):
    plan = factories.submitted(gullspang)
    first, *_rest = signing.waiting(plan)

    entered(plan, gullspang, [first])

    assert plan.status == SIGNING
    assert first.user not in [place.user for place in signing.waiting(plan)]
    assert factories.approved(gullspang, plan).status == APPROVED


def test_it_is_shown_as_signed_on_paper_by_whom_it_was_written_in(gullspang):
    plan = entered(factories.submitted(gullspang), gullspang, approval=approved_by(gullspang.manager))

    lines = [line for block in signature_blocks.of(plan) for line in block.lines]

    assert all(line.is_signed and line.signed_at is None and line.paper_day == DAY for line in lines)
    assert "Undertecknad på papper 2013-04-02, inskriven av Kommunikatören" in lines[0].note
    page = officer(gullspang).get(plan.get_absolute_url()).content.decode()
    assert "Undertecknad på papper 2013-04-02, inskriven av Kommunikatören" in page
    assert "På papper" in page


def test_an_approver_who_is_nobody_in_uppsikt_stands_with_name_and_capacity(gullspang):
    plan = factories.submitted(gullspang)

    plan = entered(plan, gullspang, approval=approved_by(None, "Gun Karlsson", "Bibliotekschef"))

    row = plan.sealed.signatures.get(capacity_kind="manager")
    assert (row.user, row.name, row.capacity) == (None, "Gun Karlsson", "Bibliotekschef")
    assert plan.duties.first().mission_by is None


def test_an_approval_waits_for_the_signatures_on_paper_too(gullspang):
    plan = factories.submitted(gullspang)

    with pytest.raises(Refused, match="väntar på underskrift"):
        entered(plan, gullspang, signing.waiting(plan)[:1], approved_by(gullspang.manager))

    assert not Signature.objects.exists()


def test_nobody_approves_on_paper_a_plan_with_an_own_duty(gullspang):
    plan = factories.submitted(gullspang)
    named = gullspang.staff[0]

    for approval in (approved_by(named), approved_by(None, named.name.upper()), approved_by(gullspang.head)):
        with pytest.raises(Refused):
            entered(plan, gullspang, approval=approval)
    assert ActivityPlan.objects.get(pk=plan.pk).status == SIGNING


def test_a_protected_person_with_a_duty_approves_by_no_name_of_hers(gullspang):
    plan = factories.submitted(gullspang)
    held = gullspang.staff[0]
    people.correct(held, by=gullspang.officer, protected_identity=True, title="Bibliotekarie")

    with pytest.raises(Refused, match="har ett ansvar i planen"):
        entered(plan, gullspang, approval=approved_by(None, f" {held.real_name.upper()} "))


def test_nobody_writes_in_the_own_approval(gullspang):
    plan = factories.submitted(gullspang)
    RoleFactory(user=gullspang.manager, role="communications_officer")

    with pytest.raises(Refused, match="egen underskrift"):
        entered(plan, gullspang, approval=approved_by(gullspang.manager), by=gullspang.manager)


def test_whoever_has_a_duty_writes_in_neither_the_own_signature_nor_the_approval(gullspang):
    plan = factories.begun(gullspang)
    people = factories.team(plan, [gullspang.officer, *gullspang.staff])
    plan = factories.submitted(gullspang, factories.written(gullspang, plan, people=people))
    others = [place for place in signing.waiting(plan) if place.user != gullspang.officer]

    with pytest.raises(Refused, match="Din egen underskrift"):
        entered(plan, gullspang)
    entered(plan, gullspang, others)
    actions.sign_plan(plan, by=gullspang.officer, digest=digest_of(plan))
    with pytest.raises(Refused, match="Du har själv ett ansvar"):
        entered(plan, gullspang, [], approved_by(gullspang.manager))


def test_what_was_changed_since_it_was_read_is_not_written_in(gullspang):
    plan = factories.submitted(gullspang)

    with pytest.raises(Refused, match="Läs den igen"):
        entered(plan, gullspang, digest="0" * 64)


def test_a_place_that_was_signed_meanwhile_is_not_written_in_again(gullspang):
    plan = factories.submitted(gullspang)
    places = signing.waiting(plan)
    actions.sign_plan(plan, by=places[0].user, digest=digest_of(plan))

    with pytest.raises(Refused, match="har redan undertecknat"):
        entered(plan, gullspang, places)


def test_a_draft_takes_no_paper(gullspang):
    with pytest.raises(Refused, match="ligger inte för underskrift"):
        scanned(factories.written(gullspang), gullspang)


def test_everything_is_in_the_log_and_the_names_in_its_personal_part(gullspang):
    plan = entered(factories.submitted(gullspang), gullspang, approval=approved_by(gullspang.manager))

    events = AuditEvent.objects.filter(object_type="accounts.activityplan", object_id=plan.pk)
    actions_taken = list(events.order_by("pk").values_list("action", flat=True))
    assert actions_taken.count("activityplan.sign_on_paper") == 3
    assert actions_taken[-1] == "activityplan.approve_on_paper"
    assert not any("Utsedd" in str(event.data) for event in events)


def test_the_copy_goes_to_the_officer_as_when_it_is_approved_here(gullspang):
    plan = entered(factories.submitted(gullspang), gullspang, approval=approved_by(gullspang.manager))
    followups.run_owed()

    told = Notice.objects.filter(key__startswith=f"plan:{plan.pk}:1:approved")
    assert gullspang.officer in [notice.user for notice in told]


def test_a_signature_on_paper_is_not_the_signers_to_withdraw(gullspang):
    plan = factories.submitted(gullspang)
    place = signing.waiting(plan)[0]
    entered(plan, gullspang, [place])

    with pytest.raises(Refused, match="inte undertecknat"):
        perform(plan, "withdraw_signature", by=place.user, reason=REASON)


# --- In the database -------------------------------------------------------------------------------------
@pytest.mark.parametrize("given", [{"paper_day": DAY}, {"user": None}])
def test_the_database_takes_no_half_signature_on_paper(gullspang, given):
    plan = factories.submitted(gullspang)
    facts = {"sealed": plan.sealed, "user": gullspang.staff[0], "name": "x", "capacity_kind": "administrator"}
    facts |= {"capacity": "x", "statement_key": "x", "statement": "x", "signed_at": plan.submitted_at, **given}

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(**facts)


def test_a_scan_never_changes_and_one_with_signatures_is_never_deleted(gullspang):
    plan = factories.submitted(gullspang)
    entered(plan, gullspang)
    scan = plan.scans.get()

    with pytest.raises(InternalError), transaction.atomic():
        PaperScan.objects.update(name="annat")
    with pytest.raises(Refused, match="bygger på"):
        paper_signing.remove_scan(scan, by=gullspang.officer)


def test_a_scan_laid_in_by_mistake_is_taken_away_with_its_file(gullspang, django_capture_on_commit_callbacks):
    scan = scanned(factories.submitted(gullspang), gullspang)
    assert default_storage.exists(scan.file)

    with django_capture_on_commit_callbacks(execute=True):
        paper_signing.remove_scan(scan, by=gullspang.officer)

    assert not default_storage.exists(scan.file)
    assert not PaperScan.objects.exists()


def test_the_same_scan_twice_is_one(gullspang):
    plan = factories.submitted(gullspang)

    assert scanned(plan, gullspang) == scanned(plan, gullspang)


# --- What a scan is --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (picture("PNG"), "image/png"), (picture("JPEG"), "image/jpeg")],
)
def test_a_scan_is_told_by_its_content_whatever_its_name(content, media_type):
    assert scans.read(upload(content, "bild.exe")).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html>%PDF-</html>",
        b"%PDF-1.4 cut off",
        picture("PNG")[:40],
        picture("GIF"),
        b"GIF89a%PDF-",
        b"\xff\xd8\xff\xe0 forged",
    ],
)
def test_what_is_no_paper_is_refused(content):
    with pytest.raises(scans.NotAScan):
        scans.read(upload(content, "plan.pdf"))


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(scans, "MAX_PIXELS", 50)

    with pytest.raises(scans.NotAScan):
        scans.read(upload(picture(size=(10, 10))))


# --- Pages -----------------------------------------------------------------------------------------------
def test_the_page_first_asks_for_the_paper_then_for_what_stands_on_it(gullspang):
    plan = factories.submitted(gullspang)
    client = officer(gullspang)

    empty = client.get(url("enter", plan.pk)).content.decode()
    response = client.post(url("upload", plan.pk), {"file": upload()}, follow=True)

    assert "2. Underskrifterna" not in empty
    assert "Papperet är inlagt" in response.content.decode()
    assert "Utsedd 0" in response.content.decode()


def test_every_field_of_the_form_is_kept_as_it_was_typed(gullspang):
    plan = factories.submitted(gullspang)
    key = next(f"{place.user.pk}-{place.statement_key}" for place in signing.waiting(plan))
    changed = {
        f"name-{key}": "Annat Namn",
        f"day-{key}": "2013-04-01",
        "approval_name": "B. Chef",
        "approval_capacity": "Chef för biblioteket",
    }

    response = officer(gullspang).post(url("enter", plan.pk), typed(plan, gullspang, **changed))

    assert response["Location"] == plan.get_absolute_url()
    rows = plan.seals.first().signatures.order_by("pk")
    assert [(row.name, row.paper_day.isoformat()) for row in rows] == [
        ("Annat Namn", "2013-04-01"),
        ("Utsedd 1", "2013-04-02"),
        ("B. Chef", "2013-04-05"),
    ]
    assert rows.last().capacity == "Chef för biblioteket"
    assert {row.scan for row in rows} == {plan.scans.get()}
    assert ActivityPlan.objects.get(pk=plan.pk).status == APPROVED


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"approval_day": "2999-01-01"}, "Dagen har inte varit än"),
        ({"approval_day": ""}, "Fyll i dagen som står vid godkännandet"),
        ({"approver": ""}, "Välj vem som godkände planen"),
        ({"approver": "other"}, "Skriv det som det står på papperet"),
        ({"scan": "0"}, "giltig"),
        ({"day-0-ingen.1": "2013-04-02"}, "har undertecknat under tiden"),
        ({"digest": "gammal"}, "Läs den igen"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stands(gullspang, changed, said):
    plan = factories.submitted(gullspang)

    page = officer(gullspang).post(url("enter", plan.pk), typed(plan, gullspang, **changed))

    assert said in page.content.decode()
    assert "2013-04-02" in page.content.decode()
    assert not Signature.objects.exists()


def test_a_paper_without_signatures_is_refused(gullspang):
    plan = factories.submitted(gullspang)
    sent = {"digest": digest_of(plan), "scan": str(scanned(plan, gullspang).pk), "approver": ""}

    page = officer(gullspang).post(url("enter", plan.pk), sent)

    assert "Fyll i dagen för minst en underskrift" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Välj en fil"),
        ({"file": upload(b"MZ", "plan.pdf")}, "varken en PDF eller en bild"),
        ({"file": upload(b"", "plan.pdf")}, "Filen är tom"),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field_and_nothing_is_stored(gullspang, sent, said):
    plan = factories.submitted(gullspang)
    if "file" in sent:
        sent["file"].seek(0)

    page = officer(gullspang).post(url("upload", plan.pk), sent)

    assert said in page.content.decode()
    assert not PaperScan.objects.exists()


def test_a_file_that_is_too_large_is_thrown_away_and_said_to_be(gullspang, monkeypatch):
    monkeypatch.setattr(paper.upload, "max_upload", 10)
    plan = factories.submitted(gullspang)

    page = officer(gullspang).post(url("upload", plan.pk), {"file": upload()})

    assert "för stor" in page.content.decode()
    assert not PaperScan.objects.exists()


def test_a_scan_is_handed_out_as_a_file_and_never_opened_in_the_page(gullspang):
    scan = scanned(factories.submitted(gullspang), gullspang)

    response = sign_in(Client(), gullspang.manager).get(scan.get_absolute_url())

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.filter(action="activityplan.open_scan").count() == 1


def test_a_stale_login_writes_nothing_in_and_keeps_what_was_typed(gullspang):
    plan = factories.submitted(gullspang)
    sent = typed(plan, gullspang, approval_name="B. Chef")
    client = sign_in(Client(), gullspang.officer, fresh=False)

    response = client.post(url("enter", plan.pk), sent)
    again = client.post(response["Location"], {"password": "hemligt", "next": url("enter", plan.pk)}, follow=True)

    assert "reauthenticate" in response["Location"]
    assert not Signature.objects.exists()
    assert "B. Chef" in again.content.decode()
    assert "Det du skrev finns kvar" in again.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 200), ("manager", 403), ("proposer", 403), ("auditor", 403), ("outsider", 404)],
)
def test_only_communications_enters_papers(gullspang, role, status):
    plan = factories.submitted(gullspang)
    client = sign_in(Client(), getattr(gullspang, role))

    assert client.get(url("enter", plan.pk)).status_code == status
    if status != 200:
        assert client.post(url("enter", plan.pk), {}).status_code == status
        assert client.post(url("upload", plan.pk), {"file": upload()}).status_code == status


def test_a_step_past_the_form_is_refused_who_may_not(gullspang):
    plan = factories.signed(gullspang)

    with pytest.raises(PermissionDenied):
        perform(plan, "approve_on_paper", by=gullspang.manager)
    with pytest.raises(Refused, match="Skriv in vem som godkände"):
        perform(plan, "approve_on_paper", by=gullspang.officer)
