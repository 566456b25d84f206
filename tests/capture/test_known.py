"""What is known of a platform is data that a capture uses as far as it goes, and never trips over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.platforms import page_parts
from archive.capture.authors import plain, role_of, summed
from archive.capture.known import LONGEST, MOST, Known
from archive.capture.results import Item

json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Known.__dataclass_fields__, "other"]), json) | st.none())
def test_no_data_raises_and_every_part_is_short_text(data):
    known = Known.read(data)

    for name in page_parts.NAMES:
        texts = getattr(known, name)
        assert len(texts) <= MOST
        assert all(text and len(text) <= LONGEST for text in texts)


def test_every_part_that_can_be_written_is_read():
    everything = {name: [f"a{number}"] for number, name in enumerate(page_parts.NAMES)}

    known = Known.read(page_parts.written(everything))

    assert {name: list(getattr(known, name)) for name in page_parts.NAMES} == everything
    assert set(Known.__dataclass_fields__) == {*page_parts.NAMES, "platform", "tried_on"}
    assert (page_parts.LONGEST, page_parts.MOST <= MOST) == (LONGEST, True)


@pytest.mark.parametrize(
    ("author", "marks", "expected"),
    [
        ("Lekebergs kommun", (False, False), "official"),
        ("  LEKEBERGS   kommun ✔", (False, False), "official"),
        ("@lekebergskommun", (False, False), "official"),
        ("Anna Andersson", (False, False), "citizen"),
        ("Lekebergs kommunala hatare", (False, False), "citizen"),
        ("", (False, False), ""),
        ("Anna Andersson", (True, False), "official"),
        ("Lekebergs kommun", (False, True), "citizen"),
        ("Anna Andersson", (True, True), "citizen"),
    ],
)
def test_the_mark_speaks_before_the_name(author, marks, expected):
    own = {plain("Lekebergs kommun"), plain("lekebergskommun"), plain("@lekebergskommun")}

    assert role_of({"author": author, "official": marks[0], "citizen": marks[1]}, own) == expected


def test_without_a_name_of_its_own_nobody_is_called_a_citizen():
    assert role_of({"author": "Anna Andersson", "official": False, "citizen": False}, set()) == ""


@pytest.mark.parametrize(
    ("roles", "expected"),
    [([], ""), ([""], ""), (["official", ""], "official"), (["citizen"], "citizen"), (["citizen", "official"], "both")],
)
def test_who_wrote_on_the_page_is_the_sum_of_its_items(roles, expected):
    assert summed(tuple(Item(role, "", "", "", (0, 0, 1, 1)) for role in roles)) == expected
