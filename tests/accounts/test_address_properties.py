"""Whatever is typed: nothing breaks, what is kept leads to itself, and how a link reached us makes no difference."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.platforms import addresses, likeness, loading, question
from tests.accounts.test_address_forms import EVERY_FORM, FORMS

KNOWN = [loading.built(entry) for entry in loading._entries()]
BY_KEY = {platform.key: platform for platform in KNOWN}
FORMED = st.sampled_from([form for _key, form, _handle, _address in EVERY_FORM])
HOSTS = st.sampled_from(sorted({re.sub(r"^https?://|/.*$", "", row[2]) for row in FORMS}))
SCHEMES = st.sampled_from(["", "http://", "https://", "HTTPS://", "//", "http:", "https://a@", "javascript:", "@"])
TYPED = st.one_of(
    st.text(max_size=80),
    FORMED,
    st.builds("{}{}/{}".format, SCHEMES, HOSTS, st.text(max_size=40)),
    st.builds("{}{}/{}?{}".format, SCHEMES, HOSTS, st.text("abc/@.%-_ö1"), st.text("abcid=&%20?#+", max_size=30)),
    st.builds("{}{}".format, FORMED, st.text(max_size=10)),
    st.builds("https://{}.se/{}".format, st.text(min_size=1, max_size=20), st.text(max_size=20)),
)
TRACKING = st.sampled_from(
    [
        "utm_source=webb",
        "utm_campaign=a%20b",
        "fbclid=IwAR0x",
        "igsh=MWQ=",
        "igshid=x",
        "gclid=1",
        "si=ab",
        "mibextid=Z",
    ]
)
# A handle that keeps its capital letters, and a site of its own, may be another one in other letters.
LOWERED = [row for row in FORMS if row[1] == row[1].lower() and not row[1].startswith(("show/", "id1", "photos/"))]


@given(typed=TYPED)
def test_no_text_breaks_the_reading_and_what_is_kept_leads_to_itself(typed):
    for platform in KNOWN:
        found = platform.recognise(typed)
        platform.not_account(typed)
        if found is not None:
            assert platform.recognise(found.address) == found
            assert re.fullmatch(r"https?://[!-~]+", found.address)


@given(typed=TYPED)
def test_what_has_been_read_once_is_read_the_same_again(typed):
    try:
        link = addresses.read(typed)
    except addresses.AddressRefused:
        assume(False)

    assert addresses.read(addresses.encoded(f"https://{link.kept}")).kept == link.kept
    assert addresses.read(addresses.encoded(f"https://{link.bare}")).bare == link.bare


@given(row=st.sampled_from(FORMS), added=st.lists(TRACKING, min_size=1, max_size=3))
def test_how_the_reader_came_to_the_page_makes_no_difference(row, added):
    key, handle, address, _forms = row
    sign = "&" if "?" in address else "?"

    assert BY_KEY[key].recognise(f"{address}{sign}{'&'.join(added)}") == (handle, address)


@given(row=st.sampled_from(LOWERED), data=st.data())
def test_capital_letters_make_no_difference_where_the_platform_has_none(row, data):
    key, handle, address, _forms = row
    assume(not BY_KEY[key].anywhere or key == "mastodon")
    large = data.draw(st.lists(st.booleans(), min_size=len(address), max_size=len(address)))
    typed = "".join(
        letter.upper() if up and address[at - 1] != "%" and address[at - 2] != "%" else letter
        for at, (letter, up) in enumerate(zip(address, large, strict=True))
    )

    assert BY_KEY[key].recognise(typed) == (handle, address)


@given(row=st.sampled_from(FORMS), scheme=st.sampled_from(["http://", "https://", ""]), end=st.sampled_from("/# "))
def test_the_way_to_write_an_address_makes_no_difference(row, scheme, end):
    key, handle, address, _forms = row
    assume("?" not in address or end != "/")

    assert BY_KEY[key].recognise(f"{scheme}{address.partition('//')[2]}{end}") == (handle, address)


@given(text=st.one_of(TYPED, st.builds("Är {} äkta?".format, TYPED)))
def test_no_question_breaks_the_reading_of_it(text):
    asked = question.read(text, KNOWN)

    assert asked.asked in {question.ADDRESS, question.HANDLE, question.NAME, question.NOTHING}


@given(text=st.text(max_size=60), other=st.text(max_size=60))
def test_no_name_breaks_the_comparing_and_each_name_is_like_itself(text, other):
    assert likeness.folded(likeness.folded(text)) == likeness.folded(text)

    found = likeness.nearest(text, {1: text, 2: other}, 2)

    assert 1 in found or not likeness.folded(text)
