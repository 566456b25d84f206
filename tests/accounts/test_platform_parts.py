"""How a platform's pages are built: data that a person can change, untried until somebody has tried it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from pydantic import ValidationError

from accounts.models import Account, Platform
from accounts.platforms import loading, page_keeping, page_parts
from governance import audit, clock
from governance.models import AuditEvent
from tests.accounts import factories
from tests.factories import person

SHOW = "/plattformar/facebook/"
WRITE, TRY = f"{SHOW}sidorna/", f"{SHOW}sidorna/provning/"
OWN = {
    "press": 'button.no\n[aria-label="Stäng"]',
    "hide": "#strip",
    "login_phrases": "Logga in för att se mer",
    "login_paths": "login\ncheckpoint",
    "consent_phrases": "Innan du fortsätter",
    "post": "article.post > div:not(.x)",
    "comment": ".comment",
    "author": "h3 a",
    "time": "time",
    "text": ".text",
    "official": ".chip.official",
    "citizen": ".chip:not(.official)",
    "own_names": "{name}\nKommunens växel {1}",
}
TRIED = {"result": "partly", "day": "2026-11-02", "note": "Svar på svar kom inte med."}


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def facebook() -> Platform:
    return Platform.objects.whole().get(key="facebook")


def last_sentence() -> str:
    return audit.with_sentences([AuditEvent.objects.latest("pk")])[0][1]


@pytest.mark.parametrize(
    ("role", "answer"), [("officer", 200), ("manager", 403), ("auditor", 403), ("registrar", 403), ("it", 404)]
)
def test_only_who_keeps_the_platforms_writes_and_tries(town, role, answer):
    client = as_user(person("system_administrator") if role == "it" else getattr(town, role))

    assert {client.get(url).status_code for url in (WRITE, TRY)} == {answer}
    assert client.post(WRITE, OWN).status_code == (302 if answer == 200 else answer)
    assert client.post(TRY, TRIED).status_code == (302 if answer == 200 else answer)


@pytest.mark.parametrize("url", ["/plattformar/orkut/sidorna/", "/plattformar/orkut/sidorna/provning/"])
def test_what_there_is_not_is_not_there(town, url):
    assert as_user(town.officer).get(url).status_code == 404


def test_every_part_makes_a_round_trip_and_is_shown(town):
    client = as_user(town.officer)
    client.post(WRITE, OWN)

    kept = facebook().details.page_parts
    assert {name: "\n".join(texts) for name, texts in kept.items()} == OWN
    shown, form = client.get(SHOW).content.decode(), client.get(WRITE).content.decode()
    for name in page_parts.NAMES:
        assert str(page_parts.LABELS[name]) in shown
        assert f">\n{escape(OWN[name])}</textarea>" in form
    assert "Skrivet av er" in shown
    assert last_sentence().endswith(f"ändrade hur sidorna på Facebook läses: {labels()}.")


def labels() -> str:
    return ", ".join(str(page_parts.LABELS[name]) for name in sorted(page_parts.NAMES))


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("post", "article\n::not(a", "Rad 2 är ingen CSS-väljare."),
        ("press", "{}", "Rad 1 är ingen CSS-väljare."),
        ("own_names", "x" * 301, "Rad 1 är för lång: högst 300 tecken."),
        ("login_phrases", "a\u200bb", "Rad 1 innehåller tecken som inte syns."),
        ("hide", "\n".join(f".a{number}" for number in range(31)), "Skriv högst 30 rader."),
    ],
)
def test_what_cannot_be_used_is_refused_and_stays_in_the_form(town, part, typed, said):
    page = as_user(town.officer).post(WRITE, OWN | {part: typed})

    assert said in page.content.decode()
    assert page.context["form"][part].value() == typed
    assert not facebook().details.page_own


def test_own_words_stay_when_the_product_is_updated_and_go_when_they_are_taken_back(town):
    client, ours = as_user(town.officer), facebook().details.page_parts
    client.post(WRITE, OWN)
    call_command("load_platforms", verbosity=0)
    assert facebook().details.page_parts["hide"] == ["#strip"]

    client.post(WRITE, {"forget": "1"})

    details = facebook().details
    assert (details.page_parts, details.page_own) == (ours, False)
    assert last_sentence().endswith("återställde hur sidorna på Facebook läses.")


def test_nothing_is_said_to_be_tried_before_somebody_has_tried_it(town):
    client = as_user(town.officer)
    assert "Ej prövat" in panel(client)

    client.post(TRY, TRIED)

    for word in ("Fungerar delvis", "2 november 2026", town.officer.name, TRIED["note"]):
        assert word in panel(client)
    assert "Ej prövat" not in panel(client)
    assert "Fungerar delvis" in last_sentence()


def panel(client: Client) -> str:
    page = client.get(SHOW).content.decode()
    return page[page.index("Används när ögonblicksbilder tas") :]


def test_a_change_makes_it_untried_again(town):
    client = as_user(town.officer)
    client.post(WRITE, OWN)
    client.post(TRY, TRIED)

    client.post(WRITE, OWN)
    assert facebook().details.page_trial
    client.post(WRITE, OWN | {"hide": "#other"})
    assert not facebook().details.page_trial


def test_an_update_that_says_something_else_makes_it_untried_again(town):
    client = as_user(town.officer)
    client.post(TRY, TRIED)
    call_command("load_platforms", verbosity=0)
    assert facebook().details.page_trial

    details = facebook().details
    details.page_parts = {"post": ["div"]}
    details.save()
    call_command("load_platforms", verbosity=0)

    assert not facebook().details.page_trial


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": ""}, "Skriv vilken dag det prövades."),
        ({"day": "2099-01-01"}, "Dagen har inte varit än."),
        ({"result": ""}, "Välj ett svar."),
    ],
)
def test_trial_without_its_day_or_its_outcome_is_refused(town, changed, said):
    page = as_user(town.officer).post(TRY, TRIED | changed)

    assert said in page.content.decode()
    assert not facebook().details.page_trial


def test_note_of_a_trial_is_kept_as_personal(town):
    page_keeping.enter_trial(facebook(), by=town.officer, day=clock.today(), result="works", note="Anna såg det")

    assert "Anna" not in str(AuditEvent.objects.latest("pk").data)


def test_a_capture_is_told_the_parts_and_the_accounts_own_names(town):
    account = factories.approved(town).account
    page_keeping.write(
        account.platform, by=town.officer, parts={"post": ["article"], "own_names": ["{name}", "@{handle}!"]}
    )
    page_keeping.enter_trial(account.platform, by=town.officer, day=clock.today(), result="works", note="")

    assert page_parts.for_account(Account.objects.get(pk=account.pk)) == {
        "post": ["article"],
        "own_names": [account.name, f"@{account.handle}!"],
        "platform": account.platform.name,
        "tried_on": clock.today().isoformat(),
    }


def test_without_names_of_its_own_an_account_goes_by_its_name_and_handle(town):
    account = factories.approved(town).account

    assert page_parts.for_account(account)["own_names"] == [account.name, account.handle, f"@{account.handle}"]


def test_all_that_comes_with_the_product_can_be_used():
    for entry in loading._entries():
        assert page_parts.written(entry.get("page", {})) == entry.get("page", {})


@pytest.mark.parametrize(
    "data", [{"post": [""]}, {"post": ["a{"]}, {"code": ["alert(1)"]}, {"post": [1]}, {"post": "a"}]
)
def test_a_file_with_parts_that_cannot_be_used_is_refused(data):
    with pytest.raises(ValidationError):
        page_parts.written(data)


def test_the_page_takes_as_many_queries_however_much_is_written(town):
    client = as_user(town.officer)
    client.post(TRY, TRIED)
    few = queries(client)
    client.post(WRITE, OWN | {"hide": "\n".join(f".a{number}" for number in range(30))})
    client.post(TRY, TRIED)

    assert queries(client) == few


def queries(client: Client) -> int:
    client.get(SHOW)
    with CaptureQueriesContext(connection) as captured:
        client.get(SHOW)
    return len(captured)
