"""Every form of a link to an account leads to one address; a link to anything else is refused by what it is."""

import pytest

from accounts.life import opening
from accounts.models import Platform
from accounts.platforms import loading

# platform, handle, the one address, and the forms in which people hand it over
FORMS = [
    (
        "facebook",
        "lekebergskommun",
        "https://www.facebook.com/lekebergskommun",
        [
            "https://www.facebook.com/lekebergskommun",
            "http://facebook.com/lekebergskommun/",
            "HTTPS://WWW.FACEBOOK.COM/LekebergsKommun",
            "https://www.facebook.com/Lekebergs.Kommun",
            "m.facebook.com/lekebergskommun",
            "https://mbasic.facebook.com/lekebergskommun?v=timeline",
            "https://touch.facebook.com/lekebergskommun/photos/?tab=album",
            "https://mobile.facebook.com/lekebergskommun",
            "https://sv-se.facebook.com/lekebergskommun",
            "https://web.facebook.com/lekebergskommun?_rdc=1&_rdr",
            "https://business.facebook.com/lekebergskommun",
            "https://fb.com/lekebergskommun",
            "https://www.facebook.com/lekebergskommun?fbclid=IwAR0abc&ref=page_internal",
            "https://www.facebook.com/lekebergskommun/?utm_source=webb&utm_medium=lank",
            "https://www.facebook.com/lekebergskommun/?locale=sv_SE&mibextid=LQQJ4d",
            "https://www.facebook.com/lekebergskommun#",
            "https://www.facebook.com//lekebergskommun//",
            "https://www.facebook.com/pg/lekebergskommun/about/?ref=page_internal",
            "https://www.facebook.com/lekebergskommun/about_contact_and_basic_info",
            "https://www.facebook.com/lekebergskommun/posts/",
            "https://www.facebook.com/lekebergskommun/reels_tab",
            "https://www.facebook.com/#!/lekebergskommun",
            "https://m.me/lekebergskommun",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Flekebergskommun%3Ffbclid%3Dx&h=AT0",
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.facebook.com%2Flekebergskommun&data=05",
            "  \u200ehttps://www.facebook.com/lekebergskommun\u200f\n",
            "www.facebook.com:443/lekebergskommun",
            "@lekebergskommun",
            "Lekebergskommun",
            "lekebergskommun ",
        ],
    ),
    (
        "facebook",
        "100064712345678",
        "https://www.facebook.com/100064712345678",
        [
            "https://www.facebook.com/profile.php?id=100064712345678",
            "https://m.facebook.com/profile.php?id=100064712345678&mibextid=ZbWKwL",
            "https://www.facebook.com/profile.php?ref=x&id=100064712345678&sk=about",
            "https://www.facebook.com/people/Lejonets-förskola/100064712345678/",
            "https://www.facebook.com/people/Lejonets-f%C3%B6rskola/100064712345678/?sk=photos",
            "https://www.facebook.com/pages/Lejonets-förskola/100064712345678?fref=ts",
            "https://www.facebook.com/pages/category/School/Lejonet-100064712345678/",
            "https://www.facebook.com/p/Lejonets-f%C3%B6rskola-100064712345678/",
            "https://www.facebook.com/Lejonets-f%C3%B6rskola-100064712345678/about/",
            "https://www.facebook.com/100064712345678",
        ],
    ),
    (
        "instagram",
        "lejonet_ostra",
        "https://www.instagram.com/lejonet_ostra",
        [
            "https://www.instagram.com/lejonet_ostra/",
            "instagram.com/Lejonet_Ostra",
            "https://instagram.com/lejonet_ostra?igsh=MWQ1ZGUxMzBkMA==&utm_source=qr",
            "https://www.instagram.com/lejonet_ostra?igshid=YmMyMTA2M2Y%3D",
            "https://m.instagram.com/lejonet_ostra/",
            "https://www.instagram.com/lejonet_ostra/reels/",
            "https://www.instagram.com/lejonet_ostra/tagged/?hl=sv",
            "https://www.instagram.com/_u/lejonet_ostra",
            "http://instagr.am/lejonet_ostra",
            "https://ig.me/m/lejonet_ostra",
            "https://l.instagram.com/?u=https%3A%2F%2Finstagram.com%2Flejonet_ostra&e=AT0",
            "@lejonet_ostra",
            "lejonet_ostra",
        ],
    ),
    (
        "instagram",
        "lidingo.stad",
        "https://www.instagram.com/lidingo.stad",
        ["@lidingo.stad", "@Lidingo.Stad", "https://instagram.com/lidingo.stad/"],
    ),
    (
        "linkedin",
        "company/lekebergs-kommun",
        "https://www.linkedin.com/company/lekebergs-kommun",
        [
            "https://www.linkedin.com/company/lekebergs-kommun/",
            "https://se.linkedin.com/company/lekebergs-kommun",
            "https://se.linkedin.com/company/Lekebergs-Kommun?trk=public_profile",
            "https://m.linkedin.com/company/lekebergs-kommun",
            "https://linkedin.com/company/lekebergs-kommun/posts/?feedView=all",
            "https://www.linkedin.com/company/lekebergs-kommun/about/",
            "https://www.linkedin.com/company/lekebergs-kommun/people",
            "https://www.linkedin.com/mwlite/company/lekebergs-kommun",
            "https://www.linkedin.com/company/lekebergs-kommun/?originalSubdomain=se",
            "@lekebergs-kommun",
        ],
    ),
    (
        "linkedin",
        "school/lekebergs-folkhogskola",
        "https://www.linkedin.com/school/lekebergs-folkhogskola",
        ["https://dk.linkedin.com/school/lekebergs-folkhogskola/", "linkedin.com/school/lekebergs-folkhogskola/people"],
    ),
    (
        "linkedin",
        "showcase/jobba-hos-oss",
        "https://www.linkedin.com/showcase/jobba-hos-oss",
        ["https://www.linkedin.com/showcase/jobba-hos-oss/", "https://no.linkedin.com/showcase/Jobba-hos-oss?trk=x"],
    ),
    (
        "twitter",
        "lidingostad",
        "https://x.com/lidingostad",
        [
            "https://x.com/lidingostad",
            "https://X.com/LidingoStad?s=20",
            "https://twitter.com/lidingostad",
            "https://www.twitter.com/lidingostad/",
            "https://mobile.twitter.com/lidingostad?lang=sv",
            "http://twitter.com/#!/lidingostad",
            "https://twitter.com/@lidingostad",
            "https://twitter.com/lidingostad/with_replies",
            "https://x.com/lidingostad/media",
            "https://twitter.com/intent/follow?screen_name=lidingostad&ref_src=twsrc",
            "https://twitter.com/intent/user?screen_name=LidingoStad",
            "@lidingostad",
        ],
    ),
    (
        "youtube",
        "@norsjökommun",
        "https://www.youtube.com/@norsj%C3%B6kommun",
        [
            "https://www.youtube.com/@norsjökommun",
            "https://www.youtube.com/@norsj%C3%B6kommun/videos",
            "https://www.youtube.com/@norsjo\u0308kommun",
            "https://m.youtube.com/@Norsjökommun?si=abc",
            "youtube.com/@norsjökommun/featured?sub_confirmation=1",
            "https://youtu.be/@norsjökommun",
            "@norsjökommun",
            "norsjökommun",
        ],
    ),
    (
        "youtube",
        "channel/UCAbCdEfGhIjKlMnOpQrStUv",
        "https://www.youtube.com/channel/UCAbCdEfGhIjKlMnOpQrStUv",
        [
            "https://www.youtube.com/channel/UCAbCdEfGhIjKlMnOpQrStUv",
            "https://m.youtube.com/channel/UCAbCdEfGhIjKlMnOpQrStUv/playlists",
            "https://studio.youtube.com/channel/UCAbCdEfGhIjKlMnOpQrStUv/videos",
            "https://youtu.be/channel/UCAbCdEfGhIjKlMnOpQrStUv",
            "https://music.youtube.com/channel/UCAbCdEfGhIjKlMnOpQrStUv?feature=share",
        ],
    ),
    ("youtube", "c/norsjo", "https://www.youtube.com/c/norsjo", ["https://www.youtube.com/c/Norsjo/featured"]),
    ("youtube", "user/norsjo", "https://www.youtube.com/user/norsjo", ["http://www.youtube.com/user/Norsjo?feature=x"]),
    (
        "tiktok",
        "ungdomenshus",
        "https://www.tiktok.com/@ungdomenshus",
        [
            "https://www.tiktok.com/@ungdomenshus?_t=8x&_r=1",
            "https://m.tiktok.com/@UngdomensHus/",
            "tiktok.com/@ungdomenshus?is_from_webapp=1&sender_device=pc",
            "https://www.tiktok.com/@ungdomenshus/live",
            "@ungdomenshus",
        ],
    ),
    (
        "threads",
        "lidingo.stad",
        "https://www.threads.com/@lidingo.stad",
        ["https://www.threads.net/@lidingo.stad", "threads.com/@Lidingo.Stad/replies", "@lidingo.stad"],
    ),
    (
        "bluesky",
        "lekeberg.bsky.social",
        "https://bsky.app/profile/lekeberg.bsky.social",
        [
            "https://bsky.app/profile/lekeberg.bsky.social",
            "https://bsky.app/profile/@Lekeberg.bsky.social",
            "https://lekeberg.bsky.social",
            "@lekeberg.bsky.social",
            "lekeberg.bsky.social",
            "@lekeberg",
        ],
    ),
    (
        "bluesky",
        "lekeberg.se",
        "https://bsky.app/profile/lekeberg.se",
        ["https://bsky.app/profile/lekeberg.se", "https://bsky.app/profile/Lekeberg.se/followers"],
    ),
    (
        "bluesky",
        "did:plc:z72i7hdynmk6r22z27h6tvur",
        "https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur",
        ["https://bsky.app/profile/did:plc:z72i7hdynmk6r22z27h6tvur"],
    ),
    (
        "mastodon",
        "lekeberg",
        "https://social.kommun.se/@lekeberg",
        [
            "https://social.kommun.se/@lekeberg",
            "https://Social.Kommun.se/@Lekeberg/",
            "https://social.kommun.se/users/lekeberg",
            "https://social.kommun.se/web/@lekeberg",
            "https://social.kommun.se/@lekeberg/with_replies",
            "https://mastodon.social/@lekeberg@social.kommun.se",
            "http://social.kommun.se/@lekeberg?utm_source=x",
            "@lekeberg@social.kommun.se",
            "@Lekeberg@Social.Kommun.SE",
        ],
    ),
    (
        "mastodon",
        "info",
        "https://xn--sgrden-huac.se/@info",
        ["https://åsgården.se/@info", "https://ÅSGÅRDEN.se/@info", "@info@åsgården.se"],
    ),
    (
        "snapchat",
        "ungilekeberg",
        "https://www.snapchat.com/add/ungilekeberg",
        [
            "https://www.snapchat.com/add/ungilekeberg?share_id=abc&locale=sv-SE",
            "https://snapchat.com/@ungilekeberg",
            "https://story.snapchat.com/@UngILekeberg",
            "https://story.snapchat.com/s/ungilekeberg",
            "@ungilekeberg",
        ],
    ),
    (
        "vimeo",
        "lekeberg",
        "https://vimeo.com/lekeberg",
        ["https://vimeo.com/Lekeberg/videos", "http://www.vimeo.com/lekeberg", "vimeo.com/lekeberg/about", "@lekeberg"],
    ),
    ("vimeo", "channels/kf", "https://vimeo.com/channels/kf", ["https://vimeo.com/channels/KF/videos"]),
    ("vimeo", "user1234567", "https://vimeo.com/user1234567", ["https://vimeo.com/user1234567"]),
    (
        "pinterest",
        "bibliotektips",
        "https://www.pinterest.com/bibliotektips",
        [
            "https://www.pinterest.se/bibliotektips/",
            "https://se.pinterest.com/bibliotektips/_saved/",
            "https://www.pinterest.co.uk/BibliotekTips/_created",
            "https://pinterest.com/bibliotektips/boards/",
            "https://www.pinterest.com.au/bibliotektips/?invite_code=x",
            "@bibliotektips",
        ],
    ),
    (
        "twitch",
        "ungdomensson",
        "https://www.twitch.tv/ungdomensson",
        [
            "https://www.twitch.tv/ungdomensson/about",
            "https://m.twitch.tv/UngdomensSon",
            "twitch.tv/ungdomensson/videos?filter=all",
            "@ungdomensson",
        ],
    ),
    (
        "wordpress",
        "biblioteksbloggen",
        "https://biblioteksbloggen.wordpress.com",
        [
            "http://biblioteksbloggen.wordpress.com/",
            "https://Biblioteksbloggen.WordPress.com/om/",
            "https://biblioteksbloggen.wordpress.com/feed/",
            "https://wordpress.com/home/biblioteksbloggen.wordpress.com",
            "biblioteksbloggen",
        ],
    ),
    (
        "blogger",
        "biblioteksbloggen",
        "https://biblioteksbloggen.blogspot.com",
        [
            "http://biblioteksbloggen.blogspot.se/",
            "https://biblioteksbloggen.blogspot.com/?m=1",
            "https://biblioteksbloggen.blogspot.co.uk",
            "https://www.biblioteksbloggen.blogspot.com/",
            "biblioteksbloggen",
        ],
    ),
    (
        "blog",
        "blogg.lekeberg.se/kultur",
        "https://blogg.lekeberg.se/kultur",
        [
            "http://blogg.lekeberg.se/kultur/",
            "https://BLOGG.lekeberg.se/kultur?utm_source=fb&fbclid=x",
            "blogg.lekeberg.se:443/kultur#start",
            "http://blogg.lekeberg.se:80/kultur",
        ],
    ),
    (
        "forum",
        "forum.lekeberg.se/viewforum.php?f=12",
        "https://forum.lekeberg.se/viewforum.php?f=12",
        ["http://forum.lekeberg.se/viewforum.php?f=12&utm_source=x", "forum.lekeberg.se/viewforum.php?fbclid=1&f=12"],
    ),
    (
        "podcast",
        "show/4rOoJ6Egrf8K2IrywzwOMk",
        "https://open.spotify.com/show/4rOoJ6Egrf8K2IrywzwOMk",
        [
            "https://open.spotify.com/show/4rOoJ6Egrf8K2IrywzwOMk?si=abc",
            "https://open.spotify.com/intl-sv/show/4rOoJ6Egrf8K2IrywzwOMk",
        ],
    ),
    (
        "podcast",
        "id123456789",
        "https://podcasts.apple.com/se/podcast/id123456789",
        [
            "https://podcasts.apple.com/se/podcast/lekebergspodden/id123456789",
            "https://podcasts.apple.com/se/podcast/id123456789",
        ],
    ),
    ("podcast", "podd.lekeberg.se", "https://podd.lekeberg.se", ["http://podd.lekeberg.se/", "podd.lekeberg.se"]),
    (
        "flickr",
        "photos/12345678@N02",
        "https://www.flickr.com/photos/12345678@N02",
        ["https://flickr.com/photos/12345678@N02/albums", "https://m.flickr.com/photos/12345678@N02"],
    ),
    (
        "slideshare",
        "GullspangsKommun",
        "https://www.slideshare.net/GullspangsKommun",
        ["https://de.slideshare.net/GullspangsKommun/presentations", "slideshare.net/mobile/GullspangsKommun"],
    ),
    (
        "wikipedia",
        "Vad_är_en_kommun%3F",
        "https://sv.wikipedia.org/wiki/Vad_%C3%A4r_en_kommun%3F",
        [
            "https://sv.wikipedia.org/wiki/Vad_är_en_kommun%3F",
            "https://sv.m.wikipedia.org/wiki/Vad_%C3%A4r_en_kommun%3F?oldformat=true",
            "https://sv.wikipedia.org/w/index.php?title=Vad_%C3%A4r_en_kommun%3F&action=history",
        ],
    ),
    ("myspace", "kulturskolan", "https://myspace.com/kulturskolan", ["www.myspace.com/Kulturskolan/music/"]),
    (
        "torget",
        "lekebergskommun",
        "http://localhost:8765/lekebergskommun",
        ["http://localhost:8765/LekebergsKommun/", "localhost:8765/lekebergskommun/flode?x=1", "@lekebergskommun"],
    ),
]
EVERY_FORM = [(key, form, handle, address) for key, handle, address, forms in FORMS for form in forms]

# platform, what was pasted, and a piece of the reason that is given
REFUSED = [
    ("facebook", "https://www.facebook.com/lekebergskommun/posts/pfbid02x", "länk till ett inlägg"),
    ("facebook", "https://www.facebook.com/lekebergskommun/posts/pfbid02x", "facebook.com/lekebergskommun"),
    ("facebook", "https://www.facebook.com/permalink.php?story_fbid=1&id=1000647123", "facebook.com/1000647123"),
    ("facebook", "https://www.facebook.com/reel/123456", "länk till en film"),
    ("facebook", "https://www.facebook.com/watch/?v=123456", "länk till en film"),
    ("facebook", "https://fb.watch/abc/", "länk till en film"),
    ("facebook", "https://www.facebook.com/share/1AbCdEf/", "delningslänk"),
    ("facebook", "https://www.facebook.com/share/p/1AbCdEf/", "delningslänk"),
    ("facebook", "https://www.facebook.com/sharer/sharer.php?u=https://lekeberg.se", "delningslänk"),
    ("facebook", "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Flekeberg", "inloggningssida"),
    ("facebook", "https://www.facebook.com/events/123/", "länk till ett evenemang"),
    ("facebook", "https://www.facebook.com/photo/?fbid=1", "länk till en bild"),
    ("facebook", "https://www.facebook.com/", "inte ett konto på Facebook"),
    ("facebook", "https://www.instagram.com/lekeberg", "hör till Instagram"),
    ("facebook", "https://x.com/lekeberg", "hör till X (Twitter)"),
    ("facebook", "https://blogg.lekeberg.se", "inte ett konto på Facebook"),
    ("facebook", "https://facebook.com.lekeberg.example/lekeberg", "inte ett konto på Facebook"),
    ("facebook", "@watch", "inte till ett konto"),
    ("instagram", "https://www.instagram.com/p/CxYz/", "länk till ett inlägg"),
    ("instagram", "https://www.instagram.com/lekeberg/reel/CxYz/", "instagram.com/lekeberg"),
    ("instagram", "https://www.instagram.com/accounts/login/?next=/lekeberg/", "inloggningssida"),
    ("instagram", "https://www.instagram.com/stories/lekeberg/123/", "instagram.com/lekeberg"),
    ("instagram", "lidingo.stad", "inte ett konto på Instagram"),  # it could be a site: say @ or the whole address
    ("linkedin", "https://www.linkedin.com/posts/lekeberg_jobb-activity-71", "länk till ett inlägg"),
    ("linkedin", "https://www.linkedin.com/authwall?trk=x", "inloggningssida"),
    ("linkedin", "https://lnkd.in/abc", "delningslänk"),
    ("twitter", "https://x.com/lidingostad/status/123?s=20", "x.com/lidingostad"),
    ("twitter", "https://t.co/abc", "delningslänk"),
    ("twitter", "https://x.com/i/flow/login", "inloggningssida"),
    ("youtube", "https://www.youtube.com/watch?v=abc", "länk till en film"),
    ("youtube", "https://youtu.be/abc123", "länk till en film"),
    ("youtube", "https://www.youtube.com/shorts/abc", "länk till en film"),
    ("youtube", "https://www.youtube.com/playlist?list=PL1", "lista eller samling"),
    ("tiktok", "https://www.tiktok.com/@lekeberg/video/7301", "tiktok.com/@lekeberg"),
    ("tiktok", "https://vm.tiktok.com/ZMabc/", "delningslänk"),
    ("threads", "https://www.threads.net/@lekeberg/post/C1", "threads.com/@lekeberg"),
    ("bluesky", "https://bsky.app/profile/lekeberg.se/post/3k", "bsky.app/profile/lekeberg.se"),
    ("mastodon", "https://mastodon.se/@lekeberg/1123456", "mastodon.se/@lekeberg"),
    ("mastodon", "https://www.tiktok.com/@lekeberg", "hör till TikTok"),
    ("mastodon", "https://www.threads.net/@lekeberg", "hör till Threads"),
    ("mastodon", "https://www.youtube.com/@lekeberg", "hör till YouTube"),
    ("mastodon", "https://mastodon.se/about", "inte ett konto på Mastodon"),
    ("snapchat", "https://www.snapchat.com/spotlight/W7_", "länk till en film"),
    ("vimeo", "https://vimeo.com/123456", "länk till en film"),
    ("vimeo", "https://player.vimeo.com/video/123456", "länk till en film"),
    ("pinterest", "https://www.pinterest.se/pin/123/", "länk till ett inlägg"),
    ("pinterest", "https://pin.it/abc", "delningslänk"),
    ("pinterest", "https://www.pinterest.se/bibliotektips/barnböcker/", "pinterest.com/bibliotektips"),
    ("twitch", "https://www.twitch.tv/videos/123", "länk till en film"),
    ("wordpress", "https://lekeberg.wordpress.com/2017/05/01/bok/", "lekeberg.wordpress.com"),
    ("wordpress", "https://wordpress.com/log-in", "inloggningssida"),
    ("blogger", "https://lekeberg.blogspot.com/2017/05/bok.html", "lekeberg.blogspot.com"),
    ("blogger", "https://www.blogger.com/profile/123", "plattformens egna sidor"),
    ("blog", "https://lekeberg.wordpress.com", "hör till Blogg på wordpress.com"),
    ("blog", "https://lekeberg.blogspot.se", "hör till Blogg på Blogger"),
    ("blog", "https://apps.facebook.com/lekeberg", "hör till Facebook"),
    ("blog", "https://bsky.app/profile/lekeberg.se", "hör till Bluesky"),
    ("blog", "https://mastodon.social/@lekeberg", "hör till Mastodon"),
    ("forum", "https://www.facebook.com/groups/lekeberg", "hör till Facebook"),
    ("podcast", "https://www.youtube.com/@lekeberg", "hör till YouTube"),
    ("podcast", "https://open.spotify.com/episode/4rOo", "länk till ett avsnitt"),
    ("podcast", "https://podcasts.apple.com/se/podcast/x/id12?i=1000", "länk till ett avsnitt"),
    ("flickr", "https://www.flickr.com/photos/lekeberg/5312345", "flickr.com/photos/lekeberg"),
    ("slideshare", "https://www.slideshare.net/Lekeberg/budget-2013", "presentation eller ett dokument"),
    ("wikipedia", "https://sv.wikipedia.org/wiki/Special:UserLogin", "inloggningssida"),
    ("torget", "http://localhost:8765/lekeberg/inlagg/1", "länk till ett inlägg"),
    ("facebook", "https://anna:hemligt@facebook.com/x", "användarnamn eller lösenord"),
    ("facebook", "https://www.facebook.com/" + "a" * 2100, "för lång"),
]


@pytest.fixture
def known(db, settings) -> dict[str, Platform]:
    settings.DEMO_PLATFORM_URL = "http://localhost:8765/"
    return {platform.key: platform for platform in loading.load(demo=True)}


@pytest.mark.parametrize(("key", "typed", "handle", "address"), EVERY_FORM)
def test_any_form_of_a_link_leads_to_the_same_handle_and_address(known, key, typed, handle, address):
    assert opening.check(known[key], typed) == (handle, address)


@pytest.mark.parametrize(("key", "handle", "address"), [row[:3] for row in FORMS])
def test_the_one_address_is_no_other_platforms(known, key, handle, address):
    assert opening.check(known[key], address) == (handle, address)

    others = [each.key for each in known.values() if each.key != key and not each.anywhere and each.recognise(address)]
    assert others == []


@pytest.mark.parametrize(("key", "typed", "reason"), REFUSED)
def test_what_is_no_account_there_is_refused_with_a_reason_that_is_understood(known, key, typed, reason):
    with pytest.raises(opening.NotTheirs) as refused:
        opening.check(known[key], typed)

    assert reason in str(refused.value)
    assert known[key].example in str(refused.value)


def test_every_kind_of_other_link_has_its_words(known):
    kinds = {kind for platform in known.values() for kind, _pattern in platform.details.others}

    assert kinds <= opening.NOT_ACCOUNTS.keys()


def test_every_platform_in_use_is_in_the_table(known):
    assert {row[0] for row in FORMS} == known.keys()


@pytest.mark.parametrize("key", ["blog", "forum", "podcast", "mastodon"])
def test_what_may_stand_anywhere_takes_no_address_of_another_platform(known, key):
    particular = [row for row in FORMS if not known[row[0]].anywhere and row[0] != "torget"]

    for owner, _handle, address, _forms in particular:
        with pytest.raises(opening.NotTheirs, match="hör till") as refused:
            opening.check(known[key], address)
        assert known[owner].name in str(refused.value)
