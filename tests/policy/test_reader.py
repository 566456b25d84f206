"""A file that is not in order is refused with every reason at once."""

import pytest

from governance.policy.document import SECTIONS
from governance.policy.reader import read, shipped
from governance.policy.schema import Policy
from tests.policy.files import KEYS, changed, policy, problems, silent_text, text


def test_a_syntax_error_names_its_line():
    line = text("lekeberg")[: text("lekeberg").index("[crisis]")].count("\n") + 1

    assert problems(changed("lekeberg", "[crisis]", "[crisis"))[0].startswith(f"ny.toml: rad {line}, tecken ")


def test_all_problems_are_told_at_once():
    broken = changed("lekeberg", "per_day = 1\n", "per_day = -1\n")
    broken = broken.replace("times_per_year = 2", "times_per_year = 40").replace('"Lekeberg 8"', '"Norsjö 8"')

    told = "\n".join(problems(broken))

    assert all(key in told for key in ("oversight.per_day", "snapshot.times_per_year", "crisis.leading.clause"))


def test_a_mistake_in_general_is_not_told_again_in_every_exception():
    broken = changed("lekeberg", 'speed = "så snabbt som möjligt"', "speed = 5")

    assert problems(broken) == ["ny.toml: answering.reply.speed: väntade en text, fick 5"]


def test_an_exception_twice_for_the_same_accounts_is_refused():
    content = text("lekeberg")
    exception = content[content.index("[[exceptions]]") :]

    assert "exceptions[2].answering" in problems(content + "\n" + exception)[0]


def test_a_missing_chapter_is_refused_and_a_silent_one_is_not():
    assert problems(changed("lekeberg", 'revision = "not stated"\n', ""))[0].startswith(
        "ny.toml: revision: väntade att"
    )
    assert isinstance(read(silent_text(), "tyst.toml"), Policy)


def test_a_file_beyond_all_measure_is_refused():
    assert "väntade högst" in problems("#" * 600_000)[0]
    assert problems("a = " + "[" * 5_000 + "]" * 5_000)


@pytest.mark.parametrize(
    "content", ["", "a = 1", "exceptions = [1]", 'plan = "nej"', "titles = []", "\x00", "é", "a = 1\r"]
)
def test_a_file_that_is_no_policy_is_refused(content):
    assert problems(content)


def test_five_policies_are_shipped():
    assert set(shipped()) == set(KEYS)
    assert all(policy(key).document.model_fields_set >= SECTIONS.keys() for key in KEYS)


def test_what_was_read_never_changes():
    with pytest.raises(Exception, match="frozen"):
        policy("lekeberg").oversight.days = ()
    with pytest.raises(Exception, match="cannot assign"):
        policy("lekeberg").plan = None
