"""Addresses: what people paste from a browser or a phone leads to the one address that is kept for the account."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.life import opening
from accounts.models import Platform
from accounts.platforms import addresses, loading

F, IG, L, X, Y = (
    "https://www.facebook.com/",
    "https://www.instagram.com/",
    "https://www.linkedin.com/",
    "https://x.com/",
    "https://www.youtube.com/",
)
WIKI = "https://sv.wikipedia.org/wiki/"
CHANNEL = "channel/UCAbCdEfGhIjKlMnOpQrStUv"
ACCOUNTS = [
    ("facebook", "www.facebook.com/gknaringsliv", "gknaringsliv", F + "gknaringsliv"),
    ("facebook", "http://facebook.com/gknaringsliv", "gknaringsliv", F + "gknaringsliv"),
    ("facebook", "https://m.facebook.com/LekebergsKommun/?locale=sv_SE", "lekebergskommun", F + "lekebergskommun"),
    ("facebook", "https://sv-se.facebook.com/lidingostad/about/", "lidingostad", F + "lidingostad"),
    ("facebook", "https://www.facebook.com/profile.php?id=100064712345678", "100064712345678", F + "100064712345678"),
    ("facebook", "https://m.facebook.com/profile.php?ref=x&id=1000647&sk=about", "1000647", F + "1000647"),
    (
        "facebook",
        "https://www.facebook.com/people/Biblioteket/100064712345678/",
        "100064712345678",
        F + "100064712345678",
    ),
    (
        "facebook",
        "https://www.facebook.com/pages/Biblioteket-i-Norsjö/165512345678",
        "165512345678",
        F + "165512345678",
    ),
    (
        "facebook",
        "https://www.facebook.com/p/Norsj%C3%B6-kommun-100064712345678/",
        "100064712345678",
        F + "100064712345678",
    ),
    ("facebook", "https://www.facebook.com/pg/valdemarsvik/photos/", "valdemarsvik", F + "valdemarsvik"),
    (
        "facebook",
        "https://www.facebook.com/groups/foraldrar.i.byn/",
        "groups/foraldrar.i.byn",
        F + "groups/foraldrar.i.byn",
    ),
    (
        "facebook",
        "https://www.facebook.com/Gullsp%C3%A5ngs-kommun-123456/",
        "123456",
        F + "123456",
    ),
    ("facebook", "https://www.facebook.com/#!/gknaringsliv", "gknaringsliv", F + "gknaringsliv"),
    ("instagram", "https://www.instagram.com/lejonet_ostra/", "lejonet_ostra", IG + "lejonet_ostra"),
    ("instagram", "instagram.com/Lidingo.Stad?igsh=abc&hl=sv", "lidingo.stad", IG + "lidingo.stad"),
    ("instagram", "https://instagram.com/lidingostad/reels/", "lidingostad", IG + "lidingostad"),
    ("instagram", "https://instagram.com/popular_kommun", "popular_kommun", IG + "popular_kommun"),
    (
        "linkedin",
        "https://se.linkedin.com/company/lekebergs-kommun",
        "company/lekebergs-kommun",
        L + "company/lekebergs-kommun",
    ),
    (
        "linkedin",
        "https://www.linkedin.com/company/h%C3%B6gan%C3%A4s/posts/?feedView=all",
        "company/höganäs",
        L + "company/h%C3%B6gan%C3%A4s",
    ),
    ("linkedin", "https://www.linkedin.com/school/folkhogskolan/", "school/folkhogskolan", L + "school/folkhogskolan"),
    ("twitter", "https://twitter.com/LidingoStad", "lidingostad", X + "lidingostad"),
    ("twitter", "http://twitter.com/#!/lidingostad", "lidingostad", X + "lidingostad"),
    ("twitter", "https://mobile.twitter.com/lidingostad/with_replies", "lidingostad", X + "lidingostad"),
    ("twitter", "https://x.com/lidingostad?lang=sv", "lidingostad", X + "lidingostad"),
    ("youtube", "https://www.youtube.com/@LidingoStad/videos", "@lidingostad", Y + "@lidingostad"),
    ("youtube", "https://www.youtube.com/@norsj%C3%B6", "@norsjö", Y + "@norsj%C3%B6"),
    (
        "youtube",
        f"https://m.youtube.com/{CHANNEL}",
        "channel/UCAbCdEfGhIjKlMnOpQrStUv",
        Y + "channel/UCAbCdEfGhIjKlMnOpQrStUv",
    ),
    ("youtube", "https://www.youtube.com/user/NorsjoKommun", "user/norsjokommun", Y + "user/norsjokommun"),
    ("youtube", "https://www.youtube.com/c/norsjokommun/featured", "c/norsjokommun", Y + "c/norsjokommun"),
    ("youtube", "youtube.com/lidingostad", "lidingostad", Y + "lidingostad"),
    (
        "tiktok",
        "https://www.tiktok.com/@raddningstjansten?_t=8x&_r=1",
        "raddningstjansten",
        "https://www.tiktok.com/@raddningstjansten",
    ),
    (
        "wordpress",
        "http://biblioteksbloggen.wordpress.com/about/",
        "biblioteksbloggen",
        "https://biblioteksbloggen.wordpress.com",
    ),
    ("blog", "http://blogg.norsjo.se/Kultur/", "blogg.norsjo.se/Kultur", "https://blogg.norsjo.se/Kultur"),
    ("blog", "https://åsbloggen.se", "xn--sbloggen-8za.se", "https://xn--sbloggen-8za.se"),
    ("forum", "https://forum.norsjo.se", "forum.norsjo.se", "https://forum.norsjo.se"),
    (
        "flickr",
        "https://www.flickr.com/photos/12345678@N02/albums",
        "photos/12345678@N02",
        "https://www.flickr.com/photos/12345678@N02",
    ),
    ("flickr", "https://flickr.com/people/Gullspang/", "people/Gullspang", "https://www.flickr.com/people/Gullspang"),
    (
        "slideshare",
        "https://www.slideshare.net/GullspangsKommun/presentations",
        "GullspangsKommun",
        "https://www.slideshare.net/GullspangsKommun",
    ),
    (
        "wikipedia",
        "https://sv.wikipedia.org/wiki/Användare:Gullspång",
        "Användare:Gullspång",
        WIKI + "Anv%C3%A4ndare:Gullsp%C3%A5ng",
    ),
    (
        "wikipedia",
        "https://sv.m.wikipedia.org/wiki/Norsj%C3%B6_kommun#Historia",
        "Norsjö_kommun",
        "https://sv.wikipedia.org/wiki/Norsj%C3%B6_kommun",
    ),
    (
        "wikipedia",
        "https://sv.wikipedia.org/w/index.php?title=Anv%C3%A4ndare:Norsj%C3%B6&action=edit",
        "Användare:Norsjö",
        WIKI + "Anv%C3%A4ndare:Norsj%C3%B6",
    ),
    ("myspace", "www.myspace.com/Musikskolan", "musikskolan", "https://myspace.com/musikskolan"),
    ("torget", "http://localhost:8765/lekebergskommun/", "lekebergskommun", "http://localhost:8765/lekebergskommun"),
    (
        "torget",
        "http://localhost:8765/lejonet_%C3%B6stra?flik=om",
        "lejonet_östra",
        "http://localhost:8765/lejonet_%C3%B6stra",
    ),
]
STRANGERS = [
    ("facebook", "https://www.facebook.com/"),
    ("facebook", "https://www.facebook.com/share/1AbCdEf/"),
    ("facebook", "https://www.facebook.com/photo.php?fbid=123"),
    ("facebook", "https://www.facebook.com/events/123456"),
    ("facebook", "https://facebook.com.example.se/kommunen"),
    ("facebook", "https://notfacebook.com/kommunen"),
    ("facebook", "https://example.se/?u=https://www.facebook.com/kommunen"),
    ("instagram", "https://www.instagram.com/p/CxYz123/"),
    ("instagram", "https://www.instagram.com/explore/tags/kommun/"),
    ("linkedin", "https://www.linkedin.com/feed/"),
    ("twitter", "https://twitter.com/hashtag/kommun"),
    ("twitter", "https://x.com/i/communities/123"),
    ("youtube", "https://www.youtube.com/watch?v=abc"),
    ("youtube", "https://youtu.be/abc"),
    ("tiktok", "https://vm.tiktok.com/ZMabc/"),
    ("wordpress", "https://www.wordpress.com/start"),
    ("blog", "http://127.0.0.1/blogg"),
    ("blog", "http://localhost/blogg"),
    ("blog", "http://[::1]/"),
    ("flickr", "https://www.flickr.com/explore"),
    ("slideshare", "https://www.slideshare.net/slideshow/budget/123"),
    ("wikipedia", "https://sv.wikipedia.org/"),
    ("torget", "http://localhost:8766/lekebergskommun"),
    # A link to one thing below an account is not cut to the account's address.
    ("facebook", "https://www.facebook.com/lidingostad/posts/pfbid02x"),
    ("facebook", "https://www.facebook.com/people/Biblioteket/100064712345678/posts/1"),
    ("facebook", "https://www.facebook.com/groups/foraldrar.i.byn/posts/1"),
    ("instagram", "https://www.instagram.com/lidingostad/p/CxYz123/"),
    ("linkedin", "https://www.linkedin.com/company/lekeberg/posts/1"),
    ("twitter", "https://x.com/lidingostad/status/123"),
    ("youtube", "https://www.youtube.com/@norsjo/videos/1"),
    ("youtube", f"https://www.youtube.com/{CHANNEL}/community/1"),
    ("tiktok", "https://www.tiktok.com/@kommunen/video/7301"),
    ("wordpress", "http://biblioteksbloggen.wordpress.com/2017/05/01/ny-bok/"),
    ("flickr", "https://www.flickr.com/photos/kommunen/5312345"),
    ("slideshare", "https://www.slideshare.net/GullspangsKommun/budget-2013"),
    ("myspace", "https://myspace.com/musikskolan/music/song"),
    ("torget", "http://localhost:8765/_prov/500"),
    ("torget", "http://localhost:8765/_prov"),
    ("torget", "http://localhost:8765/lekebergskommun/inlagg/1"),
]
REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("ftp://facebook.com/x", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("mailto:info@kommun.example", "scheme"),
    ("https://anna:hemligt@facebook.com/x", "login"),
    ("https://facebook.com@example.se/x", "login"),
    ("https://", "host"),
    ("https:///x", "host"),
    ("https://face book.com/x", "characters"),
    ("https://facebook.com\\@example.se", "characters"),
    ("https://facebook.com/x%00", "characters"),
    ("https://facebook.com/%ff", "characters"),
    ("https://facebook.com/a/../b", "characters"),
    ("https://facebook.com:99999/x", "host"),
    ("https://[::1/x", "host"),
    ("https://" + "å" * 80 + ".se", "host"),
]


@pytest.fixture
def known(db, settings) -> dict[str, Platform]:
    settings.DEMO_PLATFORM_URL = "http://localhost:8765/"
    return {platform.key: platform for platform in loading.load(demo=True)}


def unsaved() -> list[Platform]:
    return [loading.built(entry) for entry in loading._entries()]


@pytest.mark.parametrize(("key", "typed", "handle", "canonical"), ACCOUNTS)
def test_an_address_of_an_account_leads_to_its_handle_and_its_one_address(known, key, typed, handle, canonical):
    assert known[key].recognise(typed) == (handle, canonical)


@pytest.mark.parametrize(("key", "_typed", "handle", "canonical"), ACCOUNTS)
def test_the_one_address_leads_to_itself(known, key, _typed, handle, canonical):
    assert known[key].recognise(canonical) == (handle, canonical)


@pytest.mark.parametrize(("key", "typed"), STRANGERS)
def test_an_address_that_names_no_account_there_is_not_recognised(known, key, typed):
    assert known[key].recognise(typed) is None


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_what_cannot_be_an_address_is_refused_with_its_reason(typed, code):
    with pytest.raises(addresses.AddressRefused) as refused:
        addresses.read(typed)

    assert refused.value.code == code


def test_every_platform_recognises_its_own_example(known):
    unknown = [key for key, platform in known.items() if platform.recognise(platform.example) is None]

    assert unknown == []


def test_no_example_is_taken_for_another_platforms_account(known):
    particular = {key: platform for key, platform in known.items() if not platform.anywhere}
    taken = [
        (key, other)
        for key, platform in particular.items()
        for other in particular
        if other != key and particular[other].recognise(platform.example)
    ]

    assert taken == []


TYPED = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}{}/{}".format,
        st.sampled_from(["", "http://", "https://", "HTTPS://", "//", "http:", "https://a@"]),
        st.sampled_from(
            [
                *sorted({re.sub(r"^https?://|/.*$", "", example) for _k, example, _h, _c in ACCOUNTS}),
                *("xn--sbloggen-8za.se", "WWW.Facebook.COM", "facebook.com:443", "facebook.com."),
            ]
        ),
        st.text(max_size=40),
    ),
)


@given(typed=TYPED)
def test_nothing_that_can_be_typed_breaks_the_reading_and_what_is_kept_leads_to_itself(typed):
    for platform in unsaved():
        found = platform.recognise(typed)
        if found is not None:
            assert platform.recognise(found[1]) == found
            assert " " not in found[1]


def test_loading_twice_changes_nothing_and_keeps_what_the_municipality_retired(known):
    known["flickr"].retired_on = date(2026, 1, 1)
    known["flickr"].save()

    call_command("load_platforms")

    assert Platform.objects.count() == len(known)
    assert Platform.objects.get(key="flickr").retired_on == date(2026, 1, 1)
    assert not Platform.objects.open_on(date(2026, 1, 1)).filter(key="flickr").exists()
    assert Platform.objects.open_on(date(2025, 12, 31)).filter(key="flickr").exists()


@pytest.mark.django_db
def test_the_demo_platform_exists_in_the_demo_only(settings):
    settings.DEMO = False

    call_command("load_platforms")

    assert not Platform.objects.filter(key="torget").exists()


def test_the_platforms_that_the_policies_name_by_key_are_there(known):
    # R-REG-8, and the keys that the policy files use in their exceptions and measures.
    assert {"facebook", "instagram", "linkedin", "twitter", "youtube", "blog", "forum", "flickr"} <= known.keys()
    assert {"slideshare", "wikipedia", "myspace", "tiktok", "wordpress"} <= known.keys()


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ("https://www.facebook.com/lidingostad/posts/pfbid02x", "Facebook"),
        ("https://biblioteket.wordpress.com/2017/05/01/ny-bok", "Blogg på wordpress.com"),
    ],
)
def test_a_link_to_somebodys_post_is_not_taken_for_a_blog(known, typed, owner):
    with pytest.raises(opening.NotTheirs, match=r"sådan adress ut: https://blogg\.kommunen\.se") as refused:
        opening.check(known["blog"], typed)

    assert f"hör till {owner}" in str(refused.value)


def test_a_link_to_a_post_is_refused_with_an_example_of_an_accounts_address(known):
    with pytest.raises(opening.NotTheirs, match=r"inte ett konto på Torget.*8765/kommunen"):
        opening.check(known["torget"], "http://localhost:8765/_prov/500")
