"""The lists of accounts, plans, rounds and records as files; what is fetched of the accounts can be read in again."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.models import Account
from governance import followups
from governance.imports.reading import read
from tests.accounts import factories
from tests.governance.imports import received, states, told


def content(client, name: str, **asked: str) -> bytes:
    return b"".join(client.get(reverse(name), {"format": "csv", **asked}).streaming_content)


def rows(client, name: str, **asked: str) -> list[dict[str, str]]:
    text = content(client, name, **asked).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def opened(town, client) -> Account:
    client.force_login(town.officer)
    account = factories.opened(town)
    followups.run_owed()
    return account


def test_an_account_is_in_the_file_with_its_people_and_its_plan(client, town, opened):
    row = rows(client, "accounts:account-list")[0]

    assert (row["Kontots namn"], row["Webbadress"], row["Läge"]) == ("Biblioteket", opened.address, "Aktivt")
    assert row["Sidansvarig"] == f"Utsedd 0 <{town.staff[0].email}>"
    assert row["Gällande plan, version"] == "1"


def test_the_file_of_the_accounts_reads_in_again_and_changes_nothing(client, town, opened):
    sheet = read(content(client, "accounts:account-list"), "konton.csv")[0]

    file = received("konton", [cells for _number, cells in sheet.rows], town.officer)

    assert states(file) == ["same"], told(file)


@pytest.mark.parametrize("name", ["accounts:plan-list", "moderation:round-list", "archive:record-list"])
def test_every_other_list_comes_as_a_file_too(client, town, opened, name, time_machine):
    client.force_login(town.auditor)

    assert content(client, name).startswith("\ufeff".encode())


def test_the_plan_is_in_the_file_of_plans(client, town, opened):
    row = rows(client, "accounts:plan-list")[0]

    assert (row["Konto"], row["Version"], row["Läge"]) == ("Biblioteket", "1", "Godkänd")


def test_the_file_holds_what_the_reader_sees_and_no_more(client, town, opened):
    client.force_login(town.outsider)

    assert rows(client, "accounts:account-list") == []


def test_a_long_list_of_accounts_takes_as_few_questions_as_a_short_one(client, town, django_assert_max_num_queries):
    client.force_login(town.officer)
    for number in range(12):
        factories.begun(town, name=f"Konto {number}")
    response = client.get(reverse("accounts:account-list"), {"format": "csv"})

    with django_assert_max_num_queries(4):
        assert b"".join(response.streaming_content).count(b"\r\n") == 13
