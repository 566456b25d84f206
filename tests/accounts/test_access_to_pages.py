"""Who reaches which page: 404 for what one may not see, 403 for what one may not do, 302 where it is not the time."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ActivityPlan
from tests.accounts import factories
from tests.factories import person
from tests.login import sign_in

PAGES = {
    "account": lambda plan: reverse("accounts:account-show", args=[plan.account_id]),
    "open": lambda plan: reverse("accounts:account-open", args=[plan.account_id]),
    "plan": lambda plan: reverse("accounts:plan-show", args=[plan.pk]),
    "edit": lambda plan: reverse("accounts:plan-edit", args=[plan.pk]),
    "sign": lambda plan: reverse("accounts:plan-sign", args=[plan.pk]),
    "approve": lambda plan: reverse("accounts:plan-approve", args=[plan.pk]),
}
STATES = {
    "written": factories.written,
    "submitted": factories.submitted,
    "signed": factories.signed,
    "approved": factories.approved,
}
ROLES = ("proposer", "named", "manager", "head", "officer", "auditor", "registrar", "outsider", "it")


def each(*answers: int) -> dict[str, int]:
    return dict(zip(ROLES, answers, strict=True))


# page -> what is answered to a GET, role by role, in the state
WRITTEN = {
    "account": each(200, 404, 200, 200, 200, 200, 200, 404, 404),
    "open": each(403, 404, 403, 403, 302, 403, 403, 404, 404),
    "plan": each(200, 404, 200, 200, 200, 200, 200, 404, 404),
    "edit": each(200, 404, 200, 200, 200, 403, 403, 404, 404),
    "sign": each(403, 404, 403, 403, 403, 403, 403, 404, 404),
    "approve": each(403, 404, 302, 302, 302, 403, 403, 404, 404),
}
SUBMITTED = {
    **WRITTEN,
    "account": {**WRITTEN["account"], "named": 200},
    "open": {**WRITTEN["open"], "named": 403},
    "plan": {**WRITTEN["plan"], "named": 200},
    "edit": each(302, 403, 302, 302, 302, 403, 403, 404, 404),
    "sign": {**WRITTEN["sign"], "named": 200},
    "approve": {**WRITTEN["approve"], "named": 403},
}
SIGNED = {
    **SUBMITTED,
    "sign": {**SUBMITTED["sign"], "named": 302},
    "approve": {**SUBMITTED["approve"], "manager": 200},
}
APPROVED = {
    **SIGNED,
    "account": {**SIGNED["account"], "proposer": 404},
    "open": {**SIGNED["open"], "proposer": 404, "officer": 200},
    "plan": {**SIGNED["plan"], "proposer": 404},
    "edit": {**SIGNED["edit"], "proposer": 404, "named": 302},
    "sign": {**SIGNED["sign"], "proposer": 404},
    "approve": {**SIGNED["approve"], "proposer": 404, "manager": 302},
}
TABLES = {"written": WRITTEN, "submitted": SUBMITTED, "signed": SIGNED, "approved": APPROVED}


def as_user(user) -> Client:
    return sign_in(Client(), user)


def people(town: factories.Town) -> dict:
    return {
        "proposer": town.proposer,
        "named": town.staff[0],
        "manager": town.manager,
        "head": town.head,
        "officer": town.officer,
        "auditor": town.auditor,
        "registrar": town.registrar,
        "outsider": town.outsider,
        "it": person("system_administrator"),
    }


@pytest.mark.parametrize("state", STATES)
def test_each_page_answers_each_role_as_the_table_says(gullspang, state):
    plan = STATES[state](gullspang)
    users = people(gullspang)

    answered = {
        page: {role: as_user(user).get(url(plan)).status_code for role, user in users.items()}
        for page, url in PAGES.items()
    }

    assert answered == TABLES[state]


@pytest.mark.parametrize("page", [*PAGES, "list", "propose"])
def test_whoever_is_not_signed_in_is_led_to_the_login(gullspang, client, page):
    plan = factories.begun(gullspang)
    urls = {**{name: url(plan) for name, url in PAGES.items()}, "list": "/konton/", "propose": "/konton/foresla/"}

    response = client.get(urls[page])

    assert response.status_code == 302
    assert response["Location"].startswith("/logga-in/")


@pytest.mark.parametrize("page", PAGES)
def test_what_does_not_exist_is_not_there(gullspang, page):
    nothing = ActivityPlan(pk=999_999, account_id=999_999)

    assert as_user(gullspang.officer).get(PAGES[page](nothing)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 200), ("manager", 200), ("outsider", 200), ("auditor", 403), ("registrar", 403), ("it", 403)],
)
def test_an_account_is_proposed_by_those_who_may(gullspang, role, status):
    assert as_user(people(gullspang)[role]).get("/konton/foresla/").status_code == status


@pytest.mark.parametrize(
    ("page", "role", "data"),
    [
        ("edit", "auditor", {"purpose": "Annat"}),
        ("sign", "proposer", {}),
        ("approve", "named", {}),
        ("open", "manager", {"address": "https://www.facebook.com/x"}),
    ],
)
def test_posting_is_refused_to_whoever_the_page_is_refused(gullspang, page, role, data):
    plan = factories.submitted(gullspang)

    response = as_user(people(gullspang)[role]).post(PAGES[page](plan), data)

    assert response.status_code == 403
    plan.refresh_from_db()
    assert (plan.status, plan.purpose) == ("signing", "Tipsa om böcker")


def test_the_history_tells_the_plans_steps_only_to_those_who_may_read_the_plan(gullspang):
    account = factories.opened(gullspang)
    coordinator = person("security_coordinator")

    told = as_user(coordinator).get(account.get_absolute_url()).content.decode()

    assert "öppnade kontot" in told
    assert "undertecknade som" not in told
    assert "undertecknade som" in as_user(gullspang.auditor).get(account.get_absolute_url()).content.decode()
