"""Uploads that are only read past: hashed chunk by chunk as they come, never written anywhere.

Django hands an upload to its handlers before any view runs. A view marked `@hashed_uploads` gets, in place of a file,
its SHA-256 and size; nothing of it is kept, in memory or on disk.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
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

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take the file where the view is marked, so that no other handler sees it."""
        super().new_file(*args, **kwargs)
        if self._is_marked():
            self._sum, self._size = hashlib.sha256(), 0
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hash a chunk and let it go; without a mark, hand it on."""
        if self._sum is None:
            return raw_data
        self._size += len(raw_data)
        self._sum.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> HashedUpload | None:
        """Answer what is left of the file; nothing without a mark."""
        found, self._sum = self._sum, None
        return HashedUpload(self.file_name or "", self._size, found.hexdigest()) if found else None

    def _is_marked(self) -> bool:
        try:
            view = resolve(self.request.path_info).func if self.request else None
        except Resolver404:
            return False
        return getattr(view, "hashes_uploads", False)
