"""The plan's form: it follows the policy, what is saved is what is shown, and a wrong field keeps what was typed."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.forms import PlanForm
from accounts.forms.people import People
from accounts.models import ActivityPlan
from tests.accounts import factories
from tests.accounts.factories import FIVE, GOAL, policy_with
from tests.factories import UserFactory

# field -> (what is typed, what is kept)
TYPED = {
    "address_planned": ("m.facebook.com/biblioteket", "m.facebook.com/biblioteket"),
    "purpose": ("Tipsa om <böcker> & annat\r\npå två rader", "Tipsa om <böcker> & annat\r\npå två rader"),
    "target_group": ("Alla", "Alla"),
    "watch_days": (["1", "3", "7"], [1, 3, 7]),
    "watch_on_holidays": ("on", True),
    "watch_times": ("8–16", "8–16"),
    "updates_per_week": ("2,5", Decimal("2.5")),
    "removal_hours": ("48", 48),
    "hours_per_week": ("10", Decimal("10")),
    "absence_routine": ("Ersättaren", "Ersättaren"),
    "terms_of_use": ("Bedömda", "Bedömda"),
    "website_first": ("Ja", "Ja"),
    "mission": ("Skriva", "Skriva"),
}
WRONG = [
    ("address_planned", "https://www.instagram.com/x", "Adressen hör till Instagram"),
    ("address_planned", "inte en adress", "tecken som inte kan stå i en adress"),
    ("updates_per_week", "många", "tal"),
    ("updates_per_week", "-1", "0"),
    ("hours_per_week", "169", "168"),
    ("hours_per_week", "1,25", "1"),
    ("removal_hours", "0", "1"),
    ("removal_hours", "2,5", "heltal"),
    ("watch_times", "x" * 201, "200"),
    ("purpose", "x" * 10_001, "10000"),
    ("administrator-0-person", "Ingen Alls", "Ingen person i Uppsikt stämmer med ”Ingen Alls”"),
    ("administrator-0-person", "ingen@alls.example", "Ingen person i Uppsikt stämmer"),
    ("administrator-0-email", "inte en adress", "e-post"),
]


def edit_url(plan: ActivityPlan) -> str:
    return reverse("accounts:plan-edit", args=[plan.pk])


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_posted(form: PlanForm) -> dict:
    """What a browser sends back when nobody touched anything."""
    data = {}
    for field in form:
        value = field.value()
        if value in (None, False, ""):
            continue
        prepared = field.field.widget.format_value(value) if not isinstance(value, bool | list) else value
        data[field.html_name] = "on" if value is True else prepared
    return data


def what_is_said(plan: ActivityPlan) -> dict:
    """Every column but those that count the saving."""
    row = ActivityPlan.objects.filter(pk=plan.pk).values().get()
    return {name: value for name, value in row.items() if name not in ("revision", "saved_by_id", "saved_at")}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_is_saved_and_shown_again(gullspang, name):
    plan = factories.begun(gullspang)
    typed, kept = TYPED[name]
    client = client_of(gullspang.proposer)

    response = client.post(edit_url(plan), {name: typed})

    plan.refresh_from_db()
    assert response.status_code == 302
    assert getattr(plan, name) == kept
    again = as_posted(PlanForm(plan=plan))[name]
    assert ([str(day) for day in again] if name == "watch_days" else again) == typed


@pytest.mark.parametrize("key", FIVE)
def test_saving_a_page_that_nobody_touched_changes_nothing(db, key):
    town = factories.town(key)
    plan = factories.written(town)
    before = what_is_said(plan)
    named = list(plan.duties.values_list("kind", "person", "email", "phone"))
    goals = list(plan.goals.values_list("series", *GOAL))
    client = client_of(town.proposer)

    client.post(edit_url(plan), as_posted(PlanForm(plan=plan)))

    assert what_is_said(plan) == before
    assert list(plan.duties.values_list("kind", "person", "email", "phone")) == named
    assert list(plan.goals.values_list("series", *GOAL)) == goals


@pytest.mark.parametrize(("name", "typed", "text"), WRONG)
def test_a_wrong_field_says_why_keeps_what_was_typed_and_saves_nothing(gullspang, name, typed, text):
    plan = factories.begun(gullspang)

    response = client_of(gullspang.proposer).post(edit_url(plan), {"mission": "Annat uppdrag", name: typed})

    page = response.content.decode()
    plan.refresh_from_db()
    assert response.status_code == 200
    assert text in str(response.context["form"].errors[name])
    assert escape(typed) in page
    assert "Annat uppdrag" in page
    assert plan.mission == ""


@pytest.mark.parametrize("key", FIVE)
def test_the_form_has_the_policys_points_first_in_its_order_and_every_other_point_after(db, key):
    plan = factories.begun(factories.town(key))
    form = PlanForm(plan=plan)

    asked = [section.key for section in form.asked()]
    duties = [group.rule.kind for section in form.asked() for group in section.groups]

    assert asked[: len(plan.rules.points)] == [point.key for point in plan.rules.points]
    assert sorted(duties) == sorted(rule.kind for rule in plan.rules.duties)
    shown = {field.name for section in [*form.asked(), *form.more()] for field in section.fields}
    assert shown >= set(TYPED)
    assert {name for name in form.fields if "-" not in name} == {*shown, "revision"}


def test_the_list_of_errors_calls_a_field_by_the_policys_own_word(gullspang):
    plan = factories.begun(gullspang)

    page = client_of(gullspang.proposer).post(edit_url(plan), {"hours_per_week": "två"}).content.decode()

    assert 'href="#id_hours_per_week">Beräknad arbetstid</a>' in page


def test_the_policys_label_help_example_and_clause_stand_by_the_field(gullspang):
    page = client_of(gullspang.proposer).get(edit_url(factories.begun(gullspang))).content.decode()

    for words in (
        "2. Webbadress",
        "Ange kontots adress.",
        "www.facebook.com/gknaringsliv",
        "Gullspång Bilaga 1 punkt 2",
        "Fler uppgifter (policyn kräver dem inte)",
    ):
        assert words in page


def test_a_point_of_the_policys_own_is_answered_in_free_text(db, tmp_path):
    own = (
        '[[plan.points]]\nkey = "mission"',
        '[[plan.points]]\nkey = "own_logo"\nnumber = "not stated"\nlabel = "Logotyp"\nhelp = "Vilken?"\n'
        'example = "not stated"\nclause = "Norsjö 4.1"\nstrength = "ska"\n\n[[plan.points]]\nkey = "mission"',
    )
    town = factories.town(policy=policy_with(tmp_path, "norsjo", own=own))
    plan = factories.begun(town)

    client_of(town.proposer).post(edit_url(plan), {"own_logo": "Den blå"})

    plan.refresh_from_db()
    assert plan.own_points == {"own_logo": "Den blå"}
    page = client_of(town.proposer).get(plan.get_absolute_url()).content.decode()
    assert "Logotyp" in page
    assert "Den blå" in page


# --- People ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "Anna Berg (anna@kommun.example)",
        "anna@kommun.example",
        "ANNA@kommun.example",
        " anna  berg ",
        "<anna@kommun.example>",
    ],
)
def test_a_person_is_found_by_name_or_address(db, typed):
    anna = UserFactory(name="Anna Berg", email="anna@kommun.example")

    assert People([anna, UserFactory()]).find(typed) == anna


def test_two_people_with_the_same_name_are_told_apart_by_their_address(gullspang):
    UserFactory(name="Anna Berg", email="anna@kommun.example")
    UserFactory(name="Anna Berg", email="anna2@kommun.example")
    plan = factories.begun(gullspang)

    response = client_of(gullspang.proposer).post(edit_url(plan), {"operator-0-person": "Anna Berg"})

    assert "Flera personer heter ”Anna Berg”. Skriv e-postadressen." in response.content.decode()


def test_who_has_left_cannot_be_named(gullspang):
    gone = UserFactory(is_active=False)
    plan = factories.begun(gullspang)

    response = client_of(gullspang.proposer).post(edit_url(plan), {"operator-0-person": gone.email})

    assert "operator-0-person" in response.context["form"].errors


def test_how_a_person_is_reached_comes_from_the_person_unless_it_is_written(gullspang):
    plan = factories.begun(gullspang)
    first, second = gullspang.staff[:2]

    client_of(gullspang.proposer).post(
        edit_url(plan),
        {
            "administrator-0-person": first.email,
            "administrator-1-person": second.email,
            "administrator-1-email": "annan@kommun.example",
            "administrator-1-phone": "070-1",
            "deputy-0-person": second.email,
        },
    )

    assert list(plan.duties.order_by("pk").values_list("kind", "person", "email", "phone")) == [
        ("administrator", first.pk, first.email, first.phone),
        ("administrator", second.pk, "annan@kommun.example", "070-1"),
        ("deputy", second.pk, "", ""),
    ]


def test_whoever_takes_over_a_row_is_reached_at_his_or_her_own_address(gullspang):
    plan = factories.written(gullspang)
    new = UserFactory(name="Ny", email="ny@kommun.example", phone="070-99")
    data = as_posted(PlanForm(plan=plan)) | {"administrator-0-person": new.email}

    client_of(gullspang.proposer).post(edit_url(plan), data)

    first = plan.duties.filter(kind="administrator").order_by("pk").first()
    assert (first.person, first.email, first.phone) == (new, new.email, new.phone)


def test_what_is_written_for_whoever_takes_over_a_row_stands(gullspang):
    plan = factories.written(gullspang)
    new = UserFactory(name="Ny", email="ny@kommun.example", phone="070-99")
    data = as_posted(PlanForm(plan=plan))
    data |= {"administrator-0-person": new.email, "administrator-0-email": "brev@kommun.example"}

    client_of(gullspang.proposer).post(edit_url(plan), data)

    first = plan.duties.filter(kind="administrator").order_by("pk").first()
    assert (first.person, first.email, first.phone) == (new, "brev@kommun.example", new.phone)


def test_the_same_person_is_named_once_for_a_duty_and_may_have_several(gullspang):
    plan = factories.begun(gullspang)
    email = gullspang.staff[0].email
    client = client_of(gullspang.proposer)

    twice = client.post(edit_url(plan), {"administrator-0-person": email, "administrator-2-person": email})
    both = client.post(edit_url(plan), {"administrator-0-person": email, "operator-0-person": email})

    assert "är redan angiven här" in str(twice.context["form"].errors["administrator-2-person"])
    assert both.status_code == 302
    assert plan.duties.count() == 2


def test_a_way_to_reach_nobody_is_refused(gullspang):
    plan = factories.begun(gullspang)

    response = client_of(gullspang.proposer).post(edit_url(plan), {"administrator-0-phone": "070-1"})

    assert "administrator-0-person" in response.context["form"].errors


@pytest.mark.parametrize(
    ("key", "named", "rows"),
    [
        ("lekeberg", 0, {"page_owner": 1, "editor": 3}),
        ("lekeberg", 3, {"page_owner": 1, "editor": 5}),
        ("gullspang", 0, {"administrator": 4, "operator": 3, "deputy": 3}),
    ],
)
def test_there_are_always_two_empty_rows_more_up_to_what_the_policy_allows(db, key, named, rows):
    town = factories.town(key)
    plan = factories.begun(town)
    if named:
        editors = [(user, "", "") for user in town.staff[:named]]
        plan = factories.written(town, plan, people={"editor": editors, "page_owner": editors[:1]})

    groups = [group for section in PlanForm(plan=plan).asked() for group in section.groups]

    assert {group.rule.kind: len(group.rows) for group in groups} == rows


def test_whoever_is_cleared_from_a_row_is_no_longer_named(gullspang):
    plan = factories.written(gullspang)
    data = as_posted(PlanForm(plan=plan))
    data["deputy-0-person"] = ""

    client_of(gullspang.proposer).post(edit_url(plan), data)

    assert not plan.duties.filter(kind="deputy").exists()


def test_saving_to_go_on_writing_stays_on_the_form(gullspang):
    plan = factories.begun(gullspang)
    client = client_of(gullspang.proposer)

    assert client.post(edit_url(plan), {"more": "1"})["Location"] == edit_url(plan)
    assert client.post(edit_url(plan), {})["Location"] == plan.get_absolute_url()


def test_the_form_asks_a_bounded_number_of_questions(gullspang, django_assert_max_num_queries):
    plan = factories.written(gullspang)
    for _ in range(30):
        UserFactory()
    client = client_of(gullspang.proposer)
    client.get(edit_url(plan))

    with django_assert_max_num_queries(30):
        client.get(edit_url(plan))


@pytest.mark.parametrize(("key", "told"), [("norsjo", True), ("gullspang", False)])
def test_a_demand_of_the_products_own_is_told_beside_the_policys_advice(db, key, told):
    plan = factories.begun(factories.town(key))

    page = client_of(plan.drafted_by).get(edit_url(plan)).content.decode()

    assert any(section.is_least for section in PlanForm(plan=plan).asked()) == told
    assert ("Krävs, Uppsikts grundinställning" in page) == told
