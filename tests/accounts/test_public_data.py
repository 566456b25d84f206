"""Open data: what the lists show, streamed, described for programs and portals, and nothing about any person."""

import csv
import io
import json

import pytest
import rdflib
from defusedxml import ElementTree
from django.db import connection
from django.db.models.query import QuerySet
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from accounts.life import changes
from accounts.models import Account
from accounts.public import data, openapi
from governance import audit, clock
from governance.workflow import perform
from tests.accounts.public import became, opened
from tests.factories import root

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCTERMS, FOAF, RDF = rdflib.DCTERMS, rdflib.FOAF, rdflib.RDF
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")


def as_json(client) -> dict:
    return json.loads(client.get("/oppna-data/konton.json").getvalue())


def as_csv(client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get("/oppna-data/konton.csv").getvalue().decode())))


def schema(name: str) -> Draft202012Validator:
    document = openapi.document()
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


def test_it_tells_what_the_lists_show_and_no_more(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Personalen", visibility="internal", visibility_reason="x")
    became("closed", opened(town, name="Nyss"))
    became(
        "closed", opened(town, name="Länge sen"), closed_at=clock.at(clock.today().replace(year=2020), clock.time.min)
    )
    became("lost", opened(town, name="Kapat"))

    told = as_json(client)

    assert [(each["name"], each["status"]) for each in told["accounts"]] == [
        ("Biblioteket", "active"),
        ("Nyss", "closed"),
        ("Kapat", "lost"),
    ]
    assert told["accounts"][2]["address"] == ""
    assert [row["name"] for row in as_csv(client)] == ["Biblioteket", "Nyss", "Kapat"]


def test_each_fact_comes_through(town, client):
    account = opened(town, name="Biblioteket", visibility="locked", visibility_reason="Barn")
    facts = {"public_about": "Boktips", "public_about_en": "Book tips", "audience": "barnfamiljer"}
    became("paused", account, paused_until="2030-06-01", **facts)

    [told] = as_json(client)["accounts"]

    assert told == {
        "id": account.pk,
        "name": "Biblioteket",
        "platform": "facebook",
        "handle": "biblioteket",
        "address": "https://www.facebook.com/biblioteket",
        "unit": "Biblioteket",
        "kind": "unit",
        "status": "paused",
        "access": "locked",
        "audience": "barnfamiljer",
        "purpose_sv": "Boktips",
        "purpose_en": "Book tips",
        "opened": clock.today().isoformat(),
        "closed": None,
        "paused_until": "2030-06-01",
        "page_sv": f"http://localhost:8000/officiella-konton/{account.pk}-biblioteket/",
        "page_en": f"http://localhost:8000/en/official-accounts/{account.pk}-biblioteket/",
    }
    assert as_csv(client) == [{name: "" if value is None else str(value) for name, value in told.items()}]


def test_it_is_fetched_a_part_at_a_time_and_never_as_a_whole(town, client, monkeypatch):
    parts: list[int] = []
    iterator = QuerySet.iterator
    monkeypatch.setattr(
        QuerySet, "iterator", lambda self, chunk_size=None: parts.append(chunk_size) or iterator(self, chunk_size)
    )
    monkeypatch.setattr(data, "CHUNK", 2)
    for number in range(5):
        opened(town, name=f"Konto{number}")

    response = client.get("/oppna-data/konton.json")

    assert response.streaming
    assert parts == []
    assert len(json.loads(response.getvalue())["accounts"]) == 5
    assert parts == [2]


@pytest.mark.parametrize("name", ["konton.json", "konton.csv", "konton.jsonld", "handelser.atom"])
def test_it_asks_the_same_number_of_questions_whatever_there_is(town, client, name):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/oppna-data/{name}").getvalue()
        return len(captured)

    opened(town, name="Ett")
    few = asked()
    for number in range(4):
        opened(town, name=f"Konto{number}")

    assert asked() == few


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+46", "-x"])
def test_a_spreadsheet_takes_nothing_for_a_formula(town, client, name):
    opened(town, name=name)

    assert as_csv(client)[0]["name"] == f"'{name}"


def test_the_description_for_programs_is_sound_and_the_data_keeps_to_it(town, client):
    became("lost", opened(town, name="Kapat"))
    opened(town, name="Biblioteket")
    document = client.get("/oppna-data/openapi.json").json()

    validate(document)
    schema("Register").validate(as_json(client))
    for asked in ("https://www.facebook.com/biblioteket", "https://www.facebook.com/kapat", "biblioteket", "okänt"):
        schema("Answer").validate(client.get("/oppna-data/kontroll.json", {"q": asked}).json())
    schema("Error").validate(client.get("/oppna-data/kontroll.json").json())
    for path in document["paths"]:
        assert client.get(path, {"q": "x"}).status_code == 200


def test_the_feed_tells_what_happened_to_public_accounts_and_not_who_did_it(town, client):
    account = opened(town, name="Biblioteket")
    opened(town, name="Personalen", visibility="internal", visibility_reason="x")
    perform(account, "report_lost", by=town.officer, reason="Lösenordet läckte")

    text = client.get("/oppna-data/handelser.atom").content.decode()

    assert text.index("Varning: Biblioteket (Facebook) är kapat") < text.index("är ett nytt officiellt konto")
    assert "Personalen" not in text
    assert "läckte" not in text
    assert town.officer.name not in text
    assert rdflib.Literal(text)


def test_the_feed_tells_of_a_new_name(town, client):
    account = opened(town, name="Biblioteket")
    Account.objects.filter(pk=account.pk).update(name="Kulturhuset")
    account.refresh_from_db()
    audit.record("account.edit", by=town.officer, obj=account, data={"fields": changes.labels(["name", "audience"])})
    audit.record("account.edit", by=town.officer, obj=account, data={"fields": changes.labels(["audience"])})

    text = client.get("/oppna-data/handelser.atom").content.decode()

    assert text.count("<title>Ett konto heter nu Kulturhuset (Facebook)</title>") == 1


def test_linked_data_says_which_accounts_are_the_municipalitys_and_its_units(town, client):
    opened(town, name="Biblioteket")
    opened(town, name="Kommunen", unit=root(), kind="municipality_wide")
    became("lost", opened(town, name="Kapat"))
    became("closed", opened(town, name="Slut"))

    told = client.get("/oppna-data/konton.jsonld").json()

    assert told["@type"] == "GovernmentOrganization"
    assert told["sameAs"] == ["https://www.facebook.com/kommunen"]
    assert [(part["name"], part["sameAs"]) for part in told["subOrganization"]] == [
        ("Biblioteket", ["https://www.facebook.com/biblioteket"])
    ]


def test_the_catalogue_has_what_dcat_ap_se_demands(town, client):
    response = client.get("/oppna-data/dcat.rdf")
    graph = rdflib.Graph().parse(data=response.content, format="xml")

    def one(kind):
        [subject] = graph.subjects(RDF.type, kind)
        return subject

    def has(subject, *properties) -> bool:
        return all(list(graph.objects(subject, each)) for each in properties)

    assert response["Content-Type"] == "application/rdf+xml"
    assert has(one(DCAT.Catalog), DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset)
    assert has(one(DCAT.Dataset), DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme)
    assert has(one(FOAF.Agent), FOAF.name, DCTERMS.type)
    assert has(one(DCAT.DataService), DCTERMS.title, DCAT.endpointURL)
    assert has(one(VCARD.Organization), VCARD.fn)
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) == 3
    assert all(has(each, DCAT.accessURL, DCTERMS.license) for each in distributions)
    for each in graph.objects(predicate=DCAT.downloadURL):
        assert client.get(str(each).removeprefix("http://localhost:8000")).status_code == 200


def test_a_name_with_signs_of_xml_breaks_nothing(town, client):
    account = opened(town, name="A & B <c>")
    account.unit.name = "</foaf:name>&"
    account.unit.save()

    for name in ("dcat.rdf", "handelser.atom"):
        response = client.get(f"/oppna-data/{name}")
        assert response.status_code == 200
        ElementTree.fromstring(response.getvalue() if response.streaming else response.content)
    assert as_json(client)["accounts"][0]["name"] == "A & B <c>"
