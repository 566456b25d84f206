"""Dagens uppsikt and its log: what each person sees, one tap, several at once, twice the same, and who is refused."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation.models import Round
from moderation.panels import rounds_of, todays_oversight
from tests.factories import RoleFactory, UserFactory, person
from tests.moderation.factories import DAY, HOUR, AccountFactory, RoundFactory, looked, watch, watched_by

pytestmark = pytest.mark.django_db

TODAY, LOG = "/uppsikt/", "/uppsikt/logg/"
EACH = 15  # questions that the step of one more account may take


@pytest.fixture
def signed_in(client, watcher):
    client.force_login(watcher)
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def tap(client, account, round=None, **more):
    return client.post(TODAY, {"bara": account.pk, f"uppsikt-{account.pk}": round.pk if round else "", **more})


def test_the_addresses_have_their_names():
    assert (reverse("moderation:round-today"), reverse("moderation:round-list")) == (TODAY, LOG)


class TestToday:
    def test_an_account_that_is_due_stands_first_with_its_time_and_its_link_out(self, signed_in, account):
        RoundFactory(account=account)

        shown = text(signed_in.get(TODAY))

        assert "Kvar i dag: 1 av 1" in shown
        assert f'href="{account.address}"' in shown
        assert 'rel="noopener noreferrer"' in shown
        assert "Ingen har loggat uppsikt än" in shown

    def test_missed_ones_come_before_those_that_are_only_due(self, signed_in, account, watcher):
        RoundFactory(account=account)
        missed = watched_by(watcher, name="Ö-skolan")
        RoundFactory(account=missed, missed=True)

        cards = signed_in.get(TODAY).context["left"]

        assert [card.line.account for card in cards] == [missed, account]
        assert "Missad" in text(signed_in.get(TODAY))

    def test_those_not_due_today_come_last_with_their_next_day(self, signed_in, account, friday):
        RoundFactory(account=account, coming=True, due_at=friday + 3 * DAY)

        response = signed_in.get(TODAY)

        assert [card.line.account for card in response.context["rest"]] == [account]
        assert "Nästa: måndag 23 november" in text(response)
        assert "Klart för i dag" in text(response)

    def test_what_was_seen_today_says_when_and_by_whom(self, signed_in, account, watcher, friday):
        looked(account, watcher)

        response = signed_in.get(TODAY)

        assert [card.line.account for card in response.context["done"]] == [account]
        assert "Sett i dag kl. 10.00 av Vera Vakt" in text(response)

    def test_only_accounts_that_one_watches_are_there(self, signed_in, account):
        AccountFactory(name="Någon annans")

        assert "Någon annans" not in text(signed_in.get(TODAY))

    def test_somebody_with_no_account_is_told_what_comes_here(self, client, policy):
        client.force_login(person("manager"))

        assert "Du håller inte uppsikt över något konto" in text(client.get(TODAY))

    def test_a_manager_sees_what_nobody_has_looked_at_in_time(self, client, account):
        RoundFactory(account=account, missed=True)
        client.force_login(person("manager", account.unit))

        shown = text(client.get(TODAY))

        assert "Ingen har sett de här kontona i tid" in shown
        assert "Biblioteket (Facebook)" in shown

    def test_without_any_part_in_oversight_it_is_refused(self, client, policy):
        client.force_login(person("registrar"))

        assert client.get(TODAY).status_code == 403

    def test_nobody_sees_it_without_signing_in(self, client, db):
        assert client.get(TODAY)["Location"].startswith("/logga-in/")


class TestOneTap:
    def test_logs_the_due_round_and_says_so(self, signed_in, account, watcher):
        round = RoundFactory(account=account)

        response = tap(signed_in, account, round)

        assert response.status_code == 302
        round.refresh_from_db()
        assert (round.status, round.logged_by) == ("logged", watcher)
        assert "Uppsikten är loggad: Biblioteket (Facebook)." in text(signed_in.get(TODAY))

    def test_carries_its_note(self, signed_in, account):
        tap(signed_in, account, RoundFactory(account=account), **{f"anteckning-{account.pk}": "  Två frågor "})

        assert Round.objects.get().note == "Två frågor"

    def test_takes_nothing_else_that_is_ticked(self, signed_in, account, watcher):
        other = watched_by(watcher)
        RoundFactory(account=other)

        tap(signed_in, account, RoundFactory(account=account), **{f"sedd-{other.pk}": "on"})

        assert list(Round.objects.logged().values_list("account", flat=True)) == [account.pk]

    def test_twice_is_once_and_says_so(self, signed_in, account):
        round = RoundFactory(account=account)
        tap(signed_in, account, round)

        tap(signed_in, account, round)

        assert Round.objects.logged().count() == 1
        assert "Redan loggat av dig, inget nytt antecknades" in text(signed_in.get(TODAY))

    def test_on_an_account_that_is_not_due_is_an_extra_round(self, signed_in, account):
        tap(signed_in, account)

        assert Round.objects.get().is_extra

    def test_after_a_miss_leaves_the_miss_and_clears_the_page(self, signed_in, account):
        missed = RoundFactory(account=account, missed=True)

        tap(signed_in, account)

        missed.refresh_from_db()
        assert missed.status == "missed"
        assert "Klart för i dag" in text(signed_in.get(TODAY))


class TestSeveralAtOnce:
    def ticked(self, accounts) -> dict[str, str]:
        return {f"sedd-{account.pk}": "on" for account in accounts}

    def test_logs_each_that_is_ticked(self, signed_in, account, watcher):
        accounts = [account, *(watched_by(watcher) for _number in range(2))]
        rounds = [RoundFactory(account=each) for each in accounts]

        signed_in.post(TODAY, self.ticked(accounts[:2]))

        assert list(Round.objects.logged().values_list("pk", flat=True).order_by("pk")) == [r.pk for r in rounds[:2]]
        assert "Uppsikten är loggad för 2 konton" in text(signed_in.get(TODAY))

    def test_with_nothing_ticked_asks_for_a_choice_and_keeps_the_notes(self, signed_in, account):
        RoundFactory(account=account)

        response = signed_in.post(TODAY, {f"anteckning-{account.pk}": "Skrivet förgäves?"})

        assert "Välj minst ett konto." in text(response)
        assert "Skrivet förgäves?" in text(response)
        assert not Round.objects.logged().exists()

    def test_a_wrong_field_keeps_every_tick_and_every_word(self, signed_in, account, watcher):
        other = watched_by(watcher)
        words = {f"anteckning-{account.pk}": "x" * 501, f"anteckning-{other.pk}": "Kort och bra"}

        response = signed_in.post(TODAY, {**self.ticked([account, other]), **words})

        assert "x" * 501 in text(response)
        assert "Kort och bra" in text(response)
        assert text(response).count(" checked") == 2
        assert not Round.objects.exists()

    def test_reading_and_logging_take_as_many_questions_for_many_as_for_few(self, signed_in, watcher, account):
        def questions(ask) -> int:
            with CaptureQueriesContext(connection) as asked:
                ask()
            return len(asked)

        few = [account, watched_by(watcher)]
        read_few = questions(lambda: signed_in.get(TODAY))
        for each in few:
            RoundFactory(account=each)
        logged_few = questions(lambda: signed_in.post(TODAY, self.ticked(few)))
        many = [watched_by(watcher) for _number in range(20)]
        for each in many:
            RoundFactory(account=each)

        logged_many = questions(lambda: signed_in.post(TODAY, self.ticked(many)))

        assert questions(lambda: signed_in.get(TODAY)) <= read_few + 1
        # What is looked up does not grow; each account has its own step, audit event and follow-ups.
        assert logged_many - logged_few <= 18 * EACH
        assert Round.objects.logged().count() == 22


class TestRefused:
    def test_an_account_that_one_may_not_see_does_not_exist(self, signed_in, account):
        hidden = watched_by(UserFactory())

        assert tap(signed_in, hidden).status_code == 404
        assert not Round.objects.exists()

    def test_an_account_that_one_may_see_but_not_watch_is_forbidden(self, signed_in, account, watcher):
        seen = watched_by(UserFactory())
        watch(seen, watcher, "proposer")

        assert tap(signed_in, seen).status_code == 403

    def test_a_manager_of_the_account_may_not_log_it(self, client, account):
        client.force_login(person("manager", account.unit))

        assert tap(client, account).status_code == 403

    def test_one_foreign_account_among_ones_own_stops_them_all(self, signed_in, account):
        hidden = watched_by(UserFactory())

        response = signed_in.post(TODAY, {f"sedd-{account.pk}": "on", f"sedd-{hidden.pk}": "on"})

        assert response.status_code == 404
        assert not Round.objects.exists()

    @pytest.mark.parametrize("value", ["abc", "-1", "9" * 30, "1; drop table", "0"])
    def test_a_meddled_account_does_not_exist(self, signed_in, account, value):
        assert signed_in.post(TODAY, {"bara": value}).status_code == 404

    @pytest.mark.parametrize("value", ["abc", "-1", "9" * 30])
    def test_a_meddled_round_logs_nothing(self, signed_in, account, value):
        RoundFactory(account=account)

        response = signed_in.post(TODAY, {"bara": account.pk, f"uppsikt-{account.pk}": value})

        assert response.status_code == 200
        assert not Round.objects.logged().exists()

    def test_the_round_of_another_account_answers_nothing_there(self, signed_in, account, watcher):
        other = RoundFactory(account=watched_by(watcher))

        tap(signed_in, account, other)

        other.refresh_from_db()
        assert other.status == "due"
        assert Round.objects.logged().get().account == account

    def test_without_a_token_nothing_is_logged(self, account, watcher):
        client = Client(enforce_csrf_checks=True)
        client.force_login(watcher)

        assert tap(client, account).status_code == 403

    def test_other_methods_are_not_known(self, signed_in):
        assert signed_in.put(TODAY).status_code == 405
        assert signed_in.post(LOG).status_code == 405


class TestTheLog:
    def test_says_what_was_logged_missed_and_is_not_yet_done_and_not_what_is_to_come(self, signed_in, account, watcher):
        looked(account, watcher)
        RoundFactory(account=account, missed=True)
        RoundFactory(account=account)
        RoundFactory(account=account, coming=True)

        response = signed_in.get(LOG)

        assert "3 uppsikter" in text(response)
        assert [tag in text(response) for tag in ("Gjord", "Missad", "Inte gjord än", "Extra uppsikt")] == [True] * 4

    def test_a_round_past_its_time_is_shown_as_missed_before_the_task_has_run(self, signed_in, account):
        RoundFactory(account=account, overdue=True)

        assert 'data-color="danger">Missad' in text(signed_in.get(LOG))

    @pytest.mark.parametrize("role", ["manager", "communications_officer", "auditor"])
    def test_is_read_by_those_who_follow_the_unit(self, client, account, role):
        RoundFactory(account=account)
        client.force_login(person(role, account.unit))

        assert "Biblioteket" in text(client.get(LOG))

    def test_shows_nothing_of_other_units(self, client, account):
        RoundFactory(account=account)
        client.force_login(RoleFactory(role="manager", unit=AccountFactory().unit).user)

        assert "Biblioteket" not in text(client.get(LOG))

    @pytest.mark.parametrize("role", ["registrar", "employee", "system_administrator", "security_coordinator"])
    def test_is_refused_to_those_without_a_part_in_it(self, client, policy, role):
        client.force_login(person(role))

        assert client.get(LOG).status_code == 403

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("lage=logged", 2),
            ("lage=missed", 1),
            ("lage=extra", 1),
            ("fran=2026-11-20", 2),
            ("till=2026-11-19", 2),
            ("fran=2026-11-18&till=2026-11-18", 1),
            ("lage=nonsense", 4),
            ("fran=nonsense", 4),
        ],
    )
    def test_is_narrowed_by_state_and_day(self, signed_in, account, watcher, friday, query, number):
        RoundFactory(account=account, missed=True, due_at=friday - 2 * DAY)
        RoundFactory(account=account, due_at=friday - DAY + HOUR)
        looked(account, watcher, at=friday - DAY)
        looked(account, watcher)
        RoundFactory(account=account)

        assert signed_in.get(f"{LOG}?{query}").context["page"].paginator.count == number

    def test_is_narrowed_by_account(self, signed_in, account, watcher):
        RoundFactory(account=account)
        other = RoundFactory(account=watched_by(watcher)).account

        assert signed_in.get(f"{LOG}?konto={other.pk}").context["page"].paginator.count == 1

    @pytest.mark.parametrize("order", ["konto", "-konto", "nar", "-nar", "vem", "-vem", "nonsense"])
    def test_is_sorted_as_asked(self, signed_in, account, order):
        RoundFactory(account=account)

        assert signed_in.get(f"{LOG}?ordning={order}").status_code == 200

    def test_has_pages_and_asks_as_many_questions_for_many_as_for_few(
        self, signed_in, account, friday, django_assert_max_num_queries
    ):
        for number in range(3):
            RoundFactory(account=account, missed=True, due_at=friday - (number + 1) * DAY)
        with CaptureQueriesContext(connection) as few:
            signed_in.get(LOG)
        for number in range(3, 40):
            RoundFactory(account=account, missed=True, due_at=friday - (number + 1) * DAY)

        with django_assert_max_num_queries(len(few)):
            shown = signed_in.get(LOG).context["page"]

        assert (len(shown), shown.paginator.num_pages) == (25, 2)

    def test_says_what_to_do_when_it_is_empty(self, signed_in, account):
        assert "Inget i loggen än" in text(signed_in.get(LOG))
        assert "Inget stämmer med filtret" in text(signed_in.get(f"{LOG}?lage=missed"))


class TestStartPage:
    def test_the_panel_says_how_many_are_left(self, signed_in, account, watcher):
        RoundFactory(account=account)
        watched_by(watcher)

        panel = todays_oversight(watcher)

        assert (len(panel.context["left"]), panel.context["total"]) == (1, 2)
        assert "1 kvar av 2" in render_to_string(panel.template, panel.context)

    def test_the_panel_says_when_all_is_done(self, account, watcher):
        panel = todays_oversight(watcher)

        assert "Inget av dina konton väntar på uppsikt." in render_to_string(panel.template, panel.context)

    def test_no_more_than_five_are_named(self, watcher, account):
        for _number in range(6):
            RoundFactory(account=watched_by(watcher))

        panel = todays_oversight(watcher)

        assert (len(panel.context["shown"]), len(panel.context["left"])) == (5, 6)

    def test_there_is_no_panel_for_those_who_watch_nothing(self, policy):
        assert todays_oversight(person("manager")) is None


class TestAccountPage:
    def test_the_panel_shows_the_latest_rounds_and_the_next_with_its_source(self, account, watcher, friday):
        RoundFactory(account=account, missed=True)
        RoundFactory(account=account)

        panel = rounds_of(watcher, account)

        shown = " ".join(render_to_string(panel.template, panel.context).split())
        assert "Missad" in shown
        assert "Nästa: fredag 20 november, senast kl. 11.00. Källa: Lekeberg 5.2; Lekeberg 6.2." in shown
        assert "Logga uppsikt" in shown

    def test_a_manager_reads_it_but_has_no_button(self, account):
        panel = rounds_of(person("manager", account.unit), account)

        assert "Logga uppsikt" not in render_to_string(panel.template, panel.context)

    def test_there_is_none_for_those_who_may_not_read_the_log_or_before_the_account_is_opened(self, account, watcher):
        assert rounds_of(person("registrar", account.unit), account) is None
        assert rounds_of(watcher, AccountFactory(status="approved", address="", opened_at=None)) is None
