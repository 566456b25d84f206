"""Follow-ups: what follows an event is owed by a row, done once, and never lost."""

import pytest

from governance import audit, clock, followups
from governance.models import FollowUp
from tests.factories import root


@pytest.fixture
def seen(monkeypatch):
    calls: list[int] = []
    monkeypatch.setattr(followups, "subscribers", {})
    followups.subscribe("test", {"unit.found"}, lambda event: calls.append(event.pk))
    return calls


@pytest.mark.django_db
def test_an_event_owes_its_subscribers_a_row_in_the_same_transaction(seen):
    event = audit.record("unit.found", by=None, obj=root())

    assert FollowUp.objects.get().event_id == event.pk
    assert seen == []


@pytest.mark.django_db
def test_what_is_owed_is_done_once_however_often_the_sweep_runs(seen):
    event = audit.record("unit.found", by=None, obj=root())

    followups.run_owed()
    followups.run_owed()

    assert seen == [event.pk]


@pytest.mark.django_db
def test_a_subscriber_that_fails_is_tried_again_later_and_holds_nobody_up(seen):
    def fail(event):
        raise RuntimeError("secret detail")

    followups.subscribe("failing", {"unit.found"}, fail)
    audit.record("unit.found", by=None, obj=root())

    followups.run_owed()

    failed = FollowUp.objects.get(subscriber="failing")
    assert len(seen) == 1
    assert failed.state == FollowUp.State.OWED
    assert failed.next_try_at > clock.now()
    assert failed.error == "RuntimeError"


@pytest.mark.django_db
def test_a_subscriber_is_left_alone_after_the_last_attempt_and_said_to_be_stuck(seen):
    followups.subscribe("failing", {"unit.found"}, lambda event: 1 / 0)
    audit.record("unit.found", by=None, obj=root())

    for _ in range(followups.MAX_ATTEMPTS + 2):
        FollowUp.objects.filter(state=FollowUp.State.OWED).update(next_try_at=clock.now())
        followups.run_owed()

    failed = FollowUp.objects.get(subscriber="failing")
    assert (failed.state, failed.attempts) == (FollowUp.State.STUCK, followups.MAX_ATTEMPTS)


@pytest.mark.django_db
def test_two_subscribers_with_one_name_are_a_mistake(seen):
    with pytest.raises(ValueError, match="two subscribers"):
        followups.subscribe("test", {"unit.found"}, print)


@pytest.mark.django_db
def test_what_a_later_event_touches_too_is_left_to_it(seen):
    first = audit.record("unit.found", by=None, obj=root())
    second = audit.record("unit.found", by=None, obj=root())

    assert followups.owed_after(first, "test") == [second]
    assert followups.owed_after(second, "test") == []
