"""Every way to fail, every phase and every ending has words for people."""

import errno
import re

import pytest

from archive.capture import verdict
from archive.capture.failures import CODES, RETRIED, CaptureFailed, fault, http_failure, kind_of
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

    assert (failure.code, len(failure.detail)) == ("internal", 100)


def test_a_detail_holds_no_markup_address_or_hidden_character():
    failure = CaptureFailed("connect", "a\nb <b>https://anna@exempel.se/?q=1</b>\u202e\0")

    assert failure.detail == "a b b https: anna exempel.se q 1 b"


def test_an_unforeseen_error_is_told_by_type_and_place_without_its_words():
    try:
        raise KeyError("anna@kommun.example")
    except KeyError as error:
        told = kind_of(error)

    assert re.fullmatch(r"KeyError at test_texts\.py:[0-9]+", told)


def test_an_error_of_the_disk_is_told_with_its_number():
    assert kind_of(PermissionError(errno.EACCES, "no", "/hem/anna")) == "PermissionError EACCES"


def test_a_fault_of_the_network_is_named_and_the_address_left_out():
    assert fault("Page.goto: net::ERR_CERT_DATE_INVALID at https://exempel.se/?t=1") == "ERR_CERT_DATE_INVALID"
    assert fault("Page.evaluate: the page says anna") == "browser error"
