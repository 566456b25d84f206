"""Units and authorities in the browser: a tree to search, and what begins, changes, moves and ends in it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from governance import clock
from governance.models import AuditEvent, Authority, Unit
from tests.factories import AuthorityFactory, RoleFactory, UnitFactory, adopted, person, root

pytestmark = pytest.mark.django_db
OF_UNIT = ["unit-show", "unit-add", "unit-edit", "unit-move", "unit-end"]


@pytest.fixture(autouse=True)
def officer(client):
    """Somebody who keeps the organisation, signed in."""
    adopted()
    user = person("communications_officer")
    client.force_login(user)
    return user


def address(name: str, *args) -> str:
    return reverse(f"governance:{name}", args=args)


def page(client, name: str, *args, **query) -> str:
    return client.get(address(name, *args), query).content.decode()


def post(client, where: str, *args, **data) -> str:
    return client.post(address(where, *args), data, follow=True).content.decode()


@pytest.mark.parametrize("role", ["manager", "employee", "registrar", "auditor", "security_coordinator"])
def test_the_pages_of_units_and_authorities_are_for_those_who_keep_the_organisation(client, role):
    unit, authority = UnitFactory(), AuthorityFactory()
    client.force_login(person(role))

    assert {client.get(address(name, unit.pk)).status_code for name in OF_UNIT} == {403}
    names = ("authority-edit", "authority-end")
    assert {client.get(address(name, authority.pk)).status_code for name in names} == {403}


def test_the_tree_shows_each_unit_below_its_parent_and_a_search_keeps_those_above(client):
    culture = UnitFactory(name="Kulturförvaltningen")
    UnitFactory(name="Biblioteket", parent=culture)
    UnitFactory(name="Socialförvaltningen")
    UnitFactory(name="Gamla", valid_to=clock.today() - timedelta(days=1), successor=culture)

    text = page(client, "unit-list")
    assert text.index("Kulturförvaltningen") < text.index("Biblioteket") < text.index("Socialförvaltningen")
    assert "Gamla" not in text
    assert "Gamla" in page(client, "unit-list", avslutade="on")
    narrowed = page(client, "unit-list", q="bibl")
    assert "Kulturförvaltningen" in narrowed
    assert "Socialförvaltningen" not in narrowed
    assert "Ingen enhet stämmer" in page(client, "unit-list", q="finns inte")


def test_the_tree_asks_as_little_for_many_as_for_few(client, django_assert_max_num_queries):
    url = address("unit-list")
    UnitFactory()
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for _number in range(20):
        UnitFactory(parent=UnitFactory())

    with assertNumQueries(len(few)):
        client.get(url)


def test_the_authorities_ask_as_little_for_many_as_for_few(client, django_assert_max_num_queries):
    url = address("authority-list")
    UnitFactory(authority=AuthorityFactory())
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for _number in range(20):
        UnitFactory(authority=AuthorityFactory())

    with assertNumQueries(len(few)):
        text = page(client, "authority-list")

    assert all(each.name in text for each in Authority.objects.all())


def test_a_unit_is_added_and_put_right_and_says_what_was_saved(client):
    board = AuthorityFactory(name="Kulturnämnden")
    said = {"name": "Biblioteket", "authority": board.pk, "email": "bibl@kommunen.se", "since": "2026-01-01"}

    text = post(client, "unit-add", root().pk, **said)

    unit = Unit.objects.get(name="Biblioteket")
    assert (unit.parent, unit.authority, str(unit.valid_from)) == (root(), board, "2026-01-01")
    assert "bibl@kommunen.se" in text
    changed = {"name": "Stadsbiblioteket", "authority": board.pk, "email": "stad@kommunen.se"}
    assert "stad@kommunen.se" in post(client, "unit-edit", unit.pk, **changed)
    assert 'value="Stadsbiblioteket"' in page(client, "unit-edit", unit.pk)
    assert AuditEvent.objects.filter(action="unit.rename").get().data == {"before": "Biblioteket"}


def test_two_sisters_of_the_same_name_are_refused(client):
    sister = UnitFactory(name="Biblioteket")
    said = {"name": "biblioteket", "authority": sister.authority_id, "since": "2026-01-01"}

    assert "Det finns redan en enhet med det namnet där" in post(client, "unit-add", root().pk, **said)
    assert "Skriv ett namn" in post(client, "unit-add", root().pk)


def test_a_unit_moves_with_all_below_it_and_never_below_itself(client):
    culture, social = UnitFactory(name="Kultur"), UnitFactory(name="Social")
    library = UnitFactory(name="Biblioteket", parent=culture)
    branch = UnitFactory(name="Filialen", parent=library)

    post(client, "unit-move", library.pk, to=social.pk)

    branch.refresh_from_db()
    assert branch.path.startswith(social.path)
    page_of_form = page(client, "unit-move", social.pk)
    assert f'value="{branch.pk}"' not in page_of_form
    assert "Välj ett giltigt alternativ" in post(client, "unit-move", social.pk, to=branch.pk)
    assert client.get(address("unit-move", root().pk)).status_code == 404


def test_a_unit_ends_with_a_successor_below_which_it_hangs(client):
    old, new = UnitFactory(name="Gamla"), UnitFactory(name="Nya")

    text = post(client, "unit-end", old.pk, last_day=clock.today().isoformat(), successor=new.pk)

    old.refresh_from_db()
    assert (old.successor, old.valid_to) == (new, clock.today())
    assert old.path.startswith(new.path)
    assert "Efterträdare" in text
    assert "Efterträder" in page(client, "unit-show", new.pk)
    assert client.get(address("unit-end", old.pk)).status_code == 404


def test_a_unit_with_units_below_it_or_without_a_successor_does_not_end(client):
    unit, other = UnitFactory(), UnitFactory()
    UnitFactory(parent=unit)
    today = clock.today().isoformat()

    assert "Flytta eller avsluta dem först" in post(client, "unit-end", unit.pk, last_day=today, successor=other.pk)
    assert "Välj efterträdare" in post(client, "unit-end", other.pk, last_day=today, successor="")
    early = post(client, "unit-end", other.pk, last_day="1999-01-01", successor=root().pk)
    assert "Enheten började först senare" in early
    assert not Unit.objects.exclude(valid_to=None).exists()


def test_the_unit_says_who_has_a_role_there(client):
    unit = UnitFactory()
    RoleFactory(unit=unit, role="registrar", user__name="Birgitta Sand")

    assert "Birgitta Sand" in page(client, "unit-show", unit.pk)
    assert "Ingen har en roll just här" in page(client, "unit-show", UnitFactory().pk)


def test_an_authority_is_added_renamed_and_ended_when_it_has_no_units(client):
    post(client, "authority-add", name="Bostads AB", kind="company")
    company = Authority.objects.get(name="Bostads AB")
    assert company.kind == "company"

    assert "Nya Bostads AB" in post(client, "authority-edit", company.pk, name="Nya Bostads AB", kind="company")
    unit = UnitFactory(authority=company)
    today = clock.today().isoformat()
    assert "Det finns enheter kvar under myndigheten" in post(client, "authority-end", company.pk, last_day=today)
    Unit.objects.filter(pk=unit.pk).update(valid_to=clock.today())
    post(client, "authority-end", company.pk, last_day=today)

    company.refresh_from_db()
    assert company.valid_to == clock.today()
    assert AuditEvent.objects.filter(action="authority.end").exists()


def test_two_authorities_of_the_same_name_are_refused(client):
    AuthorityFactory(name="Kulturnämnden")

    assert "redan en myndighet med det namnet" in post(client, "authority-add", name="kulturnämnden", kind="board")
