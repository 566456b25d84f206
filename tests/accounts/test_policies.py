"""The five policies: a plan under each goes from draft to open account with exactly its signers and its approver."""

import pytest

from accounts.models import Account
from accounts.plans import completeness
from accounts.signatures import signing
from governance.models import AuditEvent
from governance.permissions import MANAGER
from governance.workflow import Refused, perform
from tests.accounts import factories
from tests.accounts.factories import FIVE

# policy -> the title of the plan, who signs what before the manager, in what capacity the manager, how many decisions
SIGNING = {
    "gullspang": (
        "Aktivitetsplan sociala medier",
        [("Administratör", "Jag godkänner detta uppdrag")] * 2,
        "Verksamhetsansvarig chef, Biblioteket",
        1,
    ),
    "lekeberg": ("Uppdrag för konto i sociala medier", [], "Närmaste chef, Biblioteket", 2),
    "lidingo": ("Uppdrag för konto i sociala medier", [], "Chef, Biblioteket", 1),
    "norsjo": ("Uppdrag för konto i sociala medier", [], "Chef, Biblioteket", 1),
    "valdemarsvik": ("Uppdrag för konto i sociala medier", [], "Chef, Biblioteket", 1),
}
# policy -> the mandatory points, by key
POINTS = {
    "gullspang": {
        "platform",
        "address",
        "unit",
        "purpose",
        "target_group",
        "administrators",
        "daily_operation",
        "watch_and_updates",
        "hours_per_week",
    },
    "lekeberg": {"purpose", "staffing", "hours_per_week", "absence_routine"},
    "lidingo": {"goals", "target_group", "address", "responsible"},
    "norsjo": {"mission"},
    "valdemarsvik": {"mission", "purpose"},
}
# policy -> what an empty draft lacks: (text, clause)
EMPTY = {
    "gullspang": [
        ("”Webbadress” är inte ifyllt.", "Gullspång Bilaga 1 punkt 2"),
        ("”Syfte” är inte ifyllt.", "Gullspång Bilaga 1 punkt 4"),
        ("”Målgrupp” är inte ifyllt.", "Gullspång Bilaga 1 punkt 4"),
        ("”Beräknad arbetstid” är inte ifyllt.", "Gullspång Bilaga 1 punkt 8"),
        ("Minst 2 personer behövs som administratör, 0 är angivna.", "Gullspång avsnitt 3; Gullspång Bilaga 1 punkt 5"),
        ("Minst 1 person behövs som daglig drift, 0 är angivna.", "Gullspång Bilaga 1 punkt 6"),
        ("Minst 1 person behövs som ersättare vid frånvaro, 0 är angivna.", "Gullspång avsnitt 5"),
    ],
    "lekeberg": [
        ("”Syfte” är inte ifyllt.", "Lekeberg 5.1"),
        ("”Avsatt tid” är inte ifyllt.", "Lekeberg 5; Lekeberg 5.2"),
        ("”Rutin vid frånvaro” är inte ifyllt.", "Lekeberg 5.2"),
        ("Minst 1 person behövs som sidansvarig, 0 är angivna.", "Lekeberg 5.2"),
        ("Minst 1 person behövs som redaktör, 0 är angivna.", "Lekeberg 5.2"),
    ],
    "lidingo": [
        ("”Mätbara mål” är inte ifyllt.", "Lidingö, Innan du startar"),
        ("”Målgrupp” är inte ifyllt.", "Lidingö, Innan du startar"),
        ("”Webbadress” är inte ifyllt.", "Lidingö, Vem får använda sociala medier för Lidingö stads räkning?"),
        ("Minst 1 person behövs som ansvarig tjänsteman, 0 är angivna.", "Lidingö, Dokument och gallringsplan"),
        ("Minst 1 person behövs som ersättare, 0 är angivna.", "Lidingö, Dokument och gallringsplan"),
    ],
    "norsjo": [
        ("”Uppdrag” är inte ifyllt.", "Norsjö 4.2"),
        ("Minst 1 person behövs som utsedd person, 0 är angivna.", "Uppsikts grundinställning"),
    ],
    "valdemarsvik": [
        ("”Uppdrag” är inte ifyllt.", "Valdemarsvik, Redaktörer; Valdemarsvik, Kontroll och svar"),
        ("”Syfte” är inte ifyllt.", "Valdemarsvik, Redaktörer"),
        ("Minst 1 person behövs som redaktör, 0 är angivna.", "Uppsikts grundinställning"),
    ],
}


@pytest.fixture(params=FIVE)
def each(request, db) -> tuple[str, factories.Town]:
    return request.param, factories.town(request.param)


def test_a_plan_goes_from_draft_to_open_account_with_exactly_its_signers_and_its_approver(each):
    key, town = each
    title, statements, capacity, decisions = SIGNING[key]
    plan = factories.approved(town)

    rows = list(plan.sealed.signatures.all())
    account = factories.opened(town, plan)

    named = [(row.capacity, row.statement) for row in rows if row.capacity_kind != MANAGER]
    manager = [(row.user, row.capacity) for row in rows if row.capacity_kind == MANAGER]
    assert plan.title == title
    assert named == statements
    assert manager == [(town.manager, capacity)] * decisions
    assert account.status == Account.Status.ACTIVE
    assert set(plan.duties.values_list("mission_by", flat=True)) == {town.manager.pk}


def test_every_step_of_the_way_stands_in_the_log(each):
    key, town = each
    account = factories.opened(town)

    done = list(AuditEvent.objects.filter(account_id=account.pk).order_by("pk").values_list("action", flat=True))

    signs = ["activityplan.sign"] * len(SIGNING[key][1])
    assert done == [
        "account.propose",
        "activityplan.draft",
        "activityplan.submit",
        *signs,
        "account.approve",
        "activityplan.approve",
        "account.open",
    ]


def test_the_mandatory_points_are_the_policys_own(each):
    key, town = each

    assert {point.key for point in factories.begun(town).rules.points if point.strength == "ska"} == POINTS[key]


def test_an_empty_draft_is_refused_with_everything_it_lacks_and_where_the_policy_says_so(each):
    key, town = each
    plan = factories.begun(town)

    missing = [(gap.text, gap.origin.clause) for gap in completeness.blocking(plan)]
    with pytest.raises(Refused) as refusal:
        perform(plan, "submit", by=town.proposer)

    assert missing == EMPTY[key]
    assert str(refusal.value) == " ".join(f"{text} ({clause})" for text, clause in EMPTY[key])


def test_what_only_should_be_there_is_told_and_stops_nobody(town):
    plan = factories.written(town, terms_of_use="")

    advised = [(str(gap), gap.blocks) for gap in completeness.gaps(plan)]

    assert advised == [("”Avtalsvillkor” är inte ifyllt. (Lekeberg 2.5)", False)]
    assert perform(plan, "submit", by=town.proposer).status == "signing"


def test_a_draft_begins_with_what_the_policy_gives_as_an_example_and_nothing_else(gullspang):
    plan = factories.begun(gullspang)

    assert (plan.watch_days, plan.updates_per_week, plan.removal_hours) == ([1, 2, 3, 4, 5, 7], 2, 48)
    assert (plan.purpose, plan.hours_per_week) == ("", None)


def test_a_plan_keeps_the_policy_it_was_begun_under(town):
    plan = factories.written(town)

    factories.adopted("gullspang")

    assert factories.submitted(town, plan).policy_version.key == "lekeberg"
    assert signing.waiting(plan) == []
