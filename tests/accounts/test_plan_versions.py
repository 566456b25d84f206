"""The pages of a plan that changes: what is offered to whom, what a rejection says, what is told to whom."""

import pytest
from django.urls import reverse

from accounts.models import ActivityPlan
from accounts.plans import corrections
from governance import followups, rules
from governance.models import Finding, Notice
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import REASON
from tests.factories import adopted

Status = ActivityPlan.Status


def page(client, user, url) -> str:
    client.force_login(user)
    return client.get(url).content.decode()


# --- Changing --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("who", "offered"), [("officer", True), ("manager", True), ("auditor", False)])
def test_the_plan_in_force_offers_to_change_it_to_those_who_may(gullspang, client, who, offered):
    plan = factories.in_force(gullspang)

    shown = page(client, getattr(gullspang, who), plan.get_absolute_url())

    assert ("Ändra planen" in shown) is offered
    assert (reverse("accounts:plan-contacts", args=[plan.pk]) in shown) is offered


def test_the_button_leads_to_the_draft_of_the_next_version(gullspang, client):
    plan = factories.in_force(gullspang)
    client.force_login(gullspang.manager)

    response = client.post(reverse("accounts:plan-amend", args=[plan.account_id]))

    draft = plan.account.plans.get(version=2)
    assert response.url == reverse("accounts:plan-edit", args=[draft.pk])
    assert "Version 1 gäller tills den här är godkänd" in client.get(response.url).content.decode()
    assert "Version 2 är under arbete" in client.get(plan.get_absolute_url()).content.decode()


def test_a_closed_account_is_told_why_its_plan_cannot_be_changed(gullspang, client):
    account = factories.withdrawn(gullspang).account
    client.force_login(gullspang.officer)

    response = client.post(reverse("accounts:plan-amend", args=[account.pk]), follow=True)

    assert "Planen kan inte ändras" in response.content.decode()


def test_the_page_of_a_changed_plan_says_what_is_changed_and_who_signs(gullspang, client):
    plan = factories.amended(gullspang)

    shown = page(client, gullspang.officer, plan.get_absolute_url())

    assert "Ändrat från version 1" in shown
    assert "alla som namnges undertecknar på nytt" in shown
    assert "Ändrar version 1" in shown


def test_a_superseded_version_says_so_and_leads_to_the_comparison(gullspang, client):
    plan = factories.superseded(gullspang)
    newer = plan.account.plans.get(version=2)

    shown = page(client, gullspang.officer, plan.get_absolute_url())

    assert "En nyare version har ersatt den här" in shown
    assert reverse("accounts:plan-compare", args=[newer.pk, plan.pk]) in shown


# --- Putting right ---------------------------------------------------------------------------------------
def test_contact_details_make_a_round_trip_and_are_shown_beside_what_was_signed(gullspang, client):
    plan = factories.in_force(gullspang)
    duties = list(plan.duties.order_by("pk"))
    client.force_login(gullspang.manager)
    url = reverse("accounts:plan-contacts", args=[plan.pk])
    typed = {f"{d.pk}-{how}": value for d in duties for how, value in (("email", d.email), ("phone", d.phone))}

    response = client.post(url, typed | {f"{duties[0].pk}-email": "ny@k.example", f"{duties[0].pk}-phone": "070-9"})

    assert response.url == plan.get_absolute_url()
    duties[0].refresh_from_db()
    assert (duties[0].email, duties[0].phone) == ("ny@k.example", "070-9")
    assert "ny@k.example" in client.get(url).content.decode()
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert "Rättade kontaktuppgifter" in shown
    assert "ny@k.example, 070-9" in shown


def test_what_the_policy_asks_for_is_not_taken_away_as_a_correction(gullspang, client):
    plan = factories.in_force(gullspang)
    client.force_login(gullspang.manager)

    shown = client.post(reverse("accounts:plan-contacts", args=[plan.pk]), {}).content.decode()

    assert "Policyn kräver att det står hur personen nås." in shown
    assert not plan.duties.filter(kind="administrator", phone="").exists()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("outsider", 404), ("proposer", 404)])
def test_only_who_may_write_the_plan_puts_contact_details_right(gullspang, client, who, status):
    plan = factories.in_force(gullspang)
    client.force_login(getattr(gullspang, who))

    assert client.post(reverse("accounts:plan-contacts", args=[plan.pk]), {}).status_code == status


def test_the_officer_publishes_a_spelling_with_the_comparison_and_a_reason(gullspang, client):
    plan = factories.corrected(gullspang)
    url = reverse("accounts:plan-correct", args=[plan.pk])
    assert url in page(client, gullspang.officer, plan.get_absolute_url())
    assert "<ins>" in client.get(url).content.decode()
    assert "Skriv vad som rättas." in client.post(url, {"reason": ""}).content.decode()

    client.post(url, {"reason": "Utropstecken"})

    plan.refresh_from_db()
    assert plan.status == Status.APPROVED
    shown = client.get(plan.get_absolute_url()).content.decode()
    assert "Rättar stavning i version 1" in shown
    assert "Underskriften på version 1 gäller fortfarande." in shown


def test_more_than_a_spelling_is_refused_with_its_reason_and_nobody_else_publishes(gullspang, client):
    plan = factories.amended(gullspang)
    url = reverse("accounts:plan-correct", args=[plan.pk])
    client.force_login(gullspang.officer)
    assert "mer än stavning" in client.post(url, {"reason": "x"}, follow=True).content.decode()

    client.force_login(gullspang.manager)
    assert client.post(url, {"reason": "x"}).status_code == 403
    plan.refresh_from_db()
    assert plan.status == Status.DRAFT


# --- A newer policy --------------------------------------------------------------------------------------
def test_a_draft_under_an_earlier_policy_offers_the_new_one_and_keeps_what_is_written(gullspang, client):
    plan = factories.outdated(gullspang)
    client.force_login(gullspang.proposer)
    edit = reverse("accounts:plan-edit", args=[plan.pk])
    assert "Skriv om under den nya policyn" in client.get(edit).content.decode()

    client.post(reverse("accounts:plan-rewrite", args=[plan.pk]))

    plan.refresh_from_db()
    assert plan.policy_version.key == "lekeberg"
    assert "Skriv om under den nya policyn" not in client.get(edit).content.decode()
    assert "Tipsa om böcker" in client.get(edit).content.decode()


# --- Rejection -------------------------------------------------------------------------------------------
def test_a_rejected_plan_says_why_and_in_what_capacity_it_was_decided(gullspang, client):
    plan = factories.rejected(gullspang)

    shown = page(client, gullspang.proposer, plan.get_absolute_url())

    assert "Planen är avslagen" in shown
    assert REASON in shown
    assert "i egenskap av Verksamhetsansvarig chef, Biblioteket" in shown
    assert "Ta upp förslaget igen" in shown


def test_a_plan_that_is_taken_up_again_still_says_why_it_was_rejected(gullspang, client):
    plan = perform(factories.rejected(gullspang), "resubmit", by=gullspang.proposer)

    shown = page(client, gullspang.proposer, plan.get_absolute_url())

    assert "Planen blev avslagen och är utkast igen" in shown
    assert REASON in shown
    assert plan.account.status == "proposed"


def test_the_author_is_told_of_a_rejection_and_has_it_to_do(gullspang):
    plan = factories.rejected(gullspang)
    followups.run_owed()

    notice = Notice.objects.get(user=gullspang.proposer, subject__startswith="Planen för")
    assert "är avslagen" in notice.subject
    assert REASON not in notice.body
    rules.evaluate(plan)
    finding = Finding.objects.get(rule="PLAN-1", subject_id=plan.pk)
    assert "Ta upp förslaget igen" in finding.text
    assert list(finding.responsible.all()) == [gullspang.proposer]


def test_an_approved_change_is_told_without_asking_anybody_to_open_the_account(gullspang):
    factories.superseded(gullspang)
    followups.run_owed()

    body = Notice.objects.filter(user=gullspang.officer, subject__endswith="är godkänd").latest("pk").body
    assert "öppna" not in body


def test_a_second_version_is_not_begun_beside_one_that_is_taken_up_again(gullspang):
    plan = factories.amendment_rejected(gullspang)

    perform(plan, "resubmit", by=gullspang.officer)

    assert plan.account.plans.open().count() == 1


def test_a_correction_is_kept_and_stands_on_the_signatures_before_it(gullspang):
    plan = corrections.publish(factories.corrected(gullspang), by=gullspang.officer, reason="Stavning")

    assert plan.account.plans.in_force().get() == plan
    assert plan.account.plans.get(version=1).status == Status.SUPERSEDED


def test_a_newer_policy_is_not_offered_for_what_lies_before_its_signers(gullspang, client):
    plan = factories.submitted(gullspang)
    adopted("lekeberg")

    assert "Skriv om under" not in page(client, gullspang.proposer, plan.get_absolute_url())


# --- The account's page ----------------------------------------------------------------------------------
def test_the_accounts_page_offers_to_change_its_plan_and_says_why_a_version_was_rejected(gullspang, client):
    account = factories.opened(gullspang)
    address = reverse("accounts:plan-amend", args=[account.pk])
    assert address in page(client, gullspang.manager, account.get_absolute_url())
    assert address not in page(client, gullspang.auditor, account.get_absolute_url())


def test_the_accounts_page_says_why_its_plan_was_rejected(gullspang, client):
    plan = factories.rejected(gullspang)

    shown = page(client, gullspang.proposer, plan.account.get_absolute_url())

    assert "Förslaget är avslaget" in shown
    assert REASON in shown
    assert "i egenskap av Verksamhetsansvarig chef, Biblioteket" in shown
