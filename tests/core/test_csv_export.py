"""Tables for spreadsheets: the bytes, and cells that stay words."""

from decimal import Decimal

import pytest

from aapm_site.core.files import csv_export


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1"])
def test_what_would_run_as_a_formula_is_a_text(cell):
    assert csv_export.harmless([cell]) == [f"'{cell}"]


def test_numbers_and_plain_words_stay_as_they_are():
    cells = [Decimal("-5.00"), -3, "a=1", "", "Łódź", "one\x00two"]

    assert csv_export.harmless(cells) == ["-5.00", "-3", "a=1", "", "Łódź", "onetwo"]


def test_the_bytes_of_a_table():
    response = csv_export.download("a.csv", ["Name", "Sum"], [["=1", Decimal("1.50")], ['Say "hi", please', 2]])

    assert b"".join(response.streaming_content) == (b'\xef\xbb\xbfName,Sum\r\n\'=1,1.50\r\n"Say ""hi"", please",2\r\n')
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="a.csv"'


def test_rows_are_read_while_they_are_sent():
    read = []

    def rows():
        for number in range(3):
            read.append(number)
            yield [number]

    sent = csv_export.lines(["Number"], rows())
    next(sent)
    assert read == []
    next(sent)
    assert read == [0]
