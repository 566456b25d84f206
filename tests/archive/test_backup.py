"""A backup is restored into an empty installation and is what it was; half a backup never looks whole."""

import json
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection

from archive import store
from archive.backups import database, form, making, restoring
from archive.models import Record
from archive.storage import FolderStorage
from archive.trust import seals
from governance.models import AuditEvent, User
from tests.archive import damage
from tests.archive.factories import SnapshotFactory, kept
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
ELSEWHERE = "restored"


@pytest.fixture
def installation(transactional_db):
    """A small installation: people, three records (one apart), an uploaded file."""
    person("registrar", name="Åsa Öberg")
    records = [kept(SnapshotFactory(done=True)) for _time in range(3)]
    for file in records[2].files.all():
        store.move(file, store.apart(records[2]))
    default_storage.save("logo/ab/logotyp.png", ContentFile(b"a logo"))
    while seals.seal():
        continue
    return records


@pytest.fixture
def backup(installation, tmp_path):
    """A backup of it."""
    file = tmp_path / "uppsikt.tar"
    making.make(file)
    return file


@pytest.fixture
def elsewhere(tmp_path):
    """The surroundings of another installation: an empty, migrated database and a folder of its own."""
    name = f"{connection.settings_dict['NAME']}_{ELSEWHERE}"
    _in_server(f'drop database if exists "{name}"', f'create database "{name}"')
    url = urlsplit(os.environ["DATABASE_URL"])
    surroundings = {
        **os.environ,
        "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}")),
        "UPPSIKT_DATA_DIR": str(tmp_path / ELSEWHERE),
        "UPPSIKT_DEMO": "0",
    }
    (tmp_path / ELSEWHERE).mkdir()
    yield surroundings
    _in_server(f'drop database "{name}"')


def _in_server(*statements: str) -> None:
    known = {key: value for key, value in connection.get_connection_params().items() if key in ("host", "port", "user")}
    server = psycopg2.connect(**known, password=connection.settings_dict["PASSWORD"] or None, dbname="postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    server.close()


# One process for all of it: to start is what takes time.
RESTORE = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import DatabaseError
from archive.backups import making, restoring
from archive.models import RecordSeal
from governance.models import User
backup, again, gone = sys.argv[1:]
call_command("migrate", verbosity=0)
call_command("load_platforms", verbosity=0)
call_command("restore", backup, disposed=gone)
making.make(making.Path(again))
try:
    restoring.restore(making.Path(backup))
except restoring.NotEmpty:
    print("refused")
try:
    RecordSeal.objects.update(number=9)
except DatabaseError:
    print("kept")
print(User.objects.create(email="ny@kommun.example", name="Ny").pk)
"""


def restored(surroundings: dict[str, str], *files: Path) -> list[str]:
    """Restore in the other installation, as an operator does, and answer what was said."""
    done = subprocess.run(
        [sys.executable, "-c", RESTORE, *map(str, files)],
        cwd=django_settings.BASE_DIR,
        env={**surroundings, "DJANGO_SETTINGS_MODULE": "governance.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def rows() -> dict[str, int]:
    """Answer how many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in database.tables():
            cursor.execute(f'select count(*) from "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_a_backup_becomes_the_same_installation_in_an_empty_place(backup, elsewhere, installation, tmp_path):
    again, gone = tmp_path / "again.tar", tmp_path / "gone.jsonl"
    gone.write_text("")

    said = restored(elsewhere, backup, again, gone)

    assert "3 seals, 3 records, 15 files: 0 problems" in said
    assert "0 records disposed of again" in said
    first, second = _contents(backup), _contents(again)
    checked_again = {f"{form.TABLES}archive_archivecheck", form.HEAD, form.INDEX, form.END}
    assert {name for name in first if first[name] != second[name]} <= checked_again
    assert first.keys() == second.keys()
    uploaded = Path(elsewhere["UPPSIKT_DATA_DIR"]) / "media/logo/ab/logotyp.png"
    assert uploaded.read_bytes() == b"a logo"
    # Nothing is restored over it, the triggers are at work again, and the numbers go on.
    assert said[-3:-1] == ["refused", "kept"]
    assert int(said[-1]) > max(User.objects.values_list("pk", flat=True))


def _contents(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def test_what_is_unpacked_can_be_checked_without_us(backup, tmp_path):
    (tmp_path / "unpacked").mkdir()
    subprocess.run(["tar", "-xf", backup, "-C", tmp_path / "unpacked"], check=True)

    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", form.INDEX], cwd=tmp_path / "unpacked", capture_output=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, b"")


def test_nobody_else_may_read_a_backup(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_holds_every_table_and_no_session(backup):
    names = {name for name, _size, _content in form.members(backup)}

    tables = {name.removeprefix(form.TABLES) for name in names if name.startswith(form.TABLES)}
    assert tables == set(rows())
    assert "django_session" not in tables
    assert {"archive_record", "governance_auditevent", "accounts_account"} <= tables


def test_a_backup_that_is_broken_off_leaves_nothing_that_looks_whole(installation, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("full")

    monkeypatch.setattr(making, "_add_default", full)
    with pytest.raises(CommandError, match="no backup was made"):
        call_command("backup", str(tmp_path / "uppsikt.tar"))

    assert list(tmp_path.glob("*.tar*")) == []


def test_a_backup_never_takes_the_place_of_another(backup):
    before = backup.read_bytes()

    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(backup))
    assert backup.read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_a_backup_that_is_cut_off_is_refused(backup, share):
    whole = backup.read_bytes()
    end = whole.rindex(form.END.encode())  # behind it there is only what fills a tar up
    backup.write_bytes(whole[: int(end * share)])

    with pytest.raises(form.BackupBroken):
        form.checked(backup)


def test_a_backup_without_its_end_is_refused(backup, tmp_path):
    with tarfile.open(backup) as tar, tarfile.open(tmp_path / "cut.tar", "w") as cut:
        for member in tar:
            if member.name != form.END:
                cut.addfile(member, tar.extractfile(member))

    with pytest.raises(form.BackupBroken, match="no end"):
        form.checked(tmp_path / "cut.tar")


def test_any_file_of_a_backup_that_is_changed_is_named(backup):
    whole = backup.read_bytes()
    at = whole.index(b"a logo")
    backup.write_bytes(whole[:at] + b"A logo" + whole[at + 6 :])

    with pytest.raises(form.BackupBroken, match=r"logo/ab/logotyp\.png is not what was written"):
        form.checked(backup)


def test_a_file_that_is_no_backup_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 5000)

    with pytest.raises(CommandError, match="BackupBroken"):
        call_command("restore", str(tmp_path / "x"))


def test_nothing_is_restored_over_what_is_there(backup):
    with pytest.raises(restoring.NotEmpty, match="governance_user"):
        restoring.restore(backup)


def test_nothing_is_restored_into_other_tables(backup, monkeypatch):
    monkeypatch.setattr(database, "migrations", lambda: [["archive", "0001_initial"]])

    with pytest.raises(restoring.OtherVersion, match="made otherwise"):
        restoring.restore(backup)


def test_a_damaged_archive_is_backed_up_all_the_same_and_told_of(installation, tmp_path, capsys):
    damage.removed(installation[2].files.get(name="text.txt"))
    damage.rewritten(installation[2].files.get(name="miniatyr.jpg"), lambda whole: b"other")

    with pytest.raises(SystemExit):
        call_command("backup", str(tmp_path / "uppsikt.tar"))

    assert "2 archived files are missing or damaged" in capsys.readouterr().err
    form.checked(tmp_path / "uppsikt.tar")


def test_a_backup_is_of_one_moment(installation, tmp_path, monkeypatch):
    """What is kept while it is made is in the next one, with its rows and its files."""
    really = database.read
    late = []

    def slow(table, columns, into):
        if not late:
            thread = threading.Thread(target=_keep_one_more)
            thread.start()
            thread.join()
            late.append(thread)
        really(table, columns, into)

    monkeypatch.setattr(database, "read", slow)
    making.make(tmp_path / "uppsikt.tar")

    contents = _contents(tmp_path / "uppsikt.tar")
    assert Record.objects.count() == 4
    assert len(contents[f"{form.TABLES}archive_record"].splitlines()) == 3
    assert len([name for name in contents if name.startswith(form.ARCHIVE)]) == 11


def _keep_one_more() -> None:
    kept(files={"text.txt": b"one more"})
    connection.close()


def test_a_whole_backup_says_so(backup, capsys):
    call_command("restore", str(backup), "--check")

    assert "is whole, made 20" in capsys.readouterr().out
    assert json.loads(_contents(backup)[form.END])["damaged"] == 0
    assert AuditEvent.objects.exists()
    assert isinstance(storages["archive"], FolderStorage)
