"""Every way to fail, every phase and every ending has words for people."""

import errno
import re
from datetime import UTC, datetime

import pytest

from archive.capture import verdict
from archive.capture.failures import (
    BUSY_STATUSES,
    CODES,
    LEAST_WAIT,
    LONGEST_WAIT,
    RETRIED,
    CaptureFailed,
    busy,
    fault,
    kind_of,
)
from archive.capture.reasons import ATTENTION, ENDINGS, REASONS, REMARKS
from archive.capture.results import Verdict


def test_every_code_has_a_reason_and_every_reason_a_code():
    assert set(REASONS) == CODES


def test_every_message_of_the_browser_leads_to_a_known_code():
    assert {code for _, code in verdict.MESSAGES} | set(verdict.GUARD_CODES.values()) <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_retry_follows_the_code(code):
    assert CaptureFailed(code).retry == (code in RETRIED)


NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("1", LEAST_WAIT),
        ("", LEAST_WAIT),
        ("soon", LEAST_WAIT),
        ("-5", LEAST_WAIT),
        ("²", LEAST_WAIT),
        ("9" * 500, LONGEST_WAIT),
        ("Fri, 20 Nov 2026 12:10:00 GMT", 600),
        ("Fri, 20 Nov 2026 11:00:00 GMT", LEAST_WAIT),
        ("Fri, 20 Nov 2099 12:00:00 -0000", LONGEST_WAIT),
        ("Fri, 99 Nov 2026 12:00:00 GMT", LEAST_WAIT),
    ],
)
@pytest.mark.parametrize("status", sorted(BUSY_STATUSES))
def test_a_busy_site_is_left_alone_for_as_long_as_it_asks_within_bounds(status, said, seconds):
    failure = busy(status, said, NOW)

    assert (failure.code, failure.detail, failure.retry) == ("busy", str(status), True)
    assert failure.wait_seconds == seconds


def test_a_verdict_is_as_bad_as_its_worst_reason_and_names_each_once():
    assert Verdict.of([]) == Verdict("complete", ())
    assert Verdict.of(["dismissed", "images_missing", "dismissed"]) == Verdict(
        "remarks", ("images_missing", "dismissed")
    )
    assert Verdict.of(["images_missing", "blank"]) == Verdict("attention", ("blank", "images_missing"))
    assert set(REMARKS) >= ATTENTION


def test_every_ending_of_a_feed_has_a_remark():
    assert {f"feed_{ending}" for ending in ENDINGS if ending != "end"} <= set(REMARKS)


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
