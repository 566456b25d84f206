"""A round that nobody logged: missed, the watchers reminded, a working day later the manager told; each once."""

from datetime import UTC, datetime

import pytest

from governance import clock
from governance.models import AuditEvent, Notice
from moderation import reminders, tasks
from moderation.models import Round
from tests.factories import RoleFactory, UnitFactory, UserFactory, root
from tests.moderation.factories import DAY, HOUR, RoundFactory, looked, watch, watched_by

pytestmark = pytest.mark.django_db

CLOSING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # Friday 17:00 in Sweden
MONDAY_CLOSING = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
def manager(account):
    return RoleFactory(role="manager", unit=account.unit, user=UserFactory(name="Cecilia Chef")).user


@pytest.fixture
def round(account, friday):
    return RoundFactory(account=account, due_from=CLOSING - 17 * HOUR, due_at=CLOSING, escalate_at=MONDAY_CLOSING)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=f"round.{kind}").values_list("user__real_name", flat=True))


def test_before_the_time_is_out_nothing_happens(round):
    reminders.remind(CLOSING - HOUR)

    round.refresh_from_db()
    assert (round.status, Notice.objects.count()) == ("due", 0)


def test_everyone_who_watches_is_reminded_when_the_time_is_out(round, account):
    watch(account, UserFactory(name="Reda Redaktör"), "editor")

    reminders.remind(CLOSING)

    round.refresh_from_db()
    assert round.status == "missed"
    assert told("missed") == ["Reda Redaktör", "Vera Vakt"]
    assert told("escalated") == []


def test_the_reminder_says_what_where_and_by_when_and_names_nobody(round, watcher):
    reminders.remind(CLOSING)

    notice = Notice.objects.get()
    assert notice.subject == "Missad uppsikt: Biblioteket (Facebook)"
    assert "senast fredag 20 november kl. 17.00" in notice.body
    assert "senast måndag 23 november kl. 17.00 får närmaste chef veta" in notice.body
    assert "Källa: Lekeberg 5.2; Lekeberg 6.2." in notice.body
    assert watcher.name not in notice.body
    assert notice.url == f"/uppsikt/#konto-{round.account_id}"


def test_a_default_is_said_to_be_one_in_the_reminder(account, friday):
    RoundFactory(account=account, due_at=CLOSING, clause="Uppsikts grundinställning", basis="default")

    reminders.remind(CLOSING)

    assert "Källa: Uppsikts grundinställning, eftersom policyn inte säger hur ofta." in Notice.objects.get().body


def test_a_round_that_was_logged_reminds_nobody(round, account, watcher):
    looked(account, watcher)

    reminders.remind(MONDAY_CLOSING)

    assert not Notice.objects.exists()


def test_a_look_after_the_time_leaves_the_round_missed_but_reminds_nobody(round, account, watcher):
    looked(account, watcher, at=CLOSING)

    reminders.remind(CLOSING)

    round.refresh_from_db()
    assert round.status == "missed"
    assert not Notice.objects.exists()


def test_over_the_weekend_the_manager_is_told_at_closing_time_on_monday(round, manager):
    reminders.remind(CLOSING)
    reminders.remind(MONDAY_CLOSING - HOUR)
    assert told("escalated") == []

    reminders.remind(MONDAY_CLOSING)

    assert told("escalated") == ["Cecilia Chef"]
    notice = Notice.objects.get(kind="round.escalated")
    assert notice.url == f"/uppsikt/logg/?konto={round.account_id}"
    assert "ingen har gjort det sedan dess" in notice.body


def test_a_look_in_between_saves_the_manager_the_mail(round, account, watcher, manager):
    reminders.remind(CLOSING)
    looked(account, watcher, at=MONDAY_CLOSING - HOUR)

    reminders.remind(MONDAY_CLOSING)

    assert told("escalated") == []


def test_each_is_told_once_however_often_the_task_runs(round, manager):
    for at in (CLOSING, CLOSING, MONDAY_CLOSING, MONDAY_CLOSING, MONDAY_CLOSING + HOUR):
        tasks.remind_missed_rounds(at=at.isoformat())

    assert (told("missed"), told("escalated")) == (["Vera Vakt"], ["Cecilia Chef"])
    assert AuditEvent.objects.filter(action="round.miss").count() == 1
    assert AuditEvent.objects.filter(action="round.escalate").count() == 1


def test_each_missed_round_is_told_of_by_itself(account, friday):
    for day in range(2):
        RoundFactory(account=account, due_at=CLOSING + 3 * day * DAY)

    reminders.remind(CLOSING)
    reminders.remind(MONDAY_CLOSING)

    assert Notice.objects.filter(kind="round.missed").count() == 2


def test_after_a_standstill_only_the_latest_missed_round_is_told_of(account, friday, manager):
    rounds = [RoundFactory(account=account, due_at=CLOSING + day * DAY) for day in range(4)]

    reminders.remind(CLOSING + 10 * DAY)

    assert {r.status for r in Round.objects.all()} == {"missed"}
    assert (told("missed"), told("escalated")) == (["Vera Vakt"], ["Cecilia Chef"])
    latest = f"{rounds[-1].due_at:%Y%m%dT%H%M%S}"
    assert all(f":{latest}:" in notice.key for notice in Notice.objects.all())


def test_silence_of_more_than_a_month_is_no_news(account, friday, manager):
    RoundFactory(account=account, missed=True)

    reminders.remind(clock.now() + 40 * DAY)

    assert told("escalated") == []


class TestWhoIsTold:
    def escalate(self, round):
        reminders.remind(CLOSING)
        reminders.remind(MONDAY_CLOSING)
        return told("escalated")

    def test_the_nearest_manager_and_not_the_one_above(self, round, manager):
        RoleFactory(role="manager", unit=root(), user=UserFactory(name="Kommunchefen"))

        assert self.escalate(round) == ["Cecilia Chef"]

    def test_every_manager_of_that_unit(self, round, account, manager):
        RoleFactory(role="manager", unit=account.unit, user=UserFactory(name="Anders Chef"))

        assert self.escalate(round) == ["Anders Chef", "Cecilia Chef"]

    def test_the_next_one_up_where_the_manager_watches_too(self, round, account, manager):
        watch(account, manager, "deputy")
        RoleFactory(role="manager", unit=root(), user=UserFactory(name="Kommunchefen"))

        assert self.escalate(round) == ["Kommunchefen"]

    def test_the_next_one_up_where_the_unit_has_no_manager(self, round):
        RoleFactory(role="manager", unit=root(), user=UserFactory(name="Kommunchefen"))

        assert self.escalate(round) == ["Kommunchefen"]

    def test_the_communications_officer_where_there_is_no_manager_at_all(self, round):
        RoleFactory(role="communications_officer", user=UserFactory(name="Karin Kommunikatör"))

        assert "Karin Kommunikatör" in self.escalate(round)

    def test_nobody_who_has_left(self, round, manager):
        manager.is_active = False
        manager.save()
        RoleFactory(role="manager", unit=root(), user=UserFactory(name="Kommunchefen"))

        assert self.escalate(round) == ["Kommunchefen"]

    def test_no_manager_of_another_unit(self, round, manager):
        RoleFactory(role="manager", unit=UnitFactory(), user=UserFactory(name="Någon Annan"))

        assert self.escalate(round) == ["Cecilia Chef"]


def test_one_round_that_fails_holds_no_other_up(round, friday, monkeypatch, caplog):
    second = RoundFactory(account=watched_by(UserFactory(name="Andra")), due_at=CLOSING + HOUR)
    first, perform = round.pk, reminders.perform

    def fail(obj, *args, **kwargs):
        if obj.pk == first:
            raise RuntimeError("broken")
        return perform(obj, *args, **kwargs)

    monkeypatch.setattr(reminders, "perform", fail)

    reminders.remind(CLOSING + HOUR)

    second.refresh_from_db()
    assert second.status == "missed"
    assert told("missed") == ["Andra"]
    assert f"round {first} could not be followed up" in caplog.text


def test_a_reminder_that_fails_leaves_the_round_as_it_was(round, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(reminders.notices, "send", fail)

    reminders.remind(CLOSING)

    round.refresh_from_db()
    assert round.status == "due"
    assert not AuditEvent.objects.filter(action="round.miss").exists()
