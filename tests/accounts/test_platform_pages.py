"""The platforms' pages: what can be done where, which ones are left, who decides, and what an update leaves alone."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.forms import ProposalForm
from accounts.models import Account, Platform, PlatformDetails
from accounts.platforms import platform_facts, platform_keeping
from governance import audit, clock
from governance.models import AuditEvent
from tests.accounts import factories
from tests.factories import person

SHOW = "/plattformar/instagram/"
RETIRE = f"{SHOW}sluta-anvanda/"
BACK = f"{SHOW}ta-i-bruk/"
TRY = f"{SHOW}uppgifter/can_hide/"
TRIED = {"answer": "yes", "note": "Håll fingret på kommentaren.", "day": "2026-11-02"}


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def instagram() -> Platform:
    return Platform.objects.whole().get(key="instagram")


def last_sentence() -> str:
    return audit.with_sentences([AuditEvent.objects.latest("pk")])[0][1]


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        ("officer", 200, 200),
        ("manager", 200, 403),
        ("auditor", 200, 403),
        ("registrar", 200, 403),
        ("outsider", 404, 404),
        ("it", 404, 404),
    ],
)
def test_each_page_answers_each_role(town, role, reads, keeps):
    user = person("system_administrator") if role == "it" else getattr(town, role)
    client = as_user(user)

    assert client.get("/plattformar/").status_code == (200 if reads == 200 else 403)
    assert client.get(SHOW).status_code == reads
    assert {client.get(url).status_code for url in (RETIRE, TRY)} == {keeps}
    assert client.post(RETIRE, {"day": "2026-11-20", "reason": "x"}).status_code == (302 if keeps == 200 else keeps)
    assert client.post(BACK).status_code == (302 if keeps == 200 else keeps)
    assert client.post(TRY, TRIED).status_code == (302 if keeps == 200 else keeps)


def test_who_has_a_duty_on_an_account_reads_about_its_platform(town):
    factories.approved(town)

    assert as_user(town.staff[0]).get("/plattformar/facebook/").status_code == 200


@pytest.mark.parametrize("url", ["/plattformar/orkut/", "/plattformar/orkut/sluta-anvanda/", f"{SHOW}uppgifter/name/"])
def test_what_there_is_not_is_not_there(town, url):
    assert as_user(town.officer).get(url).status_code == 404


def test_reading_a_page_takes_no_platform_back(town):
    assert as_user(town.officer).get(BACK).status_code == 405


def test_the_one_who_keeps_the_platforms_finds_them_in_the_navigation(town):
    assert 'href="/plattformar/"' in as_user(town.officer).get("/").content.decode()
    assert 'href="/plattformar/"' not in as_user(town.manager).get("/").content.decode()


def test_the_list_counts_the_accounts_that_the_reader_sees(town):
    factories.opened(town)

    def row(user):
        rows = as_user(user).get("/plattformar/").context["rows"]
        return next((each.running, each.total) for each in rows if each.platform.key == "facebook")

    assert row(town.officer) == (1, 1)
    assert row(person("manager", factories.UnitFactory(name="Annan"))) == (0, 0)


def test_what_is_not_used_stands_last_in_the_list(town):
    rows = as_user(town.officer).get("/plattformar/").context["rows"]

    assert [row.platform.key for row in rows if row.retired] == ["myspace"]
    assert rows[-1].retired


def test_a_platforms_page_shows_the_accounts_there_that_the_reader_sees(town):
    account = factories.opened(town)

    assert account.name in as_user(town.officer).get("/plattformar/facebook/").content.decode()
    assert list(as_user(town.officer).get("/plattformar/facebook/").context["page"]) == [account]
    other = person("manager", factories.UnitFactory(name="Annan"))
    assert list(as_user(other).get("/plattformar/facebook/").context["page"]) == []


@pytest.mark.parametrize("url", ["/plattformar/", "/plattformar/facebook/"])
def test_the_pages_ask_as_often_whatever_there_is(town, url, django_assert_num_queries):
    account = factories.opened(town)
    client = as_user(town.officer)
    client.get(url)
    asked = _queries(client, url)
    facts = {field.attname: getattr(account, field.attname) for field in Account._meta.concrete_fields}
    for number in range(12):
        new = {"id": None, "address": f"https://www.facebook.com/n{number}", "handle": f"n{number}"}
        Account.objects.create(**{**facts, **new})

    with django_assert_num_queries(asked):
        response = client.get(url)

    assert url == "/plattformar/" or len(response.context["page"].object_list) == 13


def _queries(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://m.instagram.com/Lekeberg/?igsh=x", "https://www.instagram.com/lekeberg"),
        ("https://www.instagram.com/p/abc/", "länk till ett inlägg"),
        ("<script>alert(1)</script>", "tecken som inte kan stå i en adress"),
    ],
)
def test_an_address_can_be_tried_on_the_page(town, typed, expected):
    page = as_user(town.officer).get(SHOW, {"adress": typed}).content.decode()

    assert expected in page
    assert "<script>alert" not in page


def test_no_account_is_proposed_on_a_platform_that_is_not_used(town):
    response = as_user(town.officer).post(RETIRE, {"day": "2020-01-01", "reason": "Vi är inte kvar där"}, follow=True)

    assert "Används inte" in response.content.decode()
    assert instagram().retired_on == date(2020, 1, 1)
    assert "Vi är inte kvar där" in last_sentence()
    assert instagram() not in ProposalForm(user=town.proposer).fields["platform"].queryset
    facts = {"name": "Nytt", "platform": instagram().pk, "unit": town.library.pk, "kind": "unit", "visibility": "open"}
    assert "platform" in ProposalForm(facts, user=town.proposer).errors


def test_the_accounts_of_a_platform_that_is_not_used_stay(town):
    account = factories.opened(town)
    platform_keeping.retire(account.platform, by=town.officer, day=clock.today(), reason="x")

    page = as_user(town.officer).get(account.get_absolute_url()).content.decode()

    assert Account.objects.official().filter(pk=account.pk).exists()
    assert "används inte för nya konton" in page


def test_a_platform_is_left_on_a_day_to_come(town):
    platform_keeping.retire(instagram(), by=town.officer, day=date(2100, 1, 1), reason="x")

    assert "Lämnas" in as_user(town.officer).get(SHOW).content.decode()
    assert instagram() in ProposalForm(user=town.proposer).fields["platform"].queryset


def test_a_platform_is_taken_into_use_again_and_the_log_says_so(town):
    client = as_user(town.officer)
    client.post(RETIRE, {"day": "2020-01-01", "reason": "x"})

    client.post(BACK, follow=True)

    assert instagram().retired_on is None
    assert "tog Instagram i bruk igen" in last_sentence()
    before = AuditEvent.objects.count()
    client.post(BACK)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("form", [{"day": "", "reason": ""}, {"day": "i går", "reason": "x"}])
def test_a_day_and_a_reason_are_asked_for(town, form):
    response = as_user(town.officer).post(RETIRE, form)

    assert response.status_code == 200
    assert instagram().retired_on is None
    assert "day" in response.context["form"].errors


def test_what_nobody_has_tried_is_said_to_be_untried(town):
    assert {fact.tried_on for fact in platform_facts.of(instagram())} == {None}
    assert as_user(town.officer).get(SHOW).content.decode().count(">Ej prövat<") == len(Platform.FACTS) + 1


@pytest.mark.parametrize(
    ("fact", "answer", "kept"),
    [
        *[(name, "limited", "limited") for name in Platform.FACTS if name.startswith(("can", "read"))],
        ("login_way", "either", "either"),
        ("description_limit", "170", 170),
        ("description_limit", "", None),
    ],
)
def test_what_was_tried_is_kept_and_shown_and_stays_when_the_product_is_updated(town, fact, answer, kept):
    url, client = f"{SHOW}uppgifter/{fact}/", as_user(town.officer)

    client.post(url, {**TRIED, "answer": answer})
    call_command("load_platforms")

    platform = instagram()
    assert getattr(platform, fact) == kept
    assert platform.details.notes[fact] == TRIED["note"]
    assert platform_facts.fact(platform, fact).tried_on == date(2026, 11, 2)
    assert "prövade Instagram 2026-11-02" in last_sentence()
    initial = client.get(url).context["form"].initial
    assert (initial["answer"], initial["note"]) == (kept, TRIED["note"])
    assert TRIED["note"] in client.get(SHOW).content.decode()


def test_what_was_tried_can_be_taken_back_to_what_the_product_says(town):
    before = platform_facts.fact(instagram(), "can_hide")
    client = as_user(town.officer)
    client.post(TRY, TRIED)

    client.post(TRY, {"forget": "1"})

    assert platform_facts.fact(instagram(), "can_hide") == before
    assert "återställde" in last_sentence()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": "kanske"}, "answer"),
        ({"answer": ""}, "answer"),
        ({"day": ""}, "day"),
        ({"day": "2999-01-01"}, "day"),
    ],
)
def test_what_cannot_have_been_tried_is_refused(town, wrong, field):
    response = as_user(town.officer).post(TRY, {**TRIED, **wrong})

    assert field in response.context["form"].errors
    assert instagram().details.tried == {}


def test_an_update_corrects_what_the_file_says_and_leaves_what_the_municipality_decided(town):
    platform_keeping.retire(instagram(), by=town.officer, day=date(2020, 1, 1), reason="x")
    platform_keeping.take_back(Platform.objects.get(key="myspace"), by=town.officer)
    Platform.objects.filter(key="instagram").update(canonical="https://fel.example/{handle}", can_hide="no")
    PlatformDetails.objects.filter(platform__key="instagram").update(patterns=["inget"], notes={}, others=[])

    call_command("load_platforms")

    assert instagram().retired_on == date(2020, 1, 1)
    assert Platform.objects.get(key="myspace").retired_on is None
    assert instagram().recognise("@lekeberg").address == "https://www.instagram.com/lekeberg"
    assert instagram().can_hide == "limited"


def test_what_can_be_done_is_shown_on_the_accounts_page_and_where_it_is_opened(town):
    plan = factories.approved(town)
    client = as_user(town.officer)

    for url in (plan.account.get_absolute_url(), f"/konton/{plan.account.pk}/oppna/"):
        page = client.get(url).content.decode()
        assert "Så fungerar Facebook" in page
        assert "ej prövat" in page
        assert "Dölja andras kommentarer" in page
