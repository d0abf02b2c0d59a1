"""Pictures and documents of the old site: found in the folder given, stored once, or missed with their place."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from aapm_site.core.files import imaging
from content.models import ImportedItem
from content.states import DOCUMENT_TYPES
from content.wordpress import typography, writer
from content.wordpress.report import LEFT_OUT, LOOK, MADE, UNCHANGED, ImportReport
from content.wordpress.wxr import Export, Item, items_of

UPLOADS = "/wp-content/uploads/"
PICTURES = {f".{ending}" for ending in imaging.ENDINGS}
DOCUMENTS = {f".{ending}" for ending in DOCUMENT_TYPES}
LARGEST = 100 * 1024 * 1024
# WordPress stores a picture in several sizes and names them so.
_size = re.compile(r"(-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})(?=\.[a-z0-9]{2,5}$)", re.IGNORECASE)


@dataclass
class Asset:
    """One file of the old site. `stored` is what it became here."""

    path: str
    item: Item | None = None
    stored: writer.Stored | None = None
    tried: bool = False
    is_new: bool = False


@dataclass
class Library:
    """The old site's files by address and number."""

    export: Export
    origin: str
    folder: Path | None
    report: ImportReport
    rehearsal: bool
    by_path: dict[str, Asset] = field(default_factory=dict)
    by_number: dict[str, Asset] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for item in items_of(self.export, "attachment"):
            path = item.first("_wp_attached_file") or _upload(item.attachment_url or item.guid)
            if not path:
                self.report.add(LEFT_OUT, "file", item.place, "it names no file")
                continue
            asset = Asset(path.lstrip("/"), item)
            self.by_number[item.id] = asset
            self.by_path.setdefault(_plain(asset.path), asset)

    def bring_over(self, step: Callable[[], None]) -> None:
        """Everything that the export lists, so that nothing is lost that no text shows."""
        for asset in list(self.by_number.values()):
            self._get(asset, asset.item.place if asset.item else "")
            step()

    def find(self, address: str, number: str = "") -> Asset | None:
        """The file that an address in a text means, whatever size it names; else the one with that number."""
        path = _upload(address)
        if path and (asset := self.by_path.get(_plain(path))):
            return asset
        if number and (asset := self._numbered(number)):
            return asset
        if not path:
            return None
        return self.by_path.setdefault(_plain(path), Asset(path))

    def _numbered(self, number: str) -> Asset | None:
        """The file with that number, of this export or of an earlier file of it."""
        if number not in self.by_number:
            record = ImportedItem.objects.filter(
                origin=self.origin, kind=ImportedItem.Kind.FILE, item=_number_key(number)
            ).first()
            found = writer.stored(record.public_id) if record and record.public_id else None
            if found is None:
                return None
            self.by_number[number] = Asset(f"number {number}", stored=found, tried=True)
        return self.by_number[number]

    def attached_to(self, number: str) -> list[str]:
        """The numbers of the pictures that were uploaded for an entry, in its order."""
        own = [
            asset.item
            for asset in self.by_path.values()
            if asset.item and asset.item.parent == number and Path(asset.path).suffix.lower() in PICTURES
        ]
        return [item.id for item in sorted(own, key=lambda item: item.order)]

    def stored(self, asset: Asset, place: str) -> writer.Stored | None:
        """What it is here; a file that is not there is told once for each text."""
        stored = self._get(asset, place)
        if stored is None and (asset.path + place) not in self.missed:
            self.missed.add(asset.path + place)
        return stored

    def _get(self, asset: Asset, place: str) -> writer.Stored | None:
        if asset.tried:
            return asset.stored
        asset.tried = True
        record = ImportedItem.objects.filter(origin=self.origin, kind=ImportedItem.Kind.FILE, item=_key(asset)).first()
        if record and record.public_id and (stored := writer.stored(record.public_id)):
            asset.stored = stored
            self.report.add(UNCHANGED, "file", asset.path)
            self._remember_number(asset, record)
            return stored
        if record and record.public_id:
            return None  # deleted here since: not brought back
        file = self._file(asset, place)
        if file is not None:
            asset.stored = self._store(asset, file, place)
        return asset.stored

    def _file(self, asset: Asset, place: str) -> Path | None:
        """The file below the folder: never outside of it, whatever the export or a symbolic link says."""
        if self.folder is None:
            self.report.add(LEFT_OUT, "file", asset.path, f"no folder of files was given; {place}")
            return None
        root = self.folder.resolve()
        name = Path(asset.path)
        for candidate in (
            root / name,
            root / "uploads" / name,
            root / "wp-content" / "uploads" / name,
            root / name.name,
        ):
            try:
                found = candidate.resolve()
                if found.is_relative_to(root) and found.is_file():
                    if found.stat().st_size <= LARGEST:
                        return found
                    self.report.add(LEFT_OUT, "file", asset.path, f"it is larger than 100 MB; {place}")
                    return None
            except (OSError, ValueError):
                continue
        self.report.add(LEFT_OUT, "file", asset.path, f"it is not in the folder; {place}")
        return None

    def _store(self, asset: Asset, file: Path, place: str) -> writer.Stored | None:
        item, suffix = asset.item, file.suffix.lower()
        title = typography.line(item.title if item else "") or file.stem.replace("-", " ").replace("_", " ")
        alt = typography.line(item.first("_wp_attachment_image_alt")) if item else ""
        if suffix not in PICTURES | DOCUMENTS:
            self.report.add(
                LEFT_OUT, "file", asset.path, f"files of the kind {suffix or 'without a name'} are not kept"
            )
            return None
        if suffix in PICTURES and not alt:
            self.report.add(
                LOOK, "file", asset.path, f"it has no words for who cannot see it; its title “{title}” stands in"
            )
        try:
            with transaction.atomic(), file.open("rb") as opened:
                stored = self._put(opened, suffix in PICTURES, title[:160], alt or title)
                self._remember(asset, stored, _checksum(file))
        except (ValidationError, OSError, ValueError) as refused:
            words = "; ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
            self.report.add(LEFT_OUT, "file", asset.path, f"it was refused: {words}")
            return None
        asset.is_new = True
        self.report.add(MADE, "file", asset.path, stored.kind)
        return stored

    def _put(self, opened: BinaryIO, is_picture: bool, title: str, alt: str) -> writer.Stored:
        if self.rehearsal:
            return writer.rehearse(opened, is_picture=is_picture, alt=alt)
        return (writer.picture if is_picture else writer.document)(opened, title=title, alt=alt)

    def _remember(self, asset: Asset, stored: writer.Stored, checksum: str) -> None:
        record, _ = ImportedItem.objects.update_or_create(
            origin=self.origin,
            kind=ImportedItem.Kind.FILE,
            item=_key(asset),
            defaults={"public_id": stored.public_id, "fingerprint": checksum},
        )
        self._remember_number(asset, record)

    def _remember_number(self, asset: Asset, record: ImportedItem) -> None:
        """By its number, too, by which the texts of a later file may name it; what is known is not written again."""
        if asset.item and asset.item.id:
            known = {"public_id": record.public_id, "fingerprint": record.fingerprint}
            row, is_new = ImportedItem.objects.get_or_create(
                origin=self.origin, kind=record.kind, item=_number_key(asset.item.id), defaults=known
            )
            if not is_new and row.public_id != record.public_id:
                ImportedItem.objects.filter(pk=row.pk).update(**known)


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _number_key(number: str) -> str:
    """No path begins so."""
    return f"#{number}"[:200]


def _key(asset: Asset) -> str:
    """Its path among the uploads: the same whether an entry of the export names it or only a text."""
    return asset.path if len(asset.path) <= 200 else hashlib.sha256(asset.path.encode()).hexdigest()


def _upload(address: str) -> str:
    """The path below the folder of uploads; empty when the address is of another kind."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return path.split(UPLOADS, 1)[1] if UPLOADS in path else ""


def _plain(path: str) -> str:
    """The file's path without the size in its name."""
    return _size.sub("", path).casefold()
