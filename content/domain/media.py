"""What editors do with the media library: add pictures and documents, describe them, take them away.

The same bytes are kept once: whoever uploads them again gets the row that is there, also when two do so at the same
moment. A row without its files cannot be: both are made in one transaction, and files of one that failed are removed.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import DEFAULT_STORAGE_ALIAS
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from aapm_site.accounts.models import User
from aapm_site.core.files import imaging, private, upload_checks
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.forms import without_control
from aapm_site.core.richtext import RichTextField
from content.models import PUBLIC, Document, HistoryYear, Officer, Picture
from content.models.media import NEEDS_ALT, document_path, file_name
from content.states import DOCUMENT_TYPES, PICTURE_WIDTHS

MOST_NAMED = 5
_picture_address = re.compile(r"/media/pictures/([A-Za-z0-9_-]{16})-")
_document_address = re.compile(r"/media/documents/([A-Za-z0-9_-]{16})/")


class InUse(ValidationError):
    """Pages show it: it is not taken away from under them."""


def add_picture(
    file: File, *, title: str, alt: str, is_decorative: bool = False, credit: str = "", by: User | None = None
) -> Picture:
    """Keep a picture, made anew in several widths. Bytes that are there already give the row that is there.

    Raises ValidationError, by field: `file` when it is refused, `alt` when it is not described.
    """
    content = _read(file, imaging.LARGEST)
    checksum = hashlib.sha256(content).hexdigest()
    if known := Picture.objects.filter(checksum=checksum).first():
        return _out_of_trash(known)
    alt = " ".join(without_control(alt).split())
    if not alt and not is_decorative:
        raise ValidationError({"alt": NEEDS_ALT})
    try:
        made = imaging.make(content, _plain_name(file.name), PICTURE_WIDTHS)
    except imaging.PictureRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    widest = made[-1]
    picture = Picture(
        title=_title(title, file.name),
        alt=alt,
        is_decorative=is_decorative,
        credit=" ".join(without_control(credit).split()),
        width=widest.width,
        height=widest.height,
        form=widest.ending,
        size=sum(len(one.content) for one in made),
        checksum=checksum,
    )
    picture.full_clean(exclude=["checksum"], validate_unique=False)
    return _kept_once(picture, {"checksum": checksum}, lambda: _write_picture(picture, made), by)


def add_document(file: File, *, title: str, audience: str = PUBLIC, by: User | None = None) -> Document:
    """Keep a document. The same bytes for the same audience give the row that is there.

    Raises ValidationError, by field: `file` when it is refused, `audience` when nobody is known by that name.
    """
    content = _read(file, upload_checks.LARGEST)
    checksum = hashlib.sha256(content).hexdigest()
    identity = {"checksum": checksum, "audience": audience}
    if known := Document.objects.filter(**identity).first():
        return _out_of_trash(known)
    try:
        ending = upload_checks.check(content, _plain_name(file.name), DOCUMENT_TYPES)
    except upload_checks.FileRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    stem = slugify(PurePosixPath(_plain_name(file.name)).stem)[:100] or "document"
    document = Document(title=_title(title, file.name), name=f"{stem}.{ending}", size=len(content), **identity)
    document.full_clean(exclude=["file", "checksum"], validate_unique=False, validate_constraints=False)

    return _kept_once(document, identity, lambda: _write_document(document, content), by)


def describe_picture(picture: Picture) -> Picture:
    """Store changed words of a picture. Raises ValidationError when it is neither described nor decorative."""
    picture.full_clean()
    picture.save()
    return picture


def delete_picture(picture: Picture) -> None:
    """Take a picture and its files away. Raises InUse while a text shows it."""
    _delete(picture, picture_uses(picture), DEFAULT_STORAGE_ALIAS, picture.files)


def delete_document(document: Document) -> None:
    """Take a document and its file away. Raises InUse while a text links to it."""
    _delete(document, document_uses(document), private.NAME, [str(document.file.name)])


def keep_named(html: str) -> None:
    """What a text that is stored now shows or offers does not lie in the trash: it comes back by itself.

    Locks the rows until the transaction ends, so that nobody throws away what a page is just being given.
    """
    for model, address in ((Picture, _picture_address), (Document, _document_address)):
        if named := set(address.findall(html)):
            rows: Any = model._default_manager.filter(public_id__in=named)
            locked = rows.select_for_update(no_key=True).order_by("pk").values_list("pk", "trashed_at")
            if back := [pk for pk, trashed_at in locked if trashed_at]:
                rows.filter(pk__in=back).update(trashed_at=None)


def _out_of_trash(known: Any) -> Any:
    """Whoever uploads it again wants it."""
    if known.trashed_at:
        known.trashed_at = None
        known.save(update_fields=["trashed_at"])
    return known


def picture_uses(picture: Picture) -> list[models.Model]:
    """Everything whose text shows the picture, the people whose portrait it is, and the years that it stands beside."""
    people, years = Officer.objects.filter(portrait=picture), HistoryYear.objects.filter(picture=picture)
    return [*_uses(f"/media/pictures/{picture.public_id}-"), *people, *years]


def document_uses(document: Document) -> list[models.Model]:
    """Everything whose text links to the document."""
    return _uses(f"/media/documents/{document.public_id}/")


def _uses(needle: str) -> list[models.Model]:
    """The rows of any room with the address in their rich text; what pages said in earlier versions does not count."""
    found: dict[tuple[str, Any], models.Model] = {}
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]
        if not names:
            continue
        condition = models.Q()
        for name in names:
            condition |= models.Q(**{f"{name}__contains": needle})
        for row in model._default_manager.filter(condition).order_by("pk"):
            found[model._meta.label, row.pk] = row
    return list(found.values())


def refuse_in_use(row: Picture | Document, uses: list[models.Model]) -> None:
    """Raises InUse, naming what shows it."""
    if uses:
        named = ", ".join(f"“{use}”" for use in uses[:MOST_NAMED])
        more = f" and {len(uses) - MOST_NAMED} more" if len(uses) > MOST_NAMED else ""
        raise InUse(f"“{row}” is still used by {named}{more}. Take it out there first.")


def _delete(row: Picture | Document, uses: list[models.Model], storage: str, names: list[str]) -> None:
    refuse_in_use(row, uses)
    with transaction.atomic():
        row.delete()
        remove_after_commit(storage, names)


def _kept_once(row: Any, identity: dict[str, str], write: Callable[[], None], by: User | None) -> Any:
    """Insert the row and write its files; where somebody was quicker, theirs. The unique constraint decides."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            write()
    except IntegrityError:
        known = type(row).objects.filter(**identity).first()
        if known is None:
            raise
        return known
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [row], ADDITION, change_message="Uploaded.", single_object=True)
    return row


def _write_picture(picture: Picture, made: list[imaging.MadePicture]) -> None:
    _write(default_storage, {file_name(picture.public_id, one.width, one.ending): one.content for one in made})


def _write_document(document: Document, content: bytes) -> None:
    name = document_path(document, document.name)
    _write(document.file.storage, {name: content})
    document.file.name = name
    document.save(update_fields=["file"])


def _write(storage: Storage, files: dict[str, bytes]) -> None:
    """All of these files, or none: what a full disk has taken half of is removed."""
    begun: list[str] = []
    try:
        for name, content in files.items():
            begun.append(name)
            storage.save(name, ContentFile(content))
    except BaseException:
        for name in begun:
            storage.delete(name)
        raise


def _read(file: File, most: int) -> bytes:
    """The bytes, one more than allowed at most, so that the check can tell."""
    file.seek(0)
    return file.read(most + 1)


def _plain_name(name: str | None) -> str:
    """The file's own name without folders and control marks."""
    return without_control(PurePosixPath((name or "").replace("\\", "/")).name).strip()


def _title(title: str, name: str | None) -> str:
    """What the editor wrote, else the file's name in words."""
    wanted = " ".join(without_control(title).split())
    named = " ".join(PurePosixPath(_plain_name(name)).stem.replace("-", " ").replace("_", " ").split())
    return wanted or named[:160] or "Untitled"
