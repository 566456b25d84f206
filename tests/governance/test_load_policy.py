"""load_policy: a policy is loaded and adopted whole, or one line says why not and nothing is left."""

import pytest
from django.core.management import CommandError, call_command

from governance.models import PolicyVersion
from tests.factories import UserFactory, adopted, person

pytestmark = pytest.mark.django_db


def test_a_shipped_policy_is_loaded_and_adopted(capsys):
    officer = person("communications_officer", email="anna@kommun.example")

    call_command("load_policy", "lekeberg", "--adopt-as", "Anna@kommun.example", "--decision", "KS § 1")

    assert PolicyVersion.objects.current().adopted_by == officer


def test_an_officer_who_is_not_here_is_said_and_nothing_is_loaded():
    with pytest.raises(CommandError, match="nobody here has the address nobody@x"):
        call_command("load_policy", "lekeberg", "--adopt-as", "nobody@x", "--decision", "KS § 1")

    assert not PolicyVersion.objects.exists()


def test_somebody_who_may_not_adopt_is_told_so():
    UserFactory(email="anna@kommun.example")

    with pytest.raises(CommandError, match=r"anna@kommun\.example may not adopt a policy"):
        call_command("load_policy", "lekeberg", "--adopt-as", "anna@kommun.example", "--decision", "KS § 1")


def test_a_version_that_is_adopted_is_not_adopted_again():
    before = adopted("lekeberg")

    with pytest.raises(CommandError, match="Antagen"):
        call_command("load_policy", "lekeberg", "--adopt-as", before.adopted_by.email, "--decision", "KS § 2")


def test_an_adoption_without_a_decision_is_refused():
    officer = person("communications_officer")

    with pytest.raises(CommandError, match="motivering"):
        call_command("load_policy", "lekeberg", "--adopt-as", officer.email)

    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"key = 1", None])
def test_a_file_that_cannot_be_read_is_said_in_words(tmp_path, content):
    path = tmp_path / "ny.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=r"ny\.toml"):
        call_command("load_policy", str(path))
