"""A sixth municipality is a sixth file and no code, and what the schema cannot say is refused by name."""

from pathlib import Path

import pytest

from governance.policy.reader import PolicyRefused, read
from tests.policy.files import other

TEXT = (Path(__file__).parent / "fjarilshamn.toml").read_text(encoding="utf-8")


def test_it_looks_several_times_a_day_on_every_day():
    oversight = other().oversight

    assert (oversight.days, oversight.per_day, oversight.on_holidays) == ((1, 2, 3, 4, 5, 6, 7), 3, True)
    assert oversight.closing.isoformat("minutes") == "20:30"


def test_it_counts_hours_that_stand_still_over_weekends():
    reply = other().answering.reply.within

    assert (reply.count, reply.unit, reply.weekends) == (24, "hours", "pause")
    assert other().answering.first_reply.within.weekends is None


def test_it_takes_no_regular_snapshots_by_decision():
    snapshot = other().snapshot

    assert (snapshot.times_per_year, snapshot.months, snapshot.basis) == (0, (), "policy")


def test_it_has_steps_and_deadlines_of_its_own_for_a_ground():
    removal = other().removal

    assert removal.ground("threat").steps == ("preserve", "police", "take_down")
    assert str(removal.urgency_of(removal.ground("threat")).within) == "inom 2 timmar"
    assert str(removal.urgency_of(removal.ground("spam")).within) == "nästa arbetsdag"


def test_it_asks_for_points_and_people_of_its_own():
    plan = other().plan

    assert plan.point("own_ferry").label == "Färjelägen"
    assert (plan.duty("operator").minimum, plan.duty("operator").maximum) == (3, 5)
    assert plan.approval.fallback_role == "communications_officer"
    assert other().word("communications_officer") == "pressansvarig"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("per_day = 3\n", "per_day = 3\nonly_at_full_moon = true\n", "oversight.only_at_full_moon"),
        ('unit = "next working day" }\nclause', 'unit = "tides" }\nclause', "oversight.escalate_after.unit"),
        ('steps = ["preserve", "police"', 'steps = ["ring_the_bell", "police"', "removal.grounds[1].steps[1]"),
        ("days = [1, 4]", "days = []", "oversight.seasons[1].days"),
        ('first = "06-20"', 'first = "06-31"', "oversight.seasons[1].first"),
        ('first = "06-20"', 'first = "W06-2"', "oversight.seasons[1].first"),
        ('platform = "tiktok"', 'weather = "storm"', "exceptions[2].for.weather"),
        ("oversight = { per_day = 8 }", "ferries = { per_day = 8 }", "exceptions[3].ferries"),
    ],
)
def test_what_cannot_be_said_is_refused_by_name(old, new, told):
    assert old in TEXT
    with pytest.raises(PolicyRefused) as refused:
        read(TEXT.replace(old, new, 1), "fjarilshamn.toml")

    assert any(told in problem for problem in refused.value.problems)
