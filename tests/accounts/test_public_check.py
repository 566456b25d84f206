""" "Är kontot äkta?": any link or name is answered, on a page and as data, and nothing of it is kept."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from accounts.models.platform import PlatformDetails
from accounts.platforms.recognition import Answer
from accounts.views import public_check
from governance.models import AuditEvent
from tests.accounts.public import became, opened

URL, DATA = "/ar-kontot-akta/", "/oppna-data/kontroll.json"
LINK = "https://m.facebook.com/Biblioteket/?utm_source=x"
STATES = [
    ("active", "official", "Ja, kontot är officiellt"),
    ("paused", "official", "Det är pausat just nu"),
    ("closing", "official", "Det ska snart avslutas"),
    ("closed", "closed", "men är avslutat"),
    ("lost", "lost", "Varning: kontot är kapat"),
]


@pytest.mark.parametrize(("status", "kind", "words"), STATES)
def test_each_link_is_answered_as_the_account_stands(town, client, status, kind, words):
    account = opened(town, name="Biblioteket")
    if status != "active":
        became(status, account)

    page, data = client.get(URL, {"q": LINK}), client.get(DATA, {"q": LINK})

    assert words in page.content.decode()
    assert data.json()["answer"] == kind
    assert data.json()["account"]["id"] == account.pk


def test_whoever_asks_about_a_closed_account_is_led_to_the_one_that_came_instead(town, client):
    after = opened(town, name="Museet")
    became("closed", opened(town, name="Biblioteket"), successor=after)

    assert f"/officiella-konton/{after.pk}-museet/" in client.get(URL, {"q": LINK}).content.decode()


def test_an_unknown_link_is_not_ours_and_one_is_told_what_to_do(town, client):
    page = client.get(URL, {"q": "https://www.facebook.com/nagonannan"}).content.decode()

    assert "Vi känner inte igen kontot" in page
    assert "/officiella-konton/anmal/?slag=false_account&amp;om=https%3A%2F%2Fwww.facebook.com%2Fnagonannan" in page


def test_what_only_looks_like_ours_is_said_not_to_be(town, client, monkeypatch):
    account = opened(town, name="Biblioteket")
    answer = Answer("looks_like", similar=[account], platform=account.platform, imitated=account.platform)
    monkeypatch.setattr(public_check.recognition, "check", lambda text, at: answer)

    page, data = client.get(URL, {"q": "bibiloteket"}).content.decode(), client.get(DATA, {"q": "bibiloteket"}).json()

    assert "Nej, det här är inte vårt konto" in page
    assert "ser ut som Facebook men hör inte dit" in page
    assert account.address in page
    assert (data["answer"], data["account"], data["similar"][0]["id"]) == ("looks_like", None, account.pk)


def test_a_name_proves_nothing_and_the_answer_says_so(town, client, monkeypatch):
    answer = Answer("official", "name", opened(town, name="Biblioteket"))
    monkeypatch.setattr(public_check.recognition, "check", lambda text, at: answer)

    assert "Ett namn kan andra ta efter" in client.get(URL, {"q": "biblioteket"}).content.decode()


def test_the_address_of_a_lost_account_is_not_given_away_as_data(town, client):
    became("lost", opened(town, name="Biblioteket"))

    assert client.get(DATA, {"q": LINK}).json()["account"]["address"] is None
    by_name = client.get(DATA, {"q": "biblioteket"}).json()
    assert (by_name["answer"], by_name["canonical"]) == ("lost", None)


@pytest.mark.parametrize("hidden", [{"visibility": "internal", "visibility_reason": "x"}, {"kind": "monitoring"}])
def test_an_account_that_is_not_public_is_unknown(town, client, hidden):
    opened(town, name="Biblioteket", **hidden)

    assert client.get(DATA, {"q": LINK}).json()["account"] is None


def test_without_a_question_the_page_asks_and_the_data_refuses(town, client):
    assert client.get(URL).status_code == 200
    assert client.get(DATA).status_code == 400
    assert client.get(DATA, {"q": "   "}).json() == {"error": "q is missing"}


@pytest.mark.parametrize(
    "typed", ["x" * 5000, "<script>alert(1)</script>", "'; drop table", "\u202e\u0000"[:1], "%%%", "🙂"]
)
def test_whatever_is_pasted_is_answered(town, client, typed):
    page = client.get(URL, {"q": typed})

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("url", [URL, DATA, "/en/is-this-account-official/"])
def test_whoever_asks_very_often_must_wait(town, client, monkeypatch, url):
    monkeypatch.setitem(public_check.limits.BOUNDS, "check", ((2, 60),))

    answers = [client.get(url, {"q": "x"}).status_code for _time in range(3)]

    assert answers == [200, 200, 429]
    assert client.get(url, {"q": "x"}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_cache_that_is_down_stops_nobody(town, client, monkeypatch):
    def broken():
        raise ConnectionError

    monkeypatch.setattr(public_check.limits, "_store", broken)

    assert client.get(URL, {"q": "x"}).status_code == 200


def test_nothing_of_what_was_asked_is_kept(town, client, caplog):
    caplog.set_level(logging.DEBUG)
    before = AuditEvent.objects.count()

    client.get(URL, {"q": "https://www.facebook.com/hemligperson"})

    assert AuditEvent.objects.count() == before
    assert "hemligperson" not in "".join(
        line.getMessage() for line in caplog.records if line.name != "django.db.backends"
    )


def test_a_platform_that_is_corrected_is_known_at_once(town, client):
    opened(town, name="Biblioteket")
    assert client.get(DATA, {"q": LINK}).json()["answer"] == "official"

    PlatformDetails.objects.filter(platform__key="facebook").update(patterns=[])

    assert client.get(DATA, {"q": LINK}).json()["answer"] != "official"


def test_any_website_may_ask(town, client):
    assert client.get(DATA, {"q": "x"})["Access-Control-Allow-Origin"] == "*"


def test_it_asks_the_same_number_of_questions_whatever_there_is(town, client):
    def asked() -> int:
        client.get(URL, {"q": LINK})
        with CaptureQueriesContext(connection) as captured:
            client.get(URL, {"q": LINK})
        return len(captured)

    opened(town, name="Biblioteket")
    few = asked()
    for number in range(5):
        opened(town, name=f"Konto{number}")

    assert Account.objects.count() == 6
    assert asked() == few
