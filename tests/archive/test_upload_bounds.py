"""How large files may be as they come, and from whom they are taken at all."""

import os

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import load_handler
from django.test import RequestFactory

from archive.views import uploads as upload_views
from governance import uploads
from tests.archive.factories import AccountFactory
from tests.archive.uploaded import (
    page_of,
)
from tests.factories import adopted, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    adopted()
    return person("communications_officer")


@pytest.fixture
def account(officer):
    return AccountFactory(active=True)


def handled(request):
    request.upload_handlers = [load_handler(name, request) for name in django_settings.FILE_UPLOAD_HANDLERS]
    return request.FILES.getlist("files")


def posted(path: str, cookies, *sizes: int):
    files = [SimpleUploadedFile(f"{n}.zip", b"x" * size) for n, size in enumerate(sizes)]
    request = RequestFactory().post(path, {"files": files})
    request.COOKIES.update({name: each.value for name, each in cookies.items()})
    return request


def test_large_files_are_taken_from_nobody_who_is_not_signed_in(account, officer, signed_in):
    path = page_of("account-upload", account)

    assert handled(posted(path, {}, 5000)) == []
    assert len(handled(posted(path, signed_in(officer).cookies, 5000))) == 1


def test_files_together_are_bounded_as_they_come_and_named(account, officer, signed_in, monkeypatch):
    monkeypatch.setattr(upload_views.for_account, "max_together", 9000)
    request = posted(page_of("account-upload", account), signed_in(officer).cookies, 5000, 5000)

    assert len(handled(request)) == 1
    assert uploads.thrown_away(request) == ["1.zip"]


def test_without_room_on_the_disk_nothing_is_taken_and_it_is_said(account, officer, signed_in, monkeypatch):
    monkeypatch.setattr(uploads, "LEFT_FREE", 10**18)
    request = posted(page_of("account-upload", account), signed_in(officer).cookies, 5000)

    assert handled(request) == []
    assert "inte plats" in uploads.too_large(request, "files")


def test_what_a_request_that_died_left_is_forgotten_after_a_day(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "kom"
    (tmp_path / "kom" / "las-1").mkdir(parents=True)
    (tmp_path / "kom" / "ny.upload").write_bytes(b"")
    os.utime(tmp_path / "kom" / "las-1", (0, 0))

    assert uploads.forget_left() == 1
    assert [path.name for path in (tmp_path / "kom").iterdir()] == ["ny.upload"]
