"""The first day: the door opens with its code, once, for one person; then the list of what is left."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from PIL import Image

from governance import day_one
from governance.models import AuditEvent, Authority, Municipality, PolicyVersion, RoleAssignment, SetupCode, Unit, User
from governance.policy.reader import shipped
from governance.workflow import Refused
from tests.factories import UserFactory, adopted, person

URL = "/kom-igang/"
FILLED = {
    "name": "Exempelkommun",
    "website": "www.exempel.se",
    "email": "kommun@exempel.se",
    "accessibility_email": "webb@exempel.se",
    "authorities": "Kommunstyrelsen\nBildningsnämnden\n\nExempelhem AB\nBildningsnämnden",
    "policy": "lekeberg",
    "decision": "KS 2026-11-20 § 100",
    "officer": "Sara Lind",
    "officer_email": "Sara@exempel.se",
    "password": "korrekt-hast-batteri",
    "again": "korrekt-hast-batteri",
}


@pytest.fixture
def code(db) -> str:
    made = day_one.new_code()
    assert made
    return made


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, kind)
    return file.getvalue()


def logo(content: bytes | None = None, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def test_everything_that_is_filled_in_is_kept_and_the_officer_is_signed_in(client, code):
    response = client.post(URL, FILLED | {"code": code, "logo": logo()})

    place = Municipality.objects.get()
    officer = User.objects.get()
    assert response.url == reverse("governance:guide-show")
    assert (place.name, place.website, place.email) == ("Exempelkommun", "https://www.exempel.se", "kommun@exempel.se")
    assert place.accessibility_email == "webb@exempel.se"
    assert (place.logo_width, place.logo_height) == (640, 160)
    assert (officer.real_name, officer.email) == ("Sara Lind", "sara@exempel.se")
    assert officer.check_password("korrekt-hast-batteri")
    assert RoleAssignment.objects.get(user=officer).role == "communications_officer"
    kinds = dict(Authority.objects.values_list("name", "kind"))
    assert kinds == {"Kommunstyrelsen": "board", "Bildningsnämnden": "board", "Exempelhem AB": "company"}
    assert (Unit.objects.get().name, Unit.objects.get().authority.name) == ("Exempelkommun", "Kommunstyrelsen")
    policy = PolicyVersion.objects.current()
    assert policy is not None
    assert (policy.key, policy.decision, policy.adopted_by) == ("lekeberg", "KS 2026-11-20 § 100", officer)
    page = client.get(response.url).content.decode()
    assert "Exempelkommun" in page
    assert place.logo_url in page
    assert AuditEvent.objects.filter(action="municipality.found").exists()


def test_the_door_is_closed_once_somebody_is_in(client, code):
    client.post(URL, FILLED | {"code": code})
    client.logout()

    assert client.get(URL).status_code == 302
    assert client.post(URL, FILLED | {"code": code, "officer_email": "annan@exempel.se"}).status_code == 302
    assert User.objects.count() == 1
    assert day_one.new_code() is None


@pytest.mark.parametrize("wrong", ["", "fel", "AAAA-AAAA-AAAA-AAAA-AAAA"])
def test_nobody_comes_in_without_the_code(client, code, wrong):
    response = client.post(URL, FILLED | {"code": wrong})

    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_nobody_comes_in_before_a_code_is_made(client, db):
    assert "Koden stämmer inte" in client.post(URL, FILLED | {"code": "AAAA"}).content.decode()
    assert not User.objects.exists()


def test_a_code_may_be_typed_as_people_type(client, code):
    client.post(URL, FILLED | {"code": f" {code.lower().replace('-', ' ')} "})

    assert User.objects.exists()


def test_a_new_code_takes_the_place_of_the_one_before(client, code):
    day_one.new_code()

    client.post(URL, FILLED | {"code": code})

    assert not User.objects.exists()


def test_the_code_is_kept_nowhere(code):
    assert code not in SetupCode.objects.get().digest
    assert not AuditEvent.objects.exists()


def test_the_code_cannot_be_tried_many_times(client, code):
    pages = [client.post(URL, FILLED | {"code": f"fel{number}"}).content.decode() for number in range(12)]

    assert "För många försök" in pages[-1]
    assert "För många försök" in client.post(URL, FILLED | {"code": code}).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Skriv kommunens namn"),
        ({"website": "javascript:alert(1)"}, "aria-invalid"),
        ({"website": "ftp://exempel.se"}, "https://"),
        ({"authorities": " \n "}, "Skriv minst en"),
        ({"policy": ""}, "Välj en policy"),
        ({"policy": "egen"}, "Välj filen"),
        ({"decision": ""}, "Ange beslutet"),
        ({"officer_email": "ingen"}, "aria-invalid"),
        ({"password": "kort", "again": "kort"}, "12"),
        ({"password": "sara@exempel.se", "again": "sara@exempel.se"}, "aria-invalid"),
        ({"again": "annat-losenord-har"}, "inte lika"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, code, changed, said):
    response = client.post(URL, FILLED | {"code": code} | changed)

    assert said in response.content.decode()
    assert "Bildningsnämnden" in response.content.decode() or "authorities" in changed
    assert not User.objects.exists()
    assert not PolicyVersion.objects.exists()


def test_a_policy_of_ones_own_is_read_before_it_is_used(client, code):
    text = shipped()["norsjo"].read_bytes()
    broken = SimpleUploadedFile("min.toml", text + b"\nnonsens = [\n")
    whole = SimpleUploadedFile("min.toml", text)

    page = client.post(URL, FILLED | {"code": code, "policy": "egen", "policy_file": broken}).content.decode()
    assert "min.toml" in page
    assert not User.objects.exists()
    client.post(URL, FILLED | {"code": code, "policy": "egen", "policy_file": whole})

    current = PolicyVersion.objects.current()
    assert current is not None
    assert current.key == "norsjo"


HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "gif": picture("GIF"),
    "cut": picture()[:50],
    "text": b"hej",
    "huge": picture(size=(6000, 6000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_logo_that_is_no_picture_of_ours_is_refused(client, code, name):
    response = client.post(URL, FILLED | {"code": code, "logo": logo(HOSTILE[name], f"logo.{name}")})

    assert 'aria-invalid="true"' in response.content.decode()
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_whatever_it_came_as(client, code, kind):
    client.post(URL, FILLED | {"code": code, "logo": logo(picture(kind) + b"<script>", "../../logo.php")})

    served = client.get(Municipality.objects.get().logo_url)
    content = b"".join(served.streaming_content)
    assert served["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(content)).format == "PNG"
    assert b"<script>" not in content
    assert "php" not in Municipality.objects.get().logo.name


def test_anybody_may_see_the_logo_and_no_other_file(client, code):
    client.post(URL, FILLED | {"code": code, "logo": logo()})
    client.logout()

    assert b"".join(client.get(Municipality.objects.get().logo_url).streaming_content)
    assert client.get("/kommun/annat.png").status_code == 404
    assert client.get("/kommun/..%2Fsecret-key").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_at_the_same_moment_one_is_in_and_the_other_is_told():
    code = day_one.new_code() or ""
    outcome: list[str] = []
    together = threading.Barrier(2)

    def come(number: int) -> None:
        beginning = day_one.Beginning(
            municipality=f"Kommun {number}",
            authorities=["Kommunstyrelsen"],
            policy=shipped()["lekeberg"].read_text(encoding="utf-8"),
            policy_name="lekeberg.toml",
            decision="§ 1",
            officer="Sara",
            email=f"sara{number}@exempel.se",
            password="korrekt-hast-batteri",
        )
        together.wait()
        try:
            day_one.begin(code, beginning)
            outcome.append("in")
        except Refused as refused:
            outcome.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome, key=len)[0] == "in"
    assert "redan taget i bruk" in sorted(outcome, key=len)[1]
    assert User.objects.count() == Municipality.objects.count() == Unit.objects.count() == 1


@pytest.mark.django_db
def test_the_command_prints_address_and_code_until_somebody_is_in(capsys):
    call_command("setup_code")
    call_command("setup_code")
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].endswith(URL)
    assert len({printed[1], printed[3]}) == 2

    UserFactory()
    call_command("setup_code")

    assert capsys.readouterr().out == ""


def test_the_database_keeps_one_municipality(db):
    Municipality.objects.create(name="Ett")

    with pytest.raises(Exception, match="municipality_one"):
        Municipality.objects.create(name="Två")


def test_before_anybody_has_entered_it_the_policys_municipality_is_shown(client, db):
    adopted("lekeberg")
    client.force_login(person("communications_officer"))

    assert "Lekeberg" in client.get("/").content.decode()


@pytest.fixture
def officer(client, db) -> User:
    user = person("communications_officer")
    client.force_login(user)
    return user


def test_the_municipality_can_be_changed_and_shows_what_was_saved(client, officer):
    url = reverse("governance:municipality-edit")
    said = {"name": "Nya kommunen", "website": "https://ny.se", "email": "a@ny.se", "accessibility_email": "b@ny.se"}

    client.post(url, said | {"logo": logo()})
    page = client.get(url).content.decode()

    place = Municipality.objects.get()
    assert all(f'value="{value}"' in page for value in said.values())
    assert place.logo_url in page
    assert Unit.objects.root().name == "Nya kommunen"
    client.post(url, said | {"without_logo": "on"})
    assert Municipality.objects.get().logo_url == ""
    event = AuditEvent.objects.filter(action="municipality.change").first()
    assert event is not None


@pytest.mark.parametrize("role", ["manager", "employee", "registrar", "auditor"])
@pytest.mark.parametrize("name", ["municipality-edit", "guide-show", "invitation-list"])
def test_these_pages_are_for_those_who_keep_the_house(client, officer, role, name):
    client.force_login(person(role))

    assert client.get(reverse(f"governance:{name}")).status_code == 403


def test_the_list_of_what_is_left_follows_what_is_done(client, code):
    client.post(URL, FILLED | {"code": code})
    before = client.get("/kom-igang/lista/").content.decode()

    assert "2 av 6 klara" in before
    assert "Kom igång med Uppsikt" in client.get("/").content.decode()


def test_the_login_page_leads_to_the_door_until_somebody_is_in(client, code):
    login = reverse("account_login")
    assert URL in client.get(login).content.decode()

    UserFactory()

    assert f'href="{URL}"' not in client.get(login).content.decode()


def test_what_is_wrong_is_listed_from_the_top_of_the_page(client, code):
    form = client.post(URL, {}).context["form"]

    assert next(iter(form.errors)) == "code"
