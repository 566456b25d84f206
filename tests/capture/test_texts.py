"""Every way to fail, every phase and every ending has words for people."""

import pytest

from archive.capture import verdict
from archive.capture.failures import CODES, RETRIED, CaptureFailed, http_failure
from archive.capture.reasons import REASONS


def test_every_code_has_a_reason_and_every_reason_a_code():
    assert set(REASONS) == CODES


def test_every_message_of_the_browser_leads_to_a_known_code():
    assert {code for _, code in verdict.MESSAGES} | set(verdict.GUARD_CODES.values()) <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_retry_follows_the_code(code):
    assert CaptureFailed(code).retry == (code in RETRIED)


@pytest.mark.parametrize(
    ("status", "retry"), [(403, False), (404, False), (410, False), (429, True), (500, True), (503, True)]
)
def test_errors_of_a_busy_server_are_tried_again_and_others_not(status, retry):
    failure = http_failure(status)

    assert (failure.code, failure.detail, failure.retry) == ("http_error", str(status), retry)


def test_unknown_code_becomes_an_internal_failure_with_a_short_detail():
    failure = CaptureFailed("nonsense", "x" * 10_000)

    assert (failure.code, len(failure.detail)) == ("internal", 500)
