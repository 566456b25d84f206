"""People and roles from a spreadsheet: known by address, on one row or several, never doubled."""

import pytest

from governance.models import Notice, RoleAssignment, User
from tests.factories import UnitFactory, UserFactory, adopted, person, root
from tests.governance.imports import let_in, received, states, told

HEAD = ["E-postadress", "Namn", "Titel", "Telefon", "Roll", "Enhet", "Skyddade personuppgifter"]
ANNA = ["Anna.Ek@kommunen.se", "Anna Ek", "Bibliotekarie", "0500-1", "Medarbetare", "Biblioteket", ""]


@pytest.fixture
def officer(db):
    UnitFactory(name="Biblioteket")
    return person("communications_officer")


def roles(email: str) -> list[tuple[str, str]]:
    held = RoleAssignment.objects.filter(user__email=email).order_by("role")
    return [(each.role, each.unit.name) for each in held]


def test_a_person_goes_in_with_everything_that_the_row_says(officer):
    let_in("personer", [HEAD, ANNA], officer)

    anna = User.objects.get(email="anna.ek@kommunen.se")
    assert (anna.real_name, anna.title, anna.phone) == ("Anna Ek", "Bibliotekarie", "0500-1")
    assert roles(anna.email) == [("employee", "Biblioteket")]
    assert not anna.has_usable_password()
    assert RoleAssignment.objects.get(user=anna).given_by == officer


def test_the_same_file_again_changes_nothing_and_doubles_nothing(officer):
    let_in("personer", [HEAD, ANNA], officer)
    before = list(User.objects.order_by("pk").values()), list(RoleAssignment.objects.order_by("pk").values())

    file = let_in("personer", [HEAD, ANNA], officer)

    assert (list(User.objects.order_by("pk").values()), list(RoleAssignment.objects.order_by("pk").values())) == before
    assert file.counts["same"] == 1


def test_several_roles_stand_in_one_cell_or_on_several_rows(officer):
    other = [*ANNA[:4], "Säkerhetssamordnare", "", ""]
    bo = ["bo@kommunen.se", "Bo", "", "", "Chef, medarbetare", "Biblioteket", ""]

    let_in("personer", [HEAD, ANNA, other, bo], officer)

    assert roles("anna.ek@kommunen.se") == [("employee", "Biblioteket"), ("security_coordinator", root().name)]
    assert roles("bo@kommunen.se") == [("employee", "Biblioteket"), ("manager", "Biblioteket")]


def test_a_known_person_is_corrected_and_keeps_what_the_file_leaves_empty(officer):
    UserFactory(email="anna.ek@kommunen.se", name="Anna Alm", title="Vikarie", phone="1")
    row = ["anna.ek@kommunen.se", "Anna Ek", "", "", "", "", ""]

    file = received("personer", [HEAD, row], officer)
    assert file.rows.get(number=2).changes == ["Namn: Anna Alm → Anna Ek"]
    let_in("personer", [HEAD, row], officer)

    anna = User.objects.get(email="anna.ek@kommunen.se")
    assert (anna.real_name, anna.title, anna.phone) == ("Anna Ek", "Vikarie", "1")


def test_the_policys_own_word_for_a_role_is_known(officer):
    adopted("gullspang")

    let_in("personer", [HEAD, ["c@kommunen.se", "C", "", "", "Informationsansvarig", "", ""]], officer)

    assert roles("c@kommunen.se") == [("communications_officer", root().name)]


def test_protection_is_given_by_a_file_and_never_taken_away(officer):
    let_in("personer", [HEAD, [*ANNA[:6], "Ja"]], officer)
    let_in("personer", [HEAD, [*ANNA[:6], "Nej"]], officer)

    anna = User.objects.get(email="anna.ek@kommunen.se")
    assert anna.protected_identity
    assert anna.real_name == "Anna Ek"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "A", "", "", "", "", ""], "Skriv e-postadressen"),
        (["a@kommunen.se", "", "", "", "", "", ""], "Skriv namnet"),
        (["anna", "A", "", "", "", "", ""], "ingen e-postadress"),
        (["a@kommunen.se", "A", "", "", "Kung", "", ""], "Rollen ”Kung” finns inte"),
        (["a@kommunen.se", "A", "", "", "Chef", "", ""], "vilken enhet"),
        (["a@kommunen.se", "A", "", "", "Chef", "Borta", ""], "”Borta” finns inte"),
        (["a@kommunen.se", "A", "", "", "", "", "kanske"], "ja eller nej"),
        (["a@kommunen.se", "A", "", "9" * 41, "", "", ""], "40"),
        (["borta@kommunen.se", "Borta", "", "", "", "", ""], "avslutad"),
    ],
)
def test_what_is_wrong_is_said_at_its_row_and_column(officer, row, said):
    UserFactory(email="borta@kommunen.se", is_active=False)

    file = received("personer", [HEAD, row], officer)

    assert states(file) == ["error"]
    assert said in told(file)


def test_two_rows_that_say_different_things_of_one_person_are_wrong(officer):
    file = received("personer", [HEAD, ANNA, [*ANNA[:1], "Anna Alm", *ANNA[2:]]], officer)

    assert states(file) == ["new", "error"]
    assert "rad 2" in told(file)


def test_the_same_row_twice_is_wrong_the_second_time(officer):
    assert states(received("personer", [HEAD, ANNA, ANNA], officer)) == ["new", "error"]


def test_reading_people_in_mails_nobody(officer, mailoutbox):
    let_in("personer", [HEAD, ANNA], officer)

    assert not mailoutbox
    assert not Notice.objects.filter(user__email="anna.ek@kommunen.se").exists()


def test_nobody_reads_in_more_for_him_or_herself_than_he_or_she_has(officer):
    row = [officer.email, officer.name, "", "", "Registrator", "", ""]

    file = received("personer", [HEAD, row], officer)

    assert states(file) == ["error"]
    assert "större befogenheter än du har" in told(file)
    other = person("communications_officer")
    assert "större befogenheter" not in told(received("personer", [HEAD, row], other))
