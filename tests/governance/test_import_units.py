"""Units from a spreadsheet: found by name and place, in any order, never doubled."""

import pytest

from governance.models import AuditEvent, Unit
from tests.factories import AuthorityFactory, UnitFactory, person, root
from tests.governance.imports import let_in, received, states, told

HEAD = ["Enhet", "Överordnad enhet", "Myndighet", "Funktionsadress", "Finns från och med"]


@pytest.fixture
def officer(db):
    return person("communications_officer")


def names() -> dict[str, str]:
    return {unit.name: unit.parent.name for unit in Unit.objects.exclude(parent=None).select_related("parent")}


def test_units_go_in_below_their_parents_whatever_the_order_of_the_rows(officer):
    rows = [HEAD, ["Biblioteket", "Kultur", "", "Bib@kommunen.se", "2020-01-01"], ["Kultur", "", "", "", ""]]

    file = let_in("enheter", rows, officer)

    library = Unit.objects.get(name="Biblioteket")
    assert names() == {"Kultur": root().name, "Biblioteket": "Kultur"}
    assert (library.email, library.valid_from.isoformat()) == ("bib@kommunen.se", "2020-01-01")
    assert library.authority == root().authority
    assert file.counts["new"] == 2
    assert AuditEvent.objects.filter(action="unit.add", actor_id=officer.pk).count() == 2


def test_the_same_file_again_changes_nothing_and_doubles_nothing(officer):
    rows = [HEAD, ["Kultur", "", "", "k@kommunen.se", ""], ["Biblioteket", "Kultur", "", "", ""]]
    let_in("enheter", rows, officer)
    before = list(Unit.objects.order_by("pk").values())

    file = let_in("enheter", rows, officer)

    assert list(Unit.objects.order_by("pk").values()) == before
    assert file.counts == {"new": 0, "changed": 0, "same": 2, "error": 0}


def test_a_known_unit_is_corrected_where_the_file_says_otherwise_and_an_empty_cell_says_nothing(officer):
    board = AuthorityFactory(name="Skolnämnden")
    unit = UnitFactory(name="Skolan", email="gammal@kommunen.se")
    rows = [HEAD, ["SKOLAN ", "", "skolnämnden", "ny@kommunen.se", ""]]

    assert states(received("enheter", rows, officer)) == ["changed"]
    let_in("enheter", rows, officer)
    let_in("enheter", [HEAD, ["Skolan", "", "", "", ""]], officer)

    unit.refresh_from_db()
    assert (unit.name, unit.email, unit.authority) == ("Skolan", "ny@kommunen.se", board)


def test_two_units_of_one_name_are_told_apart_by_the_way_down_to_them(officer):
    rows = [
        HEAD,
        ["Norra", "", "", "", ""],
        ["Södra", "", "", "", ""],
        ["Skolan", "Norra", "", "", ""],
        ["Skolan", "Södra", "", "", ""],
        ["Köket", "Södra > Skolan", "", "", ""],
        ["Slöjden", "Skolan", "", "", ""],
    ]

    file = received("enheter", rows, officer)

    assert states(file) == ["new"] * 5 + ["error"]
    assert "Norra > Skolan" in told(file)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "Kultur", "", "", ""], "Skriv enhetens namn"),
        (["Ny", "Borta", "", "", ""], "”Borta” finns varken i Uppsikt eller i filen"),
        (["Ny", "ny", "", "", ""], "inte ligga under sig själv"),
        (["Ny", "", "Hemliga nämnden", "", ""], "”Hemliga nämnden” finns inte"),
        (["Ny", "", "Hemliga nämnden", "", ""], "Nya läggs till på sidan Myndigheter"),
        (["Ny", "", "", "ingen adress", ""], "e-postadress"),
        (["Ny", "", "", "", "31/31"], "inget datum"),
        (["x" * 201, "", "", "", ""], "200"),
        (["Två\nrader", "Ny", "", "", ""], "”Ny” finns varken"),
    ],
)
def test_what_is_wrong_is_said_at_its_row_and_column(officer, row, said):
    file = received("enheter", [HEAD, row], officer)

    assert states(file) == ["error"]
    assert said in told(file)


def test_the_same_unit_twice_in_a_file_is_wrong_the_second_time(officer):
    file = received("enheter", [HEAD, ["A", "", "", "", ""], ["a", "", "", "", ""]], officer)

    assert states(file) == ["new", "error"]
    assert "står redan på rad 2" in told(file)


def test_units_in_a_ring_are_wrong_and_the_others_are_not(officer):
    rows = [HEAD, ["A", "B", "", "", ""], ["B", "A", "", "", ""], ["C", "", "", "", ""]]

    file = received("enheter", rows, officer)

    assert states(file) == ["error", "error", "new"]
    assert "ring" in told(file)


def test_the_municipality_itself_may_stand_in_the_file(officer):
    rows = [HEAD, [root().name, "", "", "kommun@kommunen.se", ""], ["A", root().name, "", "", ""]]

    let_in("enheter", rows, officer)

    assert Unit.objects.root().email == "kommun@kommunen.se"
    assert names() == {"A": root().name}


def test_the_number_of_questions_does_not_grow_with_the_file(officer, django_assert_max_num_queries):
    few = [HEAD, *([f"E{n}", "", "", "", ""] for n in range(3))]
    many = [HEAD, *([f"E{n}", f"E{n - 1}" if n % 7 else "", "", "", ""] for n in range(300))]

    with django_assert_max_num_queries(25):
        received("enheter", few, officer)
    with django_assert_max_num_queries(25):
        file = received("enheter", many, officer)

    assert states(file) == ["new"] * 300
