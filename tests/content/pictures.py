"""Files for tests, made on the spot."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from content.domain import media
from content.models import Document, Picture

OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture_bytes(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **how: Any) -> bytes:
    """A picture with a slope in it, so that no two sizes are alike."""
    slope = Image.linear_gradient("L").resize(size).convert(mode)
    file = io.BytesIO()
    slope.save(file, kind, **how)
    return file.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(**fields: Any) -> Picture:
    """A picture of the library."""
    size = fields.pop("size", (60, 40))
    given = {"title": "A quiet room", "alt": "An empty chair by a window", **fields}
    return media.add_picture(upload(picture_bytes(size)), **given)


def office(ending: str = "docx", **parts: bytes) -> bytes:
    """A package as Word, Excel or PowerPoint write it, as far as anybody looks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
        package.writestr(OFFICE_PARTS[ending], b"<document/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def document(content: bytes = PDF, name: str = "first-visit.pdf", **fields: Any) -> Document:
    """A document of the library."""
    return media.add_document(upload(content, name), **{"title": "Questions for a first visit", **fields})
