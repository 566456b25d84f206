"""Where the archive's files lie, from the environment: a folder, or a bucket of an object store (S3)."""

from pathlib import Path
from typing import Any

from environs import Env


def chosen(env: Env, data: Path) -> dict[str, Any]:
    """Answer the setting of the archive's storage: the bucket where one is named, else the folder."""
    bucket = env.str("ARCHIVE_S3_BUCKET", "")
    return _bucket(env, bucket) if bucket else _folder(data)


def _folder(data: Path) -> dict[str, Any]:
    return {
        "BACKEND": "archive.storage.FolderStorage",
        "OPTIONS": {
            "location": data / "archive",
            "file_permissions_mode": 0o440,
            "directory_permissions_mode": 0o750,
        },
    }


def _bucket(env: Env, bucket: str) -> dict[str, Any]:
    return {
        "BACKEND": "archive.object_store.LockedStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("ARCHIVE_S3_ENDPOINT", "") or None,
            "region_name": env.str("ARCHIVE_S3_REGION", "") or None,
            "access_key": env.str("ARCHIVE_S3_ACCESS_KEY", "") or None,
            "secret_key": env.str("ARCHIVE_S3_SECRET_KEY", "") or None,
            "location": env.str("ARCHIVE_S3_FOLDER", "").strip("/"),
            # Without it a bucket keeps files as any other, and nothing but rights stops who deletes in it.
            "object_lock": env.bool("ARCHIVE_S3_OBJECT_LOCK", True),
            "querystring_auth": True,
        },
    }
