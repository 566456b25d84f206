"""Whatever is done to a file, it is read or refused; nothing else ever comes out of the reader."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.policy.reader import PolicyRefused, read
from tests.policy.files import KEYS, text

LITERALS = st.sampled_from(
    [
        '"not stated"',
        "-1",
        "0",
        "13",
        "1.5",
        "true",
        '""',
        '" "',
        "[]",
        "{}",
        "[{}]",
        "2025-01-01",
        "17:00:00",
        "nan",
        '["x"]',
        '{ clause = "x" }',
        "99999999999999999999",
    ]
)


@st.composite
def damaged(draw) -> str:
    """A shipped file with some lines lost, doubled, moved, garbled or given another value."""
    lines = text(draw(st.sampled_from(KEYS))).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        match draw(st.sampled_from(["lose", "double", "move", "garble", "value", "cut"])):
            case "lose":
                lines[place] = ""
            case "double":
                lines.insert(place, line)
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), line)
            case "garble":
                lines[place] = draw(st.text(max_size=30))
            case "value" if " = " in line:
                names = line.split(" = ")
                field = draw(st.integers(1, len(names) - 1))
                rest = names[field].partition(",")
                names[field] = draw(LITERALS) + rest[1] + rest[2]
                lines[place] = " = ".join(names)
            case "cut":
                lines[place] = line[: draw(st.integers(0, len(line)))]
    return "\n".join(lines)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_file_is_read_or_refused_and_never_crashes(content):
    try:
        whole = read(content, "skadad.toml")
    except PolicyRefused as refused:
        assert refused.problems
        assert all(problem.startswith("skadad.toml: ") and "väntade" in problem for problem in refused.problems)
    else:
        assert whole.oversight.days
        assert whole.plan.duties is not None


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(content):
    with pytest.raises(PolicyRefused):
        read(content, "text.toml")
