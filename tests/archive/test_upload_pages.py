"""The pages on which people upload: what is kept on the form, what need not be chosen again, and who may."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import loose
from archive.models import LooseFile, Record, Snapshot
from governance import clock
from tests.archive.factories import AccountFactory, holder, read
from tests.archive.uploaded import HTML, MHTML, kept_for, page_of, pdf, picture, sent, waiting
from tests.factories import adopted, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    adopted()
    return person("communications_officer")


@pytest.fixture
def account(officer):
    return AccountFactory(active=True)


ITEM = {"link": "https://torget.example/inlagg/7", "authors": "citizen", "origin": "received"}


@pytest.mark.parametrize(("name", "more"), [("account-upload", {}), ("item-upload", ITEM)])
def test_everything_on_the_form_is_kept(account, officer, signed_in, name, more):
    given = sent(("a.png", picture()), ("b.pdf", pdf("Hej")), missing="slutet", **{"authors": "both", **more})
    response = signed_in(officer).post(page_of(name, account), given)

    snapshot, record = Snapshot.objects.get(), Record.objects.get()
    assert response.url == snapshot.get_absolute_url()
    said = record.facts["uploaded"]
    assert (said["how"], said["missing"], said["by"]) == ("Skärmdump, inloggad", "slutet", officer.name)
    assert clock.local(record.made_at).isoformat() == "2026-01-02T10:30:00+01:00"
    assert [file["name"] for file in said["files"]] == ["a.png", "b.pdf"]
    assert record.authors == more.get("authors", "both")
    assert record.origin == more.get("origin", "drawn_up")
    assert snapshot.address_asked == more.get("link", account.address)
    assert not LooseFile.objects.exists()


def test_the_form_in_place_of_a_picture_keeps_it_in_its_place(account, officer, signed_in):
    snapshot = waiting(account)
    assert signed_in(officer).get(page_of("snapshot-upload", snapshot)).status_code == 200

    signed_in(officer).post(page_of("snapshot-upload", snapshot), sent(("a.png", picture()), missing="slutet"))

    assert Record.objects.get().facts["uploaded"]["missing"] == "slutet"
    snapshot.refresh_from_db()
    assert snapshot.status == "done"


def test_an_ordered_item_keeps_the_link_of_its_order(account, officer, signed_in):
    snapshot = waiting(account, subject="item", address_asked="https://torget.example/7")
    given = sent(("a.png", picture()), **{**ITEM, "link": "https://annan.example/"})
    signed_in(officer).post(page_of("snapshot-upload", snapshot), given)

    snapshot.refresh_from_db()
    assert (snapshot.status, snapshot.address_asked) == ("done", "https://torget.example/7")
    assert (Record.objects.get().authors, Record.objects.get().origin) == ("citizen", "received")


@pytest.mark.parametrize(
    ("missing", "words"),
    [("link", "Klistra in länken"), ("authors", "Välj vem som har skrivit"), ("origin", "inkommen eller upprättad")],
)
def test_an_item_without_what_must_be_said_of_it_is_not_kept(account, officer, signed_in, missing, words):
    page = signed_in(officer).post(page_of("item-upload", account), sent(("a", picture()), **{**ITEM, missing: ""}))

    assert words in page.content.decode()
    assert not Record.objects.exists()


def hidden(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="staged" value="')[1:]]


def test_one_wrong_file_does_not_cost_the_others_which_need_not_be_chosen_again(account, officer, signed_in):
    url, client = page_of("account-upload", account), signed_in(officer)
    page = client.post(url, sent(("bra.png", picture()), ("ond.svg", b"<svg/>"), ("sida.html", HTML))).content.decode()

    assert "ond.svg är en ritad bild" in page
    assert "bra.png" in page
    tokens = hidden(page)
    assert len(tokens) == 2
    client.post(url, {**sent(), "staged": tokens, "place-0": "2", "place-1": "1"})

    names = [file["name"] for file in Record.objects.get().facts["uploaded"]["files"]]
    assert names == ["sida.html", "bra.png"]
    assert not LooseFile.objects.exists()


def test_files_are_looked_at_put_in_order_and_taken_away_before_they_are_kept(account, officer, signed_in):
    url, client = page_of("account-upload", account), signed_in(officer)
    three = [(f"{n}.png", picture(size=(10, n))) for n in (1, 2, 3)]
    page = client.post(url, {**sent(*three, how="", taken_at=""), "review": "1"}).content.decode()

    assert "Skriv hur bilderna togs" not in page
    assert not Record.objects.exists()
    more = {
        **sent(("4.png", picture(size=(10, 4)))),
        "staged": hidden(page),
        "place-0": "9",
        "drop-1": "1",
        "review": "1",
    }
    page = client.post(url, more).content.decode()
    assert page.index("3.png") < page.index("1.png") < page.index("4.png")
    assert "2.png" not in page
    client.post(url, {**sent(), "staged": hidden(page)})
    assert [file["name"] for file in Record.objects.get().facts["uploaded"]["files"]] == ["3.png", "1.png", "4.png"]


def test_what_somebody_else_sent_or_nobody_did_cannot_be_used(account, officer, signed_in):
    url = page_of("account-upload", account)
    tokens = hidden(signed_in(officer).post(url, {**sent(("a.png", picture())), "review": "1"}).content.decode())
    page = signed_in(person("registrar")).post(url, {**sent(), "staged": [*tokens, "påhittat"]}).content.decode()

    assert "2 filer finns inte kvar" in page
    assert not Record.objects.exists()


def test_files_that_were_left_a_day_are_gone_and_the_form_says_so(account, officer, signed_in):
    url, client = page_of("account-upload", account), signed_in(officer)
    tokens = hidden(client.post(url, {**sent(("a.png", picture())), "review": "1"}).content.decode())
    LooseFile.objects.update(made_at=clock.now() - timedelta(days=2))
    loose.sweep()

    assert "1 fil finns inte kvar" in client.post(url, {**sent(), "staged": tokens}).content.decode()


def test_the_same_file_twice_is_taken_once_and_said(account, officer, signed_in):
    twice = [("a.png", picture()), ("kopia.png", picture())]
    page = signed_in(officer).post(page_of("account-upload", account), {**sent(*twice), "review": "1"}).content.decode()

    assert "Samma fil fanns med flera gånger" in page
    assert len(hidden(page)) == 1


def test_a_name_that_is_markup_is_shown_as_it_is_written(account, officer, signed_in):
    evil = ('<img src=x onerror="x()">.png', b"MZ")
    page = signed_in(officer).post(page_of("account-upload", account), sent(evil)).content.decode()

    assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["original-001.jpg", "original-002.pdf", "original-003.mhtml", "original-004.html"])
def test_what_came_from_outside_is_handed_out_and_never_opened_in_the_browser(account, officer, signed_in, name):
    kept_for(account, officer, picture("JPEG"), pdf("Hej"), MHTML, HTML)
    record, registrar = Record.objects.get(), signed_in(person("registrar"))

    assert registrar.get(reverse("archive:file-show", args=[record.pk, name])).status_code == 404
    handed = read(registrar.get(reverse("archive:record-download", args=[record.pk, name])))
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in handed["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("communications_officer", 200), ("manager", 200), ("registrar", 200), ("auditor", 403), ("employee", 404)],
)
@pytest.mark.parametrize("name", ["account-upload", "item-upload", "snapshot-upload"])
def test_who_may_upload(account, signed_in, name, role, status):
    of = waiting(account) if name == "snapshot-upload" else account

    assert signed_in(person(role)).get(page_of(name, of)).status_code == status


def test_whoever_answers_for_the_account_uploads_and_its_editor_does_not(account, signed_in):
    snapshot = waiting(account)

    assert signed_in(holder(snapshot, "page_owner")).get(page_of("account-upload", account)).status_code == 200
    assert signed_in(holder(snapshot, "editor")).get(page_of("account-upload", account)).status_code == 403


def test_a_picture_that_is_done_leads_back_with_the_reason(account, officer, signed_in):
    snapshot = waiting(account, "done", finished_at=clock.now())
    response = signed_in(officer).get(page_of("snapshot-upload", snapshot), follow=True)

    assert response.redirect_chain[0][0] == snapshot.get_absolute_url()
    assert "Bilden är redan klar" in response.content.decode()


def test_the_accounts_page_leads_to_both_uploads(account, officer, signed_in):
    page = signed_in(officer).get(account.get_absolute_url()).content.decode()

    assert page_of("account-upload", account) in page
    assert page_of("item-upload", account) in page


def test_the_page_asks_as_little_for_many_files_that_are_kept_as_for_one(account, officer, signed_in):
    url, client = page_of("account-upload", account), signed_in(officer)
    counts = []
    for number in (1, 6):
        files = [(f"{n}.png", picture(size=(20, n))) for n in range(1, number + 1)]
        tokens = hidden(client.post(url, {**sent(*files), "review": "1"}).content.decode())
        with CaptureQueriesContext(connection) as asked:
            page = client.post(url, {**sent(), "staged": tokens, "review": "1"}).content.decode()
        assert len(hidden(page)) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
