"""The register's pages: what they show, what a form does with what was typed, how many questions a list asks."""

import re
from typing import get_args

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions
from accounts.models import Account, ActivityPlan
from accounts.plans import prerequisites
from governance.models import AuditEvent
from governance.policy.scope import AccountUse
from governance.workflow import perform
from tests.accounts import factories
from tests.accounts.factories import FIVE, REASON, digest_of
from tests.factories import UnitFactory, root
from tests.login import sign_in
from tests.pdfs import is_for_the_archive

PROPOSAL = {"name": "Lejonet", "kind": "unit", "visibility": "open", "visibility_reason": ""}


def as_user(user) -> Client:
    return sign_in(Client(), user)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def opening(account: Account, address: str = "https://www.facebook.com/biblioteket") -> dict[str, str]:
    """What is sent when everything is confirmed."""
    keys = prerequisites.of(account.plans.get(status="approved").rules)
    return {"address": address, **{f"confirmed-{key}": "on" for key in keys}}


def url(name: str, pk: int) -> str:
    return reverse(f"accounts:{name}", args=[pk])


# --- Proposing -------------------------------------------------------------------------------------------
def test_a_proposal_leads_to_the_plan(town):
    data = {**PROPOSAL, "platform": town.platform.pk, "unit": town.library.pk}

    response = as_user(town.proposer).post("/konton/foresla/", data)

    plan = ActivityPlan.objects.get(account__name="Lejonet")
    assert response["Location"] == url("plan-edit", plan.pk)
    assert (plan.unit, plan.drafted_by, plan.account.authority) == (town.library, town.proposer, town.library.authority)


def test_everything_of_a_proposal_is_saved_and_shown_again(town):
    museum = UnitFactory(name="Museet", parent=town.library)
    data = {
        **PROPOSAL,
        "platform": town.platform.pk,
        "unit": town.library.pk,
        "kind": "recruitment",
        "visibility": "locked",
        "visibility_reason": "Bara för sökande",
        "audience": "De som söker jobb",
        "uses": ["events", "recruitment"],
        "publishing_units": [museum.pk],
    }

    as_user(town.proposer).post("/konton/foresla/", data)

    account = Account.objects.get(name="Lejonet")
    assert (account.kind, account.visibility, account.visibility_reason) == (
        "recruitment",
        "locked",
        "Bara för sökande",
    )
    assert (account.audience, account.uses) == ("De som söker jobb", ["events", "recruitment"])
    assert [*account.publishing_units.all()] == [museum]
    shown = as_user(town.proposer).get(url("account-edit", account.pk)).context["form"]
    facts = ("name", "kind", "visibility", "visibility_reason", "audience", "uses")
    assert {name: shown[name].value() for name in facts} == {name: data[name] for name in facts}
    page = as_user(town.proposer).get(account.get_absolute_url()).content.decode()
    assert all(words in page for words in ("De som söker jobb", "Bara för sökande", "Museet"))


def test_a_wrong_proposal_keeps_its_ticks(town):
    museum = UnitFactory(name="Museet", parent=town.library)
    data = {**PROPOSAL, "name": "", "uses": ["events"], "publishing_units": [museum.pk]}

    form = as_user(town.proposer).post("/konton/foresla/", data).context["form"]

    assert (form["uses"].value(), form["publishing_units"].value()) == (["events"], [str(museum.pk)])


@pytest.mark.parametrize("key", FIVE)
def test_the_uses_that_the_policy_names_are_offered_first_in_its_words(db, key):
    town = factories.town(key)
    named = [(use.key, use.label) for use in town.policy.policy.registry.uses]

    offered = as_user(town.proposer).get("/konton/foresla/").context["form"].fields["uses"].choices

    assert named
    assert offered[: len(named)] == named
    assert {use for use, _label in offered} == set(get_args(AccountUse))


def test_only_units_where_one_may_propose_and_platforms_that_are_used_are_offered(town):
    town.platform.__class__.objects.filter(key="myspace").update(retired_on="2020-01-01")
    UnitFactory(name="Någon annans")

    page = as_user(town.head).get("/konton/foresla/").content.decode()

    assert "Biblioteket" in page
    assert "Kulturförvaltningen" in page
    assert "Någon annans" not in page
    assert "Myspace" not in page


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"name": ""}, "Skriv vad kontot ska heta."),
        ({"name": "x" * 121}, "120"),
        ({"platform": ""}, "Välj plattform."),
        ({"unit": ""}, "Välj den enhet som ska svara för kontot."),
        ({"visibility": "locked"}, "Skriv varför kontot inte ska vara öppet för alla."),
        ({"kind": "nonsense"}, "nonsense"),
    ],
)
def test_a_wrong_proposal_says_what_is_wrong_and_keeps_what_was_typed(town, wrong, text):
    data = {**PROPOSAL, "platform": town.platform.pk, "unit": town.library.pk, **wrong}

    page = as_user(town.proposer).post("/konton/foresla/", data).content.decode()

    assert text in page
    assert "Lejonet" in page or "name" in wrong
    assert not Account.objects.exists()


def test_nobody_proposes_for_a_unit_that_is_not_offered(town):
    other = UnitFactory()

    response = as_user(town.proposer).post(
        "/konton/foresla/", {**PROPOSAL, "platform": town.platform.pk, "unit": other.pk}
    )

    assert response.status_code == 200
    assert not Account.objects.exists()


# --- The list --------------------------------------------------------------------------------------------
@pytest.fixture
def three(town) -> list[Account]:
    """An open account, and two proposed ones in different units and on different platforms."""
    instagram = type(town.platform).objects.get(key="instagram")
    return [
        factories.opened(town),
        factories.begun(town, name="Åkern", unit=town.department, platform=instagram).account,
        factories.begun(town, name="Zebran", unit=root()).account,
    ]


def shown(response) -> list[str]:
    return [account.name for account in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Biblioteket", "Zebran", "Åkern"]),
        ("?ordning=-namn", ["Åkern", "Zebran", "Biblioteket"]),
        ("?ordning=oppnat", ["Biblioteket", "Zebran", "Åkern"]),
        ("?ordning=nonsense", ["Biblioteket", "Zebran", "Åkern"]),
        ("?q=zebr", ["Zebran"]),
        ("?q=facebook.com/bibl", ["Biblioteket"]),
        ("?plattform=instagram", ["Åkern"]),
        ("?lage=proposed", ["Zebran", "Åkern"]),
        ("?lage=nonsense", ["Biblioteket", "Zebran", "Åkern"]),
        ("?enhet=nonsense", ["Biblioteket", "Zebran", "Åkern"]),
        ("?q=finns%20inte", []),
        ("?sida=99", ["Biblioteket", "Zebran", "Åkern"]),
    ],
)
def test_the_list_is_narrowed_and_ordered_as_asked(town, three, query, names):
    assert shown(as_user(town.officer).get(f"/konton/{query}")) == names


@pytest.mark.parametrize(("query", "opened"), [("", False), ("?lage=active", False), ("?plan=utan", True)])
def test_what_one_seldom_chooses_by_is_folded_away_until_it_is_chosen(town, three, query, opened):
    page = as_user(town.officer).get(f"/konton/{query}").content.decode()

    assert ('<details class="filter-more" open>' in page) == opened
    for name in ("q", "plattform", "enhet", "lage", "slag", "anvandning", "synlighet", "plan"):
        assert page.count(f'name="{name}"') == 1


def test_a_unit_stands_for_all_below_it(town, three):
    response = as_user(town.officer).get(f"/konton/?enhet={town.department.pk}")

    assert shown(response) == ["Biblioteket", "Åkern"]
    assert "Visa alla konton" in as_user(town.officer).get("/konton/?q=finns-inte").content.decode()


def test_one_sees_only_what_one_may(town, three):
    assert shown(as_user(town.manager).get("/konton/")) == ["Biblioteket"]
    assert shown(as_user(town.outsider).get("/konton/")) == []
    assert "Föreslå konto" in as_user(town.outsider).get("/konton/").content.decode()


def test_the_list_asks_the_same_number_of_questions_for_three_and_for_thirty(town, three):
    client = as_user(town.officer)
    client.get("/konton/")
    with CaptureQueriesContext(connection) as few:
        client.get("/konton/")
    for number in range(27):
        factories.begun(town, name=f"Konto {number}")

    with CaptureQueriesContext(connection) as many:
        response = client.get("/konton/")

    assert len(response.context["page"]) == 25
    assert len(many) == len(few) <= 16


# --- The account -----------------------------------------------------------------------------------------
def test_an_account_shows_who_does_what_in_the_policys_words(gullspang):
    account = factories.opened(gullspang)

    page = as_user(gullspang.auditor).get(account.get_absolute_url()).content.decode()

    for words in (
        "Administratör",
        "Daglig drift",
        "Ersättare vid frånvaro",
        "Utsedd 0",
        "Biblioteket",
        account.address,
    ):
        assert words in page
    assert "öppnade kontot Biblioteket (Facebook)" in page


@pytest.mark.parametrize(
    ("key", "kind", "said"),
    [
        ("gullspang", "unit", ["Kontoansvarig, Biblioteket", "Gullspång avsnitt 5"]),
        (
            "lekeberg",
            "municipality_wide",
            ["Näringslivs- och utvecklingsavdelningen; i det dagliga: kommunikatör", "Lekeberg 3"],
        ),
        ("lekeberg", "unit", ["Lekeberg 2.1; Lekeberg 4"]),
        ("lidingo", "unit", ["Tjänstemannens chef har det yttersta ansvaret", "Lidingö, Ansvar"]),
        ("norsjo", "unit", ["Den som utses hanterar mediet väl", "Norsjö 1"]),
        ("valdemarsvik", "municipality_wide", ["Kommunchef", "Valdemarsvik, Vem ansvarig för innehållet?"]),
        ("valdemarsvik", "unit", ["Sektorschef, Biblioteket", "Valdemarsvik, Vem ansvarig för innehållet?"]),
    ],
)
def test_an_account_shows_who_answers_for_its_kind_and_where_the_policy_says_so(db, key, kind, said):
    town = factories.town(key)
    account = factories.begun(town, kind=kind).account

    page = as_user(town.officer).get(account.get_absolute_url()).content.decode()

    [told] = re.findall(r"Svarar för kontot</dt>\s*<dd.*?</dd>", page, flags=re.DOTALL)
    assert all(words in told for words in said)


# --- Opening ---------------------------------------------------------------------------------------------
def test_the_officer_opens_the_account_at_its_canonical_address(gullspang):
    account = factories.approved(gullspang).account
    client = as_user(gullspang.officer)
    page = client.get(url("account-open", account.pk)).content.decode()
    assert "https://www.facebook.com/biblioteket" in page
    assert "Verksamheten har skapat kontot" in page

    response = client.post(url("account-open", account.pk), opening(account, "m.facebook.com/Biblioteket/?ref=1"))

    account.refresh_from_db()
    assert account.status == Account.Status.ACTIVE
    assert account.address == "https://www.facebook.com/biblioteket"
    assert account.handle == "biblioteket"
    assert "Adressen sparas som https://www.facebook.com/biblioteket." in said(response)


def test_an_address_that_is_kept_as_it_was_typed_is_not_repeated(gullspang):
    account = factories.approved(gullspang).account

    response = as_user(gullspang.officer).post(url("account-open", account.pk), opening(account))

    assert "öppnat" in said(response)
    assert "sparas som" not in said(response)


def test_an_account_opens_at_no_other_address_than_the_signed_one_where_the_policy_demands_it(gullspang):
    account = factories.approved(gullspang).account

    response = as_user(gullspang.officer).post(
        url("account-open", account.pk), opening(account, "https://www.facebook.com/annat")
    )

    account.refresh_from_db()
    assert account.status == Account.Status.APPROVED
    assert response.context["form"].errors["address"] == [
        "Planen är undertecknad för adressen https://www.facebook.com/biblioteket; "
        "ändra planen först (Gullspång Bilaga 1 punkt 2)."
    ]


def test_a_planned_address_that_the_policy_does_not_demand_may_become_another(town):
    account = factories.approved(town).account

    as_user(town.officer).post(url("account-open", account.pk), opening(account, "https://www.facebook.com/annat"))

    account.refresh_from_db()
    assert account.address == "https://www.facebook.com/annat"


@pytest.mark.parametrize(
    ("policy", "left_out", "clause"),
    [
        ("gullspang", "anchored_with", "Gullspång avsnitt 2"),
        ("gullspang", "mission_given", "Gullspång avsnitt 2"),
        ("gullspang", "website_first", "Gullspång avsnitt 2"),
        ("lekeberg", "anchored_with", "Lekeberg 5"),
        ("lekeberg", "website_first", "Lekeberg 2.3"),
        ("norsjo", "mission_given", "Norsjö 4.2"),
        ("lidingo", "mission_given", "Lidingö, Så kommer du igång"),
        ("valdemarsvik", "mission_given", "Valdemarsvik, Redaktörer"),
    ],
)
def test_what_the_policy_demands_before_the_start_is_confirmed_one_by_one(db, policy, left_out, clause):
    town = factories.town(policy)
    account = factories.approved(town).account
    box = f"confirmed-{left_out}"
    data = {name: value for name, value in opening(account).items() if name != box}

    response = as_user(town.officer).post(url("account-open", account.pk), data)

    account.refresh_from_db()
    assert account.status == Account.Status.APPROVED
    assert list(response.context["form"].errors) == [box]
    assert f"({clause})" in str(response.context["form"].errors[box])


def test_what_was_confirmed_stays_in_the_log_and_is_shown_on_the_account(gullspang):
    account = factories.approved(gullspang).account
    client = as_user(gullspang.officer)

    client.post(url("account-open", account.pk), opening(account))

    event = AuditEvent.objects.get(action="account.open", object_id=account.pk)
    assert event.data["confirmed"] == list(prerequisites.of(account.plans.get().rules))
    page = client.get(account.get_absolute_url()).content.decode()
    assert "Uppdraget är förankrat hos informationsansvarig" in page


def test_where_the_municipality_makes_its_accounts_centrally_the_page_says_so(town):
    account = factories.approved(town).account

    page = as_user(town.officer).get(url("account-open", account.pk)).content.decode()

    assert "Du skapar kontot på plattformen" in page
    assert "Riktlinjerna är lästa och kända" in page


@pytest.mark.parametrize(
    ("key", "lead"),
    [
        ("gullspang", "Verksamheten har skapat kontot"),
        ("lekeberg", "Du skapar kontot på plattformen"),
        ("norsjo", "När kontot finns på plattformen"),
        ("lidingo", "Verksamheten har skapat kontot"),
        ("valdemarsvik", "När kontot finns på plattformen"),
    ],
)
def test_who_makes_the_account_is_said_as_each_policy_says_it(db, key, lead):
    town = factories.town(key)
    account = factories.approved(town).account

    assert lead in as_user(town.officer).get(url("account-open", account.pk)).content.decode()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", "Skriv adressen."),
        ("ftp://facebook.com/x", "ska börja med https://"),
        ("https://anna:hemligt@facebook.com/x", "användarnamn eller lösenord"),
        ("https://www.instagram.com/biblioteket", "Adressen hör till Instagram"),
        ("https://example.se/biblioteket", "inte ett konto på Facebook"),
        ("https://www.facebook.com/", "Så här ser en sådan adress ut: https://www.facebook.com/kommunen"),
        ("https://www.facebook.com/upptaget", "hör redan till ett annat konto"),
    ],
)
def test_a_wrong_address_is_refused_with_its_reason_and_kept(gullspang, typed, text):
    factories.opened(gullspang, handle="upptaget")
    account = factories.approved(gullspang, factories.submitted(gullspang, factories.written(gullspang))).account

    page = as_user(gullspang.officer).post(url("account-open", account.pk), {"address": typed}).content.decode()

    assert text in page
    assert f'value="{typed}"' in page or not typed
    account.refresh_from_db()
    assert account.status == Account.Status.APPROVED


def test_two_who_open_two_accounts_at_the_same_address_at_once_do_not_both_succeed(gullspang):
    first = factories.approved(gullspang).account
    second = factories.approved(gullspang, factories.submitted(gullspang, factories.written(gullspang))).account
    actions.open_account(first, by=gullspang.officer, address="https://x.com/a", handle="a")

    with pytest.raises(actions.Refused, match="hör redan till"):
        actions.open_account(second, by=gullspang.officer, address="https://x.com/a", handle="a")


# --- Signing and approving -------------------------------------------------------------------------------
def test_signing_shows_exactly_what_is_signed_and_signs_that(gullspang):
    plan = factories.submitted(gullspang)
    client = as_user(gullspang.staff[0])

    page = client.get(url("plan-sign", plan.pk)).content.decode()
    client.post(url("plan-sign", plan.pk), {"digest": digest_of(plan)})

    assert "Jag godkänner detta uppdrag" in page
    assert "Tipsa om böcker" in page
    assert digest_of(plan) in page
    assert plan.sealed.signatures.get().user == gullspang.staff[0]


def test_a_page_that_is_out_of_date_signs_nothing_and_shows_the_plan_anew(gullspang):
    plan = factories.submitted(gullspang)
    old = digest_of(plan)
    perform(plan, "recall", by=gullspang.proposer, reason=REASON)
    factories.submitted(gullspang, factories.written(gullspang, plan, purpose="Något nytt"))

    response = as_user(gullspang.staff[0]).post(url("plan-sign", plan.pk), {"digest": old})

    page = response.content.decode()
    plan.refresh_from_db()
    assert "Läs den igen" in page
    assert "Något nytt" in page
    assert not plan.sealed.signatures.exists()


def test_the_manager_sees_both_decisions_and_approves(town):
    plan = factories.signed(town)
    client = as_user(town.manager)

    page = client.get(url("plan-approve", plan.pk)).content.decode()
    client.post(url("plan-approve", plan.pk), {"digest": digest_of(plan)})

    plan.refresh_from_db()
    assert page.count("Delegationsbeslut") == 2
    assert plan.status == ActivityPlan.Status.APPROVED


def test_a_manager_above_is_told_why_it_is_not_his_or_her_turn(town):
    plan = factories.signed(town)

    response = as_user(town.head).get(url("plan-approve", plan.pk))

    assert response["Location"] == plan.get_absolute_url()
    assert "närmaste chef" in said(response)


# --- The plan's page -------------------------------------------------------------------------------------
def test_the_plan_stands_in_the_order_and_with_the_numbers_of_the_printed_form(gullspang):
    plan = factories.submitted(gullspang)

    document = as_user(gullspang.officer).get(plan.get_absolute_url()).context["document"]

    labels = [(heading.number, [part.label for part in heading.parts]) for heading in document.asked]
    assert labels == [
        (1, ["Socialt medium"]),
        (2, ["Webbadress"]),
        (3, ["Verksamhet"]),
        (4, ["Syfte", "Målgrupp"]),
        (5, ["Administratörer"]),
        (6, ["Daglig drift"]),
        (7, ["Bevakning och uppdatering"]),
        (8, ["Beräknad arbetstid"]),
        (None, ["Ersättare vid frånvaro"]),
    ]
    watch = [f"{line.label} {line.text}" for line in document.asked[6].parts[0].lines]
    assert watch == [
        "Bevakas måndag–fredag (inte helgdagar)",
        "Tider 8–16",
        "Uppdateras 2,5 gånger i veckan",
        "Otillåtet innehåll tas bort inom 48 timmar",
    ]
    assert {part.label for part in document.more} == {
        "Rutin vid frånvaro",
        "Avtalsvillkor",
        "Webbplatsen först",
        "Mål",
        "Uppdrag",
    }


def test_what_is_shown_is_what_was_sealed_and_an_earlier_round_can_still_be_read(gullspang):
    plan = factories.signed(gullspang)
    perform(plan, "send_back", by=gullspang.manager, reason=REASON)
    factories.written(gullspang, plan, purpose="Något nytt")
    client = as_user(gullspang.officer)

    now = client.get(plan.get_absolute_url()).content.decode()
    then = client.get(f"{plan.get_absolute_url()}?omgang=1").content.decode()

    assert "Något nytt" in now
    assert "Tipsa om böcker" not in now
    assert "Tipsa om böcker" in then
    assert "omgång 1, som inte gäller längre" in then
    assert then.count("Undertecknad</span>") == 2


def test_a_draft_says_what_it_lacks_with_the_clause_and_offers_no_button_that_would_be_refused(gullspang):
    plan = factories.begun(gullspang)

    response = as_user(gullspang.proposer).get(plan.get_absolute_url())

    page = response.content.decode()
    assert "Minst 2 personer behövs som administratör" in page
    assert "Gullspång Bilaga 1 punkt 8" in page
    assert [step["name"] for step in response.context["steps"]] == ["withdraw"]


@pytest.mark.parametrize(
    ("role", "steps", "flags"),
    [
        ("proposer", ["recall"], set()),
        ("named", ["decline"], {"may_sign"}),
        ("manager", ["send_back", "reject"], set()),
        ("head", ["recall"], set()),
        ("officer", ["recall"], set()),
        ("auditor", [], set()),
    ],
)
def test_everyone_is_offered_exactly_what_he_or_she_can_do(gullspang, role, steps, flags):
    plan = factories.submitted(gullspang)
    user = {"named": gullspang.staff[0]}.get(role) or getattr(gullspang, role)

    context = as_user(user).get(plan.get_absolute_url()).context

    assert [step["name"] for step in context["steps"]] == steps
    assert {flag for flag in ("may_edit", "may_sign", "may_approve") if context[flag]} == flags


def test_the_steps_of_the_page_are_taken_through_the_one_door(gullspang):
    plan = factories.written(gullspang)
    client = as_user(gullspang.proposer)
    [submit, _withdraw] = client.get(plan.get_absolute_url()).context["steps"]

    client.post(submit["url"])

    plan.refresh_from_db()
    assert plan.status == ActivityPlan.Status.SIGNING


# WeasyPrint leaves its own colour profile open.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("state", ["begun", "submitted", "approved"])
def test_a_plan_is_printed_in_every_state_as_a_pdf_for_the_archive(gullspang, state):
    plan = getattr(factories, state)(gullspang)

    response = as_user(gullspang.officer).get(url("plan-print", plan.pk))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="aktivitetsplan-sociala-medier')
    assert is_for_the_archive(response.content)


def test_the_print_names_every_signature_with_date_and_name_in_clear(gullspang, monkeypatch):
    seen = {}
    monkeypatch.setattr("governance.pdf.render", lambda template, context, *, title: seen.update(context) or b"%PDF-")
    plan = factories.approved(gullspang)

    as_user(gullspang.officer).get(url("plan-print", plan.pk))

    lines = [(line.capacity, line.name, bool(line.signed_at)) for block in seen["blocks"] for line in block.lines]
    assert lines == [
        ("Administratör 1", "Utsedd 0", True),
        ("Administratör 2", "Utsedd 1", True),
        ("Verksamhetsansvarig chef, Biblioteket", "Bibliotekschefen", True),
    ]


@pytest.mark.parametrize(("key", "copy"), [("gullspang", "En kopia lämnas till informationsansvarig."), ("norsjo", "")])
def test_the_print_ends_with_who_gets_a_copy_where_the_policy_says_so(db, monkeypatch, key, copy):
    seen = {}
    monkeypatch.setattr(
        "governance.pdf.render",
        lambda template, context, *, title: seen.update(html=render_to_string(template, context)) or b"%PDF-",
    )
    town = factories.town(key)

    as_user(town.officer).get(url("plan-print", factories.submitted(town).pk))

    assert ("En kopia lämnas" in seen["html"]) == bool(copy)
    assert copy in seen["html"]


def test_the_start_page_shows_ones_own_accounts_and_where_to_propose_one(town):
    account = factories.opened(town)

    mine = as_user(town.staff[0]).get("/").content.decode()
    nobodys = as_user(town.outsider).get("/").content.decode()

    assert account.get_absolute_url() in mine
    assert "Föreslå ett nytt konto" in nobodys


# --- What comes next -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("verb", "by", "words"),
    [
        ("send_back", "manager", "skickade tillbaka"),
        ("decline", "named", "avböjde"),
        ("recall", "officer", "tog tillbaka"),
    ],
)
def test_a_plan_that_came_back_says_who_gave_it_back_and_why_until_it_is_submitted_again(gullspang, verb, by, words):
    plan = factories.submitted(gullspang)
    user = {"manager": gullspang.manager, "named": gullspang.staff[0], "officer": gullspang.officer}[by]
    perform(plan, verb, by=user, reason="Fel <målgrupp>")
    client = as_user(gullspang.proposer)

    back = client.get(plan.get_absolute_url()).content.decode()
    perform(plan, "submit", by=gullspang.proposer)
    again = client.get(plan.get_absolute_url()).content.decode()

    assert "Planen är tillbaka som utkast" in back
    assert f"{user.name} {words}" in back
    assert "Fel &lt;målgrupp&gt;" in back
    assert "tillbaka som utkast" not in again


def test_whoever_declined_is_pointed_out_for_as_long_as_he_or_she_is_named(gullspang):
    plan = factories.submitted(gullspang)
    perform(plan, "decline", by=gullspang.staff[0], reason=REASON)
    client = as_user(gullspang.proposer)

    before = client.get(plan.get_absolute_url()).content.decode()
    factories.written(gullspang, plan, people=factories.team(plan, gullspang.staff[1:]))
    after = client.get(plan.get_absolute_url()).content.decode()

    assert "är fortfarande namngiven i planen: Utsedd 0 (administratör, daglig drift)" in before
    assert "fortfarande namngiven" not in after


def test_whoever_has_signed_or_approved_is_told_what_the_plan_waits_for_now(gullspang):
    plan = factories.submitted(gullspang)
    digest = {"digest": digest_of(plan)}

    first = as_user(gullspang.staff[0]).post(url("plan-sign", plan.pk), digest)
    second = as_user(gullspang.staff[1]).post(url("plan-sign", plan.pk), digest)
    last = as_user(gullspang.manager).post(url("plan-approve", plan.pk), digest)

    assert "Nu väntar planen på underskrift av Utsedd 1." in said(first)
    assert "Nu väntar planen på att godkännas av Bibliotekschefen." in said(second)
    assert "kontot öppnas. Det gör: informationsansvarig." in said(last)


@pytest.mark.parametrize("key", ["norsjo", "lidingo", "valdemarsvik"])
def test_where_nobody_named_signs_the_plan_is_submitted_for_approval(db, key):
    town = factories.town(key)
    plan = factories.written(town)
    client = as_user(town.proposer)

    [submit, _withdraw] = client.get(plan.get_absolute_url()).context["steps"]
    client.post(submit["url"])

    page = client.get(plan.get_absolute_url()).content.decode()
    assert submit["label"] == "Lämna för godkännande"
    assert "Lämnad för godkännande" in page
    assert "för underskrift" not in page
