"""Uploads that are only read past: hashed chunk by chunk as they come, never written anywhere.

Django hands an upload to its handlers before any view runs. A view marked `@hashed_uploads` gets, in place of a file,
its SHA-256 and size; nothing of it is kept, in memory or on disk. Where the view also says how much it takes
(`uploads.at_most`), what is larger is thrown away as it comes.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve


class HashedUpload(UploadedFile):
    """What is left of an upload that was read past: its name, its size, its SHA-256."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        """Stand in for the file; there is no content to read."""
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256

    def close(self) -> None:
        """Do nothing: there is no file to close."""


def hashed_uploads(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose uploads are hashed and never kept; the mark stands on the outermost function."""
    view.hashes_uploads = True  # type: ignore[attr-defined]
    return view


class HashingHandler(FileUploadHandler):
    """The first of the upload handlers; leaves every upload to the others, but for the views that are marked."""

    _sum: Any = None
    _size = 0
    _most: int | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take the file where the view is marked, so that no other handler sees it."""
        super().new_file(*args, **kwargs)
        if view := self._marked_view():
            self._sum, self._size = hashlib.sha256(), 0
            self._most = getattr(view, "max_upload", None)
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hash a chunk and let it go; without a mark, hand it on. Raises `SkipFile` once it is more than is taken."""
        if self._sum is None:
            return raw_data
        self._size += len(raw_data)
        if self._most is not None and self._size > self._most:
            self.request.__dict__.setdefault("thrown_away", {})[self.field_name] = filesizeformat(self._most)
            self._sum = None
            raise SkipFile
        self._sum.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> HashedUpload | None:
        """Answer what is left of the file; nothing without a mark."""
        found, self._sum = self._sum, None
        return HashedUpload(self.file_name or "", self._size, found.hexdigest()) if found else None

    def _marked_view(self) -> Callable[..., Any] | None:
        try:
            view = resolve(self.request.path_info).func if self.request else None
        except Resolver404:
            return None
        return view if getattr(view, "hashes_uploads", False) else None
