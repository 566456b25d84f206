"""An address is one account's: in whatever form it is written, and long after the account was closed."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import actions
from accounts.life import opening
from accounts.models import Account
from governance import access, audit, clock
from governance.models import AuditEvent
from governance.workflow import Refused
from tests.accounts import factories
from tests.accounts.factories import Town
from tests.factories import person

ADDRESS = "https://www.facebook.com/biblioteket"
WHY = "Samma sida tas i bruk igen"


def row(town: Town, status: str = "closed", address: str = ADDRESS, **changed) -> Account:
    """Answer an account as it stands in the register."""
    now = clock.now()
    facts = {"name": "Gamla biblioteket", "opened_at": now, "proposed_at": now, "proposed_by": town.proposer, **changed}
    if status == "closed":
        facts["closed_at"] = now
    return Account.objects.create(
        platform=town.platform, unit=town.library, status=status, address=address, handle="biblioteket", **facts
    )


@pytest.fixture
def ready(town) -> Account:
    """An approved account, to be opened."""
    return factories.approved(town).account


def post(user, account: Account, **form):
    client = Client()
    client.force_login(user)
    confirmed = dict.fromkeys(client.get(f"/konton/{account.pk}/oppna/").context["form"].fields, "on")
    confirmed = {name: value for name, value in confirmed.items() if name.startswith("confirmed-")}
    return client.post(f"/konton/{account.pk}/oppna/", {"address": ADDRESS, **confirmed, **form}, follow=True)


@pytest.mark.parametrize("status", ["active", "paused", "closing", "lost", "closed"])
@pytest.mark.parametrize(
    "address", [ADDRESS, ADDRESS.upper().replace("HTTPS", "https"), "https://www.facebook.com/BIBLIOTEKET"]
)
def test_the_database_refuses_a_second_account_at_an_address_whatever_its_letters(town, status, address):
    row(town, status)

    with pytest.raises(IntegrityError), transaction.atomic():
        row(town, "active", address)


def test_only_a_closed_account_can_let_go_of_its_address(town):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(town, "active", address_released_at=clock.now())


@pytest.mark.parametrize(
    "typed", [ADDRESS, "m.facebook.com/Biblioteket?fbclid=x", "@biblioteket", "fb.com/Bibliote.ket"]
)
def test_the_address_of_a_closed_account_is_refused_by_its_name(town, ready, typed):
    closed = row(town)

    response = post(town.officer, ready, address=typed)

    ready.refresh_from_db()
    assert ready.status == "approved"
    assert "Gamla biblioteket (Facebook)" in str(response.context["form"].errors["address"])
    assert response.context["form"].closed == closed
    assert closed.get_absolute_url() in response.content.decode()


def test_it_is_taken_over_on_purpose_with_a_reason_and_the_log_tells_both(town, ready):
    closed = row(town)

    post(town.officer, ready, reuse="on", reuse_reason=WHY)

    ready.refresh_from_db()
    closed.refresh_from_db()
    assert (ready.status, ready.address) == ("active", ADDRESS)
    assert (closed.status, closed.address, closed.handle) == ("closed", ADDRESS, "biblioteket")
    assert closed.address_released_at is not None
    event = AuditEvent.objects.get(action="account.release")
    assert event.object_id == closed.pk
    sentence = audit.with_sentences([event])[0][1]
    assert WHY in sentence and ready.name in sentence and ADDRESS in sentence
    assert WHY not in str(event.data)
    assert opening.holder(ADDRESS) == ready


@pytest.mark.parametrize(("form", "field"), [({"reuse_reason": WHY}, "address"), ({"reuse": "on"}, "reuse_reason")])
def test_neither_the_tick_nor_the_reason_is_enough_alone(town, ready, form, field):
    closed = row(town)

    response = post(town.officer, ready, **form)

    assert list(response.context["form"].errors) == [field]
    closed.refresh_from_db()
    assert closed.address_released_at is None
    for value in form.values():
        assert value in response.content.decode()


@pytest.mark.parametrize("status", ["active", "paused", "closing", "lost"])
def test_the_address_of_a_running_account_is_never_taken_over(town, ready, status):
    row(town, status)

    response = post(town.officer, ready, reuse="on", reuse_reason=WHY)

    assert "hör redan till ett annat konto" in str(response.context["form"].errors["address"])
    assert response.context["form"].closed is None
    with pytest.raises(Refused):
        actions.open_account(ready, by=town.officer, address=ADDRESS, handle="biblioteket", reused=WHY)
    ready.refresh_from_db()
    assert ready.status == "approved"


def test_who_may_not_open_accounts_there_can_neither_see_nor_take_over_what_was_closed(town, ready):
    elsewhere = factories.UnitFactory(name="Någon annanstans")
    closed = row(town)
    Account.objects.filter(pk=closed.pk).update(unit=elsewhere)
    officer = person("communications_officer", town.department)

    response = post(officer, ready, reuse="on", reuse_reason=WHY)

    assert "Gamla biblioteket" not in response.content.decode()
    assert "hör redan till ett annat konto" in str(response.context["form"].errors["address"])
    with pytest.raises(access.PermissionDenied):
        actions.open_account(ready, by=officer, address=ADDRESS, handle="biblioteket", reused=WHY)


def test_an_address_can_pass_on_more_than_once(town, ready):
    row(town, address_released_at=clock.now())
    row(town, name="Mellanbiblioteket")

    post(town.officer, ready, reuse="on", reuse_reason=WHY)

    ready.refresh_from_db()
    assert ready.status == "active"
    assert Account.objects.filter(address=ADDRESS).count() == 3


def test_without_a_reason_the_verb_refuses_too(town, ready):
    row(town)

    with pytest.raises(Refused):
        actions.open_account(ready, by=town.officer, address=ADDRESS, handle="biblioteket")


def test_nothing_is_asked_where_the_address_is_free(town, ready):
    response = post(town.officer, ready)

    ready.refresh_from_db()
    assert ready.status == "active"
    assert "avslutat konto" not in response.content.decode()
