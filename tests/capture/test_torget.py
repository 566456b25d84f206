"""Torget, the made-up social network."""

import http.client
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.demoplatform.people import WRITTEN, account
from archive.demoplatform.trials import SCRIPTS


def fetch(torget, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(torget.host, timeout=5)
    connection.request("GET", path)
    reply = connection.getresponse()
    try:
        return reply.status, reply.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("handle", WRITTEN)
def test_every_written_account_has_posts_comments_and_pictures_of_its_own(torget, handle):
    status, page = fetch(torget, f"/{handle.replace('ö', '%C3%B6')}")

    assert status == 200
    assert 20 <= page.count("<article") <= 60
    assert WRITTEN[handle][0] in page
    assert page.count('class="chip">Invånare') > 20
    assert page.count("data-src=") > 3
    assert page.count('loading="lazy"') > 3
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "{ort}" not in page


def test_page_looks_the_same_every_time(torget):
    assert fetch(torget, "/norsjokommun") == fetch(torget, "/norsjokommun")


def test_every_picture_on_a_page_is_there(torget):
    page = fetch(torget, "/lidingostad")[1]
    paths = set(re.findall(r'(?:data-)?src="(/[^"]+)"', page))

    assert len(paths) > 50
    assert {fetch(torget, path)[0] for path in paths} == {200}


def test_feed_goes_on_for_ever(torget):
    numbers = re.compile(r"inlagg-(\d+)")

    assert numbers.findall(fetch(torget, "/lekebergskommun/flode/8")[1]) == [str(n) for n in range(8, 16)]
    assert numbers.findall(fetch(torget, "/lekebergskommun/flode/9000")[1])[0] == "9000"


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("sundsvallskommun", "Sundsvalls kommun"),
        ("arboga_kommun", "Arboga kommun"),
        ("örebro.bibliotek", "Örebro Bibliotek"),
        ("lilla-skolan", "Lilla Skolan"),
    ],
)
def test_any_handle_becomes_a_page_with_a_readable_name(handle, name):
    assert account(handle).name == name


@given(st.text(alphabet="abcåäöxyz0189_.-", min_size=1, max_size=60))
def test_no_handle_is_without_a_name(handle):
    assert account(handle).name


@pytest.mark.parametrize(
    "path", ["/finns%20inte", "/%3Cscript%3E", "/a/b", "/bild/okand/1.svg", "/_prov/okand", "/ansikte/999.svg"]
)
def test_what_is_not_there_is_not_found(torget, path):
    assert fetch(torget, path)[0] == 404


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_target_of_a_trial_cannot_leave_its_script(torget, name):
    page = fetch(torget, f"/_prov/{name}?to=%3C/script%3E%22'%3Cb%3E")[1]

    assert page.count("</script>") == 1 + page.count("<script src=")
    assert "<b>" not in page
