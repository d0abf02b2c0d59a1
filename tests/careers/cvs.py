"""CVs for tests, made on the spot: plain ones, and with what must not come in."""

import io
import zipfile
from typing import Any

import pikepdf
from fpdf import FPDF

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LINK = "http://www.w3.org/1999/xlink"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def pdf_cv(text: str = "Jane Roe, MD") -> bytes:
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.cell(text=text)
    return bytes(paper.output())


def changed_pdf(change: Any, **saving: Any) -> bytes:
    """A plain PDF after `change` was done to it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_cv())) as pdf:
        change(pdf)
        pdf.save(file, **saving)
    return file.getvalue()


def packed(*parts: tuple[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return file.getvalue()


def docx_cv(*more: tuple[str, str | bytes], types: str = "", relations: str = "", body: str = "") -> bytes:
    """A text of Word, with more parts, types of parts, relations of its document, and body."""
    override = f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>'
    text = f"<w:p><w:hyperlink/><w:r><w:t>Jane Roe, MD</w:t></w:r></w:p>{body}"
    return packed(
        ("[Content_Types].xml", f"<Types>{override}{types}</Types>"),
        ("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'),
        ("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>"),
        *more,
    )


def relation(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def odt_cv(*more: tuple[str, str | bytes], body: str = "", manifest: str = "", meta: str = "") -> bytes:
    """A text of LibreOffice, with more parts, body, entries of its manifest and of what it says about itself."""
    spaces = f'xmlns:xlink="{LINK}" xmlns:text="t" xmlns:draw="d" xmlns:script="s" xmlns:m="m"'
    return packed(
        ("mimetype", ODT_TYPE),
        ("content.xml", f"<content {spaces}><text:p>Jane Roe, MD</text:p>{body}</content>"),
        ("meta.xml", f"<meta {spaces}>{meta}</meta>"),
        ("META-INF/manifest.xml", f"<m:manifest {spaces}>{manifest}</m:manifest>"),
        *more,
    )
