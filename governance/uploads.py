"""How large a file may be that somebody sends: what is larger is thrown away as it comes, and kept nowhere.

A view that does not say how much it takes is sent no files at all: anybody may post to a page without a login.
"""

import shutil
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]
NO_FILES = 0
# What a disk keeps free for the database, whoever sends whatever.
LEFT_FREE = 512 * 1024 * 1024
COPIES = 2  # as it comes, and where it is kept
FORGOTTEN_SECONDS = 24 * 60 * 60


def at_most(size: int, *, together: int | None = None, signed_in: bool = False) -> Callable[[View], View]:
    """Let a view be sent files of at most this many bytes each, and `together` in all.

    With `signed_in` only whoever is: the files come before the view is asked, and large ones are not for everybody.
    """

    def bounded(view: View) -> View:
        view.max_upload = size  # type: ignore[attr-defined]
        view.max_together = together  # type: ignore[attr-defined]
        view.upload_signed_in = signed_in  # type: ignore[attr-defined]
        return view

    return bounded


def too_large(request: HttpRequest, field: str) -> str:
    """Answer what to say of a file that was thrown away; empty where none was."""
    thrown = getattr(request, "thrown_away", {})
    if field not in thrown:
        return ""
    if not thrown[field]:
        return _("Servern har inte plats för filerna. Kontakta systemadministratören.")
    return _("Filen är för stor. Den får vara högst %(size)s.") % {"size": thrown[field]}


def thrown_away(request: HttpRequest) -> list[str]:
    """Answer the names of the files that were thrown away, as they were sent."""
    return list(getattr(request, "thrown_names", []))


class BoundedUpload(FileUploadHandler):
    """Stands first among the handlers: lets everything by until a file has grown beyond what its view takes."""

    together = 0
    no_room = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look whether the disk bears what is announced."""
        place = _existing(Path(settings.FILE_UPLOAD_TEMP_DIR or settings.DATA_DIR))
        self.no_room = COPIES * content_length + LEFT_FREE > shutil.disk_usage(place).free

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Answer the piece as it is. Raises `SkipFile`, which throws the rest away too, once it is too much."""
        self.taken += len(raw_data)
        self.together += len(raw_data)
        most, all_most = _most(self.request) if self.request else (NO_FILES, None)
        if self.no_room and most:
            self._throw_away("")
        if self.taken > most:
            self._throw_away(filesizeformat(most))
        if all_most is not None and self.together > all_most:
            self._throw_away(filesizeformat(all_most))
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Answer nothing: the handlers after this one keep the file."""
        return None

    def _throw_away(self, limit: str) -> None:
        self.request.__dict__.setdefault("thrown_away", {})[self.field_name] = limit
        self.request.__dict__.setdefault("thrown_names", []).append(self.file_name or "")
        raise SkipFile


class OnDisk(TemporaryFileUploadHandler):
    """Keeps what is too large for memory in the folder of the settings, which it makes where it is missing."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file on the disk."""
        if settings.FILE_UPLOAD_TEMP_DIR:
            Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
        super().new_file(*args, **kwargs)


def forget_left() -> int:
    """Remove what requests that died left in the folder of incoming files; answer how many."""
    place = Path(settings.FILE_UPLOAD_TEMP_DIR or settings.DATA_DIR / "incoming")
    old = time.time() - FORGOTTEN_SECONDS
    left = [path for path in place.glob("*") if path.stat().st_mtime < old] if place.is_dir() else []
    for path in left:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


def _existing(place: Path) -> Path:
    return next(path for path in (place, *place.parents) if path.exists())


def _most(request: HttpRequest) -> tuple[int, int | None]:
    """Answer how much the view takes of one file and of all."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return NO_FILES, None
    if getattr(view, "upload_signed_in", False) and not _is_signed_in(request):
        return NO_FILES, None
    return getattr(view, "max_upload", NO_FILES), getattr(view, "max_together", None)


def _is_signed_in(request: HttpRequest) -> bool:
    """Look in the session itself: what is sent is read before the middleware has come to sessions. Once a request."""
    if not hasattr(request, "upload_signed_in"):
        sessions = import_module(settings.SESSION_ENGINE)
        session = sessions.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request.upload_signed_in = SESSION_KEY in session  # type: ignore[attr-defined]
    return bool(request.upload_signed_in)  # type: ignore[attr-defined]
