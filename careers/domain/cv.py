"""A CV that somebody uploads: what is taken, and how it is kept without an orphan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from aapm_site.core.files import private
from aapm_site.core.files.office_checks import check_office
from aapm_site.core.files.pdf_checks import check_pdf
from aapm_site.core.files.upload_checks import FileRefused, ending_of
from aapm_site.core.forms import without_control
from aapm_site.core.ids import public_id

LARGEST = 5 * 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
LONGEST_NAME = 100
NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*'))  # some systems could not unpack a file of such a name
FOLDER = "careers/cv"


@dataclass(frozen=True)
class CheckedCv:
    """A file that was looked through and may be kept."""

    name: str
    ending: str
    content: bytes


def check_cv(content: bytes, name: str) -> CheckedCv:
    """The file, once it is a plain PDF, DOCX or ODT. Raises FileRefused, with a sentence that says what to do."""
    name = plain_name(name)
    ending = ending_of(name)
    if ending in {"doc", "docm", "dotx", "dotm", "rtf", "pages", "txt"} or ending not in TYPES:
        raise FileRefused("A CV is a PDF, DOCX or ODT file. Please save yours as PDF and choose that one.")
    if not content:
        raise FileRefused("This file is empty. Please look whether it opens on your device, and choose it again.")
    if len(content) > LARGEST:
        raise FileRefused("This file is larger than 5 MB. Please save it without its pictures, or as a smaller PDF.")
    if ending == "pdf":
        check_pdf(content)
    else:
        check_office(content, ending)
    return CheckedCv(name, ending, content)


def kept_cv(file: FieldFile, name: str) -> CheckedCv:
    """A file that was looked through when it was kept, to be kept once more elsewhere."""
    with file.open("rb") as content:
        return CheckedCv(name, ending_of(name), content.read())


def plain_name(name: str) -> str:
    """The file's own name: no folders, no control or direction marks, not too long, its ending kept."""
    own = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    plain = " ".join(without_control(own).translate(NOT_IN_NAMES).split()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip()}{dot}{ending}" if stem else plain[:LONGEST_NAME]


@contextmanager
def stored(cv: CheckedCv | None) -> Iterator[str]:
    """The name under which the file lies, for the rows that are written inside, in one transaction.

    When they cannot be written the file goes again; without a file the name is empty.
    """
    if cv is None:
        with transaction.atomic():
            yield ""
        return
    storage = private.storage()
    name = f"{FOLDER}/{public_id()}.{cv.ending}"
    try:
        name = storage.save(name, ContentFile(cv.content))
        with transaction.atomic():
            yield name
    except BaseException:
        storage.delete(name)
        raise
