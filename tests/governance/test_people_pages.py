"""People in the browser: who may see them, find them, enter them, put them right, and let them go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from governance import clock, people, standing_in
from governance.followups import run_owed
from governance.models import AuditEvent, Notice, RoleAssignment, User
from governance.permissions import ROLES
from tests.factories import RoleFactory, UnitFactory, UserFactory, adopted, person, root

pytestmark = pytest.mark.django_db
PAGES = ["person-list", "person-add", "unit-list", "authority-list", "authority-add", "stand-in-list"]
OF_PERSON = ["person-show", "person-edit", "person-email", "person-deactivate", "role-give", "stand-in-give"]


@pytest.fixture(autouse=True)
def policy(db):
    """The words of a policy."""
    return adopted()


@pytest.fixture
def officer(client):
    """Somebody who keeps the organisation, signed in."""
    user = person("communications_officer", name="Sara Lind")
    client.force_login(user)
    return user


def address(name: str, *args) -> str:
    return reverse(f"governance:{name}", args=args)


def page(client, name: str, *args, **query) -> str:
    return client.get(address(name, *args), query).content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_those_who_keep_the_organisation_see_its_pages(client, role):
    someone = UserFactory()
    client.force_login(person(role))
    expected = 200 if "manage_organisation" in ROLES[role] else 403

    assert {client.get(address(name)).status_code for name in PAGES} == {expected}
    assert {client.get(address(name, someone.pk)).status_code for name in OF_PERSON} == {expected}


def test_whoever_keeps_only_a_department_does_not_keep_the_organisation(client):
    client.force_login(person("communications_officer", UnitFactory()))

    assert client.get(address("person-list")).status_code == 403


def test_nobody_is_there_whom_nobody_entered(client, officer):
    assert {client.get(address(name, 0)).status_code for name in OF_PERSON} == {404}


def test_the_list_shows_who_is_here_and_is_narrowed_by_words_unit_role_and_standing(client, officer):
    unit = UnitFactory(name="Biblioteket")
    person("manager", UnitFactory(name="Filialen", parent=unit), name="Maria Berg")
    UserFactory(name="Utan Roll")
    UserFactory(name="Har Slutat", is_active=False)
    UserFactory(name="Slutar Snart", leaves_on=clock.today())

    assert "Maria Berg" in page(client, "person-list")
    assert "Har Slutat" not in page(client, "person-list")
    assert "Har Slutat" in page(client, "person-list", lage="avslutade")
    assert "Maria Berg" not in page(client, "person-list", lage="utan-roll")
    assert "Utan Roll" in page(client, "person-list", lage="utan-roll")
    assert "Slutar Snart" in page(client, "person-list", lage="slutar")
    assert "Maria Berg" in page(client, "person-list", enhet=unit.pk, roll="manager")
    assert "Maria Berg" not in page(client, "person-list", roll="registrar")
    assert "Maria Berg" in page(client, "person-list", q="berg")
    assert "Ingen person stämmer" in page(client, "person-list", q="finns inte")


@pytest.mark.parametrize("order", ["namn", "-namn", "titel", "inloggad", "slutar", "hittepå"])
def test_the_list_can_be_ordered(client, officer, order):
    assert client.get(address("person-list"), {"ordning": order}).status_code == 200


def test_the_list_asks_as_little_for_many_as_for_few(client, officer, django_assert_max_num_queries):
    url = address("person-list")
    RoleFactory()
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for _number in range(20):
        RoleFactory(unit=UnitFactory())

    with assertNumQueries(len(few)):
        client.get(url)


def test_a_person_is_entered_with_a_first_role_and_everything_stands_on_the_page(client, officer):
    unit = UnitFactory(name="Biblioteket")
    said = {
        "name": "Anna Ek",
        "email": "Anna.Ek@kommunen.se",
        "title": "Bibliotekarie",
        "phone": "0500-11",
        "role": "manager",
        "unit": unit.pk,
    }

    response = client.post(address("person-add"), said, follow=True)

    user = User.objects.get(email="anna.ek@kommunen.se")
    text = response.content.decode()
    assert [(role.role, role.unit, role.given_by) for role in user.roles.all()] == [("manager", unit, officer)]
    for shown in ("Anna Ek", "Bibliotekarie", "0500-11", "anna.ek@kommunen.se", "Biblioteket", "Har inget lösenord än"):
        assert shown in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Skriv personens namn."),
        ({"email": ""}, "Skriv e-postadressen."),
        ({"email": "upptagen@kommunen.se"}, "Adressen hör redan till en annan person"),
        ({"role": "manager"}, "Välj både roll och enhet"),
        ({"protected_identity": "on", "title": ""}, "det är den som visas i stället för namnet"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_entered(client, officer, changed, said):
    UserFactory(email="upptagen@kommunen.se")
    before = User.objects.count()

    response = client.post(address("person-add"), {"name": "Anna", "email": "a@kommunen.se", **changed})

    assert said in response.content.decode()
    assert User.objects.count() == before


def test_what_is_said_of_a_person_is_put_right_and_stands_in_the_form_next_time(client, officer):
    user = UserFactory(name="Ana Ek")
    last = clock.today() + timedelta(days=9)
    said = {"name": "Anna Ek", "title": "Chef", "phone": "0500-12", "leaves_on": last.isoformat()}

    client.post(address("person-edit", user.pk), said)

    user.refresh_from_db()
    assert (user.name, user.title, user.phone, user.leaves_on) == ("Anna Ek", "Chef", "0500-12", last)
    text = page(client, "person-edit", user.pk)
    for value in ("Anna Ek", "Chef", "0500-12", last.isoformat()):
        assert f'value="{value}"' in text
    event = AuditEvent.objects.filter(action="user.correct").get()
    assert event.data == {"fields": ["leaves_on", "name", "phone", "title"]}


def test_saving_what_stands_there_already_is_no_event(client, officer):
    user = UserFactory(name="Anna Ek", title="Chef", phone="")

    client.post(address("person-edit", user.pk), {"name": "Anna Ek", "title": "Chef", "phone": ""})

    assert not AuditEvent.objects.filter(action="user.correct").exists()


def test_another_address_is_given_and_one_that_is_taken_is_refused(client, officer):
    user = UserFactory(email="gammal@kommunen.se")
    UserFactory(email="upptagen@kommunen.se")

    refused = client.post(address("person-email", user.pk), {"email": "Upptagen@kommunen.se"})
    client.post(address("person-email", user.pk), {"email": "Ny@kommunen.se"})

    assert "Adressen hör redan till en annan person" in refused.content.decode()
    user.refresh_from_db()
    assert user.email == "ny@kommunen.se"


def test_before_somebody_is_let_go_the_page_says_what_he_or_she_holds(client, officer):
    user = person("manager", UnitFactory(name="Biblioteket"), name="Maria Berg")

    before = page(client, "person-deactivate", user.pk)
    assert "Närmaste chef, Biblioteket" in before
    assert User.objects.get(pk=user.pk).is_active

    after = client.post(address("person-deactivate", user.pk), follow=True).content.decode()
    assert not User.objects.get(pk=user.pk).is_active
    assert "Att ta över" in after
    assert "Närmaste chef, Biblioteket" in after


def test_nobody_lets_him_or_herself_go_nor_the_last_one_who_keeps_the_organisation(client, officer):
    own = client.post(address("person-deactivate", officer.pk))
    admin = person("system_administrator")
    RoleAssignment.objects.filter(role="communications_officer").update(valid_to=clock.today())
    last = client.post(address("person-deactivate", admin.pk))

    assert "Du kan inte avsluta din egen inloggning" in own.content.decode()
    assert "sköter ingen längre enheter" in last.content.decode()
    assert User.objects.filter(pk__in=[officer.pk, admin.pk], is_active=True).count() == 2


def test_somebody_who_comes_back_gets_what_nobody_has_taken_over(client, officer):
    user = person("manager", UnitFactory(name="Biblioteket"))
    people.deactivate(user, by=officer)

    assert "Närmaste chef, Biblioteket" in page(client, "person-reactivate", user.pk)
    client.post(address("person-reactivate", user.pk))

    assert RoleAssignment.objects.in_force(clock.today()).filter(user=user).exists()


def test_everybody_puts_the_own_title_and_telephone_right_and_nothing_else(client):
    user = person("employee", name="Oskar Ek", email="oskar@kommunen.se")
    client.force_login(user)

    client.post(address("person-self"), {"title": "Lärare", "phone": "0500-13", "name": "Kungen", "email": "x@x.se"})

    user.refresh_from_db()
    assert (user.title, user.phone, user.name, user.email) == ("Lärare", "0500-13", "Oskar Ek", "oskar@kommunen.se")
    text = page(client, "person-self")
    assert 'value="Lärare"' in text
    assert "Medarbetare" in text


class TestRoles:
    """Roles are given and ended on a person's page."""

    def given(self, client, user, **changed):
        said = {"role": "manager", "unit": root().pk, "valid_from": clock.today().isoformat(), **changed}
        return client.post(address("role-give", user.pk), said)

    def test_a_role_is_given_between_two_days_with_secrecy(self, client, officer):
        user = UserFactory()
        RoleFactory(user=officer, secrecy=True)
        first, last = clock.today() + timedelta(days=3), clock.today() + timedelta(days=9)

        self.given(client, user, valid_from=first.isoformat(), valid_to=last.isoformat(), secrecy="on")

        role = user.roles.get()
        assert (role.valid_from, role.valid_to, role.secrecy, role.given_by) == (first, last, True, officer)

    def test_days_in_the_wrong_order_and_a_role_held_already_are_refused(self, client, officer):
        user = person("manager")
        early = (clock.today() - timedelta(days=1)).isoformat()

        assert "Sista dagen är före den första" in self.given(client, user, valid_to=early).content.decode()
        assert "har redan den rollen" in self.given(client, user).content.decode()
        assert user.roles.count() == 1

    def test_nobody_gives_him_or_herself_more_than_he_or_she_has(self, client, officer):
        refused = self.given(client, officer, role="registrar")
        secret = self.given(client, officer, role="communications_officer", secrecy="on")
        self.given(client, officer, role="employee")

        assert "större befogenheter än du har" in refused.content.decode()
        assert "sekretessmarkerade uppgifter. Be någon annan" in secret.content.decode()
        assert sorted(officer.roles.values_list("role", flat=True)) == ["communications_officer", "employee"]

    def test_nobody_makes_what_he_or_she_has_for_a_while_last_longer(self, client, officer):
        last = clock.today() + timedelta(days=5)
        later = (last + timedelta(days=365)).isoformat()
        RoleFactory(role="communications_officer")  # somebody keeps the organisation for good
        role = officer.roles.get()
        people.limit_role(role, last_day=last, by=None)

        longer = client.post(address("role-end", role.pk), {"last_day": later})
        for_good = self.given(client, officer, role="system_administrator")
        a_while = self.given(client, officer, role="system_administrator", valid_to=last.isoformat())

        assert "större befogenheter än du har" in longer.content.decode()
        assert "större befogenheter än du har" in for_good.content.decode()
        assert a_while.status_code == 302
        role.refresh_from_db()
        assert role.valid_to == last
        client.post(address("role-end", role.pk), {"last_day": (last - timedelta(days=1)).isoformat()})
        role.refresh_from_db()
        assert role.valid_to == last - timedelta(days=1)

    def test_the_other_officers_are_told_who_stands_in_with_power(self, officer):
        other = person("communications_officer")
        facts = {"role": "communications_officer", "unit": root(), "by": officer}
        days = {"valid_from": clock.today(), "valid_to": clock.today() + timedelta(days=5)}

        standing_in.stand_in(other, UserFactory(name="Ny Makt"), **facts, **days)
        run_owed()

        assert "Ny Makt" in Notice.objects.get(kind="role", user=other).subject

    @pytest.mark.parametrize(("role", "secrecy"), [("communications_officer", ""), ("registrar", "on")])
    def test_the_other_officers_are_told_who_got_power(self, client, officer, role, secrecy):
        other = person("communications_officer")
        person("manager")

        self.given(client, UserFactory(name="Ny Makt"), role=role, secrecy=secrecy)
        run_owed()

        told = Notice.objects.filter(kind="role")
        assert {notice.user for notice in told} >= {other}
        assert officer not in {notice.user for notice in told}
        assert "Ny Makt" in told.first().subject

    def test_an_ordinary_role_is_told_to_nobody(self, client, officer):
        person("communications_officer")
        self.given(client, UserFactory(), role="employee")
        run_owed()

        assert not Notice.objects.filter(kind="role").exists()

    def test_a_role_is_ended_now_or_after_a_last_day(self, client, officer):
        now, later = RoleFactory(role="manager"), RoleFactory(role="manager")
        last = clock.today() + timedelta(days=5)

        client.post(address("role-end", now.pk), {"last_day": ""})
        client.post(address("role-end", later.pk), {"last_day": last.isoformat()})

        now.refresh_from_db()
        later.refresh_from_db()
        assert now.valid_to == clock.today() - timedelta(days=1)
        assert later.valid_to == last
        assert AuditEvent.objects.filter(action="roleassignment.limit").count() == 1

    def test_a_last_day_that_has_been_is_refused(self, client, officer):
        role = RoleFactory(role="manager")
        gone = (clock.today() - timedelta(days=1)).isoformat()

        assert "Dagen har redan varit" in client.post(address("role-end", role.pk), {"last_day": gone}).content.decode()

    def test_the_last_role_that_keeps_the_organisation_stays(self, client, officer):
        RoleAssignment.objects.exclude(user=officer).delete()

        refused = client.post(address("role-end", officer.roles.get().pk), {})

        assert "sköter ingen längre enheter" in refused.content.decode()
        assert officer.roles.get().valid_to is None

    def test_ended_roles_stand_below_as_history(self, client, officer):
        role = RoleFactory(role="registrar", user=UserFactory())
        people.end_role(role, by=officer)

        assert "Tidigare roller" in page(client, "person-show", role.user_id)


class TestStandIns:
    """Somebody has another's role between two dates (R-PLAN-12)."""

    def chosen(self, client, away, instead, **changed):
        said = {
            "role": away.roles.first().pk,
            "by_user": f"{instead.name} ({instead.email})",
            "valid_from": clock.today().isoformat(),
            "valid_to": (clock.today() + timedelta(days=14)).isoformat(),
        }
        return client.post(address("stand-in-give", away.pk), {**said, **changed})

    def test_a_stand_in_is_named_listed_and_ended_early(self, client, officer):
        away = person("manager", UnitFactory(name="Biblioteket"), name="Maria Berg")
        instead = UserFactory(name="Johan Ny")

        self.chosen(client, away, instead)

        role = instead.roles.get()
        assert (role.standing_in_for, role.unit.name) == (away, "Biblioteket")
        for text in (page(client, "stand-in-list"), page(client, "person-show", away.pk)):
            assert "Johan Ny" in text
        assert "i stället för Maria Berg" in page(client, "person-show", instead.pk)
        assert "ersätter Maria Berg" in page(client, "unit-show", role.unit_id)
        client.post(address("role-end", role.pk), {})
        assert "Johan Ny" not in page(client, "stand-in-list")

    def test_what_is_wrong_is_said_in_the_form(self, client, officer):
        away, instead = person("manager", name="Maria Berg"), UserFactory()
        early = (clock.today() - timedelta(days=1)).isoformat()

        assert "Den sista dagen ska komma efter" in self.chosen(client, away, instead, valid_to=early).content.decode()
        assert "Välj vem som ersätter" in self.chosen(client, away, instead, by_user="").content.decode()
        assert "Ingen person i Uppsikt" in self.chosen(client, away, instead, by_user="Ingen Alls").content.decode()
        assert not instead.roles.exists()

    def test_whoever_has_no_role_needs_no_stand_in(self, client, officer):
        assert "Ingen roll att ersätta" in page(client, "stand-in-give", UserFactory().pk)
