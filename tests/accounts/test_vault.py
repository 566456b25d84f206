"""The vault: what lies in it opens only where it was put, and its keys can be changed (R-CRED-1)."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts import checks
from accounts.credentials import keys, rotation, vault
from accounts.credentials.vault import Login, NotOpened
from accounts.models import Credential, Secret
from tests.accounts import factories
from tests.accounts.factories import Town
from tests.accounts.vaults import CODES, NAME, PASSWORD, TELLTALES, deposited, key


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.CREDENTIAL_KEYS = [key()]


@pytest.fixture
def one(town: Town) -> Secret:
    """One login in the vault."""
    return deposited(factories.opened(town), town.officer).secret


def several(town: Town, count: int) -> list[Secret]:
    """Several logins, on accounts of which only the name differs."""
    found = []
    for number in range(count):
        plan = factories.begun(town, name=f"Konto {number}")
        plan = factories.submitted(town, factories.written(town, plan))
        account = factories.opened(town, factories.approved(town, plan), handle=f"konto{number}")
        found.append(deposited(account, town.officer, f"{PASSWORD}{number}").secret)
    return found


def fresh(secret: Secret) -> Secret:
    return Secret.objects.select_related("credential").get(pk=secret.pk)


def rotate(batch: int = 50) -> str:
    said = io.StringIO()
    call_command("rotate_credential_keys", batch=batch, stdout=said)
    return said.getvalue()


def test_what_is_put_in_comes_out(one):
    assert vault.take(fresh(one)) == Login(NAME, PASSWORD, CODES)


def test_nothing_of_a_login_lies_in_clear_in_its_row_or_in_its_text(one):
    kept = b"".join(bytes(part) for part in (one.ciphertext, one.wrapped_key)) + repr(one).encode()

    assert not any(word.encode() in kept for word in TELLTALES)
    assert not any(word in repr(vault.take(one)) + str(vault.take(one)) for word in TELLTALES)


def test_the_length_of_a_password_does_not_show(one):
    before = len(one.ciphertext)

    vault.put(one.credential, Login(NAME, "x", ""))

    assert len(fresh(one).ciphertext) == before


def test_every_login_and_every_change_has_a_key_of_its_own(one):
    before = bytes(one.wrapped_key), bytes(one.ciphertext)

    vault.put(one.credential, Login(NAME, PASSWORD, CODES))

    again = fresh(one)
    assert (bytes(again.wrapped_key), bytes(again.ciphertext)) != before
    assert again.revision == 2


@pytest.mark.parametrize("field", ["ciphertext", "wrapped_key"])
@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_row_that_was_tampered_with_does_not_open(one, field, place):
    changed = bytearray(getattr(one, field))
    changed[place] ^= 1
    Secret.objects.filter(pk=one.pk).update(**{field: bytes(changed)})

    with pytest.raises(NotOpened):
        vault.take(fresh(one))


@pytest.mark.parametrize("field", ["ciphertext", "wrapped_key"])
def test_a_row_that_was_emptied_does_not_open(one, field):
    Secret.objects.filter(pk=one.pk).update(**{field: b""})

    with pytest.raises(NotOpened):
        vault.take(fresh(one))


def test_a_row_in_anothers_place_does_not_open(town):
    first, second = several(town, 2)
    taken = {"ciphertext": bytes(first.ciphertext), "wrapped_key": bytes(first.wrapped_key), "key_id": first.key_id}
    Secret.objects.filter(pk=second.pk).update(**taken)

    with pytest.raises(NotOpened):
        vault.take(fresh(second))


def test_a_row_that_is_moved_to_another_account_does_not_open(town):
    first, second = several(town, 2)
    theirs = second.credential_id
    Secret.objects.filter(pk=second.pk).delete()
    Secret.objects.filter(pk=first.pk).update(credential=theirs)

    with pytest.raises(NotOpened):
        vault.take(fresh(first))


def test_a_row_under_another_id_does_not_open(one):
    Secret.objects.filter(pk=one.pk).update(id=uuid.uuid4())

    with pytest.raises(NotOpened):
        vault.take(Secret.objects.select_related("credential").get())


def test_a_row_that_is_set_back_to_what_it_was_does_not_open(one):
    before = {"ciphertext": bytes(one.ciphertext), "wrapped_key": bytes(one.wrapped_key)}
    vault.put(one.credential, Login(NAME, "nytt", ""))
    Secret.objects.filter(pk=one.pk).update(**before)

    with pytest.raises(NotOpened):
        vault.take(fresh(one))


def test_another_key_does_not_open_it(one, settings):
    settings.CREDENTIAL_KEYS = [key()]

    with pytest.raises(keys.NoKey):
        vault.take(fresh(one))


def test_the_newest_key_encrypts_and_the_older_ones_open(one, settings):
    old = settings.CREDENTIAL_KEYS
    settings.CREDENTIAL_KEYS = [key(), *old]

    assert vault.take(fresh(one)).password == PASSWORD
    vault.put(one.credential, Login(NAME, PASSWORD, CODES))
    assert fresh(one).key_id == keys.newest()[0]


def test_rotation_wraps_every_login_by_the_newest_key_and_tells_how_many(town, settings):
    logins = several(town, 3)
    settings.CREDENTIAL_KEYS = [key(), *settings.CREDENTIAL_KEYS]

    said = rotate(batch=2)

    assert "3 to wrap" in said
    assert "3 wrapped by the newest key" in said
    settings.CREDENTIAL_KEYS = settings.CREDENTIAL_KEYS[:1]
    assert [vault.take(fresh(secret)).password for secret in logins] == [f"{PASSWORD}{n}" for n in range(3)]


def test_rotation_never_opens_a_login(one, settings, monkeypatch):
    settings.CREDENTIAL_KEYS = [key(), *settings.CREDENTIAL_KEYS]
    before = bytes(one.ciphertext)
    monkeypatch.setattr(vault, "take", lambda secret: pytest.fail("opened"))

    said = rotate()

    assert bytes(fresh(one).ciphertext) == before
    assert not any(word in said for word in TELLTALES)


def test_a_rotation_that_was_killed_goes_on_where_it_stopped(town, settings, monkeypatch):
    several(town, 4)
    settings.CREDENTIAL_KEYS = [key(), *settings.CREDENTIAL_KEYS]
    whole, done = vault.rewrap, []

    def killed(secret: Secret) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(secret.pk)
        whole(secret)

    monkeypatch.setattr(vault, "rewrap", killed)
    with pytest.raises(KeyboardInterrupt):
        rotate(batch=2)
    assert rotation.waiting() == 2
    monkeypatch.setattr(vault, "rewrap", whole)

    said = rotate(batch=2)

    assert "2 to wrap" in said
    assert rotation.waiting() == 0
    settings.CREDENTIAL_KEYS = settings.CREDENTIAL_KEYS[:1]
    assert all(vault.take(secret) for secret in Secret.objects.select_related("credential"))


def test_a_rotation_that_is_done_finds_nothing_to_do(one, settings):
    settings.CREDENTIAL_KEYS = [key(), *settings.CREDENTIAL_KEYS]
    rotate()
    before = bytes(fresh(one).wrapped_key)

    said = rotate()

    assert "0 to wrap" in said
    assert bytes(fresh(one).wrapped_key) == before


def test_one_login_that_does_not_open_keeps_no_other_from_its_new_key(town, settings):
    first, second = several(town, 2)
    Secret.objects.filter(pk=first.pk).update(wrapped_key=b"x" * 60)
    settings.CREDENTIAL_KEYS = [key(), *settings.CREDENTIAL_KEYS]

    with pytest.raises(CommandError, match="1 wrapped by the newest key, 1 not opened"):
        rotate(batch=1)

    assert fresh(second).key_id == keys.newest()[0]


@pytest.mark.parametrize("held", [[], ["nej"], ["å"], ["QUFB"]])
def test_keys_that_cannot_be_read_are_told_by_their_place_and_nothing_more(settings, held, db):
    settings.CREDENTIAL_KEYS = [key(), *held]

    problems = checks.credential_keys_can_be_read(None)

    assert len(problems) == len(held)
    assert all("key number 2" in str(problem) and held[0] not in problem.msg.split() for problem in problems)
    if held:
        with pytest.raises(CommandError, match="key number 2"):
            rotate()


def test_an_installation_without_keys_is_told_that_it_has_no_vault(settings, db):
    settings.CREDENTIAL_KEYS = []

    assert [problem.id for problem in checks.there_is_a_vault(None)] == ["uppsikt.W010"]
    with pytest.raises(CommandError, match="CREDENTIAL_KEYS is not set"):
        rotate()


def test_a_login_is_kept_for_good_and_the_table_is_not_emptied(one):
    with pytest.raises(DatabaseError), transaction.atomic():
        Credential.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate accounts_secret")
