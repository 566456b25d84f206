"""Rules: what they find is kept as rows with absolute times, and late is a comparison with the clock."""

from datetime import timedelta

import pytest

from governance import clock, rules
from governance.models import Finding, Unit
from governance.rules import Verdict
from tests.factories import UserFactory, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def says(monkeypatch):
    verdicts: list[Verdict] = []
    monkeypatch.setattr(rules, "_rules", {})
    rules.rule("TEST-1", Unit)(lambda unit, at: list(verdicts))
    return verdicts


def verdict(**given) -> Verdict:
    return Verdict(**{"text": "Gör något", "clause": "Lekeberg 5.2", "url": "/", **given})


@pytest.mark.parametrize(
    ("due", "breached", "state"),
    [(None, None, "ok"), (1, 2, "ok"), (-1, 1, "due"), (-2, -1, "breached"), (None, -1, "breached")],
)
def test_the_state_follows_the_clock(says, due, breached, state):
    at = clock.now()
    hours = {"due_at": due, "breached_at": breached}
    says.append(verdict(**{k: None if v is None else at + timedelta(hours=v) for k, v in hours.items()}))

    rules.evaluate(root())

    found = Finding.objects.get()
    assert found.state(at) == state
    assert Finding.objects.open(at).exists() is (state != "ok")
    assert Finding.objects.breached(at).exists() is (state == "breached")
    assert Finding.objects.due(at).exists() is (state == "due")


def test_a_finding_remembers_when_it_will_next_change(says):
    at = clock.now()
    says.append(verdict(due_at=at - timedelta(hours=1), breached_at=at + timedelta(hours=1)))

    rules.evaluate(root())

    assert Finding.objects.get().next_change_at == at + timedelta(hours=1)
    assert rules.evaluate_due(at) == 0
    assert rules.evaluate_due(at + timedelta(hours=2)) == 1


def test_what_a_rule_no_longer_says_is_gone(says):
    says.append(verdict(key="a"))
    rules.evaluate(root())
    says[:] = [verdict(key="b")]

    rules.evaluate(root())

    assert [f.key for f in Finding.objects.all()] == ["b"]


def test_who_must_act_is_kept_with_the_finding(says):
    somebody = UserFactory()
    says.append(verdict(due_at=clock.now(), who=[somebody]))

    rules.evaluate(root())

    assert Finding.objects.of(somebody).count() == 1


def test_evaluating_twice_changes_nothing(says):
    says.append(verdict())
    rules.evaluate(root())
    before = Finding.objects.values().exclude(evaluated_at=None).get()

    rules.evaluate(root())

    after = Finding.objects.values().get()
    assert {**before, "evaluated_at": None} == {**after, "evaluated_at": None}


def test_two_rules_of_one_name_over_one_model_are_a_mistake(says):
    with pytest.raises(ValueError, match="two rules"):
        rules.rule("TEST-1", Unit)(lambda unit, at: [])
