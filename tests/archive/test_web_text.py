"""The readers of saved pages and data: whatever they are given they answer, and never with more than was asked."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.incoming import kinds, webtext

PIECES = st.sampled_from(
    [
        b"<p>", b"</p>", b"<script>", b"</script>", b"<!--", b"-->", b"<![CDATA[", b"<![x[", b"<!doctype", b"<?",
        b"&amp", b"&#x110000;", b"&#0;", b"<a href='", b"'", b'"', b">", b"<", b"</", b"<br/>", b"<title>", b"<body>",
        b"\0", b"\xff", "å".encode(), b"Content-Type: multipart/related; boundary=", b"B", b"\r\n", b"\r\n\r\n",
        b"--B", b"--B--", b"Content-Type: text/html; charset=", b"utf-16", b"nonsense",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n", b"=C3=", b"=?utf-8?Q?=?=", b"Subject: ", b"Date: ",
    ]
)  # fmt: skip
SOUP = st.lists(PIECES | st.binary(max_size=8), max_size=60).map(b"".join)
MOST = 50


@settings(max_examples=80, deadline=None)
@given(SOUP, st.sampled_from(["", "utf-8", "latin-1", "no-such", "rot13", "utf-16"]))
def test_a_page_of_any_bytes_has_a_bounded_text(content, charset):
    title, text = webtext.of_html(content, charset, MOST)

    assert len(text) <= MOST
    assert len(title) <= 300
    assert not webtext.UNSAFE.search(text + title)


@settings(max_examples=80, deadline=None)
@given(SOUP)
def test_a_saved_page_of_any_bytes_has_a_bounded_text_and_harmless_facts(content):
    facts, text = webtext.of_mhtml(b"MIME-Version: 1.0\r\n" + content, MOST)

    assert len(text) <= MOST
    assert all(len(value) <= webtext.HEAD and not webtext.UNSAFE.search(value) for value in facts.values())


@settings(max_examples=50, deadline=None)
@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_data_of_any_shape_has_a_bounded_text(data):
    assert len(webtext.of_json(json.dumps(data).encode(), MOST)) <= MOST


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | SOUP)
def test_every_file_has_a_kind(content):
    assert isinstance(kinds.of(content), str)


@pytest.mark.parametrize("content", [b"[" * 100_000, b"<div>" * 200_000, b"<" * 200_000, b"<!--" * 4_000])
def test_what_is_nested_or_broken_without_end_is_read_all_the_same(content):
    webtext.of_json(content)
    assert len(webtext.of_html(content)[1]) <= webtext.MOST_LETTERS


def test_parts_within_parts_without_end_are_left_alone():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(3000)
    )

    assert webtext.of_mhtml(nested)[1] == ""


def test_a_page_within_a_page_is_read_too():
    page = b"Content-Type: text/html\r\n\r\n<p>%b</p>\r\n"
    inner = b"Content-Type: multipart/related; boundary=I\r\n\r\n--I\r\n" + page % b"Inre" + b"--I--\r\n"
    outer = b"Content-Type: multipart/related; boundary=O\r\n\r\n--O\r\n" + page % b"Yttre" + b"--O\r\n"

    assert webtext.of_mhtml(outer + inner + b"--O--\r\n")[1] == "Yttre\nInre"
