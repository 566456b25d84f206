"""Each mistake in a file is told with the file, its key, what was expected and what stood there."""

import pytest

from tests.policy.files import changed, problems

MISSING = "att nyckeln finns"
NO_CLAUSE = "en hänvisning"
TIME = "ett klockslag"
LEADING = "crisis.leading.clause"
CLAUSE = '"Lekeberg 8", strength'
EDITOR = 'kind = "editor", title = "Redaktör", minimum = 1'
OWNER = '"Sidansvarig", minimum = 1'
REPLY = '{ count = 1, unit = "working days" }, speed'
SIGNER = 'signers = [{ duty = "deputy", statement = "Ja", clause = "Lekeberg 5", strength = "ska" }]'
MONTHS = 'months = "not stated"'
DAYS = "days = [1, 2, 3, 4, 5]"
CLOSING = 'closing = "not stated"\nescalate'
SNAPSHOT = 'clause = "Lekeberg 7"\nstrength = "bör"'

# What stands in Lekeberg's file, what is put there, the key that is told of, what is expected (and got).
MISTAKES = [
    ('key = "lekeberg"\n', "", "key", MISSING),
    ("per_day = 1\n", "", "oversight.per_day", MISSING),
    ("per_day = 1\n", "per_day = 1\nper_dya = 2\n", "oversight.per_dya", 'en känd nyckel (menas "per_day"?)'),
    ("per_day = 1\n", "per_day = 1\ntides = 2\n", "oversight.tides", "någon av nycklarna clause, strength, days"),
    ("per_day = 1\n", "per_day = -1\n", "oversight.per_day", "minst 1, fick -1"),
    ("per_day = 1\n", 'per_day = "en"\n', "oversight.per_day", 'ett heltal, fick "en"'),
    ("per_day = 1\n", "per_day = true\n", "oversight.per_day", "ett heltal, fick true"),
    ("per_day = 1\n", "per_day = 1.0\n", "oversight.per_day", "ett heltal, fick 1.0"),
    ("on_holidays = false", "on_holidays = 0", "oversight.on_holidays", "true eller false, fick 0"),
    (DAYS, "days = [1, 8]", "oversight.days[2]", "högst 7, fick 8"),
    (DAYS, "days = []", "oversight.days", "minst ett värde i listan"),
    (DAYS, "days = [1, 1]", "oversight", "varje veckodag högst en gång"),
    (DAYS, "days = 1", "oversight.days", "en lista, fick 1"),
    (MONTHS, "months = [13, 2]", "snapshot.months[1]", "högst 12, fick 13"),
    (MONTHS, "months = [0, 2]", "snapshot.months[1]", "minst 1, fick 0"),
    (MONTHS, "months = [3, 3]", "snapshot", "varje månad högst en gång"),
    (MONTHS, "months = [3]", "snapshot", "lika många månader som times_per_year (2)"),
    ("times_per_year = 2", "times_per_year = 13", "snapshot.times_per_year", "högst 12, fick 13"),
    (SNAPSHOT, SNAPSHOT.replace("Lekeberg 7", "not stated"), "snapshot.clause", "ett värde, eftersom"),
    (CLOSING, CLOSING.replace("not stated", "25:00"), "oversight.closing", TIME),
    (CLOSING, CLOSING.replace("not stated", "9:00"), "oversight.closing", TIME),
    (CLOSING, CLOSING.replace('"not stated"', "17"), "oversight.closing", TIME),
    ('adopted_on = "not stated"', 'adopted_on = "i våras"', "source.adopted_on", "ett datum utan citattecken"),
    ('strength = "ska"\nduty', 'strength = "måste"\nduty', "oversight.strength", '"ska", "bör" eller "exempel"'),
    (CLAUSE, CLAUSE.replace("Lekeberg 8", ""), LEADING, "en text som inte är tom"),
    (CLAUSE, CLAUSE.replace("Lekeberg 8", " Lekeberg 8"), LEADING, "en text utan mellanslag i kanterna"),
    (CLAUSE, CLAUSE.replace("Lekeberg", "Norsjö"), LEADING, NO_CLAUSE + ' som börjar med "Lekeberg"'),
    (CLAUSE, CLAUSE.replace(" 8", ""), LEADING, NO_CLAUSE),
    (CLAUSE, CLAUSE.replace("Lekeberg 8", "Lekeberg 8; Norsjö 4"), LEADING, NO_CLAUSE),
    (CLAUSE, CLAUSE.replace("Lekeberg 8", "BBS-lagen 5 §"), LEADING, NO_CLAUSE),
    (CLAUSE, CLAUSE.replace("Lekeberg 8", "Uppsikts grundinställning"), LEADING, NO_CLAUSE),
    (f", clause = {CLAUSE}", ", strength", LEADING, MISSING),
    (EDITOR, EDITOR.replace("1", "-1"), "plan.duties[2].minimum", "minst 0, fick -1"),
    (OWNER, OWNER.replace("1", "2"), "plan.duties[1].minimum", "högst maximum (1), fick 2"),
    (EDITOR, EDITOR.replace("editor", "page_owner"), "plan.duties[2]", "något som inte redan står i listan"),
    (EDITOR, EDITOR.replace("editor", "chief"), "plan.duties[2].kind", '"proposer", "administrator"'),
    ('key = "staffing"', 'key = "purpose"', "plan.points[2]", "något som inte redan står i listan"),
    ('key = "staffing"', 'key = "wishes"', "plan.points[2].key", "någon av platform, address"),
    ('signers = "not stated"', SIGNER, "plan.signers[1].duty", "ett ansvar som planen har (editor, page_owner)"),
    (REPLY, REPLY.replace("1", "0"), "answering.reply.within.count", "minst 1, fick 0"),
    (REPLY, REPLY.replace("working days", "minutes"), "answering.reply.within.unit", '"working days", "hours"'),
    (REPLY, '{ count = 2, unit = "next working day" }, speed', "answering.reply.within", "count = 1"),
    (REPLY, REPLY.replace(" }", ', weekends = "pause" }'), "answering.reply.within", '"weekends" bara'),
    ('covers = ["forbidden"]', 'covers = ["tides"]', "information.text.parts[5].covers", "nycklar som finns"),
    ("{forbidden}", "{tides}", "information.text.parts[5].text", "bara {email}"),
    ('platform = "facebook" }\nc', 'plattform = "facebook" }\nc', "exceptions[1].for.plattform", 'menas "platform"?'),
    ('for = { platform = "facebook" }', "for = {}", "exceptions[1].for", "minst en av account_kind"),
    ("answering.post_signature = { signed", "# = { signed", "exceptions[1]", "minst ett avsnitt av registry"),
]


@pytest.mark.parametrize(("old", "new", "key", "expected"), MISTAKES)
def test_a_mistake_is_told_with_its_key_and_what_is_expected(old, new, key, expected):
    told = problems(changed("lekeberg", old, new))

    assert [problem for problem in told if problem.startswith(f"ny.toml: {key}: väntade ") and expected in problem], (
        told
    )


@pytest.mark.parametrize(
    ("old", "new", "got"),
    [
        ("[crisis]", "[crisis", 'fick "[crisis"'),
        ("[crisis]\n", "[crisis]\n[crisis]\n", 'fick "[crisis]", som redan står i filen'),
        ('key = "lekeberg"', "key = lekeberg", 'fick "key = lekeberg"'),
    ],
)
def test_what_is_no_toml_is_told_so(old, new, got):
    told = problems(changed("lekeberg", old, new))

    assert len(told) == 1
    assert "väntade giltig TOML" in told[0]
    assert got in told[0]


def test_a_clause_that_cites_nothing_is_refused():
    silent = 'clause = "not stated"\nstrength = "not stated"\nduty'
    told = problems(changed("valdemarsvik", silent, silent.replace("not stated", "Valdemarsvik, Redaktörer", 1)))

    assert len(told) == 1
    assert told[0].startswith('ny.toml: oversight.clause: väntade "not stated", eftersom inget av days')
