"""Of rules for some accounts the nearest wins: account, unit, platform, kind, and the general one last."""

from datetime import date

import pytest

from governance.policy.schema import Scope
from tests.policy.files import other, policy

KIND = {"account_kind": "internal"}
PLATFORM = {"platform": "tiktok"}
UNIT = {"units": ("Färjorna", "Hamnen", "Fjärilshamns kommun")}
ACCOUNT = {"account": "Färjeläget"}


@pytest.mark.parametrize(
    ("scope", "per_day", "clause"),
    [
        ({}, 3, "Fjärilshamn 3"),
        (KIND, 1, "Fjärilshamn 7.1"),
        (KIND | PLATFORM, 6, "Fjärilshamn 7.2"),
        (KIND | PLATFORM | UNIT, 8, "Fjärilshamn 7.3"),
        (KIND | PLATFORM | UNIT | ACCOUNT, 12, "Fjärilshamn 7.4"),
        ({"platform": "facebook", "units": ("Skolan",)}, 3, "Fjärilshamn 3"),
    ],
)
def test_the_nearest_rule_wins(scope, per_day, clause):
    oversight = other().rule("oversight", Scope(**scope))

    assert (oversight.per_day, oversight.clause) == (per_day, clause)


def test_an_exception_keeps_what_it_does_not_change():
    oversight = other().rule("oversight", Scope(platform="tiktok"))

    assert oversight.days == (1, 2, 3, 4, 5, 6, 7)
    assert str(oversight.escalate_after) == "nästa arbetsdag"


def test_an_exception_without_the_chapter_leaves_it_alone():
    assert other().rule("answering", Scope(platform="tiktok")) is other().answering


def test_an_unknown_chapter_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        other().rule("sports")


@pytest.mark.parametrize(
    ("day", "holiday", "rounds"),
    [
        (date(2026, 5, 14), True, 3),
        (date(2026, 6, 18), False, 3),
        (date(2026, 6, 22), False, 1),
        (date(2026, 6, 23), False, 0),
        (date(2026, 8, 10), False, 1),
        (date(2026, 8, 11), False, 3),
        (date(2026, 12, 23), False, 1),
        (date(2027, 1, 6), True, 1),
        (date(2027, 1, 8), False, 3),
    ],
)
def test_a_season_has_its_own_days_also_over_new_year(day, holiday, rounds):
    assert other().oversight.rounds_on(day, holiday=holiday) == rounds


@pytest.mark.parametrize(("holiday", "rounds"), [(False, 1), (True, 0)])
def test_a_holiday_is_free_where_the_policy_says_so(holiday, rounds):
    assert policy("lekeberg").oversight.rounds_on(date(2026, 6, 19), holiday=holiday) == rounds
