"""The demo's data: made once, made again without harm, for each of the five policies, and nowhere but in the demo."""

import pytest
from django.core.management import CommandError, call_command

from governance.demo import organisation
from governance.demo.people import PASSWORD, PEOPLE
from governance.models import AuditEvent, Authority, PolicyVersion, RoleAssignment, Unit, User
from governance.permissions import ROLES
from governance.policy.reader import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def counts() -> list[int]:
    return [model.objects.count() for model in (User, Unit, Authority, RoleAssignment, PolicyVersion, AuditEvent)]


def test_demo_data_is_refused_where_this_is_no_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="UPPSIKT_DEMO=1"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="UPPSIKT_DEMO=1"):
        call_command("demo_logins")

    assert not User.objects.exists()


def test_the_demo_may_be_loaded_again_without_making_anything_twice(demo):
    organisation.load()
    once = counts()

    organisation.load()

    assert counts() == once


@pytest.mark.parametrize("key", sorted(shipped()))
def test_the_demo_runs_each_of_the_shipped_policies(demo, key):
    version = organisation.load(key)

    assert PolicyVersion.objects.current() == version
    assert version.key == key
    assert set(PolicyVersion.objects.values_list("key", flat=True)) == set(shipped())
    assert Unit.objects.root().name == version.municipality
    assert version.adopted_by.email == "kommunikator@kommun.example"


def test_the_demo_runs_lekeberg_unless_told(demo):
    assert organisation.load().key == "lekeberg"


def test_another_policy_on_a_folder_with_data_is_adopted_as_a_new_version(demo):
    first = organisation.load("lekeberg")
    second = organisation.load("gullspang")

    again = organisation.load("lekeberg")

    assert (first.key, second.key, again.key) == ("lekeberg", "gullspang", "lekeberg")
    assert again.number > first.number
    assert PolicyVersion.objects.current() == again
    assert PolicyVersion.objects.filter(status="adopted").count() == 3


def test_without_a_policy_named_the_one_that_holds_goes_on(demo):
    held = organisation.load("norsjo")

    assert organisation.load() == held
    assert PolicyVersion.objects.filter(status="adopted").count() == 1


def test_every_role_has_somebody_and_the_registrar_may_see_secrets(demo):
    organisation.load()

    given = RoleAssignment.objects.all()
    assert set(given.values_list("role", flat=True)) == set(ROLES)
    assert [row.user.email for row in given.filter(secrecy=True)] == ["registrator@kommun.example"]


def test_all_have_the_one_password_of_the_demo(demo):
    organisation.load()

    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_a_company_is_an_authority_of_its_own(demo):
    organisation.load()

    company = Authority.objects.get(kind=Authority.Kind.COMPANY)
    assert [unit.name for unit in company.units.all()] == ["Almlundens Bostäder AB"]


def test_the_terminal_shows_every_login_and_the_password(demo, capsys):
    organisation.load()

    call_command("demo_logins")

    printed = capsys.readouterr().out
    assert all(person.email in printed and person.name in printed for person in PEOPLE)
    assert PASSWORD in printed


@pytest.mark.parametrize("key", ["gullspang", "valdemarsvik"])
def test_the_whole_demo_may_be_loaded_twice(demo, key):
    call_command("load_demo", "--policy", key)
    once = counts()

    call_command("load_demo", "--policy", key)

    assert counts() == once
