"""Names on one line: what a form says to whoever typed, or pasted, something else."""

import pytest
from django.core.exceptions import ValidationError

from governance.validators import one_line


@pytest.mark.parametrize("value", ["", "Lekebergs bibliotek", "Åsa-Märta O’Brien (f.d. Öhman)", "Kultur & fritid 🎭"])
def test_an_ordinary_name_passes(value):
    one_line(value)


@pytest.mark.parametrize("hidden", ["\n", "\r\n", "\t", "\0", "\x1b", "\x85", "\u202e", "\u200b", "\u2028", "\ufeff"])
def test_a_name_with_a_hidden_character_is_refused_in_swedish(hidden):
    with pytest.raises(ValidationError) as refused:
        one_line(f"Bibliotek{hidden}Bcc: x")

    assert refused.value.messages == ["Skriv texten på en rad, utan tecken som inte syns."]
