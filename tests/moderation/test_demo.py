"""The demo's oversight: a past to look back on, one missed round with its reminder, and today's due."""

import pytest
from django.core.management import call_command

from governance import clock, rules
from governance.models import AuditEvent, Finding, Notice
from governance.policy.reader import shipped
from moderation import demo
from moderation.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(settings, friday):
    settings.DEMO = True
    return lambda key="lekeberg": call_command("load_demo", "--policy", key)


def count(**what) -> int:
    return Round.objects.filter(**what).count()


def test_most_rounds_were_kept_and_todays_are_due(load, friday):
    load()

    assert count(status="logged") > 10
    assert Round.objects.open(friday).count() == 2
    assert Round.objects.filter(status="logged").exclude(note="").exists()
    assert not Round.objects.filter(status="logged", logged_at__gt=friday).exists()


def test_one_account_was_forgotten_yesterday_and_somebody_was_reminded(load, friday):
    load()
    rules.evaluate_all()

    (missed,) = Round.objects.unanswered(friday)
    assert clock.local(missed.due_at).isoformat() == "2026-11-19T17:00:00+01:00"
    assert Notice.objects.filter(kind="round.missed").exists()
    assert Finding.objects.breached(friday).filter(rule="OVER-1").count() == 1


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_policy_has_its_past_and_one_missed_round(load, key, friday):
    load(key)

    assert count(status="logged") > 0
    assert Round.objects.unanswered(friday).count() == 1
    assert Notice.objects.filter(kind="round.missed").exists()


def test_made_again_it_changes_nothing(load):
    load()
    before = (Round.objects.count(), AuditEvent.objects.count(), Notice.objects.count())

    demo.load()

    assert (Round.objects.count(), AuditEvent.objects.count(), Notice.objects.count()) == before


def test_without_accounts_it_makes_nothing(db):
    demo.load()

    assert not Round.objects.exists()
