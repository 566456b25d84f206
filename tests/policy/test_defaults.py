"""Where a document is silent the product answers, and says that it does."""

from datetime import time

import pytest

from governance.policy.base import DEFAULT_CLAUSE
from governance.policy.people import WORDS
from tests.policy.files import KEYS, policy, silent

MONDAY = (1,)


@pytest.mark.parametrize("key", ["norsjo", "valdemarsvik"])
def test_oversight_is_weekly_on_mondays_where_no_number_is_stated(key):
    oversight = policy(key).oversight

    assert (oversight.days, oversight.per_day, oversight.on_holidays) == (MONDAY, 1, False)
    assert (oversight.clause, oversight.basis) == (DEFAULT_CLAUSE, "default")


def test_valdemarsviks_duty_of_oversight_keeps_its_clause_beside_the_defaults_days():
    oversight = policy("valdemarsvik").oversight

    assert oversight.duty.clause == "Valdemarsvik, Kontroll och svar"
    assert oversight.origin("days") == (DEFAULT_CLAUSE, "bör", "default")


def test_gullspangs_days_come_from_the_plan_and_only_then_from_the_default():
    oversight = policy("gullspang").oversight

    assert oversight.from_plan
    assert oversight.origin("from_plan").basis == "policy"
    assert oversight.origin("days").basis == "default"


@pytest.mark.parametrize("key", KEYS)
def test_closing_time_and_escalation_are_the_products(key):
    oversight = policy(key).oversight

    assert oversight.closing == time(17)
    assert str(oversight.escalate_after) == "inom 1 arbetsdag"
    assert oversight.origin("closing").basis == oversight.origin("escalate_after").basis == "default"


@pytest.mark.parametrize(
    ("key", "months", "basis"),
    [
        ("gullspang", (10,), "default"),
        ("norsjo", (10,), "default"),
        ("lekeberg", (4, 10), "default"),
        ("valdemarsvik", (4, 10), "default"),
        ("lidingo", (3, 10), "policy"),
    ],
)
def test_months_of_snapshots_follow_the_stated_number_a_year(key, months, basis):
    snapshot = policy(key).snapshot

    assert snapshot.months == months
    assert snapshot.times_per_year == len(months)
    assert snapshot.origin("months").basis == basis
    assert snapshot.origin("times_per_year").basis == "policy"


@pytest.mark.parametrize(
    ("key", "minimum", "basis"),
    [("norsjo", 1, "default"), ("valdemarsvik", 1, "default"), ("lidingo", 1, "policy"), ("gullspang", 2, "policy")],
)
def test_one_named_person_is_the_products_least(key, minimum, basis):
    duty = policy(key).plan.duties[0]

    assert duty.minimum == minimum
    assert duty.minimum_origin.basis == basis
    assert duty.minimum_origin.strength == "ska"


@pytest.mark.parametrize(
    ("key", "basis"),
    [
        ("gullspang", "default"),
        ("lekeberg", "default"),
        ("valdemarsvik", "default"),
        ("norsjo", "policy"),
        ("lidingo", "policy"),
    ],
)
def test_a_copy_before_removal_is_demanded_everywhere(key, basis):
    preserve = policy(key).removal.preserve

    assert preserve.content
    assert preserve.author_too
    assert preserve.basis == basis


@pytest.mark.parametrize("key", KEYS)
def test_no_account_closes_without_a_snapshot(key):
    whole = policy(key)

    assert whole.snapshot.before_closing.basis == ("policy" if key == "lidingo" else "default")
    assert "snapshot" in [step.key for step in whole.closing.steps]


def test_a_policy_that_says_nothing_still_gives_every_answer():
    whole = silent()

    assert whole.oversight.days == MONDAY
    assert whole.snapshot.months == (4, 10)
    assert whole.plan.points == ()
    assert [duty.minimum for duty in whole.plan.duties] == [1]
    assert whole.plan.title == "Uppdrag för konto i sociala medier"
    assert whole.plan.approval.statements[0].basis == "default"
    assert whole.plan.creation is None
    assert {whole.oversight.basis, whole.snapshot.basis, whole.plan.basis} == {"default"}
    assert whole.removal.all_grounds == whole.removal.statutory
    assert {whole.word(who) for who in WORDS} == set(WORDS.values())


@pytest.mark.parametrize(
    ("key", "way", "basis"), [("gullspang", "vault", "policy"), ("norsjo", "reference", "default")]
)
def test_only_where_a_login_lies_is_kept_unless_the_document_says_more(key, way, basis):
    store = policy(key).credentials.store

    assert (store.value, store.basis) == (way, basis)


def test_a_policy_without_a_ready_text_has_the_products_for_its_own_items():
    information = policy("gullspang").information
    asked = {item.key for item in information.all_items}

    covered = {key for part in information.text.parts for key in part.covers}

    assert information.is_default("text")
    assert covered == asked - {"logo"}
    assert {part.basis for part in information.text.parts} == {"default"}


def test_a_policys_own_ready_text_stays_its_own():
    information = policy("lekeberg").information

    assert not information.is_default("text")
    assert {part.basis for part in information.text.parts} == {"policy"}


@pytest.mark.parametrize(("platform", "way"), [("facebook", "role"), ("instagram", "shared")])
def test_lidingos_way_in_depends_on_the_platform(platform, way):
    assert policy("lidingo").credentials.way(platform).way == way
    assert policy("norsjo").credentials.way(platform) is None
