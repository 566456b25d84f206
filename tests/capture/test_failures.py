"""Whatever a page does, the capture ends in time, with its reason, and leaves nothing behind."""

import logging
import shutil
import socket
import time
from pathlib import Path

import pytest

from archive.capture import browser
from archive.capture.engine import Bounds, Capture, CaptureFailed, capture
from tests.capture.conftest import MEGABYTE, QUICK
from tests.capture.tls import self_signed


def quiet(percent: int, phase: str) -> None:
    pass


def capture_of(address: str, allowed_host: str | None, folder: Path, **bounds) -> Capture:
    return capture(
        address,
        folder / "out",
        allowed_host=allowed_host,
        progress=quiet,
        bounds=Bounds(**{**QUICK, **bounds}),
    )


@pytest.mark.parametrize(
    ("trial", "code", "retry", "bounds"),
    [
        ("502", "http_error", True, {}),
        ("503?wait=120", "busy", True, {}),
        ("never", "timeout", True, {"open_seconds": 1.0}),
        ("drip", "timeout", True, {"open_seconds": 1.0}),
        ("loop", "timeout", True, {"silent_seconds": 2.0}),
        ("tall", "too_tall", False, {}),
        ("grow", "too_tall", False, {"max_height": 5_000, "feed_height": 20_000}),
        ("crash", "crashed", True, {}),
        ("memory", "too_much_memory", True, {"max_memory": 1800 * MEGABYTE}),
        ("endless-bytes", "too_many_bytes", False, {}),
        ("endless-file", "not_a_page", False, {}),
        ("redirect-loop", "redirects", False, {}),
        ("redirect-inside", "refused_redirect", False, {}),
        ("redirect?to=http://169.254.169.254/", "refused_redirect", False, {}),
        ("redirect?to=file:///etc/passwd", "refused_redirect", False, {}),
        ("redirect-script?to=http://[::1]/", "refused_redirect", False, {}),
    ],
)
def test_bad_page_ends_with_its_reason(failing, trial, code, retry, bounds):
    start = time.monotonic()

    failure = failing(f"/_prov/{trial}", **bounds)

    assert (failure.code, failure.retry) == (code, retry)
    assert time.monotonic() - start < QUICK["total_seconds"]


def test_capture_that_takes_longer_than_all_its_time_is_ended(failing):
    start = time.monotonic()

    failure = failing("/_prov/grow", total_seconds=2.0, feed_height=10**7, feed_posts=10**7, max_height=10**7)

    assert (failure.code, failure.retry) == ("timeout", True)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "address",
    [
        "ftp://exempel.se/",
        "http://user:pw@exempel.se/",
        "http://127.0.0.1/",
        "http://localhost:8765/",
        "http://[::1]/",
        "",
    ],
)
def test_refused_address_never_starts_a_browser(tmp_path, monkeypatch, address):
    monkeypatch.setattr(browser, "find", lambda: pytest.fail("a browser was looked for"))

    with pytest.raises(CaptureFailed) as caught:
        capture(address, tmp_path / "out", allowed_host=None, progress=quiet)

    assert (caught.value.code, caught.value.retry) == ("refused_address", False)


def test_name_that_does_not_exist_is_told_apart(chromium, tmp_path):
    with pytest.raises(CaptureFailed) as caught:
        capture_of("http://finns-inte.invalid/", None, tmp_path)

    assert (caught.value.code, caught.value.retry) == ("dns", True)


def shut_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return closed.getsockname()[1]


def test_server_that_is_not_there_is_a_failed_connection(chromium, tmp_path):
    place = f"127.0.0.1:{shut_port()}"

    with pytest.raises(CaptureFailed) as caught:
        capture_of(f"http://{place}/", place, tmp_path)

    assert (caught.value.code, caught.value.retry) == ("connect", True)


def test_server_that_does_not_speak_tls_is_refused(chromium, torget, tmp_path):
    with pytest.raises(CaptureFailed) as caught:
        capture_of(f"https://{torget.host}/", torget.host, tmp_path)

    assert (caught.value.code, caught.value.retry) == ("tls", False)


def test_certificate_that_nobody_trusts_is_refused(chromium, tmp_path):
    with self_signed(tmp_path) as server, pytest.raises(CaptureFailed) as caught:
        capture_of(f"https://{server.host}/lekebergskommun", server.host, tmp_path)

    assert (caught.value.code, caught.value.retry) == ("tls", False)
    assert caught.value.detail == "ERR_CERT_AUTHORITY_INVALID"


def test_no_browser_is_said_plainly(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "NAMES", ())
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)

    with pytest.raises(CaptureFailed) as caught:
        capture("https://www.exempel.se/", tmp_path / "out", allowed_host=None, progress=quiet)

    assert caught.value.code == "no_browser"


def test_browser_that_does_not_start_is_no_browser(failing, monkeypatch):
    monkeypatch.setenv("CHROMIUM_PATH", shutil.which("false"))

    assert failing("/lekebergskommun").code == "no_browser"


def test_what_the_browser_says_is_logged_only_where_somebody_asks_for_it(failing, monkeypatch, tmp_path, caplog):
    talking = tmp_path / "talking"
    talking.write_text("#!/bin/sh\necho anna@kommun.example >&2\nexit 1\n")
    talking.chmod(0o755)
    monkeypatch.setenv("CHROMIUM_PATH", str(talking))
    caplog.set_level(logging.DEBUG)

    failure = failing("/lekebergskommun")

    assert "anna" not in failure.detail
    assert {record.levelname for record in caplog.records if "said" in record.msg} <= {"DEBUG"}


def test_the_log_of_an_ordinary_day_holds_no_address_of_a_capture(failing, caplog):
    caplog.set_level(logging.INFO)

    failing("/_prov/502?token=hemligt")

    assert "hemligt" not in caplog.text


def test_too_little_disk_is_seen_before_it_begins(failing):
    assert failing("/lekebergskommun", min_free_disk=10**18).code == "disk_full"


def test_disk_that_fills_while_writing_is_told_apart(shoot, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "text.txt").symlink_to("/dev/full")

    with pytest.raises(CaptureFailed) as caught:
        shoot("/_prov/plain")

    assert (caught.value.code, caught.value.retry) == ("disk_full", True)
    assert not list((tmp_path / "out").iterdir())
