"""A person with a protected identity is shown by function only: on pages, in plans, lists, the log, mails and files."""

import json

import pytest
from django.core import mail
from django.urls import reverse

from accounts import actions
from accounts.models import Duty
from accounts.plans import document
from accounts.signatures import signing
from governance import audit, notices, people
from governance.choosing_people import People, label
from governance.followups import run_owed
from governance.models import AuditEvent, Notice, User
from governance.protected import Mask, shown_name
from tests.accounts import factories
from tests.factories import UserFactory

SECRET = ("Hemlina", "Skyddberg", "hemlina.skyddberg", "0500-99 88 77")


@pytest.fixture
def hidden(db) -> User:
    """Somebody whom nobody may know by name."""
    return UserFactory(
        name="Hemlina Skyddberg",
        email="hemlina.skyddberg@kommun.example",
        phone="0500-99 88 77",
        title="Bibliotekarie",
        protected_identity=True,
    )


def written(town, user: User):
    plan = factories.begun(town)
    return factories.written(town, plan, people=_named(plan, town, user))


def _named(plan, town, user: User):
    team = factories.team(plan, [user, *town.staff])
    return {
        kind: [(each, each.shown_email and email, each.shown_phone and phone) for each, email, phone in named]
        for kind, named in team.items()
    }


def leaks(text: str) -> list[str]:
    return [word for word in SECRET if word.casefold() in text.casefold()]


def test_a_protected_person_is_shown_by_function_and_anybody_else_by_name(hidden):
    assert (str(hidden), hidden.name, shown_name(hidden, "Redaktör")) == ("Bibliotekarie", "Bibliotekarie", "Redaktör")
    assert hidden.real_name == "Hemlina Skyddberg"
    assert shown_name(UserFactory(name="Anna Ek"), "Redaktör") == "Anna Ek"
    assert str(UserFactory(protected_identity=True, title="")) == "Medarbetare med skyddade personuppgifter"


def test_a_protected_person_is_not_found_by_name_only_by_function(hidden):
    assert list(User.objects.called("skyddberg")) == []
    assert list(User.objects.called("bibliotekarie")) == [hidden]


def test_the_chooser_offers_function_and_unit_and_finds_the_person_by_it(town, hidden):
    people.give_role(hidden, role="employee", unit=town.library, by=None)
    chooser = People(User.objects.active())

    [offered] = [each for each in chooser.labels() if "Bibliotekarie" in each]

    assert offered == label(hidden) == f"Bibliotekarie, Biblioteket (nr {hidden.pk})"
    assert chooser.find(offered) == hidden
    assert leaks(" ".join(chooser.labels())) == []


def test_no_main_page_names_a_protected_holder_of_a_duty(client, town, hidden):
    plan = factories.submitted(town, written(town, hidden))
    for place in {place.user: place for place in signing.waiting(plan)}.values():
        actions.sign_plan(plan, by=place.user, digest=factories.digest_of(plan))
    plan = actions.approve_plan(plan, by=town.manager, digest=factories.digest_of(plan))
    account = factories.opened(town, plan)
    run_owed()
    pages = [
        reverse("governance:start-show"),
        reverse("governance:finding-list") + "?lage=alla",
        reverse("governance:audit-list"),
        reverse("governance:notice-list"),
        reverse("accounts:account-list"),
        account.get_absolute_url(),
        plan.get_absolute_url(),
        reverse("accounts:duty-list", args=[account.pk]),
        reverse("accounts:public-list"),
        reverse("moderation:round-list"),
        reverse("moderation:round-today"),
        reverse("accounts:plan-list"),
    ]

    for user in (town.officer, town.manager, town.auditor):
        client.force_login(user)
        for page in pages:
            response = client.get(page)
            assert leaks(response.content.decode()) == [], (page, user)


def test_no_page_where_people_are_chosen_names_a_protected_person(client, town, hidden):
    plan = written(town, hidden)
    client.force_login(town.officer)
    pages = [
        reverse("accounts:plan-edit", args=[plan.pk]),
        reverse("accounts:leaving-show", args=[town.staff[0].pk]),
        reverse("governance:stand-in-give", args=[town.manager.pk]),
        reverse("governance:person-list"),
        reverse("governance:unit-show", args=[town.library.pk]),
    ]

    for page in pages:
        assert leaks(client.get(page, follow=True).content.decode()) == [], page


def test_what_is_sealed_and_printed_holds_the_function_and_the_number_of_the_person(town, hidden):
    plan = factories.submitted(town, written(town, hidden))

    sealed = plan.sealed.content

    assert leaks(sealed) == []
    assert hidden.pk in {duty["person"] for duty in json.loads(sealed)["duties"]}
    assert leaks(repr(document.of(plan))) == []


def test_a_plan_that_was_sealed_before_shows_the_function_from_now_on_and_its_seal_still_holds(client, town, hidden):
    hidden.protected_identity = False
    hidden.save()
    plan = factories.begun(town)
    plan = factories.submitted(town, factories.written(town, plan, people=factories.team(plan, [hidden, *town.staff])))
    digest = plan.sealed.digest
    client.force_login(town.officer)
    assert leaks(client.get(plan.get_absolute_url()).content.decode()) != []

    people.correct(hidden, by=town.officer, protected_identity=True)
    run_owed()

    assert leaks(client.get(plan.get_absolute_url()).content.decode()) == []
    assert leaks(client.get(plan.account.get_absolute_url()).content.decode()) == []
    assert signing.digest(plan.sealed.content) == digest
    assert not Duty.objects.filter(person=hidden, phone=hidden.phone).exists()


def test_the_log_and_the_notices_of_earlier_show_the_function_from_now_on(client, town, hidden):
    hidden.protected_identity = False
    hidden.save()
    people.give_role(hidden, role="communications_officer", unit=town.library, by=hidden)
    notices.send("x", to=town.officer, key="x", subject="Hemlina Skyddberg", body="Hemlina Skyddberg", url="/")
    run_owed()

    people.correct(hidden, by=town.officer, protected_identity=True)
    run_owed()

    sentences = [sentence for _event, sentence in audit.with_sentences(list(AuditEvent.objects.all()))]
    assert leaks(" ".join(sentences)) == []
    assert "Bibliotekarie gav Bibliotekarie rollen Kommunikatör, Biblioteket." in sentences
    assert leaks(" ".join(f"{each.subject} {each.body}" for each in Notice.objects.all())) == []


def test_mails_name_the_function(town, hidden):
    people.give_role(hidden, role="communications_officer", unit=town.library, by=None)
    run_owed()

    notices.deliver()

    assert mail.outbox
    assert leaks(" ".join(f"{each.subject} {each.body}" for each in mail.outbox)) == []


def test_the_name_stands_on_the_own_page_for_those_who_keep_the_organisation_and_that_is_logged(client, town, hidden):
    url = reverse("governance:person-show", args=[hidden.pk])
    client.force_login(town.officer)

    page = client.get(url).content.decode()

    assert "Hemlina Skyddberg" in page
    assert "visas bara här" in page
    event = AuditEvent.objects.get(action="user.read")
    assert (event.actor_id, event.object_id) == (town.officer.pk, hidden.pk)
    client.force_login(town.manager)
    assert client.get(url).status_code == 403


def test_the_log_keeps_no_name_of_a_protected_person_in_its_lasting_part(client, town, hidden):
    client.force_login(town.officer)
    client.post(
        reverse("governance:person-edit", args=[hidden.pk]),
        {"name": "Hemlina Skyddberg-Ny", "title": "Bibliotekarie", "phone": "", "protected_identity": "on"},
    )

    for event in AuditEvent.objects.all():
        assert leaks(f"{event.data} {event.object_label}") == []


def test_a_mask_replaces_name_and_address_and_leaves_everything_else(hidden):
    mask = Mask()

    assert mask("Hemlina Skyddberg (hemlina.skyddberg@kommun.example) skrev") == "Bibliotekarie (Bibliotekarie) skrev"
    assert Mask([])("Hemlina Skyddberg") == "Hemlina Skyddberg"
