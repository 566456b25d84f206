"""Reading spreadsheets: whatever Swedish offices send is read alike, and what cannot be read is refused in words."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.imports import csvs, sheets, xlsx
from governance.imports.reading import read
from governance.imports.sheets import Unreadable
from tests.governance import sheets as made

ROWS = [["Enhet", "Överordnad enhet"], ["Biblioteket", "Kultur å ä ö"], ["Skolan", "Barn"]]
SHOWN = [(1, ROWS[0]), (2, ROWS[1]), (3, ROWS[2])]
BOMB = b"<x>" + b"a" * (3 * 1024 * 1024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_alike_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    assert read(made.text(ROWS, delimiter, encoding), "enheter.csv")[0].rows == SHOWN


def test_the_delimiter_that_excel_names_is_used_and_its_line_is_no_row():
    assert read(b"sep=,\r\nEnhet,Namn\r\nA;B,C", "x.csv")[0].rows == [(2, ["Enhet", "Namn"]), (3, ["A;B", "C"])]


def test_a_comma_in_a_text_does_not_win_over_the_semicolons():
    assert csvs.delimiter_of("Namn;Titel\nEk, Anna;Chef\nAlm, Bo;Chef") == ";"


def test_a_quoted_cell_may_hold_line_breaks():
    assert read(b'Namn;Om\r\n"A";"rad 1\r\nrad 2"', "x.csv")[0].rows[1] == (2, ["A", "rad 1\nrad 2"])


def test_a_workbook_is_read_with_days_numbers_and_answers_as_one_would_type_them():
    content = made.xlsx([["a", "b", "c", "d", "e"], [date(2026, 1, 2), datetime(2026, 1, 2, 8, 30), 5.0, 1.5, True]])

    assert read(content, "x.xlsx")[0].rows[1] == (2, ["2026-01-02", "2026-01-02 08:30", "5", "1.5", "Ja"])


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers():
    assert read(made.xlsx([["Enhet"], [], ["  "], ["Skolan"]]), "x.xlsx")[0].rows == [(1, ["Enhet"]), (4, ["Skolan"])]


def test_a_formula_is_read_as_what_it_came_to_and_never_run():
    content = made.xlsx([["Enhet", "Antal"], ["Skolan", "=1+1"]])

    assert read(content, "x.xlsx")[0].rows[1] == (2, ["Skolan"])


def test_every_visible_sheet_with_content_is_there():
    content = made.xlsx([["a"]], [], [["b"]], names=["Ett", "Tomt", "Tre"])

    assert [sheet.name for sheet in read(content, "x.xlsx")] == ["Ett", "Tre"]


def test_what_our_own_files_put_before_a_formula_is_taken_away_again():
    assert read(b"Telefon;Namn\n'+46 8 1;'=A", "x.csv")[0].rows[1] == (2, ["+46 8 1", "=A"])


REFUSED = {
    "nothing": (b"  \n", "x.csv", "tom"),
    "no rows": (made.xlsx([[]]), "x.xlsx", "inga rader"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "x.png", "varken"),
    "old or locked": (sheets.OLE + b"x" * 100, "x.xls", "äldre format"),
    "macros by name": (made.xlsx(ROWS), "x.xlsm", "makron"),
    "macros inside": (made.with_part(made.xlsx(ROWS), "xl/vbaProject.bin", b"x"), "x.xlsx", "makron"),
    "a broken archive": (made.xlsx(ROWS)[:-200], "x.xlsx", "skadat"),
    "another archive": (
        made.with_part(b"PK\x05\x06" + b"\x00" * 18, "mimetype", b"text"),
        "x.xlsx",
        "inget kalkylblad",
    ),
    "a bomb": (made.with_part(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", BOMB), "x.xlsx", "orimligt stort"),
    "merged cells": (made.xlsx([*ROWS, ["x", "y"]], merge="A2:A3"), "x.xlsx", "A2:A3"),
    "a NUL": (b"Namn;Om\nA\x00;B", "x.csv", "varken"),
    "turned text": ("Namn;Om\nA;B\u202eC".encode(), "x.csv", "rad 2, kolumn B"),
    "an error value": (made.xlsx([["Namn"], ["#N/A"]]), "x.xlsx", "#N/A"),
    "half a quote": (b'Namn;Om\n"A;B\nC;D', "x.csv", "citattecknen"),
    "a long cell": (f"Namn\n{'x' * 6000}".encode(), "x.csv", "för lång"),
    "too many columns": (b";".join([b"x"] * 200), "x.csv", "kolumner"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name):
    content, file, said = REFUSED[name]

    with pytest.raises(Unreadable, match=said):
        read(content, file)


def test_an_entity_that_grows_is_never_followed():
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    body = (
        b'<?xml version="1.0"?>'
        + entities
        + b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
    )

    with pytest.raises(Unreadable, match="skadat"):
        read(made.with_part(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", body), "x.xlsx")


def test_a_row_number_out_of_all_reason_keeps_nobody_busy():
    body = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Enhet</t></is></c></row>'
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )

    assert read(made.with_part(made.xlsx(ROWS), "xl/worksheets/sheet1.xml", body), "x.xlsx")[0].rows == [(1, ["Enhet"])]


def test_more_rows_than_a_register_has_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)

    with pytest.raises(Unreadable, match="fler än 3 rader"):
        read(made.text([["x"]] * 4), "x.csv")


def test_a_title_over_the_columns_may_be_merged():
    content = made.xlsx([["Våra konton"], ["Enhet", "Namn"], ["A", "B"]], merge="A1:B1")

    assert len(read(content, "x.xlsx")[0].rows) == 3


@given(st.binary(max_size=2000), st.sampled_from(["x.csv", "x.xlsx", "x", ".xlsm"]))
def test_no_bytes_whatever_break_the_reader(content, name):
    try:
        found = read(content, name)
    except Unreadable as refused:
        assert str(refused)
    else:
        assert all(cell == cell.strip() for sheet in found for _number, cells in sheet.rows for cell in cells)


@given(st.integers(0, 8000), st.integers(0, 255), st.booleans())
def test_no_damage_to_a_workbook_breaks_the_reader(place, byte, cut):
    content = bytearray(made.xlsx(ROWS))
    at = place % len(content)
    content[at] = byte
    try:
        read(bytes(content[:at] if cut else content), "x.xlsx")
    except Unreadable as refused:
        assert str(refused)


CELL = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Zs")), max_size=20)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_a_workbook_reads_back_as_it_was_written(rows):
    written = [[f"x{cell}" for cell in row] for row in rows]

    assert [cells for _number, cells in xlsx.read(made.xlsx(written))[0].rows] == written


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_the_spreadsheet(index, name):
    assert sheets.letter(index) == name
