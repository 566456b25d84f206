"""The archive in an object store (S3): the same names, with the store's own lock on what is kept.

The bucket has versions and object lock switched on, and no default retention: what is on its way in is not locked
before a record names it (`archive.trust.locks`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from archive.storage import Keeping, Locked, StorageRefused

MISSING = {"404", "NoSuchKey", "NotFound"}
ABANDONED = timedelta(days=1)
IN_MEMORY = 8 * 1024 * 1024
# A store that hangs is given up on, so that nobody hangs with it.
PATIENCE = Config(connect_timeout=5, read_timeout=60, retries={"mode": "standard", "max_attempts": 3})


class LockedStorage(Keeping, S3Storage):
    """Files in a bucket. Every error of the store is a `StorageRefused`, a missing file a `FileNotFoundError`."""

    def __init__(self, *, object_lock: bool = True, **settings: Any) -> None:
        """Take django-storages' own settings; `object_lock` tells whether the bucket has it."""
        self.locks = object_lock
        super().__init__(**{"max_memory_size": IN_MEMORY, "client_config": PATIENCE, **settings})

    def exists(self, name: str) -> bool:
        """Answer whether it is there."""
        with _told():
            return super().exists(name)

    def size(self, name: str) -> int:
        """Answer how many bytes it has."""
        with _told():
            return super().size(name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Answer the name itself: here a name says what the content is, so the same name is the same file."""
        return name

    def erase(self, name: str, *, bypass: bool = False) -> None:
        """Take out every version of a file, and see that none is left."""
        with _told():
            if not bypass and (until := self.locked_until(name)):
                raise Locked(until)
            allowed = {"BypassGovernanceRetention": True} if bypass and self.locks else {}
            for version in self._versions(name):
                self._client.delete_object(Bucket=self.bucket_name, Key=self._key(name), VersionId=version, **allowed)
            if next(self._versions(name), None) is not None:
                raise StorageRefused("not gone")

    def lock(self, name: str, until: datetime) -> None:
        """Have the store keep a file until a moment (governance mode)."""
        kept = {"Mode": "GOVERNANCE", "RetainUntilDate": until.astimezone(UTC)}
        with _told():
            self._client.head_object(Bucket=self.bucket_name, Key=self._key(name))
            self._client.put_object_retention(Bucket=self.bucket_name, Key=self._key(name), Retention=kept)

    def locked_until(self, name: str) -> datetime | None:
        """Answer until when the store keeps a file; None where it is free, or not there."""
        try:
            head = self._client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        except ClientError as error:
            if _code(error) in MISSING:
                return None
            raise
        until = head.get("ObjectLockRetainUntilDate")
        return until if until and until > datetime.now(UTC) else None

    def walk(self, after: str = "") -> Iterator[str]:
        """Answer the names of all files, a page of the store's at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket_name, Prefix=self._key(""), StartAfter=self._key(after)
        )
        with _told():
            for page in pages:
                for found in page.get("Contents", ()):
                    yield found["Key"].removeprefix(self._key(""))

    def forget_incoming(self) -> int:
        """Break off uploads that began more than a day ago: their parts lie in the bucket and are counted nowhere."""
        old, count = datetime.now(UTC) - ABANDONED, 0
        with _told():
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self.bucket_name, Prefix=self._key("")
            )
            for upload in (each for page in pages for each in page.get("Uploads", ())):
                if upload["Initiated"] < old:
                    self._client.abort_multipart_upload(
                        Bucket=self.bucket_name, Key=upload["Key"], UploadId=upload["UploadId"]
                    )
                    count += 1
        return count

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _told():
            # Fetched here and now, so that nothing can fail in the middle of what is read.
            return super()._open(name, mode).open()

    def _save(self, name: str, content: Any) -> str:
        with _told():
            return super()._save(name, content)

    def _versions(self, name: str) -> Iterator[str]:
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self.bucket_name, Prefix=self._key(name)
        )
        for page in pages:
            for kind in ("Versions", "DeleteMarkers"):
                yield from (each["VersionId"] for each in page.get(kind, ()) if each["Key"] == self._key(name))

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        return f"{self.location}/{name}" if self.location else name


@contextmanager
def _told() -> Iterator[None]:
    """Tell what went wrong in our own words: the store's own name keys and addresses."""
    try:
        yield
    except ClientError as error:
        if _code(error) in MISSING:
            raise FileNotFoundError("no such file in the archive's storage") from None
        raise StorageRefused(_code(error)) from None
    except (BotoCoreError, Boto3Error) as error:
        raise StorageRefused(type(error).__name__) from None


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))
