"""An account's life: pauses and seasons, changes of what the public sees, names, and decisions that wait."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions
from accounts.life import advice, changes, exemption, pausing, pending, seasons, waivers
from accounts.models import Account, AccountChange, Waiver
from governance import clock, followups, rules
from governance.models import AuditEvent, Finding, Notice
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import REASON, Town
from tests.accounts.test_pages import as_user, said
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIELDS = {
    "name": "Biblioteket i stan",
    "kind": "recruitment",
    "visibility": "locked",
    "visibility_reason": "Bara för låntagare",
    "audience": "Låntagare",
    "public_about": "Böcker och program",
    "public_about_en": "Books and events",
    "public_contact": "Informationsdisken",
    "public_email": "biblioteket@kommun.example",
    "public_phone": "0500-10 00 01",
    "uses": ["events", "recruitment"],
    "season_from": "1 juni",
    "season_to": "31/8",
}


def url(name: str, *args) -> str:
    return reverse(f"accounts:{name}", args=args)


def typed(client, account: Account, **changed) -> dict:
    """What is sent when the edit page is opened and some of it is changed."""
    form = client.get(url("account-edit", account.pk)).context["form"]
    sent = {name: form.fields[name].prepare_value(form.initial[name]) for name in (*changes.FIELDS, "base")}
    return {**sent, **changed}


def edited(user, account: Account, **changed):
    client = as_user(user)
    return client.post(url("account-edit", account.pk), typed(client, account, **changed))


@pytest.fixture
def account(town) -> Account:
    return factories.opened(town)


@pytest.fixture
def owner(town):
    """Who answers for the account by duty."""
    return town.staff[0]


# --- Pauses and seasons ----------------------------------------------------------------------------------
def test_a_pause_is_entered_on_its_page_and_ends_by_itself_the_day_after(town, account, owner):
    until = clock.today() + 3 * DAY

    response = as_user(owner).post(url("account-pause", account.pk), {"until": until, "reason": "Vi flyttar"})

    account.refresh_from_db()
    assert response["Location"] == account.get_absolute_url()
    assert (account.status, account.paused_until) == ("paused", until)
    assert seasons.keep_all(until) == 0
    assert seasons.keep_all(until + DAY) == 1
    assert seasons.keep_all(until + DAY) == 0
    account.refresh_from_db()
    assert (account.status, account.paused_until) == ("active", None)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"until": ""}, "Ange en dag."),
        ({"until": "2020-01-01"}, "Dagen har redan varit."),
        ({"until": "2099-01-01"}, "kan pausas längst till"),
        ({"reason": ""}, "Skriv varför kontot pausas."),
    ],
)
def test_a_pause_without_a_day_or_a_reason_says_what_is_missing_and_keeps_the_rest(town, account, wrong, text):
    data = {"until": clock.today() + DAY, "reason": "Vi flyttar", **wrong}

    page = as_user(town.officer).post(url("account-pause", account.pk), data).content.decode()

    account.refresh_from_db()
    assert text in page
    assert account.status == "active"


def test_a_paused_account_is_resumed_by_hand_before_its_day(town, account, owner):
    pausing.pause(account, by=owner, until=clock.today() + 3 * DAY, reason=REASON)

    perform(account, "resume", by=owner)

    assert (account.status, account.paused_until) == ("active", None)


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ("06-01", "08-31", ["06-01", "07-15", "08-31"], ["05-31", "09-01", "02-29"]),
        ("11-15", "03-15", ["11-15", "12-31", "01-01", "02-29", "03-15"], ["03-16", "11-14"]),
    ],
)
def test_a_season_has_its_first_and_last_day_and_may_span_new_year(first, last, inside, outside):
    account = Account(season_from=first, season_to=last)

    assert all(seasons.is_season(account, seasons.as_date(day)) for day in inside)
    assert not any(seasons.is_season(account, seasons.as_date(day)) for day in outside)


def test_a_seasonal_account_rests_and_wakes_with_its_season_and_running_it_again_changes_nothing(account):
    Account.objects.filter(pk=account.pk).update(season_from="06-01", season_to="08-31")

    told = [
        (seasons.keep_all(day), Account.objects.get(pk=account.pk).status)
        for day in (date(2026, 9, 1), date(2026, 9, 1), date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 1))
    ]

    assert told == [(1, "paused"), (0, "paused"), (0, "paused"), (1, "active"), (0, "active")]


def test_an_ordered_pause_inside_a_season_outlasts_the_night_and_outside_it_becomes_the_seasons_rest(town, account):
    Account.objects.filter(pk=account.pk).update(season_from="06-01", season_to="08-31")
    with time_machine.travel("2027-08-20T10:00:00+02:00", tick=False):
        seasons.keep_all(date(2027, 8, 20))
        account.refresh_from_db()
        pausing.pause(account, by=town.officer, until=date(2027, 9, 5), reason=REASON)

    seasons.keep_all(date(2027, 9, 6))

    account.refresh_from_db()
    assert (account.status, account.paused_until) == ("paused", None)
    assert seasons.keep_all(date(2028, 6, 1)) == 1


@time_machine.travel("2026-11-20T10:00:00+01:00", tick=False)
def test_a_resting_account_is_not_woken_by_hand_only_to_rest_the_next_night(town, account):
    Account.objects.filter(pk=account.pk).update(season_from="06-01", season_to="08-31")
    seasons.keep_all(clock.today())
    account.refresh_from_db()

    with pytest.raises(Refused, match="1 juni–31 augusti"):
        perform(account, "resume", by=town.officer)


# --- Editing ---------------------------------------------------------------------------------------------
@time_machine.travel("2026-07-01T10:00:00+02:00", tick=False)
def test_everything_that_communications_writes_is_saved_and_shown_at_once(town, account):
    other = UnitFactory(name="Museet")

    response = edited(town.officer, account, **FIELDS, publishing_units=[other.pk])

    assert response.status_code == 302
    account.refresh_from_db()
    kept = changes.facts(account)
    assert kept == {**FIELDS, "season_from": "06-01", "season_to": "08-31", "publishing_units": [other.pk]}
    shown = as_user(town.officer).get(url("account-edit", account.pk)).context["form"]
    assert {name: shown.initial[name] for name in kept} == kept
    page = as_user(town.officer).get(account.get_absolute_url()).content.decode()
    assert all(text in page for text in ("Böcker och program", "Books and events", "Informationsdisken", "Museet"))
    assert all(text in page for text in ("1 juni–31 augusti", "Låntagare", "Rekrytering", "0500-10 00 01"))
    event = AuditEvent.objects.get(action="account.edit")
    assert "kontots namn" in event.data["fields"]


def test_what_the_public_sees_waits_for_communications_and_the_rest_is_saved_at_once(town, account, owner):
    edited(owner, account, public_about="Nytt", uses=["events"])

    account.refresh_from_db()
    change = AccountChange.objects.get()
    assert (account.public_about, account.uses) == ("", ["events"])
    assert (change.before, change.after, change.made_by) == ({"public_about": ""}, {"public_about": "Nytt"}, owner)

    page = as_user(town.officer).get(change.get_absolute_url())
    as_user(town.officer).post(
        url("change-publish", change.pk), {"seen": page.context["form"]["seen"].value(), "note": "Bra!"}
    )

    account.refresh_from_db()
    change.refresh_from_db()
    assert account.public_about == "Nytt"
    assert (change.status, change.note, change.decided_by) == ("published", "Bra!", town.officer)


@pytest.mark.parametrize("field", ["name", "public_about_en", "public_contact", "public_email", "public_phone", "kind"])
def test_no_fact_that_the_public_sees_goes_around_communications(town, account, owner, field):
    before = changes.facts(account)

    edited(owner, account, **{field: FIELDS[field]})

    account.refresh_from_db()
    assert changes.facts(account) == before
    assert AccountChange.objects.get().after == {field: FIELDS[field]}


def test_what_the_public_page_shows_of_seasons_and_publishers_waits_too(town, account, owner):
    other = UnitFactory(name="Museet")

    edited(owner, account, season_from="1 juni", season_to="31 augusti", publishing_units=[other.pk])

    account.refresh_from_db()
    assert changes.facts(account)["publishing_units"] == []
    assert account.season_from == ""
    change = AccountChange.objects.get()
    changes.publish(change, by=town.officer, note="", seen=changes.standing(change))
    account.refresh_from_db()
    assert (account.season_from, account.season_to) == ("06-01", "08-31")
    assert list(account.publishing_units.all()) == [other]


def test_what_the_public_never_sees_needs_nobodys_leave(town, account, owner):
    Account.objects.filter(pk=account.pk).update(kind="internal", visibility="internal", visibility_reason="Internt")

    edited(owner, account, public_about="För oss")

    account.refresh_from_db()
    assert account.public_about == "För oss"
    assert not AccountChange.objects.exists()


def test_an_account_that_is_made_public_waits_too(town, account, owner):
    Account.objects.filter(pk=account.pk).update(kind="internal")

    edited(owner, account, kind="unit")

    account.refresh_from_db()
    assert account.kind == "internal"


def test_who_writes_again_replaces_the_own_change_and_keeps_what_was_written_first(town, account, owner):
    edited(owner, account, public_about="Nytt")
    edited(owner, account, public_contact="Disken")

    waiting = AccountChange.objects.get(status="waiting")
    assert waiting.after == {"public_about": "Nytt", "public_contact": "Disken"}
    assert AccountChange.objects.filter(status="withdrawn").count() == 1


def test_a_declined_change_tells_its_author_why_and_the_published_stays(town, account, owner):
    edited(owner, account, public_about="Nytt")
    change = AccountChange.objects.get()

    with pytest.raises(Refused, match="motivering"):
        perform(change, "decline", by=town.officer)
    perform(change, "decline", by=town.officer, reason="För långt")
    followups.run_owed()

    account.refresh_from_db()
    assert account.public_about == ""
    assert Notice.objects.filter(user=owner, subject__contains="avböjdes").count() == 1
    assert "För långt" in as_user(owner).get(change.get_absolute_url()).content.decode()


def test_only_the_author_takes_a_change_back(town, account, owner):
    edited(owner, account, public_about="Nytt")
    change = AccountChange.objects.get()

    as_user(town.manager).post(url("change-withdraw", change.pk))
    change.refresh_from_db()
    assert change.status == "waiting"
    as_user(owner).post(url("change-withdraw", change.pk))
    change.refresh_from_db()
    assert change.status == "withdrawn"


def test_only_communications_publishes_and_declines(town, account, owner):
    edited(owner, account, public_about="Nytt")
    change = AccountChange.objects.get()

    assert as_user(town.manager).post(url("change-publish", change.pk), {"seen": "x"}).status_code == 403
    assert as_user(town.outsider).post(url("change-publish", change.pk), {"seen": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        perform(change, "decline", by=town.manager, reason=REASON)


def test_a_change_is_not_published_over_what_somebody_wrote_since_it_was_read(town, account, owner):
    edited(owner, account, public_about="Nytt")
    change = AccountChange.objects.get()
    read = as_user(town.officer).get(change.get_absolute_url()).context["form"]["seen"].value()
    edited(person("communications_officer"), account, public_about="Annat")

    response = as_user(town.officer).post(url("change-publish", change.pk), {"seen": read, "note": ""})

    account.refresh_from_db()
    assert "har ändrats sedan du öppnade sidan" in said(response)
    assert account.public_about == "Annat"
    page = as_user(town.officer).get(change.get_absolute_url()).content.decode()
    assert "Kontot har ändrats sedan ändringen skrevs" in page


def test_two_who_edit_at_once_keep_what_both_wrote_where_it_is_not_the_same_fact(town, account):
    first, second = as_user(town.officer), as_user(person("communications_officer"))
    one, two = typed(first, account, public_about="Ett"), typed(second, account, public_contact="Två")

    first.post(url("account-edit", account.pk), one)
    second.post(url("account-edit", account.pk), two)

    account.refresh_from_db()
    assert (account.public_about, account.public_contact) == ("Ett", "Två")


def test_two_who_edit_the_same_fact_at_once_are_told_and_lose_nothing(town, account):
    first, second = as_user(town.officer), as_user(person("communications_officer"))
    one = typed(first, account, public_about="Ett", public_contact="Disken")
    two = typed(second, account, public_about="Två")
    first.post(url("account-edit", account.pk), one)

    response = second.post(url("account-edit", account.pk), two)

    page = response.content.decode()
    account.refresh_from_db()
    assert account.public_about == "Ett"
    assert "Där står nu: ”Ett”." in page
    assert "Två</textarea>" in page
    form = response.context["form"]
    again = {name: form[name].value() for name in (*changes.FIELDS, "base")}
    second.post(url("account-edit", account.pk), again)
    account.refresh_from_db()
    assert (account.public_about, account.public_contact) == ("Två", "Disken")


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({"name": ""}, "Skriv vad kontot heter."),
        ({"visibility": "locked", "audience": "x"}, "Skriv varför kontot inte är öppet för alla."),
        ({"visibility": "locked", "visibility_reason": "x"}, "Skriv vilka det låsta kontot är till för."),
        ({"season_from": "1 juni"}, "En säsong har både en första och en sista dag."),
        ({"season_from": "31 juni", "season_to": "1 juli"}, "Skriv en dag på året"),
        ({"public_email": "inte en adress"}, "e-post"),
        ({"base": "förfalskad"}, "Sidan är för gammal"),
    ],
)
def test_a_wrong_edit_says_what_is_wrong_and_saves_nothing(town, account, wrong, text):
    before = changes.facts(account)

    page = edited(town.officer, account, **wrong).content.decode()

    account.refresh_from_db()
    assert text in page
    assert changes.facts(account) == before


def test_what_lies_before_signers_is_not_changed(gullspang):
    plan = factories.submitted(gullspang)

    page = edited(gullspang.officer, plan.account, name="Annat").content.decode()

    assert "Planen ligger för underskrift" in page


def test_the_proposer_puts_a_proposal_right_until_it_is_decided(town):
    account = factories.begun(town).account

    assert edited(town.proposer, account, name="Rättat").status_code == 302
    account.refresh_from_db()
    assert account.name == "Rättat"
    assert as_user(town.outsider).get(url("account-edit", account.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 200), ("manager", 200), ("auditor", 403), ("registrar", 403), ("outsider", 404)]
)
def test_who_reaches_the_pages_of_edit_and_pause(town, account, role, status):
    client = as_user(getattr(town, role))

    assert client.get(url("account-edit", account.pk)).status_code == status
    assert client.get(url("account-pause", account.pk)).status_code == status


def test_a_change_that_waits_is_a_finding_for_communications_until_it_is_decided(town, account, owner):
    edited(owner, account, public_about="Nytt")
    followups.run_owed()
    change = AccountChange.objects.get()

    finding = Finding.objects.get(subject_type="accounts.accountchange")
    assert town.officer in finding.responsible.all()
    perform(change, "decline", by=town.officer, reason=REASON)
    followups.run_owed()
    assert not Finding.objects.filter(subject_type="accounts.accountchange").exists()


def test_the_list_of_changes_asks_as_many_questions_for_many_as_for_few(town, account, owner):
    edited(owner, account, public_about="Nytt")
    client = as_user(town.officer)
    client.get(url("change-list"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("change-list"))
    for _n in range(5):
        AccountChange.objects.create(
            account=account,
            unit=account.unit,
            before={},
            after={"name": "x"},
            made_by=person("employee"),
            made_at=clock.now(),
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(url("change-list"))

    assert len(page.context["page"].object_list) == 6
    assert len(many) == len(few)


# --- Names and visibility --------------------------------------------------------------------------------
@pytest.fixture
def preschool():
    """A preschool's proposed Instagram account under Lidingö's policy."""
    town = factories.town("lidingo")
    unit = UnitFactory(name="Lejonets förskola", parent=town.department)
    instagram = type(town.platform).objects.get(key="instagram")
    proposal = {"name": "Lejonets förskola", "platform": instagram, "unit": unit, "kind": "unit"}
    return town, actions.propose_account(by=town.officer, **proposal).account


def test_a_preschool_is_advised_on_its_name_and_lock_and_nothing_is_blocked(preschool):
    _town, account = preschool

    found = {each.key: each for each in advice.of(account)}

    assert set(found) == {"pattern", "visibility"}
    assert found["visibility"].origin.strength == "bör"
    assert "lejonet_östra" in found["pattern"].text
    account.name, account.visibility = "lejonet_östra", "locked"
    assert advice.of(account) == []


def test_a_name_that_is_not_like_the_units_is_told_where_the_policy_demands_it_and_nothing_is_blocked():
    town = factories.town("lidingo")
    account = factories.begun(town, name="Solstrålen").account

    [found] = advice.of(account)

    assert (found.key, found.origin) == ("like_unit", ("Lidingö, Så kommer du igång", "ska", "policy"))
    assert "Biblioteket" in found.text
    assert found.text in as_user(town.officer).get(account.get_absolute_url()).content.decode()
    account.name = "Biblioteken på Lidingö"
    assert advice.of(account) == []


def test_an_account_whose_name_is_not_like_the_units_opens_all_the_same():
    town = factories.town("lidingo")
    plan = factories.written(town, factories.begun(town, name="Solstrålen"))

    assert factories.opened(town, factories.approved(town, factories.submitted(town, plan))).status == "active"


@pytest.mark.parametrize("key", ["gullspang", "lekeberg", "norsjo", "valdemarsvik"])
def test_no_other_policy_asks_for_a_name_like_the_units(key):
    assert advice.of(factories.begun(factories.town(key), name="Solstrålen").account) == []


def test_a_waiver_with_its_reason_puts_the_finding_in_order_and_is_taken_back(preschool):
    town, account = preschool
    rules.evaluate(account)
    about = Finding.objects.filter(rule="REG-6", key="visibility")
    assert about.get().state(clock.now()) == "due"

    as_user(town.officer).post(url("waiver-grant", account.pk, "visibility"), {"reason": "Inga bilder på barn"})
    followups.run_owed()

    assert about.get().state(clock.now()) == "ok"
    assert "Avsteg: Inga bilder på barn" in about.get().text
    waiver = Waiver.objects.get()
    assert "Inga bilder på barn" in as_user(town.officer).get(account.get_absolute_url()).content.decode()
    as_user(town.officer).post(url("waiver-end", waiver.pk))
    followups.run_owed()
    assert about.get().state(clock.now()) == "due"


def test_only_what_is_recommended_is_waived_and_only_by_communications(preschool):
    town, account = preschool
    with pytest.raises(PermissionDenied):
        waivers.grant(account, by=town.director, key="visibility", reason=REASON)
    with pytest.raises(Refused):
        waivers.grant(account, by=town.officer, key="like_unit", reason=REASON)
    waivers.grant(account, by=town.officer, key="visibility", reason=REASON)
    with pytest.raises(Refused, match="redan"):
        waivers.grant(account, by=town.officer, key="visibility", reason=REASON)


def test_what_the_policy_demands_is_not_waived():
    town = factories.town("gullspang")
    account = factories.begun(town, visibility="locked", visibility_reason="Skäl").account

    [found] = advice.of(account)

    assert (found.key, found.may_be_waived) == ("without_login", False)
    assert as_user(town.officer).get(url("waiver-grant", account.pk, "without_login")).status_code == 404


def test_a_proposal_says_what_the_policy_would_rather_see_and_goes_on(preschool):
    town, account = preschool
    data = {
        "name": "Solstrålen",
        "platform": account.platform_id,
        "unit": account.unit_id,
        "kind": "unit",
        "visibility": "open",
    }

    response = as_user(town.officer).post(url("account-propose"), data)

    assert response.status_code == 302
    assert "Policyn vill att kontot är: låst" in said(response)
    assert "mönster" in said(response)


# --- Accounts without a plan -----------------------------------------------------------------------------
def proposed_monitoring(town: Town, **changed) -> Account:
    data = {
        "name": "Omvärlden",
        "platform": town.platform.pk,
        "unit": town.library.pk,
        "kind": "monitoring",
        "visibility": "internal",
        "visibility_reason": "Följer bara andra",
        "uses": ["monitoring"],
        **changed,
    }
    as_user(town.proposer).post(url("account-propose"), data)
    return Account.objects.get(name="Omvärlden")


def test_pure_monitoring_is_opened_by_communications_without_a_plan_with_its_clause_in_the_log(gullspang):
    account = proposed_monitoring(gullspang)
    followups.run_owed()
    assert not account.plans.exists()
    assert Finding.objects.get(rule="REG-7").clause == "Gullspång Bilaga 1"
    assert Notice.objects.filter(user=gullspang.officer, url=account.get_absolute_url()).exists()

    as_user(gullspang.officer).post(
        url("account-open-exempt", account.pk), {"address": "https://www.facebook.com/omvarlden"}
    )
    followups.run_owed()

    account.refresh_from_db()
    assert account.status == "active"
    assert AuditEvent.objects.get(action="account.approve_exempt").data["clause"] == "Gullspång Bilaga 1"
    assert not Account.objects.public().filter(pk=account.pk).exists()
    assert not Finding.objects.filter(rule__startswith="PLAN", account_id=account.pk).exists()


@pytest.mark.parametrize("changed", [{"kind": "unit"}, {"uses": ["monitoring", "events"]}])
def test_what_does_more_than_monitor_needs_its_plan(gullspang, changed):
    account = proposed_monitoring(gullspang, **changed)

    assert account.plans.count() == 1
    assert not exemption.waits(account)
    with pytest.raises(Refused, match="plan"):
        perform(account, "approve_exempt", by=gullspang.officer)


def test_monitoring_needs_its_plan_where_the_policy_exempts_nothing(town):
    assert proposed_monitoring(town).plans.count() == 1


def test_a_proposal_without_a_plan_is_turned_down_proposed_again_and_taken_back(gullspang):
    account = proposed_monitoring(gullspang)

    perform(account, "turn_down", by=gullspang.officer, reason="Det finns redan ett")
    perform(account, "propose_again", by=gullspang.proposer)
    perform(account, "take_back", by=gullspang.proposer)

    assert account.status == "withdrawn"


# --- Decisions that wait ---------------------------------------------------------------------------------
@pytest.fixture
def old(town, account, owner):
    """A draft and a change that have waited for a hundred days, and a draft from today."""
    with time_machine.travel(clock.now() - 100 * DAY, tick=False):
        plan = factories.begun(town, name="Gamla")
        change = AccountChange.objects.create(
            account=account,
            unit=account.unit,
            before={"public_about": ""},
            after={"public_about": "x"},
            made_by=owner,
            made_at=clock.now(),
        )
    factories.begun(town, name="Nya")
    rules.evaluate_all()
    return plan, change


def test_what_has_waited_long_stands_in_a_list_of_its_own_with_since_when_and_for_whom(town, old):
    response = as_user(town.officer).get(url("pending-list"))

    rows = {row.kind: row for row in response.context["rows"]}
    assert set(rows) == {"plan", "andring"}
    assert rows["plan"].who == [town.proposer]
    assert town.officer in rows["andring"].who
    assert all(row.since < clock.now() - 90 * DAY for row in rows.values())
    assert len(as_user(town.officer).get(url("pending-list") + "?alla=1").context["rows"]) == 3
    assert "har väntat i mer än 90 dagar" in as_user(town.officer).get("/").content.decode()


def test_a_reminder_goes_out_once_a_day(town, old):
    plan, _change = old
    way = url("pending-remind", "plan", plan.pk)

    first = as_user(town.officer).post(way)
    second = as_user(town.officer).post(way)

    assert "1 person har fått" in said(first)
    assert "redan fått" in said(second)
    assert Notice.objects.filter(user=town.proposer, kind="pending").count() == 1
    with time_machine.travel(clock.now() + DAY, tick=False):
        assert pending.remind("plan", plan.pk, by=town.officer) == 1


def test_who_may_not_write_the_plan_does_not_remind(town, old):
    plan, _change = old

    assert as_user(town.auditor).post(url("pending-remind", "plan", plan.pk)).status_code == 403
    assert as_user(town.outsider).post(url("pending-remind", "plan", plan.pk)).status_code == 404
    assert as_user(town.officer).post(url("pending-remind", "annat", plan.pk)).status_code == 404


def test_the_list_of_what_waits_asks_as_many_questions_for_many_as_for_few(town, old, account):
    client = as_user(town.officer)
    client.get(url("pending-list") + "?alla=1")
    with CaptureQueriesContext(connection) as few:
        client.get(url("pending-list") + "?alla=1")
    for n in range(8):
        factories.begun(town, name=f"Konto {n}")
    rules.evaluate_all()
    with CaptureQueriesContext(connection) as many:
        page = client.get(url("pending-list") + "?alla=1")

    assert len(page.context["rows"]) == 11
    assert len(many) == len(few)


def test_the_register_is_narrowed_by_kind_use_visibility_and_plan(town, account):
    draft = factories.begun(town, name="Utan").account
    Account.objects.filter(pk=draft.pk).update(kind="recruitment", uses=["recruitment"], plan_due_on=clock.today())
    client = as_user(town.officer)

    for query, names in {
        "slag=recruitment": ["Utan"],
        "anvandning=recruitment": ["Utan"],
        "synlighet=open": ["Biblioteket", "Utan"],
        "synlighet=locked": [],
        "plan=gallande": ["Biblioteket"],
        "plan=utan": ["Utan"],
        "plan=arvt": ["Utan"],
        "plan=nonsense": ["Biblioteket", "Utan"],
    }.items():
        page = client.get(f"{url('account-list')}?{query}").context["page"]
        assert [found.name for found in page] == names, query
