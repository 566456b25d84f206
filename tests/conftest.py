"""What every test stands on: the real database, files in a folder of their own, and mail kept in memory."""

import os
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection

from tests.schedule import WalkInOneProcess

# Each process of the tests has a cache of its own: what one forgets must not be forgotten for the others.
_CACHE = re.sub(
    r"(db=|/)\d+$", rf"\g<1>{4 + int(os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:])}", os.environ["CACHE_URL"]
)
os.environ["CACHE_URL"] = settings.CACHES["default"]["LOCATION"] = _CACHE


def pytest_xdist_make_scheduler(config, log):
    """Answer how tests are handed to the processes; xdist's own groups do not survive pytest 9.2's node ids."""
    return WalkInOneProcess(config, log)


@pytest.fixture(autouse=True, scope="session")
def _static_folder():
    """Make the folder of collected static files, which the web's middleware looks for at start."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    """Give each test folders of its own for what it archives and uploads."""
    changed = {**settings.STORAGES}
    for name in ("default", "archive"):
        options = {**changed[name].get("OPTIONS", {}), "location": tmp_path / name}
        changed[name] = {**changed[name], "OPTIONS": options}
    changed["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = changed
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    storages._storages.clear()


@pytest.fixture(autouse=True)
def _clean_cache():
    """Forget what an earlier test left in the cache (rate limits, signs of life)."""
    yield
    if settings.CACHES["default"]["LOCATION"]:
        cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_triggers():
    """Let the flush after a transactional test empty tables that nobody else can empty."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def lifted(self, sql_list):
        return flush(
            self, ["SET session_replication_role = replica;", *sql_list, "SET session_replication_role = origin;"]
        )

    operations.execute_sql_flush = lifted
    yield
    operations.execute_sql_flush = flush
