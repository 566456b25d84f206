"""What holds for every public page: language by address, caches, search engines, headers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, ActivityPlan
from governance.models import Unit
from tests.accounts.public import opened

PAIRS = [
    ("/officiella-konton/", "/en/official-accounts/"),
    ("/officiella-konton/avslutade/", "/en/official-accounts/closed/"),
    ("/ar-kontot-akta/", "/en/is-this-account-official/"),
    ("/officiella-konton/anmal/", "/en/official-accounts/report/"),
    ("/oppna-data/", "/en/open-data/"),
    ("/tillganglighet/", "/en/accessibility/"),
    ("/tillganglighet/synpunkt/", "/en/accessibility/feedback/"),
]
SHARED = ["/officiella-konton/", "/en/official-accounts/closed/", "/oppna-data/", "/tillganglighet/", "/sitemap.xml"]
DATA = ["konton.json", "konton.csv", "konton.jsonld", "handelser.atom", "openapi.json", "dcat.rdf"]


@pytest.mark.parametrize(("swedish", "english"), PAIRS)
def test_the_address_decides_the_language_whatever_the_cookie_and_the_browser_say(town, client, swedish, english):
    client.cookies["django_language"] = "en"
    first = client.get(swedish, headers={"accept-language": "en"})
    client.cookies["django_language"] = "sv"
    second = client.get(english, headers={"accept-language": "sv"})

    assert '<html lang="sv"' in first.content.decode()
    assert '<html lang="en"' in second.content.decode()
    assert (first["Content-Language"], second["Content-Language"]) == ("sv", "en")


@pytest.mark.parametrize(("swedish", "english"), PAIRS)
def test_each_page_names_its_other_language_and_leads_there(town, client, swedish, english):
    for here, there, language in ((swedish, english, "en"), (english, swedish, "sv")):
        page = client.get(here).content.decode()

        assert f'<link rel="canonical" href="http://localhost:8000{here}">' in page
        assert f'<link rel="alternate" hreflang="{language}" href="http://localhost:8000{there}">' in page
        assert re.search(rf'<a class="bar-button" href="{there}" hreflang="{language}"', page)


def test_what_was_asked_for_is_kept_when_one_changes_language(town, client):
    assert (
        'href="/en/official-accounts/?q=bok&amp;sida=2"'
        in client.get("/officiella-konton/?q=bok&sida=2").content.decode()
    )


@pytest.mark.parametrize("url", [*SHARED, *(f"/oppna-data/{name}" for name in DATA)])
def test_a_shared_page_may_be_kept_by_any_cache_and_is_alike_for_everybody(town, client, url):
    opened(town, name="Biblioteket")
    anybody = client.get(url)
    client.force_login(town.officer)
    client.cookies["django_language"] = "en"
    officer = client.get(url)

    assert anybody["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not anybody.has_header("Vary")
    assert not anybody.cookies
    assert officer.getvalue() == anybody.getvalue()
    assert [officer.get(name) for name in ("Cache-Control", "Vary", "ETag")] == [
        anybody.get(name) for name in ("Cache-Control", "Vary", "ETag")
    ]


@pytest.mark.parametrize("url", ["/officiella-konton/", "/oppna-data/konton.json", "/officiella-konton/fragment.html"])
def test_whoever_has_the_page_as_it_is_gets_304_for_one_question(town, client, url):
    opened(town, name="Biblioteket")
    etag = client.get(url)["ETag"]

    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, headers={"if-none-match": etag})

    assert response.status_code == 304
    assert response["ETag"] == etag
    assert len(captured) == 1


def test_the_etag_changes_with_whatever_the_page_shows(town, client):
    account = opened(town, name="Biblioteket")
    seen = {client.get("/officiella-konton/")["ETag"]}
    changes = [
        lambda: Account.objects.filter(pk=account.pk).update(public_about="Nytt"),
        lambda: Unit.objects.filter(pk=account.unit_id).update(name="Huset"),
        lambda: account.publishing_units.add(town.department),
        lambda: Account.objects.filter(pk=account.pk).update(status="lost"),
        lambda: ActivityPlan.objects.filter(account=account).update(status="superseded"),
    ]

    for number, change in enumerate(changes, start=2):
        change()
        seen.add(client.get("/officiella-konton/")["ETag"])
        assert len(seen) == number


def test_each_address_and_language_has_an_etag_of_its_own(town, client):
    urls = ["/officiella-konton/", "/officiella-konton/?q=x", "/en/official-accounts/", "/oppna-data/konton.json"]

    assert len({client.get(url)["ETag"] for url in urls}) == len(urls)


@pytest.mark.parametrize("url", ["/officiella-konton/anmal/", "/ar-kontot-akta/?q=x", "/officiella-konton/kvitto/"])
def test_a_page_with_a_form_or_an_answer_of_ones_own_is_kept_nowhere(town, client, url):
    assert "no-store" in client.get(url)["Cache-Control"]


@pytest.mark.parametrize("name", DATA)
def test_other_websites_scripts_may_read_the_data_and_nothing_else(town, client, name):
    assert client.get(f"/oppna-data/{name}")["Access-Control-Allow-Origin"] == "*"
    for url in (*SHARED, "/ar-kontot-akta/", "/officiella-konton/anmal/", "/logga-in/login/"):
        assert not client.get(url).has_header("Access-Control-Allow-Origin")


def test_only_public_pages_are_for_search_engines(town, client):
    for url in ("/officiella-konton/", "/en/open-data/", "/ar-kontot-akta/", "/tillganglighet/"):
        assert not client.get(url).has_header("X-Robots-Tag")
    client.force_login(town.officer)
    for url in (
        "/",
        "/logga-in/login/",
        "/konton/",
        "/officiella-konton/kvitto/",
        "/ar-kontot-akta/?q=x",
        "/finns-inte/",
    ):
        assert client.get(url)["X-Robots-Tag"] == "noindex"


def test_robots_are_let_into_the_public_pages_only(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /\n" in text
    assert "Allow: /officiella-konton/\n" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_the_sitemap_names_every_public_page_in_both_languages(town, client):
    account = opened(town, name="Biblioteket")
    opened(town, name="Personalen", visibility="internal", visibility_reason="x")

    text = client.get("/sitemap.xml").content.decode()

    assert f"<loc>http://localhost:8000/officiella-konton/{account.pk}-biblioteket/</loc>" in text
    assert f"<loc>http://localhost:8000/en/official-accounts/{account.pk}-biblioteket/</loc>" in text
    assert "personalen" not in text
    for url in re.findall(r"<loc>http://localhost:8000(.*?)</loc>", text):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "url", ["/officiella-konton/", "/ar-kontot-akta/", "/officiella-konton/anmal/", "/oppna-data/"]
)
def test_there_is_nothing_inline_and_the_policy_is_strict(town, client, url):
    response = client.get(url)

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", response.content.decode())


def test_a_shared_page_is_read_and_never_posted_to(town, client):
    assert client.post("/officiella-konton/").status_code == 405


def test_public_pages_stand_before_anything_is_entered(client, db):
    for url in (*(url for pair in PAIRS for url in pair), *(f"/oppna-data/{name}" for name in DATA), "/sitemap.xml"):
        assert client.get(url).status_code == 200, url
