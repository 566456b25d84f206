"""Characters that nobody sees: they break a line, end a text early or turn its order round."""

import unicodedata

# Controls, formats (bidirectional overrides, zero widths), halves of characters, separators of lines and paragraphs.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
LINE_BREAK = "\n"


def is_unseen(character: str) -> bool:
    """Whether this character leaves no mark of its own on the screen."""
    return unicodedata.category(character) in UNSEEN


def is_one_line(text: str) -> bool:
    """Whether the text holds nothing but what is seen, line breaks excluded."""
    return not any(map(is_unseen, text))


def is_seen(text: str) -> bool:
    """Whether the text holds nothing but what is seen, on any number of lines."""
    return is_one_line(text.replace(LINE_BREAK, " "))


def on_one_line(text: str) -> str:
    """The text with every unseen character and run of white space turned into one space."""
    return " ".join("".join(" " if is_unseen(character) else character for character in text).split())


def made_visible(text: str) -> str:
    """The text on one line, each unseen character written out as a file would: \\u000A for a line break."""
    return "".join(_written_out(character) if is_unseen(character) else character for character in text)


def _written_out(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08X}" if number > 0xFFFF else f"\\u{number:04X}"
