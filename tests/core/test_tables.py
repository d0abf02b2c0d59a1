"""Tables that people bring: what is read, line by line, and what is refused in words."""

import io
import zipfile
from contextlib import suppress

import pytest

from aapm_site.core.files.tables import MOST_COLUMNS, read_table
from aapm_site.core.files.upload_checks import FileRefused

BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="&quot;day&quot; 0"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
SHARED = f"<sst {MAIN}><si><t>Name</t></si><si><r><t>Zo</t></r><r><t>ë</t></r><rPh><t>no</t></rPh></si></sst>"


def workbook(rows: str, **parts: str) -> bytes:
    """A workbook as Excel writes it, with these rows."""
    file = io.BytesIO()
    written = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": SHARED,
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        **parts,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in written.items():
            package.writestr(name, text)
    return file.getvalue()


def rows_of(content: bytes, name: str = "list.csv"):
    return list(read_table(content, name))


def refusal(content: bytes, name: str = "list.csv") -> str:
    with pytest.raises(FileRefused) as refused:
        rows_of(content, name)
    return str(refused.value)


def test_lines_keep_their_numbers_and_empty_ones_are_left_out():
    text = '\ufeffName,Note\r\n"Łucja ""Lu"" O’Brien","two\nlines"\r\n,\r\n  王  芳 ,x\r\n'
    assert rows_of(text.encode()) == [
        (1, ["Name", "Note"]),
        (2, ['Łucja "Lu" O’Brien', "two lines"]),
        (5, ["王 芳", "x"]),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("above", "a", "line"), [("", "a", 1), ("\r\n", "a", 2), ("sep={}\r\n", "a", 2), ("", '"a,;;"', 1)]
)
def test_the_separator_is_the_headings(separator, above, a, line):
    table = f"{above.format(separator)}{a}{separator}b\n1{separator}2\n"
    assert rows_of(table.encode()) == [(line, [a.strip('"'), "b"]), (line + 1, ["1", "2"])]


def test_short_lines_are_filled_and_long_ones_refused():
    assert rows_of(b"a,b\n1\n")[1] == (2, ["1", ""])
    assert refusal(b"a,b\n1,2\n1,2,3\n").startswith("Line 3 has more cells than there are headings.")


def test_of_a_workbook_cells_say_what_they_show():
    content = workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>From</t></is></c>'
        '<c r="C1" t="str"><v>To</v></c><c r="D1" t="str"><v>No</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>46112</v></c><c r="C3" s="2"><v>46112.75</v></c>'
        '<c r="D3" s="3"><v>104217</v></c></row>'
        '<row r="4"><c r="B4" t="d"><v>2026-03-31T00:00:00Z</v></c><c r="C4"><v>1.5</v></c>'
        '<c r="D4" t="b"><v>1</v></c></row>'
    )
    assert rows_of(content, "list.XLSX") == [
        (1, ["Name", "From", "To", "No"]),
        (3, ["Zoë", "2026-03-31", "2026-03-31", "104217"]),
        (4, ["", "2026-03-31", "1.5", "TRUE"]),
    ]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "list.xls", "older Excel (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "list.xlsx", "older Excel (.xls)"),
        (
            "Name\nJosé\n".encode("latin-1"),
            "list.csv",
            "not written in UTF-8, so names would be spoiled",
        ),
        ("Name\nJosé\n".encode("latin-1"), "list.csv", "is in line 2."),
        ("Name\nJosé\n".encode("utf-16"), "list.csv", "CSV UTF-8"),
        (b"Name\nA\x00B\n", "list.csv", "holds more than text"),
        (b'Name\n"open\n', "list.csv", "Line 2 cannot be read"),
        (b"", "list.csv", "empty"),
        (b" , \n,\n", "list.csv", "holds no rows"),
        (b"a,b", "list.pdf", "csv, xlsx"),
        (b"not a workbook", "list.xlsx", "not that of a .xlsx file"),
        (b",".join([b"x"] * (MOST_COLUMNS + 1)), "list.csv", "This table has 61 columns; 60 are read at most."),
        (b"," * 1_000_000 + b"x", "list.csv", "This table has 1,000,001 columns; 60 are read at most."),
        (
            b"Name\n" + b"x" * 131_073,
            "list.csv",
            "In line 2 begins a cell of more than 131,072 characters. Please shorten it. If no cell is that long, a "
            "quotation mark in it has no partner.",
        ),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(content, name, said):
    assert said in refusal(content, name)


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c t='s'><v>99</v></c></row>",
        "<row><c><v>ten</v></c></row>",
        "<row><c s='1'><v>1e300</v></c></row>",
        "<row>",
        f"<row><c r='{'A' * 60_000}1'><v>1</v></c></row>",
        "<row><c r='AAAA1'><v>1</v></c></row>",
        "<row><c r='1'><v>1</v></c></row>",
        "<row><c r='!!1'><v>1</v></c></row>",
        "<row><c r='é1'><v>1</v></c></row>",
        "<row r='7'><c><v>1</v></c></row><row r='7'><c><v>1</v></c></row>",
        "<row r='0'><c><v>1</v></c></row>",
        "<row r='1048577'><c><v>1</v></c></row>",
        f"<row r='{'9' * 5_000}'><c><v>1</v></c></row>",
    ],
)
def test_a_damaged_workbook_is_refused_in_words(rows):
    said = refusal(workbook(rows), "list.xlsx")
    assert said.startswith("This workbook cannot be read.")


def test_an_entity_is_not_followed():
    bomb = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst {MAIN}><si><t>&e;</t></si></sst>'
    content = workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>x</v></c></row>', **{"xl/sharedStrings.xml": bomb}
    )
    assert rows_of(content, "list.xlsx") == [(1, ["", "x"])]


def test_the_last_cell_of_a_sheet_is_too_far_to_the_right_and_the_last_row_is_not_too_low():
    far = "<row r='1'><c r='XFD1'><v>1</v></c></row>"
    low = "<row r='1048576'><c r='A1048576'><v>1</v></c></row>"

    assert refusal(workbook(far), "list.xlsx") == "This table has more than 60 columns."
    assert rows_of(workbook(low), "list.xlsx") == [(1_048_576, ["1"])]


@pytest.mark.parametrize("at", range(-22, -2))
@pytest.mark.parametrize("byte", [0, 127, 255])
def test_a_workbook_whose_directory_lies_is_refused_or_read(at, byte):
    content = bytearray(workbook("<row><c><v>1</v></c></row>"))
    content[at] = byte

    with suppress(FileRefused):
        assert rows_of(bytes(content), "list.xlsx") == [(1, ["1"])]
