"""Comparing two versions: equal says nothing, different says exactly what, and nothing that is typed breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.plans import amendment, comparison, drafts, word_diff
from accounts.plans.spelling import is_spelling
from accounts.plans.word_diff import IN, OUT
from tests.accounts import factories
from tests.accounts.factories import FIVE
from tests.factories import UserFactory

TEXTS = st.text(max_size=300)


def side(pieces, without):
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts_whatever_they_are(old, new):
    pieces = word_diff.between(old, new)

    assert side(pieces, IN) == old
    assert side(pieces, OUT) == new


@given(TEXTS)
def test_equal_texts_have_no_difference_and_are_spelt_alike(text):
    assert {piece.kind for piece in word_diff.between(text, text)} <= {"same"}
    assert is_spelling(text, text)


@given(TEXTS, TEXTS)
def test_whether_two_texts_are_spelt_otherwise_is_always_answered(old, new):
    assert is_spelling(old, new) in (True, False)


def test_very_long_texts_are_compared_in_reasonable_time_and_lose_nothing():
    old, new = ("a b " * 2500).strip(), ("b c " * 2500).strip()

    pieces = word_diff.between(old, new)

    assert (side(pieces, IN), side(pieces, OUT)) == (old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tipsa om böker", "Tipsa om böcker"),
        ("Tipsa om bibliotekts böcker", "Tipsa om bibliotekets böcker"),
        ("vi svarar på frågor", "Vi svarar på frågor."),
        ("Vi skriver inläg och svar", "Vi skriver inlägg och svar"),
        ("en sär skrivning här", "en särskrivning här"),
    ],
)
def test_a_spelling_put_right_is_a_spelling(old, new):
    assert is_spelling(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Vi svarar inom 2 dagar", "Vi svarar inom 3 dagar"),
        ("Vi svarar på måndag", "Vi svarar på söndag"),
        ("Vi svarar på frågor", "Vi svarar inte på frågor"),
        ("Vi svarar alltid", "Vi svarar aldrig"),
        ("Tipsa om böcker", "Tipsa om filmer"),
        ("Tipsa om böcker", ""),
        ("", "Tipsa om böcker"),
        ("Vi svarar två gånger", "Vi svarar tre gånger"),
        ("Tipsa om böcker", "Tipsa om böcker och filmer"),
    ],
)
def test_another_meaning_is_no_spelling(old, new):
    assert not is_spelling(old, new)


@pytest.mark.parametrize("key", FIVE)
def test_a_copy_says_the_same_as_what_it_was_copied_from(db, key):
    town = factories.town(key)
    plan = amendment.begin(factories.opened(town), by=town.officer)

    assert comparison.between(plan.amends, plan).nothing
    assert amendment.changes(plan).nothing


@pytest.mark.parametrize("key", FIVE)
def test_every_point_person_and_goal_that_differs_is_shown_in_words(db, key):
    town = factories.town(key)
    plan = amendment.begin(factories.opened(town), by=town.officer)
    kind = plan.rules.duties[0].kind
    new = UserFactory(name="Ny Person")
    drafts.save(
        plan,
        by=town.officer,
        fields={"purpose": "Något annat", "watch_days": [7], "hours_per_week": 9},
        people={kind: [(new, "ny@kommun.example", "070")]},
        goals=[drafts.GoalRow("Ett nytt mål", "Räknas", "10", None)],
    )
    plan.refresh_from_db()

    said = "\n".join(f"{change.old} -> {change.new}" for change in comparison.between(plan.amends, plan).changes)

    assert "Tipsa om böcker -> Något annat" in said
    assert "söndag" in said
    assert "9 timmar i veckan" in said
    assert "-> Ny Person, ny@kommun.example, 070" in said
    assert "Fler lån" in said
    assert "-> Ett nytt mål" in said


def test_the_page_marks_what_goes_and_what_comes_for_the_eye_and_the_ear(gullspang, client):
    plan = amendment.begin(factories.opened(gullspang), by=gullspang.officer)
    drafts.save(plan, by=gullspang.officer, fields={"purpose": "Tipsa om <b>filmer</b>"}, people={})
    client.force_login(gullspang.officer)

    page = client.get(f"/planer/{plan.pk}/jamfor/{plan.amends_id}/").content.decode()

    assert "<del>" in page
    assert "<ins>" in page
    assert "&lt;b&gt;filmer&lt;/b&gt;" in page
    assert "slut på tillagt" in page


def test_two_plans_of_different_accounts_are_not_compared(gullspang, client):
    one = factories.written(gullspang)
    other = factories.begun(gullspang, name="Ett annat")
    client.force_login(gullspang.officer)

    assert client.get(f"/planer/{one.pk}/jamfor/{other.pk}/").status_code == 404


def test_who_may_not_read_the_plans_does_not_compare_them(gullspang, client):
    plan = amendment.begin(factories.opened(gullspang), by=gullspang.officer)
    client.force_login(gullspang.outsider)

    assert client.get(f"/planer/{plan.pk}/jamfor/{plan.amends_id}/").status_code == 404
