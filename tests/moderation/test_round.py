"""A round's life: who may log it and when, what is missed, and what the database never lets anybody rewrite."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from governance import access, audit, clock
from governance.models import AuditEvent
from governance.permissions import DUTIES, ROLES
from governance.workflow import Refused, perform
from moderation import actions
from moderation.actions import Look
from moderation.models import Round
from tests.factories import UserFactory, person
from tests.moderation.factories import DAY, HOUR, RoundFactory, looked, watch, watched_by

pytestmark = pytest.mark.django_db

DUE, LOGGED, MISSED = Round.Status.DUE, Round.Status.LOGGED, Round.Status.MISSED
WATCHING = {"administrator", "page_owner", "responsible", "editor", "operator", "deputy"}


def in_state(state, account, by):
    if state == MISSED:
        return RoundFactory(account=account, missed=True)
    round = RoundFactory(account=account)
    return perform(round, "log", by=by) if state == LOGGED else round


@pytest.mark.parametrize("duty", sorted(DUTIES))
@pytest.mark.parametrize("state", [DUE, LOGGED, MISSED])
def test_who_logs_which_round_by_duty(account, watcher, state, duty):
    somebody = UserFactory()
    watch(account, somebody, duty)
    round = in_state(state, account, watcher)

    if duty not in WATCHING:
        with pytest.raises(access.PermissionDenied):
            perform(round, "log", by=somebody)
    elif state != DUE:
        with pytest.raises(Refused):
            perform(round, "log", by=somebody)
    else:
        assert perform(round, "log", by=somebody).status == LOGGED


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("state", [DUE, LOGGED, MISSED])
def test_no_role_logs_a_round(account, watcher, state, role):
    somebody = person(role, account.unit)
    round = in_state(state, account, watcher)

    with pytest.raises(access.PermissionDenied):
        perform(round, "log", by=somebody)


def test_the_watcher_of_one_account_logs_no_round_of_another(account, policy):
    stranger = UserFactory()
    watched_by(stranger)

    with pytest.raises(access.PermissionDenied):
        perform(RoundFactory(account=account), "log", by=stranger)


@pytest.mark.parametrize(("state", "allowed"), [(DUE, True), (LOGGED, False), (MISSED, False)])
def test_the_application_alone_marks_a_round_as_missed(account, watcher, state, allowed):
    round = in_state(state, account, watcher)

    with pytest.raises(access.PermissionDenied):
        perform(round, "miss", by=watcher)
    if allowed:
        assert perform(round, "miss", by=None).status == MISSED
    else:
        with pytest.raises(Refused):
            perform(round, "miss", by=None)


@pytest.mark.parametrize("shift", [-2 * HOUR, HOUR])
def test_a_round_is_not_logged_before_it_begins_or_after_it_is_late(account, watcher, friday, time_machine, shift):
    round = RoundFactory(account=account)
    time_machine.move_to(friday + shift, tick=False)

    with pytest.raises(Refused):
        perform(round, "log", by=watcher)


def test_a_logged_round_says_who_when_and_what(account, watcher, friday):
    round = RoundFactory(account=account)

    done = actions.log([Look(account.pk, round.pk, "Frågor om öppettider")], by=watcher)

    assert done.new == (round,)
    round.refresh_from_db()
    assert (round.status, round.logged_by, round.logged_at) == (LOGGED, watcher, friday)
    assert (round.outcome, round.note) == ("nothing", "Frågor om öppettider")


def test_each_step_stands_in_the_log_as_a_sentence(account, watcher, friday):
    looked(account, watcher)
    perform(RoundFactory(account=account, overdue=True), "miss", by=None, data={"due": "i går"})

    sentences = [text for _event, text in audit.with_sentences(list(AuditEvent.objects.filter(account_id=account.pk)))]

    assert sentences == [
        "Ingen loggade uppsikt över Biblioteket (Facebook) 20 november 2026, som skulle ha gjorts senast i går.",
        "Vera Vakt loggade uppsikt över Biblioteket (Facebook) 20 november 2026: sett, inget att åtgärda.",
    ]


class TestALook:
    def test_answers_the_round_that_is_due(self, account, watcher):
        round = RoundFactory(account=account)

        assert looked(account, watcher) == round
        assert Round.objects.count() == 1

    def test_where_nothing_is_due_is_an_extra_round(self, account, watcher, friday, policy):
        round = looked(account, watcher)

        assert round.is_extra
        assert (round.unit, round.authority, round.policy_version) == (account.unit, account.authority, policy)
        assert (round.due_from, round.clause) == (friday, "")

    def test_never_answers_a_round_that_has_not_begun_or_is_late(self, account, watcher):
        coming, late = RoundFactory(account=account, coming=True), RoundFactory(account=account, overdue=True)

        assert looked(account, watcher).is_extra
        for round in (coming, late):
            round.refresh_from_db()
            assert round.status == DUE

    def test_sent_twice_is_logged_once(self, account, watcher):
        look = Look(account.pk, RoundFactory(account=account).pk)

        first = actions.log([look], by=watcher)
        second = actions.log([look], by=watcher)

        assert (len(first.new), len(first.known), len(second.new), len(second.known)) == (1, 0, 0, 1)
        assert Round.objects.logged().count() == 1

    def test_sent_anew_hours_later_is_still_the_same_look(self, account, watcher, friday, time_machine):
        look = Look(account.pk, RoundFactory(account=account).pk)
        actions.log([look], by=watcher)
        time_machine.move_to(friday + 5 * HOUR, tick=False)
        RoundFactory(account=account)

        assert not actions.log([look], by=watcher).new

    def test_extra_within_minutes_by_the_same_person_is_the_same_look(self, account, watcher, friday, time_machine):
        first = looked(account, watcher)
        time_machine.move_to(friday + timedelta(minutes=9), tick=False)

        assert looked(account, watcher) == first

    def test_extra_later_is_a_look_of_its_own(self, account, watcher, friday, time_machine):
        first = looked(account, watcher)
        time_machine.move_to(friday + timedelta(minutes=11), tick=False)

        assert looked(account, watcher) != first

    def test_with_a_new_note_is_a_look_of_its_own(self, account, watcher):
        first = Look(account.pk, RoundFactory(account=account).pk, "Två frågor")
        actions.log([first], by=watcher)

        assert not actions.log([first], by=watcher).new
        (second,) = actions.log([Look(account.pk, first.due, "En till")], by=watcher).new
        assert (second.is_extra, second.note) == (True, "En till")

    def test_by_somebody_else_is_a_look_of_its_own(self, account, watcher):
        colleague = UserFactory()
        watch(account, colleague, "editor")
        round = RoundFactory(account=account)
        actions.log([Look(account.pk, round.pk)], by=watcher)

        (second,) = actions.log([Look(account.pk, round.pk)], by=colleague).new

        assert second.is_extra

    def test_answers_the_next_round_when_one_window_follows_another(self, account, watcher, friday, time_machine):
        first = RoundFactory(account=account)
        looked(account, watcher)
        second = RoundFactory(account=account, due_at=friday + 3 * HOUR, due_from=friday + HOUR)
        time_machine.move_to(friday + HOUR + timedelta(minutes=1), tick=False)

        (found,) = actions.log([Look(account.pk, second.pk)], by=watcher).new

        assert found == second != first

    def test_at_an_account_of_others_logs_nothing_at_all(self, account, watcher):
        foreign = watched_by(UserFactory())

        with pytest.raises(access.PermissionDenied):
            actions.log([Look(account.pk), Look(foreign.pk)], by=watcher)

        assert not Round.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_are_one_look(account, watcher):
    look, both, failures = Look(account.pk, RoundFactory(account=account).pk), Barrier(2), []

    def tap():
        try:
            both.wait()
            actions.log([look], by=watcher)
        except Exception as error:  # shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=tap) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Round.objects.count() == Round.objects.logged().count() == 1


class TestTheDatabaseRefuses:
    @pytest.fixture(autouse=True)
    def _refused(self, account, watcher):
        self.account, self.watcher = account, watcher
        yield

    def refuse(self, round, **changes):
        with pytest.raises(DatabaseError), transaction.atomic():
            Round.objects.filter(pk=round.pk).update(**changes)

    @pytest.mark.parametrize("state", [LOGGED, MISSED])
    @pytest.mark.parametrize("change", [{"note": "annat"}, {"logged_at": None}, {"outcome": ""}])
    def test_any_change_of_what_was_done(self, state, change):
        round = in_state(state, self.account, self.watcher)
        changes = {"logged_at": clock.now() + DAY} if state == MISSED and "logged_at" in change else change
        changes = {"outcome": "nothing"} if state == MISSED and "outcome" in change else changes

        self.refuse(round, **changes)

    @pytest.mark.parametrize("state", [DUE, LOGGED, MISSED])
    def test_any_change_of_what_was_promised(self, state):
        round = in_state(state, self.account, self.watcher)

        self.refuse(round, due_at=round.due_at + HOUR)
        self.refuse(round, clause="något annat")

    @pytest.mark.parametrize("state", [LOGGED, MISSED])
    def test_the_deletion_of_what_was_done(self, state):
        round = in_state(state, self.account, self.watcher)

        with pytest.raises(DatabaseError), transaction.atomic():
            round.delete()

    @pytest.mark.parametrize(("state", "to"), [(MISSED, LOGGED), (MISSED, DUE), (LOGGED, MISSED), (LOGGED, DUE)])
    def test_every_other_way_between_states(self, state, to):
        round = in_state(state, self.account, self.watcher)

        self.refuse(round, status=to, logged_at=clock.now(), logged_by=self.watcher, outcome="nothing")

    def test_a_second_round_of_one_account_at_one_time(self):
        round = RoundFactory(account=self.account)

        with pytest.raises(IntegrityError), transaction.atomic():
            RoundFactory(account=self.account, due_at=round.due_at)

    def test_a_logged_round_without_somebody(self):
        self.refuse(RoundFactory(account=self.account), status=LOGGED, logged_at=clock.now(), outcome="nothing")

    def test_telling_the_manager_twice(self):
        round = RoundFactory(account=self.account, missed=True)
        Round.objects.filter(pk=round.pk).update(escalated_at=clock.now())

        self.refuse(round, escalated_at=clock.now() + DAY)
