"""Invitations leave when the officer presses the button: one mail each, titles only, a link that is kept nowhere."""

import re

import pytest
from django.urls import reverse

from governance import clock, invitations, tasks
from governance.models import AuditEvent, Invitation, User
from tests.accounts import factories as accounts
from tests.factories import UnitFactory, UserFactory, person

LIST, SEND = "/inbjudningar/", "/inbjudningar/skicka/"


@pytest.fixture
def officer(client, db) -> User:
    user = person("communications_officer", name="Kommunikatören", last_login=clock.now())
    client.force_login(user)
    return user


def newcomer(name: str = "Anna", **fields) -> User:
    user = UserFactory(name=name, email=f"{name.lower()}@k.se", **fields)
    user.set_unusable_password()
    user.save()
    return user


def test_nobody_is_mailed_before_the_button_is_pressed(client, officer, mailoutbox):
    newcomer()
    client.get(LIST)
    tasks.deliver_invitations()

    assert not mailoutbox


def test_everyone_who_is_not_invited_gets_one_mail_and_only_one(client, officer, mailoutbox):
    newcomer("Anna")
    newcomer("Bo")
    UserFactory(name="Van", last_login=clock.now())
    UserFactory(name="Borta", is_active=False)

    client.post(SEND, {"alla": "1"})
    client.post(SEND, {"alla": "1"})
    tasks.deliver_invitations()
    tasks.deliver_invitations()

    assert sorted(mail.to[0] for mail in mailoutbox) == ["anna@k.se", "bo@k.se"]
    assert AuditEvent.objects.filter(action="user.invite", actor_id=officer.pk).count() == 2
    assert "Skickad" in client.get(LIST).content.decode()


def test_the_mail_names_roles_and_duties_by_title_once_however_many_accounts(client, officer, mailoutbox, db):
    town = accounts.town()
    anna = newcomer("Anna")
    person("manager", UnitFactory(), email="chef@k.se")
    for number in range(2):
        plan = accounts.begun(town, name=f"Hemligt namn {number}")
        team = {kind: [(anna, "", "")] for kind in accounts.team(plan, [anna])}
        accounts.written(town, plan, people=team)

    invitations.invite([anna], by=officer)
    tasks.deliver_invitations()

    body = mailoutbox[0].body
    assert body.count("- Sidansvarig") == 1
    assert "- Redaktör" in body
    assert "Hemligt namn" not in body


def test_the_link_only_opens_a_page_and_sets_a_password_there(client, officer, mailoutbox):
    anna = newcomer()
    client.post(SEND, {"person": [str(anna.pk)]})
    tasks.deliver_invitations()
    client.logout()
    link = re.search(r"http://\S+(/logga-in/\S+)", mailoutbox[0].body)
    assert link

    page = client.get(link[1], follow=True)
    assert not User.objects.get(pk=anna.pk).has_usable_password()
    client.post(page.redirect_chain[-1][0], {"password1": "korrekt-hast-batteri", "password2": "korrekt-hast-batteri"})

    anna.refresh_from_db()
    assert anna.check_password("korrekt-hast-batteri")
    assert link[1].strip("/").split("/")[-1] not in str(list(Invitation.objects.values()))


def test_an_invitation_can_be_sent_again(client, officer, mailoutbox):
    anna = newcomer()
    for _time in range(2):
        client.post(SEND, {"person": [str(anna.pk)]})
        tasks.deliver_invitations()

    assert len(mailoutbox) == 2
    assert Invitation.objects.filter(user=anna, state="sent").count() == 2


def test_whoever_has_signed_in_meanwhile_gets_no_mail(client, officer, mailoutbox):
    anna = newcomer()
    invitations.invite([anna], by=officer)
    User.objects.filter(pk=anna.pk).update(last_login=clock.now())

    tasks.deliver_invitations()

    assert not mailoutbox


def test_a_protected_person_is_on_the_page_by_function_only(client, officer):
    newcomer("Hemlig", title="Handläggare", protected_identity=True)

    page = client.get(LIST).content.decode()

    assert "Handläggare" in page
    assert "Hemlig" not in page
    assert "hemlig@k.se" not in page


def test_the_page_asks_as_much_for_many_as_for_few(client, officer, django_assert_max_num_queries):
    newcomer("Anna")
    client.get(LIST)
    counts = []
    for number in (0, 20):
        for each in range(number):
            person("employee", email=f"p{each}@k.se", last_login=None)
        with django_assert_max_num_queries(40) as asked:
            client.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_only_those_who_read_registers_in_invite_and_no_get_does(client, officer):
    anna = newcomer()
    assert client.get(SEND).status_code == 405
    client.force_login(person("auditor"))

    assert client.post(SEND, {"person": [str(anna.pk)]}).status_code == 403
    assert not Invitation.objects.exists()


def test_nothing_ticked_is_said_and_nothing_is_sent(client, officer):
    page = client.post(SEND, {"person": ["x", "99999999999999999"]}, follow=True).content.decode()

    assert "Ingen inbjudan skickades" in page
    assert reverse("governance:invitation-list") == LIST
