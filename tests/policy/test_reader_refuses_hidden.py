"""What nobody sees in a text is refused, told visibly, and never carried on into pages, mails and links."""

import pytest

from governance.policy.reader import read
from tests.policy.files import changed, problems, silent_text

ONE_LINE = "väntade en text på en rad, utan tecken som inte syns, fick "
WEBSITE = "väntade ett värdnamn som www.exempel.se eller en adress som https://www.exempel.se/, fick "
HIDDEN = ["\\n", "\\r", "\\t", "\\u0000", "\\u0007", "\\u001B", "\\u007F", "\\u0085", "\\u00AD", "\\u200B"]
HIDDEN += ["\\u202E", "\\u2028", "\\u2066", "\\uFEFF", "\\U000E0041"]


def silent_with(old: str, new: str) -> str:
    assert old in silent_text()
    return silent_text().replace(old, new, 1)


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize(("key", "line"), [("title", 'title = "Tyst'), ("municipality.name", 'name = "Tysta')])
def test_a_hidden_character_in_a_name_is_told_by_its_number(key, line, hidden):
    told = problems(silent_with(line, f"{line}{hidden}Bcc"))

    number = {"\\n": "\\u000A", "\\r": "\\u000D", "\\t": "\\u0009"}.get(hidden, hidden)
    assert len(told) == 1
    assert told[0].startswith(f"ny.toml: {key}: {ONE_LINE}")
    assert number in told[0]
    assert told[0].isprintable()


def test_a_hidden_character_in_an_unknown_key_is_told_and_not_obeyed():
    told = problems(silent_with("[source]", '[source]\n"a\\u202Eb\\nc" = 1'))

    assert all(problem.isprintable() for problem in told)


def test_a_hidden_character_in_what_is_no_toml_is_told_and_not_obeyed():
    assert all(problem.isprintable() for problem in problems('key = "a\u202eb'))


def test_a_published_text_may_have_paragraphs_and_nothing_else_unseen():
    line = "Synpunkter kan du alltid lämna på {website}."
    policy = read(changed("lekeberg", line, line.replace("du ", "du\\n\\n")), "ny.toml")

    assert "du\n\nalltid" in "".join(part.text for part in policy.information.text.parts)
    told = problems(changed("lekeberg", line, line.replace("du ", "du\\u202E")))
    assert "väntade en text där bara radbrytningar är tecken som inte syns" in told[0]


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//www.exempel.se",
        "data:text/html,x",
        "ftp://www.exempel.se",
        "//www.exempel.se",
        "https://",
        "https://anna:hemligt@www.exempel.se",
        "https://www.exempel.se@ond.example",
        "www.exempel.se<script>",
        "www exempel se",
        "kommunen",
        "-www.exempel.se",
        'https://www.exempel.se/"onclick',
        "www.exempel.se\\\\@ond.example",
    ],
)
def test_a_website_is_a_host_or_an_address_of_the_web(website):
    quoted = website.replace('"', '\\"')
    told = problems(silent_with('website = "www.example.se"', f'website = "{quoted}"'))

    assert len(told) == 1
    assert told[0].startswith(f"ny.toml: municipality.website: {WEBSITE}")


@pytest.mark.parametrize(
    "website",
    ["exempel.se", "www.exempel.se", "räksmörgås.se", "https://www.exempel.se", "http://exempel.se:8080/om?a=b#c"],
)
def test_an_ordinary_website_is_taken(website):
    policy = read(silent_with('website = "www.example.se"', f'website = "{website}"'), "ny.toml")

    assert policy.municipality.website == website


@pytest.mark.parametrize(
    ("old", "key", "most"),
    [('key = "tyst', "key", 60), ('title = "Tyst', "title", 200), ('name = "Tysta', "municipality.name", 200)],
)
def test_what_no_column_has_room_for_is_refused(old, key, most):
    told = problems(silent_with(old, old + "x" * 300))

    assert told[0].startswith(f"ny.toml: {key}: väntade högst {most} tecken, fick ")
