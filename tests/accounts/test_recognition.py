"""Is the account real? What is asked leads to our own account, to a warning, or to nothing that nobody may know."""

from datetime import timedelta
from itertools import count

import pytest

from accounts.models import Account, Platform
from accounts.platforms import likeness
from accounts.platforms.recognition import check
from governance import clock
from governance.models import Unit
from tests.accounts.factories import Town

NUMBERS = count(1)
STATUS, KIND = Account.Status, Account.Kind


def account(town: Town, at: str, key: str = "facebook", **changed) -> Account:
    """Answer an account as it stands in the register, in any state."""
    platform = Platform.objects.get(key=key)
    found = platform.recognise(f"@{at}" if platform.named and "/" not in at else at)
    opened = clock.now() - timedelta(days=30)
    facts = {
        "name": f"Kontot {next(NUMBERS)}",
        "status": STATUS.ACTIVE,
        "address": found.address,
        "handle": found.handle,
        "opened_at": opened,
        "proposed_by": town.proposer,
        "proposed_at": opened,
        **changed,
    }
    if facts["status"] == STATUS.CLOSED:
        facts.setdefault("closed_at", clock.now())
    return Account.objects.create(platform=platform, unit=town.library, **facts)


@pytest.fixture
def ours(town) -> Account:
    return account(town, "lekebergskommun", name="Lekebergs kommun")


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/lekebergskommun",
        "m.facebook.com/LekebergsKommun/?fbclid=x",
        "Hej! Är https://facebook.com/lekebergskommun, er sida?",
        "<https://www.facebook.com/lekebergskommun/about>.",
        "\u200ehttps://www.facebook.com/lekebergs.kommun\u200f",
    ],
)
def test_any_form_of_its_link_leads_to_the_official_account(ours, text):
    answer = check(text, clock.now())

    assert (answer.kind, answer.asked, answer.account) == ("official", "address", ours)
    assert (answer.platform, answer.handle) == (ours.platform, "lekebergskommun")
    assert answer.canonical == "https://www.facebook.com/lekebergskommun"
    assert not answer.part_of


@pytest.mark.parametrize("text", ["@lekebergskommun", "lekebergskommun", "LekebergsKommun", "@Lekebergs.Kommun"])
def test_a_handle_without_a_platform_leads_to_our_account_of_that_name(ours, text):
    answer = check(text, clock.now())

    assert (answer.kind, answer.asked, answer.account) == ("official", "handle", ours)


@pytest.mark.parametrize("text", ["Lekebergs kommun", "  lekebergs KOMMUN ", "”Lekebergs kommun”"])
def test_a_name_leads_to_our_account_of_that_name(ours, text):
    answer = check(text, clock.now())

    assert (answer.kind, answer.asked, answer.account) == ("official", "name", ours)


def test_a_handle_that_we_have_on_several_platforms_leads_to_all_of_them(town, ours):
    other = account(town, "lekebergskommun", "instagram")
    third = account(town, "https://www.youtube.com/c/lekebergskommun", "youtube")

    answer = check("@lekebergskommun", clock.now())

    assert answer.kind == "official"
    assert {answer.account, *answer.similar} == {ours, other, third}


def test_a_link_to_a_post_is_answered_for_the_account_that_made_it(ours):
    answer = check("https://www.facebook.com/lekebergskommun/posts/pfbid02x", clock.now())

    assert (answer.kind, answer.account, answer.part_of) == ("official", ours, True)


def test_a_link_that_names_no_account_is_said_to_be_one(ours):
    answer = check("https://www.facebook.com/share/1AbC/", clock.now())

    assert (answer.kind, answer.refused, answer.similar) == ("unknown", "share", [])


@pytest.mark.parametrize(
    ("status", "kind"),
    [("active", "official"), ("paused", "official"), ("closing", "official"), ("closed", "closed"), ("lost", "lost")],
)
@pytest.mark.parametrize("text", ["https://facebook.com/biblioteket", "@biblioteket", "Kommunens bibliotek"])
def test_what_is_said_follows_the_accounts_status(town, status, kind, text):
    kept = account(town, "biblioteket", name="Kommunens bibliotek", status=status)

    answer = check(text, clock.now())

    assert (answer.kind, answer.account) == (kind, kept)


def test_a_lost_account_is_warned_of_before_others_of_the_same_name(town):
    account(town, "biblioteket", "instagram")
    lost = account(town, "biblioteket", status="lost")
    account(town, "biblioteket", "tiktok", status="closed")

    answer = check("@biblioteket", clock.now())

    assert (answer.kind, answer.account, len(answer.similar)) == ("lost", lost, 2)


def test_a_locked_account_is_official_too(town):
    kept = account(town, "lejonet", visibility="locked", visibility_reason="Barn")

    assert check("https://facebook.com/lejonet", clock.now()).account == kept


HIDDEN = [
    {"kind": KIND.INTERNAL},
    {"kind": KIND.MONITORING},
    {"visibility": "internal", "visibility_reason": "Personal"},
    {"status": STATUS.APPROVED},
]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("text", ["https://facebook.com/personalen", "@personalen", "Personalens sida"])
def test_what_the_public_may_not_know_of_is_not_told(town, hidden, text):
    account(town, "personalen", name="Personalens sida", **hidden)
    account(town, "personalen2", name="Personalens sidor")

    answer = check(text, clock.now())

    assert (answer.kind, answer.account, answer.similar) == ("unknown", None, [])


@pytest.mark.parametrize("status", ["proposed", "rejected", "withdrawn"])
def test_what_never_was_opened_is_not_told(town, status):
    account(town, "x", name="Personalens sida", status=status, address="", handle="", opened_at=None)

    assert check("Personalens sida", clock.now()).kind == "unknown"


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_is_said_to_be_like_what_the_public_may_not_know_of(town, hidden):
    account(town, "personalen", name="Personalens sida", **hidden)

    assert check("https://facebook.com/personalenn", clock.now()).kind == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.instagram.com/lekebergskommun",  # the same handle on another platform
        "https://mastodon.se/@lekebergskommun",
        "https://lekebergskommun.blogspot.com",
        "https://www.facebook.com/lekebergkommun",  # a letter is missing
        "https://www.facebook.com/1ekebergskommun",  # a digit for a letter
        "https://www.facebook.com/lekebergskommun-official",
        "https://www.facebook.com/lekebergskommun2",
        "https://www.facebook.com/l%D0%B5kebergskommun",  # a Cyrillic letter
        "https://www.facebook.com/lekebergskommunn/posts/1",
        "https://www.faceb00k.com/lekebergskommun",  # another site
        "https://www.fаcebook.com/lekebergskommun",
        "https://www.facebook.com.login.example/lekebergskommun",
        "https://example.com/lekebergskommun",
        "@lekebergskomun",
        "Lekebergs komun",
        "lekebergskommun.official",
    ],
)
def test_what_only_looks_like_ours_is_said_to_do_so(ours, text):
    answer = check(text, clock.now())

    assert (answer.kind, answer.account, answer.similar) == ("looks_like", None, [ours])


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/lindesbergskommun",
        "https://www.facebook.com/orebrokommun",
        "https://www.instagram.com/kommun",
        "Örebro kommun",
        "https://www.lekeberg.se",
        "https://www.lekeberg.se/kontakt/press",
        "lekeberg.se",
        "info@lekeberg.se",
        "hej",
        "å",
        "https://www.facebook.com",
    ],
)
def test_what_is_somebody_elses_is_not_known(ours, text):
    answer = check(text, clock.now())

    assert (answer.kind, answer.account, answer.similar) == ("unknown", None, [])


def test_a_counterfeit_of_a_platforms_address_is_told(ours):
    answer = check("https://www.faceb00k.com/nagot", clock.now())

    assert (answer.kind, answer.imitated) == ("unknown", ours.platform)


def test_letters_with_rings_and_dots_are_like_those_without(town):
    kept = account(town, "lejonet_ostra", "instagram")

    assert check("https://www.tiktok.com/@lejonet_östra", clock.now()).similar == [kept]


def test_a_site_of_its_own_is_known_and_its_counterfeit_is_told(town):
    kept = account(town, "https://blogg.lekeberg.se/kultur", "blog")

    assert check("http://BLOGG.lekeberg.se/kultur/?utm_source=x", clock.now()).account == kept
    assert check("blogg.lekeberg.se", clock.now()).kind == "unknown"
    assert check("https://blogg.1ekeberg.se/", clock.now()).similar == [kept]


def test_a_name_of_a_person_at_a_host_is_read_as_mastodon(town):
    kept = account(town, "https://social.lekeberg.se/@info", "mastodon")

    assert check("@info@social.lekeberg.se", clock.now()).account == kept


def test_an_address_that_was_passed_on_leads_to_the_account_that_has_it_now(town):
    old = account(town, "biblioteket", status="closed", address_released_at=clock.now())
    new = account(town, "biblioteket", name="Nya biblioteket")

    assert check("facebook.com/biblioteket", clock.now()).account == new
    Account.objects.filter(pk=new.pk).update(address="https://www.facebook.com/nytt", handle="nytt")
    assert check("facebook.com/biblioteket", clock.now()).account == old


def test_an_account_is_not_known_before_it_was_opened(ours):
    assert check("facebook.com/lekebergskommun", ours.opened_at - timedelta(days=1)).kind == "unknown"


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200e", "...", "\x00", "@", "/", "https://", "http://[", "a" * 5000, "%"]
)
def test_nothing_and_nonsense_are_answered(ours, text):
    assert check(text, clock.now()).kind == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/lekebergskommun",
        "@lekebergskommun",
        "https://www.facebook.com/lekebergskommunn",
        "https://www.facebook.com/orebro",
    ],
)
def test_a_question_takes_one_query_for_few_and_many_accounts(town, ours, text, django_assert_num_queries):
    for made in (0, 30):
        for number in range(made):
            account(town, f"lekebergskommun{number + 10}", name="Lekebergs kommun")
        with django_assert_num_queries(5):
            check("", clock.now())  # the register has changed, and is read anew by each process
        with django_assert_num_queries(1):
            answer = check(text, clock.now())

        assert len(answer.similar) <= 5


CHANGES = {
    "lost": ({"status": STATUS.LOST}, "lost"),
    "hidden": ({"kind": KIND.INTERNAL}, "unknown"),
    "moved": ({"address": "https://www.facebook.com/lekeberg"}, "looks_like"),
}


@pytest.mark.parametrize(("changed", "kind"), CHANGES.values(), ids=CHANGES)
def test_the_next_answer_follows_a_change_of_the_account_at_once(ours, changed, kind):
    assert check("facebook.com/lekebergskommun", clock.now()).kind == "official"

    Account.objects.filter(pk=ours.pk).update(**changed)

    assert check("facebook.com/lekebergskommun", clock.now()).kind == kind


def test_the_next_answer_follows_a_change_of_the_unit_and_of_the_platform_at_once(ours):
    check("facebook.com/lekebergskommun", clock.now())

    Unit.objects.filter(pk=ours.unit_id).update(name="Kulturhuset")
    Platform.objects.filter(pk=ours.platform_id).update(name="Fejan")

    answer = check("facebook.com/lekebergskommun", clock.now())
    assert answer.account is not None
    assert (answer.account.unit.name, answer.account.platform.name) == ("Kulturhuset", "Fejan")


def test_what_is_done_with_an_answer_changes_no_later_one(ours):
    first = check("facebook.com/lekebergskommun", clock.now()).account
    assert first is not None
    first.name = "Något annat"

    assert check("facebook.com/lekebergskommun", clock.now()).account.name == "Lekebergs kommun"


def test_an_account_that_will_be_opened_resembles_nothing_yet(town, ours):
    before = ours.opened_at - timedelta(days=1)

    assert check("facebook.com/lekebergskommunn", clock.now()).similar == [ours]
    assert check("facebook.com/lekebergskommunn", before).kind == "unknown"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lekebergs-Kommun", "lekebergs kommun"), ("lеkeberg", "lekeberg"), ("LEKEBERG", "Iekeberg"), ("ångö", "ango")],
)
def test_names_that_a_hasty_eye_takes_for_each_other_are_folded_to_one(one, other):
    assert likeness.folded(one) == likeness.folded(other)
