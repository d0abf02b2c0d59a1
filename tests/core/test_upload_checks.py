"""A document is what its name says, and unpacks to what one computer can bear."""

import io
import zipfile

import pytest

from aapm_site.core.files import upload_checks
from tests.content.pictures import PDF, office, picture_bytes

ALLOWED = ("pdf", "docx", "xlsx", "pptx", "csv", "txt")


@pytest.mark.parametrize(("content", "name"), [
    (PDF, "Guide.PDF"), (office("docx"), "a.docx"), (office("xlsx"), "a.xlsx"), (office("pptx"), "a.pptx"),
    ("name,city\nZoë,Łódź\n".encode(), "a.csv"), (b"Plain words.\r\n\tYes.", "a.txt"),
    ("Zo\xeb".encode("cp1252"), "old.txt"),
])  # fmt: skip
def test_what_its_name_says_is_taken(content, name):
    assert upload_checks.check(content, name, ALLOWED) == name.rsplit(".", 1)[-1].lower()


def lying() -> bytes:
    """A package whose directory says that a part is small, while two hundred million bytes come out."""
    honest = office("docx", **{"word/media.bin": b"\0" * 200_000_000})
    for size in (200_000_000,):
        honest = honest.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    return honest


@pytest.mark.parametrize(("content", "name", "words"), [
    (PDF, "a.exe", "Files to download are of these kinds: pdf, docx"),
    (PDF, "pdf", "Files to download are of these kinds"),
    (b"", "a.pdf", "This file is empty."),
    (b"%PDF-" + b"x" * upload_checks.LARGEST, "a.pdf", "larger than 25 MB"),
    (b"<html><script>alert(1)</script></html>", "a.pdf", "not that of a .pdf file"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.pdf", "not that of a .pdf file"),
    (b"MZ" + b"\x90\0" * 50, "a.txt", "holds more than text"),
    (picture_bytes(), "a.csv", "holds more than text"),
    (office("docx"), "a.xlsx", "not that of a .xlsx file"),
    (office("docx", **{"word/vbaProject.bin": b"x"}), "a.docx", "holds macros"),
    (office("docx", **{"word/big.xml": b"\0" * 200_000_000}), "a.docx", "unpacks to far more"),
    (lying(), "a.docx", "damaged"),
    (office("docx")[:-40], "a.docx", "damaged"),
    (b"PK\x03\x04 and nothing more", "a.docx", "damaged"),
])  # fmt: skip
def test_anything_else_is_refused_in_words(content, name, words):
    with pytest.raises(upload_checks.FileRefused) as refused:
        upload_checks.check(content, name, ALLOWED)

    assert words in str(refused.value)


def test_a_package_of_too_many_parts_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        for number in range(upload_checks.MOST_PARTS + 1):
            package.writestr(f"word/{number}.xml", b"")

    with pytest.raises(upload_checks.FileRefused, match="unpacks to far more"):
        upload_checks.check(file.getvalue(), "a.docx", ALLOWED)
