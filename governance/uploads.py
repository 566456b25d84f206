"""How large a file may be that somebody sends: what is larger is thrown away as it comes, and kept nowhere.

A view that does not say how much it takes is sent no files at all: anybody may post to a page without a login.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]
NO_FILES = 0


def at_most(size: int) -> Callable[[View], View]:
    """Let a view be sent files of at most this many bytes each."""

    def bounded(view: View) -> View:
        view.max_upload = size  # type: ignore[attr-defined]
        return view

    return bounded


def too_large(request: HttpRequest, field: str) -> str:
    """Answer what to say of a file that was thrown away for its size; empty where it was not."""
    thrown = getattr(request, "thrown_away", {})
    return _("Filen är för stor. Den får vara högst %(size)s.") % {"size": thrown[field]} if field in thrown else ""


class BoundedUpload(FileUploadHandler):
    """Stands first among the handlers: lets everything by until a file has grown beyond what its view takes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Answer the piece as it is. Raises `SkipFile`, which throws the rest away too, once it is too much."""
        self.taken += len(raw_data)
        most = _most(self.request) if self.request else NO_FILES
        if self.taken > most:
            thrown = self.request.__dict__.setdefault("thrown_away", {})
            thrown[self.field_name] = filesizeformat(most)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Answer nothing: the handlers after this one keep the file."""
        return None


def _most(request: HttpRequest) -> int:
    try:
        return getattr(resolve(request.path_info).func, "max_upload", NO_FILES)
    except Resolver404:
        return NO_FILES
