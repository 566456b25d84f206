"""The beat's two jobs of oversight with a real broker, a real worker and a moved clock, twice at once."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from governance import notices
from governance.models import AuditEvent, Notice
from moderation.models import Round
from moderation.tasks import plan_rounds, remind_missed_rounds
from tests.factories import RoleFactory, UserFactory, adopted
from tests.moderation.factories import RoundFactory, watched_by
from tests.worker import worker

LONG_OPEN = datetime(2026, 1, 1, tzinfo=UTC)
THURSDAY = datetime(2027, 3, 11, 9, 0, tzinfo=UTC)
CLOSING = datetime(2027, 3, 12, 16, 0, tzinfo=UTC)  # Friday 17:00 in Sweden
MONDAY_CLOSING = datetime(2027, 3, 15, 16, 0, tzinfo=UTC)


@pytest.fixture
def running(transactional_db):
    with worker() as process:
        yield process


def keys(kind: str) -> int:
    return Notice.objects.filter(kind=f"round.{kind}").count()


def test_from_schedule_to_mail(running):
    adopted("lekeberg")
    account = watched_by(
        UserFactory(name="Vera Vakt", email="vera@kommun.example"), name="Biblioteket", opened_at=LONG_OPEN
    )
    RoleFactory(role="manager", unit=account.unit, user=UserFactory(email="chef@kommun.example"))

    running.do(plan_rounds, plan_rounds, at=THURSDAY.isoformat())
    assert Round.objects.filter(due_at=CLOSING).count() == 1
    assert Round.objects.count() == 10

    running.do(remind_missed_rounds, remind_missed_rounds, at=CLOSING.isoformat())
    assert Round.objects.get(due_at=CLOSING).status == "missed"
    assert (keys("missed"), keys("escalated")) == (1, 0)

    running.do(remind_missed_rounds, remind_missed_rounds, at=MONDAY_CLOSING.isoformat())
    assert (keys("missed"), keys("escalated")) == (2, 1)

    notices.deliver()
    assert sorted({message.to[0] for message in mail.outbox}) == ["chef@kommun.example", "vera@kommun.example"]


def test_many_missed_rounds_are_shared_by_two_runs_and_told_of_once(running):
    adopted("lekeberg")
    watcher = UserFactory()
    for _number in range(30):
        RoundFactory(account=watched_by(watcher), due_at=CLOSING, due_from=THURSDAY)

    running.do(*[remind_missed_rounds] * 4, at=CLOSING.isoformat())

    assert Round.objects.filter(status="missed").count() == 30
    assert AuditEvent.objects.filter(action="round.miss").count() == 30
    assert keys("missed") == 30
